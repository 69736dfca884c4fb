"""The numbers behind the map: what is in sight, where points fall, and lines that stay inside the drawing."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer import Landmark, LocatedPlace
from web.charts.marks import mark
from web.charts.outline import draw_outline
from web.charts.view import WIDTH, WORLD, View, fit

POINTS = st.tuples(st.floats(-180, 180), st.floats(-57, 79))
IRAQ = View(38.0, 28.0, 50.0, 38.0)


@given(st.lists(POINTS, min_size=1, max_size=8))
@example([(72.0, -52.0), (-54.0, -57.0)])
def test_a_view_holds_its_points(points: list[tuple[float, float]]) -> None:
    """Every point that people live at is on the drawing that was fitted to it, and drawings keep their proportions."""
    view = fit(points)
    assert all(view.holds(*point) for point in points)
    assert all(-0.1 <= x <= WIDTH + 0.1 and -0.1 <= y <= view.height + 1 for x, y in (view.place(*p) for p in points))
    assert 150 <= view.height <= 1000


def test_no_points_are_the_world() -> None:
    """Without a place the whole world is shown."""
    assert fit([]) == WORLD


@pytest.mark.parametrize("view", [WORLD, IRAQ, View(140.0, -50.0, 180.0, -20.0)])
def test_the_outline_stays_near_the_drawing(view: View) -> None:
    """Land is cut to the view, so that a page about one country does not carry the world."""
    outline = draw_outline(view)
    xs = [float(x) for x in re.findall(r"(-?[\d.]+),", outline.land)]
    assert len(xs) > 20
    assert -0.03 * WIDTH <= min(xs) <= max(xs) <= 1.03 * WIDTH


def test_no_coast_runs_across_the_world() -> None:
    """A coast that crosses the meridian of 180 degrees goes on at the other side of the map."""
    for line in draw_outline(WORLD).land.split("z")[:-1]:
        points = [tuple(map(float, point.split(","))) for point in line[1:].split()]
        leaps = [abs(a[0] - b[0]) for a, b in pairwise(points) if -5 < a[0] < WIDTH + 5]
        assert max(leaps, default=0) < WIDTH / 6


def test_areas_are_as_reports_and_names_do_not_collide() -> None:
    """The most named place has the largest disc, and of two names on one spot one is left out."""
    places = [
        LocatedPlace(str(n), "Longish Name", "place", "IQ", 33.0, 44.0, reports) for n, reports in enumerate((9, 4))
    ]
    marks = mark(places, [Landmark("Iraq", 33.0, 44.0), Landmark("Peru", -9.0, -75.0)], IRAQ)
    assert [disc.radius for disc in marks.discs] == sorted((disc.radius for disc in marks.discs), reverse=True)
    labels = [disc.label for disc in marks.discs if disc.label]
    assert len({(label.x, label.y) for label in labels}) == len(labels)
    assert [label.text for label in marks.countries] == []
