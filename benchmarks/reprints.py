"""A labelled set of reprints: real articles of the shared corpora, edited the way outlets edit wire copy.

Every article gets some further versions: cut, thinned, retitled, its actors renamed, paragraphs added, words changed,
or several of these. Beside them stand reports that only look alike and are stories of their own: follow-ups that take
over background of an earlier report, forms filled in anew, pages of one outlet with the same closing paragraphs, and
what an agency itself prints day after day in the same words. The same set comes out every time.
"""

import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPORA = SHARED / "corpora"
REUTERS = CORPORA / "search" / "reuters21578.zip"
SEED = "reprints 1"
BASES = {"reuters": 240, "muc3": 160, "pages": 110}
FOLLOW_UPS, FORMS, OUTLETS, PAGES_EACH, DAILY = 120, 90, 10, 14, 160
HOUSES = tuple(f"house {number}" for number in range(1, 13))
TAG = re.compile(r"<[^>]+>")
PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")  # 5.93 · 155,221
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")  # a capital inside a sentence
# What one outlet calls an actor, and another; each as a whole word.
RENAMED = (
    ("guerrillas", "rebels"), ("rebels", "insurgents"), ("terrorists", "militants"), ("army", "military"),
    ("troops", "soldiers"), ("soldiers", "government forces"), ("police", "security forces"), ("killed", "slain"),
    ("company", "firm"), ("government", "authorities"), ("President", "the president,"), ("U.S.", "American"),
    ("Soviet", "Russian"), ("FMLN", "the Farabundo Marti front"), ("people", "persons"),
    ("Iran", "the Islamic Republic"),
    ("bank", "lender"), ("oil", "crude"), ("officials", "sources"), ("leader", "head"), ("attack", "assault"),
)  # fmt: skip
REWORDED = (
    ("said", "stated"), ("told reporters", "told journalists"), ("today", "on the day"),
    ("yesterday", "the day before"),
    ("according to", "as reported by"), ("also", "in addition"), ("but", "however,"), ("about", "some"),
    ("because", "since"), ("more than", "over"), ("would", "will"), ("has been", "was"), ("such as", "like"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One report of the set: `story` is its label, `origin` the article it comes from, `kind` how it was made."""

    story: str
    origin: str
    kind: str
    title: str
    paragraphs: tuple[str, ...]
    day: str = ""
    outlet: str = "agency"

    @property
    def words(self) -> int:
        """How long it is."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


Edit = Callable[[Version, Random, Sequence[Version]], Version]


def read_reuters() -> Iterator[Version]:
    """Yield the agency's articles of some length."""
    with zipfile.ZipFile(REUTERS) as archive, archive.open("reuters21578.jsonl") as lines:
        for line in io.TextIOWrapper(lines, encoding="utf-8"):
            found = json.loads(line)
            parts = tuple(" ".join(part.split()) for part in str(found["text"]).split("\n    "))
            yield _version("reuters", found["id"], found["title"], parts, str(found["date"] or "")[:10])


def read_dispatches() -> Iterator[Version]:
    """Yield the dispatches."""
    gold = {
        entry["id"]: entry
        for entry in map(json.loads, (CORPORA / "muc3" / "muc3-dev.gold.jsonl").read_text("utf-8").splitlines())
    }
    with zipfile.ZipFile(CORPORA / "muc3" / "muc3-dev.zip") as archive:
        for name in sorted(archive.namelist()):
            page = archive.read(name).decode("utf-8")
            parts = tuple(" ".join(TAG.sub(" ", part).split()) for part in PARAGRAPH.findall(page))[1:]  # a number
            number = Path(name).stem
            yield _version("muc3", number, "", parts, str(gold[number]["date"] or ""))


def read_pages() -> Iterator[Version]:
    """Yield the articles of ordinary news pages."""
    for line in (CORPORA / "pages" / "zyte181.gold.jsonl").read_text("utf-8").splitlines():
        found = json.loads(line)
        parts = tuple(" ".join(part.split()) for part in str(found["body"]).split("\n\n"))
        yield _version("pages", found["id"], "", parts, "")


def _version(corpus: str, number: str, title: str, parts: Sequence[str], day: str) -> Version:
    origin = f"{corpus} {number}"
    return Version(origin, origin, "as it is", title, tuple(part for part in parts if part), day)


# --- how outlets edit ---------------------------------------------------------------------------------------------


def cut(version: Version, random: Random, _: Sequence[Version]) -> Version:
    """Keep the opening: 35 to 90 paragraphs in a hundred, at least two."""
    kept = max(2, round(len(version.paragraphs) * random.uniform(0.35, 0.9)))
    return replace(version, paragraphs=version.paragraphs[:kept])


def thin(version: Version, random: Random, _: Sequence[Version]) -> Version:
    """Leave out up to two paragraphs in five, never the first."""
    first, *rest = version.paragraphs
    kept = [part for part in rest if random.random() > 0.4] or rest[:1]
    return replace(version, paragraphs=(first, *kept))


def rename(version: Version, random: Random, _: Sequence[Version]) -> Version:
    """Call most actors what the house calls them, everywhere."""
    return _exchange(version, [pair for pair in RENAMED if random.random() < 0.8])


def reword(version: Version, random: Random, _: Sequence[Version]) -> Version:
    """Change some of the small words."""
    return _exchange(version, [pair for pair in REWORDED if random.random() < 0.5])


def add(version: Version, random: Random, others: Sequence[Version]) -> Version:
    """Add one to three paragraphs of the house's own, anywhere after the first."""
    parts = list(version.paragraphs)
    for _ in range(random.randint(1, 3)):
        parts.insert(random.randint(1, len(parts)), random.choice(random.choice(others).paragraphs))
    return replace(version, paragraphs=tuple(parts))


def open_anew(version: Version, random: Random, others: Sequence[Version]) -> Version:
    """Put a paragraph of the house's own in front."""
    return replace(version, paragraphs=(random.choice(random.choice(others).paragraphs), *version.paragraphs))


def reopen(version: Version, random: Random, others: Sequence[Version]) -> Version:
    """Put a paragraph of the house's own in the place of the first."""
    return replace(version, paragraphs=(random.choice(random.choice(others).paragraphs), *version.paragraphs[1:]))


EDITS: Mapping[str, tuple[Edit, ...]] = {
    "retitled": (),
    "cut": (cut,),
    "thinned": (thin,),
    "renamed": (rename,),
    "added to": (add,),
    "reworded": (reword,),
    "opened anew": (open_anew,),
    "another opening": (reopen,),
    "cut, renamed": (cut, rename),
    "cut, added to": (cut, add),
    "thinned, reworded": (thin, reword),
    "renamed, added to": (rename, add),
    "all at once": (cut, rename, reword, add),
}


def _exchange(version: Version, pairs: Sequence[tuple[str, str]]) -> Version:
    table = dict(pairs)
    if not table:
        return version
    table |= {one.upper(): other.upper() for one, other in pairs}  # dispatches are printed in capitals
    known = re.compile(r"\b(?:" + "|".join(map(re.escape, table)) + r")(?!\w)")
    parts = tuple(known.sub(lambda found: table[found[0]], part) for part in version.paragraphs)
    return replace(version, paragraphs=parts)


# --- what only looks alike ----------------------------------------------------------------------------------------


def follow_up(version: Version, random: Random, others: Sequence[Version]) -> Version:
    """Return a later report: news of its own first, then up to a third taken over from the earlier one's background."""
    news = random.choice([other for other in others if other.words > 120])
    background = version.paragraphs[max(1, len(version.paragraphs) // 2) :]
    room = news.words // 2
    taken: list[str] = []
    for part in background:
        if sum(len(one.split()) for one in (*taken, part)) <= room:
            taken.append(part)
    own, outlet = f"after {version.origin}", random.choice((version.outlet, random.choice(HOUSES)))
    return Version(own, own, "follow-up", news.title, (*news.paragraphs, *taken), outlet=outlet)


def fill_in(version: Version, random: Random, others: Sequence[Version]) -> Version:
    """Return the same form filled in for another day: other numbers, other names, the same sentences."""
    names = sorted({name for other in others[:200] for part in other.paragraphs for name in NAME.findall(part)})
    table: dict[str, str] = defaultdict(lambda: random.choice(names))
    parts = []
    for part in version.paragraphs:
        other = NUMBER.sub(lambda found: _other_number(found[0], random), part)
        parts.append(NAME.sub(lambda found: table[found[0]], other))
    own = f"form of {version.origin}"
    outlet = random.choice((version.outlet, version.outlet, random.choice(HOUSES)))
    return Version(own, own, "form filled in", version.title, tuple(parts), outlet=outlet)


def _is_form(version: Version) -> bool:
    """Tell whether a report has enough numbers and names to be another report when they are others."""
    text = " ".join(version.paragraphs)
    return not text.isupper() and 8 * len([*NUMBER.finditer(text), *NAME.finditer(text)]) > version.words


def close_alike(reports: Sequence[Version], random: Random, others: Sequence[Version]) -> Iterator[Version]:
    """Yield short pages of one outlet, all closing with the same paragraphs: who we are, what else to read."""
    closing: list[str] = []
    house = random.choice(HOUSES)
    while sum(len(part.split()) for part in closing) < 70:
        closing.append(random.choice(random.choice(others).paragraphs))
    for report in reports:
        parts = report.paragraphs[: max(2, len(report.paragraphs) // 2)]
        yield replace(report, kind="closed alike", paragraphs=(*parts, *closing), outlet=house)


def _other_number(number: str, random: Random) -> str:
    return "".join(str(random.randint(1, 9)) if letter.isdigit() else letter for letter in number)


def find_daily(articles: Sequence[Version]) -> list[Version]:
    """Return what the agency prints again and again under one heading, at most one of a heading for each day."""
    by_heading: dict[str, dict[str, Version]] = defaultdict(dict)
    for article in articles:
        heading = " ".join(NUMBER.sub("0", article.title).split()[:3])
        if article.day and article.words > 30 and len(heading.split()) == 3:
            by_heading[heading].setdefault(article.day, article)
    for found in by_heading.values():
        printed = {one.paragraphs: day for day, one in found.items()}  # the same words again are a reprint
        for day in found.keys() - set(printed.values()):
            del found[day]
    often = sorted((heading for heading, found in by_heading.items() if len(found) > 8))
    return [replace(one, kind="daily") for heading in often for one in list(by_heading[heading].values())[:20]]


# --- the set ------------------------------------------------------------------------------------------------------


@cache
def make_set() -> tuple[Version, ...]:
    """Return the whole set, in an order that mixes everything."""
    random = Random(SEED)  # noqa: S311 - the same set every time
    read = {"reuters": list(read_reuters()), "muc3": list(read_dispatches()), "pages": list(read_pages())}
    long = {
        name: [one for one in found if one.words >= 90 and len(one.paragraphs) >= 3] for name, found in read.items()
    }
    bases, others = [], []
    for name, found in long.items():
        random.shuffle(found)
        bases += found[: BASES[name]]
        others += found[BASES[name] :]
    random.shuffle(others)
    often = find_daily(read["reuters"])
    spared = {one.origin for one in often}
    others = [one for one in others if one.origin not in spared]
    spare, pool = others[: OUTLETS * PAGES_EACH], others[OUTLETS * PAGES_EACH :]
    made = [*bases]
    for base in bases:
        kinds = random.sample(sorted(EDITS), random.randint(1, 4))
        made += [_edit(base, kind, random, pool) for kind in kinds]
    made += [follow_up(base, random, pool) for base in random.sample(bases, FOLLOW_UPS)]
    made += [fill_in(base, random, pool) for base in random.sample([*filter(_is_form, bases)], FORMS)]
    for number in range(OUTLETS):
        made += close_alike(spare[number * PAGES_EACH :][:PAGES_EACH], random, pool)
    taken = {one.origin for one in made}
    made += random.sample([one for one in often if one.origin not in taken], DAILY)
    random.shuffle(made)
    return tuple(made)


def _edit(base: Version, kind: str, random: Random, others: Sequence[Version]) -> Version:
    edited = replace(base, kind=kind, title=f"{' '.join(base.title.split()[1:])} {random.choice(others).title}".strip())
    edited = replace(edited, outlet=random.choice(HOUSES))
    for edit in EDITS[kind]:
        edited = edit(edited, random, others)
    return edited


def is_labelled(one: Version, other: Version) -> bool:
    """Tell whether anybody can say if these are one story.

    Two articles that a corpus itself prints on one day may be one: nobody has labelled those, so they do not count.
    """
    if one.story == other.story:
        return True
    return not (one.day and one.day == other.day and one.origin.split()[0] == other.origin.split()[0])
