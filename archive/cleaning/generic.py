"""Judging the blocks of an outlet we do not know: shared marks first, then where the prose stands.

A small, careful set of rules. It never refuses a page; what it sets aside it says why, and nothing is lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.cleaning.cleaner import ALL_RULES, SENTENCE_END, fits_block, judge, rest_kind
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
NEAR = 3  # frames within which a caption's element still speaks for a block

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
CAPTION_HINT = re.compile(r"caption|cutline|photo-credit")  # class="wp-caption-text"
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


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a frame and those around it say: readers' comments, no part of the report, a caption so many frames out."""

    comments: bool
    aside: bool
    caption_depth: int
    kind: BlockKind | None


NOWHERE = _Surroundings(comments=False, aside=False, caption_depth=NEAR, kind=None)


def judge_lines(blocks: Sequence[Block], generic: OutletRules) -> tuple[JudgedBlock, ...]:
    """Return every block of an unknown outlet's plain-text page with its verdict."""
    title = _find_title_line(blocks, generic.rules)
    judged = list(judge(blocks, _with_title(generic, blocks, title)))
    free = [n for n, one in enumerate(judged) if one.rule in {"all/report-text", "all/above-title"}]
    prose = [n for n in free if n > title and _is_prose(blocks[n])]
    first, last = (prose[0], prose[-1]) if prose else (title + 1, len(blocks) - 1)
    listing = _find_listings(n for n in free if not _is_prose(blocks[n]))
    for n in free:
        judged[n] = _judge_free_line(blocks[n], n, title=title, first=first, last=last, listed=n in listing)
    return tuple(judged)


def judge_markup(markup: Markup, generic: OutletRules) -> tuple[JudgedBlock, ...]:
    """Return every block of an unknown outlet's HTML page with its verdict."""
    blocks = markup.blocks
    title = _find_heading(markup)
    surroundings = _look_around(markup)
    container = _find_container(markup, surroundings)
    inside = _find_inside(markup, container)
    marks = [_first_fit(block, generic.rules) for block in blocks]
    judged: list[JudgedBlock] = []
    zone = "article"
    used: set[BlockKind] = set()
    identifier = markup.meta("dc.identifier")
    for n, block in enumerate(blocks):
        rule = marks[n]
        if rule is not None and ((rule.once and rule.kind in used) or (rule.where == "head" and "paragraph" in used)):
            rule = None
        if n == title:
            judged.append(JudgedBlock(block, kept=True, kind="title", rule="generic/title"))
        elif (
            identifier is not None
            and block.text.startswith(identifier.value)
            and len(block.text.split()) <= LONGEST_SECTION
        ):
            judged.append(JudgedBlock(block, kept=False, kind="identifier", rule="generic/identifier"))
        elif rule is not None and (rule.where != "comments" or zone == "comments"):
            kept = rule.kind in {"byline", "caption"}
            judged.append(JudgedBlock(block, kept, rule.kind, f"generic/{rule.id}"))
            zone = "comments" if rule.opens == "comments" else zone
            used.add(rule.kind)
        else:
            around = surroundings[block.frame] if block.frame >= 0 else NOWHERE
            judged.append(_judge_element(block, around, inside=block.frame in inside, below=n > title))
            used.add(judged[-1].kind)
    return tuple(judged)


def _find_title_line(blocks: Sequence[Block], rules: Iterable[Rule]) -> int:
    listed = list(rules)
    fallback = -1
    for n, block in enumerate(blocks):
        words = len(block.text.split())
        if block.text.isspace() or _first_fit(block, listed) is not None:
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


def _judge_free_line(block: Block, n: int, *, title: int, first: int, last: int, listed: bool) -> JudgedBlock:
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
    if listed:
        return JudgedBlock(block, kept=False, kind="listing", rule="generic/listing")
    return JudgedBlock(block, kept=True, kind=rest_kind(block), rule="generic/subhead")


def _find_listings(short: Iterable[int]) -> set[int]:
    """Return the numbers of the lines that stand in a row of several short ones."""
    rows = ([n for _, n in row] for _, row in groupby(enumerate(short), key=lambda pair: pair[1] - pair[0]))
    return {n for row in rows if len(row) >= LONG_LISTING for n in row}


