"""The commands for accounts: who may sign in at the desk, and with which role."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.store import Accounts

BY = "the command line"  # what the log says of acts without an account
role_option = click.option(
    "--role",
    type=click.Choice(["reader", "researcher", "curator", "admin"]),
    default="curator",
    show_default=True,
    help="What this person may do.",
)
password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, one line, rather than ask for it."
)


@click.group()
def user() -> None:
    """Look after the accounts of people who work on the archive. Readers need none.

    \b
    Roles, each with all that those before it may do:
      reader        reads; needed only where access = "private" in settings.toml
      researcher    keeps lists, notes, saved searches and snapshots
      curator       corrects, describes, imports and withdraws reports
      admin         looks after accounts
    \b
    The first account:
      dateline user add "N. Karim" --role admin
    """


@user.command()
@click.argument("name")
@role_option
@password_option
@home_option
def add(name: str, role: str, password_stdin: bool, home: Path) -> None:
    """Give a person an account. The password is asked for, and needs 12 characters.

    \b
    Examples:
      dateline user add "N. Karim" --role admin
      pass show dateline | dateline user add robot --role researcher --password-stdin
    """
    with _accounts(home) as accounts:
        made = accounts.add(name, role, _read_password(password_stdin), by=BY)
    click.echo(f"{made.name} can sign in, as {made.role}.")


@user.command("list")
@home_option
@json_option
def list_(home: Path, as_json: bool) -> None:
    """Show who has an account, with role and day of beginning."""
    from web.cli.output import echo_json, echo_table

    with _accounts(home) as accounts:
        people = accounts.users()
    if as_json:
        shape = [{"name": one.name, "role": one.role, "disabled": one.disabled, "added": one.added} for one in people]
        echo_json({"users": shape})
    elif people:
        rows = [(one.name, one.role, "not let in" if one.disabled else "", one.added[:10]) for one in people]
        echo_table(("Name", "Role", "", "Since"), rows)
    else:
        click.echo("Nobody has an account yet. Give one with: dateline user add NAME --role admin")


@user.command()
@click.argument("name")
@click.argument("role", type=click.Choice(["reader", "researcher", "curator", "admin"]))
@home_option
def role(name: str, role: str, home: Path) -> None:
    """Give a person another role. The last admin stays one."""
    with _accounts(home) as accounts:
        changed = accounts.set_role(accounts.named(name).number, role, by=BY)
    click.echo(f"{changed.name} is {changed.role} now.")


@user.command()
@click.argument("name")
@password_option
@home_option
def password(name: str, password_stdin: bool, home: Path) -> None:
    """Give a person a new password, which signs them out everywhere."""
    with _accounts(home) as accounts:
        person = accounts.named(name)
        accounts.set_password(person.number, _read_password(password_stdin), by=BY)
    click.echo(f"The password of {person.name} is changed.")


@user.command()
@click.argument("name")
@home_option
def disable(name: str, home: Path) -> None:
    """Let a person in no more, from this moment on; what they did stays under their name."""
    with _accounts(home) as accounts:
        changed = accounts.disable(accounts.named(name).number, by=BY)
    click.echo(f"{changed.name} is let in no more.")


@user.command()
@click.argument("name")
@home_option
def enable(name: str, home: Path) -> None:
    """Let a person in again, with the password and the tokens they had."""
    with _accounts(home) as accounts:
        changed = accounts.enable(accounts.named(name).number, by=BY)
    click.echo(f"{changed.name} is let in again.")


@contextmanager
def _accounts(home: Path) -> "Iterator[Accounts]":
    from archive.home import open_home
    from archive.store import Store

    with Store.open(open_home(home)) as store:
        yield store.accounts


def _read_password(from_stdin: bool) -> str:
    """Return the password, from the terminal without showing it or from the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    return given
