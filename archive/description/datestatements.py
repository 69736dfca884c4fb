"""Every day that an HTML page of an outlet we do not know gives for itself, with how surely it means publication.

Pure collecting: nothing is decided here. A photograph's date, a reader's date and a teaser's date are passed over.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.authorities.calendar import load_calendar
from archive.cleaning.cleaned import CleanedPage
from archive.cleaning.markup import Markup
from archive.cleaning.walking import Sign
from archive.description.daystrings import FoundDay, Order, find_days, read_day, read_stated_day
from archive.description.nearness import Headed, head_page
from archive.description.statements import article_objects, find_json_value
from archive.model import Basis, Block, Evidence, Span, Zone

# How a page means a day: it says "published"; its head files it under a date of no named kind; it prints it beside
# the headline; its address holds it; it prints it elsewhere in its text, or in a part that is called something else;
# its data for scripts holds it; it says "modified".
Meaning = Literal["published", "filed", "beside", "address", "elsewhere", "apart", "scripted", "modified"]

FIELD = "published"
ABOVE, BELOW = 8, 25  # blocks around the headline where its date stands
LONGEST_LINE = 30  # words; a date inside a longer block is a date in the text
LONGEST_PROSE = 12  # words before a date that nothing marks as one
LONGEST_FAR = 20
LONGEST_LABEL = 3
LONGEST_TEXT = 300
FEWEST_IN_SENTENCE = 8  # words
SENTENCE_END = re.compile(r"[.!?…][\"”’)]?$")
LABEL_REACH = 40  # code points before a day in which a word says what day it is
# Head values that state the day of publication: Open Graph, schema.org, Dublin Core, Highwire, and content systems'.
HEAD_NAME = re.compile(
    r"(?:^|[.:_-])(?:published_?time|date_?published|publish(?:ed)?[_-]?date|pub_?date|publication[_-]?date|date_published"
    r"|article[._-]?(?:published|publicationdate|date)|date[._-](?:issued|created|publication|release|available)"
    r"|originalpublicationdate|firstpublished|sailthru[._]date|parsely-pub-date|citation_(?:online_)?date|displaydate"
    r"|recs:publishtime|release_date|published|publicationdate|dc[._]created|dcterms[._](?:created|issued|date|available))$"
    r"|^(?:dc\.)?date$|^citation_publication_date$|^article:published$"
)
GENERAL_NAME = re.compile(r"^(?:date|dcterms[._]date|dcterms[._]created|dc[._]created|dc\.date\.created)$")
MODIFIED_NAME = re.compile(r"modif|updat|revis|lastmod|last-")
NO_PUBLICATION = re.compile(r"firstpublished$|expir|valid|event|start|end")
PUBLISHED_SIGN = re.compile(
    r"datepublished|\bpubdate|(?:^|[\s_-])published(?:$|[\s_-])|publish(?:ed|ing)?-?_?date|pub-date|date-?_?publish|posted-on"
)
DATE_PROPERTY = re.compile(r"datep|datecreated")
DATE_SIGN = re.compile(r"date|datum|fecha|time|posted|publi|created|timestamp|dateline")
MODIFIED_SIGN = re.compile(r"modif|updat|edited|changed|lastchange")
ELSEWHERE = re.compile(
    r"comment|related|teaser|recommend|sidebar|most-?read|popular|more-from|latest|respond|widget|card|footer|caption|photo"
    r"|event|weather|ticker|breaking|carousel|reply"
)
NO_TIME = re.compile(r"\bread|reading|minute|duration")
SCRIPTED = re.compile(  # "publishedAt":"2022-01-31T15:58:43+01:00"  \\"createdAt\\":\\"2022-01-31
    r"(?:date_?[pP]ublished|published_?(?:[aA]t|[dD]ate|[oO]n|[tT]ime)|publish_?[dD]ate|publication_?[dD]ate|first_?[pP]ublished\w*|created_?[aA]t)"
    r"(?:\\?\"|&quot;)\s*:\s*(?:\\?\"|&quot;)(?P<day>(?:19|20)\d\d-\d\d-\d\d)"
)
YEAR = re.compile(r"(?:18|19|20|٢٠|١٩|۲۰|२०)\d\d")
AFTER = re.compile(r"\s*(?:\d{1,2}:\d\d(?::\d\d)?\s*)?(?:に)?(?:更新|最終更新)")
DAY_IN_URL = re.compile(  # /2016/11/03/  /2016-11-03-  /20161103/  _03-11-2016
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[/_-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d.])(?P<y2>(?:19|20)\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
)


@dataclass(frozen=True, slots=True)
class DayStated:
    """One day the page gives, what it means by it, and the evidence."""

    day: str
    meaning: Meaning
    evidence: Evidence


def collect_days(cleaned: CleanedPage, markup: Markup) -> tuple[DayStated, ...]:
    """Return the days a page states, most explicit first."""
    order = tell_order(markup.language)
    page = head_page(cleaned, markup)
    found = (
        *_from_json_ld(cleaned, markup),
        *_from_metas(markup),
        *_from_signs(page, order),
        *_from_lines(page, order),
        *_from_url(cleaned, markup),
    )
    return found or tuple(_from_scripts(cleaned.page.text))


def tell_order(language: str | None) -> Order:
    """Return how a page of this language writes days in figures; plain English does not say."""
    code = (language or "").replace("_", "-").casefold()
    if code == "en-us":
        return "month first"
    if code in {"", "en"} or not code[:2].isalpha():
        return "unknown"
    return "day first"


def _stated(
    day: dt.date, meaning: Meaning, printed: str, rule: str, span: Span | None, *, zone: Zone = "meta"
) -> DayStated:
    basis: Basis = "metadata" if zone in {"meta", "url"} else "printed"
    evidence = Evidence(FIELD, day.isoformat(), printed, zone, rule, basis, span)
    return DayStated(day.isoformat(), meaning, evidence)


def _from_json_ld(cleaned: CleanedPage, markup: Markup) -> Iterator[DayStated]:
    named: tuple[tuple[str, Meaning], ...] = (("datePublished", "published"), ("dateModified", "modified"))
    for key, meaning in named:
        for item in article_objects(markup):
            value = item.get(key)
            if not isinstance(value, str):
                continue
            day = read_stated_day(value)
            if day is not None:
                span = find_json_value(cleaned.page.text, key, value)
                yield _stated(day, meaning, value, f"head/json-ld-{key.lower()}", span)
                break


def _from_metas(markup: Markup) -> Iterator[DayStated]:
    for meta in markup.metas:
        modified = MODIFIED_NAME.search(meta.name) is not None
        if not (modified or HEAD_NAME.search(meta.name)) or NO_PUBLICATION.search(meta.name):
            continue
        day = read_stated_day(meta.value)
        if day is not None:
            meaning: Meaning = "modified" if modified else "filed" if GENERAL_NAME.search(meta.name) else "published"
            yield _stated(day, meaning, meta.value, f"head/{meta.name}", meta.span)


def _from_signs(page: Headed, order: Order) -> Iterator[DayStated]:
    """Yield the days of time elements and of elements whose class or property promises one."""
    for sign in page.markup.signs:
        dated = sign.tag == "time" or DATE_SIGN.search(sign.hints) is not None
        if not dated or sign.tag == "meta" or NO_TIME.search(sign.hints) or len(sign.text.split()) > LONGEST_LINE:
            continue
        close = page.is_close(sign.block)
        if (ELSEWHERE.search(sign.hints) and not close) or page.stands_apart(sign.block, ELSEWHERE):
            continue
        value = sign.value if sign.tag in {"time", "abbr"} or DATE_PROPERTY.search(sign.hints) else None
        day = (read_stated_day(value, order) if value else None) or _first_day(sign.text, order)
        if day is not None:
            meaning = _sign_meaning(page, sign, order)
            yield _stated(day, meaning, sign.text or value or "", "generic/dated-element", sign.span, zone="dateline")


def _first_day(text: str, order: Order) -> dt.date | None:
    return next((found.day for found in find_days(text, order)), None)


def _sign_meaning(page: Headed, sign: Sign, order: Order) -> Meaning:
    if MODIFIED_SIGN.search(sign.hints) and not PUBLISHED_SIGN.search(sign.hints):
        return "modified"
    label = _label_before(page.markup, sign, order)
    if label is None and PUBLISHED_SIGN.search(sign.hints):
        label = "published"
    return _place_meaning(page, sign.block, label, own=True)


def _place_meaning(page: Headed, block: int, label: Meaning | None, *, own: bool = False) -> Meaning:
    """Return what a day means by its label and how near the headline it stands.

    A day among the headline's own words is part of them, unless it has an element of its `own`.
    """
    if label == "modified":
        return label
    if label == "published" and page.is_near(block, ABOVE, BELOW):
        return label
    return "beside" if page.is_close(block) and (own or block != page.at) else "elsewhere"


def _label_before(markup: Markup, sign: Sign, order: Order) -> Meaning | None:
    """Return what the words before an element's day say of it, in the element or else in the line it stands in."""
    inside = next(find_days(sign.text, order), None)
    if inside is not None and (label := _read_label(sign.text, inside)) is not None:
        return label
    if sign.block >= len(markup.blocks) or sign.span is None:
        return None
    block = markup.blocks[sign.block]
    start = block.text.find(sign.text)
    return _read_label(block.text, FoundDay(dt.date.min, start, start + len(sign.text))) if start >= 0 else None