def _is_prose(block: Block) -> bool:
    words = len(block.text.split())
    return (words >= PROSE_WORDS and SENTENCE_END.search(block.text) is not None) or words >= PROSE_WORDS * 3


def _first_fit(block: Block, rules: Iterable[Rule]) -> Rule | None:
    return next((rule for rule in rules if rule.pattern is not None and fits_block(rule, block)), None)


def _find_heading(markup: Markup) -> int:
    """Return the number of the h1 that the page's head names too, else the first h1, else -1."""
    stated = markup.meta("og:title", "twitter:title") or markup.head_title
    headings = [n for n, block in enumerate(markup.blocks) if block.tag == "h1"]
    if stated is not None:
        title = _letters(stated.value)
        headings = [n for n in headings if _letters(markup.blocks[n].text) in title] or headings
        if not headings:
            lower = (n for n, block in enumerate(markup.blocks) if block.tag in {"h2", "h3"})
            return next((n for n in lower if _letters(markup.blocks[n].text) in title), -1)
    return headings[0] if headings else -1


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _look_around(markup: Markup) -> tuple[_Surroundings, ...]:
    """Return what each frame and the frames around it say of the text inside, in one walk from the outermost in."""
    found: list[_Surroundings] = []
    for frame in markup.frames:
        around = found[frame.parent] if frame.parent >= 0 else NOWHERE
        caption = frame.tag == "figcaption" or CAPTION_HINT.search(frame.hints) is not None
        found.append(
            _Surroundings(
                comments=around.comments or COMMENT_HINT.search(frame.hints) is not None,
                aside=around.aside or frame.tag in TAG_KINDS,
                caption_depth=0 if caption else around.caption_depth + 1,
                kind=_hinted_kind(frame, around.kind),
            )
        )
    return tuple(found)


def _hinted_kind(frame: Frame, outer: BlockKind | None) -> BlockKind | None:
    if frame.tag in TAG_KINDS:
        return TAG_KINDS[frame.tag]
    if frame.tag in {"body", "main", "article", "html"}:
        return None
    return next((kind for pattern, kind in HINTS if pattern.search(frame.hints)), outer)


def _find_container(markup: Markup, surroundings: Sequence[_Surroundings]) -> int:
    """Return the innermost frame that holds three quarters of the page's prose, or -1."""
    mass = [0] * len(markup.frames)
    for block in markup.blocks:
        if block.frame < 0 or not _is_prose(block) or block.link_length > len(block.text) * MOSTLY_LINKS:
            continue
        around = surroundings[block.frame]
        if not around.comments and not around.aside:
            mass[block.frame] += len(block.text)
    total = sum(mass)
    for number in range(len(mass) - 1, -1, -1):  # a frame's number is higher than its parent's
        if markup.frames[number].parent >= 0:
            mass[markup.frames[number].parent] += mass[number]
    heavy = [number for number, weight in enumerate(mass) if weight and weight >= total * SHARE_OF_PROSE]
    # A single long paragraph is no container: its parent is.
    wide = [frame for frame in heavy if markup.frames[frame].tag not in {"p", "li", "td", "blockquote", "pre"}]
    return max(wide, default=-1)


def _find_inside(markup: Markup, container: int) -> set[int]:
    """Return the numbers of the frames inside the container; all of them, and none (-1), when there is no container."""
    if container < 0:
        return set(range(-1, len(markup.frames)))
    inside = {container}
    for number in range(container + 1, len(markup.frames)):
        if markup.frames[number].parent in inside:
            inside.add(number)
    return inside


def _judge_element(block: Block, around: _Surroundings, *, inside: bool, below: bool) -> JudgedBlock:
    if around.comments:
        comment = _is_prose(block) or block.tag in {"p", "blockquote"}
        return JudgedBlock(block, comment, "comment" if comment else "label", "generic/comment")
    if around.caption_depth < NEAR:
        return JudgedBlock(block, kept=True, kind="caption", rule="generic/caption")
    if around.kind is not None:
        return JudgedBlock(block, kept=False, kind=around.kind, rule="generic/hint")
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
