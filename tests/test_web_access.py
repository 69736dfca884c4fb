"""Who may ask for what: every route has its entry, and every role is held to it."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from archive.home import create_home
from archive.people import ROLES
from indexer import Catalogue
from tests.desk import Desk, give_account, sign_in
from web.access import LEAST, OWN, keep_inside
from web.application import create_app
from web.context import Mode

pytestmark = pytest.mark.slow

POST_TARGETS = ("/desk/users", "/sign-in", "/sign-out", "/account/password", "/account/tokens")
VALUES: dict[str, Any] = {"number": 1, "year": 2017, "month": 7, "day": 11}


def _come_in(**_: object) -> Response:
    return Response("in")


class Doorway:
    """An archive of which only the door is there: every page answers `in`, whoever made it."""

    def __init__(self, website: Flask) -> None:
        self.website = website
        website.view_functions = dict.fromkeys(website.view_functions, _come_in)
        self.desks: dict[str, Desk | None] = {"nobody": None}
        self.desks |= {role: sign_in(website, role) for role in ROLES}

    def lets_in(self, who: str, endpoint: str) -> bool:
        """Tell whether somebody with this role comes to a page of this endpoint."""
        rule = next(self.website.url_map.iter_rules(endpoint))
        values = {name: VALUES.get(name, "x") for name in rule.arguments}
        with self.website.test_request_context():
            address = self.website.url_for(endpoint, **values)
        desk, sends = self.desks[who], "POST" in (rule.methods or ())
        if desk is None:
            # A reader's form is bound to a cookie that the page before it gave; here only the role is looked at.
            answer = self.website.test_client().open(address, method="POST" if sends else "GET")
            return bool(answer.data == b"in" or b"no longer good" in answer.data)
        answer = desk.post(address) if sends else desk.client.get(address)
        return bool(answer.data == b"in")


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Return a catalogue of nothing, for pages that are never made."""
    with Catalogue.open(create_home(tmp_path_factory.mktemp("door")), engine="memory") as catalogue:
        yield catalogue


@pytest.fixture(scope="module")
def public(emptied: Catalogue) -> Doorway:
    """Return the door of an archive that everybody may read."""
    return Doorway(create_app(emptied))


@pytest.fixture(scope="module")
def private(emptied: Catalogue) -> Doorway:
    """Return the door of an archive for people with an account."""
    return Doorway(create_app(emptied, mode=Mode(private=True)))


def test_every_route_has_an_entry(website: Flask) -> None:
    """A route that nobody thought about is not in the table, and fails here; a stale entry fails too."""
    assert {rule.endpoint for rule in website.url_map.iter_rules()} == set(LEAST)


def test_a_route_without_an_entry_is_for_admins(emptied: Catalogue) -> None:
    """What was forgotten is closed, not open."""
    website = create_app(emptied)
    website.add_url_rule("/forgotten", "forgotten", lambda: "in")
    assert website.test_client().get("/forgotten").status_code == 401
    assert sign_in(website, "curator").client.get("/forgotten").status_code == 403
    assert sign_in(website, "admin").client.get("/forgotten").data == b"in"


@pytest.mark.parametrize("who", ["nobody", *ROLES])
def test_each_role_comes_to_its_pages_and_no_further(public: Doorway, who: str) -> None:
    """Every endpoint, asked for by every role, opens exactly where the table says so."""
    ranks: list[str] = ["nobody", *ROLES]
    for endpoint, least in LEAST.items():
        open_to_all = least == "anyone" or (least == "reader" and not endpoint.startswith(OWN))
        opens = open_to_all or ranks.index(who) >= ranks.index(least)
        assert public.lets_in(who, endpoint) == opens, (endpoint, who)


def test_a_private_archive_shows_nothing_to_who_is_not_signed_in(private: Doorway) -> None:
    """Only signing in, our own files and the word to robots are open."""
    opened = {endpoint for endpoint in LEAST if private.lets_in("nobody", endpoint)}
    assert opened == {"static", "feeds.robots", "signing.show", "signing.enter", "signing.leave"}
    assert all(private.lets_in("reader", endpoint) for endpoint, least in LEAST.items() if least == "reader")


def test_a_browser_is_led_to_the_door_and_back(emptied: Catalogue) -> None:
    """Who asks for a page of a private archive signs in and comes to that page; a program is told in its own form."""
    client = create_app(emptied, mode=Mode(private=True)).test_client()
    led = client.get("/search?q=mosul", headers={"Accept": "text/html"})
    assert (led.status_code, led.headers["Location"]) == (303, "/sign-in?next=/search?q%3Dmosul")
    told = client.get("/api/v1/status")
    assert (told.status_code, told.mimetype, told.headers["WWW-Authenticate"]) == (401, "application/json", "Bearer")


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/desk", "/desk/users"])
def test_without_a_desk_there_is_nothing_to_sign_in_to(emptied: Catalogue, path: str) -> None:
    """A read-only archive has no sign-in, no account and no desk, not even for who has a session."""
    website = create_app(emptied, mode=Mode(desk=False))
    client = sign_in(website, "admin").client
    assert client.get(path).status_code == 404
    assert client.post("/sign-in").status_code == 404
    assert "Sign in" not in client.get("/").text


