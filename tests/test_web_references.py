"""Forms for reference managers, read back by their own readers."""

import json

import pytest
import rispy
from bibtexparser import entrypoint as bibtexparser
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.holdings import StoredReport
from archive.model import Byline, Date, Report, Source
from tests.citing import ARK, make_test_reference
from web.references.biblatex import write_biblatex
from web.references.csl import write_csl
from web.references.mods import MODS, NAMESPACES, write_mods, write_zotero_rdf
from web.references.reference import Author, Reference, make_reference
from web.references.ris import write_ris

SIGNED = make_test_reference()
INFERRED = make_test_reference(edtf="[2016-11-03..2016-11-04]", latest="2016-11-04", doubtful=True)
UNDATED = make_test_reference(edtf=None, earliest=None, latest=None)
HOSTILE = 'A & B_C {x} \\end{document} 50% $5 #1 ~ ^ <tag> "quoted" \u202eTY  - JOUR'


def read_xml(text: str) -> etree._Element:
    """Return the root of an XML document."""
    return etree.fromstring(text.encode())


def test_ris_is_read_back_by_a_reader_of_ris() -> None:
    """Type, authors, title, outlet, day, Media ID and keywords come back as they went."""
    (entry,) = rispy.loads(write_ris(SIGNED))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["authors"] == ["Hussain, Alaa", "Abu al-Khair, Waleed"]
    assert (entry["title"], entry["secondary_title"]) == ("Market reopens", "Diyaruna")
    assert (entry["date"], entry["accession_number"]) == ("2016/11/03", "Media ID 55378322")
    assert entry["keywords"] == ["Mosul", "Iraq", "ISIL"]


@pytest.mark.parametrize(
    ("reference", "date", "note"),
    [
        (INFERRED, "[2016-11-03..2016-11-04]", f"{ARK}; publication date inferred: 3 or 4 November 2016"),
        (UNDATED, None, f"{ARK}; publication date not given"),
    ],
)
def test_ris_keeps_what_is_not_certain(reference: Reference, date: str | None, note: str) -> None:
    """An uncertain date is EDTF and said in the note; an unknown one is not there."""
    (entry,) = rispy.loads(write_ris(reference))
    assert (entry.get("date"), entry["notes"]) == (date, [note])


def test_biblatex_is_read_back_by_a_reader_of_bibtex() -> None:
    """The entry parses, with the newspaper, the date in EDTF and the ARK."""
    library = bibtexparser.parse_string(write_biblatex(SIGNED))
    assert not library.failed_blocks
    fields = {field.key: field.value for field in library.entries[0].fields}
    assert fields["author"] == "Hussain, Alaa and Abu al-Khair, Waleed"
    assert (fields["journaltitle"], fields["entrysubtype"], fields["date"]) == ("Diyaruna", "newspaper", "2016-11-03")
    assert (fields["eprint"], fields["eprinttype"]) == (ARK, "ark")


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "date"),
    [
        ("2016-11~", "2016-11-01", "2016-11-30", "2016-11~"),
        ("[2016-11-03..2016-11-04]", "2016-11-03", "2016-11-04", "2016-11-03/2016-11-04"),
        ("[..2016-11-04]", None, "2016-11-04", "/2016-11-04"),
    ],
)
def test_biblatex_has_only_dates_that_it_reads(edtf: str, earliest: str | None, latest: str, date: str) -> None:
    """What biblatex's own date syntax lacks becomes an interval."""
    entry = write_biblatex(make_test_reference(edtf=edtf, earliest=earliest, latest=latest, doubtful=True))
    assert f"date = {{{date}}}," in entry


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_no_title_breaks_a_form(title: str) -> None:
    """Whatever a page calls itself, RIS stays one record, BibTeX one entry, and XML well formed."""
    report = Report(Source("p", "0" * 64, "text/plain", 1), byline=Byline(title, (title,), ("person",), None, "r"))
    made = make_reference(StoredReport("bcd", report, 1), archive=title, address="http://h/a", ark=ARK,
                          accessed=SIGNED.accessed)  # fmt: skip
    assert len(rispy.loads(write_ris(made))) == 1
    assert not bibtexparser.parse_string(write_biblatex(made)).failed_blocks
    read_xml(write_mods(made))
    read_xml(write_zotero_rdf(made))


