"""What pages call their comments and captions, and what stands beside them: patterns kept as data."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from archive.errors import BadRuleFile

FILE = "parts.toml"
# Lists whose entries must be the whole of a text; the others may stand anywhere in it.
WHOLE = frozenset({"lines", "stamp", "credit"})
RUNS = frozenset({"buttons"})  # one or more of them, figures and marks between, are the whole of a text
# Lists that are matched in running text, where capitals do not count; the others are matched in lower-cased names.
TEXTS = frozenset({"lines", "stamp", "credit", "buttons", "notices"})
BETWEEN = r"[\s\d↓↑→|·•,/()#-]*"


@cache
def load_part(part: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of one part of the page by list; raises BadRuleFile when the file does not validate."""
    text = (resources.files("archive") / "authorities" / FILE).read_text(encoding="utf-8")
    return read_parts(text)[part]


def load_words(part: str, name: str) -> tuple[str, ...]:
    """Return a list whose entries are plain words; raises BadRuleFile when one is a pattern."""
    words = tuple(entry[3:-1] for entry in load_part(part)[name].pattern.split("|"))  # each as (?:word)
    if any(re.escape(word).replace("\\-", "-") != word for word in words):
        raise BadRuleFile(FILE, f"{part}.{name}", "must hold plain words only")
    return words


def read_parts(text: str) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Return the patterns in a file's text, by part and list; raises BadRuleFile."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleFile(FILE, "the file", f"is not valid TOML ({error})") from error
    parts = {}
    for part, lists in data.items():
        parts[part] = MappingProxyType(
            {name: _compile(f"{part}.{name}", name, entries) for name, entries in lists.items()}
        )
    return MappingProxyType(parts)


def _compile(key: str, name: str, entries: object) -> re.Pattern[str]:
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) and entry for entry in entries):
        raise BadRuleFile(FILE, key, "must be a list of patterns")
    try:
        alternatives = "|".join(f"(?:{re.compile(entry).pattern})" for entry in entries)
    except re.error as error:
        raise BadRuleFile(FILE, key, f"is not a regular expression ({error})") from error
    if name in RUNS:
        alternatives = rf"^{BETWEEN}(?:(?:{alternatives}){BETWEEN})+$"
    elif name in WHOLE:
        alternatives = rf"^(?:{alternatives})$"
    return re.compile(alternatives, re.IGNORECASE if name in TEXTS else 0)
