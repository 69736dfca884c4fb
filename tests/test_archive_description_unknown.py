"""Pages of outlets without rules: the headline by vote, who signed, and how surely the page states its day."""

from dataclasses import replace

import pytest

from archive.model import Report
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from tests.factories import make_page

PROSE = "<p>The bridge over the river was opened to carts again on Tuesday, the mayor said.</p>" * 3
TITLE = "Bridge Over the Samara Opens Again"


def report_on(body: str, *, head: str = "", language: str = "en") -> Report:
    """Return the report on an HTML page of an outlet nobody has rules for."""
    html = f'<html lang="{language}"><head>{head}</head><body>{body}{PROSE}</body></html>'
    page = make_page(html, name="pages/bridge.html")
    page = replace(page, source=replace(page.source, media_type="text/html"))
    return describe_page(page, load_rule_set()).report


def ld(text: str) -> str:
    """Return structured data of a news article with these members."""
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {text}}}</script>'


def og(text: str) -> str:
    """Return a card's title."""
    return f'<meta property="og:title" content="{text}">'


HEADLINES = {
    "the only heading": (f"<h1>{TITLE}</h1>", "", TITLE, "printed"),
    "not the site's name": (
        f"<h1>Samara Gazette</h1><h1>{TITLE}</h1>", f"<title>{TITLE} | Samara Gazette</title>", TITLE, "printed",
    ),
    "the heading that the card names": (
        f"<h1>Log in to your account</h1><h2>{TITLE}</h2>", og(TITLE), TITLE, "printed",
    ),
    "a card written for search does not outvote it": (
        f"<h1>{TITLE}</h1>", og("Ten Bridges You Must See") + "<title>Ten Bridges You Must See</title>",
        TITLE, "printed",
    ),
    "the newsroom's data and the card do": (
        "<h1>Open at last</h1>", og(f"Samara: {TITLE}") + ld(f'"headline": "Samara: {TITLE}"'),
        f"Samara: {TITLE}", "metadata",
    ),
    "marks and case are no disagreement": (
        f"<h1>{TITLE}</h1>", og(TITLE.upper()) + ld(f'"headline": "{TITLE}&hellip;"'), TITLE, "printed",
    ),
    "a kicker set apart keeps the head's colon": (
        "<h1><span>Samara</span> <span>The Bridge Opens Again</span></h1>", og("Samara: The Bridge Opens Again"),
        "Samara: The Bridge Opens Again", "printed",
    ),
    "soft hyphens are no letters": (
        "<h1>Brücken&shy;bau geht langsam weiter</h1>", "", "Brückenbau geht langsam weiter", "printed",
    ),
    "only the title tag": ("", f"<title>Samara Gazette » {TITLE}</title>", TITLE, "metadata"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "head", "value", "basis"), HEADLINES.values(), ids=HEADLINES)
def test_the_headline_is_what_the_statements_agree_on(body: str, head: str, value: str, basis: str) -> None:
    """The printed heading counts unless the newsroom's own statements agree on another text."""
    title = report_on(body, head=head).title
    assert title is not None
    assert (title.value, title.basis) == (value, basis)


H1 = f"<h1>{TITLE}</h1>"
BYLINES = {
    "structured data": (H1, ld('"author": [{"name": "Jane Roe"}, {"name": "John Poe"}]'), ["Jane Roe", "John Poe"]),
    "given and family name": (H1, ld('"author": {"givenName": "Jane", "familyName": "Roe"}'), ["Jane Roe"]),
    "an author by reference": (
        H1,
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": {"@id": "#j"}},'
            '{"@type": "Person", "@id": "#j", "name": "Jane Roe"}]}</script>'
        ),
        ["Jane Roe"],
    ),
    "qualifications stay": (H1, '<meta name="author" content="Jane Roe, MD, PhD">', ["Jane Roe, MD, PhD"]),
    "jobs do not": (f"{H1}<p>By Jane Roe, Senior Editor, Bridges &amp; Roads</p>", "", ["Jane Roe"]),
    "an author's link": (f'{H1}<div>3 May <a rel="author" href="/j">Jane Roe</a></div>', "", ["Jane Roe"]),
    "a line": (f"{H1}<p>Von Jana Roe und Johann Poe</p>", "", ["Jana Roe", "Johann Poe"]),
    "a line of Arabic": (f"{H1}<p>بقلم: ليلى حداد</p>", "", ["ليلى حداد"]),
    "a person before the outlet": (
        f'{H1}<p class="byline">By Jane Roe</p>',
        '<meta property="og:site_name" content="Samara Gazette">' + ld('"author": {"name": "Samara Gazette"}'),
        ["Jane Roe"],
    ),
    "more in print than in the head": (
        f"{H1}<p>By Dr Jane Roe, John Poe and Ann Coe</p>", ld('"author": {"name": "Jane Roe"}'),
        ["Dr Jane Roe", "John Poe", "Ann Coe"],
    ),
    "no account": (H1, '<meta name="author" content="admin">', []),
    "no address": (H1, '<meta name="author" content="jane@example.org">', []),
    "no profile": (H1, '<meta property="article:author" content="https://example.org/jane">', []),
    "no template": (H1, '<meta name="author" content="page.head.author">', []),
    "no commenter": (f'{H1}<div class="comments"><span class="comment-author">Ann Coe</span></div>', "", []),
    "no trade": (f"{H1}<p>By trade a builder of bridges, the mayor knew it would hold.</p>", "", []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "head", "authors"), BYLINES.values(), ids=BYLINES)
