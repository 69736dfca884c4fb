"""The fields of an index that holds each text in three streams, and each facet's values."""

from indexer.analysis import Stream
from indexer.engine import DATE_KEY
from indexer.results import DateMode

DAY_FIELD, SPAN_FIELD = "day", "span"  # the day a report is from; where it may be from several, the first and last
HAS_FIELD = "has"  # the keys of the text fields in which a report has any word
# Facets of which a report has several values but all reports few combinations of them: the library counts one value for
# each report several times as fast, so the values are joined for counting.
JOINED = {field: f"{field}s_joined" for field in ("date_value", "date_certain", "review_value")}


def text_field(key: str, stream: Stream) -> str:
    """Return the field that holds a text's words in one stream."""
    return f"{key}_{stream}"


def value_field(key: str, mode: DateMode) -> str:
    """Return the field that holds the values of a facet in a date mode."""
    return f"{key}_certain" if key == DATE_KEY and mode == "certain" else f"{key}_value"
