"""A correction as it is written in a form: what the fields show, and the value they give."""

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from indexer import FIELDS, BadDate, Date, Report, read_date
from web.words import date_in_words, join_words

# In the order of the table of fields, those a person may overrule.
EDITABLE = tuple(field for field in FIELDS if field.correctable)
ROLES = ("main", "mentioned", "filed from")
ABOUT_ROLES = {"main": "the report is about it", "mentioned": "it is named", "filed from": "filed from here"}
LONGEST = 2_000
TEXTS = ("value", "authors", "place", "source")
LINES = ("section", "names", "tags")  # fields written one value a line
HINTS = {
    "title": "The headline as the page prints it. Leave it empty to say that the page has none.",
    "byline": "The line as printed. Authors and place are read from it unless you give them.",
    "dateline": "The line as printed.",
    "media_id": "The outlet’s own number for the item.",
    "published": "In words or in EDTF. You see how it is read before it is saved.",
    "outlet": "Who published the page.",
    "places": "Tick what the report names, and say which part each plays in it.",
    "names": "One name a line, as the report prints it; each must be a name of the authority file.",
    "section": "The outlet’s own headings above the report, one a line.",
    "language": "A language code: en, ar, ckb, zh-Hant.",
    "tags": "Your own words for it, one a line.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form holds before it is saved: its texts by name, and the places with their roles."""

    value: str = ""
    authors: str = ""
    place: str = ""
    source: str = ""
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DateView:
    """How a date is read: in words, as EDTF, and its first and last day in words; `problem` when it is not."""

    words: str = ""
    edtf: str = ""
    earliest: str = ""
    latest: str = ""
    problem: str = ""


def draft_of(report: Report, field: str) -> Draft:
    """Return a form that holds what stands now."""
    if field == "byline" and report.byline:
        line = report.byline
        return Draft(line.value, authors="\n".join(line.authors), place=line.place or "")
    if field == "dateline" and report.dateline:
        return Draft(report.dateline.value, place=report.dateline.place or "", source=report.dateline.source or "")
    if field == "places":
        return Draft(places=tuple((place.id, place.role) for place in report.places))
    return Draft(_text_of(report, field))


def read_draft(form: MultiDict[str, str], field: str) -> Draft:
    """Return what a sent form holds."""
    if field == "places":
        ids = dict.fromkeys(form.getlist("place"))
        return Draft(places=tuple((one, form.get(f"role-{one}", "")) for one in ids))
    value, authors, place, source = (form.get(name, "").strip()[:LONGEST] for name in TEXTS)
    return Draft(value, authors, place, source)


def value_of(draft: Draft, field: str) -> object:
    """Return the value that a draft gives its field, as a correction takes it; raises BadDate."""
    if field == "places":
        return [{"id": one, "role": role} if role in ROLES else one for one, role in draft.places]
    if field in LINES:
        return _lines(draft.value)
    if not draft.value:
        return None
    if field == "published":
        return read_date(draft.value).edtf
    return _line_of(draft, field)


def _line_of(draft: Draft, field: str) -> object:
    """Return a byline or dateline in its parts where they are given, and any other field as its text."""
    if field == "byline" and (draft.authors or draft.place):
        return {"value": draft.value, "authors": _lines(draft.authors), "place": draft.place or None}
    if field == "dateline":
        return {"value": draft.value, "place": draft.place or None, "source": draft.source or None}
    return draft.value


def view_date(words: str) -> DateView:
    """Return how a person's date is read."""
    try:
        read = read_date(words)
    except BadDate:
        return DateView(problem=f"“{words}” names no date we can read.")
    return say_date(read)


def say_date(date: Date) -> DateView:
    """Return a date in words with its bounds."""
    return DateView(
        words=date_in_words(date.edtf) or "unknown",
        edtf=date.edtf or "",
        earliest=date_in_words(date.earliest) or "open",
        latest=date_in_words(date.latest) or "open",
    )


def say_now(report: Report, field: str) -> str:
    """Return what stands in a field now, on one line; nothing for an empty one."""
    if field == "published":
        return date_in_words(report.published.edtf) or ""
    if field == "outlet":
        return report.outlet.name if report.outlet else ""
    if field == "places":
        return join_words([place.name for place in report.places])
    return "; ".join(_lines(_text_of(report, field)))


def _text_of(report: Report, field: str) -> str:
    if field == "published":
        return report.published.edtf or ""
    if field == "outlet":
        return report.outlet.key if report.outlet else ""
    if field == "names":
        return "\n".join(name.printed for name in report.names)
    if field in {"section", "tags"}:
        return "\n".join(report.section if field == "section" else report.tags)
    if field == "language":
        return report.language or ""
    found = getattr(report, field)
    return str(found.value) if found else ""


def _lines(text: str) -> list[str]:
    return list(_filled(text.splitlines()))


def _filled(lines: Iterable[str]) -> Iterable[str]:
    return (line.strip() for line in lines if line.strip())
