"""Datelines, bylines, titles and identifiers: what the top of a report says, and what only looks like it."""

import pytest

from archive.description.authors import split_authors, tell_kind
from archive.model import Report
from tests.describing import PROSE, describe, report_on

HTML = "text/html"
TITLE = "A Bridge Opens Again on Tuesday"


def report_with(opening: str) -> Report:
    """Return the report of a plain page whose text opens with these words."""
    return report_on(f"{TITLE}\n{opening}{PROSE}\n")


# How the text opens, and the dateline's value, place, source and form.
DATELINES = (
    (
        "SAN SALVADOR, 13 OCT 89 (RADIO EXAMPLE) -- [TEXT] ",
        "SAN SALVADOR, 13 OCT 89 (RADIO EXAMPLE)",
        "SAN SALVADOR",
        "RADIO EXAMPLE",
        "dispatch",
    ),
    ("NOWHERETOWN, 4 MAR 88 (FWS) -- ", "NOWHERETOWN, 4 MAR 88 (FWS)", "NOWHERETOWN", "FWS", "dispatch"),
    ("LIMA, NO DATE [RADIO EXAMPLE) -- ", "LIMA, NO DATE [RADIO EXAMPLE)", "LIMA", "RADIO EXAMPLE", "dispatch"),
    (
        "SAN JOSE (COSTA RICA), 4 MAR 88 -- ",
        "SAN JOSE (COSTA RICA), 4 MAR 88",
        "SAN JOSE (COSTA RICA)",
        None,
        "dispatch",
    ),
    ("LONDON, Jun 11 (EFE).- ", "LONDON, Jun 11 (EFE)", "LONDON", "EFE", "agency"),
    ("London, 11 June (EFE) - ", "London, 11 June (EFE)", "London", "EFE", "agency"),
    ("SAIGON (FWS) -- ", "SAIGON (FWS)", "SAIGON", "FWS", "agency"),
    ("Port-au-Prince (Reuters) — ", "Port-au-Prince (Reuters)", "Port-au-Prince", "Reuters", "agency"),
    ("Cairo – ", "Cairo", "Cairo", None, "dashed"),
    ("CAIRO—", "CAIRO", "CAIRO", None, "dashed"),
    ("Cairo - ", "Cairo", "Cairo", None, "dashed"),
    ("Baghdad, Samara Gazette— ", "Baghdad, Samara Gazette", "Baghdad", "Samara Gazette", "dashed"),
    ("Amman, Asharq Al-Awsat— ", "Amman, Asharq Al-Awsat", "Amman", "Asharq Al-Awsat", "dashed"),
    ("San Salvador — ", "San Salvador", "San Salvador", None, "dashed"),
)


@pytest.mark.parametrize(("opening", "value", "place", "source", "form"), DATELINES)
def test_a_dateline_says_where_and_by_whom(opening: str, value: str, place: str, source: str | None, form: str) -> None:
    """A dispatch, an agency's or a dashed dateline gives place and source as printed."""
    line = report_with(opening).dateline
    assert line is not None
    assert (line.value, line.place, line.source, line.rule) == (value, place, source, f"dateline/{form}")


NO_DATELINES = (
    "Tonight – ", "Mr. Smith – ", "Yesterday (Tuesday) – ", "The Mayor – ", "And so – ", "Hope (and fear) – ",
    "Anglo-American ", "In Cairo – ", "Cairo, ", "Cairo was quiet. ", "“Cairo – ", "cairo – ",
    "1,200 – ", "Jane Roe (34) – ", "Cairo-born ",
)  # fmt: skip


@pytest.mark.parametrize("opening", NO_DATELINES)
def test_what_only_looks_like_a_dateline_is_none(opening: str) -> None:
    """A word or a name before a dash is no place, and a place without a dash is no dateline."""
    assert report_with(opening).dateline is None


def test_only_the_first_paragraph_has_a_dateline() -> None:
    """A place before a dash further down is the text's own."""
    assert report_on(f"{TITLE}\n{PROSE}\nCairo – {PROSE}").dateline is None


def test_a_dateline_below_a_subhead_is_found() -> None:
    """A heading above the first paragraph does not hide its dateline."""
    page = f"<article><h1>{TITLE}</h1><h2>Carts on the bridge</h2><p>Cairo – {PROSE}</p></article>"
    line = report_on(page, media_type=HTML).dateline
    assert line is not None
    assert line.place == "Cairo"


