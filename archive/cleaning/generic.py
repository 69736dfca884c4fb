"""Judging the blocks of an outlet we do not know: shared marks first, then where the prose stands.

A small, careful set of rules. It never refuses a page; what it sets aside it says why, and nothing is lost.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.cleaning.captions import find_captions
from archive.cleaning.cleaner import ALL_RULES, SENTENCE_END, fits_block, judge, rest_kind
from archive.cleaning.comments import find_comments
from archive.cleaning.extractor import find_body
from archive.cleaning.forest import Forest
from archive.cleaning.headline import Headline
from archive.cleaning.markup import Frame, Markup
from archive.model import Block, BlockKind, JudgedBlock
from archive.rules import OutletRules, Rule

PROSE_WORDS = 8
LONGEST_TITLE = 30
SHORTEST_TITLE = 3
LONGEST_SECTION = 4
LONG_LISTING = 3
MOSTLY_LINKS = 0.5
SHARE_OF_PROSE = 0.75

# Words of class, id and role attributes that say what an element is for; the first that fits decides.
HINTS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"\bcookie|consent|gdpr"), "consent"),  # class="cookie-banner"
    (re.compile(r"share|sharing|social|addtoany|sharedaddy"), "sharing"),  # class="social-share"
    (re.compile(r"related|recommend|more-stories|teaser|most-read|trending|popular|outbrain|taboola"), "related"),
    (re.compile(r"breadcrumb|\bnav|navigation|\bmenu|pagination|pager"), "navigation"),  # class="main-nav"
    (re.compile(r"\badvert|\bad-|\bads\b|sponsor|\bpromo"), "advert"),  # class="ad-slot"
    (re.compile(r"newsletter|subscribe|signup|sign-up|\bform\b"), "form"),  # class="newsletter-box"
    (re.compile(r"footer|copyright"), "footer"),  # class="site-footer"
    (re.compile(r"sidebar|widget"), "related"),  # class="sidebar"
)
COMMENT_HINT = re.compile(r"\bcomments?\b|comment-|disqus|respond")  # id="comments"
GROUP_NAME = re.compile(r"\(\?P<\w+>")  # (?P<place>
INNERMOST = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:[^()\\\[]|\\.)*\)")  # \| and [|] and (one|two)
NOTHING = r"(?!)"
TEXT_TAGS = frozenset({"p", "h2", "h3", "h4", "li", "td", "blockquote", "pre"})
TAG_KINDS: dict[str, BlockKind] = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "related",
    "form": "form",
    "button": "form",
    "select": "form",
    "option": "form",
    "textarea": "form",
    "menu": "navigation",
    "dialog": "consent",
    "noscript": "placeholder",
}
GENERIC_RULES = {
    "generic/title": "The headline: the heading that the page's head names too, or the first line that reads like one.",
    "generic/identifier": "The identifier that the page's head states, printed once more.",
    "generic/section": "A short label above the headline.",
    "generic/prose": "Reads like prose, or stands between such lines.",
    "generic/model": "The trained model weighs text, place and neighbours: body when kept, something else when not.",
    "generic/subhead": "A heading between paragraphs.",
    "generic/caption": "Stands in a figure's caption.",
    "generic/comment": "Stands where the page keeps readers' comments.",
    "generic/above-text": "Stands above the report's text and does not read like it.",
    "generic/below-text": "Stands below the report's text and does not read like it.",
    "generic/outside-text": "Stands in another part of the page than the report's text.",
    "generic/listing": "Part of a run of short lines: a menu or a list of other reports.",
    "generic/hint": "The page's own markup names what this is.",
}
RULE_TEXTS = {**ALL_RULES, **GENERIC_RULES}


def judge_lines(blocks: Sequence[Block], generic: OutletRules) -> tuple[JudgedBlock, ...]:
    """Return every block of an unknown outlet's plain-text page with its verdict."""
    title = _find_title_line(blocks, generic.rules)
    judged = list(judge(blocks, _with_title(generic, blocks, title)))
    free = [n for n, one in enumerate(judged) if one.rule in {"all/report-text", "all/above-title"}]
    prose = [n for n in free if n > title and _is_prose(blocks[n])]
    first, last = (prose[0], prose[-1]) if prose else (title + 1, len(blocks) - 1)
    for n in free:
        judged[n] = _judge_free_line(blocks, n, title=title, first=first, last=last, free=free)
    return tuple(judged)


