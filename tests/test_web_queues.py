"""The desk's queues and forms of correction, as a librarian without JavaScript uses them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.fields import CORRECTABLE
from archive.holdings import Correction
from archive.queues import QUEUES
from indexer import Catalogue
from tests.desk import Desk, sign_in
from web.context import EXTENSION

pytestmark = pytest.mark.slow


def catalogue_of(workplace: Flask) -> Catalogue:
    """Return the catalogue behind the pages."""
    found: Catalogue = workplace.extensions[EXTENSION].catalogue
    return found


def first_of(workplace: Flask, queue: str) -> str:
    """Return the id of the first report that waits in a queue."""
    return catalogue_of(workplace).queues.page(queue)[0].report_id


def a_report(workplace: Flask) -> str:
    """Return the id of a report with a title."""
    return first_of(workplace, "weak-date")


# --- queues -----------------------------------------------------------------------------------------------------


def test_every_queue_is_listed_with_its_count(workplace: Flask, curator: Desk) -> None:
    """The overview names each queue and how much waits in it."""
    counts = catalogue_of(workplace).queues.counts()
    said = curator.get("/desk/queues").select(".waits li")
    assert len(said) == len(QUEUES)
    assert [item.select_one(".count").get_text() for item in said] == [f"{counts[one.key]:,}" for one in QUEUES]  # type: ignore[union-attr]


def test_accepting_takes_the_report_out_of_the_queue_and_undo_puts_it_back(workplace: Flask, curator: Desk) -> None:
    """What stands is accepted by one button, is a person's word then, and waits again once that is undone."""
    report_id = a_report(workplace)
    page = curator.get(f"/desk/queue/weak-date/{report_id}")
    form = page.select_one("[data-key=a]").find_parent("form")  # type: ignore[union-attr]
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]") if one["name"] != "csrf"}  # type: ignore[union-attr]
    assert "Decided: date of" in curator.send(f"/desk/queue/weak-date/{report_id}", do="take", **fields)
    queues = catalogue_of(workplace).queues
    assert queues.find("weak-date", report_id) is None
    event = catalogue_of(workplace).history(report_id)[-1]
    assert event.agent == curator.user.name
    curator.send("/desk/undo", event=event.number, next="/desk/queues")
    assert queues.find("weak-date", report_id) is not None


def test_no_problem_goes_on_with_the_next_report(workplace: Flask, curator: Desk) -> None:
    """A doubt that is none ends, and the next report of the queue comes up."""
    first, second = [one.report_id for one in catalogue_of(workplace).queues.page("no-date", limit=2)]
    answer = curator.post(f"/desk/queue/no-date/{first}", do="settle")
    assert answer.headers["Location"].endswith(f"/desk/queue/no-date/{second}")
    assert catalogue_of(workplace).queues.find("no-date", first) is None


def test_all_alike_are_looked_at_and_then_decided_at_once(workplace: Flask, curator: Desk) -> None:
    """One decision for all reports of a cause is previewed, carried out as one bulk edit, and undone as one."""
    queues = catalogue_of(workplace).queues
    group = queues.alike("no-date")[0]
    report_id = next(one.report_id for one in queues.page("no-date") if one.outlet == group.outlet)
    answer = curator.post(f"/desk/queue/no-date/{report_id}/alike", do="settle", reason="none of them has one")
    number = int(answer.headers["Location"].rpartition("/")[2])
    assert queues.counts()["no-date"] > 0
    assert "no problem" in curator.get(answer.headers["Location"]).get_text()
    before = queues.counts()["no-date"]
    curator.post(f"/desk/bulk/{number}/start")
    assert queues.counts()["no-date"] == before - group.count
    curator.post(f"/desk/bulk/{number}/undo")
    assert queues.counts()["no-date"] == before


def test_a_queue_is_narrowed_and_stays_so_from_report_to_report(workplace: Flask, curator: Desk) -> None:
    """The chosen outlet is kept on the way through a queue."""
    outlet = next(one.outlet for one in catalogue_of(workplace).queues.page("no-date") if one.outlet)
    answer = curator.client.get(f"/desk/queue/no-date?outlet={outlet}")
    assert f"outlet={outlet}" in answer.headers["Location"]
    page = curator.get(answer.headers["Location"])
    ways = page.select("a[rel=next], a[rel=prev], [data-key=s]")
    assert all(f"outlet={outlet}" in str(way["href"]) for way in ways)


