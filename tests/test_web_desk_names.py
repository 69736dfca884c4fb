"""The library's own word on names: laid over the program's, tried over the reports, taken back."""

import pytest

from archive.authorities.actors import Actors, lay_over, load_actors
from archive.authorities.own_actors import OwnActor, read_own_actors, write_own_actor
from archive.errors import BadRuleFile
from tests.desk import Desk
from tests.desk_jobs import work_at_once
from tests.reading import said

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work_at_once(monkeypatch)


def laid(*own: OwnActor) -> Actors:
    """Return the program's actors with these laid over."""
    return lay_over(load_actors(), {actor.id: actor for actor in own})


def meant(actors: Actors, name: str) -> str | None:
    """Return the id of the actor that a name means."""
    found = next(actors.find_all(f"fighters of {name} said"), None)
    return found.actor.id if found else None


def test_a_library_s_names_go_before_the_program_s() -> None:
    """A further name is found, a name given to another moves, a name that is not an actor's is nobody's."""
    actors = laid(
        OwnActor("islamic-state", variants=("River Army",), without=("Daish",)),
        OwnActor("mill-guard", "Guard of the mill", ("Mill Guard", "Da'esh")),
    )
    assert (meant(actors, "River Army"), meant(actors, "ISIS")) == ("islamic-state", "islamic-state")
    assert meant(actors, "Mill Guard") == "mill-guard"
    assert meant(actors, "Daech") == "islamic-state"
    assert "Daish" not in actors.by_id["islamic-state"].variants
    assert meant(load_actors(), "River Army") is None


@pytest.mark.parametrize(
    "text",
    ["x = 1", "[[actors]]\nid = 'A B'", "[[actors]]\nid = 'a'\nnames = []", "[[actors]]\nid = 'a'\nvariants = [1]",
     "[[actors]]\nid = 'a'\nvariants = ['...']", "[[actors]]\nid = 'a'\n[[actors]]\nid = 'a'", "actors = 1", "[",
     "[[actors]]\nid = 'a'\nvariants = ['N']\n[[actors]]\nid = 'b'\nvariants = ['n']"],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named(text: str) -> None:
    """What cannot be used is said, and never half used."""
    with pytest.raises(BadRuleFile):
        read_own_actors(text)


def test_what_is_written_by_hand_stays() -> None:
    """Only the table of the actor that changes is written anew."""
    text = '# ours\n[[actors]]\nid = "a"  # first\nvariants = ["A one"]\n\n[[actors]]\nid = "b"\nvariants = ["B one"]\n'
    written = write_own_actor(text, OwnActor("b", variants=('B "two"', "ب")))
    assert written.startswith("# ours\n")
    assert '[[actors]]\nid = "a"  # first\nvariants = ["A one"]\n' in written
    assert read_own_actors(written)["b"].variants == ('B "two"', "ب")
    assert "b" not in read_own_actors(write_own_actor(written, OwnActor("b")))


def test_a_name_is_tried_kept_and_taken_back(curator: Desk) -> None:
    """The trial reads only reports that print the name; a kept one is searched with its siblings; it can be undone."""
    tried = curator.post("/desk/names/try", label="City people", variants="city hall\nCouncil Hall")
    page = curator.get(tried.headers["Location"])
    assert "reports described again" in said(page)
    form = page.select_one("form[action='/desk/names/save']")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]") if one["name"] != "csrf"}
    names = {str(one["name"]): one.get_text() for one in form.select("textarea")}
    assert "Kept" in curator.send("/desk/names/save", **(fields | names))
    assert "City people" in said(curator.get("/desk/names?find=council+hall"))
    assert "also finds" in said(curator.get("/search?q=%22council+hall%22"))
    event = curator.get("/desk/names").select_one("button[name=event]")
    assert event is not None
    curator.post("/desk/names/undo", event=event["value"])
    assert "No actor has such a name" in said(curator.get("/desk/names?find=council+hall"))


def test_what_cannot_be_comes_back_with_the_reason(curator: Desk) -> None:
    """A new actor needs a label and a name; hostile text is text."""
    assert curator.post("/desk/names/save", label="", variants="X Y").status_code == 400
    assert curator.post("/desk/names/save", label="Only a label").status_code == 400
    curator.send("/desk/names/save", label="<b>Bold\x00", variants='"]x\n[[actors]]\n<i>Front</i>')
    page = curator.client.get("/desk/names").text
    assert "<b>Bold" not in page
    assert "<i>Front" not in page
    assert curator.client.get("/desk/names/edit?id=nobody").status_code == 404
