"""A person's word on a field: its shape, and what it makes of a report. Pure; no database here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from archive.edtf_dates import parse_edtf
from archive.errors import BadCorrection, UnknownField
from archive.fields import ADDED, CORRECTABLE
from archive.model import (
    Byline,
    Date,
    Dateline,
    Evidence,
    EvidenceStatus,
    MediaId,
    Name,
    OutletClaim,
    Place,
    Report,
    Title,
)
from archive.queues import QUEUE_BY_KEY, cause_of, without_answered
from archive.record import report_to_json
from archive.restoring import BLOCK, FIELD, RULE, find_block, move_block

# A correction's value in JSON form; its shape is checked here and nowhere else.
Json = Any
SETTLED = "settled"  # settled:weak-date: what a queue shows of the report is no problem
LONGEST = 2_000
LONGEST_TAG, MOST_TAGS = 60, 50
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # en, zh-Hant
BYLINE = re.compile(r"(?:by\s+)?(?P<authors>.*?)(?:\s+in\s+(?P<place>.+))?", re.IGNORECASE)  # By A. Hasan in Erbil
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and halves of characters
BETWEEN_AUTHORS = re.compile(r"\s*(?:,|\band\b)\s*")  # A. Hasan, B. Aziz and C. Said


PLACE_KEYS = ("id", "name", "country", "admin1", "lat", "lon")
ROLES = ("main", "mentioned", "filed from")
LISTS = ("section", "places", "names", "tags")


@dataclass(frozen=True, slots=True)
class Authorities:
    """Where a correction looks up what it names: an outlet's name by its key, a place by its gazetteer id, an actor.

    `actor` returns the id of the actor that a printed name means.
    """

    outlet_name: Callable[[str], str]
    place: Callable[[str], Place | None]
    actor: Callable[[str], str | None] = lambda _: None


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
    family = family_of(field)
    if family in (BLOCK, SETTLED):
        return SHAPES[family](field, value, authorities)
    if value is None or (isinstance(value, str) and not value.strip()):
        return [] if field in LISTS else None
    return SHAPES[field](field, value, authorities)


def family_of(field: str) -> str:
    """Return what kind of decision a correction's field is: a field, `block` or `settled`; raises UnknownField."""
    if field in CORRECTABLE:
        return field
    if FIELD.fullmatch(field):
        return BLOCK
    family, _, queue = field.partition(":")
    if family == SETTLED and queue in QUEUE_BY_KEY:
        return SETTLED
    raise UnknownField(field, CORRECTABLE)


def is_about_value(live: Live) -> bool:
    """Tell whether a correction says a value of the report, and not only that nothing is wrong with one."""
    return family_of(live.field) != SETTLED


def overrules(live: Live) -> bool:
    """Tell whether a correction stands for what the rules said; a tag only adds to it."""
    return is_about_value(live) and live.field not in ADDED


def is_block(live: Live) -> bool:
    """Tell whether a correction takes a block into the text or out of it."""
    return family_of(live.field) == BLOCK


def named_field(live: Live) -> str:
    """Return the field of the record that a correction is about."""
    return "body" if is_block(live) else live.field


def settled_causes(live: Iterable[Live]) -> Mapping[str, str]:
    """Return what a person has found to be no problem, by queue."""
    return {each.field.partition(":")[2]: each.value for each in live if family_of(each.field) == SETTLED}


def apply(report: Report, live: Iterable[Live]) -> Report:
    """Return the report with these corrections in force; its other fields are as the rules described them."""
    for correction in live:
        report = MAKERS[family_of(correction.field)](report, correction)
        report = replace(report, issues=tuple(without_answered(report, correction.field)))
    return report


def field_to_json(report: Report, field: str) -> Json:
    """Return what a correction's field is in a report, as an event tells it: a block's verdict, a doubt's issues."""
    family = family_of(field)
    if family == BLOCK:
        return find_block(report, field)
    if family == SETTLED:
        codes = QUEUE_BY_KEY[field.partition(":")[2]].codes
        return [issue.code for issue in report.issues if issue.code in codes]
    value: Json = report_to_json(report, None)[field]
    if field == "published":
        return {key: part for key, part in value.items() if key != "evidence"}
    return value


def to_evidence(live: Live) -> Evidence:
    """Return the evidence a correction is: a person's word, with who and when."""
    family = family_of(live.field)
    value = _display(family, live.value)
    if family == BLOCK:
        status: EvidenceStatus = "accepted" if live.value["kept"] else "rejected"
        return Evidence("body", value, value, "desk", RULE, "person", status=status, by=live.by, when=live.when)
    return Evidence(live.field, value, value, "desk", RULE, "person", status="accepted", by=live.by, when=live.when)


