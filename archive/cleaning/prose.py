"""Judging the lines of a plain-text page whose outlet we do not know.

A page that is an article and next to nothing else is kept by rule; on any other a small model, shipped as numbers,
says of each line whether it is the report's. Shared marks (`generic.toml`) name what the rest is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import mul

from archive.cleaning import prose_title
from archive.cleaning.cleaner import BLANK, PRINTED_TWICE, fits_block, rest_kind
from archive.cleaning.prose_features import list_columns
from archive.cleaning.prose_lines import COMMENTS, LEGAL, RELATED, SHARING, Lines
from archive.cleaning.prose_model import LineModel, load_line_model
from archive.model import Block, BlockKind, JudgedBlock
from archive.openings import Openings, index_openings
from archive.rules import OutletRules, Rule

FAR = (
    16  # a line further than so many from the heaviest stretch of prose is the page's: of 20,000, 41 were the report's
)
ABOVE_TITLE = 3  # a byline or a day may stand so many lines above the headline
SECTION_WORDS = 4
COMMENT_WORDS = 6
SOLID = 12  # words of a line that is the text's own, so that the page's head ends there
MOST_ABOVE = 0.5  # comments open below at least this part of the text
LIST_RUN = 3
FIRST_BONUS = 0.8  # log-odds for a bare article's first line that reads like a headline
FEW_LINES = 12
KEPT_MARKS = frozenset({"byline", "caption"})
ANNOUNCED: Mapping[int, tuple[BlockKind, str]] = {
    COMMENTS: ("label", "generic/announced"),
    LEGAL: ("footer", "generic/announced"),
    RELATED: ("related", "generic/announced"),
    SHARING: ("sharing", "generic/announced"),
}
PROSE_RULES: Mapping[str, str] = {
    "generic/article": "The page is an article and next to nothing else.",
    "generic/line-model": "The line model takes it for the report's text, or for the page around it.",
    "generic/announced": "A short line that announces comments, other reports, buttons or legal notes.",
    "generic/in-comments": "Stands below the heading of readers' comments, and reads like one.",
    "generic/comment-label": "Stands between readers' comments: a name, a time, a button.",
}

Verdict = tuple[bool, BlockKind, str]
LISTED: Verdict = (False, "listing", "generic/listing")
ABOVE_TEXT: Verdict = (False, "other", "generic/above-text")
BELOW_TEXT: Verdict = (False, "other", "generic/below-text")
IN_TEXT: Verdict = (False, "other", "generic/line-model")


def judge_lines(
    blocks: Sequence[Block], generic: OutletRules, text: str, model: LineModel | None = None
) -> tuple[JudgedBlock, ...]:
    """Return every block of an unknown outlet's plain-text page with its verdict; `text` is the decoded page.

    `model` is the one shipped, unless another is to be measured.
    """
    return _Judgement(blocks, generic.rules, text, model or load_line_model()).run() if blocks else ()


def keep_lines(lines: Lines, model: LineModel) -> list[bool]:
    """Tell for each line whether it is the report's text."""
    if lines.is_bare():
        return keep_bare(lines)
    near = range(lines.count)
    if lines.last >= lines.first:
        near = range(max(0, lines.first - FAR), min(lines.count, lines.last + FAR + 1))
    kept = [False] * lines.count
    kept[near.start : near.stop] = [score > 0 for score in model.forest.score_columns(list_columns(lines, near))]
    return kept


def keep_bare(lines: Lines) -> list[bool]:
    """Tell the same by rule, for a page that is an article and next to nothing else."""
    return [
        lines.is_inside(number)
        or lines.words[number] >= SOLID
        or (lines.ends[number] and lines.words[number] >= COMMENT_WORDS)
        for number in range(lines.count)
    ]


def keep_by_rule(lines: Lines) -> list[bool]:
    """Tell the same without the model, for comparison: prose in the heaviest stretch, and single lines between it."""
    if lines.is_bare():
        return keep_bare(lines)
    solid = [value > 0 for value in lines.value]
    return [
        lines.is_inside(number)
        and (
            solid[number] or (not lines.announces[number] and solid[number - 1] and any(solid[number + 1 : number + 2]))
        )
        for number in range(lines.count)
    ]