@pytest.mark.parametrize("path", POST_TARGETS)
def test_a_form_without_its_token_is_refused(public: Doorway, path: str) -> None:
    """No token, a wrong one, one of another session, one of another site: none is taken."""
    desk, other = public.desks["admin"], public.desks["curator"]
    assert desk is not None
    assert other is not None
    stolen = Desk(desk.client, desk.user, other.secret)
    foreign = desk.client.post(path, data={}, headers={"Sec-Fetch-Site": "cross-site"})
    tried = [desk.client.post(path), desk.client.post(path, data={"csrf": "x"}), stolen.post(path), foreign]
    assert [answer.status_code for answer in tried] == [403] * 4
    assert all("no longer good" in answer.text for answer in tried)
    assert desk.post(path).data == b"in"


def test_a_reader_s_form_has_a_token_too(website: Flask) -> None:
    """Without a session a form is bound to a cookie of its own, and a page with one is kept by nobody."""
    client = website.test_client()
    page = client.get("/sign-in")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in page.headers
    token = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    assert client.post("/sign-in", data={"csrf": token, "name": "x", "password": "y"}).status_code == 403
    assert "do not go together" in client.post("/sign-in", data={"csrf": token, "name": "x"}).text
    assert "no longer good" in website.test_client().post("/sign-in", data={"csrf": token}).text


def test_a_token_in_a_page_reads_differently_each_time(website: Flask) -> None:
    """What is compressed with a page cannot be guessed from the page's length."""
    client = website.test_client()
    pages = [client.get("/sign-in").text for _ in range(2)]
    assert pages[0] != pages[1]


def test_a_form_has_a_bound(public: Doorway) -> None:
    """More than a form can be is refused before it is read."""
    desk = public.desks["admin"]
    assert desk is not None
    assert desk.post("/desk/users", name="x" * 600_000).status_code == 413


def test_a_token_that_is_none_is_told(emptied: Catalogue) -> None:
    """Also where everybody may read: whoever sends it should know."""
    answer = create_app(emptied).test_client().get("/api/v1/status", headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.mimetype) == (401, "application/json")


@pytest.mark.parametrize(
    "path", ["/snapshots/NUMBER", "/batches/NUMBER", "/export?snapshot=NUMBER", "/sitemap-NUMBER.xml"]
)
def test_a_number_longer_than_any_is_that_of_nothing(website: Flask, path: str) -> None:
    """It is not found, and breaks nothing."""
    assert website.test_client().get(path.replace("NUMBER", "9" * 30)).status_code == 404


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/desk", "/desk"),
        ("/search?q=a%2Fb&page=2", "/search?q=a%2Fb&page=2"),
        ("//evil.example/x", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("desk", "/"),
        ("", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("/\t/evil.example", "/"),
        ("/" + "x" * 3_000, "/"),
        ("///evil.example", "/"),
        ("http:/evil", "/"),
        ("//[", "/"),
    ],
)
def test_no_address_leads_away(website: Flask, address: str, kept: str) -> None:
    """After signing in one comes to a page of ours, whatever the address said."""
    with website.test_request_context():
        assert keep_inside(address) == kept


def test_a_page_with_a_name_on_it_is_kept_for_nobody_else(workplace: Flask) -> None:
    """The tag of a signed-in person's page is no answer for another, and no shared cache keeps it."""
    give_account(workplace.extensions["dateline"].catalogue, "admin")
    one, two, nobody = sign_in(workplace), sign_in(workplace, "researcher"), workplace.test_client()
    answers = [client.get("/search?q=mosul") for client in (one.client, two.client, nobody)]
    assert len({answer.headers["ETag"] for answer in answers}) == 3
    assert [answer.headers["Cache-Control"] for answer in answers] == ["private, no-cache"] * 2 + ["no-cache"]
    assert all("Cookie" in answer.headers["Vary"] for answer in answers)
    for answer, client in itertools.product(answers, (one.client, two.client, nobody)):
        again = client.get("/search?q=mosul", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code == 304) == (answers.index(answer) == [one.client, two.client, nobody].index(client))


def test_without_accounts_the_archive_looks_as_it_did(reader: FlaskClient) -> None:
    """Where nobody has an account, no page speaks of signing in."""
    page = reader.get("/").text
    assert "Sign in" not in page
    assert "Desk" not in page
