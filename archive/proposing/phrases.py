"""Patterns from texts: what the lines of several pages share, written as a regular expression."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"([.^$*+?{}\[\]\\|()])")
FIGURES = re.compile(r"\d+")
SEPARATOR = re.compile(r"\s*(?:\s[-–—|»:·]|\|)\s*")  # Village Rebuilds | The Example Gazette
BY = re.compile(r"^(?P<by>By|BY)[ :]+")
LABEL = re.compile(r"^(?P<label>[^:]{2,30}:)\s*(?P<rest>\S.*)?$")  # Media ID: 55000000
IN_PLACE = re.compile(r"(?:,)? in [A-Z][^,.]{1,40}$")
# How a day may be printed, each with the pattern that reads it.
DAYS = (
    r"\d{1,2} [A-Z][a-z]+ \d{4}",  # 3 November 2016
    r"[A-Z][a-z]+ \d{1,2}, \d{4}",  # November 3, 2016
    r"\d{4}-\d{2}-\d{2}",  # 2016-11-03
    r"\d{1,2}/\d{1,2}/\d{4}",  # 03/11/2016
)
CREDITS = (  # how a caption's credit may stand at its end
    r"\[(?P<credit>[^\[\]]+)\]$",
    r"\((?P<credit>(?:AFP|AP|EPA|Reuters|REUTERS|Getty)[^()]*)\)$",
    r"\((?P<credit>[A-Z][^()/]{1,40}/[A-Z][^()/]{1,30})\)$",
    r"(?:Photo|Picture|Image)(?: by)?: (?P<credit>\S.*)$",
)
LONGEST = 200


def escape(text: str) -> str:
    """Return a text as a pattern that matches it, readable: only signs with a meaning are escaped."""
    return SPECIAL.sub(r"\\\1", text)


def exactly(text: str) -> str:
    """Return the pattern of one whole line."""
    return f"^{escape(text)}$"


def with_figures(text: str, group: str | None = None) -> str:
    """Return the pattern of a whole line whose figures change; the first are named when a group is given."""
    pieces = [escape(piece) for piece in FIGURES.split(text)]
    first = rf"(?P<{group}>\d+)" if group else r"\d+"
    named = [pieces[0] + first + pieces[1], *pieces[2:]] if len(pieces) > 1 else pieces
    return "^" + r"\d+".join(named) + "$"


def find_suffix(pairs: Iterable[tuple[str, str]]) -> str | None:
    """Return what each (headline, line with the site's name) pair adds to the headline, when it is one and the same."""
    added = {full[len(headline) :] for headline, full in pairs if full.startswith(headline) and full != headline}
    return added.pop() if len(added) == 1 else None


def suffix_pattern(suffix: str) -> str:
    """Return the pattern of a title's ending, white space left open."""
    return r"\s*" + r"\s+".join(escape(word) for word in suffix.split()) + r"\s*$"


def byline_pattern(lines: Sequence[str]) -> str | None:
    """Return the pattern that reads authors, and where it is printed the place, from all these bylines."""
    if not lines or not all(BY.match(line) for line in lines):
        return None
    place = r"(?:,? in (?P<place>[A-Z][^,.]{1,40}))?" if any(IN_PLACE.search(line) for line in lines) else ""
    day = next((day for day in DAYS if any(re.search(rf"\b{day}\b", line) for line in lines)), None)
    dated = rf"(?:[\s,|•·–-]+{day}.*)?" if day is not None else ""
    return rf"^(?:By|BY)[ :]+(?P<authors>\S.{{1,80}}?){place}{dated}$"


def day_pattern(lines: Sequence[str]) -> str | None:
    """Return the pattern that reads the day in all these lines, whatever stands around it."""
    return next(
        (rf"(?P<date>{day})" for day in DAYS if lines and all(re.search(rf"\b{day}\b", line) for line in lines)), None
    )


def label_pattern(lines: Sequence[str]) -> str | None:
    """Return the pattern of an identifier below its label, when all lines have the same one."""
    labels = {found["label"] if (found := LABEL.match(line)) else None for line in lines}
    label = labels.pop() if len(labels) == 1 else None
    return rf"^{escape(label)}\s*(?P<id>\S+)?$" if label is not None else None


def credit_pattern(lines: Sequence[str]) -> str | None:
    """Return the pattern of the credit that ends most of these captions."""
    counts = Counter(pattern for line in lines for pattern in CREDITS if re.search(pattern, line))
    best, count = next(iter(counts.most_common(1)), ("", 0))
    return best if count * 2 > len(lines) else None


def recurring(pages: Sequence[Iterable[str]]) -> list[str]:
    """Return the lines that stand on every page, in the first page's order; figures may change."""
    keyed = [{FIGURES.sub("0", line): line for line in page if len(line) <= LONGEST} for page in pages]
    shared = set.intersection(*(set(page) for page in keyed)) if len(keyed) > 1 else set()
    return [line for key, line in keyed[0].items() if key in shared] if keyed else []
