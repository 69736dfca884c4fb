"""The Islamic calendar: the one file that meets `hijridate` (the Umm al-Qura calendar, AH 1343 to 1500).

Where a month began by sighting the moon, the day may differ by one: every reading is marked approximate (~).
"""

from hijridate import Hijri

from archive.description.expressions.calendar import Reading, some_day

FIRST_YEAR, LAST_YEAR = 1343, 1500


def read_hijri(year: int, month: int, day: int | None) -> Reading | None:
    """Return the Gregorian reading of a Hijri day, or of a month when `day` is None; None outside the calendar."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        first = Hijri(year, month, day or 1)
        if day is None:
            last = Hijri(year, month, first.month_length()).to_gregorian()
            return some_day(first.to_gregorian(), last)
        found = first.to_gregorian()
    except (ValueError, OverflowError):
        return None
    return Reading(f"{found.isoformat()}~", found, found)
