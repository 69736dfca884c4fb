"""CSL-JSON: what citation processors, Zotero and pandoc read."""

from web.references.dates import say_british
from web.references.reference import Author, Reference, read_day

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
Json = dict[str, object]


def write_csl(reference: Reference) -> Json:
    """Return a report as one CSL item; keys without a value are left out, as the schema asks."""
    item: Json = {
        "id": reference.id,
        "type": "article-newspaper",
        "title": reference.title,
        "author": [_name(author) for author in reference.authors],
        "container-title": reference.outlet,
        "issued": _issued(reference),
        "event-place": reference.filed_from,
        "section": reference.sections[0] if reference.sections else None,
        "language": reference.language,
        "archive": reference.archive,
        "archive_location": f"Media ID {reference.media_id}" if reference.media_id else reference.id,
        "keyword": ", ".join((*reference.places, *reference.names)),
        "URL": reference.address,
        "accessed": {"date-parts": [[reference.accessed.year, reference.accessed.month, reference.accessed.day]]},
        "note": reference.ark,
    }
    return {key: value for key, value in item.items() if value}


def _name(author: Author) -> Json:
    return {"family": author.family, "given": author.given} if author.given else {"literal": author.family}


def _issued(reference: Reference) -> Json | None:
    """Return the date in parts where it is one day, or two days with `circa`; any other is EDTF with its words."""
    if reference.edtf is None:
        return None
    first, last = read_day(reference.earliest), read_day(reference.latest)
    if first is None or last is None:
        return {"raw": reference.edtf, "literal": say_british(reference)}
    days = [[day.year, day.month, day.day] for day in dict.fromkeys((first, last))]
    if reference.doubtful:
        return {"date-parts": days, "circa": True, "literal": say_british(reference)}
    return {"date-parts": _shortest(reference.edtf) or days}


def _shortest(edtf: str) -> list[list[int]] | None:
    """Return the parts of a plain year, month or day, which CSL can say as exactly as EDTF."""
    parts = edtf.split("-")
    return [[int(part) for part in parts]] if all(part.isdigit() for part in parts) else None