def _read_label(text: str, found: FoundDay) -> Meaning | None:
    """Return what the words just before a day (in Chinese and Japanese, just after) say of it."""
    words = load_calendar()
    before = text[max(0, found.start - LABEL_REACH) : found.start]
    after = AFTER.match(text, found.end)
    published = max((match.end() for match in words.published.finditer(before)), default=-1)
    modified = max((match.end() for match in words.modified.finditer(before)), default=-1)
    if after is not None or modified > published or (modified >= 0 and modified == published):
        return "modified"
    return "published" if published >= 0 else None


def _from_lines(page: Headed, order: Order) -> Iterator[DayStated]:
    """Yield the days printed in short lines around the headline, and labelled ones anywhere."""
    for n, block in enumerate(page.markup.blocks):
        if len(block.text) >= LONGEST_TEXT or YEAR.search(block.text) is None:
            continue
        near = page.is_near(n, ABOVE, BELOW)
        if not _is_short(block, near=near):
            continue
        for found in find_days(block.text, order):
            label = _read_label(block.text, found)
            beside = len(block.text[: found.start].split()) <= (LONGEST_PROSE if near else LONGEST_LABEL)
            in_text = _is_sentence(block.text) or _follows_text(page.markup, n)
            if label is None and (not beside or page.at < 0 or in_text):
                continue  # a day in the text, or a letter's in a page of nothing but text
            apart = page.stands_apart(n, ELSEWHERE)
            if apart and page.is_others(n):
                continue
            printed = block.text[found.start : found.end]
            span = block.locate(found.start, found.end)
            meaning = "apart" if apart and label != "modified" else _place_meaning(page, n, label)
            yield _stated(found.day, meaning, printed, "generic/dated-line", span, zone="dateline")


