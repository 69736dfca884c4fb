"""Judging the blocks of an outlet we know, by its rules alone.

The order of work is the order of certainty: first what a pattern or selector decides anywhere, then the headline,
then what stands around it, then everything that is left, which is the report.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from archive.authorities import country_names
from archive.literals import search
from archive.model import Block, BlockKind, JudgedBlock
from archive.rules import OutletRules, Rule

COUNTRIES = "<countries>"  # in a rule's labels: every country's name
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")  # … said the officer.”
LIST_TAGS = frozenset({"li", "dd", "dt"})
TABLE_TAGS = frozenset({"td", "th", "tr", "table", "tbody", "caption"})
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LONGEST_SUBHEAD = 12
HEAD_REACH = 12  # a byline further down than this many blocks is the text's own "By …"


def judge(blocks: Sequence[Block], outlet: OutletRules) -> tuple[JudgedBlock, ...]:
    """Return every block with its kind and the rule that decided, in page order."""
    return _Judgement(blocks, outlet).run()


def set_aside_repeats(judged: tuple[JudgedBlock, ...], *, title_blocks: int = 1) -> tuple[JudgedBlock, ...]:
    """Return the blocks with one headline, one byline and each caption once: a record has no room for more.

    A headline may stand in several blocks, `title_blocks`.
    """
    seen: set[tuple[BlockKind, str]] = set()
    titles = 0
    changed: list[JudgedBlock] | None = None
    for number in [number for number, one in enumerate(judged) if one.kind in ONCE_KINDS]:
        one = judged[number]
        key = (one.kind, one.block.text if one.kind == "caption" else "")
        titles += one.kind == "title"
        if key not in seen or (one.kind == "title" and titles <= title_blocks):
            seen.add(key)
        else:
            rule = PRINTED_TWICE if one.kind == "caption" else SECOND
            changed = changed or list(judged)
            changed[number] = JudgedBlock(one.block, kept=False, kind=rule.kind, rule=rule.id)
    return judged if changed is None else tuple(changed)


def rest_kind(block: Block, *, alone: bool = True) -> BlockKind:
    """Return what kind of body text a block is, from its tag or, in plain text, from its shape."""
    if block.tag in HEADING_TAGS:
        return "subhead"
    if block.tag in LIST_TAGS:
        return "list"
    if block.tag in TABLE_TAGS:
        return "table"
    if block.tag == "blockquote":
        return "quotation"
    if block.tag != "line" or not alone:
        return "paragraph"
    short = len(block.text.split()) <= LONGEST_SUBHEAD and not SENTENCE_END.search(block.text)
    return "subhead" if short else "paragraph"


def fits_block(rule: Rule, block: Block) -> bool:
    """Tell whether a block by itself, wherever it stands, meets a rule's conditions."""
    if rule.selector is not None and rule.id not in block.labels and (block.tag != "line" or rule.pattern is None):
        return False
    if rule.min_words or rule.max_words:
        words = block.text.count(" ") + 1  # white space is folded
        if words < rule.min_words or (rule.max_words and words > rule.max_words):
            return False
    if rule.needs and not any(map(block.text.lower().__contains__, rule.needs)):
        return False
    if rule.pattern is not None and search(rule.pattern, block.text) is None:
        return False
    if rule.unless is not None and rule.unless.search(block.text) is not None:
        return False
    return not rule.labels or bool(split_labels(block.text, rule.labels))