def test_an_empty_queue_and_a_decided_report_say_so(workplace: Flask, curator: Desk) -> None:
    """Where nothing waits, a sentence and a way on are shown."""
    assert "Nothing waits here" in curator.get("/desk/queue/date-conflict").get_text()
    report_id = first_of(workplace, "no-date")
    assert "does not wait here" in curator.get(f"/desk/queue/weak-date/{report_id}").get_text()
    assert curator.client.get("/desk/queue/nonsense").status_code == 404


# --- corrections ------------------------------------------------------------------------------------------------


def test_a_date_in_words_is_shown_back_before_it_is_saved(workplace: Flask, curator: Desk) -> None:
    """Words are read, said again with EDTF and bounds, and saved only when the person has seen that."""
    report_id = a_report(workplace)
    address = f"/a/{report_id}/edit/published"
    shown = curator.post(address, value="about March 1990", do="save")
    assert shown.status_code == 200
    assert all(said in shown.text for said in ("about March 1990", "1990-03~", "1 March 1990", "31 March 1990"))
    assert curator.send(address, value="about March 1990", do="save", seen="1990-03~") == "Date corrected."
    assert catalogue_of(workplace).report(report_id).report.published.edtf == "1990-03~"
    assert "a person’s word" in curator.get(f"/a/{report_id}").select(".card dd")[1].get_text()


def test_words_that_are_no_date_are_refused_in_place(workplace: Flask, curator: Desk) -> None:
    """What is no date comes back with the form as it was written."""
    answer = curator.post(f"/a/{a_report(workplace)}/edit/published", value="when the bridge fell", do="save")
    assert (answer.status_code, "when the bridge fell" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("title", {"value": "Another title"}, "Another title"),
        ("byline", {"value": "A. Hasan and B. Said in Erbil", "authors": "A. Hasan\nB. Said", "place": "Erbil"},
         "A. Hasan and B. Said in Erbil"),
        ("dateline", {"value": "ERBIL, 3 May (AFP)", "place": "ERBIL", "source": "AFP"}, "ERBIL, 3 May (AFP)"),
        ("media_id", {"value": "55361432"}, "55361432"),
        ("outlet", {"value": "diyaruna"}, "Diyaruna"),
        ("section", {"value": "Iraq\n\nWar"}, "Iraq"),
        ("names", {"value": "ISIL"}, "ISIL"),
        ("language", {"value": "ckb"}, "ckb"),
        ("tags", {"value": "siege\nto check"}, "siege"),
        ("places", {"place": "geonames:99072", "role-geonames:99072": "filed from"}, "Mosul"),
    ],
)  # fmt: skip
def test_every_field_can_be_corrected(
    workplace: Flask, curator: Desk, field: str, sent: dict[str, str], said: str
) -> None:
    """Each field has a form that saves it, and the history says what became of it."""
    report_id = a_report(workplace)
    assert "corrected" in curator.send(f"/a/{report_id}/edit/{field}", reason="the paper", **sent)
    newest = curator.get(f"/a/{report_id}/history").select(".events > li")[0].get_text(" ", strip=True)
    assert all(part in newest for part in (said, curator.user.name, "the paper"))


def test_every_correctable_field_has_its_form(workplace: Flask, curator: Desk) -> None:
    """No field of the table that a person may overrule is without a page that says what it takes."""
    report_id = a_report(workplace)
    links = curator.get(f"/a/{report_id}/edit").select("tbody a")
    assert [str(link["href"]).rpartition("/")[2] for link in links] == list(CORRECTABLE)
    for link in links:
        assert curator.get(str(link["href"])).select_one("form#edit") is not None


def test_places_are_looked_up_without_losing_what_is_ticked(workplace: Flask, curator: Desk) -> None:
    """A search of the gazetteer offers places by name with where they lie, and keeps the ticked ones."""
    answer = curator.post(f"/a/{a_report(workplace)}/edit/places", do="find", find="Kokjali", place="geonames:99072")
    assert "Kokjali, Mosul, Nineveh, Iraq" in answer.text
    assert re.search(r'value="geonames:99072" checked', answer.text)


def test_a_value_that_cannot_be_is_refused_with_its_sentence(workplace: Flask, curator: Desk) -> None:
    """A language code that is none comes back with the reason."""
    answer = curator.post(f"/a/{a_report(workplace)}/edit/language", value="Klingon!")
    assert (answer.status_code, "language code" in answer.text) == (400, True)


