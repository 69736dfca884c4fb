"""What there is to cite of a report in this archive, at this address, on this day."""

from flask import url_for

from indexer import StoredReport
from web.ark import TEST_AUTHORITY, make_ark
from web.context import here
from web.references.reference import Reference, make_reference


def refer(stored: StoredReport) -> Reference:
    """Return a report as a reference; its address is the ARK's where the library has a number of its own."""
    context = here()
    ark = make_ark(stored.id, context.authority)
    if context.authority == TEST_AUTHORITY:
        address = url_for("reports.show", report_id=stored.id, _external=True)
    else:
        address = url_for("forms.resolve", name=ark.removeprefix("ark:"), _external=True)
    return make_reference(stored, archive=context.title, address=address, ark=ark, accessed=context.today())
