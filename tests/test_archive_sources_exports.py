"""Exports of press databases: recognised, parted, and every line told apart by the split rules."""

from pathlib import Path

import pytest

from archive.batch import BatchLine, import_pages
from archive.errors import BadRuleFile
from archive.model import Given, Page
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import load_exports, make_page, reopen
from archive.sources.parting import part_text, read_parts, recognise_export
from archive.sources.splitting import read_export
from archive.store import Store
from tests.containers import BODY, HTML, MORE, docx_of, pages_of, read_all, tell

SHIPPED = {rules.key: rules for rules in load_exports()}
FOLDER = Path(__file__).parent.parent / "archive" / "sources" / "exports"

NEXIS_TEXT = f"""
Download Request: Selected Items: 1-2
Terms: (bridge)

                               1 of 2 DOCUMENTS

                          The Example Gazette (London)

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Bridge reopens after
long delay

BYLINE: Jane Roe in Port Example

SECTION: FOREIGN; Pg. 6

LENGTH: 355 words

DATELINE: PORT EXAMPLE

{BODY}

{MORE}

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

                       Copyright 2010 Example Newspapers
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                          The Example Gazette (London)

                            January 13, 2010 Wednesday

Harbour closed

LENGTH: 20 words

{MORE}

LOAD-DATE: January 13, 2010
"""
NEXIS_WORD = [
    "User Name: READER", "Documents (2)", "1. Bridge reopens", "Client/Matter: -None-", "Narrowed by:",
    "Bridge reopens", "The Example Gazette (London)", "January 11, 2010 Monday", "Copyright 2010 Example Newspapers",
    "Section: FOREIGN; Pg. 6", "Length: 355 words", "Byline: Jane Roe", "Body", BODY, MORE,
    "Classification", "Language: ENGLISH", "Load-Date: January 12, 2010", "End of Document",
    "Harbour closed", "The Example Gazette (London)", "13 January 2010", "Length: 20 words", "Body", MORE,
    "Load-Date: January 13, 2010", "End of Document",
]  # fmt: skip
FACTIVA_PAGE = (
    "<html><head><title>Factiva</title><style>p {}</style></head><body>"
    '<div class="article enArticle"><div id="hd"><span class="enHeadline">Bridge reopens</span></div>'
    '<div class="author">Jane Roe</div><div>355 words</div><div>11 January 2010</div><div>09:00</div>'
    "<div>The Example Gazette</div><div>EXGZ</div><div>Foreign</div><div>6</div><div>English</div>"
    f"<div>(c) 2010 Example Newspapers Ltd.</div><p class='articleParagraph'>{BODY}</p>"
    f"<p class='articleParagraph'>{MORE}</p><p>Document EXGZ000020100111e61b0001x</p></div>"
    '<div class="article enArticle"><div id="hd"><span class="enHeadline">Harbour closed</span></div>'
    "<div>20 words</div><div>13 January 2010</div><div>The Example Gazette</div><div>English</div>"
    f"<div>© 2010 Example Newspapers Ltd.</div><p class='articleParagraph'>{MORE}</p>"
    "<p>Document EXGZ000020100113e61b0002y</p></div><p>© 2010 Factiva, Inc. All rights reserved.</p></body></html>"
)
CELL = "<tr><td><b>{}</b>&nbsp;</td><td>{}</td></tr>"
FACTIVA_FIELDS = "<html><head><title>Factiva</title></head><body>" + "".join(
    "<div><table>"
    + "".join(
        CELL.format(*pair)
        for pair in (
            ("HD", title), ("BY", "By Jane Roe"), ("WC", "355 words"), ("PD", day), ("SN", "The Example Gazette"),
            ("LA", "English"), ("LP", f"<p>{BODY}</p>"), ("TD", f"<p>{MORE}</p>"), ("NS", "gcat : News"),
            ("AN", f"Document {number}"),
        )
    )
    + "</table></div>"
    for title, day, number in (
        ("Bridge reopens", "11 January 2010", "EXGZ000020100111e61b0001x"),
        ("Harbour closed", "13 January 2010", "EXGZ000020100113e61b0002y"),
    )
) + "</body></html>"  # fmt: skip
LINE = "_" * 60
PROQUEST = f"""{LINE}

Report Information from ProQuest
{LINE}

Document 1 of 2

Bridge reopens

Author: Roe, Jane; Poe, John

Abstract: The bridge is open.

Full text: {BODY}
{MORE}

Subject: Bridges
Title: Bridge reopens
Publication title: The Example Gazette; Port Example
Publication date: Jan 11, 2010
Language of publication: English
ProQuest document ID: 1234567890
Database: Example Newsstream

{LINE}

Document 2 of 2

Harbour closed

Full text: {MORE}

Publication title: The Example Gazette
Publication date: Jan 13, 2010
ProQuest document ID: 1234567891

{LINE}
Contact us at: example.org
"""
EXPORTS: dict[str, tuple[str, bytes]] = {
    "nexis-text": ("export.txt", NEXIS_TEXT.encode()),
    "nexis-word": ("export.docx", docx_of(NEXIS_WORD)),
    "factiva-page": ("export.html", FACTIVA_PAGE.encode()),
    "factiva-fields": ("fields.html", FACTIVA_FIELDS.encode()),
    "proquest-text": ("proquest.txt", PROQUEST.encode()),
}


