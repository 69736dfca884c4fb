"""Rules for an outlet's HTML pages: selectors for what a report has, and what its body holds that is not its own."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.cleaning.markup import Markup, parse_markup
from archive.model import BlockKind, JudgedBlock
from archive.proposing.examples import Example, is_text
from archive.proposing.phrases import (
    byline_pattern,
    credit_pattern,
    day_pattern,
    exactly,
    find_suffix,
    label_pattern,
    recurring,
    suffix_pattern,
    with_figures,
)
from archive.proposing.selectors import CLEAN, Wanted, find_selector, measure
from archive.proposing.writing import Entry, Value

HALF = 0.5  # part of the text that a selector must pick which picks hardly anything else
MOSTLY = 0.8  # part of what was taken for text that the body must hold
MOST_PARTS = 4  # selectors of a body
APART = 0.3  # part of what is still missing that one more of them must pick
ROUGHLY = 0.3  # part of a body's words that further rules may set aside
NOT_TEXT: tuple[BlockKind, ...] = (
    "sharing", "related", "navigation", "advert", "form", "tagline", "consent", "footer", "placeholder", "label",
    "other",
)  # fmt: skip
WHY: Mapping[str, str] = {
    "title": "The headline of the report.",
    "byline": "Who wrote it.",
    "date": "The day of publication.",
    "identifier": "The outlet's own number for the item.",
    "section": "The section the report stands in.",
    "caption": "The words below a picture.",
    "comment": "Readers' comments.",
}


@dataclass(frozen=True, slots=True)
class FoundRules:
    """What was found: the outlet's name, keys for the file's head, and its tables."""

    name: str | None
    head: Mapping[str, Value]
    entries: tuple[Entry, ...]


def find_rules(examples: Sequence[Example]) -> FoundRules:
    """Return the rules that these HTML pages share."""
    name = _shared_site(examples)
    suffix = find_suffix(_titles(examples))
    body = _find_body(examples)
    head: dict[str, Value] = {}
    if body is not None:
        head["body"] = body
    if suffix is not None:
        head["title_suffixes"] = [suffix_pattern(suffix)]
    entries = [*_recognise(name), *_fields(examples), *_comments(examples)]
    if body is not None:
        entries += _inside(examples, body)
    return FoundRules(name or _name_in(suffix), head, tuple(entries))


def _find_body(examples: Sequence[Example]) -> str | None:
    """Return a selector, or several, that pick the reports' text: of what picks nothing else, or of all around it."""
    everywhere = set(recurring([list(example.texts) for example in examples]))
    wanted = _text_without(everywhere)
    bodies = [_grow_body(examples, wanted, clean, whole) for clean, whole in ((CLEAN, HALF), (ROUGHLY, MOSTLY))]
    measured = measure(examples, wanted, [body for body in bodies if body is not None])
    return max(measured, key=lambda found: found.balance).selector if measured else None


def _grow_body(examples: Sequence[Example], wanted: Wanted, clean: float, whole: float) -> str | None:
    """Return a selector for most of the text, then those of the lead and whatever else stands apart from it."""
    first = find_selector(examples, wanted, clean=clean, whole=whole)
    if first is None:
        return None
    body = first.selector
    for _ in range(MOST_PARTS - 1):
        picked = {id(judged) for example in examples for judged in _covered(example, body)}
        more = find_selector(examples, _missing(wanted, picked), whole=APART)
        if more is None:
            break
        body += f", {more.selector}"
    return body


def _shared_site(examples: Sequence[Example]) -> str | None:
    sites = {stated.value if (stated := _markup(one).meta("og:site_name")) else None for one in examples}
    return sites.pop() if len(sites) == 1 else None


def _name_in(suffix: str | None) -> str | None:
    return suffix.strip(" -–—|»:·") or None if suffix is not None else None


def _titles(examples: Sequence[Example]) -> Iterator[tuple[str, str]]:
    for example in examples:
        stated = _markup(example).head_title
        if example.title is not None and stated is not None:
            yield example.title.text, stated.value


def _recognise(name: str | None) -> Iterator[Entry]:
    if name is not None:
        values: dict[str, Value] = {
            "id": "site-name",
            "where": "site",
            "pattern": exactly(name),
            "example": name,
            "why": "The page's head names the site.",
        }
        yield Entry("recognise", values)


def _fields(examples: Sequence[Example]) -> Iterator[Entry]:
    titles = [example.title for example in examples]
    yield from _field(examples, "title", {}, lambda judged: any(judged.block is title for title in titles))
    for kind in ("byline", "date", "identifier", "section", "caption"):
        lines = [block.text for example in examples for block in example.of_kind(kind)]
        yield from _field(examples, kind, _pattern(kind, lines), _of_kind(kind))


