"""References with good defaults for tests of citations and of the forms that programs read."""

from datetime import date
from typing import Any

from web.references.reference import Reference, split_name

ARK = "ark:99999/d1bcdfgh"


def make_test_reference(**changes: Any) -> Reference:  # noqa: ANN401  # any field of Reference
    """Return the reference of a signed report of one certain day."""
    fields: dict[str, Any] = {
        "id": "bcdfgh",
        "title": "Market reopens",
        "supplied": False,
        "authors": (split_name("Alaa Hussain"), split_name("Waleed Abu al-Khair")),
        "outlet": "Diyaruna",
        "edtf": "2016-11-03",
        "earliest": "2016-11-03",
        "latest": "2016-11-03",
        "doubtful": False,
        "media_id": "55378322",
        "filed_from": "Baghdad",
        "sections": ("Iraq",),
        "language": "en",
        "places": ("Mosul", "Iraq"),
        "names": ("ISIL",),
        "source_url": None,
        "archive": "The Room",
        "address": "http://h/a/bcdfgh",
        "ark": ARK,
        "accessed": date(2026, 3, 9),
    }
    return Reference(**(fields | changes))
