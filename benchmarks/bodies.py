"""The shared sets of pages, and how a body found is scored beside the gold one."""

import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[2] / "shared" / "corpora"
RENDERED = "zyte181-rendered"
LABELLED = ("zyte181", "wcxb-dev", "outlets-dev")
RULE = (
    "runs of four words (\\w+) as a multiset; precision and recall of each page averaged over the pages, F1 of the two"
    " averages"
)
WORD = re.compile(r"\w+")
RUN = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A page of a set with what people wrote down about it; `name` is "set/id", as the models know it."""

    name: str
    content: bytes
    media_type: str
    gold: Mapping[str, Any]


def find_archive(name: str) -> Path:
    """Return the archive that holds a set's pages."""
    return SHARED / ("text" if name.endswith(("-rendered", "-lines-dev")) else "pages") / f"{name}.zip"


def find_gold(name: str) -> Path:
    """Return the file that holds a set's gold; the rendered pages have that of the pages they were made of."""
    if name == RENDERED:
        return SHARED / "pages" / "zyte181.gold.jsonl"
    return find_archive(name).with_name(f"{name}.gold.jsonl")


def read_gold(name: str) -> dict[str, dict[str, Any]]:
    """Return a set's gold by id, which is the name of its page without ending."""
    lines = find_gold(name).read_text(encoding="utf-8").splitlines()
    return {gold["id"]: gold for gold in map(json.loads, lines)}


def read_cases(name: str, most: int = sys.maxsize) -> Iterator[Case]:
    """Yield a set's pages in order of name."""
    golds = read_gold(name)
    with zipfile.ZipFile(find_archive(name)) as pages:
        for member in sorted(pages.namelist())[:most]:
            gold = golds[Path(member).stem]
            kind = "text/plain" if member.endswith(".txt") else "text/html"
            yield Case(f"{name.removesuffix('-rendered')}/{gold['id']}", pages.read(member), kind, gold)


def count_runs(text: str) -> Counter[tuple[str, ...]]:
    """Return a text's runs of four words with their counts; a shorter text is one run."""
    words = WORD.findall(text)
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))) if words else Counter()


def score_body(found: str, gold: str) -> tuple[float, float]:
    """Return precision and recall of one page's body."""
    runs, wanted = count_runs(found), count_runs(gold)
    common = (runs & wanted).total()
    return common / max(1, runs.total()), common / max(1, wanted.total())


def summarise(scores: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return F1, precision and recall of a set from those of its pages."""
    precision, recall = (sum(one) / len(scores) for one in zip(*scores, strict=True))
    return 2 * precision * recall / (precision + recall or 1.0), precision, recall
