"""The headline of a page whose outlet we do not know: a vote between what the page prints and what its head states.

The printed heading, a news article's JSON-LD and the page's cards and title tag (one voice, written for search
engines) each have a vote. Texts that differ only in marks, case or the site's own name are the same text. A printed
heading is outvoted only when the others agree with each other and not with it.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.cleaning.markup import Markup, Meta
from archive.model import Basis, Block, Span

LONGEST = 300  # code points; what is longer is no headline
FEWEST_LETTERS = 3
HEADING_VOTE = 1.5  # above what the cards and the title tag say together: those are written for search engines
LABEL_VOTE = 0.5  # a lone h1 of one or two words, or a lesser heading that calls itself the headline
NAMED_VOTE = 0.7  # a lesser heading that the head names
LABEL_WORDS = 2
AGAIN_VOTE = 0.2  # a second statement by the same voice
TITLE_TAG_VOTE = 0.4  # a title tag that says something else than the cards, or a word or two that may be the site's
SHARE_VOTE = 0.3
LATER = 0.05  # of equal headings the first one counts
LONGEST_LATER = 6

STRONG = re.compile(r"\s*(?:\||::|»|›|•|\u2009·|\s·\s|--)\s*")  # Village Rebuilds | The Example Gazette
WEAK = re.compile(r"\s+[-–—:]\s+|,\s+")  # Village Rebuilds - The Example Gazette
SEPARATOR = re.compile(f"{STRONG.pattern}|{WEAK.pattern}")
BRACKETED_END = re.compile(r"\s+\([^()]{2,60}\)$")  # The Harbour Problem (Jane Roe)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
NO_LETTER = re.compile(r"[\W_]+")
SMALL = bytes(range(256)).lower()
NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
WITHIN_HEADING = 2  # frames between a text and its h1
HEADLINE_SIGN = re.compile(r"\b(?:headline|(?:entry|post|article|page)-?_{0,2}-?title)\b")
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
ELSEWHERE = frozenset({"nav", "footer", "aside", "li"})
CARDS = ("og:title", "twitter:title")
OTHER_NAMES = ("headline", "dc.title", "dcterms.title", "citation_title", "parsely-title", "title")
SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher", "apple-mobile-web-app-title")
HOST = re.compile(r"^(?:https?:)?//(?:www\.)?([^/:?#]+)")  # https://www.example.org/2016/story
IDENTIFIER = re.compile(r"^[\w.-]*\d[\w.-]*$")  # DISPATCH-0005: a number is no headline


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline and the numbers of the blocks that print it, or stand in its place when only the head has it."""

    value: str
    printed: str
    rule: str
    basis: Basis
    span: Span | None
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Statement:
    """One statement of the head: its ways of being cut, most likely first, and whether it is the newsroom's own."""

    stated: Meta
    forms: tuple[str, ...]
    keys: tuple[str, ...]
    newsroom: bool
    votes: float = 1.0


@dataclass(slots=True)
class _Candidate:
    """One text that may be the headline, with the voices for it."""

    text: str
    blocks: tuple[int, ...] = ()
    heading: float = 0.0
    share: float = 0.0
    stated: Meta | None = None
    newsroom: int = 0
    cards: float = 0.0

    def votes(self) -> float:
        """Return the sum of its voices."""
        return self.heading + self.share + _voice(self.newsroom) + _voice(self.cards)


def _voice(count: float) -> float:
    """Return the weight of one voice that speaks `count` times."""
    return min(count, 1.0) + AGAIN_VOTE * max(count - 1, 0)


def find_headline(markup: Markup) -> Headline | None:
    """Return the page's headline, None when neither its text nor its head has one."""
    sites = site_keys(markup)
    statements = tuple(_statements(markup, sites))
    candidates = _headings(markup, sites, {key for one in statements for key in one.keys})
    firsts = [one.keys[0] for one in statements]
    for statement in statements:
        _add_statement(candidates, statement, firsts)
    _find_printed(markup, candidates)
    _add_shares(candidates)
    best = max(candidates.values(), key=_Candidate.votes, default=None)
    return None if best is None or best.votes() <= 0 else _conclude(markup, best, candidates)


def letters(text: str) -> str:
    """Return a text's letters and figures alone, folded, for comparing what marks and case may change."""
    if text.isascii():
        return text.encode().translate(SMALL, NO_ASCII_LETTERS).decode()
    return NO_LETTER.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold())


def clean_words(text: str) -> str:
    """Return a text without invisible marks (soft hyphens, zero-width spaces), white space folded."""
    return " ".join(INVISIBLE.sub("", text).split())


