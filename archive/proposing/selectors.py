"""CSS selectors that pick the same thing on every example page, found by trying them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.cleaning.markup import Markup, ParsedPage
from archive.cleaning.walking import Frame
from archive.model import Block, JudgedBlock
from archive.proposing.examples import Example

TELLING_TAGS = frozenset({"h1", "article", "main", "figcaption", "time", "cite", "address"})
LINE_TAGS = frozenset({"p", "h2", "h3", "h4", "li", "blockquote"})  # div.story p, wherever in it the paragraphs stand
MOST_CANDIDATES = 160
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
    measured = measure(having, wanted, list_candidates(having, wanted))
    fit = [one for one in measured if one.pages == len(having) and one.recall >= whole and one.precision >= 1 - clean]
    return min(fit, key=lambda one: (-round(one.balance, 2), len(one.selector)), default=None)


def list_candidates(examples: Sequence[Example], wanted: Wanted) -> list[str]:
    """Return the selectors that could pick wanted blocks, those of most pages first."""
    counts: Counter[str] = Counter()
    for example in examples:
        found: dict[str, None] = {}  # in page order: of two that are equal, each run is to choose the same
        for judged in filter(wanted, example.blocks):
            found |= dict.fromkeys(_selectors_of(example.markup, judged.block.frame, example.names))
        counts.update(found.keys())
    return [selector for selector, _ in counts.most_common(MOST_CANDIDATES)]


def measure(examples: Sequence[Example], wanted: Wanted, selectors: Sequence[str]) -> list[Found]:
    """Return what each selector picks on these pages."""
    sums = {selector: _Sums() for selector in selectors}
    for example in examples:
        page = ParsedPage(example.page.text)  # parsed once for all selectors, and gone before the next page is
        sought = [wanted(judged) for judged in example.blocks]
        for selector, found in sums.items():
            labelled = page.label({"picked": selector}).blocks
            if len(labelled) == len(sought):  # or the selector cuts blocks apart: too fine
                found.add(labelled, sought)
    return [found.sum_up(selector) for selector, found in sums.items()]


class _Sums:
    """Words picked and wanted, and pages on which something wanted was picked, added up page by page."""

    def __init__(self) -> None:
        self.pages = self.right = self.picked = self.wanted = 0

    def add(self, blocks: Iterable[Block], sought: Iterable[bool]) -> None:
        hits = 0
        for block, wanted in zip(blocks, sought, strict=True):
            inside = "picked" in block.labels
            if not (inside or wanted):
                continue
            words = block.text.count(" ") + 1
            hit = inside and wanted
            hits += hit
            self.right, self.picked = self.right + words * hit, self.picked + words * inside
            self.wanted += words * wanted
        self.pages += hits > 0

    def sum_up(self, selector: str) -> Found:
        return Found(selector, self.pages, self.right / max(1, self.picked), self.right / max(1, self.wanted))


def _selectors_of(markup: Markup | None, frame: int, names: Mapping[str, str]) -> Iterator[str]:
    if markup is None or frame < 0:
        return
    around = list(markup.ancestors(frame))[:DEPTH]
    line = around[0].tag if around[0].tag in LINE_TAGS else None
    for inner, outer in zip(around, [*around[1:], None], strict=True):
        if inner.tag in {"body", "html"}:
            return
        own = list(_names_of(inner, names))
        yield from own
        if outer is not None and not own:
            yield from (f"{parent} > {inner.tag}" for parent in _names_of(outer, names))
        if line is not None and inner is not around[0]:
            yield from (f"{name} {line}" for name in own)


def _names_of(frame: Frame, names: Mapping[str, str]) -> Iterator[str]:
    if frame.tag in TELLING_TAGS:
        yield frame.tag
    yield from (f"{frame.tag}{names[word]}" for word in frame.hints.split() if word in names)
