"""Pages made to take for ever: four times the page may take about four times as long, never sixteen."""

import time
from collections.abc import Callable

import pytest

from archive.rules import Rule
from tests.describing import MORE, PROSE, describe, shipped

HTML = "text/html"
TEXT = "text/plain"
SMALL, FACTOR = 4000, 4
# Quadratic work takes 16 times as long for 4 times the page; the slack is for a busy machine.
SLOWEST = 10
# Below this many seconds a larger page is quick enough, however the smaller one was measured.
QUICK = 1.5  # seconds of work that never keep anybody waiting

Make = Callable[[int], str]
HOSTILE: dict[str, tuple[str, Make]] = {
    "tags that never end": (HTML, lambda n: '<a "' * n),
    "values that never end": (HTML, lambda n: "<a =\"' ='" * n),
    "opening brackets": (HTML, lambda n: "<" * n),
    "comments that never end": (HTML, lambda n: "<p>x</p><!-- " * n),
    "scripts that never end": (HTML, lambda n: "<script>" + "</script " * n),
    "CDATA that never ends": (HTML, lambda n: "<![CDATA[" * n),
    "nested blocks": (HTML, lambda n: "<div>" * n + PROSE),
    "nested blocks with prose": (HTML, lambda n: f"<div>{PROSE}" * (n // 4)),
    "nested blocks with names": (HTML, lambda n: f"<div class='social x{n} comments'>{PROSE}" * (n // 4)),
    "nested tables": (HTML, lambda n: "<table><tr><td>" * n + PROSE),
    "nested inline tags": (HTML, lambda n: "<b>" * n + PROSE),
    "line breaks": (HTML, lambda n: "<br>" * n * 10),
    "lines and breaks": (HTML, lambda n: "x<br>" * n),
    "many attributes": (HTML, lambda n: "<a " + "".join(f"b{i} " for i in range(n)) + ">x</a>"),
    "a huge attribute": (HTML, lambda n: f"<a title='{'x ' * n * 10}'>x</a><p>{PROSE}"),
    "many head values": (HTML, lambda n: "<meta name=x content=yy>" * n),
    "many headings": (HTML, lambda n: f"<title>{'word ' * n}</title>" + "<h1>word</h1>" * n),
    "many inline tags": (HTML, lambda n: "<p>" + "<b>Iraq</b> <i>x</i> " * n),
    "many entities": (HTML, lambda n: "<p>" + "&amp;" * n),
    "entities in entities": (HTML, lambda n: '<!DOCTYPE html [<!ENTITY a "' + "&a;" * n + '">]><p>&a;</p>'),
    "deep structured data": (HTML, lambda n: '<script type="application/ld+json">' + "[" * n + "</script>"),
    "one long line": (TEXT, lambda n: PROSE * n),
    "one long word": (TEXT, lambda n: "A" * n * 10),
    "full stops": (TEXT, lambda n: "." * n * 10 + "x"),
    "white space": (TEXT, lambda n: " \t\u00a0" * n * 10 + "x"),
    "short lines": (TEXT, lambda n: "short line\n" * n),
    "short lines between prose": (TEXT, lambda n: f"{PROSE}\n" + "short line\n" * n + PROSE),
    "labels above the title": (TEXT, lambda n: "News item x\n" * n + f"The river rose again on Friday\n{PROSE}"),
    "wrapped lines": (TEXT, lambda n: f"{MORE[:70]}\n{PROSE[:70].lower()}\n" * n),
    "one country in double spaces": (TEXT, lambda n: "Iraq  " * n),
    "names that may be persons": (TEXT, lambda n: "Jordan " * n),
    "countries and actors": (TEXT, lambda n: "Iraq ISIS " * n),
    "sharing buttons and a word": (TEXT, lambda n: "Facebook Twitter " * n + "fell"),
    "comments with a huge count": (TEXT, lambda n: f"{PROSE}\n{'9' * n} Comments\n{MORE}"),
    "brackets": (TEXT, lambda n: "[AFP (" * n),
}


def measure(text: str, media_type: str, outlet: str | None = None) -> float:
    """Return the seconds of work it takes to describe a page, the best of three tries."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        describe(text, media_type=media_type, outlet=outlet)
        seconds.append(time.process_time() - start)
    return min(seconds)


@pytest.mark.slow
@pytest.mark.parametrize(("media_type", "make"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_takes_time_in_proportion(media_type: str, make: Make) -> None:
    """A page four times as long takes about four times as long to describe."""
    small, large = measure(make(SMALL), media_type), measure(make(SMALL * FACTOR), media_type)
    assert large < max(small * SLOWEST, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("outlet", sorted(shipped().outlets))
@pytest.mark.parametrize("line", ["Short line here today", "\u00a0", "By Jane", "A cart. (AFP)", "Iraq", "Media ID:"])
def test_every_outlet_s_rules_take_time_in_proportion(outlet: str, line: str) -> None:
    """A long page of any line takes an outlet's rules time in proportion."""
    small, large = (measure(f"{line}\n" * n + PROSE, TEXT, outlet) for n in (SMALL // 2, SMALL * 2))
    assert large < max(small * SLOWEST, QUICK)


RULES = [rule for outlet in (*shipped().outlets.values(), shipped().generic) for rule in outlet.rules if rule.pattern]
REPEATED = (
    "A",
    "Aa ",
    "A-",
    "9",
    "9 ",
    "(AFP",
    "[",
    "Share on Facebook ",
    "By in ",
    "x email",
    ". ",
    "– ",
    "Caption: ",
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_pattern_goes_astray(rule: Rule) -> None:
    """No pattern of the shipped rules takes long over its own example, repeated and then spoilt, or over others."""
    start = time.process_time()
    for text in (*(part * 400 for part in REPEATED), rule.example * 100, f"{rule.example} " * 100):
        for pattern in (rule.pattern, rule.unless):
            if pattern is not None:
                pattern.search(text + "\x01q")
    assert time.process_time() - start < 0.5
