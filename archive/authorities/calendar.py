"""Month names of many languages, and the words by which pages tell a day of publication from one of change."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from archive.errors import BadRuleFile

FILE = "calendar.toml"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Month numbers by folded name, and patterns of the words beside a day."""

    months: Mapping[str, int]
    published: re.Pattern[str]
    modified: re.Pattern[str]


@cache
def load_calendar() -> CalendarWords:
    """Return the shipped month names and words; raises BadRuleFile when the file does not validate."""
    return read_calendar((resources.files("archive") / "authorities" / FILE).read_text(encoding="utf-8"))


def read_calendar(text: str) -> CalendarWords:
    """Return the month names and words in a file's text; raises BadRuleFile.

    A name that two languages give to different months (Czech and Croatian `listopad`) is no month at all.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleFile(FILE, "the file", f"is not valid TOML ({error})") from error
    months: dict[str, int] = {}
    doubtful: set[str] = set()
    for language, entries in data.get("months", {}).items():
        if not isinstance(entries, list) or len(entries) != MONTHS:
            raise BadRuleFile(FILE, f"months.{language}", "must list twelve months")
        for number, entry in enumerate(entries, start=1):
            for name in str(entry).casefold().split("/"):
                if months.setdefault(name, number) != number:
                    doubtful.add(name)
    words = data.get("words", {})
    return CalendarWords(
        MappingProxyType({name: number for name, number in months.items() if name not in doubtful}),
        _pattern(words, "published"),
        _pattern(words, "modified"),
    )


def _pattern(words: Mapping[str, object], key: str) -> re.Pattern[str]:
    listed = words.get(key)
    if not isinstance(listed, list) or not listed or not all(isinstance(word, str) and word for word in listed):
        raise BadRuleFile(FILE, f"words.{key}", "must be a list of words")
    alternatives = "|".join(re.escape(word) for word in sorted(listed, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?i)(?<!\w)(?:{alternatives})")
