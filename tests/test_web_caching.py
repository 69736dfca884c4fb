"""Nothing is sent twice while nothing has changed, and nothing old is shown when something has."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.holdings import Correction
from archive.home import create_home
from indexer import Catalogue
from tests.reading import find_id, import_folders, write_hostile_page
from web.application import create_app


@pytest.mark.parametrize("path", ["/", "/search?q=mosul", "/a/ID", "/a/ID.json", "/api/v1/search", "/feed/search.atom"])
def test_an_unchanged_page_is_not_sent_again(reader: FlaskClient, reading_room: Catalogue, path: str) -> None:
    """With its tag, the same address answers 304 and no body, and every page must be asked for again."""
    address = path.replace("ID", find_id(reading_room, "title:gogjali"))
    first = reader.get(address)
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert first.headers["Cache-Control"] == "no-cache"


def test_each_address_has_its_own_tag(reader: FlaskClient) -> None:
    """One page's tag is no answer for another."""
    tags = {reader.get(address).headers["ETag"] for address in ("/", "/search", "/search?q=mosul", "/about")}
    assert len(tags) == 4


def test_what_is_not_there_has_no_tag(reader: FlaskClient) -> None:
    """A missing page may be there tomorrow."""
    assert "ETag" not in reader.get("/a/bcdfghjkmnpq").headers


def test_a_correction_changes_every_tag(tmp_path: Path, new_home: Path) -> None:
    """After a person's word, nobody sees the old page; on the next day, citations name the new one."""
    home = create_home(shutil.copytree(new_home, tmp_path / "home"))
    import_folders(home, write_hostile_page(tmp_path / "pages"))
    with Catalogue.open(home, engine="memory") as catalogue:
        day = [date(2026, 3, 9)]
        client = create_app(catalogue, today=lambda: day[0]).test_client()
        report = find_id(catalogue, "zugzwang")
        seen = [client.get(f"/a/{report}").headers["ETag"]]
        catalogue.correct(Correction(report, "title", "Chalk on the school wall", "N. Karim"))
        seen.append(client.get(f"/a/{report}").headers["ETag"])
        day[0] = date(2026, 3, 10)
        seen.append(client.get(f"/a/{report}").headers["ETag"])
    assert len(set(seen)) == 3
