"""A rule file's text: TOML as a person would write it, with a remark above what needs checking."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | int | bool | Sequence[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a rule file (`rules`, `recognise`, `listing`), and what a person should check about it."""

    table: str
    values: Mapping[str, Value]
    check: str | None = None

    @property
    def id(self) -> str:
        """The entry's name in the file."""
        return str(self.values["id"])


def write_file(remarks: Sequence[str], head: Mapping[str, Value], entries: Sequence[Entry]) -> str:
    """Return the file: remarks, the outlet's own keys, then its tables in order."""
    parts = [[f"# {remark}" for remark in remarks] + write_values(head)]
    for entry in entries:
        check = [f"# Check: {entry.check}"] if entry.check else []
        parts.append([*check, f"[[{entry.table}]]", *write_values(entry.values)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def write_values(values: Mapping[str, Value]) -> list[str]:
    """Return keys and values, one a line."""
    return [f"{key} = {write_value(value)}" for key, value in values.items()]


def write_value(value: Value) -> str:
    """Return one value; a text with backslashes is written without doubling them where TOML allows."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        plain = "\\" in value and "'" not in value and value.isprintable()
        return f"'{value}'" if plain else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(write_value, value))}]"