def test_a_hostile_title_is_only_words() -> None:
    """Braces, backslashes and a false RIS tag stay in the title."""
    report = Report(Source("p", "0" * 64, "text/plain", 1), byline=Byline(HOSTILE, (HOSTILE,), ("person",), None, "r"))
    made = make_reference(StoredReport("bcd", report, 1), archive="A", address="http://h/a", ark=ARK,
                          accessed=SIGNED.accessed)  # fmt: skip
    assert [line for line in write_ris(made).splitlines() if line.startswith("TY")] == ["TY  - NEWS"]
    assert len(bibtexparser.parse_string(write_biblatex(made)).entries) == 1


def test_csl_says_a_day_in_parts_and_doubt_as_circa() -> None:
    """A certain day is exact; one of two days is circa, with its words; an unknown day is absent."""
    assert write_csl(SIGNED)["issued"] == {"date-parts": [[2016, 11, 3]]}
    assert write_csl(INFERRED)["issued"] == {
        "date-parts": [[2016, 11, 3], [2016, 11, 4]], "circa": True, "literal": "[3 or 4 November 2016]",
    }  # fmt: skip
    assert "issued" not in write_csl(UNDATED)
    assert write_csl(make_test_reference(edtf="2016-11", latest="2016-11-30"))["issued"] == {"date-parts": [[2016, 11]]}


def test_csl_names_the_type_zotero_knows() -> None:
    """A newspaper article with its people, whole names as literals."""
    item = json.loads(json.dumps(write_csl(make_test_reference(authors=(Author("Reuters"),)))))
    assert (item["type"], item["author"]) == ("article-newspaper", [{"literal": "Reuters"}])


def test_mods_has_genre_host_and_a_date_in_edtf() -> None:
    """What makes a newspaper article of a MODS record."""
    root = read_xml(write_mods(INFERRED))
    said = {tag: root.findtext(f".//{{{MODS}}}{tag}") for tag in ("genre", "dateIssued", "geographic", "placeTerm")}
    assert said == {"genre": "newspaperArticle", "dateIssued": "[2016-11-03..2016-11-04]", "geographic": "Mosul",
                    "placeTerm": "Baghdad"}  # fmt: skip
    issued = root.find(f".//{{{MODS}}}dateIssued")
    assert issued is not None
    assert issued.attrib == {"encoding": "edtf", "qualifier": "inferred"}
    assert root.findtext(f"{{{MODS}}}relatedItem/{{{MODS}}}titleInfo/{{{MODS}}}title") == "Diyaruna"


def test_zotero_rdf_names_the_type_and_the_shelf() -> None:
    """Zotero's own form says the type outright and keeps the Media ID as the place in the archive."""
    article = read_xml(write_zotero_rdf(SIGNED))[0]
    said = {tag: article.findtext(f"{prefix}:{tag}", namespaces=NAMESPACES)
            for prefix, tag in (("z", "itemType"), ("dc", "coverage"), ("dc", "date"), ("z", "archive"))}  # fmt: skip
    assert said == {"itemType": "newspaperArticle", "coverage": "Media ID 55378322", "date": "2016-11-03",
                    "archive": "The Room"}  # fmt: skip


def test_a_reference_is_made_of_what_the_report_says() -> None:
    """An unknown date stays unknown even where days are noted."""
    report = Report(Source("p", "0" * 64, "text/plain", 1), published=Date("2016", basis="unknown"))
    made = make_reference(StoredReport("bcd", report, 1), archive="A", address="a", ark=ARK, accessed=SIGNED.accessed)
    assert (made.edtf, made.year, made.day, made.title) == (None, None, None, "[Untitled]")
