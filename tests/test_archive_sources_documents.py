"""Word and PDF documents, and news XML: their text, what they state, and how they are read again."""

from pathlib import Path

import pytest

from archive.model import Page
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import reopen
from tests.containers import BODY, MORE, docx_of, pages_of, pdf_of, read_all, reasons, tell

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf>
  <head>
    <title>Bridge slug</title>
    <docdata><doc-id id-string="EX-0042"/><date.issue norm="20161103T065800Z"/></docdata>
    <pubdata name="Example Gazette" position.section="World" ex-ref="https://example.org/a"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Bridge <em>reopens</em></hl1><hl2>Carts may cross</hl2></hedline>
      <byline>By <person>Jane Roe</person></byline>
      <dateline><location>PORT EXAMPLE</location></dateline>
    </body.head>
    <body.content>
      <media media-type="image"><media-reference source="a.jpg">picture</media-reference>
        <media-caption><p>The bridge on Tuesday.</p></media-caption></media>
      <p>{BODY}</p>
      <p>{MORE}</p>
    </body.content>
    <body.end><tagline>Edited by the desk.</tagline></body.end>
  </body>
</nitf>"""
G2_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:{n}" version="1">
  <itemMeta><provider literal="EX"><name>Example Wire</name></provider>
    <versionCreated>2016-11-04T00:00:00Z</versionCreated></itemMeta>
  <contentMeta><contentCreated>2016-11-03T06:58:00+00:00</contentCreated><headline>Bridge reopens {n}</headline>
    <by>Jane Roe</by><dateline>PORT EXAMPLE, Nov 3</dateline><located literal="m"><name>Mosul</name></located>
    <language tag="en-GB"/></contentMeta>
  <contentSet>{content}</contentSet>
</newsItem>"""
XHTML = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html></inlineXML>'


def g2(*bodies: str) -> str:
    """Return a NewsML-G2 message of items with these contents; one item stands without an envelope."""
    items = [G2_ITEM.format(n=number, content=body) for number, body in enumerate(bodies, start=1)]
    if len(items) == 1:
        return items[0]
    envelope = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{}</itemSet></newsMessage>'
    return envelope.format("".join(items))


def read_one(tmp_path: Path, name: str, content: bytes | str) -> Page:
    """Return the one page of a file, after checking that it is read the same from its bytes alone."""
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (page,) = pages_of(read_all(tmp_path / name))
    assert reopen(page.source, page.content) == page
    return page


def test_nitf_is_a_report_with_all_it_states(tmp_path: Path) -> None:
    """Headline, byline, dateline, day, newspaper, section, captions and text come from their elements."""
    page = read_one(tmp_path, "a.xml", NITF)
    report = describe_page(page, load_rule_set()).report
    assert report.title is not None
    assert (report.title.value, report.title.rule) == ("Bridge reopens", "nitf/hl1")
    assert (report.title.basis, report.published.edtf) == ("printed", "2016-11-03")
    assert (report.byline and report.byline.authors, report.dateline and report.dateline.place) == (
        ("Jane Roe",), "PORT EXAMPLE",
    )  # fmt: skip
    assert (report.outlet and report.outlet.name, report.section) == ("Example Gazette", ("World",))
    assert [caption.text for caption in report.captions] == ["The bridge on Tuesday."]
    assert [passage.text for passage in report.body] == ["Carts may cross", BODY, MORE]
    assert page.source.url == "https://example.org/a"


def test_every_line_of_news_xml_is_kept_or_set_aside(tmp_path: Path) -> None:
    """Each line of the item is one block, and its span stands in the page's text."""
    page = read_one(tmp_path, "a.xml", NITF)
    blocks = describe_page(page, load_rule_set()).blocks
    assert [one.block.text for one in blocks] == page.text.splitlines()
    assert all(page.text[one.block.span.start : one.block.span.end] == one.block.text for one in blocks)
    assert {one.block.text: one.kind for one in blocks}["Edited by the desk."] == "tagline"