@pytest.fixture(params=EXPORTS)
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> list[Page]:
    """Return the articles of one export of each kind."""
    name, content = EXPORTS[request.param]
    (tmp_path / name).write_bytes(content)
    return pages_of(read_all(tmp_path / name))


def test_every_article_of_an_export_is_a_report(parts: list[Page]) -> None:
    """Each export has two articles; each is described with headline, day, newspaper and text of its own."""
    reports = [describe_page(page, load_rule_set()).report for page in parts]
    assert [report.title and report.title.value.split()[0] for report in reports] == ["Bridge", "Harbour"]
    assert [report.published.edtf for report in reports] == ["2010-01-11", "2010-01-13"]
    assert {report.outlet.name.removesuffix(" (London)") for report in reports if report.outlet} == {
        "The Example Gazette"
    }
    assert [passage.text for passage in reports[0].body] == [BODY, MORE]
    assert reports[1].body[-1].text == MORE


def test_articles_share_their_original_and_have_numbers(parts: list[Page]) -> None:
    """All articles keep the whole export as their original, and count from one."""
    assert {page.source.sha256 for page in parts} == {parts[0].source.sha256}
    assert [page.source.part for page in parts] == [1, 2]


def test_articles_are_read_again_from_the_export_alone(parts: list[Page]) -> None:
    """An article reopened from the stored bytes is the article that was imported."""
    assert [reopen(page.source, page.content) for page in parts] == parts


def test_spans_of_an_article_lead_to_its_text(parts: list[Page]) -> None:
    """What is stated with a span stands there in the article's text."""
    for page in parts:
        for stated in page.stated:
            assert stated.span is not None
            assert stated.value in " ".join(page.text[stated.span.start : stated.span.end].split())


@pytest.mark.parametrize(
    ("key", "authors"),
    [("nexis-text", ("Jane Roe",)), ("factiva-page", ("Jane Roe",)), ("proquest-text", ("Jane Roe", "John Poe"))],
)
def test_bylines_are_read_as_the_database_writes_them(key: str, authors: tuple[str, ...], tmp_path: Path) -> None:
    """A byline loses its label and, where surnames stand first, its order."""
    name, content = EXPORTS[key]
    (tmp_path / name).write_bytes(content)
    report = describe_page(pages_of(read_all(tmp_path / name))[0], load_rule_set()).report
    assert report.byline is not None
    assert report.byline.authors == authors


def test_wrapped_lines_of_the_head_are_one_headline(tmp_path: Path) -> None:
    """A headline on two lines is one value, and the dateline's place stays with the article."""
    (tmp_path / "export.txt").write_text(NEXIS_TEXT)
    report = describe_page(pages_of(read_all(tmp_path / "export.txt"))[0], load_rule_set()).report
    assert report.title is not None
    assert report.title.value == "Bridge reopens after long delay"
    assert report.dateline is not None
    assert report.dateline.place == "PORT EXAMPLE"
    assert report.byline is not None
    assert report.byline.place == "Port Example"


def test_an_article_without_its_landmark_says_so() -> None:
    """Where the line before the text is missing, the text begins after the last label, with issue S17."""
    text = NEXIS_TEXT.replace("LENGTH: 20 words\n", "")
    rules = SHIPPED["nexis-text"]
    page = make_page("export.txt", text.encode(), "text/plain")
    last = pages_of(read_parts(page, rules))[-1]
    assert [issue.code for issue in last.issues] == ["S19"]
    assert describe_page(last, load_rule_set()).report.body[-1].text == MORE


def test_an_export_cut_short_keeps_its_last_article() -> None:
    """An article without its closing line is an article when its text has begun."""
    text = "\n".join(NEXIS_WORD[:-1])
    assert len(part_text(text, SHIPPED["nexis-word"])) == 2


