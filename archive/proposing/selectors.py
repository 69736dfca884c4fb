"""CSS selectors that pick the same thing on every example page, found by trying them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.cleaning.markup import Markup, parse_markup
from archive.cleaning.walking import Frame
from archive.model import JudgedBlock
from archive.proposing.examples import Example

ATTRIBUTE = re.compile(r"""\b(class|id)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_-][A-Za-z_-]{1,39}")  # with figures in it, a name belongs to one page
TELLING_TAGS = frozenset({"h1", "article", "main", "figcaption", "time", "cite", "address"})
MOST_CANDIDATES = 80
DEPTH = 8
CLEAN = 0.03  # part of what a selector picks that may be something else
WHOLE = 0.95  # part of what it should pick that it must pick

Wanted = Callable[[JudgedBlock], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A selector, on how many pages it picks what it should, and what part of its words that is."""

    selector: str
    pages: int
    precision: float
    recall: float

    @property
    def balance(self) -> float:
        """Precision and recall in one figure."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def find_selector(
    examples: Sequence[Example], wanted: Wanted, *, clean: float = CLEAN, whole: float = WHOLE
) -> Found | None:
    """Return the selector that picks the wanted blocks on every page that has them, and next to nothing else.

    The shortest of the best; None when no class, id or telling tag does so. At most the part `clean` of what it picks
    may be something else, and it must pick at least the part `whole` of what is wanted.
    """
    having = [example for example in examples if example.markup is not None and any(map(wanted, example.blocks))]
    if not having:
        return None
    measured = [measure(having, wanted, selector) for selector in list_candidates(having, wanted)]
    fit = [one for one in measured if one.pages == len(having) and one.recall >= whole and one.precision >= 1 - clean]
    return min(fit, key=lambda one: (-round(one.balance, 2), len(one.selector)), default=None)


def list_candidates(examples: Sequence[Example], wanted: Wanted) -> list[str]:
    """Return the selectors that could pick wanted blocks, those of most pages first."""
    counts: Counter[str] = Counter()
    for example in examples:
        names = _original_names(example.page.text)
        found: set[str] = set()
        for judged in filter(wanted, example.blocks):
            found.update(_selectors_of(example.markup, judged.block.frame, names))
        counts.update(found)
    return [selector for selector, _ in counts.most_common(MOST_CANDIDATES)]


def measure(examples: Sequence[Example], wanted: Wanted, selector: str) -> Found:
    """Return what a selector picks on these pages."""
    pages = right = picked = all_wanted = 0
    for example in examples:
        labelled = parse_markup(example.page.text, {"picked": selector}).blocks
        if len(labelled) != len(example.blocks):
            continue  # the selector cuts blocks apart: too fine
        hits = 0
        for judged, block in zip(example.blocks, labelled, strict=True):
            words = block.text.count(" ") + 1
            inside = "picked" in block.labels
            hit = inside and wanted(judged)
            hits += hit
            right, picked = right + words * hit, picked + words * inside
            all_wanted += words * wanted(judged)
        pages += hits > 0
    return Found(selector, pages, right / max(1, picked), right / max(1, all_wanted))


def _selectors_of(markup: Markup | None, frame: int, names: Mapping[str, str]) -> Iterator[str]:
    if markup is None or frame < 0:
        return
    around = list(markup.ancestors(frame))[:DEPTH]
    for inner, outer in zip(around, [*around[1:], None], strict=True):
        if inner.tag in {"body", "html"}:
            return
        own = list(_names_of(inner, names))
        yield from own
        if outer is not None and not own:
            yield from (f"{parent} > {inner.tag}" for parent in _names_of(outer, names))


def _names_of(frame: Frame, names: Mapping[str, str]) -> Iterator[str]:
    if frame.tag in TELLING_TAGS:
        yield frame.tag
    yield from (f"{frame.tag}{names[word]}" for word in frame.hints.split() if word in names)


def _original_names(html: str) -> dict[str, str]:
    """Return the page's class names and ids as selectors write them, by their lower case."""
    names: dict[str, str] = {}
    for found in ATTRIBUTE.finditer(html):
        sign = "." if found[1].lower() == "class" else "#"
        for word in (found[2] or found[3] or "").split():
            if NAME.fullmatch(word) and (sign == "." or word.lower() not in names):
                names[word.lower()] = sign + word
    return names
