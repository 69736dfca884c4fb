"""Pages that list reports and are none themselves: tags, sections, search results, front pages.

Two things tell them: what the page says of itself, and how it is built, many headlines with a few words each and no
stretch of prose. A long stretch of prose always speaks for a report, unless an outlet's own rule says otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from archive.cleaning.markup import Markup
from archive.cleaning.prose_lines import count_words
from archive.model import Block
from archive.rules import Listing, OutletRules

# How a teaser breaks off: The bridge reopened on Monday …   and the road [...] Read more »
CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*(?:(?i:read more|continue reading|more|full story|weiterlesen|lire la suite"
    r"|leer m[aá]s)\b.{0,80})?$|(?i:\b(?:read more|continue reading|full story))\b\W*$"
)
CUT_WORDS = ("read more", "continue reading", "full story")
# What listing pages call themselves, and no report does: Search results for   Tag Archives   Iraq Archives - Gazette
SELF_NAMED = re.compile(
    r"(?i)^\W*(?:search results?\b|results? for\b|you searched for\b|(?:archives? for|posts? tagged|articles? tagged"
    r"|stories tagged|browsing (?:category|tag))\b|(?:tag|category|daily|monthly|yearly|author) archives?\b"
    r"|all (?:stories|articles|posts) (?:by|tagged)\b|suchergebnisse?\b|résultats? (?:de la recherche|pour)\b"
    r"|resultados (?:de|para)\b)|^.{2,60}\barchives?\s+[-–—|»]|\bpage \d+ of \d+\b"
)
# The same in a headline or title tag only, since reports print it as their own label: Category: Iraq
LABELLED = re.compile(r"(?i)^\W*(?:tag|category|topic|author|section)\s*[:»]\s*\S")
IDENTIFIER = re.compile(r"(?i)^(?:media id|caption|photo id)\b\s*:?\s*\S{0,20}$")  # Media ID: 55000000   Caption:
ENDS = frozenset(".!?…。！？؟")
CLOSING = "\"'”’)]»"
TEASER_ENDS = ("…", "...", "[…]", "[...]", "ead more", "reading", "story")
TEMPLATE_CLASSES = frozenset({"archive", "category", "tag", "search", "search-results", "blog", "post-type-archive"})
ARTICLE_CLASSES = re.compile(r"(?:^|\s)(?:single|single-post|postid-\d+|article-page|page-template\S*)(?:\s|$)")
LISTING_TYPES = frozenset({"collectionpage", "searchresultspage", "itemlist"})
ARTICLE_TYPE = re.compile(r"(?:article|posting|report)$")  # NewsArticle, BlogPosting
FRONT = re.compile(r"^/?(?:(?:index|default|home)(?:\.\w+)?/?)?$|^/[a-z]{2}(?:[-_][a-z]{2})?/?$", re.IGNORECASE)

TOP_LINES = 15  # a text page says what it is in its first lines
PROSE_WORDS, TEASER_WORDS = 8, 60
HEADLINE_WORDS = range(4, 26)
MOSTLY_LINK = 0.8
MOSTLY_LINKS = 0.6
LONG_LINE = 60  # characters
LONG_PROSE = 150  # words in one stretch: a report, whatever the page calls itself
SOME_PROSE = 60  # words in one stretch: a teaser or two
FEW_HEADLINES, MANY_HEADLINES, MANY_TEASERS, MANY_PAIRS = 3, 10, 4, 6
PAIRED = 0.4
REACH = 4  # blocks from a headline to its teaser, and on to the next headline

RULES: Mapping[str, str] = {
    "listing/named": "The page calls itself a list: a tag, a section, an archive, search results.",
    "listing/template": "The page's markup says that its template lists reports.",
    "listing/front": "The page is its site's front page: the root of its address, and headlines.",
    "listing/teasers": "Several teasers that break off, and no stretch of prose.",
    "listing/pairs": "Headlines with a few words each, again and again, and no stretch of prose.",
    "listing/links": "Headlines that are links, and not one sentence.",
    "listing/identifiers": "Several picture numbers or captions with teasers, and no stretch of prose.",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page is built.

    `headlines` are linked lines of a headline's length (in plain text: such lines without a full stop), `teasers`
    lines that break off, `pairs` headlines with a few words below and the next headline soon after, `identifiers`
    picture numbers, `longest` the words of the longest stretch of prose that no headline interrupts, `unbroken` the
    same where in plain text every such line interrupts, though it may be a subhead. `linked` is the part of the
    page's text that is links, 0 in plain text.
    """

    headlines: int
    teasers: int
    pairs: int
    identifiers: int
    longest: int
    unbroken: int
    linked: float


