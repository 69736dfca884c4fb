"""What every page may ask: the catalogue, the archive's title and number, and the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import current_app

from indexer import Catalogue

EXTENSION = "dateline"


@dataclass(frozen=True, slots=True)
class Mode:
    """How an archive is open: `private` shows nothing to who is not signed in, without `desk` nobody can sign in."""

    private: bool = False
    desk: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """The things one application holds for as long as it runs; `authority` is the number in its ARKs."""

    catalogue: Catalogue
    title: str
    authority: str
    today: Callable[[], date]
    mode: Mode


def here() -> Context:
    """Return the context of the application that answers this request."""
    return cast("Context", current_app.extensions[EXTENSION])