def _pattern(kind: BlockKind, lines: Sequence[str]) -> dict[str, Value]:
    readers = {"byline": byline_pattern, "date": day_pattern, "identifier": label_pattern, "caption": credit_pattern}
    pattern = readers[kind](lines) if kind in readers else None
    if pattern is None:
        return {}
    if kind == "caption":  # a caption without a credit is a caption too
        return {"pattern": f"(?:{pattern})?", "example": lines[0]}
    return {"pattern": pattern, "example": lines[0]}


def _field(
    examples: Sequence[Example], kind: BlockKind, pattern: Mapping[str, Value], wanted: Wanted
) -> Iterator[Entry]:
    having = [example for example in examples if any(map(wanted, example.blocks))]
    found = find_selector(having, wanted)
    if found is None:
        return
    values: dict[str, Value] = {"id": kind, "kind": kind, "selector": found.selector, **pattern}
    if kind in {"title", "byline", "date"}:
        values["once"] = True
    where: dict[str, Value] = {"where": "anywhere"} if kind in {"section", "caption"} else {}
    check = None
    if len(having) < len(examples):
        check = f"found on {len(having)} of {len(examples)} pages only."
    yield Entry("rules", {**values, **where, "why": WHY[kind]}, check)


def _comments(examples: Sequence[Example]) -> Iterator[Entry]:
    wanted = _of_kind("comment")
    having = [example for example in examples if any(map(wanted, example.blocks))]
    found = find_selector(having, wanted, clean=ROUGHLY)
    if found is None:
        return
    for text in recurring([_words_between(example) for example in having]):
        values: dict[str, Value] = {
            "id": f"between-comments-{len(text)}",
            "kind": "form",
            "where": "anywhere",
            "selector": found.selector,
            "pattern": with_figures(text),
            "example": text,
            "why": "A button or label between readers' comments.",
        }
        yield Entry("rules", values)
    values = {
        "id": "comments",
        "kind": "comment",
        "where": "anywhere",
        "selector": found.selector,
        "why": WHY["comment"],
    }
    yield Entry("rules", values, "readers' names and buttons should have rules of their own above this one.")


def _words_between(example: Example) -> list[str]:
    return [one.block.text for one in example.blocks if one.kind in {"form", "label"}]


def _inside(examples: Sequence[Example], body: str) -> Iterator[Entry]:
    """Yield rules for what stands in the body and is not the report's: by selector, then by its words."""
    inside = {id(judged) for example in examples for judged in _covered(example, body)}
    left = {id(judged) for example in examples for judged in example.blocks if id(judged) in inside and not judged.kept}
    for kind in NOT_TEXT:
        wanted = _among(kind, left)
        having = [example for example in examples if any(map(wanted, example.blocks))]
        found = find_selector(having, wanted) if having else None
        if found is not None:
            values: dict[str, Value] = {"id": kind, "kind": kind, "where": "anywhere", "selector": found.selector}
            yield Entry("rules", {**values, "why": f"Stands in the text on {len(having)} of {len(examples)} pages."})
            left -= {id(judged) for example in having for judged in example.blocks if wanted(judged)}
    pages = [[judged.block.text for judged in example.blocks if id(judged) in left] for example in examples]
    for number, text in enumerate(recurring(pages), 1):
        values = {
            "id": f"recurring-{number}",
            "kind": "other",
            "where": "anywhere",
            "pattern": with_figures(text),
            "example": text,
            "why": f"recurs on all {len(examples)} pages",
        }
        yield Entry("rules", values, "is this never the report's own?")


def _covered(example: Example, selector: str) -> Iterator[JudgedBlock]:
    labelled = parse_markup(example.page.text, {"picked": selector}).blocks
    if len(labelled) == len(example.blocks):
        yield from (one for one, block in zip(example.blocks, labelled, strict=True) if "picked" in block.labels)


def _text_without(lines: Container[str]) -> Wanted:
    return lambda judged: is_text(judged) and judged.block.text not in lines


def _missing(wanted: Wanted, picked: Container[int]) -> Wanted:
    return lambda judged: wanted(judged) and id(judged) not in picked


def _of_kind(kind: BlockKind) -> Wanted:
    return lambda judged: judged.kind == kind


def _among(kind: BlockKind, chosen: set[int]) -> Wanted:
    return lambda judged: judged.kind == kind and id(judged) in chosen


def _markup(example: Example) -> Markup:
    assert example.markup is not None  # noqa: S101 - HTML examples only
    return example.markup