def find_listing(
    blocks: Sequence[Block], markup: Markup | None, urls: Sequence[str], outlet: OutletRules | None
) -> str | None:
    """Return the rule by which a page is a listing, None when it may be a report.

    `urls` are the page's own addresses. The outlet's rules come first and need no further sign.
    """
    own = next(_own_rules(blocks, markup, urls, outlet), None)
    if own is not None or (markup is not None and markup.meta("article:published_time") is not None):
        return own
    html = markup is not None
    if not html and _is_plainly_text(blocks):
        return None
    # Some sites call every page an article; so this speaks against a page's shape only, not against its own word.
    article = _says_article(markup)
    if article and _name_itself(blocks, markup) is None:
        return None
    shape = measure(blocks, html=html)
    if shape.unbroken < LONG_PROSE and shape.headlines + shape.teasers >= FEW_HEADLINES:
        own = _name_itself(blocks, markup)
        if own is not None:
            return own
    if article or shape.longest >= LONG_PROSE:
        return None
    return _judge_shape(shape, urls, html=html)


def _is_plainly_text(blocks: Sequence[Block]) -> bool:
    """Tell by a glance whether some lines in a row hold a long stretch of prose; most pages need no closer look."""
    run = 0
    for block in blocks:
        run = run + block.text.count(" ") if len(block.text) >= LONG_LINE and _ends(block.text) else 0
        if run >= LONG_PROSE:
            return True
    return False


def _ends(text: str) -> bool:
    return text.rstrip(CLOSING)[-1:] in ENDS and not text.endswith(TEASER_ENDS)


def measure(blocks: Sequence[Block], *, html: bool) -> Shape:
    """Return how a page is built."""
    headlines: list[int] = []
    texts: set[int] = set()
    teasers = identifiers = longest = unbroken = run = short_run = apart = 0
    for number, block in enumerate(blocks):
        words = count_words(block.text, block.text.count(" ") + 1)
        is_link = block.link_length >= len(block.text) * MOSTLY_LINK
        ends = block.text.rstrip(CLOSING)[-1:] in ENDS
        cut = words >= PROSE_WORDS and _is_cut(block.text)
        headline = words in HEADLINE_WORDS and (is_link if html else not ends)
        teasers += int(cut)
        identifiers += int(IDENTIFIER.match(block.text) is not None)
        if headline:
            headlines.append(number)
        elif PROSE_WORDS <= words <= TEASER_WORDS:
            texts.add(number)
        if words >= PROSE_WORDS and ends and not cut and not is_link:
            run, short_run, apart = run + words, short_run + words, 0
            longest, unbroken = max(longest, run), max(unbroken, short_run)
            continue
        apart += int(headline)
        if cut or headline:
            short_run = 0
            run = run if headline and not html and apart == 1 else 0
    linked = sum(block.link_length for block in blocks) / max(1, sum(len(block.text) for block in blocks))
    return Shape(len(headlines), teasers, _count_pairs(headlines, texts), identifiers, longest, unbroken, linked)


def _is_cut(text: str) -> bool:
    """Tell whether a text breaks off or ends in a link to the rest of it; most hold nothing that could say so."""
    if "…" not in text and "..." not in text:
        small = text.lower()
        if not any(map(small.__contains__, CUT_WORDS)):
            return False
    return CUT.search(text) is not None