def judge_markup(
    markup: Markup, generic: OutletRules, headline: Headline | None, forest: Forest | None = None
) -> tuple[JudgedBlock, ...]:
    """Return every block of an unknown outlet's HTML page with its verdict; without a forest, by rules alone."""
    titles = headline.blocks if headline is not None else ()
    comments = find_comments(markup, titles)
    captions = find_captions(markup, titles, comments)
    known = _judge_known(markup, generic, titles=titles, comments=comments, captions=captions)
    title = titles[0] if titles else -1
    kinds = _hinted_kinds(markup.frames)
    if forest is None:
        container = _find_container(markup)
        return tuple(
            one
            or _judge_element(block, kind=kinds[block.frame], inside=_is_inside(markup, n, container), below=n > title)
            for n, (block, one) in enumerate(zip(markup.blocks, known, strict=True))
        )
    body = find_body(markup, title, forest)
    return tuple(
        one or _judge_by_model(block, kind=kinds[block.frame], body=n in body)
        for n, (block, one) in enumerate(zip(markup.blocks, known, strict=True))
    )


def _judge_known(
    markup: Markup,
    generic: OutletRules,
    *,
    titles: Sequence[int],
    comments: Mapping[int, BlockKind],
    captions: Container[int],
) -> list[JudgedBlock | None]:
    """Return the verdict on each block that something other than its place and prose decides, None on the rest."""
    known: list[JudgedBlock | None] = []
    zone, met = "article", _join_rules(generic.rules)
    used: set[BlockKind] = set()
    identifier = markup.meta("dc.identifier")
    for n, block in enumerate(markup.blocks):
        one: JudgedBlock | None = None
        if n in titles:
            one = JudgedBlock(block, kept=True, kind="title", rule="generic/title")
        elif n in comments:
            kind = comments[n]
            one = JudgedBlock(block, kind == "comment", kind, "generic/comment")
        elif n in captions:
            one = JudgedBlock(block, kept=True, kind="caption", rule="generic/caption")
        elif (
            identifier is not None
            and block.text.startswith(identifier.value)
            and len(block.text.split()) <= LONGEST_SECTION
        ):
            one = JudgedBlock(block, kept=False, kind="identifier", rule="generic/identifier")
        else:
            rule = _first_fit(block, generic.rules, met)
            if rule is not None and rule.once and rule.kind in used:
                rule = None
            if rule is not None and (rule.where != "comments" or zone == "comments"):
                one = JudgedBlock(block, rule.kind in {"byline", "caption"}, rule.kind, f"generic/{rule.id}")
                zone = "comments" if rule.opens == "comments" else zone
                used.add(rule.kind)
        known.append(one)
    return known


def _judge_by_model(block: Block, *, kind: BlockKind | None, body: bool) -> JudgedBlock:
    if body:
        return JudgedBlock(block, kept=True, kind=rest_kind(block), rule="generic/model")
    if kind is not None:
        return JudgedBlock(block, kept=False, kind=kind, rule="generic/hint")
    return JudgedBlock(block, kept=False, kind="other", rule="generic/model")


def _is_inside(markup: Markup, n: int, container: int) -> bool:
    return container < 0 or any(one is markup.frames[container] for one in markup.ancestors(markup.blocks[n].frame))


def _find_title_line(blocks: Sequence[Block], rules: Iterable[Rule]) -> int:
    listed = list(rules)
    met = _join_rules(listed)
    fallback = -1
    for n, block in enumerate(blocks):
        words = len(block.text.split())
        if block.text.isspace() or _first_fit(block, listed, met) is not None:
            continue
        fallback = n if fallback < 0 and words <= LONGEST_TITLE else fallback
        ends = SENTENCE_END.search(block.text) is not None and not block.text.endswith(("?", "!"))
        if LONGEST_SECTION < words <= LONGEST_TITLE and not ends:
            return n
        if words > LONGEST_TITLE or (ends and words >= PROSE_WORDS):
            break
    return fallback


def _with_title(generic: OutletRules, blocks: Sequence[Block], title: int) -> OutletRules:
    """Return the generic rules with one more that names this page's headline, so that one judge serves both."""
    if title < 0:
        return generic
    pattern = re.compile(rf"^{re.escape(blocks[title].text)}$")
    rule = Rule("title", "title", GENERIC_RULES["generic/title"], pattern=pattern, once=True)
    return OutletRules(generic.key, generic.name, generic.about, generic.version, rules=(rule, *generic.rules))


def _judge_free_line(
    blocks: Sequence[Block], n: int, *, title: int, first: int, last: int, free: Sequence[int]
) -> JudgedBlock:
    block = blocks[n]
    if n < title:
        short = len(block.text.split()) <= LONGEST_SECTION
        return JudgedBlock(
            block, False, "section" if short else "other", "generic/section" if short else "all/above-title"
        )
    if _is_prose(block):
        return JudgedBlock(block, kept=True, kind="paragraph", rule="generic/prose")
    if n < first:
        return JudgedBlock(block, kept=False, kind="other", rule="generic/above-text")
    if n > last:
        return JudgedBlock(block, kept=False, kind="other", rule="generic/below-text")
    if _run_of_short(blocks, n, free) >= LONG_LISTING:
        return JudgedBlock(block, kept=False, kind="listing", rule="generic/listing")
    return JudgedBlock(block, kept=True, kind=rest_kind(block), rule="generic/subhead")