@pytest.mark.parametrize(
    "content",
    [
        XHTML.format(f"<p>{BODY}</p><p>{MORE}</p>"),
        f"<inlineXML><nitf><body><body.content><p>{BODY}</p><p>{MORE}</p></body.content></body></nitf></inlineXML>",
        f'<inlineData contenttype="text/plain">{BODY}\n{MORE}</inlineData>',
        f'<inlineData contenttype="text/html"><![CDATA[<p>{BODY}</p><p>{MORE}</p>]]></inlineData>',
    ],
)
def test_newsml_g2_is_read_in_all_its_forms(content: str, tmp_path: Path) -> None:
    """The text may be XHTML, NITF, plain text or escaped HTML; what is stated of it is the same."""
    report = describe_page(read_one(tmp_path, "a.xml", g2(content)), load_rule_set()).report
    assert [passage.text for passage in report.body] == [BODY, MORE]
    assert (report.title and report.title.value, report.published.edtf) == ("Bridge reopens 1", "2016-11-03")
    assert (report.byline and report.byline.authors, report.outlet and report.outlet.name) == (
        ("Jane Roe",), "Example Wire",
    )  # fmt: skip
    assert "Mosul" in [place.name for place in report.places if place.role == "main"]


def test_a_message_of_many_items_gives_many_reports(tmp_path: Path) -> None:
    """Items of one file are its parts; an item without text is passed over with a word."""
    text = XHTML.format(f"<p>{BODY}</p>")
    (tmp_path / "a.xml").write_text(g2(text, "<remoteContent/>", text))
    items = read_all(tmp_path / "a.xml")
    assert tell(items) == [("a.xml, part 1", "page"), ("a.xml, part 2", "skipped"), ("a.xml, part 3", "page")]
    assert [reopen(page.source, page.content) for page in pages_of(items)] == pages_of(items)


def test_other_xml_is_named_by_its_root(tmp_path: Path) -> None:
    """XML that is no news is passed over; XHTML is a page."""
    (tmp_path / "a.xml").write_text("<rss><channel/></rss>")
    (tmp_path / "b.xml").write_text(f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{BODY}</p></body></html>')
    items = read_all(tmp_path)
    assert tell(items) == [("a.xml", "skipped"), ("b.xml", "page")]
    assert reasons(items) == ["this XML (rss) is neither NITF nor NewsML-G2"]


def test_a_word_document_is_its_paragraphs(tmp_path: Path) -> None:
    """Each paragraph is a line; the file is the original."""
    page = read_one(tmp_path, "a.docx", docx_of(["Bridge over the river reopens", BODY, MORE]))
    assert page.text.splitlines() == ["Bridge over the river reopens", BODY, MORE]
    assert [passage.text for passage in describe_page(page, load_rule_set()).report.body] == [BODY, MORE]


def test_tables_of_a_word_document_are_read(tmp_path: Path) -> None:
    """Text in a table stands where the table stands."""
    import io  # noqa: PLC0415 - beside its one use

    from docx import Document  # noqa: PLC0415

    document, out = Document(), io.BytesIO()
    document.add_paragraph("Before")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = BODY
    document.add_paragraph("After")
    document.save(out)
    page = read_one(tmp_path, "a.docx", out.getvalue())
    assert [line for line in page.text.splitlines() if line] == ["Before", BODY, "After"]


def test_a_pdf_is_the_lines_of_its_text_layer(tmp_path: Path) -> None:
    """The text layer is read; pages without one are named in an issue."""
    page = read_one(tmp_path, "a.pdf", pdf_of([["Bridge reopens", BODY], [], [MORE]]))
    assert [line for line in page.text.splitlines() if line] == ["Bridge reopens", BODY, MORE]
    assert [(issue.code, issue.message) for issue in page.issues] == [("S15", "Pages of the PDF without text: 2.")]
