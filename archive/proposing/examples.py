"""Example pages of one outlet, each as the generic rules read it, whatever outlet we may know it for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from archive.cleaning.cleaned import clean_page
from archive.cleaning.markup import Markup
from archive.model import BODY_KINDS, Block, BlockKind, Given, JudgedBlock, Page
from archive.rules import RuleSet

ATTRIBUTE = re.compile(r"""\b(class|id)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_-][A-Za-z_-]{1,39}")  # with figures in it, a name belongs to one page


@dataclass(frozen=True, slots=True)
class Example:
    """One page, its blocks judged generically, and its markup when it is HTML.

    `names` are the markup's class names and ids as selectors write them, by their small letters.
    """

    name: str
    page: Page
    markup: Markup | None
    blocks: tuple[JudgedBlock, ...]
    names: Mapping[str, str]

    def of_kind(self, *kinds: BlockKind) -> tuple[Block, ...]:
        """Return the blocks of these kinds in page order."""
        return tuple(one.block for one in self.blocks if one.kind in kinds)

    @property
    def title(self) -> Block | None:
        """The block taken for the headline."""
        return next(iter(self.of_kind("title")), None)

    @property
    def texts(self) -> Iterator[str]:
        """The texts of all blocks."""
        return (one.block.text for one in self.blocks)


def read_examples(pages: Sequence[Page], rules: RuleSet) -> tuple[Example, ...]:
    """Return the pages as the generic rules read them."""
    generic = replace(rules, outlets=MappingProxyType({}))
    examples = []
    for page in pages:
        cleaned = clean_page(page, generic, Given())
        names = _read_names(page.text) if cleaned.markup is not None else {}
        examples.append(Example(page.source.label, page, cleaned.markup, cleaned.blocks, names))
    return tuple(examples)


def is_text(judged: JudgedBlock) -> bool:
    """Tell whether a block was taken for the report's own text."""
    return judged.kept and judged.kind in BODY_KINDS


def _read_names(html: str) -> dict[str, str]:
    """Return the page's class names and ids as selectors write them, by their small letters."""
    names: dict[str, str] = {}
    for found in ATTRIBUTE.finditer(html):
        sign = "." if found[1].lower() == "class" else "#"
        for word in (found[2] or found[3] or "").split():
            if NAME.fullmatch(word) and (sign == "." or word.lower() not in names):
                names[word.lower()] = sign + word
    return names
