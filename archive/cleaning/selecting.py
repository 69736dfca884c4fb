"""An outlet's own CSS selectors, applied to a page cut down to its text: the one file that meets BeautifulSoup."""

from collections.abc import Mapping

from bs4 import BeautifulSoup

from archive.cleaning.marks import read_marks
from archive.cleaning.walking import Labels


def label_runs(markup: str, selectors: Mapping[str, str]) -> Labels:
    """Return for each marked run of text the selectors that cover it: (label, number of the element picked).

    `selectors` maps label → CSS.
    """
    # The prefix keeps BeautifulSoup from guessing whether the text is XML, a file name or an address.
    soup = BeautifulSoup(f"<!DOCTYPE html>{markup}", "lxml")
    labelled: dict[int, tuple[tuple[str, int], ...]] = {}
    picked = 0
    for label, selector in selectors.items():
        for element in soup.select(selector):
            picked += 1
            for text in element.strings:
                for number in read_marks(text):
                    labelled[number] = (*labelled.get(number, ()), (label, picked))
    return labelled
