"""The models of cross-validation, each with the pages it has never seen: what our own figures are measured with.

`extractor.json.gz` is written by tools/train_extractor.py, `prose.json.gz` by tools/train_lines.py. A page is named
"set/id". A page of no labelled set is judged by the models that are shipped.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

from archive.cleaning.features import FEATURES
from archive.cleaning.forest import Forest, read_forest
from archive.cleaning.prose_features import FEATURES as LINE_FEATURES
from archive.cleaning.prose_model import LineModel, read_line_model

FOLDER = Path(__file__).parent
Table = Literal["out_of_fold", "set_left_out"]


class OldModels(Exception):
    """The models of cross-validation were made for other features than the program has."""

    def __init__(self, script: str) -> None:
        super().__init__(f"The models in benchmarks/held_out are for other features: run {script} again.")


def read_file(name: str, script: str, features: tuple[str, ...]) -> Mapping[str, Any]:
    """Return what a training script kept; raises OldModels when it is for other features."""
    data: Mapping[str, Any] = json.loads(gzip.decompress((FOLDER / name).read_bytes()))
    if tuple(data["out_of_fold"][0]["forest"]["features"]) != features:
        raise OldModels(script)
    return data


@cache
def load_forests(table: Table = "out_of_fold") -> Mapping[str, Forest]:
    """Return for each page of the labelled sets of HTML a forest that has seen nothing of its site."""
    data = read_file("extractor.json.gz", "tools/train_extractor.py", FEATURES)
    forests = [(one["pages"], read_forest(json.dumps(one["forest"]))) for one in data[table]]
    return {page: forest for pages, forest in forests for page in pages}


@cache
def load_line_models() -> Mapping[str, LineModel]:
    """Return for each page of the labelled sets as plain text a line model that has seen nothing of its site."""
    data = read_file("prose.json.gz", "tools/train_lines.py", LINE_FEATURES)
    models = [(one["pages"], read_line_model(json.dumps(one["forest"]))) for one in data["out_of_fold"]]
    return {page: model for pages, model in models for page in pages}


@contextmanager
def holding_out(page: str, table: Table = "out_of_fold") -> Iterator[None]:
    """Let the program judge one page with models that have seen nothing of its site."""
    forest, lines = load_forests(table).get(page), load_line_models().get(page)
    with (
        patch("archive.cleaning.cleaned.shipped_forest", lambda: forest) if forest is not None else _nothing(),
        patch("archive.cleaning.prose.load_line_model", lambda: lines) if lines is not None else _nothing(),
    ):
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield
