"""What a rule is: a pattern, the kind of word that calls for it, and the reader of what it met."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from archive.description.expressions.calendar import EARLY, LATE, MID, Reading
from archive.description.expressions.names import ENGLISH_MONTHS, HIJRI_MONTHS, MONTHS, WEEKDAYS, any_of
from archive.openings import BLANK, list_openings
from archive.wording import WORD

# The kinds of word that can belong to a date; a rule is tried only near the words it needs.
Trigger = Literal["month", "hijri", "weekday", "number", "season", "day-word", "ago", "unit", "weekend"]
Reader = Callable[[re.Match[str], dt.date | None], Reading | None]

MONTH = any_of(MONTHS)
ENGLISH_MONTH = any_of(ENGLISH_MONTHS)
WEEKDAY = any_of(WEEKDAYS)
HIJRI_MONTH = any_of(HIJRI_MONTHS)
SHORT_WEEKDAY = "(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
DAY = r"\d{1,2}(?:st|nd|rd|th|d|er|º)?(?!\w)"
# A year of four figures that is not part of a greater number and counts nothing.
COUNTED = r"(?:people|persons|men|women|children|troops?|soldiers|fighters|militants|extremists|civilians|dead|wounded)"
YEAR = rf"(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d|[-–]\w|\s*(?:%|per\s?cent\b)|\s+{COUNTED}\b)"
PARTS = {
    "early": EARLY, "beginning of": EARLY, "start of": EARLY,
    "mid": MID, "middle of": MID,
    "late": LATE, "end of": LATE,
}  # fmt: skip
PART = r"(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of)"
# How many a word says; 0 is more than one and less than many.
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2,
    "several": 0, "few": 0, "a few": 0, "some": 0,
}  # fmt: skip
SPOKEN_FUTURE = re.compile(
    r"\b(?:will|would|shall|next|coming|scheduled|due|expected|planned|plans?|planning|set\s+to|is\s+to|are\s+to"
    r"|upcoming|ahead\s+of|deadline)\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
# One of these stands in all that SPOKEN_FUTURE meets.
FUTURE_PARTS = (
    "will",
    "would",
    "shall",
    "next",
    "coming",
    "due",
    "plan",
    "to",
    "ahead",
    "deadline",
    "expected",
    "sched",
)
LOOK_BACK = 90
LONGEST_OPENING = 3  # signs of a word that tell which forms may begin with it
FAR = 99  # words


@dataclass(frozen=True, slots=True)
class DateRule:
    """One form of date; the comment beside each pattern is a line it meets.

    The rest says where not to try the pattern, which takes long: it needs so `many` of its words near each other and
    one of the kind `also`, and it `begins` with its word or with one of the `openings`. Unless it is `glued`, a match
    holds one of its words between blanks or signs, so many words behind its first at most (`reach`).
    """

    name: str
    needs: Trigger
    pattern: re.Pattern[str]
    read: Reader
    many: int = 1
    begins: bool = False
    openings: frozenset[str] = frozenset()
    glued: bool = False
    reach: int = FAR
    also: Trigger | None = None


def rule(
    name: str,
    needs: Trigger,
    pattern: str,
    read: Reader,
    *,
    many: int = 1,
    begins: bool = False,
    glued: bool = False,
    reach: int = FAR,
    also: Trigger | None = None,
) -> DateRule:
    """Return a rule whose pattern ignores case and begins and ends between words."""
    compiled = re.compile(rf"(?<![\w.,'’-])(?:{pattern})(?!\w)", re.IGNORECASE)
    openings = frozenset(map(_cut_at_word, list_openings(pattern, LONGEST_OPENING)))
    return DateRule(name, needs, compiled, read, many, begins, openings, glued, reach, also)


def _cut_at_word(opening: str) -> str:
    """Return the first word of an opening, a blank behind it where it ends within the opening."""
    word = WORD.match(opening)
    return "" if word is None else opening if word[0] == opening else word[0] + BLANK


def part_named(printed: str) -> str:
    """Return which third of a month or year words like `the end of` name."""
    return PARTS[" ".join(printed.lower().removeprefix("the").split())]


def is_ahead(match: re.Match[str]) -> bool:
    """Tell whether the words before speak of what is to come: will, is due, is scheduled."""
    before = match.string[max(0, match.start() - LOOK_BACK) : match.start()]
    return any(map(before.lower().__contains__, FUTURE_PARTS)) and SPOKEN_FUTURE.search(before) is not None


def words_around(match: re.Match[str]) -> str:
    """Return the match with the words near it, which is all a rule may look at: texts can be long."""
    return match.string[max(0, match.start() - LOOK_BACK) : match.end() + LOOK_BACK]


def is_alone(match: re.Match[str]) -> bool:
    """Tell whether the match is all the text there is."""
    return words_around(match).strip() == match[0] and match.start() < LOOK_BACK > len(match.string) - match.end()
