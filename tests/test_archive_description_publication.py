"""Inferring the day of publication: what evidence allows, what it leaves unknown, and what contradicts."""

import pytest

from archive.cleaning.cleaned import CleanedPage
from archive.cleaning.outlets import Recognition
from archive.description.publication import infer_published
from archive.model import Block, BlockKind, Date, JudgedBlock, Page, Source, Span
from archive.rules import OutletRules
from tests.factories import make_page

PICTURE: tuple[BlockKind, str] = ("caption", "Tanks near the river crossing, June 8, 1982.")  # a Tuesday


def clean(*lines: tuple[BlockKind, str], years: tuple[int, ...] = (), url: str | None = None) -> CleanedPage:
    """Return a cleaned page of these lines, from an outlet of these years."""
    page = make_page("\n".join(text for _, text in lines))
    source = Source(page.source.name, page.source.sha256, "text/plain", page.source.bytes, url=url)
    blocks, start = [], 0
    for kind, text in lines:
        span = Span(start, start + len(text))
        blocks.append(JudgedBlock(Block(text, span, runs=((0, start),)), kept=True, kind=kind, rule="made.up"))
        start += len(text) + 1
    rules = OutletRules("post", "Post", "", 1, published=years)
    received = Page(source, page.content, page.text, "utf-8")
    return CleanedPage(received, tuple(blocks), None, Recognition(rules, None), rules)


@pytest.mark.parametrize(
    ("page", "edtf"),
    [
        (clean(PICTURE, years=(1979, 1982)), "[1982-06-08..1982-12-31]"),
        (clean(("paragraph", "The town fell on 8 June 1982."), years=(1979, 1982)), "[1982-06-08..1982-12-31]"),
        (clean(url="https://post.example/world/1982/06/09/crossing"), "1982-06-09"),
        (clean(PICTURE, ("paragraph", "They crossed on Monday. They stopped on Tuesday.")), "[1982-06-08..1982-06-09]"),
        (clean(PICTURE, ("paragraph", "They crossed on Tuesday. They stopped Wednesday.")), "[1982-06-09..1982-06-10]"),
    ],
)  # fmt: skip
def test_evidence_with_days_in_common_gives_them(page: CleanedPage, edtf: str) -> None:
    """The interval is what all the evidence allows, and it is inferred, never stated."""
    published, issues = infer_published(page, Date())
    assert (published.edtf, published.basis, issues) == (edtf, "inferred", ())


@pytest.mark.parametrize(
    "page",
    [
        clean(PICTURE),
        clean(("paragraph", "They crossed on Tuesday."), years=(1979, 1995)),
        clean(PICTURE, years=(1979, 1995)),
        clean(("paragraph", "A vote will be held on 8 June 1982."), years=(1979, 1982)),
        clean(("paragraph", "The bridge must be rebuilt by 8 June 1982, he said."), years=(1979, 1982)),
        clean(("comment", "This was on 8 June 1982."), years=(1979, 1982)),
        clean(PICTURE, ("paragraph", "They crossed on Tuesday and were seen on Saturday.")),
        clean(PICTURE, ("paragraph", "Talks will open on Tuesday or Wednesday.")),
    ],
)
def test_too_little_evidence_leaves_the_date_unknown(page: CleanedPage) -> None:
    """Bounds on one side, too wide or not of the past give no date."""
    published, issues = infer_published(page, Date())
    assert (published.edtf, published.basis, issues) == (None, "unknown", ())


def test_evidence_is_kept_when_the_date_stays_unknown() -> None:
    """A reader sees what was found, with its words and its place, though it is not enough."""
    published, _ = infer_published(clean(PICTURE), Date())
    (evidence,) = published.evidence
    assert (evidence.value, evidence.printed, evidence.basis) == ("[1982-06-08..]", "June 8, 1982", "inferred")
    assert evidence.span == Span(31, 43)


def test_contradicting_dates_are_an_issue() -> None:
    """A picture taken after the outlet's last year leaves the date unknown, with D04 for the librarian."""
    published, issues = infer_published(clean(PICTURE, years=(1960, 1981)), Date())
    assert (published.edtf, [issue.code for issue in issues]) == (None, ["D04"])
    assert "'June 8, 1982' allows no day before 1982-06-08" in issues[0].message


def test_a_stated_date_stands() -> None:
    """What the page states is not touched by inference."""
    stated = Date("1982-06-09", "1982-06-09", "1982-06-09", "stated")
    assert infer_published(clean(PICTURE, years=(1960, 1981)), stated) == (stated, ())
