"""Rules for an outlet's plain-text pages: the lines they share, and the lines' forms around the text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from archive.cleaning.prose_lines import COMMENTS, announcement
from archive.model import BlockKind, JudgedBlock
from archive.proposing.examples import Example, is_text
from archive.proposing.markup_rules import WHY, FoundRules
from archive.proposing.phrases import (
    FIGURES,
    LABEL,
    SEPARATOR,
    byline_pattern,
    credit_pattern,
    day_pattern,
    escape,
    label_pattern,
    recurring,
    suffix_pattern,
    with_figures,
)
from archive.proposing.writing import Entry, Value

TOP = 10  # lines in which a page's headline stands
COUNTED_COMMENTS = re.compile(r"(?i)^\W*\d+ (?:\w+ )?(?:comments?|replies|responses?)\b.{0,20}$")  # 3 Reader comment(s)
CAPTION_LABEL = re.compile(r"(?i)^(?:caption|photo|picture|image)\s*:$")
OTHERS: tuple[BlockKind, ...] = ("navigation", "sharing", "advert", "footer", "consent", "form", "tagline", "related")
DISTINCT_WORDS = 3
MOST_CLUES = 3


def find_rules(examples: Sequence[Example]) -> FoundRules:
    """Return the rules that these plain-text pages share."""
    suffix = _find_suffix(examples)
    shared = [line for line in recurring([list(example.texts) for example in examples]) if not _is_body(line, examples)]
    if suffix is not None:
        shared = [line for line in shared if not line.endswith(suffix)]
    head: dict[str, Value] = {"title_suffixes": [suffix_pattern(suffix)]} if suffix is not None else {}
    name = suffix.strip(" -–—|»:·") if suffix is not None else None
    entries = [
        *_recognise(examples, suffix, shared),
        *_title(examples, suffix),
        *_recurring(examples, shared),
        *_labels(examples),
        *_fields(examples),
    ]
    return FoundRules(name, head, tuple({(entry.table, entry.id): entry for entry in reversed(entries)}.values())[::-1])


def _find_suffix(examples: Sequence[Example]) -> str | None:
    """Return the longest ending, from a separator on, that one line at the top of every page has."""
    tops = [[judged.block.text for judged in example.blocks[:TOP]] for example in examples]
    endings = {line[found.start() :] for line in tops[0] for found in SEPARATOR.finditer(line) if line[found.end() :]}
    shared = [
        ending
        for ending in endings
        if len(tops) > 1
        and all(any(line.endswith(ending) and line != ending for line in top) for top in tops)
        and len({line for top in tops for line in top if line.endswith(ending)}) > 1
    ]
    return max(shared, key=len, default=None)


def _recognise(examples: Sequence[Example], suffix: str | None, shared: Sequence[str]) -> Iterator[Entry]:
    if suffix is not None:
        line = next(text for text in examples[0].texts if text.endswith(suffix))
        values: dict[str, Value] = {
            "id": "title-suffix",
            "pattern": rf"(?m){escape(suffix.strip())}\s*$",
            "example": line,
            "why": "The site's own name ends the headline's line on every page.",
        }
        yield Entry("recognise", values)
        return
    telling = [line for line in shared if line.count(" ") + 1 >= DISTINCT_WORDS]
    for number, line in enumerate(telling[:MOST_CLUES], 1):
        values = {
            "id": f"line-{number}",
            "points": 2,
            "pattern": f"(?m){with_figures(line)}",
            "example": line,
            "why": f"recurs on all {len(examples)} pages",
        }
        yield Entry("recognise", values, "do other outlets print this line too? Then lower its points, or remove it.")


def _title(examples: Sequence[Example], suffix: str | None) -> Iterator[Entry]:
    values: dict[str, Value] = {"id": "title", "kind": "title"}
    if suffix is not None:
        line = next(text for text in examples[0].texts if text.endswith(suffix))
        values |= {"pattern": rf"{escape(suffix.strip())}\s*$", "example": line}
        yield Entry("rules", {**values, "once": True, "why": "The headline, followed by the site's name."})
        return
    if all(_is_above(example, "title", "byline") for example in examples):
        yield Entry(
            "rules", {**values, "before": ["byline"], "once": True, "why": "The headline stands above the byline."}
        )
        values["id"] = "title-first"
    why = "The first line of four words or more is the headline."
    yield Entry("rules", {**values, "min_words": 4, "once": True, "why": why}, "is it so on every page?")


def _is_above(example: Example, first: BlockKind, second: BlockKind) -> bool:
    kinds = [judged.kind for judged in example.blocks]
    return any(pair == (first, second) for pair in pairwise(kinds))


def _recurring(examples: Sequence[Example], shared: Sequence[str]) -> Iterator[Entry]:
    for number, line in enumerate(shared, 1):
        judged = next(judged for judged in examples[0].blocks if judged.block.text == line)
        if judged.kind in {"identifier", "byline", "date"}:
            continue
        values, check = _shared_line(line, judged, number)
        yield Entry("rules", {**values, "why": f"recurs on all {len(examples)} pages"}, check)


def _shared_line(line: str, judged: JudgedBlock, number: int) -> tuple[dict[str, Value], str | None]:
    counted = FIGURES.search(line) is not None
    if CAPTION_LABEL.match(line):
        return {
            "id": "caption-label",
            "kind": "label",
            "where": "head",
            "pattern": with_figures(line),
            "example": line,
        }, None
    if COUNTED_COMMENTS.match(line) or (announcement(line.lower()) == COMMENTS and not judged.rule.endswith("-form")):
        pattern = with_figures(line, "count" if counted else None)
        values: dict[str, Value] = {"id": "comments-begin", "kind": "label", "pattern": pattern, "example": line}
        return {**values, "opens": "comments"}, "all lines below it become readers' comments."
    kind = judged.kind if judged.kind in OTHERS else "other"
    place = "comments" if judged.rule in {"generic/comment-form", "generic/comment-label"} else "anywhere"
    values = {"id": f"recurring-{number}", "kind": kind, "where": place, "pattern": with_figures(line), "example": line}
    return values, None if judged.kind in OTHERS else "is this never the report's own?"


def _fields(examples: Sequence[Example]) -> Iterator[Entry]:
    bylines = _lines(examples, "byline")
    pattern = byline_pattern(bylines)
    if pattern is not None:
        yield _field("byline", {"where": "head", "pattern": pattern, "example": bylines[0], "once": True})
    numbers = _lines(examples, "identifier")
    pattern = label_pattern(numbers)
    if pattern is not None:
        yield _field("identifier", {"where": "head", "pattern": pattern, "example": numbers[0], "once": True})
    days = _lines(examples, "date")
    pattern = day_pattern(days)
    if pattern is not None:
        yield _field("date", {"where": "head", "pattern": pattern, "example": days[0], "once": True})
    yield from _captions(examples)


def _captions(examples: Sequence[Example]) -> Iterator[Entry]:
    labelled = [pair for example in examples for pair in pairwise(example.texts) if CAPTION_LABEL.match(pair[0])]
    if labelled:
        label = labelled[0][0]
        values: dict[str, Value] = {"id": "caption-label", "kind": "label", "where": "head"}
        values |= {"pattern": with_figures(label), "example": label, "why": "Label of the caption below it."}
        yield Entry("rules", values)
        values = {
            "id": "caption-labelled",
            "kind": "caption",
            "where": "head",
            "after": ["caption-label"],
            "once": True,
        }
        yield Entry("rules", {**values, "why": "The caption stands below its label."})
    captions = [*_lines(examples, "caption"), *(text for _, text in labelled)]
    pattern = credit_pattern(captions)
    if pattern is not None:
        example = next(line for line in captions if re.search(pattern, line))
        yield _field("caption", {"where": "head", "pattern": pattern, "example": example})


def _labels(examples: Sequence[Example]) -> Iterator[Entry]:
    """Yield rules for lines above the text that begin with one label on most pages: Filed from: Beirut."""
    tops = [[found for text in list(example.texts)[:TOP] if (found := LABEL.match(text))] for example in examples]
    counts = Counter(label for top in tops for label in {found["label"] for found in top if found["rest"]})
    numbers = {block.text for example in examples for block in example.of_kind("identifier", "byline", "title")}
    for number, (label, count) in enumerate(sorted(counts.items()), 1):
        lines = [found[0] for top in tops for found in top if found["label"] == label]
        if count * 2 <= len(examples) or len(set(lines)) == 1 or not numbers.isdisjoint(lines):
            continue
        why = f"A line with this label stands on {count} of {len(examples)} pages."
        day = day_pattern(lines)
        if day is not None:
            values: dict[str, Value] = {"id": "date-labelled", "kind": "date", "where": "anywhere", "once": True}
            values |= {"pattern": rf"^{escape(label)}\s*{day}", "example": lines[0], "why": why}
            yield Entry("rules", values)
            continue
        values = {"id": f"labelled-{number}", "kind": "other", "where": "anywhere"}
        values |= {"pattern": rf"^{escape(label)}\s*\S.*$", "example": lines[0], "why": why}
        yield Entry("rules", values, "what does it say: a number (kind = identifier), a person (kind = byline)?")


def _field(kind: str, values: Mapping[str, Value]) -> Entry:
    return Entry("rules", {"id": kind, "kind": kind, **values, "why": WHY[kind]})


def _lines(examples: Sequence[Example], kind: BlockKind) -> list[str]:
    return [block.text for example in examples for block in example.of_kind(kind)]


def _is_body(line: str, examples: Sequence[Example]) -> bool:
    """Tell whether a line is text of the report on most of the pages."""
    times = sum(any(is_text(judged) and judged.block.text == line for judged in example.blocks) for example in examples)
    return times * 2 > len(examples) and line.count(" ") + 1 > DISTINCT_WORDS * 4
