"""The library's own places at the desk: added and changed by many hands, seen before they are used, taken back."""

import shutil
import threading
from pathlib import Path

import pytest

from archive.home import create_home
from archive.store import Store
from archive.store.place_desk import PlaceDraft
from tests.desk import Desk
from tests.desk_jobs import work_at_once
from tests.reading import said
from web.context import EXTENSION, Context

pytestmark = pytest.mark.slow

CAMP = {"name": "Camp Nine", "kind": "camp", "country": "IQ", "variants": "Camp 9\nNinth Camp", "source": "notes"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work_at_once(monkeypatch)


def table(desk: Desk) -> list[str]:
    """Return the rows of the library's table."""
    context: Context = desk.client.application.extensions[EXTENSION]
    file = context.catalogue.jobs.home / "authorities" / "places.tsv"
    return file.read_text().splitlines()[1:] if file.exists() else []


def test_a_place_is_added_found_and_taken_back(curator: Desk) -> None:
    """A new place gets an id of the library's; it is found by every name; undoing takes it out."""
    assert "Kept" in curator.send("/desk/places/save", **CAMP)
    assert table(curator) == ["library:camp-nine\tCamp Nine\tcamp\t\tIQ\t\t\tCamp 9|Ninth Camp\tnotes"]
    assert "library:camp-nine" in said(curator.get("/desk/places?find=ninth+camp"))
    page = curator.get("/desk/places")
    assert "A curator added 1 row" in said(page)
    event = page.select_one("button[name=event]")
    assert event is not None
    curator.send("/desk/places/undo", event=event["value"])
    assert table(curator) == []
    assert curator.post("/desk/places/undo", event=event["value"]).status_code == 409


def test_a_known_place_gets_a_further_name(curator: Desk) -> None:
    """A row with the id of a place we know adds to it, and stays where it stands when it is changed."""
    curator.send("/desk/places/save", id="geonames:99072", variants="Mossoul-la-Vieille")
    curator.send("/desk/places/save", name="The Mill", kind="site", parent="geonames:99072")
    curator.send("/desk/places/save", id="geonames:99072", variants="Mossoul-la-Vieille\nMossul Vetus")
    assert [row.split("\t")[0] for row in table(curator)] == ["geonames:99072", "library:the-mill"]
    assert "Mosul" in said(curator.get("/desk/places?find=mossul+vetus"))


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"name": ""}, "has no name"),
        ({"kind": "planet"}, "the kind is"),
        ({"country": "", "parent": "geonames:1"}, "no place we know"),
        ({"lat": "ninety"}, "no number of degrees"),
    ],
)
def test_what_cannot_be_is_said_so(curator: Desk, wrong: dict[str, str], because: str) -> None:
    """A row that cannot be used comes back with the reason, and the table stays as it is."""
    answer = curator.post("/desk/places/save", **(CAMP | wrong))
    assert (answer.status_code, because in answer.text) == (400, True)
    assert curator.post("/desk/places/try", **(CAMP | wrong)).status_code == 400
    assert table(curator) == []


def test_hostile_text_is_one_cell(curator: Desk) -> None:
    """Tabs, lines and bars in a name make no further column, row or variant."""
    curator.send("/desk/places/save", **(CAMP | {"name": "A\tB|C\r\nlibrary:x\tD", "source": "<b>\x00"}))
    assert len(table(curator)) == 1
    assert "<b>" not in curator.client.get("/desk/places").text.replace("&lt;b&gt;", "")


def test_a_place_that_others_lie_in_cannot_go(curator: Desk) -> None:
    """Neither taking out nor undoing leaves a row whose parent is nowhere."""
    curator.send("/desk/places/save", **CAMP)
    curator.send("/desk/places/save", name="Gate", kind="site", parent="library:camp-nine")
    assert "no place we know" in curator.send("/desk/places/remove", id="library:camp-nine")
    events = [button["value"] for button in curator.get("/desk/places").select("button[name=event]")]
    assert "cannot be taken back now" in curator.send("/desk/places/undo", event=events[-1])
    assert len(table(curator)) == 2


def test_a_trial_says_which_reports_would_change(curator: Desk) -> None:
    """Only reports that print a name are read again; nothing is kept before it is said so."""
    tried = curator.post("/desk/places/try", id="geonames:99072", variants="City Hall")
    page = curator.get(tried.headers["Location"])
    assert "reports described again" in said(page)
    assert table(curator) == []
    form = page.select_one("form[action='/desk/places/save']")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]") if one["name"] != "csrf"}
    assert "Kept" in curator.send("/desk/places/save", **fields, variants=said(form.find("textarea")))
    assert table(curator) == ["geonames:99072\t\t\t\t\t\t\tCity Hall\t"]


def test_two_librarians_at_once_lose_no_row(tmp_path: Path, new_home: Path) -> None:
    """Rows written at the same moment through two open archives are all there afterwards."""
    home = create_home(Path(shutil.copytree(new_home, tmp_path / "home")))

    def add(who: str) -> None:
        with Store.open(home) as store:
            for number in range(5):
                store.place_desk.put(PlaceDraft(name=f"Mill {who} {number}", kind="site", country="IQ"), by=who)

    hands = [threading.Thread(target=add, args=(who,)) for who in ("bea", "cyd")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    with Store.open(home) as store:
        assert len(store.place_desk.rows()) == 10
        assert len(store.place_desk.edits()) == 10
