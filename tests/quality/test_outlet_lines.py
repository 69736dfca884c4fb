"""Made-up pages in the layouts of the seeds' outlets: with the outlet given, they come out as they were made."""

import pytest

from tests.quality.gate import digest_files, find_files, hold_floors, load_pins, need_corpus
from tests.quality.measures import measure_outlet_lines

pytestmark = pytest.mark.quality


def test_the_pages_hold_their_floors() -> None:
    """All pages but one come out exactly (that one's text opens with a dateline of its own), no comment in a body."""
    need_corpus("outlet-lines")
    pin = load_pins()["outlet-lines"]
    hold_floors("outlet-lines", measure_outlet_lines(), digest_files(find_files(pin)), pin)
