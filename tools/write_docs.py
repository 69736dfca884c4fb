"""Write the reference pages that are made from the program's own tables: fields, issues, outlets, commands, figures.

python tools/write_docs.py            write them
python tools/write_docs.py --check    say which are out of date, with exit code 1
"""

import json
import sys
from pathlib import Path
from typing import Any

import click

from archive.fields import FIELDS
from archive.issues import ISSUES
from archive.rules import Listing, OutletRules, Rule, load_rule_set
from web.cli import dateline

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Made by tools/write_docs.py from {source}. Do not edit. -->\n\n"


def write_fields() -> str:
    """Return docs/fields.md."""
    rows = [
        f"| {field.label} | `{field.name}` | `{field.key}:` | {_yes(field.searchable)} | {_yes(field.default)} "
        f"| {_yes(field.facet)} | {_yes(field.correctable)} | {field.about} |"
        for field in FIELDS
    ]
    return (
        MADE.format(source="archive/fields.py")
        + "# Fields of a report\n\n"
        + "`In the record` is the key in the public JSON; `in queries` is the word readers use in the search box, in\n"
        + "addresses and in facets. Words without a field are searched in the fields marked *by default*.\n\n"
        + "| Field | in the record | in queries | searchable | by default | facet | correctable | what it is |\n"
        + "|---|---|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def write_issues() -> str:
    """Return docs/issues.md."""
    rows = [f"| {issue.code} | {issue.meaning} | {issue.next_step} |" for issue in ISSUES]
    return (
        MADE.format(source="archive/issues.py")
        + "# Issue codes\n\n"
        + "Where Dateline is not sure, it leaves a value unset and says so with a code. S: reading the file.\n"
        + "M: outlet. T: title. B: text. D: date. C: comments. P: places. F: fixity (`dateline verify`).\n\n"
        + "| Code | What it means | What you can do |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def write_outlets() -> str:
    """Return docs/outlets.md."""
    rule_set = load_rule_set()
    parts = [_outlet(outlet) for outlet in (*rule_set.outlets.values(), rule_set.generic)]
    return (
        MADE.format(source="archive/outlets/*.toml")
        + "# Outlets and their rules\n\n"
        + "Each outlet is one file in `archive/outlets/`. A block of a page goes through the file's rules in order;\n"
        + "the first that fits decides, and the record cites it as `outlet/rule`. Further files in the folder\n"
        + "`outlets` of an archive's home are read too; a file of the same name replaces the one shipped.\n\n"
        + "\n".join(parts)
    )


def write_commands() -> str:
    """Return docs/commands.md."""
    parts = [_help(dateline, "dateline")]
    for name, command in dateline.commands.items():
        parts.append(_help(command, f"dateline {name}"))
        if isinstance(command, click.Group):
            parts += [_help(one, f"dateline {name} {under}") for under, one in command.commands.items()]
    return MADE.format(source="web/cli") + "# The command `dateline`\n\n" + "\n".join(parts)


def write_figures() -> str:
    """Return docs/figures.md."""
    data = json.loads((DOCS.parent / "web" / "figures.json").read_text(encoding="utf-8"))
    rows = [f"| {one['what']} | {_figure(one)} | {_asked(one)} |" for one in data["figures"]]
    return (
        MADE.format(source="web/figures.json")
        + "# Figures of places, dates and names\n\n"
        + f"Measured {data['measured']} by `python -m benchmarks.recorded`; how each is scored is said at the head of\n"
        + "`benchmarks/places.py`, `dates.py`, `names.py` and `fields.py`. The quality gate measures them again and\n"
        + "holds them. Readers see them at `/help/method`. *F1* is followed by precision and recall.\n\n"
        + "| what | reached | asked |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


PAGES = {
    "figures.md": write_figures,
    "fields.md": write_fields,
    "issues.md": write_issues,
    "outlets.md": write_outlets,
    "commands.md": write_commands,
}


def find_stale() -> list[str]:
    """Return the names of the pages that are missing or differ from what they should be."""
    return [
        name
        for name, write in PAGES.items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != write()
    ]


def main() -> None:
    """Write the pages, or with --check name those that are out of date."""
    stale = find_stale()
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/{name} is out of date: run python tools/write_docs.py")
        sys.exit(bool(stale))
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/{name}")


def _figure(one: dict[str, Any]) -> str:
    right, wanted, given = one["right"], one["wanted"], one["given"]
    if one["shown"] == "count":
        return f"{right} of {wanted}"
    if one["shown"] == "f1":
        return f"F1 {2 * right / (given + wanted):.3f} ({right / given:.3f}, {right / wanted:.3f})"
    return f"{right / wanted:.3f} ({right:,} of {wanted:,})"


def _asked(one: dict[str, Any]) -> str:
    if one["asked"] is None:
        return ""
    return f"{one['asked'] * one['wanted']:.0f}" if one["shown"] == "count" else f"{one['asked']:.2f}"


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell of a table
    return "yes" if value else ""


def _outlet(outlet: OutletRules) -> str:
    lines = [f"## {outlet.name} (`{outlet.key}`)", "", outlet.about, ""]
    if outlet.recognise:
        lines += ["Recognised by (three points are enough):", ""]
        lines += [
            f"- {clue.points} points, {clue.where}: {clue.why} Example: `{clue.example}`" for clue in outlet.recognise
        ]
        lines += [""]
    if outlet.listing:
        lines += ["A page is a listing, and no report, when it shows:", ""]
        lines += [f"- {_sign(sign)} {sign.why}" for sign in outlet.listing]
        lines += [""]
    lines += ["| Rule | makes a block | where | example | why |", "|---|---|---|---|---|"]
    lines += [_rule(rule) for rule in outlet.rules]
    return "\n".join(lines) + "\n"


def _sign(sign: Listing) -> str:
    times = f"{sign.times} times " if sign.times > 1 else ""
    return f"{times}`{sign.example or sign.selector}` ({sign.where})."


def _rule(rule: Rule) -> str:
    shown = f"`{rule.example}`" if rule.example else f"`{rule.selector}`" if rule.selector else ""
    return f"| {rule.id} | {rule.kind} | {rule.where} | {_cell(shown)} | {_cell(rule.why)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return f"## {name}\n\n```text\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    main()