def _run_of_short(blocks: Sequence[Block], n: int, free: Sequence[int]) -> int:
    """Return how many lines in a row around this one are short of prose."""
    short = {m for m in free if not _is_prose(blocks[m])}
    start = end = n
    while start - 1 in short:
        start -= 1
    while end + 1 in short:
        end += 1
    return end - start + 1


def _is_prose(block: Block) -> bool:
    words = len(block.text.split())
    return (words >= PROSE_WORDS and SENTENCE_END.search(block.text) is not None) or words >= PROSE_WORDS * 3


def _first_fit(block: Block, rules: Iterable[Rule], met: "_Met") -> Rule | None:
    if met.start.match(block.text) is None and met.anywhere.search(block.text) is None:
        return None
    return next((rule for rule in rules if rule.pattern is not None and fits_block(rule, block)), None)


@dataclass(frozen=True, slots=True)
class _Met:
    """Whether any of several patterns matches: those that begin with the text, and the rest. Most texts match none."""

    start: re.Pattern[str]
    anywhere: re.Pattern[str]


def _join_rules(rules: Iterable[Rule]) -> _Met:
    return _join_patterns(tuple(rule.pattern.pattern for rule in rules if rule.pattern is not None))


@lru_cache(maxsize=16)
def _join_patterns(patterns: tuple[str, ...]) -> _Met:
    start, anywhere = [], []
    for pattern in patterns:
        folded, source = pattern.startswith("(?i)"), GROUP_NAME.sub("(", pattern.removeprefix("(?i)"))
        (start if _is_anchored(source) else anywhere).append(f"(?i:{source})" if folded else f"(?:{source})")
    return _Met(re.compile("|".join(start) or NOTHING), re.compile("|".join(anywhere) or NOTHING))


def _is_anchored(pattern: str) -> bool:
    """Tell whether a pattern can only match from a text's first sign: ^(?:one|two), but not ^one|two."""
    before, rest = "", pattern
    while before != rest:
        before, rest = rest, INNERMOST.sub("", rest)
    return pattern.startswith("^") and "|" not in rest


def _find_container(markup: Markup) -> int:
    """Return the innermost frame that holds three quarters of the page's prose, or -1."""
    mass: dict[int, int] = {}
    total = 0
    for block in markup.blocks:
        if block.frame < 0 or not _is_prose(block) or block.link_length > len(block.text) * MOSTLY_LINKS:
            continue
        if any(COMMENT_HINT.search(f.hints) or f.tag in TAG_KINDS for f in markup.ancestors(block.frame)):
            continue
        total += len(block.text)
        frame = block.frame
        while frame >= 0:
            mass[frame] = mass.get(frame, 0) + len(block.text)
            frame = markup.frames[frame].parent
    heavy = [frame for frame, weight in mass.items() if weight >= total * SHARE_OF_PROSE]
    # A single long paragraph is no container: its parent is.
    wide = [frame for frame in heavy if markup.frames[frame].tag not in {"p", "li", "td", "blockquote", "pre"}]
    return max(wide, default=-1)


def _judge_element(block: Block, *, kind: BlockKind | None, inside: bool, below: bool) -> JudgedBlock:
    if kind is not None:
        return JudgedBlock(block, kept=False, kind=kind, rule="generic/hint")
    return _judge_by_place(block, inside=inside, below=below)


def _judge_by_place(block: Block, *, inside: bool, below: bool) -> JudgedBlock:
    if not inside:
        return JudgedBlock(block, kept=False, kind="other", rule="generic/outside-text")
    if block.link_length > len(block.text) * MOSTLY_LINKS and not _is_prose(block):
        return JudgedBlock(block, kept=False, kind="navigation", rule="generic/listing")
    if not below:
        return JudgedBlock(block, kept=False, kind="other", rule="generic/above-text")
    if _is_prose(block) or block.tag in TEXT_TAGS:
        return JudgedBlock(block, kept=True, kind=rest_kind(block), rule="generic/prose")
    return JudgedBlock(block, kept=False, kind="other", rule="generic/outside-text")


def _hinted_kinds(frames: Iterable[Frame]) -> list[BlockKind | None]:
    """Return for each frame what its own names, or else those of the frames around it, say it is."""
    kinds: list[BlockKind | None] = []
    for tag, hints, parent in frames:
        if tag in TAG_KINDS:
            kinds.append(TAG_KINDS[tag])
        elif tag in {"body", "main", "article", "html"}:
            kinds.append(None)
        else:
            kind = _kind_of_hints(hints) if hints else None
            kinds.append(kind or (kinds[parent] if parent >= 0 else None))
    return kinds


@lru_cache(maxsize=50_000)
def _kind_of_hints(hints: str) -> BlockKind | None:
    return next((kind for pattern, kind in HINTS if pattern.search(hints)), None)
