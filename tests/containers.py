"""Files of every kind that people have, made small and of our own words: `from tests.containers import make_warc`."""

import base64
import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from archive.model import Page
from archive.sources import Item, Reading, Refused, Skipped, read

LIMIT = 200_000
BODY = "The bridge over the Samara was opened to carts again on Tuesday, the mayor of Port Example said."
MORE = "Two people were hurt when a barrier fell, according to the harbour office, which promised an inquiry."
HTML = (
    "<!doctype html><html><head><title>Bridge reopens | Example Gazette</title></head><body><article>"
    f"<h1>Bridge reopens</h1><p>{BODY}</p><p>{MORE}</p></article></body></html>"
)


def read_all(*paths: Path, reading: Reading | None = None, limit: int = LIMIT) -> list[Item]:
    """Return everything that reading these paths yields."""
    return list(read(paths, limit=limit, reading=reading))


def pages_of(items: Iterable[Item]) -> list[Page]:
    """Return the pages among what was read."""
    return [item for item in items if isinstance(item, Page)]


def tell(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Return each item in two words: its name, and what became of it (page, skipped, or the code of its refusal)."""
    told = []
    for item in items:
        if isinstance(item, Page):
            told.append((item.source.label, "page"))
        else:
            told.append((item.name, item.error.code if isinstance(item, Refused) else "skipped"))
    return told


def reasons(items: Iterable[Item]) -> list[str]:
    """Return why files were passed over."""
    return [item.reason for item in items if isinstance(item, Skipped)]


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tar_of(files: Mapping[str, bytes], mode: str = "w:gz", links: Sequence[str] = ()) -> bytes:
    """Return a TAR file with these members, and symbolic links to /etc/passwd of these names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name in links:
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
    return out.getvalue()


def warc_record(
    payload: bytes,
    *,
    kind: str = "response",
    uri: str = "https://example.org/a",
    http: str | None = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n",
    headers: Mapping[str, str] = {},
    digest: str | None = None,
) -> bytes:
    """Return one record of a WARC; its payload digest is right unless given."""
    right = "sha1:" + base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode()
    block = (f"{http}\r\n".encode() if http is not None else b"") + payload
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "WARC-Target-URI": uri,
        "WARC-Date": "2016-11-05T06:58:00Z",
        "WARC-Payload-Digest": digest or right,
        "Content-Type": "application/http; msgtype=response" if http is not None else "text/html",
        "Content-Length": str(len(block)),
        **headers,
    }
    head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in said.items())
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def warc_gz(records: Iterable[bytes]) -> bytes:
    """Return a compressed WARC, each record its own gzip member."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def wacz_of(warc: bytes, *, promised: bytes | None = None) -> bytes:
    """Return a WACZ around one WARC; `promised` are other bytes whose digest its list promises."""
    digest = hashlib.sha256(warc if promised is None else promised).hexdigest()
    resources = [{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}]
    package = json.dumps({"profile": "data-package", "resources": resources}).encode()
    listed = json.dumps({"hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}).encode()
    return zip_of(
        {
            "archive/data.warc.gz": warc,
            "pages/pages.jsonl": b'{"url": "https://example.org/a", "title": "A title we ignore"}\n',
            "datapackage.json": package,
            "datapackage-digest.json": listed,
        }
    )


def mhtml_of(page: str = HTML, *, charset: str = "utf-8") -> bytes:
    """Return an MHTML file as browsers write it."""
    encoded = base64.encodebytes(page.encode(charset)).decode().replace("\n", "\r\n")
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: Bridge reopens\r\n"
        "Date: Sat, 5 Nov 2016 06:58:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----Boundary----"\r\n\r\n'
        f"------Boundary----\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Location: https://example.org/a\r\n\r\n{encoded}\r\n"
        "------Boundary----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://example.org/a.png\r\n\r\niVBORw0KGgo=\r\n------Boundary------\r\n"
    ).encode()


def docx_of(lines: Sequence[str]) -> bytes:
    """Return a Word document of these paragraphs."""
    from docx import Document  # noqa: PLC0415 - only what needs it waits for it

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF whose pages print these lines; a page without lines is blank."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"1 0 0 1 50 {760 - 16 * n} Tm ({line}) Tj" for n, line in enumerate(lines))
        stream = f"BT /F1 11 Tf {shown} ET".encode("latin-1") if lines else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + tail
