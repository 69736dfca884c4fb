"""What cleaning took for a headline or byline and description did not: set aside, so that it stays in the record."""

from collections.abc import Iterator, Sequence

from archive.model import Byline, JudgedBlock, Span, Title

UNUSED = "all/not-the-one"
UNUSED_TEXT = "Looks like a headline or byline, but the report's own is another."


def set_aside_unused(
    blocks: Sequence[JudgedBlock], title: Title | None, byline: Byline | None
) -> Iterator[JudgedBlock]:
    """Yield the blocks; a kept headline or byline that the report does not print from is set aside in its place."""
    used = {"title": title.span if title is not None else None, "byline": byline.span if byline is not None else None}
    for one in blocks:
        if one.kept and one.kind in used and not _overlaps(used[one.kind], one.block.span):
            yield JudgedBlock(one.block, kept=False, kind=one.kind, rule=UNUSED)
        else:
            yield one


def _overlaps(span: Span | None, other: Span) -> bool:
    return span is not None and span.start < other.end and other.start < span.end