def test_two_people_get_a_page_to_agree_on_and_nothing_is_lost(workplace: Flask, curator: Desk) -> None:
    """The second of two editors sees base, theirs and own, and may save theirs over it knowingly."""
    report_id, other = a_report(workplace), sign_in(workplace, name="Ben")
    address = f"/a/{report_id}/edit/title"
    base = str(curator.get(address).select_one("input[name=base]")["value"])  # type: ignore[index]
    curator.send(address, value="Ann's title", base=base, reason="hers")
    met = other.post(address, value="Ben's title", base=base)
    assert met.status_code == 409
    assert all(said in met.text for said in ("Ann&#39;s title", "Ben&#39;s title", "hers", curator.user.name))
    newer = re.findall(r'name="base" value="(\d+)"', met.text)[-1]
    other.send(address, value="Ben's title", base=newer)
    assert catalogue_of(workplace).report(report_id).report.title.value == "Ben's title"  # type: ignore[union-attr]


def test_a_piece_is_set_aside_and_taken_back_from_the_original(workplace: Flask, curator: Desk) -> None:
    """The original's page has a button for each piece; the text follows, and the search with it."""
    report_id = a_report(workplace)
    page = curator.get(f"/a/{report_id}/original")
    kept = next(form for form in page.select("form.move") if form.button["value"] == "no")  # type: ignore[index]
    name = str(kept.select_one("input[name=block]")["value"])  # type: ignore[index]
    before = len(catalogue_of(workplace).report(report_id).report.body)
    curator.send(f"/a/{report_id}/block", block=name, kept="no")
    assert len(catalogue_of(workplace).report(report_id).report.body) == before - 1
    curator.send(f"/a/{report_id}/block", block=name, kept="yes")
    assert len(catalogue_of(workplace).report(report_id).report.body) == before


def test_a_reader_sees_history_and_no_buttons(workplace: Flask, curator: Desk) -> None:
    """History is for everybody; undoing is not, and what another reader wrote is not shown."""
    report_id = a_report(workplace)
    catalogue_of(workplace).correct(Correction(report_id, "title", "Another", curator.user.name))
    catalogue_of(workplace).problems.report(report_id, "a private word")
    page = workplace.test_client().get(f"/a/{report_id}/history").text
    assert ("Another" in page, 'action="/desk/undo"' in page, "a private word" in page) == (True, False, False)
    assert "a private word" in curator.get(f"/a/{report_id}/history").get_text()


# --- readers ----------------------------------------------------------------------------------------------------


def send_problem(client: FlaskClient, report_id: str, **fields: str) -> int:
    """Send the form of a reader who is not signed in, as its page gives it, and return what is answered."""
    page = client.get(f"/a/{report_id}/problem").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token is not None
    return client.post(f"/a/{report_id}/problem", data={"csrf": token[1], **fields}).status_code


def test_a_readers_report_reaches_the_desk_and_is_answered(workplace: Flask, curator: Desk) -> None:
    """What a reader sends waits at the desk with its report until somebody closes it."""
    report_id, client = a_report(workplace), workplace.test_client()
    assert send_problem(client, report_id, said="The <b>date</b> is wrong.") == 303
    page = curator.get("/desk/problems")
    assert page.select_one(".said").get_text() == "The <b>date</b> is wrong."  # type: ignore[union-attr]
    number = catalogue_of(workplace).problems.page()[0].number
    assert "closed" in curator.send(f"/desk/problems/{number}/close", answer="Corrected.")
    assert catalogue_of(workplace).problems.count() == 0


def test_programs_and_floods_are_kept_out(workplace: Flask) -> None:
    """A filled trap is thanked and dropped, an empty word refused, and the sixth within an hour told to wait."""
    report_id, client = a_report(workplace), workplace.test_client()
    assert send_problem(client, report_id, said="x", website="http://spam.example") == 303
    assert send_problem(client, report_id, said=" ") == 400
    assert [send_problem(client, report_id, said="x") for _ in range(5)] == [303] * 4 + [429]
    assert catalogue_of(workplace).problems.count() == 4


def test_a_recurring_line_is_dismissed_at_the_desk(curator: Desk) -> None:
    """The page of lines says when there is none, and a line that is gone is answered with a sentence."""
    assert "No line recurs" in curator.get("/desk/lines").get_text()
    assert "does not recur" in curator.send("/desk/lines", line="nobody:1", do="keep")
