"""Permanent names: made, read, and noticed when mistyped."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.identifiers import make_report_id
from indexer import Catalogue
from tests.reading import find_id
from web.ark import ALPHABET, check_character, make_ark, read_ark

REPORT = make_report_id("0" * 64)
NAME = make_ark(REPORT)


def test_the_check_character_is_noid_s() -> None:
    """The example of the NOID documentation: 13030/xf93gt2 is followed by q."""
    assert check_character("13030/xf93gt2") == "q"


@pytest.mark.parametrize(
    "written", [NAME, NAME.replace("ark:", "ark:/"), NAME.upper().replace("ARK", "ark"), f"{NAME[:14]}-{NAME[14:]}"]
)
def test_an_ark_is_read_as_people_write_it(written: str) -> None:
    """With the old slash, in capitals, and with hyphens."""
    assert read_ark(written) == REPORT


@given(st.integers(12, len(NAME) - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, typed: str) -> None:
    """No single mistyped character of the name leads to another report."""
    assert read_ark(NAME[:place] + typed + NAME[place + 1 :]) == (REPORT if NAME[place] == typed else None)


@pytest.mark.parametrize(
    "text", ["", "ark:", "ark:12345/d1" + REPORT + "0", "../../etc/passwd", "ark:99999/" + "b" * 99]
)
def test_what_is_no_ark_of_ours_is_none(text: str) -> None:
    """Another authority, a path, or rubbish."""
    assert read_ark(text) is None


def test_an_ark_leads_to_its_report(reader: FlaskClient, reading_room: Catalogue) -> None:
    """Both spellings redirect to the report; a mistyped one is not found."""
    report = find_id(reading_room, "title:gogjali")
    name = make_ark(report)
    for address in (f"/{name}", f"/{name.replace('ark:', 'ark:/')}"):
        assert reader.get(address).headers["Location"] == f"/a/{report}"
    assert reader.get(f"/{name[:-1]}").status_code == 404


def test_an_ark_says_what_it_names_and_what_is_promised(reader: FlaskClient, reading_room: Catalogue) -> None:
    """With ?info, a kernel record and the commitment, honest about the test number."""
    answer = reader.get(f"/{make_ark(find_id(reading_room, 'title:gogjali'))}?info")
    assert answer.text.startswith("erc:\nwho: Qasirli, Hadi\nwhat: Families leave Gogjali")
    assert "99999 is for tests" in answer.text