def _conclude(markup: Markup, best: _Candidate, candidates: dict[str, _Candidate]) -> Headline:
    if best.blocks:
        first, last = markup.blocks[best.blocks[0]], markup.blocks[best.blocks[-1]]
        printed = " ".join(markup.blocks[n].text for n in best.blocks)
        # A kicker and a headline set apart by type alone lose their colon in text; the head's statement has kept it.
        joined = best.stated is not None and ": " in best.text and (": " not in printed or " : " in printed)
        value = best.text if joined else printed
        span = Span(first.span.start, last.span.end)
        return Headline(clean_words(value), printed, "generic/title", "printed", span, best.blocks)
    headings = [one for one in candidates.values() if one.blocks and one.heading >= LABEL_VOTE]
    shown = max(headings, key=_Candidate.votes).blocks if headings else ()
    stated = best.stated or Meta("title", best.text, None)
    return Headline(clean_words(best.text), stated.value, f"head/{stated.name}", "metadata", stated.span, shown)


def _statements(markup: Markup, sites: frozenset[str]) -> Iterator[_Statement]:
    """Yield what the head states, in the order of trust."""
    for item in markup.json_ld:
        headline = item.get("headline")
        if isinstance(headline, str) and headline.strip():
            yield from _statement(
                Meta("json-ld-headline", headline, None), sites, newsroom="News" in str(item.get("@type"))
            )
            break
    card = markup.meta(*CARDS) or markup.meta(*OTHER_NAMES)
    spoken = list(_statement(card, sites)) if card is not None and not _is_identifier(markup, card) else []
    yield from spoken
    if markup.head_title is not None and not _is_identifier(markup, markup.head_title):
        for one in _statement(markup.head_title, sites):
            alone = bool(spoken) and not set(one.keys) & set(spoken[0].keys)
            yield replace(one, votes=TITLE_TAG_VOTE) if alone else one


def _statement(stated: Meta, sites: frozenset[str], *, newsroom: bool = False) -> Iterator[_Statement]:
    forms = _forms(stated, sites)
    if forms:
        yield _Statement(stated, forms, tuple(letters(form) for form in forms), newsroom)


def _is_identifier(markup: Markup, stated: Meta) -> bool:
    identifier = markup.meta("dc.identifier")
    return IDENTIFIER.match(stated.value) is not None or (identifier is not None and stated.value == identifier.value)


def _forms(stated: Meta, sites: frozenset[str]) -> tuple[str, ...]:
    """Return the ways to cut a statement, most likely first; the site's own name is never part of a headline."""
    text = clean_words(html.unescape(html.unescape(stated.value)))[:LONGEST]
    cuts = [(found.start(), found.end()) for found in SEPARATOR.finditer(text)]
    start, end = 0, len(text)
    for left, right in reversed(cuts):  # … | The Example Gazette
        if right < end and _names_site(text[right:end], sites):
            end = left
    for left, right in cuts:  # Example Gazette | …
        if left > start and right < end and _names_site(text[start:left], sites):
            start = right
    if start == 0 and end == len(text) and (strong := list(STRONG.finditer(text))):
        before, after = text[: strong[-1].start()], text[strong[0].end() :]
        label = len(before.split()) <= LABEL_WORDS and len(after.split()) > LABEL_WORDS * 2
        whole = after if label else before
    else:
        whole = text[start:end]
    inner = [(left, right) for left, right in cuts if start < left and right < end]
    pieces = [whole, text, *(text[start:left] for left, _ in inner), *(text[right:end] for _, right in inner)]
    pieces.append(BRACKETED_END.sub("", whole))
    return tuple(piece for piece in dict.fromkeys(pieces) if len(letters(piece)) >= FEWEST_LETTERS)


def _names_site(part: str, sites: frozenset[str]) -> bool:
    key = letters(part)
    return not key or key in sites


def _add_statement(candidates: dict[str, _Candidate], statement: _Statement, firsts: Sequence[str]) -> None:
    """Add one voice to the text it supports: a printed heading, what another statement says, else its first form."""
    keys = statement.keys
    chosen = next((n for n, key in enumerate(keys) if key in candidates and candidates[key].heading), None)
    if chosen is None:
        chosen = next((n for n, key in enumerate(keys) if key in firsts and (n == 0 or firsts.count(key) > 1)), 0)
        chosen = chosen if chosen or not keys[1:] else next((n for n, key in enumerate(keys) if n and key in firsts), 0)
    candidate = candidates.setdefault(keys[chosen], _Candidate(statement.forms[chosen]))
    if candidate.stated is None or (":" in statement.forms[chosen] and ":" not in candidate.text):
        candidate.stated, candidate.text = statement.stated, statement.forms[chosen]
    if statement.newsroom:
        candidate.newsroom += 1
    else:
        label = len(candidate.text.split()) <= LABEL_WORDS and not _is_unspaced(candidate.text)
        candidate.cards += min(statement.votes, TITLE_TAG_VOTE) if label else statement.votes


