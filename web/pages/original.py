"""The original beside the cleaned report: every block in page order, what was set aside greyed in place."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from indexer import JudgedBlock, Span
from web.access import signed_in
from web.context import here
from web.pages.reports import PassageView, group_passages, view_passages, view_report
from web.words import KIND_WORDS

pages = Blueprint("original", __name__)

MOST_CHARACTERS = 1_000_000
LONGEST_MARKED = 20_000
LONGEST_AT = 30
# HTML is saved under a name that opens as text, so that a hostile page is not run from the reader's disk.
NAME_ENDINGS = {
    "text/plain": "txt",
    "text/html": "html.txt",
    "application/xhtml+xml": "xhtml.txt",
    "multipart/related": "mht.txt",
    "application/json": "json",
    "text/csv": "csv",
    "application/pdf": "pdf",
    "application/nitf+xml": "xml.txt",
    "application/vnd.iptc.g2.newsitem+xml": "xml.txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}

Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block of the page with what became of it; `number` is the paragraph of the cleaned report it became."""

    anchor: str
    parts: Parts
    kept: bool
    kind: str
    rule: str
    number: int | None
    at: bool
    again: bool
    name: str | None = None


@pages.get("/a/<report_id>/original")
def show(report_id: str) -> ResponseReturnValue:
    """Show the blocks of the original beside the cleaned report; `?at=10-20` marks that stretch."""
    catalogue = here().catalogue
    stored = catalogue.report(report_id)
    blocks, whole = within(catalogue.blocks(report_id), MOST_CHARACTERS)
    passages = view_passages(stored)
    asked = read_span(request.args.get("at", ""))
    user = signed_in()
    names = catalogue.correcting.block_names(report_id) if user is not None and user.may("curator") else ()
    shown = view_blocks(blocks, passages, asked, names)
    return render_template(
        "original.html",
        report=view_report(stored),
        source=stored.report.source,
        blocks=shown,
        groups=group_passages(passages),
        set_aside=sum(not block.kept for block in shown),
        whole=whole,
        not_found=asked is not None and not any(marked for block in shown for _, marked in block.parts),
    )


@pages.get("/a/<report_id>/original/raw")
def raw(report_id: str) -> ResponseReturnValue:
    """Send the untouched bytes as a download, never as something a browser would show."""
    catalogue = here().catalogue
    stored = catalogue.report(report_id)
    source, content = catalogue.original(stored.id)
    essence = source.media_type.partition(";")[0].strip()  # parameters say how the original is read
    name = f"{stored.id}.{NAME_ENDINGS.get(essence, 'bin')}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(content, mimetype="application/octet-stream", headers=headers)


def view_blocks(
    blocks: Sequence[JudgedBlock],
    passages: Sequence[PassageView],
    asked: Span | None,
    names: Sequence[str | None] = (),
) -> tuple[BlockView, ...]:
    """Return the blocks as shown, each kept one with the number of its paragraph.

    `names` are those by which a person may move blocks; without them nothing can be moved.
    """
    numbers = {passage.span.start: passage.number for passage in passages if passage.number}
    starts = sorted(numbers)
    views: list[BlockView] = []
    for place, judged in enumerate(blocks):
        parts = mark_stretch(judged, asked)
        first = bisect_right(starts, judged.block.span.start - 1)
        inside = judged.kept and first < len(starts) and starts[first] < judged.block.span.end
        views.append(
            BlockView(
                anchor=f"b{place + 1}",
                parts=parts,
                kept=judged.kept,
                kind=KIND_WORDS.get(judged.kind, judged.kind),
                rule=judged.rule,
                number=numbers[starts[first]] if inside else None,
                at=any(marked for _, marked in parts) and not any(view.at for view in views),
                again=place > 0 and _verdict(blocks[place - 1]) == _verdict(judged) and not judged.kept,
                name=names[place] if place < len(names) else None,
            ),
        )
    return tuple(views)


def mark_stretch(judged: JudgedBlock, asked: Span | None) -> Parts:
    """Return the block's text in parts, with what stands at this stretch of the original marked."""
    block = judged.block
    if asked is None or asked.end <= block.span.start or asked.start >= block.span.end:
        return ((block.text, False),)
    if len(block.text) > LONGEST_MARKED:
        return ((block.text, True),)
    places = [place for place in range(len(block.text)) if _meets(block.locate(place, place + 1), asked)]
    if not places:
        return ((block.text, True),)
    start, end = places[0], places[-1] + 1
    parts = ((block.text[:start], False), (block.text[start:end], True), (block.text[end:], False))
    return tuple(part for part in parts if part[0])


def read_span(text: str) -> Span | None:
    """Return the stretch that `?at=10-20` asks for; None when it is not one."""
    start, _, end = text.partition("-")
    if not (text.isascii() and start.isdigit() and end.isdigit() and len(text) <= LONGEST_AT):
        return None
    return Span(int(start), max(int(start) + 1, int(end)))


def within(blocks: Sequence[JudgedBlock], limit: int) -> tuple[tuple[JudgedBlock, ...], bool]:
    """Return the blocks that fit into so many characters, and whether those are all."""
    taken: list[JudgedBlock] = []
    for judged in blocks:
        limit -= len(judged.block.text)
        if limit < 0 and taken:
            return tuple(taken), False
        taken.append(judged)
    return tuple(taken), True


def _verdict(judged: JudgedBlock) -> tuple[bool, str, str]:
    return judged.kept, judged.kind, judged.rule


def _meets(span: Span, asked: Span) -> bool:
    return span.start < asked.end and asked.start < span.end
