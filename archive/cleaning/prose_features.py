"""What the model is told of a line: some thirty numbers on it, its neighbours and its place in the page's prose."""

from collections.abc import Sequence

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


class LineFeatures:
    """The rows of one page, made when they are asked for."""

    __slots__ = (
        "_above",
        "_after",
        "_before",
        "_core",
        "_good",
        "_lines",
        "_prose",
        "_prose_words",
        "_run",
        "_short",
        "_sum",
    )

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        value, words = lines.value, lines.words
        self._sum = sums(value)
        self._good = sums([max(one, 0.0) for one in value])
        self._prose = sums([float(one > 0) for one in value])
        self._prose_words = sums([float(count) if one > 0 else 0.0 for one, count in zip(value, words, strict=True)])
        self._short = sums([0.0 if one > 0 else float(count) for one, count in zip(value, words, strict=True)])
        inside = range(lines.first, lines.last + 1)
        self._core = max(inside, key=value.__getitem__) if inside else 0
        solid = [one >= SENTENCE_WORDS for one in value]
        self._before = _distances(solid)
        self._after = _distances(solid[::-1])[::-1]
        self._run = _runs(solid)
        self._above = self._count_announcements()

    def row(self, number: int) -> list[float]:
        """Return the features of one line, in the order of FEATURES."""
        lines = self._lines
        counts, last_announced, since = self._above[number]
        parts = lines.parts[number][:CAPITALS_IN]
        prose, length, short, around = self._window(number)
        return [
            float(min(lines.words[number], 200)),
            float(lines.ends[number] - lines.cut[number]),
            count_capitals(parts) / max(1, len(parts)),
            float(lines.bullet[number]),
            float(min(lines.seen[lines.texts[number]], 5)),
            lines.value[number],
            float(lines.announces[number]),
            *counts,
            last_announced,
            since,
            self._nearest_announcement(number, -1),
            self._nearest_announcement(number, 1),
            _clip(number - self._core),
            _clip(number - lines.first),
            _clip(number - lines.last),
            lines.share,
            lines.rival,
            self._before[number],
            self._after[number],
            self._run[number],
            prose,
            length,
            short,
            around,
            self._between(number - WIDE, number),
            self._between(number + 1, number + 1 + WIDE),
            self._good[number] / lines.total,
            number / lines.count,
            *self._neighbours(number),
        ]

    def _neighbours(self, number: int) -> tuple[float, float, float, float]:
        lines = self._lines
        words_before = ends_before = words_after = ends_after = NOTHING
        if number:
            words_before = float(min(lines.words[number - 1], 120))
            ends_before = float(lines.ends[number - 1] - lines.cut[number - 1])
        if number + 1 < lines.count:
            words_after = float(min(lines.words[number + 1], 120))
            ends_after = float(lines.ends[number + 1] - lines.cut[number + 1])
        return words_before, words_after, ends_before, ends_after

    def _window(self, number: int) -> tuple[float, float, float, float]:
        low, high = max(0, number - WINDOW), min(self._lines.count, number + WINDOW + 1)
        prose = self._prose[high] - self._prose[low]
        short = high - low - prose
        length = (self._prose_words[high] - self._prose_words[low]) / prose if prose else 0.0
        labels = (self._short[high] - self._short[low]) / short if short else 0.0
        return prose, length, labels, self._between(number - 5, number + 6)

    def _between(self, low: int, high: int) -> float:
        count = self._lines.count
        return self._sum[min(count, high)] - self._sum[max(0, low)]

    def _nearest_announcement(self, number: int, step: int) -> float:
        announces = self._lines.announces
        place = number + step
        for distance in range(1, NEAR + 1):
            if not 0 <= place < len(announces):
                break
            if announces[place]:
                return float(distance)
            place += step
        return 9.0

    def _count_announcements(self) -> list[tuple[tuple[float, ...], float, float]]:
        """Return for each line what was announced since the prose began: counts by kind, the last kind, how far up."""
        lines = self._lines
        counts = [0.0] * ABOUT
        last, since = 0.0, 50.0
        rows: list[tuple[tuple[float, ...], float, float]] = []
        frozen = tuple(counts)
        for number, kind in enumerate(lines.announces):
            if number < lines.first:
                rows.append((frozen, NOTHING, 50.0))
                continue
            rows.append((frozen, last, since))
            if kind and number > lines.first:
                counts[kind - 1] = min(8.0, counts[kind - 1] + 1)
                frozen = tuple(counts)
                last, since = float(kind), 0.0
            since = min(50.0, since + 1)
        return rows


def _distances(solid: Sequence[bool]) -> list[float]:
    rows: list[float] = []
    distance = 99.0
    for one in solid:
        rows.append(distance)
        distance = 1.0 if one else min(99.0, distance + 1)
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


def _clip(distance: int) -> float:
    return float(max(-FAR, min(FAR, distance)))
