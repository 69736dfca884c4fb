"""What a page's container states of it (a row's columns, a news format's fields), laid over what the page prints.

The container's word goes before what the rules found on the page, and a person's word before both. Where they differ
the other value stays as evidence; two days that differ are one of two, as everywhere.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from archive.authorities import load_places
from archive.description.authors import split_authors, tell_kind
from archive.description.stated_days import read_stated_date
from archive.model import (
    Byline,
    Date,
    Dateline,
    Evidence,
    Given,
    Issue,
    MediaId,
    OutletClaim,
    Page,
    Place,
    Report,
    Stated,
    Title,
)
from archive.rules import RuleSet

BY = re.compile(r"^[Bb][Yy][:\s]\s*")
FILED_IN = re.compile(r"^(?P<names>.+?),? in (?P<place>[A-Z][^,.;]{1,40})$")  # Jane Roe in Port Example
INVERTED = re.compile(r"^(?P<last>[^\s,;]+(?:-[^\s,;]+)?), (?P<first>[^,;]+)$")  # Roe, Jane
LANGUAGES: Mapping[str, str] = MappingProxyType({
    "arabic": "ar", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "italian": "it", "kurdish": "ku",
    "persian": "fa", "portuguese": "pt", "russian": "ru", "spanish": "es", "turkish": "tr", "ukrainian": "uk",
})  # fmt: skip
CAPTURED = "published/captured"  # the rule by which the day of saving bounds a date, here and where dates are inferred
CODE = re.compile(r"^([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*$")


@dataclass(slots=True)
class Laying:
    """A report on its way to holding what its container states, with the evidence and issues that came up."""

    report: Report
    rules: RuleSet
    given: Given
    evidence: list[Evidence] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def keep_other(self, name: str, value: str, printed: str, rule: str) -> None:
        """Keep as evidence a value of the page's own that the container's goes before."""
        other = Evidence(name, value, printed, "body", rule, "printed")
        self.evidence.append(replace(other, zone="meta", basis="metadata") if rule.startswith("head/") else other)


def take_stated_outlet(page: Page, rules: RuleSet, given: Given) -> Given:
    """Return `given` with the outlet the container states, when we have rules for it and no person named another."""
    stated = next((one for one in page.stated if one.field == "outlet"), None)
    if stated is None or given.outlet is not None:
        return given
    return replace(given, outlet=_find_outlet(stated.value, rules))


def lay_stated(report: Report, page: Page, rules: RuleSet, given: Given) -> tuple[Report, tuple[Evidence, ...]]:
    """Return the report with what the container states, and the evidence for that and for what it replaced."""
    laying = Laying(report, rules, given)
    for stated in page.stated:
        if stated.field in LAYERS:
            LAYERS[stated.field](laying, stated)
    if page.source.captured is not None:
        _bound_by_capture(laying, page.source.captured)
    issues = (*_drop_settled(laying.report), *laying.issues)
    changed = issues != laying.report.issues
    return replace(laying.report, issues=issues) if changed else laying.report, tuple(laying.evidence)


def _lay_title(laying: Laying, stated: Stated) -> None:
    printed = laying.report.title
    if printed is not None and _same(printed.value, stated.value):
        laying.evidence.append(_evidence("title", stated.value, stated))
        return
    if printed is not None:
        laying.keep_other("title", printed.value, printed.printed, printed.rule)
    title = Title(stated.value, stated.value, stated.rule, "printed" if stated.span else "metadata", stated.span)
    laying.report = replace(laying.report, title=title)


def _lay_byline(laying: Laying, stated: Stated) -> None:
    before = laying.report.byline
    outlet = laying.report.outlet
    value = BY.sub("", stated.value)
    filed = FILED_IN.match(value)
    authors = _split_names(value if filed is None else filed["names"])
    kinds = tuple(tell_kind(name, outlet.name if outlet is not None else None) for name in authors)
    place = filed["place"] if filed is not None else before.place if before is not None else None
    if before is not None and before.rule != stated.rule and set(before.authors) != set(authors):
        laying.keep_other("byline", "; ".join(before.authors) or before.value, before.value, before.rule)
    laying.report = replace(laying.report, byline=Byline(stated.value, authors, kinds, place, stated.rule, stated.span))


def _split_names(value: str) -> tuple[str, ...]:
    parts = [part.strip() for part in value.split(";")] if ";" in value else [value]
    inverted = [INVERTED.match(part) for part in parts]
    turned = [f"{match['first']} {match['last']}" for match in inverted if match is not None]
    if len(turned) == len(parts):
        return tuple(turned)
    return tuple(filter(None, parts)) if ";" in value else split_authors(value)


def _lay_date(laying: Laying, stated: Stated) -> None:
    date = read_stated_date(stated.value)
    if date is None:
        laying.issues.append(
            Issue("D10", f"The stated date cannot be read with certainty: {stated.value}", stated.span)
        )
        return
    before = laying.report.published
    evidence = (*before.evidence, replace(_evidence("published", date.edtf or "", stated), printed=stated.value))
    if before.basis != "stated" or _within(before, date):
        kept = before if before.basis == "stated" else date
        laying.report = replace(laying.report, published=replace(kept, evidence=evidence))
        return
    if _within(date, before):
        laying.report = replace(laying.report, published=replace(date, evidence=evidence))
        return
    both = sorted({before.edtf or "", date.edtf or ""})
    earliest, latest = min(before.earliest or "", date.earliest or ""), max(before.latest or "", date.latest or "")
    either = Date(f"[{','.join(both)}]", earliest or None, latest or None, "inferred", evidence)
    laying.report = replace(laying.report, published=either)
    laying.issues.append(Issue("D02", f"Two publication dates disagree: {' and '.join(both)}.", stated.span))


def _within(one: Date, other: Date) -> bool:
    """Tell whether one date lies inside the other, which is less precise or the same."""
    starts, ends = (other.earliest or "", one.earliest or ""), (one.latest or "", other.latest or "9999")
    return starts[0] <= starts[1] and ends[0] <= ends[1]


def _lay_outlet(laying: Laying, stated: Stated) -> None:
    before = laying.report.outlet
    if laying.given.outlet is not None:
        laying.evidence.append(_evidence("outlet", stated.value, stated))
        return
    key = _find_outlet(stated.value, laying.rules)
    name = stated.value if key is None else laying.rules.outlets[key].name
    if before is not None and before.key not in {key, stated.value}:
        laying.evidence.append(
            Evidence("outlet", before.key, before.name, "body", before.rule, before.basis, before.span)
        )
        said = f"The table names {name}, but the page looks like {before.name}."
        laying.issues.append(Issue("M02", said, before.span))
    claim = OutletClaim(key or stated.value, name, stated.rule, "metadata", stated.span)
    laying.report = replace(laying.report, outlet=claim)


def _find_outlet(value: str, rules: RuleSet) -> str | None:
    return next((one.key for one in rules.outlets.values() if _same(value, one.key) or _same(value, one.name)), None)


def _lay_place(laying: Laying, stated: Stated) -> None:
    gazetteer = load_places()
    name, _, country_name = stated.value.partition(",")
    country = gazetteer.find(country_name.strip()) if country_name else None
    code = country.country if country is not None else None
    entry = gazetteer.find(name.strip(), code) or gazetteer.find(name.strip())
    if entry is None:
        laying.issues.append(Issue("P01", f"No gazetteer entry is called {stated.value!r}.", stated.span))
        return
    place = Place(entry.id, entry.name, entry.country, entry.admin1, entry.lat, entry.lon, "main")
    named = next((one for one in laying.report.places if one.id == entry.id), place)
    others = tuple(one for one in laying.report.places if one.id != entry.id)
    laying.report = replace(laying.report, places=(replace(named, role="main"), *others))
    laying.evidence.append(_evidence("places", entry.id, stated))


def _lay_dateline(laying: Laying, stated: Stated) -> None:
    if laying.report.dateline is None:
        place = stated.value.split(",")[0].strip() or None
        dateline = Dateline(stated.value, place, None, stated.rule, stated.span)
        laying.report = replace(laying.report, dateline=dateline)


def _lay_media_id(laying: Laying, stated: Stated) -> None:
    before = laying.report.media_id
    if before is not None and before.value != stated.value:
        laying.keep_other("media_id", before.value, before.value, before.rule)
    laying.report = replace(laying.report, media_id=MediaId(stated.value, stated.rule, stated.span))


def _lay_section(laying: Laying, stated: Stated) -> None:
    labels = tuple(dict.fromkeys((*stated.value.split("; "), *laying.report.section)))
    laying.report = replace(laying.report, section=labels)
    laying.evidence.append(_evidence("section", stated.value, stated))


def _lay_language(laying: Laying, stated: Stated) -> None:
    code = CODE.match(stated.value)
    language = LANGUAGES.get(stated.value.casefold()) or (code[1].lower() if code is not None else None)
    if laying.report.language is None and language is not None:  # what the text's letters show comes first
        laying.report = replace(laying.report, language=language)


def _lay_id(laying: Laying, stated: Stated) -> None:
    laying.evidence.append(_evidence("id", stated.value, stated))


def _bound_by_capture(laying: Laying, captured: str) -> None:
    """Bound an unknown date by the day of saving, before which the page was published; note an impossible date.

    A date that is unknown because its evidence contradicts itself stays so: the day of saving is part of that evidence.
    """
    day = captured[:10]
    published = laying.report.published
    if any(issue.code == "D04" for issue in laying.report.issues):
        return
    if published.earliest is None and published.latest is None and published.edtf is None:
        known = any(one.rule == CAPTURED for one in published.evidence)
        source = Evidence("published", f"[..{day}]", captured, "container", CAPTURED, "inferred")
        bound = Date(f"[..{day}]", None, day, "inferred", (*published.evidence, *(() if known else (source,))))
        laying.report = replace(laying.report, published=bound)
    elif published.earliest is not None and published.earliest > _day_after(day):
        said = f"The page was saved on {day}, before the publication date {published.edtf}."
        laying.issues.append(Issue("D11", said))


def _day_after(day: str) -> str:
    """Return the next day: an outlet east of Greenwich prints a date that has not begun there yet."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _drop_settled(report: Report) -> Iterator[Issue]:
    """Yield the issues that stand once the container has spoken."""
    dated = report.published.basis == "stated"
    for issue in report.issues:
        if not (issue.code == "D01" and dated) and not (issue.code in {"M01", "M03"} and report.outlet is not None):
            yield issue


def _evidence(name: str, value: str, stated: Stated) -> Evidence:
    return Evidence(name, value, stated.value, "container", stated.rule, "metadata", stated.span)


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))


LAYERS: Mapping[str, Callable[[Laying, Stated], None]] = MappingProxyType({
    "id": _lay_id,
    "title": _lay_title,
    "byline": _lay_byline,
    "date": _lay_date,
    "outlet": _lay_outlet,
    "place": _lay_place,
    "dateline": _lay_dateline,
    "media_id": _lay_media_id,
    "section": _lay_section,
    "language": _lay_language,
})  # fmt: skip
