"""The desk of stories: those nobody has decided yet, and a person's word on one, each act with its way back."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import SearchRequest, StoredReport, Story, StoryAct, UnknownReport, UnknownStory
from web.access import acting_user
from web.context import here
from web.notices import done, tell
from web.numbers import sent_number
from web.pages.reports import ReportView, view_report
from web.paging import turn_pages
from web.words import count, date_in_words

pages = Blueprint("story_desk", __name__, url_prefix="/desk/stories")

PER_PAGE = 25
MOST_PAGES = 100_000
FOUND = 20  # reports offered for a merge
SHOWN = 4  # versions of one story in the list
LONGEST_REASON = 2_000
# /a/0123456789bc/the-title, /story/s12, https://archive.example/ark:12345/0123456789bc, 0123456789bc, s12
NAMED = re.compile(r"(?:.*/(?:a|story)/|.*ark:/?\d+/)?(?P<id>s[1-9]\d{0,9}|[0-9bcdfghjkmnpqrstvwxz]{12})(?:[/?#].*)?")
KINDS = {
    "confirmed": "said that these reports belong together",
    "split": "took reports out",
    "merged": "put reports together",
    "first": "chose the version shown first",
    "undone": "took an act back",
}


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story in the list: its reports by date, and how sure it is that they belong together."""

    id: str
    href: str
    share: str
    versions: tuple[ReportView, ...]
    more: str
    size: str


@dataclass(frozen=True, slots=True)
class ActView:
    """What a person did to a story, and whether it can be taken back."""

    event: int
    said: str
    reason: str
    undone: bool


