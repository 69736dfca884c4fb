"""A person's word on one block of a page: taken back into the report's text, or set aside. Pure; no database here.

A block is known by the digest of its text and its place among the blocks of the same text, so that the word outlives
newer rules and new imports of the page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from archive.model import BODY_KINDS, JudgedBlock, Passage, Report, SetAside

BLOCK = "block"
RULE = "correction"
FIELD = re.compile(r"block:[0-9a-f]{16}:\d{1,5}")  # block:0123456789abcdef:0


def name_blocks(texts: Iterable[str]) -> Iterator[str]:
    """Yield the name of each block, in the order of the page: the field that a word on it is kept under."""
    seen: Counter[str] = Counter()
    for text in texts:
        digest = sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
        yield f"{BLOCK}:{digest}:{seen[digest]}"
        seen[digest] += 1


def name_judged(blocks: Sequence[JudgedBlock]) -> Iterator[str | None]:
    """Yield the name of each block of a page that can be moved; None for those that have become another field."""
    names = name_blocks(judged.block.text for judged in blocks if can_move(judged))
    return (next(names) if can_move(judged) else None for judged in blocks)


def can_move(judged: JudgedBlock) -> bool:
    """Tell whether a block is the report's text, or set aside: a title or a caption is a field of its own."""
    return not judged.kept or judged.kind in BODY_KINDS


def move_block(report: Report, name: str, *, kept: bool) -> Report:
    """Return the report with this block in its text, or set aside; as it is where no such block stands otherwise."""
    pieces: list[Passage | SetAside] = sorted([*report.body, *report.set_aside], key=_start)
    found = dict(zip(name_blocks(piece.text for piece in pieces), pieces, strict=True)).get(name)
    if found is None or isinstance(found, Passage) == kept:
        return report
    if isinstance(found, SetAside):
        body = (*report.body, Passage(found.text, "paragraph", found.span))
        issues = tuple(issue for issue in report.issues if issue.code != "B01")
        aside = tuple(piece for piece in report.set_aside if piece is not found)
        return replace(report, body=tuple(sorted(body, key=_start)), set_aside=aside, issues=issues)
    added = SetAside(found.text, "other", RULE, found.span)
    body = tuple(piece for piece in report.body if piece is not found)
    return replace(report, body=body, set_aside=tuple(sorted((*report.set_aside, added), key=_start)))


def find_block(report: Report, name: str) -> str | None:
    """Return whether this block is `kept` in the report's text or `set aside`; None where no such block stands."""
    pieces: list[Passage | SetAside] = sorted([*report.body, *report.set_aside], key=_start)
    found = dict(zip(name_blocks(piece.text for piece in pieces), pieces, strict=True)).get(name)
    return None if found is None else "kept" if isinstance(found, Passage) else "set aside"


def judge_again(blocks: Sequence[JudgedBlock], said: Mapping[str, bool]) -> tuple[JudgedBlock, ...]:
    """Return a page's blocks as a person's words on some of them (kept or not, by name) leave them."""
    return tuple(
        judged if name is None or said.get(name, judged.kept) == judged.kept else _judged(judged, kept=said[name])
        for judged, name in zip(blocks, name_judged(blocks), strict=True)
    )


def _judged(judged: JudgedBlock, *, kept: bool) -> JudgedBlock:
    return judged._replace(kept=kept, kind="paragraph" if kept else "other", rule=RULE)


def _start(piece: Passage | SetAside) -> int:
    return piece.span.start
