"""Passwords and other secrets: how they are kept so that who reads the database learns none of them."""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from archive.errors import BadPassword

SHORTEST, LONGEST = 12, 200  # characters; long ones cost time, and nobody types more
SALT_BYTES, KEY_BYTES = 16, 32
FEWEST = 6  # different characters beside a name and what everybody tries
# A few words that meet the length and are tried first by those who guess.
COMMON = ("password", "passwort", "qwertyuiop", "123456789", "letmein", "dateline")
SCRYPT = "scrypt"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one trial of a password costs whoever makes it: scrypt's n, r and p."""

    n: int
    r: int
    p: int


# One of the equal choices in OWASP's table: 32 MB for a trial, so that a burst of sign-ins cannot fill the memory.
COST = Cost(n=2**15, r=8, p=3)


def check_new_password(password: str, name: str) -> None:
    """Raise BadPassword for a password that is short, long, the name, or one of the first that are tried."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(folded) < SHORTEST:
        raise BadPassword(f"it needs at least {SHORTEST} characters; four or five unrelated words will do")
    if len(password) > LONGEST:
        raise BadPassword(f"it may have at most {LONGEST} characters")
    rest = folded.replace(name.casefold(), "")
    for word in COMMON:
        rest = rest.replace(word, "")
    if len(set(rest)) < FEWEST:
        raise BadPassword("it is made of a name, a common password or the same few characters, and easy to guess")


def hash_password(password: str) -> str:
    """Return what is kept of a password: the algorithm, its cost, a salt and the key."""
    salt = secrets.token_bytes(SALT_BYTES)
    parts = (SCRYPT, str(COST.n), str(COST.r), str(COST.p), _write(salt), _write(_derive(password, salt, COST)))
    return "$".join(parts)


def is_password(password: str, kept: str) -> bool:
    """Tell whether this is the password that was kept so; takes as long either way."""
    algorithm, n, r, p, salt, key = kept.split("$")
    if algorithm != SCRYPT or len(password) > LONGEST:
        return False
    derived = _derive(password, base64.b64decode(salt), Cost(int(n), int(r), int(p)))
    return hmac.compare_digest(derived, base64.b64decode(key))


def make_secret() -> str:
    """Return a secret that nobody can guess, for a session or a token."""
    return secrets.token_urlsafe(32)


def digest_secret(secret: str) -> str:
    """Return what is kept of a random secret; it is long enough to need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    text = unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
    memory = 128 * cost.r * (cost.n + cost.p + 2)
    return hashlib.scrypt(text, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=memory, dklen=KEY_BYTES)


def _write(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
