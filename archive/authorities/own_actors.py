"""A library's own actors, in authorities/actors.toml: laid over those of the program, which they go before.

Example: `[[actors]]`, and below it `id = "islamic-state"`, `variants = ["Caliphate army"]`, `without = ["IS"]`.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archive.authorities.folding import fold_name
from archive.errors import BadRuleFile

OWN_ACTORS: Final = "actors.toml"
KEYS: Final = ("id", "label", "variants", "without", "note")
ACTOR_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # islamic-state
BLOCK = re.compile(r"(?m)^(?=\[\[actors\]\])")
LONGEST, MOST_NAMES = 200, 500


@dataclass(frozen=True, slots=True)
class OwnActor:
    """What a library says of one actor: a label and names that reports print, names that are not its, and a note."""

    id: str
    label: str = ""
    variants: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    note: str = ""


def read_own_actors(text: str) -> Mapping[str, OwnActor]:
    """Return what a text says of each actor, by id; raises BadRuleFile."""
    try:
        tables: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadRuleFile(OWN_ACTORS, "the file", f"is not valid TOML ({problem})") from problem
    found: dict[str, OwnActor] = {}
    rows = tables.pop("actors", [])
    if tables or not isinstance(rows, list):
        raise BadRuleFile(OWN_ACTORS, "the file", "must be a list of tables, each opened by [[actors]]")
    owner: dict[str, str] = {}
    for row in rows:
        actor = _read(row)
        if actor.id in found:
            raise BadRuleFile(OWN_ACTORS, actor.id, "is there twice")
        found[actor.id] = actor
        for name in actor.variants:
            other = owner.setdefault(fold_name(name), actor.id)
            if other != actor.id:
                raise BadRuleFile(OWN_ACTORS, actor.id, f"the name '{name}' is also given to {other}")
    return found


def write_own_actor(text: str, actor: OwnActor) -> str:
    """Return the text of actors.toml with one actor's table written anew, or left out when it says nothing.

    The rest stays as it is. Raises BadRuleFile.
    """
    head, *blocks = BLOCK.split(text)
    kept = [block for block in blocks if list(read_own_actors(block)) != [actor.id]]
    said: dict[str, object] = {"id": actor.id, "label": actor.label, "variants": list(actor.variants),
                               "without": list(actor.without), "note": actor.note}  # fmt: skip
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items() if value]
    if len(lines) > 1:
        kept.append("\n".join(["[[actors]]", *lines]) + "\n")
    written = "\n".join(part.rstrip() + "\n" for part in (head, *kept) if part.strip())
    read_own_actors(written)
    return written


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without white space around and inside them that is not one space, each once."""
    cleaned = (" ".join("".join(letter for letter in name if letter.isprintable()).split())[:LONGEST] for name in names)
    return tuple(dict.fromkeys(filter(None, cleaned)))[:MOST_NAMES]


def _read(row: Any) -> OwnActor:  # noqa: ANN401 - TOML
    name = row.get("id", "?") if isinstance(row, dict) else "?"
    if not isinstance(name, str) or ACTOR_ID.fullmatch(name) is None:
        raise BadRuleFile(OWN_ACTORS, "id", f"is '{name}', but must be small letters, figures and hyphens")
    unknown = sorted(set(row) - set(KEYS))
    if unknown:
        raise BadRuleFile(OWN_ACTORS, f"{name}.{unknown[0]}", f"is unknown; known are {', '.join(KEYS)}")
    for key in ("label", "note"):
        if not isinstance(row.get(key, ""), str):
            raise BadRuleFile(OWN_ACTORS, f"{name}.{key}", "must be a text")
    names = {}
    for key in ("variants", "without"):
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and fold_name(one) for one in value):
            raise BadRuleFile(OWN_ACTORS, f"{name}.{key}", "must be a list of names")
        names[key] = tuple(value)
    return OwnActor(name, row.get("label", ""), names["variants"], names["without"], row.get("note", ""))
