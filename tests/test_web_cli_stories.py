"""The command for reprints."""

import json

import pytest
from click.testing import CliRunner

from archive.home import Home
from archive.store import Store
from tests.copies import put_copy, write_copy
from web.cli import dateline

pytestmark = pytest.mark.slow


def run(home: Home, *arguments: str) -> str:
    """Run `dateline stories` in this home and return what it prints."""
    done = CliRunner().invoke(dateline, ["stories", *arguments, "--home", str(home.path)])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_counts_and_shows_stories(store: Store, home: Home) -> None:
    """Without an id it says how many stories there are; with one, who printed it."""
    ids = [put_copy(store, name, write_copy(1)) for name in ("dawn", "dusk")]
    assert "1 story of 2 reports; 0 compared now." in run(home)
    shown = run(home, ids[0])
    assert all(report_id in shown for report_id in ids)
    found = json.loads(run(home, "s1", "--json"))
    assert {report["outlet"] for report in found["reports"]} == {"dawn-gazette", "dusk-gazette"}
    assert found["links"][0]["share"] == 1


def test_the_command_compares_what_came_in_before(store: Store, home: Home) -> None:
    """Reports whose marks are of an older kind are compared again, and said."""
    put_copy(store, "dawn", write_copy(1))
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE sketches SET kind = 0")
    assert "1 compared now" in run(home)
