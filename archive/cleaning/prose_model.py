"""The line model as shipped: plain numbers that `tools/train_lines.py` wrote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from archive.cleaning.forest import Forest, read_forest

FILE = "prose.json"


@dataclass(frozen=True, slots=True)
class LineModel:
    """Which lines are the report's (`forest`, above 0: yes), and which of the lines above them is the headline.

    `title` holds the weights of the features in `prose_title.FEATURES`. `figures` is what cross-validation gave at
    the time of training: body F1, precision and recall by set.
    """

    forest: Forest
    title: tuple[float, ...]
    figures: Mapping[str, Mapping[str, tuple[float, float, float]]]


def read_line_model(text: str) -> LineModel:
    """Return the model that a data file's text holds."""
    data: dict[str, Any] = json.loads(text)
    return LineModel(read_forest(text), tuple(data["title"].values()), data.get("figures", {}))


@cache
def load_line_model() -> LineModel:
    """Return the model shipped with the program."""
    return read_line_model((resources.files("archive.cleaning") / FILE).read_text(encoding="utf-8"))
