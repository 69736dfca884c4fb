"""The story page: who printed a piece of copy and when, what each cut, added and renamed; two versions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import (
    Change,
    Comparison,
    Row,
    Sentence,
    StoredReport,
    Story,
    compare_versions,
    count_printing,
    split_sentences,
)
from web.access import signed_in
from web.context import here
from web.desk.stories import view_acts
from web.pages.reports import ReportView, view_report
from web.words import count, join_words

pages = Blueprint("stories", __name__)

MOST_VERSIONS = 40  # compared on one page; the others are listed
MOST_RENAMED = 8
# How a change is said in the margin: what the second version did with the sentence of the first.
SAID: dict[Change, str] = {
    "same": "the same",
    "changed": "changed",
    "moved": "moved",
    "cut": "only in the first",
    "added": "only in the second",
}


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence of the version shown, and how many of the other versions print it too."""

    text: str
    everywhere: bool
    said: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version in the list: its head, what it did to the version shown, and the way to the two side by side."""

    report: ReportView
    href: str
    shown: bool
    words: str
    changes: str = ""
    renamed: tuple[tuple[str, str, str], ...] = ()
    beside: str | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of two versions side by side, and in words what became of the sentence."""

    change: Change
    said: str
    row: Row


@pages.get("/story/<story_id>")
def show(story_id: str) -> ResponseReturnValue:
    """Show one story; a report's id, or that of a story that went into another, leads to the story it is now."""
    catalogue = here().catalogue
    story = catalogue.story(story_id)
    if story.id != story_id:
        return redirect(url_for("stories.show", story_id=story.id))
    if len(story.reports) == 1:
        return redirect(url_for("reports.show", report_id=story.reports[0]))
    held = {stored.id: stored for stored in catalogue.reports(story.reports)}
    base = _base(story, held)
    compared = [stored for stored in held.values() if stored.id != base.id][: MOST_VERSIONS - 1]
    texts = {stored.id: sentences_of(stored) for stored in (base, *compared)}
    others = [texts[stored.id] for stored in compared]
    user = signed_in()
    curates = user is not None and user.may("curator")
    return render_template(
        "story.html",
        story=story,
        heading=_heading(tuple(held.values())),
        shown=view_report(base),
        paragraphs=_paragraphs(texts[base.id], count_printing(texts[base.id], others), len(others)),
        versions=[_version(story, stored, base, texts) for stored in held.values()],
        why=_why(story),
        compared=len(compared) + 1,
        curates=curates,
        acts=view_acts(story) if curates else (),
    )


@pages.get("/story/<story_id>/compare")
def compare(story_id: str) -> ResponseReturnValue:
    """Show two versions of a story side by side: `a` and `b` are their report ids, the first two unless given."""
    catalogue = here().catalogue
    story = catalogue.story(story_id)
    if story.id != story_id:
        chosen: dict[str, str] = {key: request.args[key] for key in ("a", "b") if key in request.args}
        return redirect(f"{url_for('stories.compare', story_id=story.id)}?{urlencode(chosen)}")
    if len(story.reports) == 1:
        return redirect(url_for("reports.show", report_id=story.reports[0]))
    held = {stored.id: stored for stored in catalogue.reports(story.reports)}
    first = held.get(request.args.get("a", "")) or _base(story, held)
    second = held.get(request.args.get("b", ""))
    if second is None or second.id == first.id:
        second = next(stored for stored in held.values() if stored.id != first.id)
    found = compare_versions(sentences_of(first), sentences_of(second))
    return render_template(
        "compare.html",
        story=story,
        first=view_report(first),
        second=view_report(second),
        rows=[RowView(row.change, SAID[row.change], row) for row in found.rows],
        summary=say_changes(found) or "Every sentence is the same.",
        renamed=_renamed(found),
        options=[(stored.id, _option(view_report(stored))) for stored in held.values()],
    )


def sentences_of(stored: StoredReport) -> tuple[Sentence, ...]:
    """Return the report's own text in sentences."""
    return split_sentences(passage.text for passage in stored.report.body)


def say_changes(found: Comparison) -> str:
    """Return what the second version did with the first, in words; nothing where every sentence is the same."""
    told: tuple[Change, ...] = ("cut", "added", "changed", "moved")
    parts = [f"{change} {count(found.count(change), 'sentence')}" for change in told if found.count(change)]
    return join_words(parts)


def _base(story: Story, held: dict[str, StoredReport]) -> StoredReport:
    """Return the version the others are compared with: the one asked for, else the one a person chose."""
    asked = request.args.get("with", "")
    return held.get(asked) or held.get(story.first or "") or next(iter(held.values()))


def _heading(held: Sequence[StoredReport]) -> str:
    outlets = {stored.report.outlet.key for stored in held if stored.report.outlet}
    versions = count(len(held), "version")
    return f"One story, {versions}" + (f", {count(len(outlets), 'outlet')}" if outlets else "")


def _paragraphs(base: Sequence[Sentence], printed: Sequence[int], others: int) -> list[list[SentenceView]]:
    paragraphs: list[list[SentenceView]] = [[]]
    for sentence, times in zip(base, printed, strict=True):
        everywhere = times == others
        said = "" if everywhere else "in this version only" if not times else f"in {times + 1} of {others + 1}"
        paragraphs[-1].append(SentenceView(sentence.text, everywhere, said))
        if sentence.ends:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _version(
    story: Story, stored: StoredReport, base: StoredReport, texts: dict[str, tuple[Sentence, ...]]
) -> VersionView:
    view = VersionView(
        report=view_report(stored),
        href=url_for("reports.show", report_id=stored.id),
        shown=stored.id == base.id,
        words=count(sum(len(passage.text.split()) for passage in stored.report.body), "word"),
        decided=stored.id in dict(story.decided),
    )
    if view.shown or stored.id not in texts:
        return view
    found = compare_versions(texts[base.id], texts[stored.id])
    return replace(
        view,
        changes=say_changes(found) or "the same sentences",
        renamed=_renamed(found),
        beside=url_for("stories.compare", story_id=story.id, a=base.id, b=stored.id),
    )


def _renamed(found: Comparison) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (before, after, "" if times == 1 else f"{times} times") for before, after, times in found.renamed[:MOST_RENAMED]
    )


def _why(story: Story) -> str:
    if story.decided:
        people = join_words(sorted({by for _, by in story.decided}))
        return f"{people} decided which reports belong to this story."
    least = min((link.share for link in story.links), default=0.0)
    return (
        f"These reports share runs of the same words: any two that were put together, at least {least:.0%} of the "
        "shorter text."
    )


def _option(view: ReportView) -> str:
    return f"{view.outlet or 'outlet not known'}, {view.date}: {view.title[:80]}"
