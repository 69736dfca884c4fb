"""Web captures (WARC, WACZ) and MHTML: which records are pages, what they state, and whose digests are right."""

import base64
import gzip
import hashlib
import zlib
from pathlib import Path

import pytest

from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import Item, reopen
from archive.sources.mhtml import make_mhtml_page
from tests.containers import (
    BODY,
    HTML,
    MORE,
    mhtml_of,
    pages_of,
    read_all,
    reasons,
    tell,
    wacz_of,
    warc_gz,
    warc_record,
    zip_of,
)
from tests.describing import codes

OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
NAME = "a.warc.gz/20161105065800/https://example.org/a"


def read_warc(tmp_path: Path, *records: bytes, name: str = "a.warc.gz") -> list[Item]:
    """Return what reading a WARC of these records yields."""
    (tmp_path / name).write_bytes(warc_gz(records) if name.endswith("gz") else b"".join(records))
    return read_all(tmp_path / name)


def chunked(payload: bytes) -> bytes:
    """Return a payload as HTTP sends it in chunks."""
    parts = [payload[:100], payload[100:]]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_captured_page_knows_its_address_and_its_day(name: str, tmp_path: Path) -> None:
    """The record's URI and date become the source's; the bytes are the page's own."""
    (page,) = pages_of(read_warc(tmp_path, warc_record(HTML.encode()), name=name))
    assert (page.source.url, page.source.captured) == ("https://example.org/a", "2016-11-05T06:58:00Z")
    assert page.content == HTML.encode()
    assert page.source.media_type == "text/html; charset=utf-8"
    assert reopen(page.source, page.content) == page


def test_a_capture_bounds_the_date_and_never_is_it(tmp_path: Path) -> None:
    """An undated page was published no later than its capture; that is inferred, not stated."""
    (page,) = pages_of(read_warc(tmp_path, warc_record(HTML.encode())))
    published = describe_page(page, load_rule_set()).report.published
    assert (published.edtf, published.earliest, published.latest) == ("[..2016-11-05]", None, "2016-11-05")
    assert published.basis == "inferred"


def test_a_page_saved_before_its_own_picture_has_no_date(tmp_path: Path) -> None:
    """Evidence without a day in common leaves the date unknown, with issue D04 for the librarian."""
    html = HTML.replace("</h1>", "</h1><figure><figcaption>A ferry, June 8, 2018. (Jane Roe/FWS)</figcaption></figure>")
    (page,) = pages_of(read_warc(tmp_path, warc_record(html.encode())))
    report = describe_page(page, load_rule_set()).report
    assert (report.published.edtf, "D04" in codes(report)) == (None, True)


def test_a_page_dated_after_its_capture_has_an_issue(tmp_path: Path) -> None:
    """A publication date later than the capture cannot be right."""
    dated = HTML.replace("<head>", '<head><meta property="article:published_time" content="2017-01-02">')
    (page,) = pages_of(read_warc(tmp_path, warc_record(dated.encode())))
    assert "D11" in {issue.code for issue in describe_page(page, load_rule_set()).report.issues}


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(HTML.encode(), mtime=0)),
        ("Content-Encoding: deflate\r\n", zlib.compress(HTML.encode())),
        ("Content-Encoding: gzip\r\n", HTML.encode()),  # many crawlers keep the header and not the coding
        ("Transfer-Encoding: chunked\r\n", chunked(HTML.encode())),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            chunked(gzip.compress(HTML.encode(), mtime=0)),
        ),
    ],
)
def test_codings_of_http_are_undone(headers: str, payload: bytes, tmp_path: Path) -> None:
    """Compression and chunks are the way the page travelled, not the page."""
    (page,) = pages_of(read_warc(tmp_path, warc_record(payload, http=OK + headers)))
    assert page.text == HTML
    assert page.issues == ()


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_codings_we_do_not_read_are_named(coding: str, tmp_path: Path) -> None:
    """A compression we do not read refuses the one record."""
    http = f"{OK}Content-Encoding: {coding}\r\n"
    assert tell(read_warc(tmp_path, warc_record(b"xyz", http=http), warc_record(HTML.encode()))) == [
        (NAME, "S16"), (NAME, "page"),
    ]  # fmt: skip


def test_the_charset_of_http_goes_before_that_of_the_page(tmp_path: Path) -> None:
    """The server's word on the encoding decides where the bytes are not UTF-8."""
    arabic = HTML.replace("Samara", "سامراء").encode("windows-1256")
    http = OK.replace("utf-8", "windows-1256")
    (page,) = pages_of(read_warc(tmp_path, warc_record(arabic, http=http)))
    assert "سامراء" in page.text
    assert reopen(page.source, page.content).text == page.text


