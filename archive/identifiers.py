"""Identifiers that stay: the same original always gets the same report id, the same name the same key."""

import hashlib
import re

# The alphabet of ARK identifiers (betanumeric): no vowels, so no words; no l, so no confusion with 1.
BETANUMERIC = "0123456789bcdfghjkmnpqrstvwxz"
LENGTH = 12
NOT_IN_A_KEY = re.compile(r"[\W_]+")  # "Mosul, 2016–17" becomes mosul-2016-17
LONGEST_KEY = 100


def make_report_id(sha256: str, part: int = 0) -> str:
    """Return the report id for part `part` of the original with this digest: 12 betanumeric characters."""
    number = int.from_bytes(hashlib.sha256(f"{sha256}/{part}".encode()).digest(), "big")
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(BETANUMERIC))
        digits.append(BETANUMERIC[digit])
    return "".join(digits)


def make_collection_key(name: str) -> str:
    """Return the key of the collection with this name: its words in small letters, joined by hyphens."""
    return NOT_IN_A_KEY.sub("-", name.casefold()).strip("-")[:LONGEST_KEY] or "collection"
