"""A draw of pages with readers' comments, for a person to judge whether each block found is a reader's.

Run: python benchmarks/comments.py [--seed N] [--pages 30] [--blocks 10]. No gold lists all comments of a page, so the
precision of the field is measured by reading: every page of the shared sets of HTML in which comments are found is a
lot, drawn in the order of a digest of seed and name, which other pages do not change; of each page drawn evenly spaced
blocks are printed. benchmarks/fields.md has the verdicts.
"""

import argparse
import hashlib

from archive.model import Comment, Report
from benchmarks.bodies import LABELLED, read_cases
from benchmarks.fields import describe_case

SETS = (*LABELLED, "comments-dev", "dates-dev")
SEED = 20261127


def choose_blocks(report: Report, most: int) -> list[Comment]:
    """Return at most so many of a report's comments, evenly spaced over all of them."""
    every = max(1, -(-len(report.comments) // most))
    return list(report.comments[::every])


def main() -> None:
    """Print the draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--blocks", type=int, default=10, help="most blocks of a page")
    options = parser.parse_args()
    reports = [(case.name, describe_case(case)) for name in SETS for case in read_cases(name)]
    found = [(name, report) for name, report in reports if report.comments]
    drawn = sorted(found, key=lambda one: hashlib.sha256(f"{options.seed} {one[0]}".encode()).digest())[: options.pages]
    print(f"{len(reports)} pages, {len(found)} with comments; drawn {len(drawn)} with seed {options.seed}")
    for name, report in sorted(drawn, key=lambda one: one[0]):
        title = report.title.value if report.title is not None else ""
        print(f"\n=== {name}  {len(report.comments)} blocks  {title[:80]}")
        for number, comment in enumerate(choose_blocks(report, options.blocks), 1):
            print(f"  {number:2} {comment.text}")


if __name__ == "__main__":
    main()