BYLINES = (
    ("By Jane Roe", ["Jane Roe"], ["person"], None),
    ("BY JANE ROE", ["JANE ROE"], ["person"], None),
    ("By: Jane Roe", ["Jane Roe"], ["person"], None),
    ("By Jane Roe in Basra", ["Jane Roe"], ["person"], "Basra"),
    ("By Jane Roe and John Poe in Deir Ezzor", ["Jane Roe", "John Poe"], ["person", "person"], "Deir Ezzor"),
    ("By Jane Roe, John Poe & Ann Coe", ["Jane Roe", "John Poe", "Ann Coe"], ["person"] * 3, None),
    ("By Alexander Sandoval", ["Alexander Sandoval"], ["person"], None),
    ("By AFP", ["AFP"], ["organisation"], None),
    ("By Jane Roe and Reuters", ["Jane Roe", "Reuters"], ["person", "organisation"], None),
    ("By a staff writer", ["a staff writer"], ["organisation"], None),
)  # fmt: skip


@pytest.mark.parametrize(("line", "authors", "kinds", "place"), BYLINES)
def test_a_byline_names_authors_and_place(line: str, authors: list[str], kinds: list[str], place: str | None) -> None:
    """A printed byline is kept whole, with the names that it joins and the place it ends in."""
    byline = report_on(f"{TITLE}\n{line}\n{PROSE}").byline
    assert byline is not None
    assert (byline.value, list(byline.authors), list(byline.kinds), byline.place) == (line, authors, kinds, place)


OPENINGS = (
    "", "By Tuesday the last of the carts had crossed the river.", "By Friday all was quiet",
    "By noon the ice had gone", "By the river stood a mill.", "By 1965 nobody remembered",
    "Byzantine towers rose above the town.",
)  # fmt: skip


@pytest.mark.parametrize("line", OPENINGS)
def test_a_page_without_byline_has_none(line: str) -> None:
    """No author is invented, also not from a sentence that opens with "By"."""
    assert report_on(f"{TITLE}\n{line}\n{PROSE}").byline is None


HEADS = (
    ('<meta name="author" content="By Jane Roe and John Poe">', ["Jane Roe", "John Poe"], "head/author"),
    ('<meta property="article:author" content="Jane Roe">', ["Jane Roe"], "head/article:author"),
    ('<meta name="DC.creator" content="Samara Radio">', ["Samara Radio"], "head/dc.creator"),
    ('<script type="application/ld+json">{"author": [{"name": "Jane Roe"}, "John Poe"]}</script>',
     ["Jane Roe", "John Poe"], "head/json-ld-author"),
    ('<meta name="author" content="https://example.org/jane">', None, None),
    ('<script type="application/ld+json">{"author": {"name": ["x"]}}</script>', None, None),
)  # fmt: skip


@pytest.mark.parametrize(("head", "authors", "rule"), HEADS)
def test_without_a_printed_byline_the_head_s_authors_count(
    head: str, authors: list[str] | None, rule: str | None
) -> None:
    """Names that the head states are authors; an address or something odd is not."""
    page = f"<html><head>{head}</head><body><h1>{TITLE}</h1><p>{PROSE}</p></body></html>"
    byline = report_on(page, media_type=HTML).byline
    assert (list(byline.authors) if byline else None, byline.rule if byline else None) == (authors, rule)


JOINED = (
    ("Jane Roe", ("Jane Roe",)),
    ("Jane Roe and John Poe", ("Jane Roe", "John Poe")),
    ("JANE ROE AND JOHN POE", ("JANE ROE", "JOHN POE")),
    ("Jane Roe; John Poe &Ann Coe,", ("Jane Roe", "John Poe", "Ann Coe")),
    ("Sandy Anderson", ("Sandy Anderson",)),
    ("", ()),
)


@pytest.mark.parametrize(("text", "names"), JOINED)
def test_joint_authors_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    """Commas, semicolons, ampersands and the word between two names part them; letters inside a name do not."""
    assert split_authors(text) == names


KINDS = (
    ("Jane Roe", None, "person"), ("reuters", None, "organisation"), ("FWS", None, "organisation"),
    ("The news desk", None, "organisation"), ("Samara", "Samara Gazette", "organisation"), ("Samara", None, "person"),
    ("Jane Postlethwaite", None, "person"), ("Radio Example", None, "organisation"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "outlet", "kind"), KINDS)
