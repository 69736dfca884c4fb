"""A person's word on a field: its shape, and what it makes of a report. Pure; no database here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from archive.edtf_dates import parse_edtf
from archive.errors import BadCorrection, UnknownField
from archive.fields import CORRECTABLE
from archive.model import Byline, Date, Evidence, MediaId, OutletClaim, Place, Report, Title

# A correction's value in JSON form; its shape is checked here and nowhere else.
Json = Any
RULE = "correction"
LONGEST = 2_000
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # en, zh-Hant
BYLINE = re.compile(r"(?:by\s+)?(?P<authors>.*?)(?:\s+in\s+(?P<place>.+))?", re.IGNORECASE)  # By A. Hasan in Erbil
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and halves of characters
BETWEEN_AUTHORS = re.compile(r"\s*(?:,|\band\b)\s*")  # A. Hasan, B. Aziz and C. Said


PLACE_KEYS = ("id", "name", "country", "admin1", "lat", "lon")


@dataclass(frozen=True, slots=True)
class Authorities:
    """Where a correction looks up what it names: an outlet's name by its key, a place by its gazetteer id."""

    outlet_name: Callable[[str], str]
    place: Callable[[str], Place | None]


@dataclass(frozen=True, slots=True)
class Live:
    """A correction in force: its event, and the value in the form `check` gave it."""

    event: int
    field: str
    value: Json
    by: str
    when: str
    reason: str


def check(field: str, value: object, authorities: Authorities) -> Json:
    """Return the value in the form it is stored; UnknownField, BadCorrection, BadDate or UnknownOutlet otherwise.

    Text that is empty means None: a person says that the field is empty.
    """
    if field not in CORRECTABLE:
        raise UnknownField(field, CORRECTABLE)
    if value is None or (isinstance(value, str) and not value.strip()):
        return [] if field in ("section", "places") else None
    return SHAPES[field](field, value, authorities)


def apply(report: Report, live: Iterable[Live]) -> Report:
    """Return the report with these corrections in force; its other fields are as the rules described them."""
    for correction in live:
        report = MAKERS[correction.field](report, correction)
    return report


def to_evidence(live: Live) -> Evidence:
    """Return the evidence a correction is: a person's word, with who and when."""
    value = _display(live.field, live.value)
    return Evidence(live.field, value, value, "desk", RULE, "person", status="accepted", by=live.by, when=live.when)


def _display(field: str, value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(each["id"] if field == "places" else each for each in value)
    return str(value["key" if field == "outlet" else "value"])


# --- the shape each field's value must have --------------------------------------------------------------------


def _text(field: str, value: object, _: Authorities | None = None) -> str:
    if not isinstance(value, str):
        raise BadCorrection(field, "write one line of text")
    text = " ".join(value.split())
    if not text or len(text) > LONGEST:
        raise BadCorrection(field, f"write from 1 to {LONGEST:,} characters")
    if UNSEEN.search(text):
        raise BadCorrection(field, "the text has characters that cannot be shown")
    return text


def _texts(field: str, value: object, _: Authorities | None = None) -> list[str]:
    if not isinstance(value, list | tuple):
        raise BadCorrection(field, "write a list of texts")
    return [_text(field, each) for each in value]


def _byline(field: str, value: object, _: Authorities) -> Json:
    if isinstance(value, str):
        return _read_byline(_text(field, value))
    if not isinstance(value, Mapping) or not {"value"} <= value.keys() <= {"value", "authors", "place"}:
        raise BadCorrection(field, "write the line as text, or its value, authors and place")
    place = value.get("place")
    authors = _texts(field, value.get("authors", ()))
    return {
        "value": _text(field, value["value"]),
        "authors": authors,
        "place": _text(field, place) if place else None,
    }


def _read_byline(line: str) -> Json:
    parts = BYLINE.fullmatch(line)
    authors = BETWEEN_AUTHORS.split(parts["authors"]) if parts else [line]
    return {"value": line, "authors": [each for each in authors if each], "place": parts["place"] if parts else None}


def _outlet(field: str, value: object, authorities: Authorities) -> Json:
    key = _text(field, value)
    return {"key": key, "name": authorities.outlet_name(key)}


def _published(field: str, value: object, _: Authorities) -> str | None:
    return parse_edtf(_text(field, value)).edtf


def _places(field: str, value: object, authorities: Authorities) -> Json:
    found = []
    for place_id in dict.fromkeys(_texts(field, value)):
        place = authorities.place(place_id)
        if place is None:
            raise BadCorrection(field, f"the gazetteer has no place with the id '{place_id}'")
        found.append({key: getattr(place, key) for key in PLACE_KEYS})
    return found


def _language(field: str, value: object, _: Authorities) -> str:
    code = _text(field, value)
    if not LANGUAGE.fullmatch(code):
        raise BadCorrection(field, "write a language code such as en, ar or zh-Hant")
    return code


SHAPES: Mapping[str, Callable[[str, object, Authorities], Json]] = MappingProxyType(
    {
        "title": _text,
        "byline": _byline,
        "media_id": _text,
        "outlet": _outlet,
        "published": _published,
        "places": _places,
        "section": _texts,
        "language": _language,
    }
)


# --- what each field's value makes of a report -----------------------------------------------------------------


def _with_title(report: Report, live: Live) -> Report:
    return replace(report, title=live.value and Title(live.value, live.value, RULE, "person"))


def _with_byline(report: Report, live: Live) -> Report:
    if live.value is None:
        return replace(report, byline=None)
    authors = tuple(live.value["authors"])
    # A person who names authors names people, unless the rules knew this very name as an organisation's.
    known = dict(zip(report.byline.authors, report.byline.kinds, strict=False)) if report.byline else {}
    kinds = tuple(known.get(author, "person") for author in authors)
    return replace(report, byline=Byline(live.value["value"], authors, kinds, live.value["place"], RULE))


def _with_media_id(report: Report, live: Live) -> Report:
    return replace(report, media_id=live.value and MediaId(live.value, RULE))


def _with_outlet(report: Report, live: Live) -> Report:
    claim = live.value and OutletClaim(live.value["key"], live.value["name"], RULE, "person")
    return replace(report, outlet=claim)


def _with_published(report: Report, live: Live) -> Report:
    date = Date() if live.value is None else parse_edtf(live.value)
    return replace(report, published=replace(date, evidence=(to_evidence(live),)))


def _with_places(report: Report, live: Live) -> Report:
    described = {place.id: place for place in report.places}
    return replace(report, places=tuple(_place(each, described.get(each["id"])) for each in live.value))


def _place(named: Mapping[str, Json], described: Place | None) -> Place:
    # Where the page names the place stays true; a place the rules did not find is one the report is about.
    role, mentions = (described.role, described.mentions) if described else ("main", ())
    return Place(**named, role=role, mentions=mentions)


def _with_section(report: Report, live: Live) -> Report:
    return replace(report, section=tuple(live.value))


def _with_language(report: Report, live: Live) -> Report:
    return replace(report, language=live.value)


MAKERS: Mapping[str, Callable[[Report, Live], Report]] = MappingProxyType(
    {
        "title": _with_title,
        "byline": _with_byline,
        "media_id": _with_media_id,
        "outlet": _with_outlet,
        "published": _with_published,
        "places": _with_places,
        "section": _with_section,
        "language": _with_language,
    }
)
