"""How long the worst questions take to read: 10,000 characters each, chosen to hurt.

Run: python benchmarks/questions.py. Prints, for each, the milliseconds of work to its tree and diagnostics (the least
of five readings), the lines of the program it ran through, and how many times more those are than for half its length.
"""

import platform
import sys
import time
from types import FrameType
from typing import Any, Final

from indexer.query.limits import MAX_LENGTH
from indexer.query.parser import parse

# What is repeated up to the length asked for.
UNITS: Final = (
    "(", ")", "()", '"', "“", "a ", "NOT ", "-", "-a ", "bad:", "title:", "title:a ", "a OR ", "OR ", "a", "=", "~",
    "*", "?", "a*", "a* ", "a~", "a~2,1 ", "a?b", "a*b ", '="', '="a" ', "\x00", "a:", "a-", "a'", "a,", "title,",
    "(a ", "a) ", "date:", "date:. ", '"a b"~9', "W/9 ", "a W/9 ", '"a b" W/9 ', "(a OR b) W/9 ", "has:", "has:title ",
    "\u202e\u2066", "\u200f", "ا", "مدينة ", "é\u0301", "<script>alert(1)</script>", "'; DROP TABLE reports; --",
    "{{7*7}}${x}%s", "../../etc/passwd\n", "AND NOT ", "a.b.", "1,000,", "😀", "\ufeff",
)  # fmt: skip
# What is deep or lopsided as a whole.
WHOLES: Final = ("(" * 5_000 + ")" * 5_000, "(" * 5_000 + "a" + ")" * 4_999, '"' + "a " * 4_999, "a" + '"' * 9_999)
RUNS = 5


def repeat(unit: str, length: int) -> str:
    """Return a text of this length made of a unit."""
    return (unit * (length // len(unit) + 1))[:length]


def count_steps(text: str) -> int:
    """Return how many lines of the program reading a question runs through."""
    steps = 0

    def step(_frame: FrameType, event: str, _value: object) -> Any:  # noqa: ANN401  # what Python asks a tracer for
        nonlocal steps
        steps += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        parse(text)
    finally:
        sys.settrace(before)
    return steps


def measure(text: str) -> float:
    """Return the least milliseconds of work that reading a question took."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        parse(text)
        times.append(time.process_time() - started)
    return 1_000 * min(times)


def main() -> None:
    """Print the table, the worst first."""
    rows = []
    for text in (*(repeat(unit, MAX_LENGTH) for unit in UNITS), *WHOLES):
        steps = count_steps(text)
        rows.append((measure(text), steps, steps / max(count_steps(text[: len(text) // 2]), 1), text))
    print(f"{len(rows)} questions of 10,000 characters, {platform.machine()}, Python {platform.python_version()}")
    print(f"{'ms':>7} {'steps':>9} {'doubled':>8}  question")
    for milliseconds, steps, ratio, text in sorted(rows, reverse=True):
        shown = text[:24].encode("ascii", "backslashreplace").decode()
        print(f"{milliseconds:7.1f} {steps:9,} {ratio:8.2f}  {shown!r}")


if __name__ == "__main__":
    main()