def split_labels(text: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the known labels a line consists of, also where a theme ran them together; () when it does not.

    `IraqWest Asia` with both labels known is `("Iraq", "West Asia")`.
    """
    known = _compile_labels(tuple(labels))
    found: list[str] = []
    position = 0
    while position < len(text):
        label = known.match(text, position)
        if label is None:
            return ()
        found.append(label[1])
        position = label.end()
    return tuple(found)


@cache
def _compile_labels(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of one known label, the longest first, with the signs that part it from the next."""
    known = {name for label in labels for name in (country_names() if label == COUNTRIES else (label,))}
    alternatives = "|".join(re.escape(name) for name in sorted(known, key=lambda name: (-len(name), name)))
    return re.compile(rf"({alternatives})[ ,|/]*")


class _Judgement:
    """The state of one page's judgement: what is decided so far, by block number."""

    def __init__(self, blocks: Sequence[Block], outlet: OutletRules) -> None:
        self.blocks, self.outlet = blocks, outlet
        self.decided: dict[int, tuple[Rule, BlockKind]] = {}
        self.zones: dict[int, str] = {}
        self.used: set[str] = set()
        self.title = -1

    def run(self) -> tuple[JudgedBlock, ...]:
        self._decide_anywhere()
        self._decide_title()
        self._decide_head()
        return tuple(self._conclude(number) for number in range(len(self.blocks)))

    def _decide_anywhere(self) -> None:
        zone = "article"
        reaching: dict[tuple[str, bool, bool], list[Rule]] = {}
        for number, block in enumerate(self.blocks):
            self.zones[number] = zone
            bare = not block.labels and block.tag != "line"  # most of a page's blocks; no selector's rule fits one
            place = (zone, number < HEAD_REACH, bare)
            if place not in reaching:
                rules = (rule for rule in self.outlet.rules if rule.selector is None or not bare)
                reaching[place] = [rule for rule in rules if self._reaches(rule, zone, number)]
            for rule in reaching[place]:
                if self._fits(rule, number, block):
                    self._take(rule, number)
                    zone = rule.opens or zone
                    break
            if number not in self.decided and block.tag == "line" and block.text.isspace():
                self.decided[number] = (BLANK, "placeholder")

    def _decide_title(self) -> None:
        for rule in self.outlet.rules:
            if rule.kind != "title" or self.title >= 0:
                continue
            for number, block in enumerate(self.blocks):
                decided = self.decided.get(number)
                if decided is not None and decided[0] is rule:
                    self.title = number
                    break
                free = decided is None and self.zones[number] == "article"
                if free and not self._is_anchored(rule) and self._fits_title(rule, number, block):
                    self._take(rule, number)
                    self.title = number
                    break

    def _decide_head(self) -> None:
        above = [rule for rule in self.outlet.rules if rule.where == "above title"]
        for number in range(max(self.title, 0)):
            if number not in self.decided:
                rule = next((rule for rule in above if self._fits(rule, number, self.blocks[number])), None)
                if rule is not None:
                    self._take(rule, number)
        head = [rule for rule in self.outlet.rules if rule.where == "head" and rule.kind != "title"]
        captions: set[str] = set()
        for number in range(len(self.blocks)):
            if number in self.decided or number <= self.title:
                captions |= self._caption_text(number)
                if number in self.decided or number < self.title:
                    continue
            if self.blocks[number].text in captions:
                self.decided[number] = (PRINTED_TWICE, "repeated")
                continue
            rule = next((rule for rule in head if self._fits(rule, number, self.blocks[number])), None)
            if rule is None:
                break
            self._take(rule, number)
            captions |= self._caption_text(number)

    def _caption_text(self, number: int) -> set[str]:
        decided = self.decided.get(number)
        return {self.blocks[number].text} if decided is not None and decided[1] == "caption" else set()

    def _conclude(self, number: int) -> JudgedBlock:
        block = self.blocks[number]
        decided = self.decided.get(number)
        if decided is not None:
            rule, kind = decided
            cited = rule.id if rule.id.startswith("all/") else self.outlet.rule_id(rule.id)
            return JudgedBlock(block, kind in KEPT, kind, cited)
        if self.zones[number] == "comments":
            return JudgedBlock(block, kept=True, kind="comment", rule="all/in-comments")
        if self.zones[number] == "related":
            return JudgedBlock(block, kept=False, kind="related", rule="all/in-related")
        if self.outlet.body is not None and block.tag != "line" and BODY_LABEL not in block.labels:
            return JudgedBlock(block, kept=False, kind="other", rule=self.outlet.rule_id("outside-body"))
        if number < self.title:
            return JudgedBlock(block, kept=False, kind="other", rule="all/above-title")
        alone = number > 0 and self._is_body(number - 1)
        return JudgedBlock(block, kept=True, kind=rest_kind(block, alone=alone), rule="all/report-text")

    def _is_body(self, number: int) -> bool:
        return number not in self.decided and number > self.title

    def _is_anchored(self, rule: Rule) -> bool:
        """Tell whether a rule can decide by itself, without knowing where the headline stands."""
        if rule.where in {"head", "above title"}:
            return rule.selector is not None or rule.kind == "byline"
        return rule.pattern is not None or rule.selector is not None

    def _reaches(self, rule: Rule, zone: str, number: int) -> bool:
        if not self._is_anchored(rule):
            return False
        if rule.where in {"head", "above title"}:
            return zone == "article" and (rule.selector is not None or number < HEAD_REACH)
        return rule.where in {zone, "anywhere"}

    def _fits_title(self, rule: Rule, number: int, block: Block) -> bool:
        if rule.before and not self._stands_before(rule, number):
            return False
        return self._fits(rule, number, block)

    def _stands_before(self, rule: Rule, number: int) -> bool:
        below = number + 1
        while below in self.decided and not self._is_named(below, rule.before):
            below += 1
        return self._is_named(below, rule.before)

    def _is_named(self, number: int, names: Sequence[str]) -> bool:
        decided = self.decided.get(number)
        return decided is not None and decided[0].id in names

    def _fits(self, rule: Rule, number: int, block: Block) -> bool:
        if rule.once and rule.kind in self.used:
            return False
        if rule.after and not (number and self._is_named(number - 1, rule.after)):
            return False
        return fits_block(rule, block)

    def _take(self, rule: Rule, number: int) -> None:
        self.decided[number] = (rule, rule.kind)
        self.used.add(rule.kind)


BODY_LABEL = "body"
KEPT = frozenset({"title", "byline", "caption", "comment", "paragraph", "subhead", "list", "quotation", "table"})
BLANK = Rule("all/blank-line", "placeholder", "Nothing but no-break spaces, left where a picture stood.")
PRINTED_TWICE = Rule("all/printed-twice", "repeated", "A caption printed a second time.")
SECOND = Rule("all/second", "repeated", "A second headline or byline: the first one is the report's.")
ONCE_KINDS = frozenset({"title", "byline", "caption"})
ALL_RULES: Mapping[str, str] = {
    BLANK.id: BLANK.why,
    PRINTED_TWICE.id: PRINTED_TWICE.why,
    SECOND.id: SECOND.why,
    "all/in-comments": "Stands where readers' comments stand: a reader's words, not the report's.",
    "all/in-related": "Stands below the heading of other reports: teasers of those.",
    "all/above-title": "Stands above the headline and no rule names it.",
    "all/report-text": "The report's own text: no rule sets it aside.",
}
