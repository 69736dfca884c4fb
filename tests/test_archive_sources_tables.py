"""Tables: JSON Lines, CSV and TSV with their columns, each row a page with exactly its own bytes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadColumns
from archive.model import Stated
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import Columns, Reading, read_columns, reopen
from archive.sources.columns import FIELDS, fold
from tests.containers import BODY, HTML, LIMIT, MORE, pages_of, read_all, tell

CSV = f'id,headline,pub date,Source,body\r\n7,"Bridge, again",2016-11-03,Example Gazette,"{BODY}\r\nSaid ""no""."\r\n'


def stated(values: tuple[Stated, ...]) -> dict[str, str]:
    """Return what a page's container states, by field."""
    return {one.field: one.value for one in values}


@pytest.mark.parametrize(
    ("columns", "named", "found"),
    [
        (["ID", "Headline", "Full Text"], [], {"id": "ID", "title": "Headline", "text": "Full Text"}),
        (["title", "headline"], [], {"title": "title"}),
        (["title", "headline"], ["title=headline"], {"title": "headline"}),
        (["content", "text"], [], {"text": "text"}),
        (["content", "text"], ["title=text"], {"title": "text", "text": "content"}),
        (["Media_ID", "pub-date"], ["media-id=Media_ID"], {"date": "pub-date", "media_id": "Media_ID"}),
        (["notes"], [], {}),
    ],
)
def test_columns_are_found_by_name_and_by_word(columns: list[str], named: list[str], found: dict[str, str]) -> None:
    """Common names are known in any spelling; a person's word goes before them and takes its column away."""
    assert read_columns(named).find(columns) == found


@pytest.mark.parametrize("word", ["title", "title=", "=headline", "colour=headline", ""])
def test_mappings_that_say_nothing_are_refused(word: str) -> None:
    """A mapping must name a field we have and a column."""
    with pytest.raises(BadColumns, match="FIELD=COLUMN"):
        read_columns([word])


def test_no_two_fields_share_a_default_name() -> None:
    """Each common column name stands for one field only, written as it is compared."""
    from archive.sources.columns import DEFAULTS  # noqa: PLC0415 - only this test looks inside

    names = [name for known in DEFAULTS.values() for name in known]
    assert len(names) == len(set(names))
    assert names == [fold(name) for name in names]


def test_a_row_of_csv_is_a_page(tmp_path: Path) -> None:
    """Quotation marks, commas and line ends in a cell are read as CSV means them; the bytes are the row's own."""
    (tmp_path / "a.csv").write_bytes(CSV.encode())
    (page,) = pages_of(read_all(tmp_path / "a.csv"))
    assert page.source.name == "a.csv/7"
    assert page.text == f'{BODY}\r\nSaid "no".'
    assert page.content + b"\r\n" == CSV.encode()[CSV.index("7,") :]
    assert stated(page.stated) == {
        "id": "7", "title": "Bridge, again", "date": "2016-11-03", "outlet": "Example Gazette",
    }  # fmt: skip


def test_what_a_row_states_is_described_with_its_column(tmp_path: Path) -> None:
    """Every stated value is in the record with the rule row/<column> and evidence from the container."""
    (tmp_path / "a.csv").write_bytes(CSV.encode())
    description = describe_page(pages_of(read_all(tmp_path / "a.csv"))[0], load_rule_set())
    report = description.report
    assert report.title is not None
    assert (report.title.value, report.title.rule) == ("Bridge, again", "row/headline")
    assert (report.published.edtf, report.published.basis) == ("2016-11-03", "stated")
    assert {one.rule for one in description.evidence if one.zone == "container"} == {
        "row/id", "row/headline", "row/pub date", "row/Source",
    }  # fmt: skip
    assert [issue.code for issue in report.issues] == []


