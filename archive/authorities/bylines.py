"""Words of bylines: what introduces names, what is a job, a qualification, an organisation or nobody at all."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from archive.errors import BadRuleFile

FILE = "bylines.toml"
KEYS = ("lead_ins", "jobs", "credentials", "organisations", "agencies", "placeholders")


@dataclass(frozen=True, slots=True)
class BylineWords:
    """The word lists, in lower case, and patterns made of them."""

    lead_in: re.Pattern[str]
    job: re.Pattern[str]
    organisation: re.Pattern[str]
    credentials: frozenset[str]
    agencies: frozenset[str]
    placeholders: frozenset[str]


@cache
def load_byline_words() -> BylineWords:
    """Return the shipped word lists; raises BadRuleFile when the file does not validate."""
    text = (resources.files("archive") / "authorities" / FILE).read_text(encoding="utf-8")
    return read_byline_words(text)


def read_byline_words(text: str) -> BylineWords:
    """Return the word lists in a file's text; raises BadRuleFile."""
    try:
        data: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleFile(FILE, "the file", f"is not valid TOML ({error})") from error
    lists = {key: _words(data, key) for key in KEYS}
    return BylineWords(
        lead_in=re.compile(rf"(?i)^(?:{_alternatives(lists['lead_ins'])})(?:\s*:\s*|\s+)"),
        job=re.compile(rf"(?i)(?<!\w)(?:{_alternatives(lists['jobs'])})(?!\w)"),
        organisation=re.compile(rf"(?i)(?<!\w)(?:{_alternatives(lists['organisations'])})(?!\w)"),
        credentials=frozenset(lists["credentials"]),
        agencies=frozenset(lists["agencies"]),
        placeholders=frozenset((*lists["placeholders"], *lists["lead_ins"])),
    )


def _words(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    words = data.get(key)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise BadRuleFile(FILE, key, "must be a list of words")
    return tuple(word.casefold() for word in words)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
