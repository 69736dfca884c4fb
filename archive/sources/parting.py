"""The export of a press database, parted into its articles by a split rule; see archive/sources/splitting.py."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.errors import BrokenDocument
from archive.model import Issue, Page, Span, Stated, Stretch
from archive.sources.items import Refused
from archive.sources.kinds import HTML, read_parameters, with_parameters
from archive.sources.plain import render_markup
from archive.sources.splitting import ExportRules, Form, LineRule

LINE = re.compile(r"[^\r\n\f\v]*\S[^\r\n\f\v]*")
LONGEST_HEAD = 60  # lines
MOST_PARTS = 100_000
FIRST_LOOK = 20_000  # characters of HTML; long pages are many, and exports say what they are in their head


@dataclass(frozen=True, slots=True)
class Chunk:
    """A line, or lines between blank ones, of an article: where it stands and its words."""

    span: Span
    words: str


@dataclass(slots=True)
class Findings:
    """What the rules say of one article's lines, as far as they were read."""

    rules: ExportRules
    stretches: list[Stretch] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def note(self, chunk: Chunk, kind: LineRule | None) -> None:
        """Say what a chunk is: what its rule says or, without one, a line that no rule names."""
        said = self.rules.rule_id("unlabelled" if kind is None else kind.id)
        self.stretches.append(Stretch(chunk.span, "other" if kind is None else kind.kind, said))

    def state(self, rule: LineRule, value: str, span: Span) -> None:
        """State the value of a rule's field, the first time only."""
        if rule.field is not None and value and rule.field not in {one.field for one in self.stated}:
            self.stated.append(Stated(rule.field, value, self.rules.rule_id(rule.id), span))


def recognise_export(text: str, form: Form, exports: Sequence[ExportRules]) -> ExportRules | None:
    """Return the rules of the export that this text is; None for a page that stands for itself."""
    opening = text[:FIRST_LOOK] if form == "html" else text
    for rules in exports:
        if (
            form in rules.reads
            and all(word in opening for word in rules.contains)
            and rules.recognise.pattern.search(text)
        ):
            return rules
    return None


def read_parts(page: Page, rules: ExportRules) -> Iterator[Page | Refused]:
    """Yield each article of an export; all have the whole export as their original, and their number in it."""
    media_type = with_parameters(page.source.media_type, export=rules.key)
    text = render_markup(page.text) if page.text_type == HTML else page.text
    spans = part_text(text, rules)
    if not spans:
        name, problem = page.source.name, f"this looks like an export of {rules.name}, but no article was found in it"
        yield Refused(name, BrokenDocument(problem), page.content)
    for number, span in enumerate(spans, start=1):
        source = replace(page.source, media_type=media_type, part=number, url=None, captured=None)
        yield describe_part(
            replace(page, source=source, text=text[span.start : span.end], reads_as="text/plain"), rules
        )


def reopen_part(page: Page, number: int, exports: Sequence[ExportRules]) -> Page:
    """Return article `number` of an export that was read as a whole; raises BrokenDocument when it is not there."""
    key = read_parameters(page.source.media_type)[1].get("export")
    rules = next((one for one in exports if one.key == key), None)
    if rules is None:
        raise BrokenDocument(f"no split rule is called '{key}' any more")
    parts = [part for part in read_parts(page, rules) if isinstance(part, Page)]
    if not 0 < number <= len(parts):
        raise BrokenDocument(f"the export holds no article {number} any more")
    part = parts[number - 1]
    return replace(part, source=replace(part.source, media_type=page.source.media_type))


def part_text(text: str, rules: ExportRules) -> tuple[Span, ...]:
    """Return where each article stands; what comes before the first and after the last is no article."""
    marks = [Span(*found.span()) for found in rules.split.pattern.finditer(text)][:MOST_PARTS]
    if rules.at == "start":
        ends = [*(mark.start for mark in marks[1:]), len(text)]
        spans = [Span(mark.start, end) for mark, end in zip(marks, ends, strict=False)]
    else:
        starts = [_after_cover(text, marks[0].end if marks else len(text), rules), *(mark.end for mark in marks)]
        spans = [Span(start, mark.end) for start, mark in zip(starts, marks, strict=False)]
        if rules.body_after.pattern.search(text, starts[-1]) is not None:
            spans.append(Span(starts[-1], len(text)))  # an export cut short: its last article lacks the closing line
    holds = (rules.holds or rules.body_after).pattern
    needed = rules.holds is not None or rules.at == "start"
    return tuple(span for span in spans if not needed or holds.search(text, span.start, span.end) is not None)


