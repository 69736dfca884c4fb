"""How well pages are read by the rule file that is proposed from themselves, beside the same pages without one.

Run: python -m benchmarks.proposals [set …] [--most PAGES]. The rules of the figures are those of benchmarks/fields.py;
the model that judges has seen no page of the site. A file is no gain on the page it was made from: it should only lose
nothing there, and be quicker.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from archive.errors import ArchiveError
from archive.model import Given, Report
from archive.pipeline import describe_page
from archive.proposing import propose_outlet
from archive.rules import load_rule_set
from archive.sources import make_page
from benchmarks.bodies import Case, read_cases
from benchmarks.fields import NO_PLACES, RULES, Score, score_page
from benchmarks.held_out import holding_out

SETS = ("outlets-dev",)
KEY = "outlet-of-one-page"


def read_twice(case: Case) -> tuple[Report, Report] | None:
    """Return a page's report without and with the file proposed from it; None where none can be proposed."""
    page, rules = make_page(case.name, case.content, case.media_type), load_rule_set()
    with holding_out(case.name, "out_of_fold"), patch("archive.pipeline.describe_places", lambda *_: NO_PLACES):
        try:
            proposal = propose_outlet(KEY, [page], rules)
        except ArchiveError:
            return None
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / f"{KEY}.toml").write_text(proposal.text, encoding="utf-8")
            known = describe_page(page, load_rule_set(Path(folder)), Given(KEY)).report
        return describe_page(page, rules).report, known


def measure(name: str, most: int = sys.maxsize) -> tuple[Score, Score]:
    """Return the figures of a set's pages read without and with the file proposed from each."""
    alone, known = Score(), Score()
    for case in read_cases(name, most):
        for score, report in zip((alone, known), read_twice(case) or (), strict=False):
            score.pages += 1
            score_page(score, report, case.gold, tells_absence=name in {"outlets-dev", "wcxb-dev"})
    return alone, known


def main() -> None:
    """Print both readings' figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--most", type=int, default=sys.maxsize, help="pages of each set")
    options = parser.parse_args()
    for name in options.sets:
        alone, known = measure(name, options.most)
        print(f"{name}: {known.pages} pages, without a file and with the one proposed")
        for rule in RULES:
            if rule.startswith(("body", "authors")) or known.total[rule]:
                print(f"  {rule:24} {alone.share(rule):.3f}  {known.share(rule):.3f}", flush=True)


if __name__ == "__main__":
    main()
