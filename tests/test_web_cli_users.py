"""The commands for accounts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.home import Home
from archive.store import Store
from web.cli import dateline

pytestmark = pytest.mark.slow

PASSWORD = "seven grey herons at dawn"


def run(home: Home, *arguments: str, given: str = "") -> Result:
    """Run `dateline user …` in this home."""
    return CliRunner().invoke(dateline, ["user", *arguments, "--home", str(home.path)], input=given)


def test_the_first_admin_comes_from_the_command_line(home: Home) -> None:
    """The password is asked for twice and shown never."""
    done = run(home, "add", "N. Karim", "--role", "admin", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert (done.exit_code, PASSWORD in done.output) == (0, False)
    with Store.open(home) as store:
        assert store.sessions.check_password("N. Karim", PASSWORD, "")
        assert [event.agent for event in store.events()] == ["the command line"]


def test_an_account_s_life(home: Home) -> None:
    """Added, listed, given another role and password, closed and opened again."""
    run(home, "add", "Ann", "--role", "admin", "--password-stdin", given=PASSWORD)
    run(home, "add", "Bob", "--password-stdin", given=PASSWORD)
    run(home, "role", "bob", "researcher")
    run(home, "password", "Bob", "--password-stdin", given="a barge of wet barley\n")
    run(home, "disable", "Bob")
    listed = json.loads(run(home, "list", "--json").output)["users"]
    assert [(one["name"], one["role"], one["disabled"]) for one in listed] == [
        ("Ann", "admin", False),
        ("Bob", "researcher", True),
    ]
    assert run(home, "enable", "Bob").exit_code == 0
    assert "Bob\tresearcher" in run(home, "list").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Ann", "--password-stdin"), "Choose another password"),
        (("role", "Nobody", "admin"), "Nobody here is called"),
        (("disable", "Nobody"), "dateline user list"),
    ],
)
def test_what_cannot_be_done_is_said(home: Home, arguments: tuple[str, ...], said: str) -> None:
    """Each failure is a sentence with the next step."""
    done = run(home, *arguments, given="short")
    assert done.exit_code != 0
    assert said in str(done.exception)


def test_an_empty_list_says_how_to_begin(home: Home) -> None:
    """The next step stands where nothing is."""
    assert "dateline user add" in run(home, "list").output


def test_help_teaches(tmp_path: Path) -> None:
    """Every role is explained with what it may do."""
    del tmp_path
    said = CliRunner().invoke(dateline, ["user", "--help"]).output
    assert all(role in said for role in ("reader", "researcher", "curator", "admin", "N. Karim"))