def test_an_organisation_is_no_person(name: str, outlet: str | None, kind: str) -> None:
    """Agencies, desks, acronyms and the outlet's own name are organisations."""
    assert tell_kind(name, outlet) == kind


# The head and the body of a page, and the title with its printed form and rule.
TITLES = {
    "a heading": ("<title>Samara</title>", "<h1>Bridge opens</h1>", ("Bridge opens", "Bridge opens", "generic/title")),
    "the heading the head names": (
        "<title>Bridge opens - Samara Gazette</title>", "<h1>Samara Gazette</h1><h1>Bridge opens</h1>",
        ("Bridge opens", "Bridge opens", "generic/title"),
    ),
    "og": ('<meta property="og:title" content="Bridge opens">', "", ("Bridge opens", "Bridge opens", "head/og:title")),
    "the head with the site's name": (
        "<title>Bridge opens | Samara</title>", "", ("Bridge opens", "Bridge opens | Samara", "head/title"),
    ),
    "og before the head": (
        '<title>x y z</title><meta property="og:title" content="Bridge opens">', "",
        ("Bridge opens", "Bridge opens", "head/og:title"),
    ),
    "a number is no headline": ("<title>DISPATCH-0005</title>", "", None),
    "the identifier is no headline": (
        '<title>FILE A B</title><meta name="DC.identifier" content="FILE A B">', "", None,
    ),
    "nothing": ("", "", None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "body", "wanted"), TITLES.values(), ids=TITLES)
def test_the_title_is_the_headline(head: str, body: str, wanted: tuple[str, str, str] | None) -> None:
    """The printed headline counts, else what the head states without the site's name; a number is none."""
    page = f"<html><head>{head}</head><body>{body}<p>{PROSE}</p></body></html>"
    title = report_on(page, media_type=HTML).title
    assert (None if title is None else (title.value, title.printed, title.rule)) == wanted


def test_a_title_loses_its_outlet_s_name_only() -> None:
    """The suffix that the outlet's rules name is no part of the value, and stays in the printed form."""
    title = report_on(f"{TITLE} | Draft | QUILLWORT COURIER Archive 1991-2017\n{PROSE}").title
    assert title is not None
    assert title.value == f"{TITLE} | Draft"
    assert title.printed.endswith("| QUILLWORT COURIER Archive 1991-2017")


IDENTIFIERS = (
    ("Media ID: 4100231", "4100231"),
    ("Story No. A-12/3", "A-12/3"),
    ("Article number 2016.11.03", "2016.11.03"),
    ("Media ID:", None),
    ("Media identity matters to 4100231 readers.", None),
    ("0a1b2c3d-0000-4000-8000-0123456789ab", None),
)


@pytest.mark.parametrize(("line", "value"), IDENTIFIERS)
def test_a_media_id_stands_under_its_own_label(line: str, value: str | None) -> None:
    """A number is only the item's when the page says so; a picture's file name is not."""
    found = report_on(f"{TITLE}\n{line}\n{PROSE}").media_id
    assert (found.value if found else None) == value


def test_an_identifier_points_at_its_figures() -> None:
    """The span of an identifier is the identifier without its label."""
    text = f"{TITLE}\nMedia ID: 4100231\n{PROSE}"
    found = report_on(text).media_id
    assert found is not None
    assert found.span is not None
    assert text[found.span.start : found.span.end] == "4100231"


def test_the_head_s_identifier_counts_and_its_print_is_set_aside() -> None:
    """A Dublin Core identifier is the item's, and the line that repeats it is no text."""
    page = f'<html><head><meta name="DC.identifier" content="LF-85-1"></head><body><p>LF-85-1</p><p>{PROSE}</p></body>'
    report = report_on(page, media_type=HTML)
    assert report.media_id is not None
    assert report.media_id.value == "LF-85-1"
    assert [(one.text, one.kind) for one in report.set_aside] == [("LF-85-1", "identifier")]


def test_evidence_in_entities_and_tags_stands_where_it_says() -> None:
    """In HTML, a place's span begins and ends with the place, also when its last letter is an entity."""
    page = f"<h1>{TITLE}</h1><p><b>BOGOT&Aacute;</b> (FWS) -- {PROSE}</p><p>{PROSE}</p>"
    place = next(one for one in describe(page, media_type=HTML).evidence if one.field == "places")
    assert place.span is not None
    assert page[place.span.start : place.span.end] == "BOGOT&Aacute;"
