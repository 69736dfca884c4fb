"""The rule files that come with the program, as text, and the names of the outlets they are of.

Most of the program only needs the names: reading and trying every rule takes a hundred times as long.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

GENERIC = "generic"  # the file of what holds for any outlet


@cache
def read_shipped() -> tuple[tuple[str, str], ...]:
    """Return name and text of every rule file of the program."""
    folder = resources.files("archive") / "outlets"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in files)


@cache
def outlet_names() -> Mapping[str, str]:
    """Return what the program's outlets are called, by their keys."""
    heads = (tomllib.loads(text) for name, text in read_shipped() if name != f"{GENERIC}.toml")
    return MappingProxyType({head["key"]: head["name"] for head in heads})
