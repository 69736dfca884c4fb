"""The sample collection: what the README, the demo and docs/samples.md promise of it."""

import hashlib
from functools import cache
from pathlib import Path

import pytest

from archive.model import Page, Report
from archive.pipeline import describe_page
from archive.rules import load_rule_set
from archive.sources import read

SAMPLES = Path(__file__).parent.parent / "samples"
PAGES = sorted(path for path in SAMPLES.glob("*/*") if path.suffix in {".txt", ".html", ".xhtml"})
LARGEST = 6_000
# These two are one wire story, printed by two outlets.
REPRINTS = ("quillwort-courier/kobani-kurdish-fighters.txt", "marrowby-signal/kobani-freed.html")


@cache
def describe_sample(name: str) -> Report:
    """Return the report made of one page of the collection."""
    (page,) = read([SAMPLES / name], limit=LARGEST)
    assert isinstance(page, Page)
    return describe_page(page, load_rule_set()).report


def name_sample(path: Path) -> str:
    """Return a sample's outlet and file name."""
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", PAGES, ids=name_sample)
def test_every_sample_says_that_it_was_written_for_dateline(path: Path) -> None:
    """Whoever opens a sample reads in it that it is demonstration text, and it is short."""
    content = path.read_bytes()
    assert b"dateline" in content.lower()
    assert len(content) <= LARGEST


@pytest.mark.parametrize("path", PAGES, ids=name_sample)
def test_every_sample_is_known_as_its_outlet_s(path: Path) -> None:
    """A sample's own text tells its outlet, and an unsigned page's outlet stays unset."""
    outlet = describe_sample(name_sample(path)).outlet
    assert (outlet.key if outlet else "unsigned") == path.parent.name


@pytest.mark.parametrize("path", PAGES, ids=name_sample)
def test_every_sample_is_described_for_readers(path: Path) -> None:
    """docs/samples.md names every page of the collection."""
    assert path.name in (SAMPLES.parent / "docs" / "samples.md").read_text(encoding="utf-8")


def test_the_collection_is_as_large_as_promised_and_holds_one_page_twice() -> None:
    """At least 24 different reports of at least four outlets, and exactly one page saved twice."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in PAGES]
    assert len(set(digests)) >= 24
    assert len(digests) - len(set(digests)) == 1
    assert len({path.parent.name for path in PAGES}) >= 4


def test_the_collection_is_in_several_encodings() -> None:
    """Old Western and Arabic encodings and a byte order mark are there to be met."""
    (grozny,) = read([SAMPLES / "quillwort-courier" / "grozny-palace.txt"], limit=LARGEST)
    assert isinstance(grozny, Page)
    assert "“We melt snow for tea" in grozny.text
    assert (SAMPLES / "marrowby-signal" / "kigali-taken.html").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "الموصل" in (SAMPLES / "mithal" / "mosul-houses.html").read_text(encoding="cp1256")


def test_two_outlets_print_one_wire_story_with_other_names_for_one_group() -> None:
    """The reprint is shorter, has another title, and calls the militants terrorists and ISIS Daesh."""
    full, cut = (describe_sample(name) for name in REPRINTS)
    assert full.title is not None
    assert cut.title is not None
    assert full.title.value != cut.title.value
    assert len(cut.body) < len(full.body)
    assert cut.body[1].text == full.body[1].text.replace("ISIS militants", "Daesh terrorists")
