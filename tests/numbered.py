"""Made-up pages of the Quillwort Courier with numbers, some of them with the day of publication."""

import datetime as dt
from pathlib import Path

FIRST_DAY = dt.date(1994, 5, 2)
PAGE = """Quillwort Courier - Reporting From Elsewhere

Ferry {number} Sails Again | QUILLWORT COURIER Archive 1991-2017
Select Page
{published}
Media ID: {number}

Ferry {number} has made its first crossing since the war, with eleven passengers, one goat and a crate of plums.

Nobody on the landing stage of ferry {number} could say whether it would sail again, and the goat did not care.
"""


def write_numbered(folder: Path, days: dict[int, int | None]) -> Path:
    """Write a page for each number, its day so many days after the first; None leaves the day out."""
    folder.mkdir()
    for number, after in days.items():
        day = None if after is None else FIRST_DAY + dt.timedelta(days=after)
        published = "" if day is None else f"Published on: {day.day} {day:%B %Y}"
        (folder / f"{number}.txt").write_text(PAGE.format(number=number, published=published), encoding="utf-8")
    return folder
