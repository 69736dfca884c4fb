"""An HTML page of an outlet we know: its rules decide first; what they leave open is judged as on any other page."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass

from archive.cleaning.captions import find_captions
from archive.cleaning.cleaner import BODY_LABEL, judge
from archive.cleaning.comments import find_comments
from archive.cleaning.forest import Forest
from archive.cleaning.generic import judge_markup
from archive.cleaning.headline import Headline, find_headline
from archive.cleaning.markup import Markup
from archive.model import BlockKind, JudgedBlock
from archive.rules import OutletRules

UNDECIDED = frozenset({"all/report-text", "all/above-title"})  # verdicts that no rule of the outlet has given
OUTSIDE = "outside-body"


@dataclass(frozen=True, slots=True)
class Judged:
    """Every block with its verdict, and the page's headline where no rule of the outlet has found one."""

    blocks: tuple[JudgedBlock, ...]
    headline: Headline | None


def judge_outlet(markup: Markup, outlet: OutletRules, generic: OutletRules, forest: Forest | None = None) -> Judged:
    """Return every block of an outlet's HTML page with its verdict.

    Where the outlet's rules pick the body, they have spoken of all blocks, and only of captions, comments and the
    headline not yet when no rule of theirs is about these. Where they do not, each block that none of them has decided
    is judged as on a page of an unknown outlet.
    """
    own = judge(markup.blocks, outlet)
    titles = tuple(number for number, one in enumerate(own) if one.kind == "title")
    headline = None if titles else find_headline(markup)
    titles = headline.blocks if headline is not None else titles
    if outlet.body is not None and any(BODY_LABEL in block.labels for block in markup.blocks):
        return Judged(_fill(own, markup, outlet, titles), headline)
    standing = headline or _stand_for(own, titles)
    others = judge_markup(markup, generic, standing, forest)
    blocks = tuple(
        other if one.rule in UNDECIDED or one.rule == outlet.rule_id(OUTSIDE) else one
        for one, other in zip(own, others, strict=True)
    )
    return Judged(blocks, headline)


def _fill(
    own: Sequence[JudgedBlock], markup: Markup, outlet: OutletRules, titles: Sequence[int]
) -> tuple[JudgedBlock, ...]:
    """Return the outlet's own verdicts, with headline, comments and captions found where it has no rule for them."""
    about = {rule.kind for rule in outlet.rules} | {rule.opens for rule in outlet.rules}
    comments: Mapping[int, BlockKind] = {}
    if about.isdisjoint({"comment", "comments"}):
        comments = find_comments(markup, titles)
    captions: Container[int] = () if "caption" in about else find_captions(markup, titles, comments)
    open_rules: Collection[str] = (*UNDECIDED, outlet.rule_id(OUTSIDE))
    blocks = []
    for number, one in enumerate(own):
        kind = _kind_of(number, titles, comments, captions) if one.rule in open_rules else None
        rule = "generic/comment" if number in comments else f"generic/{kind}"
        kept = kind in {"title", "caption", "comment"}
        blocks.append(one if kind is None else JudgedBlock(one.block, kept, kind, rule))
    return tuple(blocks)


def _kind_of(
    number: int, titles: Container[int], comments: Mapping[int, BlockKind], captions: Container[int]
) -> BlockKind | None:
    if number in titles:
        return "title"
    return comments.get(number, "caption" if number in captions else None)


def _stand_for(own: Sequence[JudgedBlock], titles: tuple[int, ...]) -> Headline | None:
    """Return the headline that the outlet's own rules have found, as the search for the body wants it."""
    if not titles:
        return None
    block = own[titles[0]].block
    return Headline(block.text, block.text, own[titles[0]].rule, "printed", block.span, titles)