def describe_part(page: Page, rules: ExportRules) -> Page:
    """Return one article with what each of its lines is, and the values its head and foot state."""
    text, findings = page.text, Findings(rules)
    chunks = _chunk(text, rules)
    if rules.at == "start" and chunks and (opening := rules.split.pattern.search(text)) is not None:
        # The line that parts the articles is no line of any of them.
        opened = [one for one in chunks if one.span.start < opening.end()]
        findings.stretches += [Stretch(one.span, "placeholder", rules.rule_id("split")) for one in opened]
        chunks = chunks[len(opened) :]
    begins, issues = _find_body(text, chunks, rules)
    until = rules.body_until.pattern.search(text, begins) if rules.body_until is not None else None
    ends = len(text) if until is None else until.start()
    _read_zone([one for one in chunks if one.span.start < begins], "head", findings, limit=begins)
    _read_body([one for one in chunks if begins < one.span.end and one.span.start < ends], Span(begins, ends), findings)
    _read_zone([one for one in chunks if one.span.start >= ends], "foot", findings, limit=len(text))
    return replace(
        page,
        stated=tuple(findings.stated),
        stretches=tuple(sorted(findings.stretches, key=lambda one: one.span.start)),
        issues=(*page.issues, *issues),
    )


def _after_cover(text: str, end: int, rules: ExportRules) -> int:
    if rules.cover is None:
        return 0
    covers = [found.end() for found in rules.cover.pattern.finditer(text, 0, end)]
    return covers[-1] if covers else 0


def _find_body(text: str, chunks: Sequence[Chunk], rules: ExportRules) -> tuple[int, tuple[Issue, ...]]:
    found = rules.body_after.pattern.search(text)
    if found is not None:
        return found.end(), ()
    begins = _end_of_head(chunks, rules)
    said = "The article lacks the line after which its text begins; it begins where no rule knows a line any more."
    return begins, (Issue("S19", said, Span(begins, begins)),)


def _end_of_head(chunks: Sequence[Chunk], rules: ExportRules) -> int:
    head = [rule for rule in rules.lines if rule.where in {"head", "any"}]
    used: set[str] = set()
    reached = 0
    for chunk in chunks[:LONGEST_HEAD]:
        rule = _decide(chunk, head, used)
        if rule is None:
            break
        used.add(rule.id)
        reached = chunk.span.end
    return reached


def _read_zone(chunks: Sequence[Chunk], zone: str, findings: Findings, *, limit: int) -> None:
    rules = [rule for rule in findings.rules.lines if rule.where in {zone, "any"}]
    number = 0
    while number < len(chunks):
        chunk = _cut(chunks[number], limit)
        rule = _decide(chunk, rules, findings.used)
        number += 1
        findings.note(chunk, rule)
        if rule is None:
            continue
        findings.used.add(rule.id)
        if rule.below:
            number = _read_below(rule, chunks, number, rules, findings)
        elif (found := rule.pattern.search(chunk.words)) is not None and rule.field is not None:
            findings.state(rule, found["value"].strip(), chunk.span)


def _read_below(
    rule: LineRule, chunks: Sequence[Chunk], number: int, rules: Sequence[LineRule], findings: Findings
) -> int:
    """Take the lines below a label as its value, up to the next label; return the number of the line after them."""
    first = number
    labels = [one for one in rules if one.below]
    while number < len(chunks) and not any(label.pattern.search(chunks[number].words) for label in labels):
        findings.note(chunks[number], rule)
        number += 1
    taken = chunks[first:number]
    # The label's own line is a label, whatever its value is.
    findings.stretches[-len(taken) - 1] = replace(findings.stretches[-len(taken) - 1], kind="label")
    if taken:
        span = Span(taken[0].span.start, taken[-1].span.end)
        findings.state(rule, " ".join(chunk.words for chunk in taken), span)
    return number


def _read_body(chunks: Sequence[Chunk], body: Span, findings: Findings) -> None:
    rules = [rule for rule in findings.rules.lines if rule.where in {"body", "any"}]
    start = body.start
    for chunk in chunks:
        rule = _decide(chunk, rules, findings.used)
        if rule is None:
            continue
        findings.used.add(rule.id)
        findings.stretches.append(Stretch(Span(start, chunk.span.start), "paragraph", findings.rules.rule_id("body")))
        findings.note(chunk, rule)
        found = rule.pattern.search(chunk.words)
        if rule.field is not None and found is not None:
            findings.state(rule, found["value"].strip(), chunk.span)
        start = chunk.span.end
    findings.stretches.append(Stretch(Span(start, body.end), "paragraph", findings.rules.rule_id("body")))


def _decide(chunk: Chunk, rules: Sequence[LineRule], used: set[str]) -> LineRule | None:
    for rule in rules:
        free = not (rule.once and rule.id in used)
        in_place = used.issuperset(rule.after) and used.isdisjoint(rule.before)
        if free and in_place and rule.pattern.search(chunk.words) is not None:
            return rule
    return None


def _cut(chunk: Chunk, limit: int) -> Chunk:
    """Return the part of a chunk that lies before the body, when the body begins on the label's own line."""
    return chunk if chunk.span.end <= limit else replace(chunk, span=Span(chunk.span.start, limit))


def _chunk(text: str, rules: ExportRules) -> tuple[Chunk, ...]:
    lines = [Span(*found.span()) for found in LINE.finditer(text)]
    if rules.paragraphs == "lines":
        groups = [[line] for line in lines]
    else:
        groups = []
        for line in lines:
            if groups and text.count("\n", groups[-1][-1].end, line.start) <= 1:
                groups[-1].append(line)
            else:
                groups.append([line])
    return tuple(
        Chunk(Span(group[0].start, group[-1].end), " ".join(text[group[0].start : group[-1].end].split()))
        for group in groups
    )
