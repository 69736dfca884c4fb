"""Split rules are data: how to know the export of a press database, and how to part it into articles.

One TOML file per kind of export in `archive/sources/exports/`; docs/importing.md tells how to write one. Every
pattern stands beside an example it must match, so a broken one stops the program at start, with file and key.
"""

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_type_hints

from archive.errors import BadRuleFile
from archive.model import BlockKind
from archive.sources.rows import STATED

Zone = Literal["head", "body", "foot", "any"]
Form = Literal["text", "html", "docx"]
At = Literal["start", "end"]
Paragraphs = Literal["lines", "blank lines"]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A line of an export that tells where something is, with an example it must match."""

    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class LineRule:
    """What one line (or paragraph) of an article's head, body or foot is.

    The first rule that fits decides. A group named `value` in the pattern gives the `field` its value; with `below`
    the line is a label alone and the value follows on the next lines. `once` lets a rule decide one line;
    `after` and `before` name rules that must, or must not, have decided an earlier one.
    """

    id: str
    why: str
    pattern: re.Pattern[str]
    example: str
    where: Zone = "head"
    field: str | None = None
    kind: BlockKind = "label"
    once: bool = False
    below: bool = False
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportRules:
    """How one kind of export is known and read.

    All words of `contains` stand in such a file (in HTML, in its opening), and `recognise` matches. `split` parts two
    articles: it opens the one or closes the other (`at`); a part in which `holds` does not match is no article. An
    article's own text begins after `body_after` and ends before `body_until`. `cover` matches lines of the cover sheet;
    where a closing line parts the articles, the first begins after the last of them.
    """

    key: str
    name: str
    about: str
    version: int
    reads: tuple[Form, ...]
    contains: tuple[str, ...]
    recognise: Landmark
    split: Landmark
    at: At
    body_after: Landmark
    lines: tuple[LineRule, ...]
    body_until: Landmark | None = None
    cover: Landmark | None = None
    holds: Landmark | None = None
    paragraphs: Paragraphs = "lines"

    def rule_id(self, rule: str) -> str:
        """Return the name under which a record cites one of these rules."""
        return f"export/{self.key}/{rule}"


@cache
def load_exports(extra: Path | None = None) -> tuple[ExportRules, ...]:
    """Return the split rules shipped with the program, with those of the folder `extra` added or put in their place.

    Raises BadRuleFile, naming file and key, when a file does not validate.
    """
    folder = resources.files("archive.sources") / "exports"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    if extra is not None and extra.is_dir():
        texts |= {file.name: file.read_text(encoding="utf-8") for file in sorted(extra.glob("*.toml"))}
    return tuple(read_export(name, text) for name, text in sorted(texts.items()))


def read_export(file: str, text: str) -> ExportRules:
    """Return the rules in the text of one file; raises BadRuleFile."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleFile(file, "the file", f"is not valid TOML ({error})") from error
    tables = data.get("lines", [])
    lines = tables if isinstance(tables, list) else [tables]
    data["lines"] = tuple(_read(file, f"lines.{_id(line)}", line, LineRule) for line in lines)
    rules: ExportRules = _read(file, "", data, ExportRules)
    if file != f"{rules.key}.toml":
        raise BadRuleFile(file, "key", f"is '{rules.key}', but must equal the file's name")
    _check_lines(file, rules)
    return rules


def _check_lines(file: str, rules: ExportRules) -> None:
    ids = [line.id for line in rules.lines]
    for line in rules.lines:
        place = f"lines.{line.id}"
        _check_example(file, place, line.pattern, line.example)
        unknown = next((one for one in (*line.after, *line.before) if one not in ids), None)
        if unknown is not None:
            raise BadRuleFile(file, place, f"speaks of the line '{unknown}', which is not in this file")
        if line.field is not None and line.field not in STATED:
            raise BadRuleFile(file, f"{place}.field", f"must be one of {', '.join(STATED)}")
        if line.field is not None and not line.below and "value" not in line.pattern.groupindex:
            raise BadRuleFile(file, f"{place}.pattern", "must name the field's value: (?P<value>…)")


def _id(line: object) -> object:
    return line.get("id", "?") if isinstance(line, dict) else "?"


def _read(file: str, place: str, data: object, shape: type[Any]) -> Any:  # noqa: ANN401 - one of the shapes above
    prefix = f"{place}." if place else ""
    if not isinstance(data, dict):
        raise BadRuleFile(file, place, "must be a table")
    hints = get_type_hints(shape)
    known = {one.name: one for one in fields(shape)}
    for key in data:
        if key not in known:
            raise BadRuleFile(file, f"{prefix}{key}", f"is not known; known keys are {', '.join(known)}")
    for name, one in known.items():
        if one.default is MISSING and name not in data:
            raise BadRuleFile(file, f"{prefix}{name}", "is missing")
    return shape(**{key: _convert(file, f"{prefix}{key}", value, hints[key]) for key, value in data.items()})


def _convert(file: str, place: str, value: object, hint: Any) -> object:  # noqa: ANN401 - a type's annotation
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0]
    if hint is Landmark:
        landmark: Landmark = _read(file, place, value, Landmark)
        _check_example(file, place, landmark.pattern, landmark.example)
        return landmark
    origin = getattr(hint, "__origin__", hint)
    if origin is re.Pattern:
        return _compile(file, place, value)
    if origin is tuple:
        return _convert_list(file, place, value, get_args(hint)[0])
    if origin is Literal:
        if value not in get_args(hint):
            raise BadRuleFile(file, place, f"is '{value}', but must be one of {', '.join(get_args(hint))}")
    elif type(value) is not origin:
        words: dict[object, str] = {str: "a text", int: "a whole number", bool: "true or false"}
        raise BadRuleFile(file, place, f"must be {words[origin]}")
    return value


def _convert_list(file: str, place: str, value: object, hint: Any) -> object:  # noqa: ANN401 - a type's annotation
    if not isinstance(value, list | tuple):
        raise BadRuleFile(file, place, "must be a list")
    return tuple(one if isinstance(one, LineRule) else _convert(file, place, one, hint) for one in value)


def _compile(file: str, place: str, value: object) -> re.Pattern[str]:
    try:
        return re.compile(str(value), re.MULTILINE)
    except re.error as error:
        raise BadRuleFile(file, place, f"is not a regular expression ({error})") from error


def _check_example(file: str, place: str, pattern: re.Pattern[str], example: str) -> None:
    if pattern.search(example) is None:
        raise BadRuleFile(file, f"{place}.pattern", f"does not match its own example '{example}'")
