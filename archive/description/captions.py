"""Captions once each with their credit, readers' comments, and the section labels."""

import re
from collections.abc import Iterator, Sequence

from archive.cleaning.captions import is_credit, picture_of
from archive.cleaning.cleaned import CleanedPage
from archive.cleaning.cleaner import split_labels
from archive.cleaning.comments import comment_of
from archive.cleaning.markup import Markup
from archive.model import Caption, Comment, Issue, JudgedBlock, Span

CREDIT = re.compile(  # … at dawn. (AFP)   … at dawn. [Photo courtesy of the port]   … at dawn. REUTERS/Jane Roe
    r"\s*(?:\((?P<round>[A-Z][^()]{1,80})\)|\[(?P<square>[^\[\]]{2,120})\]"
    r"|(?P<agency>(?:REUTERS|Reuters|AFP|EPA|AP Photo|Getty Images)/[^.]{2,60}))\s*$",
)
COUNTS = {"no": 0, "one": 1}
LONGEST_COUNT = 9  # figures; no page has a thousand million comments


def describe_captions(cleaned: CleanedPage) -> tuple[Caption, ...]:
    """Return each caption without its credit, a caption printed twice once."""
    captions = []
    seen = set()
    for judged in _join_pictures(cleaned):
        if isinstance(judged, Caption):
            caption, text = judged, judged.text or judged.credit or ""
        else:
            caption, text = _read_named_credit(cleaned, judged) or split_credit(judged), judged.block.text
        if text not in seen:
            seen.add(text)
            captions.append(caption)
    return tuple(captions)


def _join_pictures(cleaned: CleanedPage) -> Iterator[JudgedBlock | Caption]:
    """Yield caption blocks; neighbours that the page's markup puts at one picture are one caption, up to its credit."""
    if cleaned.markup is None:
        yield from cleaned.of_kind("caption")
        return
    group: list[JudgedBlock] = []
    last, picture = -1, -1
    for number, judged in enumerate(cleaned.blocks):
        if judged.kind != "caption":
            continue
        own = picture_of(cleaned.markup, number) if judged.rule.startswith("generic/") else -number - 1
        if group and (number != last + 1 or own != picture or split_credit(group[-1]).credit is not None):
            yield _join_picture(group)
            group = []
        group.append(judged)
        last, picture = number, own
    if group:
        yield _join_picture(group)


def _join_picture(pieces: list[JudgedBlock]) -> JudgedBlock | Caption:
    """Return what stands at one picture as one caption; a picture without words keeps its credit."""
    words = [one for one in pieces if not is_credit(one.block.text)]
    named = [one for one in pieces if is_credit(one.block.text)]
    if len(pieces) == 1 and words:
        return words[0]
    whole = Span(pieces[0].block.span.start, pieces[-1].block.span.end)
    if not words:
        return Caption("", " ".join(one.block.text for one in named), whole)
    last = split_credit(words[-1])
    credit = named[0].block.text if named else last.credit
    text = " ".join([*(one.block.text for one in words[:-1]), words[-1].block.text if named else last.text])
    return Caption(text, credit, whole)


def split_credit(judged: JudgedBlock) -> Caption:
    """Return a caption block's words and its credit."""
    text = judged.block.text
    found = CREDIT.search(text)
    if found is None or found.start() == 0:
        return Caption(text, None, judged.block.span)
    credit = found["round"] or found["square"] or found["agency"]
    return Caption(text[: found.start()], credit, judged.block.span)


def _read_named_credit(cleaned: CleanedPage, judged: JudgedBlock) -> Caption | None:
    """Return the caption with the credit its rule names, when the shared credit forms do not show it."""
    rule = cleaned.rule_of(judged)
    text = judged.block.text
    found = rule.pattern.search(text) if rule is not None and rule.pattern is not None else None
    credit = found.groupdict().get("credit") if found is not None else None
    if found is None or credit is None or found.start() == 0 or CREDIT.search(text) is not None:
        return None
    return Caption(text[: found.start()].rstrip(), credit, judged.block.span)


def describe_comments(cleaned: CleanedPage) -> tuple[Comment, ...]:
    """Return readers' comments in order; where buttons stand between them, the lines between two are one comment."""
    groups: list[list[JudgedBlock]] = []
    if cleaned.markup is not None and cleaned.headline is not None:
        return _comments_by_frame(cleaned, cleaned.markup)
    numbers = [n for n, one in enumerate(cleaned.blocks) if one.kind == "comment"]
    if not numbers:
        return ()
    between = cleaned.blocks[numbers[0] : numbers[-1] + 1]
    separated = any(not one.kept for one in between) or len(numbers) == 1
    previous = None
    for n in numbers:
        if separated and previous == n - 1:
            groups[-1].append(cleaned.blocks[n])
        else:
            groups.append([cleaned.blocks[n]])
        previous = n
    return tuple(_join_comment(group) for group in groups)


def _comments_by_frame(cleaned: CleanedPage, markup: Markup) -> tuple[Comment, ...]:
    """Return the comments as the page's markup parts them: what stands in one comment's element is one comment."""
    groups: list[list[JudgedBlock]] = []
    previous, owner = -1, -1
    for number, judged in enumerate(cleaned.blocks):
        if judged.kind != "comment":
            continue
        frame = comment_of(markup, number)
        if groups and (frame == owner if frame >= 0 else previous == number - 1):
            groups[-1].append(judged)
        else:
            groups.append([judged])
        previous, owner = number, frame
    return tuple(_join_comment(group) for group in groups)


def count_declared(cleaned: CleanedPage) -> tuple[int | None, Span | None]:
    """Return the number of comments the page says it has, and where it says so."""
    for judged in cleaned.of_kind("label"):
        rule = cleaned.rule_of(judged)
        found = rule.pattern.search(judged.block.text) if rule is not None and rule.pattern is not None else None
        count = found.groupdict().get("count") if found is not None else None
        if count is not None:
            return _read_count(count), judged.block.span
    return None, None


def _read_count(printed: str) -> int | None:
    if printed.isdecimal() and len(printed) <= LONGEST_COUNT:
        return int(printed)
    return COUNTS.get(printed.casefold())


def check_comments(declared: int | None, span: Span | None, comments: Sequence[Comment]) -> tuple[Issue, ...]:
    """Return an issue when the page declares another number of comments than it holds."""
    if declared is None or declared == len(comments):
        return ()
    return (Issue("C01", f"The page declares {declared} comments and holds {len(comments)}.", span),)


def describe_section(cleaned: CleanedPage) -> tuple[str, ...]:
    """Return the section labels; a line of labels run together is split where its labels are known."""
    labels: list[str] = []
    for judged in cleaned.of_kind("section"):
        rule = cleaned.rule_of(judged)
        split = split_labels(judged.block.text, rule.labels) if rule is not None and rule.labels else ()
        labels.extend(split or (judged.block.text,))
    if not labels and cleaned.markup is not None:
        stated = cleaned.markup.meta("article:section", "dc.subject")
        labels.extend([stated.value] if stated is not None else [])
    return tuple(dict.fromkeys(labels))


def _join_comment(group: list[JudgedBlock]) -> Comment:
    text = "\n".join(judged.block.text for judged in group)
    return Comment(text, Span(group[0].block.span.start, group[-1].block.span.end))
