"""The steps under a list of results: first, previous, near pages, next, last."""

from collections.abc import Callable
from dataclasses import dataclass

# How far one step goes: near pages, and leaps of ten, a hundred … so that no page is more than some steps away.
STRIDES = (1, 2, 10, 100, 1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the pager; without `href` it is the current page, a gap, or a direction that ends here."""

    label: str
    href: str | None = None
    name: str | None = None
    rel: str | None = None
    current: bool = False


def turn_pages(page: int, pages: int, href: Callable[[int], str]) -> tuple[Step, ...]:
    """Return the steps from this page; near pages one by one, far ones by leaps."""
    if pages <= 1:
        return ()
    back, on = page > 1, page < pages
    return (
        Step("First", href(1) if back else None, "First page"),
        Step("Previous", href(page - 1) if back else None, "Previous page", "prev"),
        *_numbers(page, pages, href),
        Step("Next", href(page + 1) if on else None, "Next page", "next"),
        Step("Last", href(pages) if on else None, f"Last page, page {pages}"),
    )


def _numbers(page: int, pages: int, href: Callable[[int], str]) -> tuple[Step, ...]:
    around = {page + stride for stride in STRIDES} | {page - stride for stride in STRIDES}
    numbers = sorted(number for number in {1, page, pages} | around if 1 <= number <= pages)
    steps: list[Step] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            steps.append(Step("…"))
        here = number == page
        steps.append(Step(str(number), None if here else href(number), f"Page {number}", current=here))
    return tuple(steps)
