"""Judging the blocks of an HTML page of an outlet we do not know: marks that pages share first, then where its body is.

It never refuses a page; what it sets aside it says why, and nothing is lost.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.cleaning.captions import find_captions
from archive.cleaning.cleaner import ALL_RULES, fits_block, rest_kind
from archive.cleaning.comments import find_comments
from archive.cleaning.extractor import find_body
from archive.cleaning.forest import Forest
from archive.cleaning.headline import Headline
from archive.cleaning.hints import BIT, read_hints
from archive.cleaning.markup import Markup
from archive.cleaning.walking import Frame
from archive.model import Block, BlockKind, JudgedBlock
from archive.openings import is_anchored
from archive.rules import OutletRules, Rule

LONGEST_SECTION = 4
LONGEST_MARK = 800  # code points; the marks that all pages share are lines, not long paragraphs

# What a frame's own names say its blocks are; the first that fits decides.
HINTED: tuple[tuple[int, BlockKind], ...] = (
    (BIT["consent"], "consent"),
    (BIT["share"], "sharing"),
    (BIT["related"], "related"),
    (BIT["navigation"], "navigation"),
    (BIT["advert"], "advert"),
    (BIT["newsletter"], "form"),
    (BIT["footer"], "footer"),
    (BIT["sidebar"], "related"),
)
ANY_KIND = sum(bit for bit, _ in HINTED)
GROUP_NAME = re.compile(r"\(\?P<\w+>")  # (?P<place>
CAPITAL = re.compile(r"(?<!\\)[A-Z]")  # not the W of \W
NOTHING = r"(?!)"
TAG_KINDS: dict[str, BlockKind | None] = {
    **dict.fromkeys(("body", "main", "article", "html")),  # whatever they are called, they hold the report
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


def judge_markup(
    markup: Markup, generic: OutletRules, headline: Headline | None, forest: Forest | None = None
) -> tuple[JudgedBlock, ...]:
    """Return every block of an unknown outlet's HTML page with its verdict; without a forest, by rules alone."""
    titles = headline.blocks if headline is not None else ()
    comments = find_comments(markup, titles)
    captions = find_captions(markup, titles, comments)
    known = _judge_known(markup, generic, titles=titles, comments=comments, captions=captions)
    body = find_body(markup, titles[0] if titles else -1, forest)
    kinds = _hinted_kinds(markup.frames)
    rule = "generic/prose" if forest is None else "generic/model"
    return tuple(
        one or _judge_rest(block, kinds[block.frame], n in body, rule)
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
    zone, marked = "article", _join_rules(generic.rules).find([block.text for block in markup.blocks])
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
            rule = _first_fit(block, generic.rules) if n in marked else None
            if rule is not None and rule.once and rule.kind in used:
                rule = None
            if rule is not None and (rule.where != "comments" or zone == "comments"):
                one = JudgedBlock(block, rule.kind in {"byline", "caption"}, rule.kind, f"generic/{rule.id}")
                zone = "comments" if rule.opens == "comments" else zone
                used.add(rule.kind)
        known.append(one)
    return known


def _judge_rest(block: Block, kind: BlockKind | None, body: bool, rule: str) -> JudgedBlock:  # noqa: FBT001 - as found
    if body:
        return JudgedBlock(block, True, rest_kind(block), rule)
    if kind is not None:
        return JudgedBlock(block, False, kind, "generic/hint")
    return JudgedBlock(block, False, "other", "generic/outside-text" if rule == "generic/prose" else rule)


def _first_fit(block: Block, rules: Iterable[Rule]) -> Rule | None:
    return next((rule for rule in rules if rule.pattern is not None and fits_block(rule, block)), None)


@dataclass(frozen=True, slots=True)
class _Met:
    """Whether any of several patterns matches. Most texts match none, and are spared most of the patterns.

    Those that begin with the text: `folded` in small letters, where a sign decides at once, `start` as printed. Those
    of `needs` are looked for where their word is.
    """

    folded: re.Pattern[str]
    start: re.Pattern[str]
    anywhere: re.Pattern[str] | None
    needs: tuple[tuple[str, re.Pattern[str]], ...]

    def find(self, texts: Iterable[str]) -> set[int]:
        """Return the numbers of the texts that match one; long ones are not looked at."""
        folded, start = self.folded.match, self.start.match
        found: set[int] = set()
        for number, text in enumerate(texts):
            if len(text) > LONGEST_MARK:
                continue
            small = text.lower()
            if folded(small) is not None or start(text) is not None or self._is_met(text, small):
                found.add(number)
        return found

    def _is_met(self, text: str, small: str) -> bool:
        for word, pattern in self.needs:
            if word in small and pattern.search(text) is not None:
                return True
        return self.anywhere is not None and self.anywhere.search(text) is not None


def _join_rules(rules: Iterable[Rule]) -> _Met:
    return _join_patterns(tuple((rule.pattern.pattern, rule.needs) for rule in rules if rule.pattern is not None))


@lru_cache(maxsize=16)
def _join_patterns(patterns: tuple[tuple[str, tuple[str, ...]], ...]) -> _Met:
    folded: list[str] = []
    start: list[str] = []
    anywhere: list[str] = []
    for pattern, needs in patterns:
        any_case, source = pattern.startswith("(?i)"), GROUP_NAME.sub("(", pattern.removeprefix("(?i)"))
        if needs:
            continue
        if any_case and is_anchored(source) and CAPITAL.search(source) is None:
            folded.append(f"(?:{source})")
        else:
            (start if is_anchored(source) else anywhere).append(f"(?i:{source})" if any_case else f"(?:{source})")
    return _Met(
        re.compile("|".join(folded) or NOTHING),
        re.compile("|".join(start) or NOTHING),
        re.compile("|".join(anywhere)) if anywhere else None,
        tuple((word, re.compile(pattern)) for pattern, needs in patterns for word in needs),
    )


def _hinted_kinds(frames: Sequence[Frame]) -> list[BlockKind | None]:
    """Return for each frame what its own names, or else those of the frames around it, say it is."""
    kinds: list[BlockKind | None] = []
    named = read_hints([frame.hints for frame in frames])
    for (tag, _, parent), bits in zip(frames, named, strict=True):
        if tag in TAG_KINDS:
            kinds.append(TAG_KINDS[tag])
        elif bits & ANY_KIND:
            kinds.append(_kind_of_bits(bits & ANY_KIND))
        else:
            kinds.append(kinds[parent] if parent >= 0 else None)
    return kinds


@cache
def _kind_of_bits(bits: int) -> BlockKind | None:
    return next((kind for bit, kind in HINTED if bits & bit), None)
