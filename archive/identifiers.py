"""Identifiers that stay: the same original always gets the same report id."""

import hashlib

# The alphabet of ARK identifiers (betanumeric): no vowels, so no words; no l, so no confusion with 1.
BETANUMERIC = "0123456789bcdfghjkmnpqrstvwxz"
LENGTH = 12


def make_report_id(sha256: str, part: int = 0) -> str:
    """Return the report id for part `part` of the original with this digest: 12 betanumeric characters."""
    number = int.from_bytes(hashlib.sha256(f"{sha256}/{part}".encode()).digest(), "big")
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(BETANUMERIC))
        digits.append(BETANUMERIC[digit])
    return "".join(digits)
