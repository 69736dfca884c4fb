"""WARC captures as a stream of pages: the one file that meets warcio."""

import hashlib
import io
import logging
import zlib
from base64 import b32encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import Any

from archive.errors import BrokenContainer, BrokenDocument, OversizedPage, SourceError, UnknownCoding
from archive.model import Issue, Page
from archive.sources.decoding import make_page
from archive.sources.entries import Entry, Metered, open_unpacked
from archive.sources.items import Item, Reading, Refused, Skipped
from archive.sources.kinds import HTML, TEXT, XHTML, with_parameters
from archive.sources.saved import LONGEST_URL, read_moment

PAGES = (HTML, XHTML, TEXT)
READ = ("response", "resource")
ABOUT = ("warcinfo", "request", "metadata")  # they speak of other records, and stand for no capture
PLAIN_CODINGS = ("", "identity")
KNOWN_CODINGS = ("gzip", "x-gzip", "deflate")
FOUND = "200"
ENDS = (b"\r\n\r\n", b"\n\n")  # what closes a record
LONGEST_NAME = 1_000
SHOWN = 6

Record = Any  # warcio has no types


@dataclass(slots=True)
class Tally:
    """The records of a WARC that are no pages, by what they are."""

    others: Counter[str] = field(default_factory=Counter)

    def line(self, entry: Entry) -> Iterator[Skipped]:
        """Yield one line for all of them."""
        if self.others:
            most = [f"{count:,} {what}" for what, count in self.others.most_common(SHOWN)]
            more = sum(self.others.values()) - sum(count for _, count in self.others.most_common(SHOWN))
            said = ", ".join(most) + (f" and {more:,} others" if more else "")
            yield Skipped(entry.name, f"{sum(self.others.values()):,} records that hold no page: {said}")


def read_warc(entry: Entry, reading: Reading, issues: tuple[Issue, ...] = ()) -> Iterator[Item]:
    """Yield the pages among a WARC's response and resource records; revisits are named, all else is counted.

    `issues` go to every page. A page's URL and the moment of its capture are what the record says.
    """
    # Met only when a capture needs it.
    from warcio.archiveiterator import WARCIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    from warcio.statusandheaders import StatusAndHeadersParserException  # noqa: PLC0415

    logging.getLogger("warcio").setLevel(logging.ERROR)  # it talks of every oddity it gets over
    tally = Tally()
    # Unpacked here, because people also compress a WARC as a whole, which warcio does not read.
    with Metered(open_unpacked(entry), entry.budget) as stream:
        records = WARCIterator(stream)
        records.INC_RECORD = ""  # it would be printed; what it says is said below
        try:
            for record in records:
                yield from _read_record(entry, record, reading, tally, issues)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, AttributeError, TypeError) as problem:
            said = str(problem).strip().splitlines()[0][:100] if str(problem).strip() else type(problem).__name__
            error = BrokenContainer(f"the WARC is damaged or cut short ({said}); what follows was not read")
            yield Refused(entry.name, error, None)
        else:
            yield from _tell_end(entry, stream.tail, records.err_count)
    yield from tally.line(entry)


def _tell_end(entry: Entry, tail: bytes, overlong: int) -> Iterator[Refused]:
    """Yield what was wrong with a WARC that could be read to its end."""
    if not tail.endswith(ENDS):
        yield Refused(entry.name, BrokenContainer("the WARC breaks off inside its last record"), None)
    if overlong:
        said = f"{overlong:,} records are longer than they say; what is left over was not read"
        yield Refused(entry.name, BrokenContainer(said), None)


def _read_record(
    entry: Entry, record: Record, reading: Reading, tally: Tally, issues: tuple[Issue, ...]
) -> Iterator[Item]:
    http = record.http_headers
    kind = _essence(http.get_header("Content-Type") if http is not None else record.content_type)
    status = http.get_statuscode() if http is not None else FOUND
    if record.rec_type == "revisit" and (kind in PAGES or not kind):
        said = record.rec_headers.get_header("WARC-Refers-To-Date") or "another day"
        yield Skipped(_name(entry, record), f"the page had not changed since its capture of {said}")
    elif record.rec_type in ABOUT:
        pass
    elif record.rec_type not in READ:
        tally.others[f"{record.rec_type} records"] += 1
    elif status != FOUND:
        tally.others[f"answers with status {status}"] += 1
    elif kind not in PAGES:
        tally.others[kind or "of no stated kind"] += 1
    else:
        yield _read_page(entry, record, kind, reading, issues)


