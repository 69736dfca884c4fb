"""Signing in and out, one's own account, and the people of an archive."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.store.sessions import MOST_BY_NAME
from indexer import Catalogue
from tests.desk import COOKIE, PASSWORD, Desk, give_account, sign_in

pytestmark = pytest.mark.slow

SECRET = re.compile(r'<code class="secret">([^<]+)</code>')


def enter(client: FlaskClient, name: str, password: str, **fields: str) -> TestResponse:
    """Sign in as a person does, from the page that asks."""
    page = BeautifulSoup(client.get("/sign-in").text, "lxml")
    token = str(page.select("input[name=csrf]")[-1]["value"])
    return client.post("/sign-in", data={"csrf": token, "name": name, "password": password, **fields})


@pytest.fixture
def catalogue(workplace: Flask) -> Catalogue:
    """Return the catalogue behind the workplace."""
    found: Catalogue = workplace.extensions["dateline"].catalogue
    return found


@pytest.fixture
def admin(workplace: Flask) -> Desk:
    """Return an admin's browser."""
    return sign_in(workplace, "admin", "Ann")


def test_who_signs_in_comes_to_the_page_they_wanted(workplace: Flask, catalogue: Catalogue) -> None:
    """The cookie is out of reach of scripts and other sites, and every page says who one is."""
    give_account(catalogue, "curator", "N. Karim")
    client = workplace.test_client()
    answer = enter(client, "n. karim", PASSWORD, next="/search?q=mosul")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=mosul")
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert "HttpOnly; Path=/; SameSite=Lax" in cookie
    assert "N. Karim" in client.get("/search?q=mosul").text
    assert 'href="/desk"' in client.get("/").text


def test_over_tls_the_cookie_is_for_tls_alone(workplace: Flask, catalogue: Catalogue) -> None:
    """Its name keeps every other site, and every plain page, from setting or reading it."""
    give_account(catalogue, "curator", "Ann")
    client = workplace.test_client()
    page = client.get("/sign-in", base_url="https://archive.example")
    token = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = client.post(
        "/sign-in", base_url="https://archive.example", data={"csrf": token, "name": "Ann", "password": PASSWORD}
    )
    cookies = answer.headers.getlist("Set-Cookie")
    assert any(one.startswith(f"__Host-{COOKIE}=") and "Secure;" in one for one in cookies), cookies


def test_a_session_begins_under_a_new_secret(workplace: Flask, catalogue: Catalogue) -> None:
    """A secret planted before signing in opens nothing afterwards, and an old session is ended."""
    give_account(catalogue, "curator", "Ann")
    client = workplace.test_client()
    client.set_cookie(COOKIE, "planted")
    enter(client, "Ann", PASSWORD)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.value != "planted"
    assert catalogue.sessions.find("planted") is None


@pytest.mark.parametrize(("name", "password"), [("Ann", "wrong"), ("Nobody", PASSWORD), ("", ""), ("<b>\x00", "\x00")])
def test_wrong_is_wrong_in_the_same_words(workplace: Flask, catalogue: Catalogue, name: str, password: str) -> None:
    """Whether the name or the password is wrong is not told."""
    give_account(catalogue, "curator", "Ann")
    answer = enter(workplace.test_client(), name, password)
    assert answer.status_code == 403
    assert "do not go together" in answer.text
    assert "<b>\x00" not in answer.text


def test_guessing_is_told_to_wait(workplace: Flask, catalogue: Catalogue) -> None:
    """The answer is 429 and says for how long."""
    give_account(catalogue, "curator", "Ann")
    client = workplace.test_client()
    for _ in range(MOST_BY_NAME):
        enter(client, "Ann", "wrong")
    answer = enter(client, "Ann", PASSWORD)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wait 15 minutes" in answer.text


def test_signing_out_ends_the_session_for_good(workplace: Flask, curator: Desk, catalogue: Catalogue) -> None:
    """The cookie of before opens nothing any more."""
    assert curator.post("/sign-out").status_code == 303
    assert catalogue.sessions.find(curator.secret) is None
    again = workplace.test_client()
    again.set_cookie(COOKIE, curator.secret)
    assert again.get("/desk").status_code == 401


def test_a_closed_account_is_out_at_once(admin: Desk, curator: Desk) -> None:
    """The next page of an open session is the sign-in."""
    said = admin.send(f"/desk/users/{curator.user.number}/disable")
    assert "signed out and let in no more" in said
    assert curator.client.get("/desk").status_code == 401
    assert "A curator" not in curator.client.get("/").text


def test_what_was_done_is_said_once_with_its_undo(admin: Desk, curator: Desk) -> None:
    """The notice stands on the next page alone; its button takes the act back."""
    admin.post(f"/desk/users/{curator.user.number}/role", role="researcher")
    page = admin.get("/desk/users")
    form = page.select_one(".notice form")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input") if one["name"] != "csrf"}
    assert not admin.get("/desk/users").select(".notice")
    assert admin.send(str(form["action"]), **fields) == "A curator is a curator now."


