"""The pages of imports: what came in, what became of each page, and nothing a page says is taken for markup."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.batch import Request, import_items
from archive.errors import BinaryPage
from archive.home import open_home
from archive.sources import Item, Refused, Skipped
from archive.store import Store
from indexer import Catalogue
from tests.factories import make_description, make_page
from web.application import create_app


@pytest.fixture(scope="module")
def client(new_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a browser of sorts, before an archive with one import of good and bad pages."""
    home = open_home(shutil.copytree(new_home, tmp_path_factory.mktemp("batches") / "home"))
    items: list[Item] = [make_page(f"Title {number}\nBody\n", name=f"{number:03}.txt") for number in range(120)]
    items += [Refused("<b>bad</b>.txt", BinaryPage("a picture"), b""), Skipped("c.png", "not a page")]
    with Store.open(home) as store:
        import_items(store, items, make_description, Request("ann", ("pages",)), report=lambda _: None)
    with Catalogue.open(home, engine="memory") as catalogue:
        yield create_app(catalogue).test_client()


def page(client: FlaskClient, address: str) -> str:
    """Return the text of a page that must be there, and not be listed by search engines."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")
    return answer.get_data(as_text=True)


def test_every_import_is_listed(client: FlaskClient) -> None:
    """The list says who imported what, how it ended, and with which figures."""
    text = page(client, "/batches")
    assert "ann" in text
    assert "120 new reports, 1 in quarantine, 1 skipped" in text
    assert 'href="/batches/1"' in text


def test_lines_come_in_pages(client: FlaskClient) -> None:
    """A long import is shown a hundred pages at a time; reports are linked."""
    first, second = page(client, "/batches/1"), page(client, "/batches/1?page=2")
    assert ("000.txt" in first, "119.txt" in first, "119.txt" in second) == (True, False, True)
    assert 'href="/a/' in first
    assert page(client, "/batches/1?page=99") == second


def test_lines_can_be_narrowed_to_an_outcome(client: FlaskClient) -> None:
    """Only pages in quarantine are shown when asked for, with code and reason, and escaped."""
    text = page(client, "/batches/1?outcome=quarantined")
    assert "&lt;b&gt;bad&lt;/b&gt;.txt" in text
    assert "S02" in text
    assert "000.txt" not in text


@pytest.mark.parametrize("query", ["outcome=nonsense", "page=0", "page=-1", "page=x", "page=²", "page=" + "9" * 50])
def test_any_address_shows_something(client: FlaskClient, query: str) -> None:
    """Whatever stands behind the question mark, the page is shown."""
    assert "Import 1" in page(client, f"/batches/1?{query}")


@pytest.mark.parametrize("address", ["/batches/2", "/batches/x", "/batches/99999999999999999999999"])
def test_an_unknown_import_is_not_found(client: FlaskClient, address: str) -> None:
    """A number no import has leads to the page that says so."""
    assert client.get(address).status_code == 404
