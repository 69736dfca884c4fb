"""The report as JSON: the public record that the API, the export and `dateline clean` all speak.

Keys are always present; an absent value is null or an empty list. Spans are [start, end] in code points of the
decoded original. `report_from_json(report_to_json(report, id))` is the report again.
"""

from collections.abc import Mapping
from typing import Any

from archive.model import (
    Byline,
    Caption,
    Comment,
    Date,
    Dateline,
    DateMentioned,
    Evidence,
    Issue,
    MediaId,
    Mention,
    Name,
    OutletClaim,
    Passage,
    Place,
    Report,
    SetAside,
    Source,
    Span,
    Title,
)

# JSON objects are read back here and only here, so this is the one module that handles values of any type.
Json = Any
Object = Mapping[str, Json]


def report_to_json(report: Report, report_id: str | None) -> dict[str, object]:
    """Return the public record; `report_id` is null until the report is stored."""
    return {
        "id": report_id,
        "source": _source(report.source),
        "outlet": _outlet(report.outlet),
        "title": _title(report.title),
        "byline": _byline(report.byline),
        "dateline": _dateline(report.dateline),
        "media_id": _media_id(report.media_id),
        "section": list(report.section),
        "language": report.language,
        "published": date_to_json(report.published),
        "body": [{"text": p.text, "kind": p.kind, "span": _span(p.span)} for p in report.body],
        "captions": [{"text": c.text, "credit": c.credit, "span": _span(c.span)} for c in report.captions],
        "comments": [{"text": c.text, "span": _span(c.span)} for c in report.comments],
        "comments_declared": report.comments_declared,
        "set_aside": [
            {"text": s.text, "kind": s.kind, "rule": s.rule, "span": _span(s.span)} for s in report.set_aside
        ],
        "places": [_place(place) for place in report.places],
        "mentions": [_mention(mention) for mention in report.mentions],
        "names": [{"id": n.id, "printed": n.printed, "count": n.count} for n in report.names],
        "dates_mentioned": [
            {"text": d.text, "edtf": d.edtf, "earliest": d.earliest, "latest": d.latest, "span": _span(d.span)}
            for d in report.dates_mentioned
        ],
        "tags": list(report.tags),
        "issues": [{"code": i.code, "message": i.message, "span": _span(i.span)} for i in report.issues],
    }


def report_from_json(data: Object) -> Report:
    """Return the report a public record describes; raises KeyError or TypeError when it is not one."""
    return Report(
        source=_read_source(data["source"]),
        outlet=_read_outlet(data["outlet"]),
        title=_read_title(data["title"]),
        byline=_read_byline(data["byline"]),
        dateline=_read_dateline(data["dateline"]),
        media_id=_read_media_id(data["media_id"]),
        section=tuple(data["section"]),
        language=data["language"],
        published=date_from_json(data["published"]),
        body=tuple(Passage(p["text"], p["kind"], _read_span(p["span"])) for p in data["body"]),
        captions=tuple(Caption(c["text"], c["credit"], _read_span(c["span"])) for c in data["captions"]),
        comments=tuple(Comment(c["text"], _read_span(c["span"])) for c in data["comments"]),
        comments_declared=data["comments_declared"],
        set_aside=tuple(SetAside(s["text"], s["kind"], s["rule"], _read_span(s["span"])) for s in data["set_aside"]),
        places=tuple(_read_place(place) for place in data["places"]),
        mentions=tuple(_read_mention(mention) for mention in data["mentions"]),
        names=tuple(Name(n["id"], n["printed"], n["count"]) for n in data["names"]),
        dates_mentioned=tuple(
            DateMentioned(d["text"], d["edtf"], d["earliest"], d["latest"], _read_span(d["span"]))
            for d in data["dates_mentioned"]
        ),
        issues=tuple(Issue(i["code"], i["message"], _read_optional_span(i["span"])) for i in data["issues"]),
        tags=tuple(data.get("tags", ())),  # records of before have none
    )


def date_to_json(date: Date) -> dict[str, object]:
    """Return a date with its evidence as JSON."""
    return {
        "edtf": date.edtf,
        "earliest": date.earliest,
        "latest": date.latest,
        "basis": date.basis,
        "evidence": [evidence_to_json(evidence) for evidence in date.evidence],
    }


def date_from_json(data: Object) -> Date:
    """Return the date that `date_to_json` wrote."""
    evidence = tuple(evidence_from_json(item) for item in data["evidence"])
    return Date(data["edtf"], data["earliest"], data["latest"], data["basis"], evidence)


