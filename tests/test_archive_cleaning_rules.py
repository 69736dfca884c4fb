"""What a rule of an outlet's file can say, each kind of condition by itself and the zones they open."""

import pytest

from archive.cleaning.cleaner import split_labels
from archive.rules import OutletRules
from tests.describing import MORE, PROSE, codes, judge_html, judge_text, make_outlet, report_on

TITLE = '[[rules]]\nid = "title"\nkind = "title"\npattern = \'^TITLE: \'\nexample = "TITLE: x"\nonce = true\n'
PAGE = f"above\nTITLE: Bridge opens\nBy Jane Roe\nA cart on the bridge. (FWS)\n{PROSE}\nNext page\n{MORE}\n"


def rule(kind: str, conditions: str, *, name: str = "this") -> str:
    """Return the TOML of one rule."""
    return f'[[rules]]\nid = "{name}"\nkind = "{kind}"\n{conditions}\n'


def verdicts(text: str, outlet: OutletRules) -> dict[str, tuple[str, str]]:
    """Return kind and rule of each block by its first two words."""
    return {" ".join(one.block.text.split()[:2]): (one.kind, one.rule) for one in judge_text(text, outlet)}


SPOKEN = ["By Jane", "A cart", "Next page"]
# The rule's kind and conditions, and the blocks it must decide, by their first two words.
CONDITIONS = {
    "pattern": ("navigation", "pattern = '^Next'\nexample = \"Next\"", ["Next page"]),
    "unless": ("navigation", "pattern = '^[A-Z]'\nunless = '\\.$|^T'\nexample = \"Next\"", SPOKEN),
    "needs": ("other", "pattern = '^'\nexample = \"(fws)\"\nneeds = [\"(fws)\", \"barge\"]", ["A cart"]),
    "min_words": ("other", "pattern = '^'\nexample = \"x\"\nmin_words = 15", ["The bridge", "Farmers had"]),
    "max_words": ("other", "pattern = '^'\nexample = \"x\"\nmax_words = 2", ["above", "Next page"]),
    "once": ("byline", "pattern = 'a'\nexample = \"a\"\nonce = true", ["above"]),
    "in the head": ("caption", "where = \"head\"\npattern = '\\)$|opened'\nexample = \"x)\"", []),
    "above the title": ("section", 'where = "above title"\nmax_words = 3', ["above"]),
    "labels": ("section", 'where = "above title"\nlabels = ["above", "below"]', ["above"]),
    "only in comments": ("form", "where = \"comments\"\npattern = '^Next'\nexample = \"Next\"", []),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "conditions", "decided"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_rule_decides_where_its_conditions_hold(kind: str, conditions: str, decided: list[str]) -> None:
    """Every condition given must hold, and nothing else is touched."""
    outlet = make_outlet(TITLE + rule(kind, conditions))
    found = [words for words, (_, cited) in verdicts(PAGE, outlet).items() if cited == "samara/this"]
    assert found == decided


def test_rules_of_the_head_follow_the_title_line_by_line() -> None:
    """Rules of the head decide the lines below the headline until one of them fits no longer."""
    byline = rule("byline", 'where = "head"\npattern = \'^By \'\nexample = "By x"\nonce = true', name="byline")
    caption = rule("caption", 'where = "head"\npattern = \'\\)$\'\nexample = "x)"', name="caption")
    found = verdicts(PAGE + "A later cart. (FWS)\n", make_outlet(TITLE + byline + caption))
    assert found["By Jane"] == ("byline", "samara/byline")
    assert found["A cart"] == ("caption", "samara/caption")
    assert found["A later"][1] == "all/report-text"


def test_a_rule_may_ask_for_what_stands_before_it() -> None:
    """With `after`, only the line below one that the named rule decided counts."""
    label = rule("label", 'where = "head"\npattern = \'^Caption:$\'\nexample = "Caption:"', name="label")
    caption = rule("caption", 'where = "head"\nafter = ["label"]', name="caption")
    found = verdicts(f"TITLE: x\nCaption:\nA cart\nOn wheels\n{PROSE}", make_outlet(TITLE + label + caption))
    assert found["A cart"] == ("caption", "samara/caption")
    assert found["On wheels"][1] == "all/report-text"


BEFORE = (
    ("News\nBridge opens\nBy Jane Roe\n", "Bridge opens"),
    ("News\nBridge opens\n12 May\nBy Jane Roe\n", "Bridge opens"),
    ("By Jane Roe\nBridge opens\n", None),
    ("News\nBridge opens\n", None),
)


@pytest.mark.parametrize(("text", "title"), BEFORE)
def test_a_title_may_be_known_by_what_follows_it(text: str, title: str | None) -> None:
    """With `before`, the headline is the line above the named rule's, lines already decided left out."""
    named = rule("title", 'before = ["byline"]\nonce = true', name="title")
    byline = rule("byline", 'where = "head"\npattern = \'^By \'\nexample = "By x"\nonce = true', name="byline")
    day = rule("date", "pattern = '^12 May$'\nexample = \"12 May\"", name="day")
    judged = judge_text(text + PROSE, make_outlet(named + byline + day))
    assert next((one.block.text for one in judged if one.kind == "title"), None) == title


ZONES = (("comments", "comment", True, "all/in-comments"), ("related", "related", False, "all/in-related"))


@pytest.mark.parametrize(("zone", "kind", "kept", "cited"), ZONES)
def test_a_rule_opens_a_zone(zone: str, kind: str, kept: bool, cited: str) -> None:  # noqa: FBT001 - a table's column
    """All that follows a rule with `opens` belongs to the zone, whatever it reads like."""
    outlet = make_outlet(TITLE + rule("label", f'opens = "{zone}"\npattern = \'^Below$\'\nexample = "Below"'))
    *_, last = judge_text(f"TITLE: x\n{PROSE}\nBelow\n{MORE}", outlet)
    assert (last.kind, last.kept, last.rule) == (kind, kept, cited)


def test_a_rule_for_anywhere_reaches_into_zones() -> None:
    """A button is set aside in the report and among the comments."""
    top = rule("navigation", 'where = "anywhere"\npattern = \'^Top$\'\nexample = "Top"', name="top")
    opens = rule("label", 'opens = "comments"\npattern = \'^Below$\'\nexample = "Below"', name="below")
    judged = judge_text(f"TITLE: x\n{PROSE}\nTop\nBelow\nTop\n{MORE}", make_outlet(TITLE + opens + top))
    assert [one.kind for one in judged if one.block.text == "Top"] == ["navigation", "navigation"]


def test_a_selector_decides_by_the_page_s_markup() -> None:
    """In HTML a rule's selector picks its elements; a pattern beside it must fit too."""
    outlet = make_outlet(
        rule("title", 'selector = "h1"\nonce = true', name="title")
        + rule("byline", 'selector = "p.who"\npattern = \'^By \'\nexample = "By x"', name="byline")
    )
    html = f"<h1>Bridge opens</h1><p class=who>By Jane</p><p class=who>Not her</p><p>{PROSE}</p>"
    assert [one.kind for one in judge_html(html, outlet)] == ["title", "byline", "paragraph", "paragraph"]


def test_the_first_rule_that_fits_decides() -> None:
    """Of two rules for one line, the one that stands first in the file counts."""
    first = rule("advert", "pattern = '^Next'\nexample = \"Next\"", name="first")
    second = rule("navigation", "pattern = '^Next page'\nexample = \"Next page\"", name="second")
    assert verdicts(PAGE, make_outlet(TITLE + first + second))["Next page"] == ("advert", "samara/first")


LABELS = (
    ("IraqWest Asia", ("Iraq", "West Asia")),
    ("West Asia, Iraq", ("West Asia", "Iraq")),
    ("Iraq | West Asia/Iraq", ("Iraq", "West Asia", "Iraq")),
    ("Iraq and Syria", ()),
    ("Iraqi", ()),
    ("", ()),
)


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_labels_run_together_are_told_apart(text: str, labels: tuple[str, ...]) -> None:
    """A line that consists of known labels is split into them; any other line is not."""
    assert split_labels(text, ("<countries>", "West Asia")) == labels


def test_the_longest_label_counts() -> None:
    """A label that begins another is not cut out of it."""
    assert split_labels("South AsiaSouth", ("South", "South Asia")) == ("South Asia", "South")


SAMPHIRE = f"""Region
Boats come home to the lagoon
By Jane Roe in Valletta
Boats lie on the shore of the lake. [Jane Roe/Samphire Features]
Boats lie on the shore of the lake. [Jane Roe/Samphire Features]
{PROSE}
{MORE}
Was this report of use to you? Yes / No
2 Reader comment(s)
We saw them from the hill.
They had lanterns.
Answer
So did we.
Answer
"""


def test_a_caption_printed_twice_is_kept_once() -> None:
    """The second printing is set aside as a repetition, not lost and not body."""
    report = report_on(SAMPHIRE, outlet="samphire-features")
    assert [caption.text for caption in report.captions] == ["Boats lie on the shore of the lake."]
    assert [one.rule for one in report.set_aside if one.kind == "repeated"] == ["all/printed-twice"]
    assert [passage.text for passage in report.body] == [PROSE, MORE]


def test_comments_are_grouped_by_their_buttons() -> None:
    """The lines between two buttons are one reader's words."""
    report = report_on(SAMPHIRE, outlet="samphire-features")
    assert [one.text for one in report.comments] == ["We saw them from the hill.\nThey had lanterns.", "So did we."]
    assert report.comments_declared == 2
    assert "C01" not in codes(report)


def test_comments_without_buttons_are_one_each() -> None:
    """Where nothing stands between the lines, each is a comment."""
    report = report_on(SAMPHIRE.replace("Answer\n", ""), outlet="samphire-features")
    assert len(report.comments) == 3


COUNTS = (
    ("2 Comments", 2, True),
    ("3 Comments", 3, False),
    ("No comments", 0, False),
    ("One comment", 1, False),
    ("9" * 5000 + " Comments", None, True),
)


@pytest.mark.parametrize(("line", "declared", "agrees"), COUNTS, ids=["2", "3", "none", "one", "too many figures"])
def test_the_declared_number_of_comments_is_a_checksum(line: str, declared: int | None, agrees: bool) -> None:  # noqa: FBT001 - a table's column
    """A page that declares another number of comments than it holds gets an issue; one that says none does not."""
    report = report_on(f"A Bridge Opens Again on Tuesday\n{PROSE}\n{line}\nAt last!\nReply\nGood.\nReply\n")
    assert len(report.comments) == 2
    assert report.comments_declared == declared
    assert ("C01" not in codes(report)) == agrees


def test_related_reports_are_no_part_of_this_one() -> None:
    """Teasers below their heading are set aside, however much they read like prose."""
    text = f"A Bridge Opens | QUILLWORT COURIER Archive 1991-2017\n{PROSE}\nRelated reports\n{MORE}"
    report = report_on(text)
    assert [passage.text for passage in report.body] == [PROSE]
    assert report.set_aside[-1].rule == "all/in-related"


def test_a_line_that_opens_as_a_byline_further_down_is_text() -> None:
    """After the byline, a paragraph that opens with "By" is the report's own."""
    html = f"<h1>Bridge opens</h1><p>By Jane Roe</p><p>{PROSE}</p><p>By Friday the ice had gone.</p>"
    report = report_on(html, media_type="text/html")
    assert report.byline is not None
    assert report.byline.value == "By Jane Roe"
    assert report.body[-1].text == "By Friday the ice had gone."


def test_a_caption_that_an_unknown_page_repeats_is_kept_once() -> None:
    """The same words below a second picture are set aside as a repetition."""
    caption = "<figure><figcaption>A cart on the bridge.</figcaption></figure>"
    report = report_on(f"<h1>Bridge opens</h1>{caption}<p>{PROSE}</p>{caption}", media_type="text/html")
    assert [one.text for one in report.captions] == ["A cart on the bridge."]
    assert [one.text for one in report.set_aside] == ["A cart on the bridge."]
