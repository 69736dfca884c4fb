"""What cleaning took for a headline or byline and description did not: set aside, so that it stays in the record."""

from collections.abc import Sequence

from archive.cleaning.cleaned import CleanedPage
from archive.model import Byline, JudgedBlock, SetAside, Span, Title

UNUSED = "all/not-the-one"
UNUSED_TEXT = "Looks like a headline or byline, but the report's own is another."


def set_aside_unused(cleaned: CleanedPage, title: Title | None, byline: Byline | None) -> tuple[JudgedBlock, ...]:
    """Return the page's blocks; a kept headline or byline that the report does not print from is set aside there."""
    used = {"title": title.span if title is not None else None, "byline": byline.span if byline is not None else None}
    likely = (*cleaned.of_kind("title"), *cleaned.of_kind("byline"))
    if all(not one.kept or _overlaps(used[one.kind], one.block.span) for one in likely):
        return cleaned.blocks
    return tuple(
        [
            one._replace(kept=False, rule=UNUSED)
            if one.kept and one.kind in used and not _overlaps(used[one.kind], one.block.span)
            else one
            for one in cleaned.blocks
        ]
    )


def list_set_aside(blocks: Sequence[JudgedBlock]) -> tuple[SetAside, ...]:
    """Return what is not the report's of a page's blocks."""
    # Made as tuples are: by name takes twice as long, and a page has hundreds.
    return tuple(
        [
            tuple.__new__(SetAside, (block.text, kind, rule, block.span))
            for block, kept, kind, rule in blocks
            if not kept
        ]
    )


def _overlaps(span: Span | None, other: Span) -> bool:
    return span is not None and span.start < other.end and other.start < span.end
