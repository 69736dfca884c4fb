"""How dates, counts and the archive's own terms are said to a reader."""

import re
from collections.abc import Mapping, Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

DAY = re.compile(r"(\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?([~?%]?)")  # 2016-11-03, 2016-11, 2016~, 2016-XX-XX
DECADE = re.compile(r"(\d{3})X([~?%]?)")  # 199X
ONE_OF = re.compile(r"\[([^\],]*)(?:\.\.)([^\],]*)\]")  # [2016-11-03..2016-11-04], [..2016-11-03]
CHOICE = re.compile(r"\[([^\].]+,[^\].]+)\]")  # [2016-11-03,2017-01-24], [1990,1991,1992]
INTERVAL = re.compile(r"([^/]*)/([^/]*)")  # 2016-11-03/2016-11-10, 2016/..
NO_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")  # XXXX-01-24
SEASON = re.compile(r"(\d{4})-(2[1-4])")  # 2014-22
PAIR = 2
SEASONS = ("spring", "summer", "autumn", "winter")
DOUBT: Mapping[str, str] = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}

BASIS_WORDS: Mapping[str, str] = {
    "printed": "printed on the page",
    "metadata": "in the page's metadata",
    "inferred": "inferred",
    "person": "a person's word",
}
# Where on the page a value stands; the page's metadata says so by its basis.
ZONE_WORDS: Mapping[str, str] = {
    "title": "title",
    "byline": "byline",
    "dateline": "dateline",
    "caption": "caption",
    "body": "text",
    "comments": "readers' comments",
    "url": "web address",
    "container": "where it came from",
    "import": "said at the import",
}
# How a date was reasoned, by the end of the rule's name: what its evidence allows, and why.
REASONS: Mapping[str, str] = {
    "published/address": "the day in the page's own address",
    "published/captured": "the day the page was saved, which it is not later than",
    "published/caption-date": "the day of a picture, which the page is not earlier than",
    "published/body-date": "a day that the text tells of as past",
    "published/weekday": "the weekdays of the news, counted on from the picture's day",
    "published/media-order": "a dated report of the same outlet, whose Media IDs follow its days",
    "/published": "the years of the outlet's archive",
    "places/main-title": "named in the title",
    "places/main-score": "named most in what the report says",
    "places/main-country": "the country named most, with the places in it",
    "places/main-around": "the country of the places named most",
    "places/demonym": "a word for its people",
    "places/abbreviation": "written short",
}
KIND_WORDS: Mapping[str, str] = {
    "identifier": "identifier",
    "section": "section line",
    "date": "date line",
    "sharing": "sharing buttons",
    "related": "related items",
    "advert": "advertisement",
    "listing": "list of other items",
    "repeated": "repeated text",
    "consent": "consent notice",
    "footer": "foot of the page",
    "other": "not part of the report",
    "comment": "reader's comment",
}
OUTCOME_WORDS: Mapping[str, str] = {
    "imported": "new reports",
    "unchanged": "unchanged",
    "updated": "updated",
    "duplicate": "duplicates",
    "listing": "listing pages",
    "withdrawn": "withdrawn before, and not taken in",
    "quarantined": "in quarantine",
    "skipped": "skipped",
}
ENDED_WORDS: Mapping[str | None, str] = {
    "success": "finished",
    "interrupted": "interrupted",
    "failure": "ended by a fault",
    None: "not finished",
}
CERTAINTY: Mapping[str, str] = {"stated": "", "inferred": "inferred", "unknown": "no date given"}
CERTAINTY_IN_FULL: Mapping[str, str] = {
    "stated": "as the page states it",
    "inferred": "inferred; the page does not state it",
    "unknown": "the page gives no date we can rely on",
    "by a person": "a person’s word",
}


def reason(rule: str) -> str | None:
    """Return what a rule goes by in words; None for the many whose quotation says it."""
    if rule.startswith("collection/"):
        return "what its collection means by the name" if rule.endswith("/places") else "the years of its collection"
    return REASONS.get(rule) or (REASONS["/published"] if rule.endswith("/published") else None)


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 report`, `1,305 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join_words(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: `A`, `A and B`, `A, B and C`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def direction(language: str | None) -> str:
    """Return the writing direction for the `dir` attribute; `auto` when the language is not known."""
    if language is None:
        return "auto"
    return "rtl" if language.split("-")[0].lower() in RTL_LANGUAGES else "ltr"


def date_in_words(edtf: str | None) -> str | None:
    """Return an EDTF date as a reader would say it; what we cannot say is returned as written."""
    if not edtf:
        return None
    return (
        _no_year(edtf)
        or _season(edtf)
        or _day(edtf)
        or _decade(edtf)
        or _one_of(edtf)
        or _choice(edtf)
        or _interval(edtf)
        or edtf
    )


def _day(edtf: str) -> str | None:
    match = DAY.fullmatch(edtf)
    if match is None:
        return None
    year, month, day, doubt = match.groups()
    parts = [year]
    if month and month != "XX":
        if not 1 <= int(month) <= len(MONTHS):
            return None
        parts.insert(0, MONTHS[int(month) - 1])
        if day and day != "XX":
            parts.insert(0, str(int(day)))
    return DOUBT[doubt] + " ".join(parts)


def _no_year(edtf: str) -> str | None:
    match = NO_YEAR.fullmatch(edtf)
    if match is None or not 1 <= int(match[1]) <= len(MONTHS):
        return None
    day = f"{int(match[2])} " if match[2] else ""
    return f"{day}{MONTHS[int(match[1]) - 1]}, year not given"


def _season(edtf: str) -> str | None:
    match = SEASON.fullmatch(edtf)
    return f"{SEASONS[int(match[2]) - 21]} {match[1]}" if match else None


def _decade(edtf: str) -> str | None:
    match = DECADE.fullmatch(edtf)
    return f"{DOUBT[match[2]]}the {match[1]}0s" if match else None


def _one_of(edtf: str) -> str | None:
    match = ONE_OF.fullmatch(edtf)
    if match is None:
        return None
    first, last = _day(match[1]), _day(match[2])
    if first and last:
        return _shared_tail(first, last, "or") if _adjacent(match[1], match[2]) else f"between {first} and {last}"
    if last and not match[1]:
        return f"on or before {last}"
    return f"on or after {first}" if first and not match[2] else None


def _choice(edtf: str) -> str | None:
    match = CHOICE.fullmatch(edtf)
    if match is None:
        return None
    days = [_day(part.strip()) for part in match[1].split(",")]
    said = [day for day in days if day]
    if len(said) < len(days):
        return None
    return _shared_tail(said[0], said[1], "or") if len(said) == PAIR else f"{', '.join(said[:-1])} or {said[-1]}"


def _interval(edtf: str) -> str | None:
    match = INTERVAL.fullmatch(edtf)
    if match is None:
        return None
    first, last = _day(match[1]), _day(match[2])
    if first and last:
        return _shared_tail(first, last, "to")
    if last and match[1] in {"", ".."}:
        return f"until {last}"
    return f"from {first}" if first and match[2] in {"", ".."} else None


def _adjacent(first: str, last: str) -> bool:
    """Say whether two ISO days of one month follow each other."""
    same_month = len(first) == len(last) == len("2016-11-03") and first[:8] == last[:8]
    return same_month and int(last[8:]) - int(first[8:]) == 1


def _shared_tail(first: str, last: str, joiner: str) -> str:
    """Return two dates without saying a shared month and year twice: `3 or 4 November 2016`."""
    left, right = first.split(), last.split()
    shared = len(left) > 1 and left[1:] == right[1:]
    return f"{left[0] if shared else first} {joiner} {last}"
