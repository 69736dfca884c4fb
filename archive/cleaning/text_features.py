"""What the model is told of a block's own words: how long they are, how they begin and end, what they speak of."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from archive.cleaning.layout import Layout
from archive.cleaning.markup import Markup, Meta
from archive.cleaning.tree import Bits, Column, Flags, Numbers, Places

SHORT = 45  # words; longer blocks are not looked through for the words of menus and buttons
START = 120  # code points that are looked at for figures and capitals
TITLE_LENGTH = 12  # what is shorter than this may be in a title by chance
ABOUT_LENGTH = 40
# Where sentences part, by the sign they end with: most texts have none of most signs.
BREAKS = ((".", (". ", '."', ".”")), ("!", ("! ",)), ("?", ("? ",)), ("。", ("。",)))
# What the words of a short block may speak of; two words joined by _ must follow each other.
PHRASES: dict[str, str] = {
    "more": "read_more continue_reading learn_more click_here see_also view_all show_more full_story read_next related"
    " more mehr weiterlesen leer_más lire_aussi lire_la",
    "share": "share tweet facebook twitter linkedin whatsapp instagram email e_mail print follow_us pinterest teilen",
    "comment": "comment comments reply log_in sign_in register kommentar kommentare login",
    "subscribe": "subscribe subscription newsletter newsletters sign_up inbox abonnieren abo free_trial membership"
    " unsubscribe delivered subscribers",
    "legal": "copyright all_rights privacy terms_of cookie cookies disclosure affiliate commission trademark"
    " disclaimer",
    "advert": "advertisement advertising sponsor sponsored promoted anzeige buy_now shop_now check_price add_to price",
    "credit": "photo photos image images getty credit courtesy reuters afp bild foto fotos shutterstock source via"
    " quelle",
    "byline": "by von par por written_by posted_by posted_on posted_in updated published min_read minute_read"
    " minutes_read staff_writer ago reporting_by editing_by contributed",
    "bio": "writer reporter editor author journalist founder correspondent contributor professor director freelance"
    " contact_us contact_me follow_her follow_him follow_me view_bio view_profile about_the the_author columnist",
    "address": "http https www click download",
}
OPENING_WORDS = """
    about source tag tags filed topic topics related advertisement see watch read more contents table also by share
    comments photo image updated published from von mehr
