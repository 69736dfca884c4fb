"""What tests of the desk share: people with every role, signed in, and forms sent as our pages send them."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.people import User
from indexer import Catalogue
from web.context import EXTENSION, Context
from web.csrf import make_token

PASSWORD = "seven grey herons at dawn"
COOKIE = "dateline-session"


@dataclass(frozen=True, slots=True)
class Desk:
    """A browser without JavaScript in which somebody is signed in; every form it sends has its token."""

    client: FlaskClient
    user: User
    secret: str

    def get(self, address: str) -> BeautifulSoup:
        """Return a page, which must be there."""
        answer = self.client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200, (address, answer.status_code)
        return BeautifulSoup(answer.text, "lxml")

    def post(self, address: str, /, **fields: object) -> TestResponse:
        """Send a form; what is answered is not followed."""
        return self.client.post(address, data={"csrf": make_token(self.secret), **fields})

    def send(self, address: str, /, **fields: object) -> str:
        """Send a form that must be taken, follow to the page it leads to, and return what that page says last."""
        answer = self.post(address, **fields)
        assert answer.status_code == 303, (address, answer.status_code, answer.text[:2_000])
        page = BeautifulSoup(self.client.get(answer.headers["Location"]).text, "lxml")
        said = page.select(".notice p")
        return said[-1].get_text(" ", strip=True) if said else ""


def sign_in(website: Flask, role: str = "curator", name: str = "") -> Desk:
    """Return a browser of somebody with this role; the account is made when there is none."""
    context: Context = website.extensions[EXTENSION]
    user = give_account(context.catalogue, role, name)
    secret, client = context.catalogue.sessions.begin(user), website.test_client()
    client.set_cookie(COOKIE, secret)
    return Desk(client, user, secret)


def give_account(catalogue: Catalogue, role: str = "curator", name: str = "") -> User:
    """Return the account of this name and role, made when there is none."""
    known = {user.name: user for user in catalogue.accounts.users()}
    name = name or f"A {role}"
    return known.get(name) or catalogue.accounts.add(name, role, PASSWORD, by="a test")
