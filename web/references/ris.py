"""RIS, which every reference manager reads: one tag and one value a line, two letters and a dash."""

from collections.abc import Iterator

from web.references.dates import say_british
from web.references.reference import Reference

MEDIA_TYPE = "application/x-research-info-systems"


def write_ris(reference: Reference) -> str:
    """Return a report as one RIS record; a date that is not one certain day is given in EDTF."""
    lines = [f"{tag}  - {value}" for tag, value in _fields(reference)]
    return "\r\n".join(["TY  - NEWS", *lines, "ER  - ", "", ""])


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield tag and value in the order people know; values are on one line already."""
    yield "ID", reference.id
    for author in reference.authors:
        yield "AU", author.inverted
    yield "TI", reference.title
    if reference.outlet:
        yield "T2", reference.outlet
    if reference.edtf:
        day = reference.day
        yield "DA", f"{day:%Y/%m/%d}" if day else reference.edtf
    if reference.filed_from:
        yield "CY", reference.filed_from
    for section in reference.sections[:1]:
        yield "SE", section
    if reference.language:
        yield "LA", reference.language
    yield "DB", reference.archive
    if reference.media_id:
        yield "AN", f"Media ID {reference.media_id}"
    for subject in (*reference.places, *reference.names):
        yield "KW", subject
    yield "UR", reference.address
    yield "Y2", f"{reference.accessed:%Y/%m/%d}"
    yield "N1", f"{reference.ark}{_note(reference)}"


def _note(reference: Reference) -> str:
    if reference.edtf is None:
        return "; publication date not given"
    return f"; publication date inferred: {say_british(reference).strip('[]')}" if reference.doubtful else ""
