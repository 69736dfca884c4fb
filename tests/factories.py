"""Values with good defaults for any test: `from tests.factories import make_page`."""

import hashlib
from dataclasses import replace
from typing import Any

from archive.model import (
    Block,
    BlockKind,
    Description,
    Evidence,
    Issue,
    JudgedBlock,
    OutletClaim,
    Page,
    Passage,
    Place,
    Report,
    Source,
    Span,
    Title,
)

TEXT = "Bridge over the Samara reopens\nThe bridge was opened to carts again on Tuesday, the mayor said.\nBack to top\n"


def make_page(text: str = TEXT, *, name: str = "pages/bridge.txt", content: bytes | None = None) -> Page:
    """Return a page of plain text, its bytes in UTF-8 unless given."""
    content = text.encode() if content is None else content
    digest = hashlib.sha256(content).hexdigest()
    return Page(Source(name, digest, "text/plain", len(content)), content, text, "utf-8")


def make_report(page: Page | None = None, **changes: Any) -> Report:  # noqa: ANN401  # any field of Report
    """Return a report of this page: its first line the title, its second the body, its third set aside."""
    page = page or make_page()
    title, *_ = page.text.splitlines() or [""]
    start = len(title) + 1
    body = page.text[start:].splitlines()[:1]
    report = Report(
        source=page.source,
        outlet=OutletClaim("samara-gazette", "Samara Gazette", "samara-gazette.name", "inferred"),
        title=Title(title, title, "samara-gazette.title", "printed", Span(0, len(title))),
        language="en",
        body=tuple(Passage(line, "paragraph", Span(start, start + len(line))) for line in body),
        issues=(Issue("D01", "no date was found"),),
    )
    return replace(report, **changes)


def make_blocks(page: Page) -> tuple[JudgedBlock, ...]:
    """Return every line of the page as a block: the last one set aside, the others kept."""
    blocks: list[JudgedBlock] = []
    start = 0
    lines = page.text.splitlines()
    for number, line in enumerate(lines):
        kept = number < len(lines) - 1 or number == 0
        kind: BlockKind = "title" if number == 0 else "paragraph" if kept else "navigation"
        span = Span(start, start + len(line))
        blocks.append(JudgedBlock(Block(line, span, runs=((0, start),)), kept=kept, kind=kind, rule="made.up"))
        start += len(line) + 1
    return tuple(blocks)


def make_description(
    page: Page | None = None,
    *,
    rule_set: str = "rules-1",
    **changes: Any,  # noqa: ANN401  # any field of Report
) -> Description:
    """Return what a rule set makes of this page; `changes` replace fields of the report."""
    page = page or make_page()
    report = make_report(page, **changes)
    title = report.title
    found = () if title is None else (Evidence("title", title.value, title.printed, "title", title.rule, title.basis),)
    return Description(report, make_blocks(page), found, rule_set)


def make_place(place_id: str = "geonames:99072", **changes: Any) -> Place:  # noqa: ANN401  # any field of Place
    """Return a place of the gazetteer that a report is about."""
    place = Place(place_id, "Mosul", "IQ", "Nineveh", 36.335, 43.119, "main")
    return replace(place, **changes)