def _is_sentence(text: str) -> bool:
    return SENTENCE_END.search(text) is not None and len(text.split()) >= FEWEST_IN_SENTENCE


def _follows_text(markup: Markup, number: int) -> bool:
    """Tell whether a line without a name of its own stands right below a sentence and beside it in the markup."""
    if number == 0:
        return False
    own, above = markup.blocks[number], markup.blocks[number - 1]
    if own.frame < 0 or above.frame < 0 or markup.frames[own.frame].hints or not _is_sentence(above.text):
        return False
    own_frame, above_frame = markup.frames[own.frame], markup.frames[above.frame]
    return own_frame.tag == above_frame.tag == "p" and own_frame.parent == above_frame.parent


def _is_short(block: Block, *, near: bool) -> bool:
    return len(block.text) < LONGEST_TEXT and len(block.text.split()) <= (LONGEST_LINE if near else LONGEST_FAR)


def _from_scripts(original: str) -> Iterator[DayStated]:
    """Yield the first day of publication that the page's data for its own scripts names."""
    found = SCRIPTED.search(original)
    day = read_day(found["day"]) if found is not None else None
    if found is not None and day is not None:
        span = Span(found.start("day"), found.end("day"))
        yield _stated(day, "scripted", found["day"], "generic/script-data", span)


def _from_url(cleaned: CleanedPage, markup: Markup) -> Iterator[DayStated]:
    stated = markup.meta("og:url")
    for url in (cleaned.page.source.url, markup.canonical, stated.value if stated is not None else None):
        found = DAY_IN_URL.search(url) if url else None
        if url is None or found is None:
            continue
        day = read_day("-".join(f"{int(found[g] or found[g + '2']):02}" for g in ("y", "m", "d")))
        if day is not None:
            start = cleaned.page.text.find(url)
            span = Span(start + found.start(), start + found.end()) if start >= 0 else None
            yield _stated(day, "address", found[0], "url/day", span, zone="url")
            return
