"""Docs that fail: what the pages say of commands, fields, codes and decisions is so."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from archive.issues import ISSUE_BY_CODE, ISSUES
from archive.model import BlockKind
from archive.rules import Listing, OutletRules, Recognise, Rule, read_outlet
from web.cli import dateline

ROOT = Path(__file__).resolve().parent.parent
CODE = re.compile(r"\"([A-Z]\d{2})\"")  # Issue("D01", …)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")  # [outlets.md](outlets.md)


@pytest.mark.slow
def test_reference_pages_are_current() -> None:
    """The pages made from the program's tables are what the program would write now."""
    done = subprocess.run(
        [sys.executable, "tools/write_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_issue_code_is_explained() -> None:
    """Every code the archive can give stands in the table that docs/issues.md is made from, and no other code does."""
    used = {
        code
        for file in (ROOT / "archive").rglob("*.py")
        if file.name != "issues.py"
        for code in CODE.findall(file.read_text(encoding="utf-8"))
    }
    assert used - {"S00"} == set(ISSUE_BY_CODE)
    assert len(ISSUE_BY_CODE) == len(ISSUES)  # no code has two meanings


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every relative link in the docs names a file that is there."""
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_readme_shows_every_command() -> None:
    """Every command has its place in the README or in the page of commands."""
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in dateline.commands if f"## dateline {name}" not in commands] == []


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda page: page.name)
def test_decisions_are_short(record: Path) -> None:
    """A decision record has at most 25 lines."""
    assert len(record.read_text(encoding="utf-8").splitlines()) <= 25


def test_the_rule_file_in_the_docs_is_one_and_shows_every_key() -> None:
    """The example of docs/cleaning.md validates, and has every key that a rule file can have."""
    page = (ROOT / "docs" / "cleaning.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert read_outlet("tern-gazette.toml", example).key == "tern-gazette"
    shapes = (OutletRules, Recognise, Listing, Rule)
    used = set(re.findall(r"^(?:\[\[)?(\w+)", example, re.MULTILINE)) | {"listing"}
    assert {one.name for shape in shapes for one in fields(shape)} == used


def test_every_kind_of_block_is_explained() -> None:
    """The table of kinds in docs/cleaning.md names each kind that a rule can give."""
    page = (ROOT / "docs" / "cleaning.md").read_text(encoding="utf-8")
    assert [kind for kind in get_args(BlockKind) if f"`{kind}`" not in page] == []


@pytest.mark.slow
def test_readme_shows_what_the_commands_print() -> None:
    """The output in the README is what its commands print now."""
    done = subprocess.run(
        [sys.executable, "tools/write_readme.py", "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
