"""How well dates, places and names are found: the figures that were recorded when they were last measured."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import floor

FILE = "figures.json"
NEARLY_ALL = 99  # per cent from which a tenth is worth saying


@dataclass(frozen=True, slots=True)
class Figure:
    """How many were right, of how many that there were, and of how many that were given."""

    right: int
    wanted: int
    given: int

    @property
    def found(self) -> str:
        """Return the part of all that was found, in per cent: the recall."""
        return say_share(self.right, self.wanted)

    @property
    def correct(self) -> str:
        """Return the part of what was given that is right, in per cent: the precision."""
        return say_share(self.right, self.given)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures by key, and the day on which they were measured (ISO)."""

    measured: str
    by_key: Mapping[str, Figure]

    def __getitem__(self, key: str) -> Figure:
        return self.by_key[key]


@cache
def load_figures() -> Figures:
    """Return the recorded figures."""
    data = json.loads((resources.files("web") / FILE).read_text(encoding="utf-8"))
    figures = {
        one["key"]: Figure(one["right"], one["wanted"], one["wanted"] if one["given"] is None else one["given"])
        for one in data["figures"]
    }
    return Figures(data["measured"], figures)


def say_share(part: int, whole: int) -> str:
    """Return a part in per cent, never rounded up to all: `88 %`, `99.8 %`."""
    share = 100 * part / whole if whole else 100.0
    return f"{floor(share * 10) / 10:.1f} %" if NEARLY_ALL <= share < 100 else f"{floor(share + 0.5)} %"  # noqa: PLR2004
