"""A report as plain text: a short head with where it is from, then its own words."""

from indexer import StoredReport
from web.references.dates import say_british
from web.references.reference import Reference
from web.references.styles import cite_all


def write_text(stored: StoredReport, reference: Reference) -> str:
    """Return a report as text, a blank line between passages, captions last; readers' words are left out."""
    report = stored.report
    head = [
        reference.title,
        report.byline.value if report.byline else None,
        f"{reference.outlet or 'Outlet not known'}, {say_british(reference)}",
        f"Media ID {reference.media_id}" if reference.media_id else None,
        f"{reference.archive}, {reference.ark}",
        reference.address,
    ]
    captions = [f"Caption: {one.text}" + (f" [{one.credit}]" if one.credit else "") for one in report.captions]
    return "\n\n".join(["\n".join(line for line in head if line), body_text(stored), *captions]).rstrip() + "\n"


def body_text(stored: StoredReport) -> str:
    """Return the report's own words only, as programs that count words want them."""
    return "\n\n".join(passage.text for passage in stored.report.body)


def write_citations(reference: Reference) -> str:
    """Return the citation in every style, each under its name."""
    return "\n".join(f"{citation.style}\n{citation.text}\n" for citation in cite_all(reference))