def _read_page(entry: Entry, record: Record, kind: str, reading: Reading, issues: tuple[Issue, ...]) -> Page | Refused:
    name, headers = _name(entry, record), record.rec_headers
    payload = None
    try:
        raw = _read_raw(record, reading.limit)
        payload, found = _decode_payload(record, raw, reading.limit)
        charset = _charset(record.http_headers)
        url = headers.get_header("WARC-Target-URI") or ""
        page = make_page(
            name,
            payload,
            with_parameters(HTML if kind == XHTML else kind, charset=charset),
            url=url.strip("<>")[:LONGEST_URL] or None,
            captured=read_moment(headers.get_header("WARC-Date") or ""),
            charset=charset,
        )
    except SourceError as error:
        return Refused(name, error, payload)
    except (zlib.error, EOFError):
        return Refused(name, BrokenDocument("the captured page is damaged inside its compression"), payload)
    return replace(page, issues=(*page.issues, *issues, *found))


def _read_raw(record: Record, limit: int) -> bytes:
    raw: bytes = record.raw_stream.read(limit + 1)
    while len(raw) <= limit and (more := record.raw_stream.read(limit + 1 - len(raw))):
        raw += more
    if len(raw) > limit:
        raise OversizedPage(max(len(raw), record.length or 0), limit)
    if getattr(record.raw_stream, "limit", 0):
        raise BrokenDocument("the record is cut short")
    return raw


def _decode_payload(record: Record, raw: bytes, limit: int) -> tuple[bytes, tuple[Issue, ...]]:
    """Return the payload without transfer and content coding, and S13 when its digest is not the record's."""
    from warcio.bufferedreaders import BufferedReader, ChunkedDataException, ChunkedDataReader  # noqa: PLC0415

    http = record.http_headers
    coding = ((http.get_header("Content-Encoding") if http is not None else "") or "").strip().lower()
    chunked = http is not None and "chunked" in (http.get_header("Transfer-Encoding") or "").lower()
    body = raw
    if chunked:
        try:
            body = ChunkedDataReader(io.BytesIO(raw)).read(limit + 1)
        except ChunkedDataException as problem:
            body = problem.data or raw
    issues = _check_digest(record.rec_headers.get_header("WARC-Payload-Digest"), (raw, body))
    if coding in PLAIN_CODINGS or not body:
        return body, issues
    if coding not in KNOWN_CODINGS:
        raise UnknownCoding(coding[:40])
    decoded = _read_up_to(BufferedReader(io.BytesIO(body), decomp_type=coding.removeprefix("x-")), limit)
    return decoded or body, issues


def _read_up_to(stream: Any, limit: int) -> bytes:  # noqa: ANN401 - warcio has no types
    parts, size = [], 0
    while size <= limit and (part := stream.read(1 << 16)):
        parts.append(part)
        size += len(part)
    if size > limit:
        raise OversizedPage(size, limit)
    return b"".join(parts)


def _check_digest(promised: str | None, bodies: tuple[bytes, bytes]) -> tuple[Issue, ...]:
    """Compare a digest such as `sha1:ABC…` with the payload, as it was sent and without its transfer coding."""
    algorithm, _, digest = (promised or "").strip().partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if not digest or algorithm not in {"sha1", "sha256", "md5", "sha512"}:
        return ()
    for body in dict.fromkeys(bodies):
        found = hashlib.new(algorithm, body, usedforsecurity=False)
        if digest.lower() in {found.hexdigest(), b32encode(found.digest()).decode().lower()}:
            return ()
    return (Issue("S13", "The page is not the one its WARC record promises: the payload's digest differs."),)


def _name(entry: Entry, record: Record) -> str:
    when = "".join(filter(str.isdigit, record.rec_headers.get_header("WARC-Date") or ""))[:14]
    uri = (record.rec_headers.get_header("WARC-Target-URI") or "no address").strip("<>")
    return "/".join(filter(None, (entry.name, when, uri)))[:LONGEST_NAME]


def _essence(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _charset(http: Record) -> str | None:
    message = Message()
    message["Content-Type"] = (http.get_header("Content-Type") or "") if http is not None else ""
    return message.get_content_charset()
