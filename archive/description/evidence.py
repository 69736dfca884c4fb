"""Why we believe each value of a report, and what it lacks, read off the finished report."""

from collections.abc import Iterator

from archive.model import Basis, Evidence, Issue, Report, Zone

CONTAINERS = ("row/", "export/", "nitf/", "newsml-g2/")  # rules under which a page's container states a value


def gather_evidence(report: Report) -> Iterator[Evidence]:
    """Yield the evidence of outlet, title, byline, dateline, identifier and date; places carry their own."""
    if (outlet := report.outlet) is not None:
        zone: Zone = "import" if outlet.basis == "person" else _stated_in(outlet.rule, "body")[0]
        yield Evidence("outlet", outlet.key, outlet.name, zone, outlet.rule, outlet.basis, outlet.span)
    if (title := report.title) is not None:
        zone = "title" if title.basis == "printed" else _stated_in(title.rule, "meta")[0]
        yield Evidence("title", title.value, title.printed, zone, title.rule, title.basis, title.span)
    if (byline := report.byline) is not None:
        value = "; ".join(byline.authors) or byline.value
        zone, basis = _stated_in(byline.rule, "byline")
        yield Evidence("byline", value, byline.value, zone, byline.rule, basis, byline.span)
    if (line := report.dateline) is not None:
        yield Evidence("dateline", line.place or line.value, line.value, "dateline", line.rule, "printed", line.span)
    if (media := report.media_id) is not None:
        zone, basis = _stated_in(media.rule, "body")
        yield Evidence("media_id", media.value, media.value, zone, media.rule, basis, media.span)
    yield from report.published.evidence


def find_gaps(report: Report) -> Iterator[Issue]:
    """Yield an issue for a report without a headline or without text."""
    if report.title is None:
        yield Issue("T01", "The page prints no headline.")
    if not report.body:
        yield Issue("B01", "No text of a report was found; look at the original.")


def _stated_in(rule: str, printed: Zone) -> tuple[Zone, Basis]:
    if rule.startswith(CONTAINERS):
        return "container", "metadata"
    return ("meta", "metadata") if rule.startswith("head/") else (printed, "printed")
