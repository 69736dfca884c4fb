"""Where each value of a report comes from, as rows a reader can follow back into the original."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from indexer import FIELD_BY_NAME, FIELDS, Evidence, Span, StoredReport
from web.words import BASIS_WORDS, ZONE_WORDS, date_in_words, reason

SOURCES_IN_SIGHT = 3
NOT_ON_THE_PAGE = frozenset({"meta", "url", "container", "import"})  # zones that no block of the page shows
STATUS_WORDS: Mapping[str, str] = {"accepted": "accepted by a person", "rejected": "rejected by a person"}

PlaceInOriginal = Callable[[Span], str]
Label = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One reason for one value: in which words, where, by which rule or person."""

    basis: str
    zone: str | None
    printed: str | None
    rule: str
    href: str | None
    status: str | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """One value of one field with its reasons; `anchor` is empty when the row above has the same field."""

    anchor: str
    label: str
    value: str
    first: tuple[SourceLine, ...]
    more: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One value and one reason for it, before they are gathered into rows."""

    field: str
    value: str
    line: SourceLine


def trace(
    stored: StoredReport, evidence: Iterable[Evidence], place: PlaceInOriginal, label: Label
) -> tuple[ProvenanceRow, ...]:
    """Return every value that has a reason on record, field by field in the order of the field table."""
    claims = [_claim(item, place, label) for item in evidence]
    covered = {claim.field for claim in claims}
    claims += [claim for claim in _own_claims(stored, place) if claim.field not in covered]
    rows: list[ProvenanceRow] = []
    for field in FIELDS:
        rows += _rows(field.key, field.label, [claim for claim in claims if claim.field == field.name])
    return tuple(rows)


def _rows(key: str, label: str, claims: Iterable[Claim]) -> Iterable[ProvenanceRow]:
    by_value: dict[str, dict[SourceLine, None]] = {}
    for claim in claims:
        by_value.setdefault(claim.value, {})[claim.line] = None
    for number, (value, found) in enumerate(by_value.items()):
        lines = tuple(found)
        anchor = f"from-{key}" if number == 0 else ""
        yield ProvenanceRow(anchor, label, value, lines[:SOURCES_IN_SIGHT], lines[SOURCES_IN_SIGHT:])


def _claim(item: Evidence, place: PlaceInOriginal, label: Label) -> Claim:
    line = SourceLine(
        basis=BASIS_WORDS.get(item.basis, item.basis),
        zone=ZONE_WORDS.get(item.zone),
        printed=item.printed or None,
        rule=item.rule,
        href=place(item.span) if item.span and item.zone not in NOT_ON_THE_PAGE else None,
        status=STATUS_WORDS.get(item.status),
        by=item.by,
        reason=reason(item.rule),
    )
    return Claim(item.field, _say(item, label) or "none", line)


def _say(item: Evidence, label: Label) -> str | None:
    """Return a value as readers know it: a place by its name and not its number, a date in words."""
    if item.field == "published":
        return date_in_words(item.value)
    field = FIELD_BY_NAME.get(item.field)
    return label(field.key, item.value) if field and field.facet and item.value else item.value


def _own_claims(stored: StoredReport, place: PlaceInOriginal) -> Iterable[Claim]:
    """Return the reasons that the values of the record carry themselves."""
    report = stored.report
    found: list[tuple[str, str, str, Span | None, str]] = []
    if report.outlet:
        found.append(("outlet", report.outlet.name, report.outlet.rule, report.outlet.span, report.outlet.basis))
    if report.title:
        found.append(("title", report.title.value, report.title.rule, report.title.span, report.title.basis))
    for field, line in (("byline", report.byline), ("dateline", report.dateline), ("media_id", report.media_id)):
        if line:
            found.append((field, line.value, line.rule, line.span, "printed"))
    for field, value, rule, span, basis in found:
        source = SourceLine(BASIS_WORDS.get(basis, basis), None, None, rule, place(span) if span else None)
        yield Claim(field, value, source)
