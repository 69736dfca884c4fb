"""The library's word on outlets: told to readers, put together over the whole archive, and parted again."""

import pytest

from archive.errors import BadRuleFile
from archive.outlet_notes import OutletNote, parse_outlet_notes, write_outlet_note
from archive.rules import load_rule_set
from tests.desk import Desk
from tests.desk_jobs import work_at_once
from tests.reading import said
from web.context import EXTENSION, Context

pytestmark = pytest.mark.slow

ONE, OTHER = "samphire-features", "marrowby-signal"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work_at_once(monkeypatch)


def counts(desk: Desk) -> dict[str, int]:
    """Return how many reports each of the two outlets has."""
    context: Context = desk.client.application.extensions[EXTENSION]
    keys = [one.report.outlet.key for one in context.catalogue._store.reports() if one.report.outlet]
    return {key: keys.count(key) for key in (ONE, OTHER)}


def follow(desk: Desk, address: str, **fields: object) -> tuple[str, str]:
    """Send a form that begins a job, and return the job's number and what its page says."""
    answer = desk.post(address, **fields)
    assert answer.status_code == 303, answer.text[:2_000]
    return answer.headers["Location"].rsplit("/", 1)[-1], said(desk.get(answer.headers["Location"]))


def test_what_is_said_of_an_outlet_is_told_to_readers(curator: Desk) -> None:
    """Description and owners stand on the outlet's page, as text; the change can be taken back."""
    curator.send(f"/desk/outlets/{ONE}", about="A <b>weekly</b>.\nIn two lines.", note='Owned by "nobody".')
    page = curator.client.application.test_client().get(f"/outlets/{ONE}").text
    assert "A &lt;b&gt;weekly&lt;/b&gt;." in page
    assert "Owned by &#34;nobody&#34;." in page
    event = curator.get("/desk/outlets").select_one("button[name=event]")
    assert event is not None
    curator.post("/desk/outlets/undo", event=event["value"])
    assert "weekly" not in said(curator.get(f"/outlets/{ONE}"))
    assert curator.post("/desk/outlets/nobody", about="x").status_code == 404


def test_an_outlet_is_put_together_with_another_and_parted_again(curator: Desk) -> None:
    """Tried first, then written as one batch; later imports follow; parting gives each its own back."""
    before = counts(curator)
    number, page = follow(curator, f"/desk/outlets/{ONE}/try", into=OTHER)
    assert f"{before[ONE]} would read differently" in page
    assert counts(curator) == before
    _, page = follow(curator, f"/desk/outlets/merge/{number}", reason="the same paper")
    assert "Finished" in page
    assert counts(curator) == {ONE: 0, OTHER: before[ONE] + before[OTHER]}
    assert "an outlet of its own again" in said(curator.get(f"/desk/outlets/{ONE}"))
    context: Context = curator.client.application.extensions[EXTENSION]
    context.catalogue.refresh()
    assert curator.client.get(f"/outlets/{ONE}").status_code == 302
    number, page = follow(curator, f"/desk/outlets/{ONE}/split")
    follow(curator, f"/desk/rules/apply/{number}")
    assert counts(curator) == before


def test_what_goes_round_in_a_circle_is_refused(curator: Desk) -> None:
    """An outlet is not the same as itself, nor by way of others; nobody is the same as nobody we know."""
    assert curator.post(f"/desk/outlets/{ONE}/try", into=ONE).status_code == 400
    assert curator.post(f"/desk/outlets/{ONE}/try", into="nobody").status_code == 400
    text = write_outlet_note("", OutletNote("a", same_as="b"))
    with pytest.raises(BadRuleFile):
        write_outlet_note(text, OutletNote("b", same_as="a"))


@pytest.mark.parametrize("text", ["a = 1", "[a]\nb = 1", "[a]\nabout = 1", "[a", "[a]\nsame_as = 'a'"])
def test_a_file_that_is_wrong_is_named(text: str) -> None:
    """What a person wrote by hand and cannot be used is said with its key."""
    with pytest.raises(BadRuleFile):
        parse_outlet_notes(text)


def test_a_note_is_written_as_it_was_said_and_changes_no_rules(curator: Desk) -> None:
    """Quotation marks, lines and control characters come back harmless; other tables stay; no report is stale."""
    context: Context = curator.client.application.extensions[EXTENSION]
    authorities = context.catalogue.jobs.home / "authorities"
    version = load_rule_set(None, authorities).version
    text = write_outlet_note('# by hand\n[b]\nnote = "x"\n', OutletNote("a", about='"""\n\\x\x00\x7f', note="'é'"))
    notes = parse_outlet_notes(text)
    assert (notes["a"].about, notes["a"].note, notes["b"].note) == ('"""\n\\x', "'é'", "x")
    assert text.startswith("# by hand")
    authorities.mkdir(exist_ok=True)
    (authorities / "outlets.toml").write_text(text)
    assert load_rule_set(None, authorities).version == version
