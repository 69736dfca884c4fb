"""The page that tells readers how well dates, places and names are found, and the figures it tells."""

import pytest
from flask.testing import FlaskClient

from benchmarks.recorded import ROWS, read_recorded
from tests.reading import read, said
from web.figures import load_figures, say_share


@pytest.mark.parametrize(("part", "whole", "words"), [(88, 100, "88 %"), (998, 1000, "99.8 %"), (9999, 10000, "99.9 %"),
                                                      (5, 5, "100 %"), (1, 3, "33 %"), (0, 0, "100 %")])  # fmt: skip
def test_a_share_is_never_rounded_up_to_all(part: int, whole: int, words: str) -> None:
    """One mistake in ten thousand is still a mistake."""
    assert say_share(part, whole) == words


def test_every_figure_is_recorded() -> None:
    """The recorded file has the figures that the benchmark knows, no more and no less."""
    assert list(read_recorded()) == [row.key for row in ROWS] == list(load_figures().by_key)


def test_readers_are_told_what_was_measured(reader: FlaskClient) -> None:
    """The page says precision and recall as recorded, and what fails."""
    text = said(read(reader, "/help/method").find("main"))
    figure = load_figures()["recognition/trnews"]
    assert f"Names of places in international news{figure.correct}{figure.found}" in text
    assert text.count("Fails on:") == 4


def test_the_page_is_one_link_from_where_it_is_asked(reader: FlaskClient) -> None:
    """A reader who doubts finds it from the page about the archive."""
    assert read(reader, "/about").select("a[href='/help/method']")
