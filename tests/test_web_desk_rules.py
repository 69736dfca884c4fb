"""Rules at the desk: what they do is counted, a draft is tried before it is used, and every step can be taken back."""

import pytest
from flask import Flask

from tests.desk import Desk, sign_in
from tests.desk_jobs import work_at_once
from tests.reading import said
from web.context import EXTENSION, Context

pytestmark = pytest.mark.slow

KEY = "samphire-features"
ADDED = """
[[rules]]
id = "only-a-test"
kind = "placeholder"
where = "anywhere"
pattern = '^Nothing of this kind$'
example = "Nothing of this kind"
why = "Only a test."
"""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work_at_once(monkeypatch)


def text_of(desk: Desk, key: str) -> str:
    """Return a file of rules as its form shows it."""
    area = desk.get(f"/desk/rules/{key}/edit").select_one("textarea")
    assert area is not None
    return area.get_text()


def bylines(desk: Desk) -> list[str]:
    """Return the bylines of the outlet's reports."""
    context: Context = desk.client.application.extensions[EXTENSION]
    store = context.catalogue._store
    found = [one.report for one in store.reports() if one.report.outlet and one.report.outlet.key == KEY]
    return sorted(report.byline.value for report in found if report.byline)


def test_what_rules_do_is_counted_with_samples(curator: Desk) -> None:
    """After counting, each rule says how many blocks it set aside in how many reports, and shows some in context."""
    assert "not counted" in said(curator.get("/desk/rules"))
    answer = curator.post("/desk/rules/count")
    assert "Finished" in said(curator.get(answer.headers["Location"]))
    page = curator.get("/desk/rules/marrowby-signal")
    assert "Counted over" in said(page)
    assert "set aside" in said(page.select_one(".rule-of"))
    assert page.select(".sample mark")


def test_a_draft_that_is_wrong_is_said_so_with_file_and_key(curator: Desk) -> None:
    """What cannot be used comes back with the reason, and nothing is tried."""
    answer = curator.post(
        "/desk/rules/samphire-features/try", text=text_of(curator, "larkfield-monitor") + '\n[[rules]]\nid = "x"\n'
    )
    assert (answer.status_code, "samphire-features.toml" in answer.text, "is missing" in answer.text) == (
        400,
        True,
        True,
    )
    for key in ("../x", "A", "x" * 5_000):
        assert curator.post(f"/desk/rules/{key}/try", text="x").status_code in {400, 404}


def test_a_draft_is_tried_used_and_taken_back(curator: Desk) -> None:
    """The trial says what would change and changes nothing; using it does, as a batch; undoing brings all back."""
    before, text = bylines(curator), text_of(curator, "samphire-features")
    draft = text.replace('kind = "byline"', 'kind = "label"')
    tried = curator.post("/desk/rules/samphire-features/try", text=draft)
    page = said(curator.get(tried.headers["Location"]))
    assert "would read differently" in page
    assert "Use these rules" in page
    assert (bylines(curator), text_of(curator, "samphire-features")) == (before, text)
    number = tried.headers["Location"].rsplit("/", 1)[-1]
    used = curator.post(f"/desk/rules/use/{number}", reason="a test")
    assert "Finished" in said(curator.get(used.headers["Location"]))
    assert bylines(curator) != before
    file = curator.get("/desk/rules/samphire-features")
    assert "Your own file" in said(file)
    event = file.select_one("button[name=event]")
    assert event is not None
    undone = curator.post("/desk/rules/samphire-features/undo", event=event["value"])
    page = said(curator.get(undone.headers["Location"]))
    assert "new versions" in page
    back = curator.post(f"/desk/rules/apply/{undone.headers['Location'].rsplit('/', 1)[-1]}")
    assert "Finished" in said(curator.get(back.headers["Location"]))
    assert bylines(curator) == before
    assert "Shipped with Dateline" in said(curator.get("/desk/rules/samphire-features"))


def test_what_was_tried_is_what_is_used(curator: Desk) -> None:
    """When other rules have come into use since, the reports keep what they have and the job says why."""
    text = text_of(curator, "samphire-features")
    first = curator.post("/desk/rules/samphire-features/try", text=text.replace('kind = "byline"', 'kind = "label"'))
    other = curator.post("/desk/rules/quillwort-courier/try", text=text_of(curator, "quillwort-courier") + ADDED)
    curator.post(f"/desk/rules/use/{other.headers['Location'].rsplit('/', 1)[-1]}")
    before = bylines(curator)
    used = curator.post(f"/desk/rules/use/{first.headers['Location'].rsplit('/', 1)[-1]}")
    assert "have changed since they were tried" in said(curator.get(used.headers["Location"]))
    assert bylines(curator) == before


def test_rules_are_proposed_from_reports(curator: Desk) -> None:
    """A few reports, by id or address, become a draft to be looked through."""
    context: Context = curator.client.application.extensions[EXTENSION]
    ids = [one.id for one in context.catalogue._store.reports()
           if one.report.outlet and one.report.outlet.key == KEY][:3]  # fmt: skip
    answer = curator.post("/desk/rules/propose", key="new-one", reports=f"/a/{ids[0]}/x {' '.join(ids)}")
    page = curator.get(answer.headers["Location"])
    link = page.find("a", string="Look it through and try it")
    assert link is not None
    assert 'key = "new-one"' in said(curator.get(str(link["href"])))
    assert "No report was named" in curator.send("/desk/rules/propose", key="new-one", reports="nobody")
    assert "small letters" in curator.send("/desk/rules/propose", key="../x", reports=ids[0])


def test_a_batch_is_described_again_by_the_rules_of_today(curator: Desk) -> None:
    """From the page of an import one sees first what the rules of today would change in its reports."""
    answer = curator.post("/desk/rules/again/1")
    assert "there is nothing to do" in said(curator.get(answer.headers["Location"]))


def test_a_file_broken_by_hand_is_named_and_can_be_mended(curator: Desk) -> None:
    """Where somebody wrote a file that cannot be used, the pages that need it say which, and reading goes on."""
    context: Context = curator.client.application.extensions[EXTENSION]
    folder = context.catalogue.jobs.home / "outlets"
    folder.mkdir()
    (folder / "tern.toml").write_text('key = "tern"\nnome = "x"\n')
    for address in ("/desk/rules", "/desk/import", "/desk/outlets"):
        answer = curator.client.get(address)
        assert (answer.status_code, "tern.toml" in answer.text) == (409, True)
    assert curator.client.get("/search?q=mosul").status_code == 200
    assert "nome" in text_of(curator, "tern")


def test_rules_are_for_curators(workplace: Flask) -> None:
    """A researcher neither sees nor changes them."""
    assert sign_in(workplace, "researcher").client.get("/desk/rules").status_code == 403
