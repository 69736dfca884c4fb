"""What programs that save pages write into them: where the page came from and when it was saved."""

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

HEAD = 20_000  # all but one write at the top
FOOT = 4_000  # the Internet Archive's note stands at the end
LONGEST_URL = 4_000


@dataclass(frozen=True, slots=True)
class Note:
    """One program's note: a word that is there whenever the note is, and the note with an example."""

    word: str
    pattern: re.Pattern[str]
    example: str


NOTES = (
    Note(
        "Page saved with SingleFile",
        re.compile(r"Page saved with SingleFile\s+url:\s*(?P<url>\S+)\s+saved date:\s*(?P<date>[^\n(]{10,60})"),
        "Page saved with SingleFile \n url: https://example.org/a \n saved date: Thu Nov 03 2016 06:58:00 GMT+0300 (X)",
    ),
    Note(
        "saved from url=",
        re.compile(r"<!--\s*saved from url=\(\d{4,5}\)(?P<url>[^\s>]+?)\s*-->"),
        "<!-- saved from url=(0021)https://example.org/a -->",
    ),
    Note(
        "using monolith",
        re.compile(r"<!--\s*[Ss]aved from (?P<url>\S+) at (?P<date>\S+) using monolith"),
        "<!-- Saved from https://example.org/a at 2016-11-03T06:58:00Z using monolith v2.8.1 -->",
    ),
    Note(
        "HTTrack",
        re.compile(
            r"<!-- Mirrored from (?P<url>\S+) by HTTrack [^,>]{0,60}(?:\[[^\]]*\])?, (?P<date>[^>]{10,40}?)\s*-->"
        ),
        "<!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x [XR&CO'2014], "
        "Thu, 03 Nov 2016 06:58:00 GMT -->",
    ),
    Note(
        "savepage-url",
        re.compile(
            r'<meta name="savepage-url" content="(?P<url>[^"]+)">(?:.{0,600}?<meta name="savepage-date" '
            r'content="(?P<date>[^"(]+))?',
            re.DOTALL,
        ),
        '<meta name="savepage-url" content="https://example.org/a"><meta name="savepage-date" '
        'content="Thu Nov 03 2016 06:58:00 GMT+0300 (X)">',
    ),
    Note(
        "data-scrapbook-source",
        re.compile(r'data-scrapbook-source="(?P<url>[^"]+)"(?:[^>]{0,200}?data-scrapbook-create="(?P<date>\d{17})")?'),
        '<html data-scrapbook-source="https://example.org/a" data-scrapbook-create="20161103065800000">',
    ),
    Note(
        "FILE ARCHIVED ON",
        re.compile(r"FILE ARCHIVED ON (?P<date>\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED FROM THE"),
        "FILE ARCHIVED ON 06:58:00 Nov 03, 2016 AND RETRIEVED FROM THE",
    ),
)
WAYBACK = re.compile(r"^https?://web\.archive\.org/web/(?P<date>\d{14})(?:[a-z]{2}_)?/(?P<url>https?://.+)$")
SPOKEN = re.compile(  # Thu Nov 03 2016 06:58:00 GMT+0300
    r"^\w{3} (?P<day>\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4})$",
)
DIGITS = re.compile(r"^(?:\d{14}|\d{17})$")  # 20161103065800, in UTC


def read_note(text: str) -> tuple[str | None, str | None]:
    """Return the URL a saved page came from and the moment it was saved (ISO 8601, UTC), each if a note states it."""
    for part in (text[:HEAD], text[-FOOT:]):
        for note in NOTES:
            found = note.pattern.search(part) if note.word in part else None
            if found is not None:
                groups = found.groupdict()
                return _split_wayback(groups.get("url"), read_moment(groups.get("date") or ""))
    return None, None


def read_moment(text: str) -> str | None:
    """Return a moment as ISO 8601 in UTC, to the second, from the forms that saving programs write; else None."""
    text = text.strip()
    moment = _read_moment(text)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    try:
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return None


def _read_moment(text: str) -> dt.datetime | None:
    spoken = SPOKEN.match(text)
    try:
        if spoken is not None:
            return dt.datetime.strptime(spoken["day"] + spoken["zone"], "%b %d %Y %H:%M:%S%z")
        if DIGITS.match(text):
            return dt.datetime.strptime(text[:14] + "+0000", "%Y%m%d%H%M%S%z")
        if text[2:3] == ":":
            return dt.datetime.strptime(text + "+0000", "%H:%M:%S %b %d, %Y%z")
        if text[:4].isdigit():
            return dt.datetime.fromisoformat(text)
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError):
        return None


def _split_wayback(url: str | None, moment: str | None) -> tuple[str | None, str | None]:
    """Return the page's own address where the URL is that of a copy in the Internet Archive."""
    if url is None or len(url) > LONGEST_URL:
        return None, moment
    url = url if "://" in url else f"http://{url}"
    copy = WAYBACK.match(url)
    return (url, moment) if copy is None else (copy["url"], read_moment(copy["date"]))
