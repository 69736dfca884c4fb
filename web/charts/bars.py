"""A timeline as a drawing: one bar for each period, the uncertain part above the certain one."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Bar

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 900, 260, 46, 26, 10  # the drawing, and the room left around the bars
FEWEST_APART = 62  # between the names of two periods
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: where it stands, how high its certain part and the uncertain part above it are."""

    x: float
    width: float
    y: float
    certain: float
    spread_y: float
    spread: float


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place of the drawing."""

    x: float
    y: float
    text: str


def draw_bars(bars: Sequence[Bar], *, share: bool) -> tuple[tuple[Column, ...], tuple[Label, ...], Label]:
    """Return the columns, the names of some periods below them, and what the highest line stands for."""
    highest = max((bar.share if share else bar.height for bar in bars), default=0) or 1
    step = min((WIDTH - LEFT) / max(len(bars), 1), WIDEST)
    columns = tuple(_column(bar, LEFT + at * step, step, highest, share=share) for at, bar in enumerate(bars))
    every = max(round(FEWEST_APART / step), 1)
    labels = tuple(
        Label(round(LEFT + (at + 0.5) * step, 1), HEIGHT - 8, bar.period)
        for at, bar in enumerate(bars)
        if at % every == 0
    )
    return columns, labels, Label(LEFT - 6, TOP + 4, f"{highest:.0%}" if share else f"{highest:,.0f}")


def _column(bar: Bar, x: float, step: float, highest: float, *, share: bool) -> Column:
    room = HEIGHT - BOTTOM - TOP
    whole = (bar.share if share else bar.height) / highest * room
    certain = whole * bar.certain / bar.height if bar.height else 0.0
    base = HEIGHT - BOTTOM
    width = max(step * 0.85, step - 2)
    return Column(*(round(n, 2) for n in (x, width, base - certain, certain, base - whole, whole - certain)))
