"""What one's own lists, notes and searches have in common: paging them, and taking an act on one back."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from indexer import Paper, PaperChanged, PaperKind, UnknownEvent, UnknownPaper
from web.access import acting_user, keep_inside
from web.address import bounded
from web.context import here
from web.notices import done
from web.numbers import sent_number
from web.paging import Step, turn_pages

pages = Blueprint("papers", __name__, url_prefix="/desk/papers")

PER_PAGE = 25
LONGEST_FIND = 100
MOST_OFFERED = 100  # lists to put a report on


@dataclass(frozen=True, slots=True)
class OnReport:
    """What the page of a report shows of one's papers: notes, one's own or not, and lists, with or without it."""

    notes: tuple[tuple[Paper, bool], ...]
    on: tuple[Paper, ...]
    lists: tuple[Paper, ...]


def papers_on(report_id: str) -> OnReport:
    """Return what whoever is signed in has noted on a report, and which lists of theirs it is on or can be put on."""
    user, papers = acting_user(), here().catalogue.papers
    notes = tuple((note, note.owner == user.number) for note in papers.notes_on(user, report_id))
    lists = papers.of(user, "list", limit=MOST_OFFERED)
    on = tuple(one for one in lists if report_id in one.reports)
    return OnReport(notes, on, tuple(one for one in lists if report_id not in one.reports))


@pages.app_context_processor
def _give_papers() -> dict[str, object]:
    return {"papers_on": papers_on}


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    """Take an act on one's own list, note or search back, and return to where it was done."""
    back = keep_inside(request.form.get("back", "/desk"))
    try:
        here().catalogue.papers.undo(acting_user(), sent_number("event"))
    except (PaperChanged, UnknownEvent, UnknownPaper) as refused:
        return done(back, str(refused))
    return done(back, "It stands as it did before.")


def tell_done(back: str, text: str, event: int) -> ResponseReturnValue:
    """Lead back to a page that says what was done to a paper, with the way to take it back."""
    return done(back, text, undo=url_for("papers.undo"), event=event, back=back)


def read_page(kind: PaperKind, endpoint: str) -> tuple[tuple[Paper, ...], int, str, tuple[Step, ...]]:
    """Return the papers of one page of a list, how many there are, what was looked for, and the pager."""
    user, catalogue = acting_user(), here().catalogue
    find = request.args.get("find", "")[:LONGEST_FIND].replace("\x00", "")
    total = catalogue.papers.count(user, kind, find)
    last = max(1, -(-total // PER_PAGE))
    at = bounded(request.args.get("page"), default=1, most=last)
    found = catalogue.papers.of(user, kind, find, offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    return found, total, find, turn_pages(at, last, lambda there: url_for(endpoint, find=find or None, page=there))