def test_a_rows_text_is_the_report_and_its_headline_is_not_repeated(tmp_path: Path) -> None:
    """With a headline of its own, a row's text is all body; a first line that repeats it is the headline's place."""
    row = {"title": "Bridge reopens", "text": f"Bridge  reopens\n{BODY}\nShort line\n{MORE}"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    report = describe_page(pages_of(read_all(tmp_path / "a.jsonl"))[0], load_rule_set()).report
    assert report.title is not None
    assert (report.title.basis, report.title.rule) == ("printed", "row/title")
    assert [passage.text for passage in report.body] == [BODY, "Short line", MORE]


@pytest.mark.parametrize("column", ["html", "content"])
def test_a_row_with_html_is_read_as_a_page(column: str, tmp_path: Path) -> None:
    """HTML goes the way of HTML, whether its column says so or its text does."""
    (tmp_path / "a.jsonl").write_text(json.dumps({column: HTML, "url": "https://example.org/a"}))
    (page,) = pages_of(read_all(tmp_path / "a.jsonl"))
    assert (page.text_type, page.source.url) == ("text/html", "https://example.org/a")
    assert [passage.text for passage in describe_page(page, load_rule_set()).report.body] == [BODY, MORE]


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"author": ["Jane Roe", "John Poe"]}, "byline", "Jane Roe; John Poe"),
        ({"author": {"name": "Jane Roe"}}, "byline", "Jane Roe"),
        ({"source": {"id": None, "name": "Gazette"}}, "outlet", "Gazette"),
        ({"published": 1478156280}, "date", "1478156280"),
        ({"id": 7}, "id", "7"),
    ],
)
def test_values_of_json_become_words(record: dict[str, object], field: str, value: str, tmp_path: Path) -> None:
    """Lists, objects with a name and figures are read as people mean them."""
    (tmp_path / "a.jsonl").write_text(json.dumps(record | {"text": BODY}))
    assert stated(pages_of(read_all(tmp_path / "a.jsonl"))[0].stated)[field] == value


def test_a_column_inside_an_object_is_named_by_its_path(tmp_path: Path) -> None:
    """--map outlet=meta.paper.name reaches into records."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": BODY, "meta": {"paper": {"name": "Gazette"}}}))
    reading = Reading(LIMIT, read_columns(["outlet=meta.paper.name"]))
    (page,) = pages_of(read_all(tmp_path / "a.jsonl", reading=reading))
    assert stated(page.stated)["outlet"] == "Gazette"
    assert reopen(page.source, page.content) == page


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "|"), ("a.tab", "\t")])
def test_other_separators_are_known_by_the_first_line(name: str, mark: str, tmp_path: Path) -> None:
    """Tabs, semicolons and bars part cells too."""
    (tmp_path / name).write_text(f"title{mark}text\nBridge{mark}{BODY.replace(',', '')}\n")
    assert [page.text for page in pages_of(read_all(tmp_path / name))] == [BODY.replace(",", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_in_any_encoding_keep_their_bytes(encoding: str, tmp_path: Path) -> None:
    """A row's bytes are those of the file, and reading them again gives the same page."""
    whole = f"title,text\nCafé,{BODY.replace(',', '')} ‘Café’\n"
    (tmp_path / "a.csv").write_bytes(whole.encode(encoding))
    (page,) = pages_of(read_all(tmp_path / "a.csv"))
    assert page.text.endswith("‘Café’")
    assert page.content in whole.encode(encoding)
    assert reopen(page.source, page.content) == page


def test_a_column_a_person_names_must_be_there(tmp_path: Path) -> None:
    """A mapping to a column the table has not is said, with the columns it has."""
    (tmp_path / "a.csv").write_text(f"id,text\n1,{BODY}\n")
    reading = Reading(LIMIT, read_columns(["title=kopf"]))
    items = read_all(tmp_path / "a.csv", reading=reading)
    assert tell(items) == [("a.csv", "S08")]


def test_a_line_longer_than_a_page_is_refused_alone(tmp_path: Path) -> None:
    """One record larger than the limit is refused, and the next is read."""
    lines = [json.dumps({"text": "x" * 3_000}), json.dumps({"text": BODY})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    assert tell(read_all(tmp_path / "a.jsonl", limit=1_000)) == [("a.jsonl/line 1", "S03"), ("a.jsonl/line 2", "page")]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)


@given(rows=st.lists(st.fixed_dictionaries({"title": CELLS, "text": CELLS}), min_size=1, max_size=5))
def test_any_record_is_read_again_from_its_own_bytes(rows: list[dict[str, str]]) -> None:
    """Whatever a JSON record holds, its page reopened from its bytes is the same page, or it is refused."""
    from archive.sources.jsonl import _make  # noqa: PLC0415 - the step below reading files

    for row in rows:
        made = _make("a.jsonl", "line 1", json.dumps(row).encode(), Columns())
        if row["text"].strip():
            assert pages_of([made])[0].text == row["text"]
            assert reopen(pages_of([made])[0].source, pages_of([made])[0].content) == made


def test_every_field_can_be_mapped() -> None:
    """All fields are known to --map."""
    assert read_columns([f"{field}=x{field}" for field in FIELDS]).find([]) == {field: f"x{field}" for field in FIELDS}
