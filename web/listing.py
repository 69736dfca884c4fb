"""A list of reports that somebody ticked: their ids, in the address and nowhere else."""

import re
from collections.abc import Iterable

LONGEST_LIST = 300  # ids; an address of more is longer than some servers take
REPORT_ID = re.compile(r"[0-9bcdfghjkmnpqrstvwxz]{12}")  # mwwj4vcn1spk


def read_list(values: Iterable[str]) -> tuple[str, ...]:
    """Return the ids among these values, each once, in the order in which they were ticked."""
    found = dict.fromkeys(value for value in values if REPORT_ID.fullmatch(value))
    return tuple(found)[:LONGEST_LIST]