class _Judgement:
    """The state of one page's judgement: what is decided so far, by block number."""

    def __init__(self, blocks: Sequence[Block], rules: Sequence[Rule], text: str, model: LineModel) -> None:
        self.blocks, self.rules, self.model = blocks, rules, model
        self.lines = Lines(blocks)
        self.decided: dict[int, Verdict] = {}
        self.opened: dict[int, Rule] = {}
        self.bare = self.lines.is_bare()
        self._mark()
        kept = keep_lines(self.lines, model)
        self.kept = [keep and number not in self.decided for number, keep in enumerate(kept)]
        self.title = self._find_title(text)

    def run(self) -> tuple[JudgedBlock, ...]:
        if self.title >= 0:
            self.kept[self.title] = False
            if self.bare:  # what stands above an article's headline is the site's
                self.kept[: self.title] = [False] * self.title
            self.decided[self.title] = (True, "title", "generic/title")
        self._read_head()
        if not any(self.kept):
            self._keep_something()
        comments = self._find_comments()
        numbers = [number for number, keep in enumerate(self.kept) if keep and number < comments]
        first, last = (numbers[0], numbers[-1]) if numbers else (self.title + 1, self.lines.count - 1)
        verdicts = self._judge_rest(first, last)
        for number in self.decided if comments > self.lines.count - 1 else range(self.lines.count):
            if number > comments:
                verdicts[number] = self._judge_comment(number)
            elif number in self.decided:
                verdicts[number] = self.decided[number]
        # Made as tuples are: by name takes twice as long, and a page has hundreds.
        return tuple(
            [
                tuple.__new__(JudgedBlock, (block, *verdict))
                for block, verdict in zip(self.blocks, verdicts, strict=True)
            ]
        )

    def _mark(self) -> None:
        anywhere = [
            rule
            for rule in self.rules
            if rule.where in {"anywhere", "article"} and rule.kind not in KEPT_MARKS and rule.pattern is not None
        ]
        for number, rule in self._fit_lines(anywhere):
            self.decided[number] = (False, rule.kind, f"generic/{rule.id}")
            if rule.opens:
                self.opened[number] = rule
        for number, parts in enumerate(self.lines.parts):
            if not parts and number not in self.decided:
                self.decided[number] = (False, BLANK.kind, BLANK.id)

    def _fit_lines(self, rules: Sequence[Rule]) -> Iterator[tuple[int, Rule]]:
        """Yield the lines that rules with a pattern fit, each with the first such rule."""
        page = self.lines.page
        rules = [rule for rule in rules if not rule.needs or any(map(page.__contains__, rule.needs))]
        told = _index(rules).tell_all([block.text for block in self.blocks])
        for number, likely in [pair for pair in enumerate(told) if pair[1]]:
            block = self.blocks[number]
            for one in likely:
                rule = rules[one]
                if fits_words(rule, self.lines.words[number]) and fits_block(rule, block):
                    yield number, rule
                    break

    def _find_title(self, text: str) -> int:
        best, title, first = float("-inf"), -1, self.bare
        for number, row in prose_title.find_candidates(self.lines, self.kept, self.blocks, text, self.decided):
            score = sum(map(mul, self.model.title, row))
            if first and self._reads_like_title(number):
                score, first = score + FIRST_BONUS, False
            if score > best:
                best, title = score, number
        return title

    def _reads_like_title(self, number: int) -> bool:
        lines = self.lines
        ends = lines.ends[number] and not lines.texts[number].endswith(("?", "!"))
        return (
            lines.words[number] > SECTION_WORDS
            and not ends
            and not lines.bullet[number]
            and not self._is_byline(number)
        )

    def _is_byline(self, number: int) -> bool:
        bylines = [rule for rule in self.rules if rule.kind in {"byline", "date"}]
        likely = _index(bylines).tell(self.blocks[number].text)
        return first_fit(self.blocks[number], self.lines.words[number], map(bylines.__getitem__, likely)) is not None

    def _read_head(self) -> None:
        """Let the rules for a page's head decide from a little above the headline down to the text's first own line."""
        used: set[str] = set()
        captions: set[str] = set()
        below = [rule for rule in self.rules if rule.where == "head"]
        above = [rule for rule in self.rules if rule.where == "above title"]
        above += [rule for rule in below if rule.kind != "caption"]
        openings_below, openings_above = _index(below), _index(above)
        for number in range(max(0, self.title - ABOVE_TITLE), self.lines.count):
            block = self.blocks[number]
            if number in self.decided:
                continue
            rules, openings = (above, openings_above) if number < self.title else (below, openings_below)
            likely = (rules[one] for one in openings.tell(block.text))
            rule = next((one for one in likely if self._fits_head(one, number, used)), None)
            if rule is not None:
                used |= {rule.kind} if rule.once else set()
                captions |= {block.text} if rule.kind == "caption" else set()
                self._take(number, rule.kind in KEPT_MARKS, rule.kind, f"generic/{rule.id}")
            elif block.text in captions:
                self._take(number, False, PRINTED_TWICE.kind, PRINTED_TWICE.id)
            elif number > self.title and self.kept[number] and self.lines.words[number] >= SOLID:
                break

    def _take(self, number: int, kept: bool, kind: BlockKind, rule: str) -> None:  # noqa: FBT001 - a verdict's own parts
        self.decided[number] = (kept, kind, rule)
        self.kept[number] = False

    def _fits_head(self, rule: Rule, number: int, used: set[str]) -> bool:
        if rule.kind in used and rule.once:
            return False
        if rule.after and not (number and self.decided.get(number - 1, (False, "", ""))[2][8:] in rule.after):
            return False
        return fits_words(rule, self.lines.words[number]) and fits_block(rule, self.blocks[number])

    def _keep_something(self) -> None:
        """Keep the prose of a page that the model would keep nothing of, or all of it when it is a few lines."""
        free = [number for number in range(self.title + 1, self.lines.count) if number not in self.decided]
        prose = [number for number in free if self.lines.value[number] > 0]
        for number in prose or (free if len(free) <= FEW_LINES else []):
            self.kept[number] = True

    def _find_comments(self) -> int:
        """Return the number of the line that opens readers' comments, or the page's length."""
        if not self.opened:
            return self.lines.count
        weight = [words if keep else 0 for words, keep in zip(self.lines.words, self.kept, strict=True)]
        total, above = sum(weight), 0
        for number, words in enumerate(weight):
            if number in self.opened and above >= total * MOST_ABOVE and number > self.title:
                return number
            above += words
        return self.lines.count

    def _judge_rest(self, first: int, last: int) -> list[Verdict]:
        """Return the verdict on each line that nothing is known of but its place, between these or outside them."""
        lines, title = self.lines, self.title
        rule = "generic/article" if self.bare else "generic/line-model"
        paragraph: Verdict = (True, "paragraph", rule)
        runs = self._runs_of_short()
        verdicts: list[Verdict] = []
        before = False
        for number, keep in enumerate(self.kept):
            if keep:
                if lines.bullet[number]:
                    verdicts.append((True, "list", rule))
                else:
                    verdicts.append((True, rest_kind(self.blocks[number]), rule) if before else paragraph)
            elif lines.announces[number] in ANNOUNCED:
                verdicts.append((False, *ANNOUNCED[lines.announces[number]]))
            elif title - ABOVE_TITLE <= number < title and lines.words[number] <= SECTION_WORDS:
                verdicts.append((False, "section", "generic/section"))
            elif runs[number] >= LIST_RUN:
                verdicts.append(LISTED)
            else:
                verdicts.append(ABOVE_TEXT if number < first else BELOW_TEXT if number > last else IN_TEXT)
            before = keep
        return verdicts

    def _judge_comment(self, number: int) -> Verdict:
        block, lines = self.blocks[number], self.lines
        comments = [rule for rule in self.rules if rule.where in {"comments", "anywhere"}]
        rule = first_fit(block, lines.words[number], comments)
        if rule is not None:
            return False, rule.kind, f"generic/{rule.id}"
        announced = ANNOUNCED.get(lines.announces[number])
        if announced is not None:
            return False, *announced
        if lines.words[number] >= COMMENT_WORDS or (lines.ends[number] and not lines.bullet[number]):
            return True, "comment", "generic/in-comments"
        return False, "label", "generic/comment-label"

    def _runs_of_short(self) -> list[int]:
        """Return for each line set aside how many such short lines stand in a row around it."""
        runs = [0] * self.lines.count
        start = 0
        for number in range(self.lines.count + 1):
            if number == self.lines.count or self.kept[number] or self.lines.value[number] > 0:
                runs[start:number] = [number - start] * (number - start)
                start = number + 1
        return runs


def _index(rules: Iterable[Rule]) -> Openings:
    return index_openings(tuple([rule.pattern.pattern if rule.pattern is not None else "" for rule in rules]))


def first_fit(block: Block, words: int, rules: Iterable[Rule]) -> Rule | None:
    """Return the first rule with a pattern that fits a line of so many words."""
    return next(_fitting(block, words, rules), None)


def _fitting(block: Block, words: int, rules: Iterable[Rule]) -> Iterator[Rule]:
    return (rule for rule in rules if rule.pattern is not None and fits_words(rule, words) and fits_block(rule, block))


def fits_words(rule: Rule, words: int) -> bool:
    """Tell by length alone whether a rule can fit, before its pattern is tried."""
    return words >= rule.min_words and (not rule.max_words or words <= rule.max_words)
