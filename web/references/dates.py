"""Dates as citation styles write them; what is inferred or doubtful stands in square brackets."""

import re

from web.references.reference import Reference
from web.words import MONTHS, date_in_words

# The day or days before a month and its year: 3 November 2016, 3 or 4 November 2016, 3 to 9 November 2016.
DAYS_FIRST = re.compile(rf"\b(\d{{1,2}}(?: (?:or|to) \d{{1,2}})?) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
MONTH = re.compile("|".join(MONTHS))
ABOUT, PERHAPS = "about ", "perhaps "
UNKNOWN = "n.d."
SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
ABBREVIATED = dict(zip(MONTHS, SHORT_MONTHS, strict=True))


def bracket(words: str, reference: Reference) -> str:
    """Return words about the date in square brackets where the date is inferred or doubtful."""
    return f"[{words}]" if reference.doubtful else words


def say_british(reference: Reference) -> str:
    """Return `3 November 2016`, `[3 or 4 November 2016]`, `[ca. November 2016]`, `n.d.`."""
    words = date_in_words(reference.edtf)
    return bracket(_scholarly(words), reference) if words else UNKNOWN


def say_american(reference: Reference) -> str:
    """Return `November 3, 2016`, `[November 3 or 4, 2016]`."""
    return DAYS_FIRST.sub(_month_first, say_british(reference))


def say_short(reference: Reference) -> str:
    """Return `3 Nov. 2016`."""
    return MONTH.sub(lambda month: ABBREVIATED[month[0]], say_british(reference))


def say_year(reference: Reference) -> str:
    """Return `2016`, `[2016]`, `[2016–2017]`, `n.d.`."""
    return bracket(reference.year, reference) if reference.year else say_british(reference)


def say_year_first(reference: Reference) -> str:
    """Return `2016, November 3` as APA does; a date of another form is said in its own words."""
    day = reference.day
    return f"{day.year}, {MONTHS[day.month - 1]} {day.day}" if day else say_american(reference)


def accessed_british(reference: Reference) -> str:
    """Return the day of reading: `9 March 2026`."""
    day = reference.accessed
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def accessed_american(reference: Reference) -> str:
    """Return the day of reading: `March 9, 2026`."""
    return DAYS_FIRST.sub(_month_first, accessed_british(reference))


def accessed_short(reference: Reference) -> str:
    """Return the day of reading: `9 Mar. 2026`."""
    return MONTH.sub(lambda month: ABBREVIATED[month[0]], accessed_british(reference))


def _scholarly(words: str) -> str:
    """Return `ca. 2016` for about 2016, and `2016?` for perhaps 2016."""
    doubt = words.startswith(PERHAPS)
    return words.removeprefix(PERHAPS).replace(ABOUT, "ca. ") + ("?" if doubt else "")


def _month_first(match: re.Match[str]) -> str:
    days, month, year = match.groups()
    return f"{month} {days}, {year}" if year else f"{month} {days}"