def test_an_export_without_articles_is_refused(tmp_path: Path) -> None:
    """A file that looks like an export and has no article is refused, not stored as one page."""
    (tmp_path / "empty.txt").write_text("1 of 2 DOCUMENTS\n\nLENGTH: none\n".replace("LENGTH", " LENGTH"))
    assert tell(read_all(tmp_path / "empty.txt")) == [("empty.txt", "S12")]


@pytest.mark.parametrize("text", [HTML, BODY, "Body\nA body was found on Tuesday.\n", "1 of 3 documents was read."])
def test_ordinary_pages_are_no_exports(text: str) -> None:
    """A page that stands for itself is not taken for an export."""
    assert recognise_export(text, "text", load_exports()) is None
    assert recognise_export(text, "html", load_exports()) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "nexis-text"', 'key = "other"', "key"),
        ("version = 1", 'version = "one"', "version"),
        ('at = "start"', 'at = "middle"', "at"),
        ('example = "LENGTH: 355 words"\n\n[body_after]', 'example = "nothing"\n\n[body_after]', "holds.pattern"),
        ('id = "byline"', 'id = "byline"\ncolour = "red"', "lines.byline.colour"),
        ('field = "byline"', 'field = "colour"', "lines.byline.field"),
        ("(?P<value>.+)'\nexample = \"BYLINE", "(.+)'\nexample = \"BYLINE", "lines.byline.pattern"),
        ('after = ["outlet"]', 'after = ["nobody"]', "lines.title"),
        ("[split]\npattern = '", "[split]\npattern = '(", "split.pattern"),
        ("[recognise]", "[recognised]", "recognised"),
        ("about = ", "# ", "about"),
    ],
)
def test_a_broken_split_rule_names_file_and_key(old: str, new: str, said: str) -> None:
    """A rule file that does not validate stops the program with the file and the key."""
    text = (FOLDER / "nexis-text.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BadRuleFile) as caught:
        read_export("nexis-text.toml", text.replace(old, new, 1))
    assert caught.value.key == said


def test_a_librarian_can_add_and_replace_rules(tmp_path: Path) -> None:
    """Files in the archive's own folder are read too; one of the same name replaces the one shipped."""
    text = (FOLDER / "nexis-text.toml").read_text(encoding="utf-8")
    (tmp_path / "nexis-text.toml").write_text(text.replace("version = 1", "version = 2"), encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace('key = "nexis-text"', 'key = "mine"'), encoding="utf-8")
    assert {rules.key: rules.version for rules in load_exports(tmp_path)}.items() >= {
        "nexis-text": 2,
        "mine": 1,
    }.items()


def test_the_original_is_kept_once_and_every_article_is_a_report(store: Store, tmp_path: Path) -> None:
    """Importing an export gives a report for each article and one original; importing it again changes nothing."""
    (tmp_path / "export.txt").write_text(NEXIS_TEXT)
    for outcome in ("imported", "unchanged"):
        lines: list[BatchLine] = []
        import_pages(store, [tmp_path / "export.txt"], load_rule_set(), Given(), report=lines.append, limit=100_000)
        assert [(line.name, line.outcome) for line in lines] == [
            ("export.txt, part 1", outcome),
            ("export.txt, part 2", outcome),
        ]
    status = store.status()
    assert (status.reports, status.originals) == (2, 1)
    assert {stored.report.source.part for stored in store.reports()} == {1, 2}
    assert {store.original(stored.id)[1] for stored in store.reports()} == {NEXIS_TEXT.encode()}
    assert list(store.verify()) == []


def test_the_split_rule_of_the_docs_works() -> None:
    """The whole rule file shown in docs/importing.md is valid and parts what it describes."""
    docs = (Path(__file__).parent.parent / "docs" / "importing.md").read_text(encoding="utf-8")
    rules = read_export("harbour-desk.toml", docs.partition("```toml\n")[2].partition("```")[0])
    article = f"**********\nBridge reopens\nTEXT: {BODY}\nSOURCE: Example Gazette\n"
    page = make_page("a.txt", f"Harbour Desk, 2 articles\n{article}{article}".encode(), "text/plain")
    assert recognise_export(page.text, "text", [rules]) is rules
    parts = pages_of(read_parts(page, rules))
    assert [{one.field: one.value for one in part.stated} for part in parts] == [
        {"title": "Bridge reopens", "outlet": "Example Gazette"}
    ] * 2
    assert [passage.text for passage in describe_page(parts[0], load_rule_set()).report.body] == [BODY]
