"""What a report's page says of itself to programs: Dublin Core, Highwire and Open Graph tags, and schema.org.

Zotero takes a page with these tags for a newspaper article. Three it must never meet: citation_journal_title makes it
a journal article, og:type website a web page, and DC.coverage ends up as a shelf mark.
"""

from collections.abc import Iterator

from indexer import StoredReport
from web.references.reference import Reference

Json = dict[str, object]
WHOLE_DATE = len("2016-11-03")


def describe_page(reference: Reference) -> tuple[tuple[str, str, str], ...]:
    """Return the tags of a report's page as (attribute, name, content)."""
    return tuple(_tags(reference))


def _tags(reference: Reference) -> Iterator[tuple[str, str, str]]:
    yield "name", "DC.type", "newspaperArticle"
    yield "name", "DC.title", reference.title
    for author in reference.authors:
        yield "name", "DC.creator", author.inverted
    if reference.outlet:
        yield "name", "DC.publisher", reference.outlet
        yield "name", "DC.source", reference.outlet
    if reference.edtf:
        yield "name", "DC.date", reference.edtf
    if reference.language:
        yield "name", "DC.language", reference.language
    for subject in (*reference.places, *reference.names):
        yield "name", "DC.subject", subject
    yield "name", "DC.identifier", reference.ark
    if reference.media_id:
        yield "name", "DC.identifier", f"Media ID {reference.media_id}"
    yield "name", "citation_title", reference.title
    for author in reference.authors:
        yield "name", "citation_author", author.inverted
    if reference.edtf:
        yield "name", "citation_date", reference.edtf
    yield "property", "og:type", "article"
    yield "property", "og:title", reference.title
    yield "property", "og:url", reference.address
    if reference.outlet:
        yield "property", "og:site_name", reference.outlet


def describe_article(stored: StoredReport, reference: Reference) -> Json:
    """Return the report as a schema.org NewsArticle; a date that ISO cannot say is left out and told as text."""
    report = stored.report
    numbers = [("ARK", reference.ark), ("Media ID", reference.media_id), ("SHA-256", report.source.sha256)]
    found: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": reference.title,
        "url": reference.address,
        "inLanguage": reference.language,
        "datePublished": _iso(reference),
        "temporalCoverage": reference.edtf if reference.edtf and not _iso(reference) else None,
        "author": [
            {"@type": "Person" if author.given else "Organization", "name": author.straight}
            for author in reference.authors
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": reference.outlet} if reference.outlet else None,
        "dateline": report.dateline.value if report.dateline else None,
        "articleSection": list(reference.sections),
        "contentLocation": [
            _place(place.name, place.lat, place.lon) for place in report.places if place.role == "main"
        ],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in numbers if value
        ],
        "isPartOf": {"@type": "ArchiveOrganization", "name": reference.archive},
    }
    return {key: value for key, value in found.items() if value}


def _iso(reference: Reference) -> str | None:
    """Return the date where it is a plain year, month or day that the page states."""
    plain = (
        reference.edtf and not reference.doubtful and len(reference.edtf) <= WHOLE_DATE and "/" not in reference.edtf
    )
    return reference.edtf if plain else None


def _place(name: str, lat: float | None, lon: float | None) -> Json:
    if lat is None or lon is None:
        return {"@type": "Place", "name": name}
    return {"@type": "Place", "name": name, "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}}