def _headings(markup: Markup, sites: frozenset[str], named: set[str]) -> dict[str, _Candidate]:
    """Return by their letters the h1 elements, and lesser headings that the head names or that call themselves so."""
    found: dict[str, _Candidate] = {}
    for order, numbers in enumerate(_h1_blocks(markup)):
        texts = [markup.blocks[n].text for n in numbers]
        pieces = [(numbers, " ".join(texts)), *(((n,), markup.blocks[n].text) for n in numbers if texts[1:])]
        for blocks, text in pieces:
            key = letters(text)
            if len(key) < FEWEST_LETTERS or key in sites or len(text) > LONGEST:
                continue
            vote = HEADING_VOTE if len(text.split()) > LABEL_WORDS or _is_unspaced(text) else LABEL_VOTE
            late = LATER * min(order, LONGEST_LATER) + (LATER if blocks is not numbers else 0)
            found.setdefault(key, _Candidate(text, tuple(blocks), vote - late))
    for n, block in enumerate(markup.blocks):
        if (
            block.tag in HEADINGS
            and block.tag != "h1"
            and letters(block.text) in named
            and not _is_elsewhere(markup, block)
        ):
            found.setdefault(letters(block.text), _Candidate(block.text, (n,), NAMED_VOTE))
    for sign in markup.signs:
        if sign.text and HEADLINE_SIGN.search(sign.hints) and sign.tag in HEADINGS and sign.block < len(markup.blocks):
            key = letters(sign.text)
            if len(key) >= FEWEST_LETTERS and key not in sites:
                late = LATER * min(len(found), LONGEST_LATER)
                found.setdefault(key, _Candidate(sign.text, (sign.block,), LABEL_VOTE - late))
    return found


def _h1_blocks(markup: Markup) -> Iterator[tuple[int, ...]]:
    """Yield the block numbers of each h1 element."""
    inside: dict[int, int] = {}
    for number, frame in enumerate(markup.frames):
        if frame.tag == "h1":
            inside.update(dict.fromkeys(_frames_within(markup, number), number))
    numbers = [n for n, block in enumerate(markup.blocks) if block.frame in inside] if inside else []
    for _, group in groupby(enumerate(numbers), lambda one: (one[1] - one[0], inside[markup.blocks[one[1]].frame])):
        yield tuple(n for _, n in group)


def _frames_within(markup: Markup, top: int) -> Iterator[int]:
    """Yield a frame and those inside it, a few steps deep."""
    depths = {top: 0}
    yield top
    for number in range(top + 1, len(markup.frames)):  # by number: a slice would copy all frames for each heading
        parent = markup.frames[number].parent
        if parent not in depths:
            break
        depths[number] = depths[parent] + 1
        if depths[number] <= WITHIN_HEADING:
            yield number


def _is_unspaced(text: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in text)


def _is_elsewhere(markup: Markup, block: Block) -> bool:
    return any(frame.tag in ELSEWHERE for frame in markup.ancestors(block.frame))


def _find_printed(markup: Markup, candidates: dict[str, _Candidate]) -> None:
    """Note where a text that only the head states so far is printed after all, outside menus."""
    wanted = {key: one for key, one in candidates.items() if not one.blocks}
    if not wanted:
        return
    shortest, longest = min(map(len, wanted)), max(len(one.text) for one in wanted.values()) * 2
    for n, block in enumerate(markup.blocks):
        length = len(block.text)
        if length > longest or (length < shortest and block.text.isascii()):  # folded, some signs become several
            continue
        candidate = wanted.get(letters(block.text))
        if candidate is not None and not candidate.blocks and not _is_elsewhere(markup, block):
            candidate.blocks, candidate.heading = (n,), LATER


def _add_shares(candidates: dict[str, _Candidate]) -> None:
    """Let a heading that says nearly what the head states count more than one that says something else."""
    stated = [set(one.text.casefold().split()) for one in candidates.values() if one.stated is not None]
    for one in candidates.values():
        if one.blocks and one.stated is None:
            words = set(one.text.casefold().split())
            one.share = SHARE_VOTE * max((len(words & other) / len(words | other) for other in stated), default=0.0)


def site_keys(markup: Markup) -> frozenset[str]:
    """Return the letters of the names the site goes by."""
    names = [meta.value for name in SITE_NAMES if (meta := markup.meta(name)) is not None]
    for item in markup.json_ld:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str):
            names.append(html.unescape(name))
    url = markup.canonical or (stated.value if (stated := markup.meta("og:url")) is not None else "")
    host = HOST.match(url)
    if host is not None:
        labels = host[1].split(".")
        names.extend([host[1], "www." + host[1], *labels[:-1], ".".join(labels[-2:])])
    return frozenset(filter(None, map(letters, names)))
