"""An outlet's own CSS selectors, applied to a page cut down to its text: the one file that meets BeautifulSoup.

Most selectors are plain (tags, classes, ids, attributes and how they stand to each other), and the parser of pages
answers those itself, some hundred times as fast. The others are BeautifulSoup's.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from bs4 import BeautifulSoup

from archive.cleaning.marks import read_marks, unmark
from archive.cleaning.walking import Labels

NAME = r"[a-zA-Z_][a-zA-Z0-9_-]*"
ATTRIBUTE = rf"""\[{NAME}(?:[~^$*]?=(?:"[^"\\]+"|'[^'\\]+'|{NAME}))?\]"""
CHILD = r":(?:(?:first|last|only)-child|nth-child\([0-9]{1,3}\))"
POSITIVE = rf"(?:\.{NAME}|\#{NAME}|{ATTRIBUTE}|{CHILD})"
SIMPLE = rf"(?:{POSITIVE}|:not\({POSITIVE}\))"
COMPOUND = rf"(?:[a-zA-Z][a-zA-Z0-9]*{SIMPLE}*|{SIMPLE}+)"
PLAIN = re.compile(
    rf"{COMPOUND}(?:(?:\s*[>+~,]\s*|\s+){COMPOUND})*", re.ASCII
)  # article > p.byline, #by a[rel="author"]
# Where a page does not say what HTML it is, the parser takes .Lead for .lead; asked for attributes it never does.
NAMED = re.compile(rf"([.#])({NAME})|{ATTRIBUTE}", re.ASCII)  # .lead  #by, and [rel="a.b"], which names neither
ASKED = re.compile(rf"\[\s*({NAME})", re.ASCII)  # [title="Home > News"]


class Element(Protocol):
    """An element of the parser's tree, or the whole of it, as far as selectors ask it."""

    @property
    def mem_id(self) -> int: ...  # noqa: D102 - the parser's own words
    @property
    def attrs(self) -> "Attributes": ...  # noqa: D102
    def text(self) -> str: ...  # noqa: D102


class Attributes(Protocol):
    """An element's attributes, which can be set."""

    def get(self, name: str) -> str | None: ...  # noqa: D102
    def __setitem__(self, name: str, value: str) -> None: ...


class Tree(Protocol):
    """A page as the parser has it."""

    @property
    def html(self) -> str | None: ...  # noqa: D102
    def css(self, query: str) -> Iterable[Element]: ...  # noqa: D102


def label_runs(tree: Tree, selectors: Mapping[str, str]) -> Labels:
    """Return for each marked run of text the selectors that cover it: (label, number of the element picked).

    `selectors` maps label → CSS.
    """
    quick = {label: _name_attributes(css) for label, css in selectors.items() if PLAIN.fullmatch(css)}
    rest = {label: css for label, css in selectors.items() if label not in quick}
    labelled: dict[int, tuple[tuple[str, int], ...]] = {}
    _unmark_attributes(tree, {"class", "id", *(name for css in selectors.values() for name in ASKED.findall(css))})
    picks = [*_pick(tree, quick), *(_pick_with_soup(tree.html or "", rest) if rest else ())]
    for picked, (label, text) in enumerate(picks):
        for number in read_marks(text):
            labelled[number] = (*labelled.get(number, ()), (label, picked))
    return labelled


def _unmark_attributes(tree: Tree, names: Collection[str]) -> None:
    """Take the marks out of the attributes that selectors ask for; they stand behind a > only."""
    for element in tree.css(",".join(f'[{name}*=">"]' for name in names)):
        for name in names:
            value = element.attrs.get(name)
            if value:
                element.attrs[name] = unmark(value)


def _pick(tree: Tree, selectors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield for each element picked its label and its text with the marks."""
    for label, selector in selectors.items():
        elements = {element.mem_id: element for element in tree.css(selector)}  # a list of selectors picks some twice
        for element in elements.values():
            yield label, element.text()


@lru_cache(maxsize=4096)
def _name_attributes(selector: str) -> str:
    """Return a plain selector with its classes and ids asked for as the attributes they are."""
    return NAMED.sub(_as_attribute, selector)


def _as_attribute(found: re.Match[str]) -> str:
    """Return a class or id as the attribute it is: .lead as [class~="lead"]; what is none, as it is."""
    sign, name = found.groups()
    if sign is None:
        return found[0]
    return f'[class~="{name}"]' if sign == "." else f'[id="{name}"]'


def _pick_with_soup(markup: str, selectors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    # The prefix keeps BeautifulSoup from guessing whether the text is XML, a file name or an address.
    soup = BeautifulSoup(f"<!DOCTYPE html>{markup}", "lxml")
    for label, selector in selectors.items():
        for element in soup.select(selector):
            yield label, "".join(element.strings)
