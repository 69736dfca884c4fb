"""The publication date: every statement of it as evidence, and no more precision than they share.

A photograph's date in a caption, a range in the site's name and a date in the text are never publication dates.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.cleaning.cleaned import CleanedPage
from archive.description.dateline import FoundDateline
from archive.description.datestatements import collect_days
from archive.description.dateweights import Weighed, weigh_days
from archive.description.daystrings import read_day
from archive.model import Date, Evidence, Issue

FIELD = "published"
# Head values that state the day of publication, most explicit first (Open Graph, schema.org, Dublin Core, Highwire).
HEAD_NAMES = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "citation_publication_date",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "date",
)


def describe_published(cleaned: CleanedPage, dateline: FoundDateline | None) -> tuple[Date, tuple[Issue, ...]]:
    """Return the publication date with its evidence, and what a librarian should look at.

    One day from all statements is `stated`; different days become a set (one of these), `inferred`, with issue D02.
    The day of the dateline counts alone when nothing else is stated, and otherwise only as further evidence. On HTML
    pages of outlets we do not know a day is `stated` only when the page says plainly that it is the publication's; so
    it is of an outlet we know when its rules find no line with a day and the page's head states none, or several.
    """
    filed = _read_dateline(dateline)
    statements = [] if _is_unknown(cleaned) else [*_read_head(cleaned), *_read_lines(cleaned)]
    if cleaned.markup is not None and not _has_date_line(cleaned) and len({day for day, _ in statements}) != 1:
        weighed = weigh_days(collect_days(cleaned, cleaned.markup))
        if weighed is not None:
            return _conclude(weighed, filed)
    days = sorted({day for day, _ in statements} or ({filed[0]} if filed else set()))
    evidence = tuple(one for _, one in statements) + ((filed[1],) if filed else ())
    if not days:
        return Date(), (Issue("D01", "The page states no publication date."),)
    if len(days) == 1:
        return date_of(days, evidence), ()
    return date_of(days, evidence), (_disagreement(days, evidence),)


def _is_unknown(cleaned: CleanedPage) -> bool:
    return cleaned.markup is not None and cleaned.recognition.rules is None


def _has_date_line(cleaned: CleanedPage) -> bool:
    """Tell whether a rule of the outlet's own has found the line that prints the day."""
    return not _is_unknown(cleaned) and any(map(cleaned.rule_of, cleaned.of_kind("date")))


def _conclude(weighed: Weighed, filed: tuple[dt.date, Evidence] | None) -> tuple[Date, tuple[Issue, ...]]:
    evidence = weighed.evidence + ((filed[1],) if filed else ())
    date = date_of(weighed.days, evidence)
    if len(weighed.days) > 1:
        return date, (_disagreement(weighed.days, evidence),)
    return (date, ()) if weighed.stated else (replace(date, basis="inferred"), (_weakness(weighed),))


def _disagreement(days: Sequence[dt.date], evidence: tuple[Evidence, ...]) -> Issue:
    written = " and ".join(day.isoformat() for day in days)
    return Issue("D02", f"Two publication dates disagree: {written}.", evidence[0].span)


def _weakness(weighed: Weighed) -> Issue:
    return Issue(
        "D03",
        f"The page does not plainly say that {weighed.days[0]} is its publication date.",
        weighed.evidence[0].span,
    )


def date_of(days: Sequence[dt.date], evidence: tuple[Evidence, ...]) -> Date:
    """Return one day, or one day among several, in EDTF with its bounds."""
    isos = [day.isoformat() for day in days]
    if len(isos) == 1:
        return Date(isos[0], isos[0], isos[0], "stated", evidence)
    return Date(f"[{','.join(isos)}]", isos[0], isos[-1], "inferred", evidence)


def _read_head(cleaned: CleanedPage) -> Iterator[tuple[dt.date, Evidence]]:
    markup = cleaned.markup
    if markup is None:
        return
    for meta in markup.metas:
        day = read_day(meta.value) if meta.name in HEAD_NAMES else None
        if day is not None:
            evidence = Evidence(FIELD, day.isoformat(), meta.value, "meta", f"head/{meta.name}", "metadata", meta.span)
            yield day, evidence
    for item in markup.json_ld:
        value = item.get("datePublished")
        day = read_day(value) if isinstance(value, str) else None
        if day is not None:
            yield day, Evidence(FIELD, day.isoformat(), str(value), "meta", "head/json-ld-datepublished", "metadata")


def _read_lines(cleaned: CleanedPage) -> Iterator[tuple[dt.date, Evidence]]:
    for judged in cleaned.of_kind("date"):
        rule = cleaned.rule_of(judged)
        found = rule.pattern.search(judged.block.text) if rule is not None and rule.pattern is not None else None
        named = found is not None and found.groupdict().get("date") is not None
        start, end = found.span("date") if found is not None and named else (0, len(judged.block.text))
        printed = judged.block.text[start:end]
        day = read_day(printed)
        if day is not None:
            span = judged.block.locate(start, end)
            yield day, Evidence(FIELD, day.isoformat(), printed, "dateline", judged.rule, "printed", span)


def _read_dateline(found: FoundDateline | None) -> tuple[dt.date, Evidence] | None:
    if found is None or found.day is None:
        return None
    dateline = found.dateline
    value = found.day.isoformat()
    return found.day, Evidence(FIELD, value, dateline.value, "dateline", dateline.rule, "printed", dateline.span)
