"""Names that stay: an ARK for every report, with a check character that notices one mistyped.

An ARK reads `ark:AUTHORITY/d1` + report id + check character, as in ark:99999/d1mwwj4vcn1spk0. Source: the ARK
identifier scheme (draft-kunze-ark) and the NOID check digit algorithm. Hyphens never count, the slash after `ark:` may
be there or not, and capitals are taken for small letters, since none is ever minted.
"""

import re

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
TEST_AUTHORITY = "99999"  # means: not promised to anybody; a library sets its own in settings.toml
SHOULDER = "d1"
DIGIT = f"[{ALPHABET}]"
# a whole name: ark:99999/d1mwwj4vcn1spkg
ARK = re.compile(rf"(?:ark:)?/?(?P<authority>{DIGIT}{{5,16}})/{SHOULDER}(?P<id>{DIGIT}{{12}})(?P<check>{DIGIT})")


def make_ark(report_id: str, authority: str = TEST_AUTHORITY) -> str:
    """Return the ARK of a report."""
    name = f"{authority}/{SHOULDER}{report_id}"
    return f"ark:{name}{check_character(name)}"


def read_ark(text: str, authority: str = TEST_AUTHORITY) -> str | None:
    """Return the id of the report an ARK of this authority names; None when it is mistyped or not of our making."""
    match = ARK.fullmatch(text.strip().replace("-", "").casefold())
    if match is None or match["authority"] != authority:
        return None
    name = f"{authority}/{SHOULDER}{match['id']}"
    return match["id"] if check_character(name) == match["check"] else None


def check_character(name: str) -> str:
    """Return NOID's check character: each character's value times its place, from 1, summed modulo 29."""
    total = sum(place * max(ALPHABET.find(character), 0) for place, character in enumerate(name, 1))
    return ALPHABET[total % len(ALPHABET)]
