"""What is exported: one report after the other, counted on the way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from indexer import StoredReport
from web.references.reference import Reference

Refer = Callable[[StoredReport], Reference]


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of an export, with what there is to cite of it."""

    stored: StoredReport
    reference: Reference


@dataclass(slots=True)
class Tally:
    """What an export has held so far, and what its reports lack; it grows while the export is written."""

    written: int = 0
    lacking: dict[str, int] = field(default_factory=dict)
    comments: int = 0

    def count(self, stored: StoredReport) -> None:
        """Add one report."""
        report = stored.report
        self.written += 1
        self.comments += len(report.comments)
        absent = {
            "date": report.published.edtf is None,
            "outlet": report.outlet is None,
            "title": report.title is None,
            "byline": report.byline is None,
            "place": not report.places,
            "text": not report.body,
        }
        for name, missing in absent.items():
            self.lacking[name] = self.lacking.get(name, 0) + missing


def gather(reports: Iterable[StoredReport], refer: Refer, tally: Tally) -> Iterator[Entry]:
    """Yield an entry for each report and count it."""
    for stored in reports:
        tally.count(stored)
        yield Entry(stored, refer(stored))