def _display(field: str, value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(each if isinstance(each, str) else each[DISPLAYED[field]] for each in value)
    if field == BLOCK:
        return str(value["text"])
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


def _dateline(field: str, value: object, _: Authorities) -> Json:
    if isinstance(value, str):
        return {"value": _text(field, value), "place": None, "source": None}
    if not isinstance(value, Mapping) or not {"value"} <= value.keys() <= {"value", "place", "source"}:
        raise BadCorrection(field, "write the line as text, or its value, place and source")
    parts = {part: _text(field, value[part]) if value.get(part) else None for part in ("place", "source")}
    return {"value": _text(field, value["value"]), **parts}


def _names(field: str, value: object, authorities: Authorities) -> Json:
    found = []
    for printed in dict.fromkeys(_texts(field, value)):
        actor = authorities.actor(printed)
        if actor is None:
            raise BadCorrection(field, f"the authority file has no actor that is called '{printed}'")
        found.append({"id": actor, "printed": printed})
    return found


def _outlet(field: str, value: object, authorities: Authorities) -> Json:
    key = _text(field, value)
    return {"key": key, "name": authorities.outlet_name(key)}


def _published(field: str, value: object, _: Authorities) -> str | None:
    return parse_edtf(_text(field, value)).edtf


def _places(field: str, value: object, authorities: Authorities) -> Json:
    if not isinstance(value, list | tuple):
        raise BadCorrection(field, "write a list of ids of the gazetteer")
    roles: dict[str, str | None] = {}
    for each in value:
        place_id, role = (each.get("id"), each.get("role")) if isinstance(each, Mapping) else (each, None)
        if role not in (None, *ROLES):
            raise BadCorrection(field, f"a place's role is one of {', '.join(ROLES)}")
        roles.setdefault(_text(field, place_id), role)
    return [_known_place(field, place_id, role, authorities) for place_id, role in roles.items()]


def _known_place(field: str, place_id: str, role: str | None, authorities: Authorities) -> Json:
    place = authorities.place(place_id)
    if place is None:
        raise BadCorrection(field, f"the gazetteer has no place with the id '{place_id}'")
    return {key: getattr(place, key) for key in PLACE_KEYS} | ({"role": role} if role else {})


def _tags(field: str, value: object, _: Authorities) -> list[str]:
    """Return tags, each once whatever its case, as first written."""
    found = _texts(field, value)
    if any(len(tag) > LONGEST_TAG for tag in found) or len(found) > MOST_TAGS:
        raise BadCorrection(field, f"give at most {MOST_TAGS} tags of up to {LONGEST_TAG} characters")
    return list({tag.casefold(): tag for tag in reversed(found)}.values())[::-1]


def _language(field: str, value: object, _: Authorities) -> str:
    code = _text(field, value)
    if not LANGUAGE.fullmatch(code):
        raise BadCorrection(field, "write a language code such as en, ar or zh-Hant")
    return code


def _block(field: str, value: object, _: Authorities) -> Json:
    if not isinstance(value, Mapping) or value.keys() != {"kept", "text"} or not isinstance(value["kept"], bool):
        raise BadCorrection(field, "say whether the block is kept, and its text")
    return {"kept": value["kept"], "text": " ".join(str(value["text"]).split())[:LONGEST]}


def _settled(field: str, value: object, _: Authorities) -> str:
    return _text(field, value)


SHAPES: Mapping[str, Callable[[str, object, Authorities], Json]] = MappingProxyType(
    {
        "title": _text,
        "byline": _byline,
        "dateline": _dateline,
        "media_id": _text,
        "outlet": _outlet,
        "published": _published,
        "places": _places,
        "names": _names,
        "section": _texts,
        "tags": _tags,
        "language": _language,
        BLOCK: _block,
        SETTLED: _settled,
    }
)
DISPLAYED: Mapping[str, str] = MappingProxyType({"places": "id", "names": "printed"})


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


def _with_dateline(report: Report, live: Live) -> Report:
    value = live.value
    line = value and Dateline(value["value"], value["place"], value["source"], RULE)
    return replace(report, dateline=line)


def _with_names(report: Report, live: Live) -> Report:
    counts = {(name.id, name.printed): name.count for name in report.names}
    text = "\n".join(passage.text for passage in report.body)
    return replace(
        report,
        names=tuple(
            Name(one["id"], one["printed"], counts.get((one["id"], one["printed"]), text.count(one["printed"])))
            for one in live.value
        ),
    )


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
    return Place(**{"role": role, "mentions": mentions} | dict(named))


def _with_section(report: Report, live: Live) -> Report:
    return replace(report, section=tuple(live.value))


def _with_tags(report: Report, live: Live) -> Report:
    return replace(report, tags=tuple(live.value))


def _with_language(report: Report, live: Live) -> Report:
    return replace(report, language=live.value)


def _with_block(report: Report, live: Live) -> Report:
    return move_block(report, live.field, kept=live.value["kept"])


def _without_settled(report: Report, live: Live) -> Report:
    queue = QUEUE_BY_KEY[live.field.partition(":")[2]]
    if cause_of(report, (), queue.key) != live.value:
        return report  # something else is the matter by now
    return replace(report, issues=tuple(issue for issue in report.issues if issue.code not in queue.codes))


MAKERS: Mapping[str, Callable[[Report, Live], Report]] = MappingProxyType(
    {
        "title": _with_title,
        "byline": _with_byline,
        "dateline": _with_dateline,
        "media_id": _with_media_id,
        "outlet": _with_outlet,
        "published": _with_published,
        "places": _with_places,
        "names": _with_names,
        "section": _with_section,
        "tags": _with_tags,
        "language": _with_language,
        BLOCK: _with_block,
        SETTLED: _without_settled,
    }
)