@pages.get("")
def index() -> str:
    """Show the stories no person has decided on, those that hang together by the least first."""
    catalogue = here().catalogue
    outlet = request.args.get("outlet", "")[:200]
    total = catalogue.story_desk.count_undecided(outlet or None)
    last = max(1, -(-total // PER_PAGE))
    at = min(max(request.args.get("page", 1, type=int), 1), last)
    found = catalogue.story_desk.undecided(outlet or None, offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    return render_template(
        "desk/stories.html",
        stories=[_view(one.id, one.share) for one in found],
        total=total,
        outlet=outlet,
        outlets=_outlets(),
        turning=turn_pages(at, last, lambda there: _list_href(outlet, there)),
    )


@pages.post("/<story_id>/confirm")
def confirm(story_id: str) -> ResponseReturnValue:
    """Say that a story is right as it stands."""
    told = here().catalogue.story_desk.confirm(story_id, by=acting_user().name, reason=_reason())
    return _done(told, f"Story {told} is right as it stands, you say.", back=True)


@pages.post("/<story_id>/split")
def split(story_id: str) -> ResponseReturnValue:
    """Take the ticked reports out of a story."""
    leaving = request.form.getlist("report")
    if not leaving:
        tell("Nothing was taken out: tick the reports that do not belong here.")
        return redirect(url_for("stories.show", story_id=story_id), 303)
    staying = next(iter(one for one in here().catalogue.story(story_id).reports if one not in leaving), leaving[0])
    here().catalogue.story_desk.split(story_id, leaving, by=acting_user().name, reason=_reason())
    return _done(staying, f"{count(len(leaving), 'report')} taken out; no later import puts them back.")


@pages.get("/<story_id>/merge")
def offer(story_id: str) -> str:
    """Find what belongs with a story: by id or address, or by words; then show what the two would be."""
    catalogue = here().catalogue
    story, find = catalogue.story(story_id), request.args.get("with", "").strip()[:2_000]
    other = _named(find)
    found: tuple[ReportView, ...] = ()
    if other is None and find:
        answer = catalogue.search(SearchRequest(find, per_page=FOUND, fold=True))
        held = catalogue.reports([hit.id for hit in answer.hits])
        found = tuple(view_report(one) for one in held if one.id not in story.reports)
    if other is not None and other.id == story.id:
        other, same = None, True
    else:
        same = False
    return render_template(
        "desk/story_merge.html",
        story=story,
        own=_views(story),
        other=other,
        others=_views(other) if other else (),
        same=same,
        find=find,
        found=found,
    )


@pages.post("/<story_id>/merge")
def merge(story_id: str) -> ResponseReturnValue:
    """Make one story of two."""
    other = request.form.get("with", "")
    told = here().catalogue.story_desk.merge((story_id, other), by=acting_user().name, reason=_reason())
    return _done(told, "They are one story now; no later import takes it apart.")


@pages.post("/<story_id>/first")
def choose_first(story_id: str) -> ResponseReturnValue:
    """Choose the version that is shown first."""
    chosen = request.form.get("report") or None
    here().catalogue.story_desk.choose_first(story_id, chosen, by=acting_user().name, reason=_reason())
    said = "This version is shown first now." if chosen else "No version is shown first by a person's choice now."
    return _done(story_id, said)


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Take an act on stories back, whole."""
    number = sent_number("event")
    event = here().catalogue.undo(number, by=acting_user().name)
    return done(_story_href(event.report_id or ""), "Taken back. It stays in the history that it was done.")


def view_acts(story: Story) -> tuple[ActView, ...]:
    """Return what persons did to a story, in words, the latest first."""
    return tuple(map(_view_act, here().catalogue.story_desk.acts(story.id)))


def _view_act(act: StoryAct) -> ActView:
    moved = f" ({count(len(act.moved), 'report')})" if act.moved and act.kind != "undone" else ""
    said = f"{act.by} {KINDS[act.kind]}{moved}, {date_in_words(act.when[:10])}"
    # What an undoing says of itself is which event it took back: the line below it shows that.
    return ActView(act.event, said, "" if act.kind == "undone" else act.reason, act.undone or act.kind == "undone")


def _done(name: str, said: str, *, back: bool = False) -> ResponseReturnValue:
    """Lead on with what was done and the way back: to the story, or to the list where somebody works on it."""
    acts = here().catalogue.story_desk.acts(name)
    href = url_for("story_desk.index") if back and request.form.get("then") == "list" else _story_href(name)
    if not acts:
        return done(href, said)
    return done(href, said, undo=url_for("story_desk.undo"), event=acts[0].event)


def _story_href(name: str) -> str:
    """Return the address of a story; of a report that no other reprints, its own."""
    story = here().catalogue.story(name)
    if len(story.reports) == 1:
        return url_for("reports.show", report_id=story.reports[0])
    return url_for("stories.show", story_id=story.id)


def _list_href(outlet: str, page: int) -> str:
    pairs = {key: value for key, value in (("outlet", outlet), ("page", page if page > 1 else "")) if value}
    return url_for("story_desk.index") + (f"?{urlencode(pairs)}" if pairs else "")


def _reason() -> str:
    return request.form.get("reason", "").strip()[:LONGEST_REASON]


def _named(text: str) -> Story | None:
    """Return the story that an id or an address of ours names."""
    found = NAMED.fullmatch(text)
    if found is None:
        return None
    try:
        return here().catalogue.story(found["id"])
    except (UnknownStory, UnknownReport):
        return None


def _view(story_id: str, share: float) -> StoryView:
    story = here().catalogue.story(story_id)
    held = tuple(here().catalogue.reports(story.reports[:SHOWN]))
    more = len(story.reports) - len(held)
    return StoryView(
        story.id,
        url_for("stories.show", story_id=story.id),
        f"{share:.0%}",
        tuple(map(view_report, held)),
        f"and {count(more, 'more version')}" if more else "",
        count(len(story.reports), "version"),
    )


def _views(story: Story) -> tuple[ReportView, ...]:
    held: tuple[StoredReport, ...] = tuple(here().catalogue.reports(story.reports[:PER_PAGE]))
    return tuple(map(view_report, held))


def _outlets() -> list[tuple[str, str]]:
    facet = here().catalogue.facet(SearchRequest(), "outlet")
    known = [value for value in facet.values if value.value != "unknown" and value.count] if facet else []
    return [(value.value, value.label) for value in known]