def test_a_notice_is_not_lost_to_a_page_kept_by_the_browser(admin: Desk, curator: Desk) -> None:
    """A page that has something to say is made anew, whatever tag the browser sends."""
    tag = admin.client.get("/search").headers["ETag"]
    admin.post(f"/desk/users/{curator.user.number}/role", role="curator")
    told = admin.client.get("/search", headers={"If-None-Match": tag})
    assert (told.status_code, "ETag" in told.headers) == (200, False)


def test_an_admin_gives_an_account_with_a_password_shown_once(workplace: Flask, admin: Desk) -> None:
    """Whoever got it can sign in; it stands on no page afterwards."""
    answer = admin.post("/desk/users", name="علي حسن", role="researcher")
    shown = SECRET.search(answer.text)
    assert shown is not None
    assert shown[1] not in str(admin.get("/desk/users"))
    assert enter(workplace.test_client(), "علي حسن", shown[1]).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "role": "curator"}, "it is empty"),
        ({"name": "<script>", "role": "curator"}, "LESS-THAN SIGN"),
        ({"name": "Ann", "role": "curator"}, "already"),
        ({"name": "Bob", "role": "king"}, "No role is called"),
        ({}, "it is empty"),
    ],
)
def test_what_an_admin_cannot_do_is_said(admin: Desk, fields: dict[str, str], said: str) -> None:
    """The form comes back with the reason, and nobody was added."""
    answer = admin.post("/desk/users", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert "<script>" not in answer.text


def test_the_last_admin_stays(admin: Desk) -> None:
    """The page says why."""
    for act in ("disable", "role"):
        answer = admin.post(f"/desk/users/{admin.user.number}/{act}", role="reader")
        assert (answer.status_code, "only admin left" in answer.text) == (400, True)


def test_people_are_found_by_name_and_paged(admin: Desk, catalogue: Catalogue) -> None:
    """Fifty on a page; the box finds; nobody found is said."""
    for number in range(60):
        give_account(catalogue, "researcher", f"Person {number:02}")
    assert len(admin.get("/desk/users").select("tbody tr")) == 50
    assert len(admin.get("/desk/users?page=2").select("tbody tr")) == 11
    assert len(admin.get("/desk/users?find=person+4").select("tbody tr")) == 10
    assert "Nobody here has" in admin.get("/desk/users?find=zugunruhe").get_text()


def test_one_s_password_is_changed_with_the_old_one(workplace: Flask, curator: Desk) -> None:
    """The new one opens, elsewhere one is signed out, and here one stays."""
    elsewhere = sign_in(workplace)
    new = "a barge of wet barley"
    wrong = curator.post("/account/password", old="x", new=new, again=new)
    assert (wrong.status_code, "old password is another" in wrong.text) == (403, True)
    assert "differ" in curator.post("/account/password", old=PASSWORD, new=new, again="y").text
    assert "Choose another" in curator.post("/account/password", old=PASSWORD, new="x", again="x").text
    assert "is changed" in curator.send("/account/password", old=PASSWORD, new=new, again=new)
    assert elsewhere.client.get("/account").status_code == 401
    assert enter(workplace.test_client(), curator.user.name, new).status_code == 303


def test_a_token_is_shown_once_and_opens_what_its_owner_may_see(workplace: Flask, curator: Desk) -> None:
    """It reads for a program, and cannot send a form of the account or the desk."""
    shown = SECRET.search(curator.post("/account/tokens", label="harvest").text)
    assert shown is not None
    headers = {"Authorization": f"Bearer {shown[1]}"}
    client = workplace.test_client()
    assert client.get("/desk", headers=headers).status_code == 200
    assert client.get("/desk/users", headers=headers).status_code == 403
    assert client.post("/account/tokens", headers=headers, data={"label": "more"}).status_code == 403
    assert shown[1] not in str(curator.get("/account"))
    assert "opens nothing" in curator.send("/account/tokens/1/revoke")
    assert client.get("/desk", headers=headers).status_code == 401
    assert curator.post("/account/tokens/99/revoke").status_code == 404


def test_one_signs_out_everywhere_else(workplace: Flask, curator: Desk) -> None:
    """The other browser is out; this one stays."""
    elsewhere = sign_in(workplace)
    assert "1 other browser" in curator.send("/account/sessions/end")
    assert (elsewhere.client.get("/account").status_code, curator.client.get("/account").status_code) == (401, 200)


def test_the_desk_shows_each_what_they_may_do(workplace: Flask, admin: Desk, curator: Desk) -> None:
    """The doors are those that open."""
    assert "People" in admin.get("/desk").get_text()
    assert "People" not in curator.get("/desk").get_text()
    assert workplace.test_client().get("/desk", headers={"Accept": "text/html"}).status_code == 303
