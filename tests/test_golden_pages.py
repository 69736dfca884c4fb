"""Golden pages: what real-looking pages must come out as. Adding a page needs a file, not code.

`tests/data/pages/<outlet>/<name>.toml` names a page (`page`, beside it or from the root of the project) and says
what the record must hold. A key of ALWAYS that is absent must be empty in the record; a key of WHEN_GIVEN is
checked only when it is there. `must` and `must_not` are phrases of the body, `set_aside` whole blocks that were
set aside, `body_lines` the number of the body's passages. docs/samples.md describes the pages of samples/.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from archive.model import Page, Report
from archive.pipeline import describe_page
from archive.rules import RuleSet, load_rule_set
from archive.sources import read

ROOT = Path(__file__).parent.parent
PAGES = Path(__file__).parent / "data" / "pages"
GOLDEN = sorted(PAGES.glob("*/*.toml"))
LIMIT = 100_000

Golden = Mapping[str, object]

ALWAYS: Mapping[str, Callable[[Report], object]] = {
    "outlet": lambda report: report.outlet and report.outlet.key,
    "title": lambda report: report.title and report.title.value,
    "byline": lambda report: report.byline and report.byline.value,
    "authors": lambda report: list(report.byline.authors) if report.byline else [],
    "byline_place": lambda report: report.byline and report.byline.place,
    "dateline_place": lambda report: report.dateline and report.dateline.place,
    "dateline_source": lambda report: report.dateline and report.dateline.source,
    "media_id": lambda report: report.media_id and report.media_id.value,
    "section": lambda report: list(report.section),
    "published": lambda report: report.published.edtf,
    "captions": lambda report: [
        {"text": one.text, "credit": one.credit} if one.credit else {"text": one.text} for one in report.captions
    ],
    "comments": lambda report: [one.text for one in report.comments],
    "comments_declared": lambda report: report.comments_declared,
}
WHEN_GIVEN: Mapping[str, Callable[[Report], object]] = {
    "kinds": lambda report: list(report.byline.kinds) if report.byline else [],
    "language": lambda report: report.language,
    "published_basis": lambda report: report.published.basis,
    "names": lambda report: sorted(name.printed for name in report.names),
    "body_lines": lambda report: len(report.body),
    "issues": lambda report: sorted(issue.code for issue in report.issues),
}
PHRASES = ("must", "must_not", "set_aside")


@cache
def rules() -> RuleSet:
    """Return the rules shipped with the program."""
    return load_rule_set()


def load_golden(file: Path) -> dict[str, object]:
    """Return one golden file; a key nobody checks is a mistake in it."""
    golden = tomllib.loads(file.read_text(encoding="utf-8"))
    unknown = golden.keys() - ALWAYS.keys() - WHEN_GIVEN.keys() - {"page", *PHRASES}
    assert not unknown, f"{file}: unknown keys {sorted(unknown)}"
    return golden


def describe_golden(file: Path, golden: Golden) -> Report:
    """Return the report that the pipeline makes of the page a golden file names."""
    beside = file.parent / str(golden["page"])
    (page,) = read([beside if beside.exists() else ROOT / str(golden["page"])], limit=LIMIT)
    assert isinstance(page, Page), f"{file}: the page cannot be read: {page}"
    return describe_page(page, rules()).report


def find_differences(golden: Golden, report: Report) -> Iterator[str]:
    """Yield one line for each point in which a report is not what its golden file says."""
    for key, field in {**ALWAYS, **WHEN_GIVEN}.items():
        found = field(report)
        wanted = golden.get(key, [] if isinstance(found, list) else None)
        if wanted != found and (key in ALWAYS or key in golden):
            yield f"{key}: wanted {wanted!r}, found {found!r}"
    body = "\n".join(passage.text for passage in report.body)
    aside = [block.text for block in report.set_aside]
    yield from (f"the body lacks {phrase!r}" for phrase in phrases(golden, "must") if phrase not in body)
    yield from (f"the body contains {phrase!r}" for phrase in phrases(golden, "must_not") if phrase in body)
    yield from (f"not set aside: {text!r}" for text in phrases(golden, "set_aside") if text not in aside)


def phrases(golden: Golden, key: str) -> list[str]:
    """Return a golden file's list of phrases."""
    value = golden.get(key, [])
    assert isinstance(value, list), f"{key} must be a list of phrases"
    return value


def name_page(file: Path) -> str:
    """Return a golden file's name in pytest's list."""
    return f"{file.parent.name}/{file.stem}"


@pytest.mark.parametrize("file", GOLDEN, ids=name_page)
def test_a_golden_page_comes_out_as_its_file_says(file: Path) -> None:
    """A golden page gives every value its file names, and none where the file names none."""
    golden = load_golden(file)
    differences = list(find_differences(golden, describe_golden(file, golden)))
    assert not differences, "\n  ".join([f"{golden['page']} is not as {file.name} says:", *differences])


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "samples").iterdir() if path.is_dir()))
def test_every_outlet_of_the_samples_has_a_golden_page(folder: str) -> None:
    """No outlet of the sample collection goes without a golden page."""
    assert list((PAGES / folder).glob("*.toml"))


def test_a_wrong_value_is_said_with_what_was_wanted_and_found() -> None:
    """The message of a failing page names the field, the value wanted and the value found."""
    file = PAGES / "ferrin-wire" / "saigon-coup.toml"
    golden = load_golden(file) | {"media_id": "00-0000", "must": ["no such words"]}
    assert list(find_differences(golden, describe_golden(file, golden))) == [
        "media_id: wanted '00-0000', found '63-1107'",
        "the body lacks 'no such words'",
    ]