def evidence_to_json(evidence: Evidence) -> dict[str, object]:
    """Return one piece of evidence as JSON."""
    return {
        "field": evidence.field,
        "value": evidence.value,
        "printed": evidence.printed,
        "zone": evidence.zone,
        "rule": evidence.rule,
        "basis": evidence.basis,
        "span": _span(evidence.span),
        "status": evidence.status,
        "by": evidence.by,
        "when": evidence.when,
    }


def evidence_from_json(data: Object) -> Evidence:
    """Return the evidence that `evidence_to_json` wrote."""
    return Evidence(
        field=data["field"],
        value=data["value"],
        printed=data["printed"],
        zone=data["zone"],
        rule=data["rule"],
        basis=data["basis"],
        span=_read_optional_span(data["span"]),
        status=data["status"],
        by=data["by"],
        when=data["when"],
    )


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _read_span(data: Json) -> Span:
    start, end = data
    return Span(start, end)


def _read_optional_span(data: Json) -> Span | None:
    return None if data is None else _read_span(data)


def _source(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "bytes": source.bytes,
        "url": source.url,
        "captured": source.captured,
        "part": source.part,
    }


def _read_source(data: Object) -> Source:
    of = (data["name"], data["sha256"], data["media_type"], data["bytes"], data["url"], data["captured"])
    return Source(*of, part=data.get("part", 0))  # records older than parts have none


def _outlet(outlet: OutletClaim | None) -> dict[str, object] | None:
    if outlet is None:
        return None
    return {
        "key": outlet.key,
        "name": outlet.name,
        "rule": outlet.rule,
        "basis": outlet.basis,
        "span": _span(outlet.span),
    }


def _read_outlet(data: Object | None) -> OutletClaim | None:
    if data is None:
        return None
    return OutletClaim(data["key"], data["name"], data["rule"], data["basis"], _read_optional_span(data["span"]))


def _title(title: Title | None) -> dict[str, object] | None:
    if title is None:
        return None
    return {
        "value": title.value,
        "printed": title.printed,
        "rule": title.rule,
        "basis": title.basis,
        "span": _span(title.span),
    }


def _read_title(data: Object | None) -> Title | None:
    if data is None:
        return None
    return Title(data["value"], data["printed"], data["rule"], data["basis"], _read_optional_span(data["span"]))


def _byline(byline: Byline | None) -> dict[str, object] | None:
    if byline is None:
        return None
    return {
        "value": byline.value,
        "authors": list(byline.authors),
        "kinds": list(byline.kinds),
        "place": byline.place,
        "rule": byline.rule,
        "span": _span(byline.span),
    }


def _read_byline(data: Object | None) -> Byline | None:
    if data is None:
        return None
    return Byline(
        data["value"],
        tuple(data["authors"]),
        tuple(data["kinds"]),
        data["place"],
        data["rule"],
        _read_optional_span(data["span"]),
    )


def _dateline(dateline: Dateline | None) -> dict[str, object] | None:
    if dateline is None:
        return None
    return {
        "value": dateline.value,
        "place": dateline.place,
        "source": dateline.source,
        "rule": dateline.rule,
        "span": _span(dateline.span),
    }


def _read_dateline(data: Object | None) -> Dateline | None:
    if data is None:
        return None
    return Dateline(data["value"], data["place"], data["source"], data["rule"], _read_optional_span(data["span"]))


def _media_id(media_id: MediaId | None) -> dict[str, object] | None:
    if media_id is None:
        return None
    return {"value": media_id.value, "rule": media_id.rule, "span": _span(media_id.span)}


def _read_media_id(data: Object | None) -> MediaId | None:
    return None if data is None else MediaId(data["value"], data["rule"], _read_optional_span(data["span"]))


def _mention(mention: Mention) -> dict[str, object]:
    return {"text": mention.text, "span": _span(mention.span), "place": mention.place}


def _read_mention(data: Object) -> Mention:
    return Mention(data["text"], _read_span(data["span"]), data.get("place"))


def _place(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "role": place.role,
        "mentions": [_mention(mention) for mention in place.mentions],
    }


def _read_place(data: Object) -> Place:
    return Place(
        id=data["id"],
        name=data["name"],
        country=data["country"],
        admin1=data["admin1"],
        lat=data["lat"],
        lon=data["lon"],
        role=data["role"],
        mentions=tuple(_read_mention(mention) for mention in data["mentions"]),
    )
