"""What counts as the same word."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis import MAX_WORD, VALUE_GAP, find_words, fold, tokenize, tokenize_all
from indexer.stemming import compiled_stemmer, portable_stemmer

NASTY = ["a" * 100_000, "a-" * 25_000, "a.b." * 25_000, "a'" * 50_000, "a\u0301" * 50_000, "1,000" * 20_000,
         "'" * 100_000, "\u200b" * 100_000, "\x00\u202e" * 50_000]  # fmt: skip


def folded(text: str) -> str:
    """Return a text's folded words, the joined forms in brackets."""
    return " ".join(f"[{token.folded}]" if token.joined else token.folded for token in tokenize(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mosul MOSUL mosul", "mosul mosul mosul"),
        ("Qa'im Qa’im Qaim", "qaim qaim qaim"),
        ("Sana'a Sana`a Sanaʿa", "sanaa sanaa sanaa"),
        ("Shi’ite Shi‘ite Shiʼite", "shiite shiite shiite"),
        ("Mosul's MOSUL’S soldiers'", "mosul mosul soldiers"),
        ("‘quoted’ ʿAbd", "quoted abd"),
        ("al-Qaim", "al [alqaim] qaim [alqaim]"),
        ("Asharq‑Al‑Awsat", "asharq [asharqalawsat] al awsat [asharqalawsat]"),
        ("a-b-c-d-e-f-g", "a b c d e f g"),  # a list, not a name
        ("Mosul - the city", "mosul the city"),
        ("U.S. u.s.a. a.m.", "us usa am"),
        ("U.S.-led", "us [usled] led [usled]"),
        ("The end.Next", "the end next"),
        ("U.S.Army", "us army"),
        ("1,200 3,000,000 1,20 1.5", "1200 3000000 1 20 1 5"),
        ("café cafe\u0301 CAFÉ", "cafe cafe cafe"),
        ("Łódź Ærø straße", "lodz aero strasse"),
        ("ﬁre Ｍosul", "fire mosul"),
        ("Bagh\u00addad Mo\u200dsul \u202eabc\u202c", "baghdad mosul abc"),
        ("one\x00two", "one two"),
        ("أحمد إحمد آحمد احمد", "احمد احمد احمد احمد"),
        ("مدينة مدينه مـــدينة مَدِينة", "مدينه مدينه مدينه مدينه"),
        ("مصطفى مصطفي مصطفی", "مصطفي مصطفي مصطفي"),
        ("٢٠١٦ ۲۰۱۶", "2016 2016"),
        ("snake_case --- & ©", "snake case"),
        ("ـــ", ""),
    ],
)
def test_words_are_compared_without_what_does_not_matter(text: str, words: str) -> None:
    """Case, accents, apostrophes, hyphens, dots and letter forms do not keep a word from being found."""
    assert folded(text) == words


def test_offsets_point_into_the_text_as_given() -> None:
    """Every token knows where it stands, a possessive 's left out and a hyphenated name as a whole."""
    text = "In «Sana’a’s» al-Qa\u0301im, U.S. jets"
    assert [text[t.start : t.end] for t in tokenize(text)] == [
        "In", "Sana’a", "al", "al-Qa\u0301im", "Qa\u0301im", "al-Qa\u0301im", "U.S.", "jets",
    ]  # fmt: skip


def test_a_joined_form_stands_at_its_first_and_last_part() -> None:
    """Phrases pass over a hyphenated name from either side."""
    assert [(t.position, t.folded) for t in tokenize("x al-b y")] == [
        (0, "x"), (1, "al"), (1, "alb"), (2, "b"), (2, "alb"), (3, "y"),
    ]  # fmt: skip


def test_printed_forms_keep_case_and_accents() -> None:
    """What =exact search compares is the page's own spelling, apostrophes and dots aside."""
    assert [t.printed for t in tokenize("Sana’a U.S. CAFÉ")] == ["Sanaa", "US", "CAFÉ"]


def test_stems_bring_inflections_together() -> None:
    """Snowball's English stems, not the older algorithm's `plann`."""
    assert [t.stem for t in tokenize("planned planning plans bombings")] == ["plan", "plan", "plan", "bomb"]


def test_values_of_a_field_stand_well_apart() -> None:
    """No phrase can reach from one paragraph into the next; empty paragraphs do no harm."""
    positions = [token.position for token in tokenize_all(["a b", "", "c"])]
    assert positions[:2] == [0, 1]
    assert positions[2] > VALUE_GAP


def test_endless_words_are_cut() -> None:
    """A word is compared by its first hundred letters and still stands where it stood."""
    (token,) = tokenize("é" * 5_000)
    assert (len(token.folded), len(token.printed), token.end) == (MAX_WORD, MAX_WORD, 5_000)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:4]))
def test_hostile_texts_are_read_in_time(text: str) -> None:
    """A hundred thousand characters chosen to hurt take less than a second of the processor."""
    started = time.thread_time()
    tokenize(text)
    assert time.thread_time() - started < 1


@given(st.text(max_size=60))
@example("ß\u0345ǰ")
def test_tokens_stand_in_order_inside_the_text(text: str) -> None:
    """For any text: offsets inside it, positions rising, no empty form, and forms no longer than the limit."""
    tokens = tokenize(text)
    assert all(0 <= t.start < t.end <= len(text) and t.folded and len(t.folded) <= MAX_WORD for t in tokens)
    assert [t.position for t in tokens] == sorted(t.position for t in tokens)


@given(st.text(max_size=30))
@example("\u1e9e\u0345\u0130")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """A folded word is its own folded form, so query and index always meet."""
    for token in tokenize(text):
        assert fold(token.folded) == token.folded == fold(token.printed)[:MAX_WORD]


@given(st.text(max_size=40))
def test_a_word_alone_is_read_as_it_was_in_its_text(text: str) -> None:
    """The words found in a text are found again, with the same forms, when each is read alone."""
    words = find_words(text)
    assert [find_words(word) for word in words] == [(word,) for word in words]
    assert [t.folded for word in words for t in tokenize(word)] == [t.folded for t in tokenize(text)]


@given(st.text("abcdefghijklmnopqrstuvwxyz'éا", max_size=20))
@example("generously")
def test_both_stemmers_agree(word: str) -> None:
    """An index made with one of the two packages serves a search made with the other."""
    assert compiled_stemmer()(word) == portable_stemmer()(word)