def test_authors_are_those_who_signed(body: str, head: str, authors: list[str]) -> None:
    """Names come whole, the outlet's own name last, and nobody is invented."""
    byline = report_on(body, head=head).byline
    assert (list(byline.authors) if byline is not None else []) == authors


def test_every_author_has_a_kind() -> None:
    """Agencies and desks are organisations, and so is what structured data calls one."""
    authors = '"author": [{"name": "Jane Roe"}, {"name": "Reuters"}, {"@type": "Organization", "name": "Samara Roe"}]'
    byline = report_on(H1, head=ld(authors)).byline
    assert byline is not None
    assert byline.kinds == ("person", "organisation", "organisation")


def test_a_byline_is_kept_as_printed_with_its_place() -> None:
    """When the page prints the names that its head states, the printed line is the byline."""
    byline = report_on(f"{H1}<p>By Jane Roe in Basra</p>", head=ld('"author": {"name": "Jane Roe"}')).byline
    assert byline is not None
    assert (byline.value, byline.place, byline.rule) == ("By Jane Roe in Basra", "Basra", "generic/byline")


PUBLISHED = '"datePublished": "2016-11-03T08:00:00Z"'
DAYS = {
    "stated and shown": (f"{H1}<p>3 November 2016</p>", ld(PUBLISHED), "2016-11-03", "stated"),
    "labelled": (f"{H1}<p>Posted on November 3, 2016 by Jane Roe</p>", "", "2016-11-03", "stated"),
    "a time element that says so": (
        f'{H1}<time class="published" datetime="2016-11-03T08:00">Thursday</time>', "", "2016-11-03", "stated",
    ),
    "merely beside the headline": (f"{H1}<p>3 November 2016</p>", "", "2016-11-03", "inferred"),
    "beside it and in the address": (
        f"{H1}<p>3 November 2016</p>", '<link rel="canonical" href="https://example.org/2016/11/03/bridge">',
        "2016-11-03", "stated",
    ),
    "only in the address": (
        H1, '<link rel="canonical" href="https://example.org/2016/11/03/bridge">', "2016-11-03", "inferred",
    ),
    "shown to be another day": (f"{H1}<p>9 March 2017</p>", ld(PUBLISHED), "2016-11-03", "inferred"),
    "only an update is shown": (f"{H1}<p>Updated on 9 March 2017</p>", ld(PUBLISHED), "2016-11-03", "inferred"),
    "changed long after, nothing shown": (
        H1, ld(f'{PUBLISHED}, "dateModified": "2019-01-01"'), "2016-11-03", "inferred",
    ),
    "two that disagree": (
        f"{H1}<p>Published: 5 November 2016</p>", ld(PUBLISHED), "[2016-11-03,2016-11-05]", "inferred",
    ),
    "the local day of a clock elsewhere": (
        f"{H1}<p>Published 2 November 2016</p>", ld('"datePublished": "2016-11-03T02:11:00Z"'),
        "2016-11-02", "inferred",
    ),
    "the day of the address": (
        H1, ld(PUBLISHED) + '<link rel="canonical" href="https://example.org/2016/11/02/bridge">',
        "2016-11-02", "inferred",
    ),
    "only a change": (f"{H1}<p>Last updated: 3 November 2016</p>", "", None, "unknown"),
    "only a picture's day": (
        f"{H1}<figure><figcaption>Samara, 3 November 2016</figcaption></figure>", "", None, "unknown",
    ),
    "only a reader's day": (
        f'{H1}{PROSE * 4}<div class="comments"><li class="comment"><time datetime="2016-11-03">x</time></li></div>',
        "", None, "unknown",
    ),
    "nothing": (H1, "", None, "unknown"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "head", "edtf", "basis"), DAYS.values(), ids=DAYS)
def test_a_day_is_as_certain_as_the_page_is_plain(body: str, head: str, edtf: str | None, basis: str) -> None:
    """`stated` is a day that the page plainly calls its publication's; what is weaker is inferred or unknown."""
    published = report_on(body, head=head).published
    assert (published.edtf, published.basis) == (edtf, basis)


def test_an_inferred_day_asks_for_a_look() -> None:
    """A librarian is told when the page does not plainly say so, and when it says two things."""
    weak = report_on(f"{H1}<p>3 November 2016</p>")
    two = report_on(f"{H1}<p>Published: 5 November 2016</p>", head=ld(PUBLISHED))
    assert [[one.code for one in report.issues if one.code[0] == "D"] for report in (weak, two)] == [["D03"], ["D02"]]


@pytest.mark.parametrize(
    ("language", "edtf"), [("en", None), ("en-US", "2016-02-11"), ("en-GB", "2016-11-02"), ("de", "2016-11-02")]
)
def test_figures_are_read_in_the_page_s_order(language: str, edtf: str | None) -> None:
    """02/11/2016 is November or February as the page's language has it, and no day at all when that is open."""
    assert report_on(f"{H1}<p>Published 02/11/2016</p>", language=language).published.edtf == edtf


def test_evidence_points_at_what_it_says() -> None:
    """Each piece of evidence for the day stands in the original where its span says."""
    head = '<meta property="article:published_time" content="2016-11-03">' + ld(PUBLISHED)
    html = f'<html lang="en"><head>{head}</head><body>{H1}<p>Published 3 November 2016</p>{PROSE}</body></html>'
    report = report_on(f"{H1}<p>Published 3 November 2016</p>", head=head)
    printed = [html[one.span.start : one.span.end] for one in report.published.evidence if one.span is not None]
    assert printed == [one.printed for one in report.published.evidence]
    assert len(printed) == 3
