"""A whole result as files: complete, harmless in a spreadsheet, and with a sheet that says where it comes from."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import rispy
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from indexer import Catalogue, SearchRequest
from tests.reading import find_id, read, said
from web.exporting.formats import FORMATS
from web.exporting.tables import COLUMNS, FORMULA_SIGNS, disarm


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a table as spreadsheets read them."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def unpack(data: bytes) -> dict[str, str]:
    """Return the members of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("query", ["", "q=mosul", "outlet=samphire-features", "q=zugunruhe", "q=mosul&variants=0"])
def test_a_table_holds_every_report_of_the_result_in_its_order(
    reader: FlaskClient, reading_room: Catalogue, query: str
) -> None:
    """Not the ten on the screen: all of them."""
    answer = reader.get(f"/api/v1/search?{query}&per=100").json
    assert answer
    found = rows(reader.get(f"/export/reports.csv?{query}").text)
    assert [row["id"] for row in found] == [hit["id"] for hit in answer["hits"]]
    assert len(found) == answer["total"]
    assert reading_room.status().reports >= len(found)


def test_jsonl_is_the_public_record_without_readers_words(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Each line is the record; comments come only when asked for."""
    report = find_id(reading_room, "title:gogjali")
    record = json.loads(json.dumps(reading_room.record(report)))
    plain = json.loads(reader.get("/export/reports.jsonl?q=title%3Agogjali").text.splitlines()[0])
    asked = json.loads(reader.get("/export/reports.jsonl?q=title%3Agogjali&comments=1").text.splitlines()[0])
    assert plain == record | {"comments": []}
    assert asked == record


def test_references_are_read_back(reader: FlaskClient, reading_room: Catalogue) -> None:
    """RIS and CSL-JSON name every report."""
    total = reading_room.search(SearchRequest()).total
    assert len(rispy.loads(reader.get("/export/reports.ris").text)) == total
    assert len(reader.get("/export/reports.json").get_json(force=True)) == total


def test_an_empty_result_is_an_empty_list(reader: FlaskClient) -> None:
    """CSL-JSON of nothing is still JSON."""
    assert reader.get("/export/reports.json?q=zugunruhe").get_json(force=True) == []


@pytest.mark.parametrize("key", FORMATS)
def test_every_file_can_come_with_its_sheet(reader: FlaskClient, key: str) -> None:
    """The ZIP holds the very file, and the sheet with its counts."""
    file = FORMATS[key].file
    members = unpack(reader.get(f"/export/{file}.zip?q=mosul").data)
    assert members[file] == reader.get(f"/export/{file}?q=mosul").data.decode()
    assert "3 found, 3 written; complete" in members["PROVENANCE.txt"]


def test_texts_come_one_by_one_with_a_table_that_names_them(reader: FlaskClient) -> None:
    """For Voyant and AntConc: files, and metadata.csv with the name of each."""
    members = unpack(reader.get("/export/texts.zip?outlet=samphire-features").data)
    table = rows(members["metadata.csv"])
    assert len(table) == 5
    assert {row["file"] for row in table} == {name for name in members if name.startswith("texts/")}
    assert all(row["title"] in members[row["file"]] for row in table)


@pytest.mark.parametrize(
    "line",
    ["Question: mosul", "Looked in: Title, Byline", "Names added: mosul: also", "Only: Outlet: Samphire Features",
     "Order: relevance", "Written: 20", "State: event ", "reports with no date", "left out since not asked for",
     "Address: http://localhost/search?q=mosul&outlet=samphire-features"],
)  # fmt: skip
def test_the_sheet_says_how_the_export_came_about(reader: FlaskClient, line: str) -> None:
    """Question, names added, narrowing, order, time, state, what is missing, and the way back."""
    sheet = " ".join(reader.get("/export/PROVENANCE.txt?q=mosul&outlet=samphire-features").text.split())
    assert line in sheet.replace("1 report with no date", "reports with no date")


def test_the_sheet_names_what_was_not_looked_for(reader: FlaskClient) -> None:
    """Names that the reader switched off stand in the sheet too."""
    sheet = " ".join(reader.get("/export/PROVENANCE.txt?q=mosul&alone=mosul").text.split())
    assert "Left out: mosul: not " in sheet


def test_the_page_offers_every_form_and_shows_the_sheet(reader: FlaskClient) -> None:
    """Each link of the page is there."""
    page = read(reader, "/export?q=mosul")
    links = [str(link["href"]) for link in page.select("main a[download], main p a")]
    assert len(links) == 2 * len(FORMATS) + 1 + 3
    assert {reader.get(link).status_code for link in links} == {200}
    assert said(page.find("h1")) == "Take away 3 reports"


def test_a_list_is_exported_in_its_order(reader: FlaskClient, reading_room: Catalogue) -> None:
    """What was ticked, as it was ticked; what is no id is no report."""
    ids = [hit.id for hit in reading_room.search(SearchRequest(text="mosul")).hits][::-1]
    query = "&".join(f"r={report_id}" for report_id in [*ids, "../x", ids[0]])
    assert [row["id"] for row in rows(reader.get(f"/export/reports.csv?{query}").text)] == ids
    assert "chosen one by one" in reader.get(f"/export/PROVENANCE.txt?{query}").text


@pytest.mark.parametrize("name", ["reports.exe", "reports.csv.zip.zip", "texts", "..%2fsettings.toml"])
def test_there_is_no_other_file(reader: FlaskClient, name: str) -> None:
    """Only files on offer are sent."""
    assert reader.get(f"/export/{name}").status_code == 404


@given(st.text())
@example("=1+1")
@example(" \u00a0=cmd|' /C calc'!A0")
@example("\t@SUM(1)")
@example("＝1")
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a page prints, a spreadsheet takes its cell for text, and the text is still there."""
    cell = disarm(text)
    assert not cell.lstrip(" \u00a0").startswith(FORMULA_SIGNS)
    assert cell.lstrip("'") in text.replace("\x00", "").encode("utf-8", "replace").decode() or cell.startswith("'")


def test_the_table_s_columns_are_documented() -> None:
    """docs/exporting.md explains every column."""
    said_of = (Path(__file__).parent.parent / "docs" / "exporting.md").read_text(encoding="utf-8")
    assert [name for name, _ in COLUMNS if f"`{name}`" not in said_of] == []
