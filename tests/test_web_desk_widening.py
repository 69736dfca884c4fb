"""What is said of a whole collection or outlet: tried first, used for later imports, taken back."""

import pytest
from flask import Flask

from archive.store import Store
from tests.desk import Desk
from tests.desk_jobs import work_at_once
from tests.reading import said
from web.context import EXTENSION

pytestmark = pytest.mark.slow

COLLECTION = "demonstration-reports"
OLD_CITY = "dateline:iq-old-city-of-mosul"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work_at_once(monkeypatch)


@pytest.fixture
def store(workplace: Flask) -> Store:
    """Return the store of the workplace."""
    found: Store = workplace.extensions[EXTENSION].catalogue._store
    return found


def meanings(store: Store, name: str) -> set[str]:
    """Return the ids of the places that this printed name means in the archive's reports."""
    return {
        place.id
        for stored in store.reports()
        for place in stored.report.places
        if name in {mention.text for mention in place.mentions}
    }


def test_a_name_is_given_a_meaning_in_a_collection_and_it_is_taken_back(curator: Desk, store: Store) -> None:
    """The trial shows the reports it would change, using it changes them as a batch, taking it back offers the same."""
    before = meanings(store, "Beirut")
    answer = curator.post("/desk/widen/collection", collection=COLLECTION, places=f"Beirut = {OLD_CITY}", reason="x")
    page = curator.get(answer.headers["Location"])
    assert ("would read differently" in said(page), meanings(store, "Beirut")) == (True, before)
    number = answer.headers["Location"].rpartition("/")[2]
    curator.post(f"/desk/widen/use/{number}")
    assert meanings(store, "Beirut") == {OLD_CITY}
    assert f"Beirut = {OLD_CITY}" in said(curator.get(f"/desk/widen?collection={COLLECTION}"))
    event = store.rule_desk.priors_edits()[0].event
    again = curator.post(f"/desk/widen/undo?collection={COLLECTION}", event=event)
    curator.post(f"/desk/rules/apply/{again.headers['Location'].rpartition('/')[2]}")
    assert meanings(store, "Beirut") == before


@pytest.mark.parametrize(
    "sent",
    [
        {"collection": "nobody"},
        {"collection": COLLECTION, "places": "Beirut"},
        {"collection": COLLECTION, "places": "Beirut = geonames:nothing"},
        {"collection": COLLECTION, "first": "soon", "last": "2017"},
        {"collection": COLLECTION, "first": "2017", "last": "2014"},
        {"collection": COLLECTION, "countries": "Mesopotamia"},
    ],
)
def test_what_cannot_be_said_is_refused_with_a_sentence(curator: Desk, store: Store, sent: dict[str, str]) -> None:
    """A wrong line, year or code comes back with the form, and nothing is tried or written."""
    answer = curator.post("/desk/widen/collection", **sent)
    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert store.rule_desk.priors() == ()


def test_an_outlets_years_become_a_draft_of_its_rules(curator: Desk) -> None:
    """Years said of an outlet are tried as a change of its rules, which the trial's page then offers to use."""
    answer = curator.post("/desk/widen/outlet", outlet="samphire-features", first="1990", last="2017")
    page = curator.get(answer.headers["Location"])
    assert "Use these rules" in said(page)
    draft = curator.get(f"/desk/rules/samphire-features/edit?draft={answer.headers['Location'].rpartition('/')[2]}")
    assert "published = [1990, 2017]" in draft.select_one("textarea").get_text()  # type: ignore[union-attr]
    assert curator.post("/desk/widen/outlet", outlet="nobody", first="1990").status_code == 400
