"""The title of a report that has none: its opening words, in a cataloguer's square brackets."""

import re

from indexer import StoredReport

OPENING_WORDS = 12
OPENING_PASSAGES = 3  # passages that give a title to a report without one
# A dispatch opens with its dateline, which the line below the title says better.
DISPATCH = re.compile(r"^[^\n]{2,120}?\) -- (?:\[TEXT\] )?")  # LIMA, 3 MAY 89 (RADIO PROGRAMAS) -- [TEXT] Troops …


def title_of(stored: StoredReport) -> str:
    """Return a report's title, supplied where the page gives none."""
    report = stored.report
    if report.title:
        return report.title.value
    return supplied_title(" ".join(passage.text for passage in report.body[:OPENING_PASSAGES]))


def supplied_title(opening: str) -> str:
    """Return a title made of these opening words."""
    words = DISPATCH.sub("", opening).split()
    if not words:
        return "[Untitled]"
    more = "\N{NO-BREAK SPACE}…" if len(words) > OPENING_WORDS else ""
    return f"[{' '.join(words[:OPENING_WORDS])}{more}]"
