"""The two XML forms: MODS 3.8 for library catalogues, and the RDF that Zotero itself exports.

Sources: the MODS user guidelines of the Library of Congress; Zotero's own export, for the names of its elements.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from web.references.dates import say_british
from web.references.reference import Reference

MEDIA_TYPE = "application/mods+xml"
RDF_MEDIA_TYPE = "application/rdf+xml"
MODS = "http://www.loc.gov/mods/v3"
NAMESPACES = {
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "mods": MODS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
}
for _prefix, _address in NAMESPACES.items():
    register_namespace(_prefix, _address)


def write_mods(reference: Reference) -> str:
    """Return a report as one MODS record."""
    root = Element(f"{{{MODS}}}mods", version="3.8")
    _add(_add(root, "titleInfo"), "title", reference.title)
    for author in reference.authors:
        name = _add(root, "name", **({"type": "personal"} if author.given else {"type": "corporate"}))
        _add(name, "namePart", author.family, **({"type": "family"} if author.given else {}))
        if author.given:
            _add(name, "namePart", author.given, type="given")
        _add(_add(name, "role"), "roleTerm", "aut", type="code", authority="marcrelator")
    _add(root, "typeOfResource", "text")
    _add(root, "genre", "newspaperArticle", authority="local")
    _add_origin(root, reference)
    if reference.language:
        _add(_add(root, "language"), "languageTerm", reference.language, type="code", authority="rfc5646")
    if reference.outlet:
        host = _add(root, "relatedItem", type="host")
        _add(_add(host, "titleInfo"), "title", reference.outlet)
        _add(host, "genre", "newspaper", authority="marcgt")
    for place in reference.places:
        _add(_add(root, "subject"), "geographic", place)
    for used in reference.names:
        _add(_add(root, "subject"), "topic", used)
    if reference.media_id:
        _add(root, "identifier", reference.media_id, type="local", displayLabel="Media ID")
    _add(root, "identifier", reference.ark, type="ark")
    location = _add(root, "location")
    _add(location, "physicalLocation", reference.archive)
    _add(location, "url", reference.address, usage="primary display", dateLastAccessed=reference.accessed.isoformat())
    _add(_add(root, "recordInfo"), "recordIdentifier", reference.id)
    return _xml(root)


def write_mods_collection(references: Iterable[Reference]) -> str:
    """Return reports as one MODS collection."""
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    records = "".join(write_mods(reference).removeprefix(declaration) for reference in references)
    return f'{declaration}<mods:modsCollection xmlns:mods="{MODS}">\n{records}</mods:modsCollection>\n'


def write_zotero_rdf(reference: Reference) -> str:
    """Return a report as Zotero exports one, so that it comes in with every field in its place."""
    root = Element(_name("rdf:RDF"))
    article = SubElement(root, _name("bib:Article"), {_name("rdf:about"): reference.address})
    _put(article, "z:itemType", "newspaperArticle")
    if reference.outlet:
        _put(SubElement(SubElement(article, _name("dcterms:isPartOf")), _name("bib:Newspaper")), "dc:title",
             reference.outlet)  # fmt: skip
    if reference.authors:
        people = SubElement(SubElement(article, _name("bib:authors")), _name("rdf:Seq"))
        for author in reference.authors:
            person = SubElement(SubElement(people, _name("rdf:li")), _name("foaf:Person"))
            _put(person, "foaf:surname", author.family)
            _put(person, "foaf:givenName", author.given)
    for subject in (*reference.places, *reference.names):
        _put(article, "dc:subject", subject)
    _put(article, "dc:title", reference.title)
    _put(article, "dc:date", reference.edtf)
    _put(article, "z:language", reference.language)
    _put(article, "z:place", reference.filed_from)
    _put(article, "z:section", reference.sections[0] if reference.sections else None)
    _put(article, "z:archive", reference.archive)
    # Zotero's export keeps an item's place in its archive under this name; nothing here is a place on earth.
    _put(article, "dc:coverage", f"Media ID {reference.media_id}" if reference.media_id else reference.id)
    _put(SubElement(SubElement(article, _name("dc:identifier")), _name("dcterms:URI")), "rdf:value", reference.address)
    _put(article, "dcterms:dateSubmitted", reference.accessed.isoformat())
    _put(article, "dc:description", _extra(reference))
    return _xml(root)


def _add_origin(root: Element, reference: Reference) -> None:
    if not reference.edtf and not reference.filed_from:
        return
    origin = _add(root, "originInfo")
    if reference.filed_from:
        _add(_add(origin, "place"), "placeTerm", reference.filed_from, type="text")
    if reference.edtf:
        _add(origin, "dateIssued", reference.edtf, encoding="edtf",
             **({"qualifier": "inferred"} if reference.doubtful else {}))  # fmt: skip


def _extra(reference: Reference) -> str:
    if not reference.edtf:
        return f"{reference.ark}; publication date not given"
    return f"{reference.ark}; publication date {say_british(reference)}" if reference.doubtful else reference.ark


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    child = SubElement(parent, f"{{{MODS}}}{tag}", attributes)
    child.text = text
    return child


def _put(parent: Element, tag: str, text: str | None) -> None:
    if text:
        SubElement(parent, _name(tag)).text = text


def _name(tag: str) -> str:
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _xml(root: Element) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