"""
OPENINGS = frozenset(OPENING_WORDS.split())
WORD_BITS: dict[str, int] = {}
PAIR_BITS: dict[tuple[str, str], int] = {}
for _number, _phrases in enumerate(PHRASES.values()):
    for _phrase in _phrases.split():
        _first, _, _second = _phrase.partition("_")
        if _second:
            PAIR_BITS[_first, _second] = PAIR_BITS.get((_first, _second), 0) | 1 << _number
        else:
            WORD_BITS[_first] = WORD_BITS.get(_first, 0) | 1 << _number
PAIRED = frozenset(first for first, _ in PAIR_BITS)
SPEAKING = PAIRED | WORD_BITS.keys()
# Further bits above those of the phrases.
SAYS_TIME, SAYS_SIGN, OPENING = (1 << (len(PHRASES) + number) for number in range(3))
SAID_BITS = np.array([1 << number for number in range(len(PHRASES) + 3)]).reshape(-1, 1)
LATIN_WORD = re.compile(r"[a-zà-ÿ]+")
# 10:30, 2016; a figure first, since patterns that begin with a border are tried at every letter
TIME = re.compile(r"\d(?<!\w\d)(?:\d?:\d\d\b|(?<=1)9\d\d\b|(?<=2)0\d\d\b)")

TEXT_FEATURES = (
    "words", "word_length", "density", "links", "emphasis", "ends", "ends_colon", "initial", "sentences", "clauses",
    "digits", "capitals", "repeated", "is_title", "in_stated_title", "is_description", "value", "cookies",
)  # fmt: skip
SAID_FEATURES = (*(f"says_{name}" for name in PHRASES), "says_time", "says_sign", "opening")

CAPITALS = "A-ZÀ-ÞА-ЯΑ-Ω"
CAPITAL = 1 << 16  # what a capital counts, a figure being 1: both are counted at once


def _weigh_letters() -> Bits:
    """Return what each code point counts; those beyond the last count like it, nothing."""
    weights = np.zeros(ord("Я") + 2, dtype=np.int64)
    for first, last in re.findall(r"(\w)-(\w)", CAPITALS):
        weights[ord(first) : ord(last) + 1] = CAPITAL
    weights[ord("0") : ord("9") + 1] = 1
    return weights


LETTER_WEIGHTS = _weigh_letters()


def describe_texts(markup: Markup, layout: Layout, at: Places) -> Iterator[Column]:
    """Yield the TEXT_FEATURES of these blocks."""
    numbers = at.tolist()
    texts = [layout.texts[number] for number in numbers]
    title = layout.texts[layout.title].lower() if layout.title >= 0 else ""
    stated = _lower_value(markup.meta("og:title", "twitter:title") or markup.head_title)
    about = _lower_value(markup.meta("og:description", "description", "twitter:description"))[:ABOUT_LENGTH]
    measured = [
        (
            len(text), *markup.weights[number], text[-1] == ":", _read_initial(text[0]), _count_sentences(text),
            text.count(",") + text.count(";"), number == layout.title or small == title,
            len(text) >= TITLE_LENGTH and small in stated, about != "" and small.startswith(about),
            small.count("cookie"),
        )
        for number, text, small in zip(numbers, texts, map(str.lower, texts), strict=True)
    ]  # fmt: skip
    rows = np.array(measured, dtype=np.float64).T
    length, words = rows[0], layout.words[at]
    yield from (words, length / words, layout.density[at], rows[1], rows[2] / length, layout.ends[at])
    yield rows[3:6]
    yield rows[6] / words
    yield from _count_letters(texts)
    yield layout.repeated[at]
    yield rows[7:10]
    yield from (layout.value[at], rows[10])


def describe_said(layout: Layout, at: Places) -> Flags:
    """Return in rows the SAID_FEATURES of these blocks; of a long one nothing is said."""
    few = (layout.words[at] <= SHORT).tolist()
    said = [
        find_said(layout.texts[number].lower()) if short else 0 for number, short in zip(at.tolist(), few, strict=True)
    ]
    speaking: Flags = np.array(said, dtype=np.int64) & SAID_BITS != 0
    return speaking


def find_said(lower: str) -> int:
    """Return the bits of what a short text in small letters speaks of."""
    words = LATIN_WORD.findall(lower)
    speaking = SPEAKING.intersection(words)
    bits = 0
    for word in speaking:
        bits |= WORD_BITS.get(word, 0)
    if not PAIRED.isdisjoint(speaking):
        for pair in pairwise(words):
            bits |= PAIR_BITS.get(pair, 0)
    if (":" in lower or "19" in lower or "20" in lower) and TIME.search(lower) is not None:
        bits |= SAYS_TIME
    if "©" in lower or "@" in lower or "$" in lower:
        bits |= SAYS_SIGN
    return bits | OPENING if words and words[0] in OPENINGS else bits


def _lower_value(stated: Meta | None) -> str:
    return stated.value.lower() if stated is not None else ""


@lru_cache(maxsize=4_096)
def _read_initial(letter: str) -> int:
    return 2 if letter.isupper() else 1 if letter.islower() else 3 if letter.isdigit() else 0


def _count_sentences(text: str) -> int:
    count = 0
    for sign, breaks in BREAKS:
        if sign in text:
            count += sum(map(text.count, breaks))
    return count


def _count_letters(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return the share of figures, and of capitals, in the first letters of each text."""
    starts = [text[:START] for text in texts]
    letters = np.frombuffer("".join(starts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    lengths = np.array(list(map(len, starts)), dtype=np.intp)
    counts = np.add.reduceat(LETTER_WEIGHTS.take(letters, mode="clip"), lengths.cumsum() - lengths)
    return (counts & (CAPITAL - 1)) / lengths, (counts >> 16) / lengths