def _count_pairs(headlines: Sequence[int], texts: set[int]) -> int:
    pairs = 0
    for here, following in pairwise(headlines):
        teaser = next((n for n in range(here + 1, min(here + REACH, following)) if n in texts), None)
        pairs += teaser is not None and following <= teaser + REACH
    return pairs


def _judge_shape(shape: Shape, urls: Sequence[str], *, html: bool) -> str | None:
    if html and shape.headlines >= MANY_HEADLINES and any(FRONT.match(urlsplit(url).path) for url in urls):
        return "listing/front"
    if shape.longest >= SOME_PROSE:
        return None
    if shape.longest == 0 and shape.headlines >= MANY_HEADLINES and shape.linked >= MOSTLY_LINKS:
        return "listing/links"
    if shape.teasers >= MANY_TEASERS and shape.headlines >= FEW_HEADLINES:
        return "listing/teasers"
    if shape.identifiers >= FEW_HEADLINES and shape.teasers + shape.pairs >= FEW_HEADLINES:
        return "listing/identifiers"
    # In plain text any short line may pass for a headline, so the pairs must be what most of them are there for.
    most = html or shape.pairs >= shape.headlines * PAIRED
    return "listing/pairs" if shape.pairs >= MANY_PAIRS and most else None


def _own_rules(
    blocks: Sequence[Block], markup: Markup | None, urls: Sequence[str], outlet: OutletRules | None
) -> Iterator[str]:
    for rule in outlet.listing if outlet is not None else ():
        found = sum(1 for _ in _matches(rule, blocks, markup, urls))
        if found >= rule.times:
            yield f"{outlet.key if outlet is not None else ''}/{rule.id}"


def _matches(rule: Listing, blocks: Sequence[Block], markup: Markup | None, urls: Sequence[str]) -> Iterator[str]:
    texts: Sequence[str] = urls
    if rule.where == "text":
        head = markup.head_title if markup is not None else None
        texts = [block.text for block in blocks] + ([head.value] if head is not None else [])
    for text in texts:
        if rule.pattern is not None and rule.pattern.search(text):
            yield text
    for block in blocks:
        if rule.selector is not None and rule.label in block.labels:
            yield block.text


def _name_itself(blocks: Sequence[Block], markup: Markup | None) -> str | None:
    """Return the rule by which a page calls itself a listing."""
    if _names_itself(blocks, markup):
        return "listing/named"
    return "listing/template" if markup is not None and _is_list_template(markup) else None


def _names_itself(blocks: Sequence[Block], markup: Markup | None) -> bool:
    if markup is None:
        top = [block.text for block in blocks[:TOP_LINES]]
        return any(SELF_NAMED.search(line) or LABELLED.search(line) for line in top)
    titles = [block.text for block in blocks if block.tag == "h1"]
    titles += [markup.head_title.value] if markup.head_title is not None else []
    return any(SELF_NAMED.search(title) or LABELLED.search(title) for title in titles)


def _is_list_template(markup: Markup) -> bool:
    if any(kind in LISTING_TYPES for kind in _types(markup)):
        return True
    body = next((frame.hints for frame in markup.frames if frame.tag == "body"), "")
    return not TEMPLATE_CLASSES.isdisjoint(body.split()) and ARTICLE_CLASSES.search(body) is None


def _says_article(markup: Markup | None) -> bool:
    """Tell whether the page's head calls it an article."""
    if markup is None:
        return False
    kind = markup.meta("og:type")
    stated = kind is not None and ARTICLE_TYPE.search(kind.value.lower()) is not None
    return stated or any(ARTICLE_TYPE.search(kind) for kind in _types(markup))


def _types(markup: Markup) -> Iterator[str]:
    for item in markup.json_ld:
        kinds = item.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str):
                yield kind.lower()
