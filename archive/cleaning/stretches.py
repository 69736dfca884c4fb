"""Pages whose container tells what each line is (a row's text, a news format, a press database's export)."""

from collections.abc import Iterator

from archive.cleaning.cleaner import KEPT, rest_kind
from archive.cleaning.lines import split_lines
from archive.model import BODY_KINDS, Block, BlockKind, JudgedBlock, Page, Span, Stretch

BETWEEN = "all/report-text"  # what stands between stretches is text like any other


def judge_stretches(page: Page) -> tuple[JudgedBlock, ...]:
    """Return every block of the page as its container tells it, in page order.

    Text that no stretch covers is the report's. A line that repeats the stated headline is the headline.
    """
    title = next((one for one in page.stated if one.field == "title"), None)
    judged: list[JudgedBlock] = []
    for stretch in _cover(page):
        for block in split_lines(page.text, stretch.span.start, stretch.span.end):
            kind = _tell(block, stretch, judged)
            printed = title is not None and not any(one.kind == "title" for one in judged)
            if printed and kind in BODY_KINDS and title is not None and _fold(block.text) == _fold(title.value):
                judged.append(JudgedBlock(block, kept=True, kind="title", rule=title.rule))
            else:
                judged.append(JudgedBlock(block, kept=kind in KEPT, kind=kind, rule=stretch.rule))
    return tuple(judged)


def _cover(page: Page) -> Iterator[Stretch]:
    """Yield the stretches in order, and between them what none of them covers."""
    reached = 0
    for stretch in sorted(page.stretches, key=lambda one: one.span.start):
        start = max(stretch.span.start, reached)
        if start > reached:
            yield Stretch(Span(reached, start), "paragraph", BETWEEN)
        if stretch.span.end > start:
            yield Stretch(Span(start, stretch.span.end), stretch.kind, stretch.rule)
        reached = max(reached, stretch.span.end)
    if reached < len(page.text):
        yield Stretch(Span(reached, len(page.text)), "paragraph", BETWEEN)


def _tell(block: Block, stretch: Stretch, before: list[JudgedBlock]) -> BlockKind:
    if block.text.isspace():
        return "placeholder"
    if stretch.kind != "paragraph":
        return stretch.kind
    return rest_kind(block, alone=bool(before) and before[-1].kind in BODY_KINDS)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
