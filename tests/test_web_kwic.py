"""The concordance in the browser and on the command line."""

import csv
import io
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer import Catalogue
from tests.reading import read, said
from web.cli import dateline


def test_every_line_leads_to_its_paragraph(reader: FlaskClient) -> None:
    """A keyword stands in the middle of its line, and the line's link goes to the paragraph with the word marked."""
    page = read(reader, "/kwic?q=mosul")
    rows = page.select("tbody tr")
    assert rows
    assert all(said(row.find("mark")) for row in rows)
    links = [str(link["href"]) for link in page.select(".where a")]
    assert any("#p" in link for link in links)
    assert read(reader, next(link for link in links if "#p" in link).split("#")[0]).select("article mark")


@pytest.mark.parametrize("order", ["L1", "R2", "outlet", "keyword", "oldest", "nonsense"])
def test_lines_can_be_put_in_order(reader: FlaskClient, order: str) -> None:
    """Each order shows the same number of lines, and says which it is."""
    page = read(reader, f"/kwic?q=mosul&by={order}")
    current = page.select_one("nav[aria-label='Order of the lines'] [aria-current]")
    assert (said(current) == "newest") is (order == "nonsense")
    assert len(page.select("tbody tr")) == len(read(reader, "/kwic?q=mosul").select("tbody tr"))


def test_no_word_and_no_match_have_a_way_on(reader: FlaskClient) -> None:
    """Nothing asked, nothing found, and nothing to show in context each say what to do."""
    assert "Which word?" in said(read(reader, "/kwic").find("main"))
    assert "No report matches" in said(read(reader, "/kwic?q=zugunruhe").find("main"))
    assert "list of" in said(read(reader, "/kwic?q=date:1000..2100").find("main"))


def test_the_file_has_every_line_and_no_formula(reader: FlaskClient) -> None:
    """The CSV has a row for each line of all pages, hostile text included, and its address is the paragraph's."""
    rows = list(csv.DictReader(io.StringIO(reader.get("/kwic.csv?q=zugzwang").text.removeprefix("\ufeff"))))
    assert len(rows) >= 2
    assert {row["keyword"].lower() for row in rows} == {"zugzwang"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]
    assert any("/a/" in row["address"] and "#p" in row["address"] for row in rows)


def test_the_command_prints_aligned_lines(reading_room: Catalogue, tmp_path: Path) -> None:
    """Keywords stand below each other; as CSV the same lines come with what they are from."""
    home = copytree(reading_room._store.home.path, tmp_path / "home")
    plain = CliRunner().invoke(dateline, ["kwic", "mosul", "--by", "L1", "--home", str(home)])
    table = CliRunner().invoke(dateline, ["kwic", "mosul", "--csv", "--home", str(home)])
    assert (plain.exit_code, table.exit_code) == (0, 0), plain.output + table.output
    lines = plain.output.splitlines()
    assert {line[41:46].lower() for line in lines} == {"mosul"}
    assert len(list(csv.reader(io.StringIO(table.output)))) == len(lines) + 1
