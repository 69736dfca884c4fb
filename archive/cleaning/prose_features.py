"""What the model is told of a line: some thirty numbers on it, its neighbours and its place in the page's prose."""

from collections.abc import Iterator, Sequence
from operator import sub

from archive.cleaning.prose_lines import ABOUT, SENTENCE_WORDS, Lines, count_capitals, sums

FEATURES = (
    "words", "ends", "capitals", "bullet", "seen", "value", "announces",
    "comments_above", "legal_above", "related_above", "sharing_above", "about_above", "last_announced",
    "since_announced", "announced_before", "announced_after", "from_core", "from_first", "from_last", "share", "rival",
    "prose_before", "prose_after", "run_of_short", "prose_around", "prose_length_around", "short_length_around",
    "value_around", "value_before", "value_after", "mass_before", "place",
    "words_before", "words_after", "ends_before", "ends_after",
)  # fmt: skip
FAR = 60
NEAR = 6
WINDOW = 6
WIDE = 10
CAPITALS_IN = 30
NOTHING = -1.0
NONE_NEAR, LONG_SINCE, FARTHEST = 9.0, 50.0, 99.0
MOST_COUNTED, MOST_AROUND, MOST_SEEN = 200, 120.0, 5


def list_columns(lines: Lines, near: range) -> list[Sequence[float]]:
    """Return the features of some lines of a page in the order of FEATURES: for each feature its value in each line."""
    low, high = near.start, near.stop
    solid = [one >= SENTENCE_WORDS for one in lines.value]
    inside = range(lines.first, lines.last + 1)
    core = max(inside, key=lines.value.__getitem__) if inside else 0
    return [
        [count if count < MOST_COUNTED else MOST_COUNTED for count in lines.words[low:high]],  # noqa: FURB136 - a call is dear
        list(map(sub, lines.ends[low:high], lines.cut[low:high])),
        [count_capitals(parts) / (len(parts) or 1) for parts in (all_[:CAPITALS_IN] for all_ in lines.parts[low:high])],
        lines.bullet[low:high],
        [many if (many := lines.seen[text]) < MOST_SEEN else MOST_SEEN for text in lines.texts[low:high]],
        lines.value[low:high],
        lines.announces[low:high],
        *_count_announcements(lines, near),
        _distances_to_announcement(lines.announces[max(0, low - NEAR) : low], lines.announces[low:high]),
        _distances_to_announcement(lines.announces[high + NEAR - 1 : high - 1 : -1], lines.announces[low:high][::-1])[
            ::-1
        ],
        *(_count_from(place, near) for place in (core, lines.first, lines.last)),
        [lines.share] * len(near),
        [lines.rival] * len(near),
        _distances(solid[low - 1 :: -1] if low else [], solid[low:high]),
        _distances(solid[high:], solid[low:high][::-1])[::-1],
        _runs(solid)[low:high],
        *_sum_around(lines, near),
        [number / lines.count for number in near],
        *_neighbours(lines, near),
    ]


def _sum_around(lines: Lines, near: range) -> Iterator[list[float]]:
    """Yield what stands around each line: sentences and short lines, how long they are, and what they are worth."""
    value, words = lines.value, lines.words
    worth = sums(value)
    good = sums([one if one > 0 else 0.0 for one in value])
    sentences = _sums_near(sums([float(one > 0) for one in value]), near, WINDOW, WINDOW + 1)
    prose = sums([float(many) if one > 0 else 0.0 for one, many in zip(value, words, strict=True)])
    labels = sums([0.0 if one > 0 else float(many) for one, many in zip(value, words, strict=True)])
    sizes = _sums_near(range(lines.count + 1), near, WINDOW, WINDOW + 1)
    short = list(map(sub, sizes, sentences))
    yield sentences
    for words_near, lines_near in ((prose, sentences), (labels, short)):
        within = _sums_near(words_near, near, WINDOW, WINDOW + 1)
        yield [length / many if many else 0.0 for length, many in zip(within, lines_near, strict=True)]
    yield _sums_near(worth, near, 5, 6)
    yield _sums_near(worth, near, WIDE, 0)
    yield _sums_near(worth[1:], near, 0, WIDE)
    yield [one / lines.total for one in good[near.start : near.stop]]


def _sums_near(running: Sequence[float], near: range, before: int, after: int) -> list[float]:
    """Return for each line the sum from so many lines before it up to so many after, from sums of the first 0, 1 …."""
    padded = [running[0]] * before + [*running] + [running[-1]] * after
    ends = padded[near.start + before + after : near.stop + before + after]
    return list(map(sub, ends, padded[near.start : near.stop]))


def _neighbours(lines: Lines, near: range) -> Iterator[list[float]]:
    """Yield how many words the line before and the one after have, and how each ends."""
    low, high = max(0, near.start - 1), near.stop + 1
    words = [float(count) if count < MOST_AROUND else MOST_AROUND for count in lines.words[low:high]]
    ends = list(map(float, map(sub, lines.ends[low:high], lines.cut[low:high])))
    for column in (words, ends):
        if near.start == 0:
            column.insert(0, NOTHING)
        if near.stop == lines.count:
            column.append(NOTHING)
        yield column[:-2]
        yield column[2:]


def _distances_to_announcement(before: Sequence[int], announces: Sequence[int]) -> list[float]:
    """Return how far before each line another one announces something, 9 when none near does.

    `before` are the lines before the first, as many as count.
    """
    rows: list[float] = []
    distance = NONE_NEAR
    for kind in before:
        distance = 1.0 if kind else distance + 1
    for kind in announces:
        rows.append(distance if distance <= NEAR else NONE_NEAR)
        distance = 1.0 if kind else distance + 1
    return rows


def _count_announcements(lines: Lines, near: range) -> Iterator[Sequence[float]]:
    """Yield what was announced since the prose began: counts by kind, the last kind, how far up."""
    counts = [0.0] * ABOUT
    last, since = NOTHING, LONG_SINCE
    # So long as no prose has begun nothing counts; what the line where it begins announces does not either.
    rows: list[tuple[float, ...]] = [(*counts, last, since)] * (min(lines.first, near.stop) - near.start)
    row = (*counts, 0.0)
    for number, kind in enumerate(lines.announces[lines.first : near.stop], lines.first):
        if number >= near.start:
            rows.append((*row, since))
        since = since + 1 if since < LONG_SINCE else LONG_SINCE
        if kind and number > lines.first:
            counts[kind - 1] = min(8.0, counts[kind - 1] + 1)
            row, since = (*counts, float(kind)), 1.0
    yield from zip(*rows, strict=True)


def _distances(before: Sequence[bool], solid: Sequence[bool]) -> list[float]:
    """Return how far before each line prose stands; `before` are the lines before the first, the nearest first."""
    rows: list[float] = []
    distance = before.index(True) + 1.0 if True in before else FARTHEST
    distance = min(distance, FARTHEST)
    for one in solid:
        rows.append(distance)
        distance = 1.0 if one else distance + 1 if distance < FARTHEST else FARTHEST
    return rows


def _runs(solid: Sequence[bool]) -> list[float]:
    """Return for each line that is no prose how many such lines stand in a row around it, at most FAR."""
    runs = [0.0] * len(solid)
    start = 0
    for number in range(len(solid) + 1):
        if number == len(solid) or solid[number]:
            length = float(min(FAR, number - start))
            runs[start:number] = [length] * (number - start)
            start = number + 1
    return runs


def _count_from(place: int, near: range) -> list[int]:
    """Return how far behind a place each line stands, at most FAR either way."""
    return [-FAR if far < -FAR else min(far, FAR) for far in range(near.start - place, near.stop - place)]