@pytest.mark.parametrize(
    ("digest", "codes"),
    [
        ("sha1:" + base64.b32encode(hashlib.sha1(HTML.encode(), usedforsecurity=False).digest()).decode(), []),
        ("sha256:" + hashlib.sha256(HTML.encode()).hexdigest(), []),
        ("sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ["S13"]),
        ("unheard:of", []),
    ],
)
def test_payload_digests_are_checked(digest: str, codes: list[str], tmp_path: Path) -> None:
    """A payload that is not the one promised is read, with an issue on the page."""
    (page,) = pages_of(read_warc(tmp_path, warc_record(HTML.encode(), digest=digest)))
    assert [issue.code for issue in page.issues] == codes


def test_a_digest_over_the_chunks_or_over_the_page_is_right(tmp_path: Path) -> None:
    """Crawlers differ in whether the digest is over the chunks; both are accepted."""
    digest = "sha256:" + hashlib.sha256(HTML.encode()).hexdigest()
    record = warc_record(chunked(HTML.encode()), http=f"{OK}Transfer-Encoding: chunked\r\n", digest=digest)
    assert pages_of(read_warc(tmp_path, record))[0].issues == ()


def test_records_that_are_no_pages_are_counted(tmp_path: Path) -> None:
    """Pictures, failed requests and other records are counted in one line; a revisit is named."""
    items = read_warc(
        tmp_path,
        warc_record(b"png", http="HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"),
        warc_record(b"gone", http="HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"),
        warc_record(b"GET / HTTP/1.1\r\n\r\n", kind="request", http=None),
        warc_record(b"", kind="revisit", headers={"WARC-Refers-To-Date": "2016-01-02T03:04:05Z"}),
        warc_record(BODY.encode(), kind="resource", http=None, headers={"Content-Type": "text/plain"}),
    )
    assert tell(items) == [(NAME, "skipped"), (NAME, "page"), ("a.warc.gz", "skipped")]
    assert reasons(items) == [
        "the page had not changed since its capture of 2016-01-02T03:04:05Z",
        "2 records that hold no page: 1 image/png, 1 answers with status 404",
    ]


def test_a_warc_compressed_as_a_whole_is_read(tmp_path: Path) -> None:
    """People compress WARCs with gzip as one; each record need not be its own member."""
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(warc_record(HTML.encode()) + warc_record(BODY.encode())))
    assert len(pages_of(read_all(tmp_path / "a.warc.gz"))) == 2


def test_a_record_shorter_than_it_says_is_not_passed_off(tmp_path: Path) -> None:
    """A WARC that ends inside a page refuses that page, and says that it breaks off."""
    (tmp_path / "a.warc").write_bytes(warc_record(HTML.encode())[:-60])
    assert [what for _, what in tell(read_all(tmp_path / "a.warc"))] == ["S12", "S05"]


def test_a_record_longer_than_it_says_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a record holds beyond its length is not read, and said, but not printed by the library."""
    (tmp_path / "a.warc").write_bytes(
        warc_record(HTML.encode()).rstrip() + b" and more\r\n\r\n" + warc_record(HTML.encode())
    )
    assert [what for _, what in tell(read_all(tmp_path / "a.warc"))] == ["page", "page", "S05"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("promised", "codes"), [(None, []), (b"other bytes", ["S14"])])
def test_the_digests_of_a_wacz_are_checked(promised: bytes | None, codes: list[str], tmp_path: Path) -> None:
    """The list of a WACZ promises each file's digest; the pages of one that differs carry an issue."""
    (tmp_path / "a.wacz").write_bytes(wacz_of(warc_gz([warc_record(HTML.encode())]), promised=promised))
    (page,) = pages_of(read_all(tmp_path / "a.wacz"))
    assert [issue.code for issue in page.issues] == codes


def test_the_titles_of_a_wacz_are_not_taken(tmp_path: Path) -> None:
    """The list of pages in a WACZ is the crawler's; the page's own headline counts."""
    (tmp_path / "a.wacz").write_bytes(wacz_of(warc_gz([warc_record(HTML.encode())])))
    report = describe_page(pages_of(read_all(tmp_path / "a.wacz"))[0], load_rule_set()).report
    assert report.title is not None
    assert report.title.value == "Bridge reopens"


def test_a_wacz_without_its_list_says_so_on_its_pages(tmp_path: Path) -> None:
    """Without a list nothing could be checked; without a WARC there is nothing to read."""
    warc = warc_gz([warc_record(HTML.encode())])
    (tmp_path / "a.wacz").write_bytes(zip_of({"archive/data.warc.gz": warc}))
    (tmp_path / "b.wacz").write_bytes(zip_of({"datapackage.json": b"{}"}))
    items = read_all(tmp_path)
    assert [issue.code for issue in pages_of(items)[0].issues] == ["S14", "S14"]
    assert ("b.wacz", "S05") in tell(items)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_mhtml_gives_its_page_and_keeps_its_file(charset: str, tmp_path: Path) -> None:
    """The HTML part is the page, with the address and moment of saving; the whole file is the original."""
    (tmp_path / "a.mht").write_bytes(mhtml_of(HTML.replace("Samara", "سامراء"), charset=charset))
    (page,) = pages_of(read_all(tmp_path / "a.mht"))
    assert (page.source.url, page.source.captured) == ("https://example.org/a", "2016-11-05T06:58:00Z")
    assert page.content == (tmp_path / "a.mht").read_bytes()
    assert "سامراء" in page.text
    assert [passage.text for passage in describe_page(page, load_rule_set()).report.body][-1] == MORE
    assert reopen(page.source, page.content) == page


def test_spans_of_mhtml_lead_into_the_decoded_part() -> None:
    """A span points into the text that the HTML part decodes to."""
    page = make_mhtml_page("a.mht", mhtml_of())
    for passage in describe_page(page, load_rule_set()).report.body:
        assert page.text[passage.span.start : passage.span.end] == passage.text


@pytest.mark.parametrize("start", ["<frame-1@mhtml.blink>", "<nowhere>"])
def test_the_start_parameter_names_the_root_part(start: str) -> None:
    """Where a file names its root, that part is read; where the name leads nowhere, the first HTML part is."""
    content = mhtml_of().replace(b'type="text/html"', f'type="text/html"; start="{start}"'.encode())
    assert make_mhtml_page("a.mht", content).text == HTML


def test_mhtml_of_one_part_is_read() -> None:
    """Some programs write a single part without a boundary."""
    content = (
        b"Content-Type: text/html; charset=utf-8\r\nContent-Location: https://example.org/a\r\n\r\n" + HTML.encode()
    )
    assert make_mhtml_page("a.mht", content).source.url == "https://example.org/a"
