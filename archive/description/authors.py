"""Reading names out of bylines: what joins them, what is no name, and whether a name is a person's."""

import html
import re
from collections.abc import Iterable

from archive.authorities.bylines import load_byline_words
from archive.model import AuthorKind

LONGEST_NAME = 80
MOST_WORDS = 8
MOST_WORDS_AFTER_COMMA = 4
FEWEST_BEFORE_JOB = 2
TRIMMED = " ,;|·•-–—:\u200b\xa0*"
JOINT = re.compile(  # Jane Roe and John Poe · Jane Roe; John Poe · Jane Roe, John Poe, and Ann Foe
    r"(?P<comma>\s*[,，]\s*(?:(?:and|und|et|y|&)\s+)?)"
    r"|(?P<word>\s+(?:and|AND|And|und|et|y|e|og|och|en|ve|и|\+|with|mit)\s+|\s+&\s*|\s*&\s+|\s*[;/、،]\s*)"
)
TAIL = (
    re.compile(  # Jane Roe | Example News · Jane Roe • 3 November 2016 · Jane Roe on May 2 · Jane Roe for the Example
        r"\s*[|•·⋅×▪●].*$|\s+[–—-]\s+.*$|\s+(?:on|at|for|published|updated|posted|last updated)\b\s+.*$"
        r"|\s*(?:Published|Updated|Posted|Last updated|View)\b.*$|\s*\(?\b\d{1,2}[./ ].*$|\s*@\w+.*$"
        r"|\s+[A-ZÀ-Ý][a-zà-ÿ]{2,8}\.? \d{1,2}\b.*$",
    )
)
DANGLING = re.compile(r"\s+(?:am|on|at|le|el|il|den|vom|um|in|the)$")  # Jane Roe am (20.09.2020)
URL = re.compile(r"https?:\S+")
ADDRESS = re.compile(r"www\.|\w@\w|\{\{|\}\}|<|%\w|\$\{")
TEMPLATE = re.compile(r"(?i)(?:^|\.)(?:page|head|author|user|site|post|meta)\.\w")  # page.head.author
NUMBER = re.compile(r"^[\d\W_]+$")
DAY = re.compile(r"^[^\W\d_]{3,9}\.? \d{1,2}$")  # Feb 11
ACRONYM = re.compile(r"^[A-Z]{2,5}$")  # FWS: an agency in capitals, not a person
CAPITAL = re.compile(r"[^\W\d_]")
BRACKETED = re.compile(r"\s*\([^()]*\)$")


def read_authors(text: str, *, printed: bool = False) -> tuple[str, ...]:
    """Return the names in a byline or a stated author, without what introduces them, jobs and dates.

    Qualifications stay with their name (`Jane Roe, MD`); placeholders, addresses and numbers are no names. In text
    `printed` on the page a job may stand right behind a name.
    """
    words = load_byline_words()
    text = " ".join(URL.sub(" ", html.unescape(html.unescape(text))).split()).strip(TRIMMED)
    while (lead := words.lead_in.match(text)) is not None and lead.end() < len(text):
        text = text[lead.end() :]
    if ADDRESS.search(text):
        return ()
    names = _pieces(DANGLING.sub("", TAIL.sub("", text)), printed=printed)
    return tuple(dict.fromkeys(name for name in (one.strip(TRIMMED) for one in names) if is_name(name)))


def split_authors(text: str) -> tuple[str, ...]:
    """Return the names that a byline joins by commas, semicolons, `and` or `&`, each with its qualifications."""
    names: list[str] = []
    for _, piece in _split(text):
        if names and _is_credential(piece):
            names[-1] = f"{names[-1]}, {piece}"
        elif piece:
            names.append(piece)
    return tuple(names)


def is_name(text: str) -> bool:
    """Tell whether a text can be a name at all: letters, not long, no address, no template, no placeholder."""
    if not text or len(text) > LONGEST_NAME or len(text.split()) > MOST_WORDS:
        return False
    if DAY.match(text) or ADDRESS.search(text) or TEMPLATE.search(text) or NUMBER.match(text) or ":" in text:
        return False
    return text.casefold().strip(" .") not in load_byline_words().placeholders and CAPITAL.search(text) is not None


def tell_kind(name: str, outlet: str | None = None) -> AuthorKind:
    """Return whether a name in a byline is a person's or an organisation's."""
    words = load_byline_words()
    if name.casefold() in words.agencies or (outlet is not None and name.casefold() in outlet.casefold()):
        return "organisation"
    return "organisation" if words.organisation.search(name) or ACRONYM.match(name) else "person"


def fold_name(name: str) -> str:
    """Return a name's letters alone, folded, for telling whether two are the same."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def same_names(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether two lists hold the same names."""
    return set(map(fold_name, left)) == set(map(fold_name, right))


def _pieces(text: str, *, printed: bool) -> list[str]:
    """Return the names of a series; after a job or a description, commas go on describing and only `and` resumes."""
    words = load_byline_words()
    names: list[str] = []
    described = False
    for by_comma, piece in _split(text):
        if names and by_comma and _is_credential(piece):
            names[-1] = f"{names[-1]}, {piece}"
        elif not names:
            names.append(_cut_job(piece) if printed else piece)
            described = names[0] != piece
        elif by_comma:
            long = len(piece.split()) > MOST_WORDS_AFTER_COMMA or piece[:1].islower()
            described = described or long or words.job.search(piece) is not None
            names.extend([] if described else [piece])
        elif not described or (" " in piece and tell_kind(piece) == "person" and not words.job.search(piece)):
            names.append(_cut_job(piece) if printed else piece)
            described = names[-1] != piece
    return names


def _split(text: str) -> list[tuple[bool, str]]:
    """Return the pieces of a series, each with whether a comma stands before it."""
    pieces = []
    start, by_comma = 0, False
    for joint in JOINT.finditer(text):
        if joint.start() > start:
            pieces.append((by_comma, text[start : joint.start()]))
        start, by_comma = joint.end(), joint["comma"] is not None
    return [*pieces, (by_comma, text[start:])] if start < len(text) else pieces


def _cut_job(name: str) -> str:
    """Return a name without the job printed right behind it: Jane Roe Senior Reporter."""
    job = load_byline_words().job.search(name)
    if job is None or "(" in name[: job.start()] or len(name[: job.start()].split()) < FEWEST_BEFORE_JOB:
        return name
    return name[: job.start()]


def _is_credential(piece: str) -> bool:
    tokens = piece.split()
    return bool(tokens) and all(token.casefold().strip(".") in load_byline_words().credentials for token in tokens)
