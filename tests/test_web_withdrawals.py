"""Withdrawal in the browser: one word with a reason, and the report is gone from every address until it is put back."""

import pytest
from flask import Flask

from indexer import Catalogue, SearchRequest
from tests.desk import Desk, sign_in
from web.ark import make_ark
from web.context import EXTENSION

pytestmark = pytest.mark.slow

WAYS = ("/a/{0}", "/a/{0}/original", "/a/{0}/original/raw", "/a/{0}/comments", "/a/{0}/history", "/a/{0}.txt",
        "/a/{0}/cite.ris", "/a/{0}.json", "/unapi?id={0}", "/unapi?id={0}&format=ris", "/{1}", "/{1}?info")  # fmt: skip


@pytest.fixture
def catalogue(workplace: Flask) -> Catalogue:
    """Return the catalogue of the workplace."""
    found: Catalogue = workplace.extensions[EXTENSION].catalogue
    return found


@pytest.fixture
def report_id(catalogue: Catalogue) -> str:
    """Return the id of a report about Mosul."""
    return next(catalogue.find_all(SearchRequest("mosul")).ids)


def withdraw(curator: Desk, report_id: str, reason: str = "A court has ordered it.") -> str:
    """Withdraw one report as the form does and return what is said."""
    return curator.send("/desk/withdrawn/new", r=report_id, reason=reason)


@pytest.mark.parametrize("way", WAYS)
def test_every_address_of_a_withdrawn_report_is_its_tombstone(
    workplace: Flask, curator: Desk, report_id: str, way: str
) -> None:
    """410 to readers, with the day and the reason, and no word of the report; as JSON where programs ask."""
    reader, address = workplace.test_client(), way.format(report_id, make_ark(report_id))
    assert reader.get(address).status_code < 400
    title = workplace.extensions[EXTENSION].catalogue.report(report_id).report.title.value
    withdraw(curator, report_id)
    gone = reader.get(address)
    assert (gone.status_code, "A court has ordered it." in gone.text, title in gone.text) == (410, True, False)


def test_it_is_in_no_list_and_no_file(workplace: Flask, curator: Desk, catalogue: Catalogue, report_id: str) -> None:
    """Search, feed, export, collection, and a list of ticked reports leave it out."""
    title = catalogue.report(report_id).report.title.value  # type: ignore[union-attr]
    before = catalogue.count(SearchRequest(""))
    withdraw(curator, report_id)
    assert catalogue.count(SearchRequest("")) == before - 1
    reader = workplace.test_client()
    for address in ("/search?q=mosul&per=100", "/feed?q=mosul", f"/lists?r={report_id}",
                    "/collections/demonstration-reports", "/api/v1/search?q=mosul", "/export.csv?q=mosul"):  # fmt: skip
        assert title not in reader.get(address).text, address


def test_a_reason_must_be_given(curator: Desk, catalogue: Catalogue, report_id: str) -> None:
    """Without one nothing happens, and the form says so."""
    answer = curator.post("/desk/withdrawn/new", r=report_id, reason=" ")
    assert (answer.status_code, "Write the reason" in answer.text) == (400, True)
    assert catalogue.report(report_id).id == report_id


def test_it_is_put_back_by_one_press(workplace: Flask, curator: Desk, catalogue: Catalogue, report_id: str) -> None:
    """The notice offers it; everything is as before."""
    record = catalogue.record(report_id)
    assert "Withdrawn. It is sealed" in withdraw(curator, report_id)
    assert curator.get("/desk/withdrawn").find("a", href=f"/desk/withdrawn/{report_id}")
    assert "Put back" in curator.send(f"/desk/withdrawn/{report_id}/restore")
    assert catalogue.record(report_id) == record
    assert workplace.test_client().get(f"/a/{report_id}").status_code == 200


def test_only_admins_read_what_is_sealed(workplace: Flask, curator: Desk, catalogue: Catalogue, report_id: str) -> None:
    """A curator sees why it went; an admin its text and original too."""
    text = catalogue.report(report_id).report.body[0].text
    content = catalogue.original(report_id)[1]
    withdraw(curator, report_id)
    admin = sign_in(workplace, "admin")
    address = f"/desk/withdrawn/{report_id}"
    assert text not in curator.get(address).get_text(" ")
    assert text in admin.get(address).get_text(" ")
    assert curator.client.get(f"{address}/original").status_code == 403
    assert admin.client.get(f"{address}/original").data == content


def test_two_persons_delete(workplace: Flask, curator: Desk, report_id: str) -> None:
    """Who asked is refused; another admin confirms; then it cannot come back, and its addresses still say so."""
    withdraw(curator, report_id)
    one, other, address = (
        sign_in(workplace, "admin"),
        sign_in(workplace, "admin", "Ben"),
        f"/desk/withdrawn/{report_id}",
    )
    assert "another person" in one.send(f"{address}/delete")
    one.send(f"{address}/ask")
    assert "another person" in one.send(f"{address}/delete")
    assert curator.post(f"{address}/delete").status_code == 403
    assert "Deleted, with its original" in other.send(f"{address}/delete")
    assert "is not sealed" in curator.send(f"{address}/restore")
    assert workplace.test_client().get(f"/a/{report_id}").status_code == 410
