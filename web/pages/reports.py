"""The report page: the cleaned text, what is known of it and why, how to cite it; readers' comments apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import Source, Span, StoredReport
from web.address import MOST_PAGES, SearchAddress, bounded
from web.citation import refer
from web.context import here
from web.matches import Matches, Parts, find_matches, number_matches
from web.pages.forms import FORMS
from web.pages.search import hit_link, link
from web.provenance import trace
from web.references.embedded import describe_article, describe_page
from web.references.styles import cite_all
from web.titles import title_of
from web.words import CERTAINTY, CERTAINTY_IN_FULL, date_in_words, direction, join_words

pages = Blueprint("reports", __name__)

WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f\"'<>\\]+", re.IGNORECASE)  # http://example.org/report/1

MOST_MARKED = 2_000_000  # bytes; finding every word of a longer page would keep its reader waiting
MOST_SHARED = 5  # words in sight that two reports have in common
MOST_SUBJECTS = 12  # places or names in sight
PLACE_NOTES = {"main": "the report is about it", "filed from": "filed from here"}
UNMARKED = Matches()


@dataclass(frozen=True, slots=True)
class PassageView:
    """One piece of the report's text as shown; captions have no number, but may have a credit."""

    kind: str
    parts: Parts
    span: Span
    number: int | None = None
    credit: Parts = ()


@dataclass(frozen=True, slots=True)
class IssueView:
    """Something for the librarian, with the way to the place it speaks of."""

    code: str
    message: str
    href: str | None


@dataclass(frozen=True, slots=True)
class DateView:
    """A date the text names: as printed, in words, and where it stands in the original."""

    printed: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A place, a name or a collection of the report, with the way to all reports that share it."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TurningView:
    """Where in its result the report stands, with the ways back to the list and to its neighbours."""

    back: str
    said: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedView:
    """The texts of a report's page with the matches of a search, numbered in the order of the page."""

    title: Parts
    byline: Parts
    passages: tuple[PassageView, ...]
    matches: int
    in_comments: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """What every page about one report shows at its head."""

    id: str
    title: str
    supplied: bool
    outlet: str | None
    byline: str | None
    dateline: str | None
    sections: tuple[str, ...]
    date: str
    certainty: str
    certainty_in_full: str
    language: str | None
    dir: str
    comments: int


@pages.get("/a/<report_id>")
def show(report_id: str) -> ResponseReturnValue:
    """Show one report; the words of `?q=` are marked in its text."""
    catalogue = here().catalogue
    stored = catalogue.report(report_id)
    asked = SearchAddress.read(tuple(request.args.items(multi=True))).request
    query = asked.text if stored.report.source.bytes <= MOST_MARKED else ""
    view = view_report(stored)
    marked = mark_report(stored, find_matches(report_id, asked) if query else UNMARKED)
    reference = refer(stored)
    return render_template(
        "report.html",
        report=view,
        stored=stored,
        query=query,
        turning=_turning(report_id),
        marked=marked,
        groups=group_passages(marked.passages),
        comments_href=_comments_link(stored.id, query if marked.in_comments else ""),
        rows=trace(
            stored, catalogue.evidence(report_id), lambda span: place_in_original(stored.id, span), catalogue.label
        ),
        reprints=_reprints(stored),
        resembling=[
            (view_report(one.stored), join_words(one.shared[:MOST_SHARED])) for one in catalogue.more_like(report_id)
        ],
        issues=view_issues(stored),
        sources=catalogue.sources(report_id),
        source_link=safe_link(stored.report.source),
        **_subjects(stored),
        reference=reference,
        citations=cite_all(reference),
        forms=FORMS.items(),
        most_subjects=MOST_SUBJECTS,
        has_desk=here().mode.desk,
        tags=describe_page(reference),
        article=describe_article(stored, reference),
    )


def _subjects(stored: StoredReport) -> dict[str, object]:
    """Return what the report is about and belongs to, each with the way to all that share it, by names on the page."""
    outlet, label = stored.report.outlet, here().catalogue.label
    return {
        "dates": _dates(stored),
        "places": _places(stored),
        "names": _names(stored),
        "collections": [
            SubjectView(label("collection", key), url_for("shelves.collection", value=key))
            for key in stored.collections
        ],
        "given_tags": [SubjectView(tag, url_for("search.show", tag=tag)) for tag in stored.report.tags],
        "outlet_href": url_for("shelves.outlet", value=outlet.key) if outlet else None,
    }


@pages.get("/a/<report_id>/comments")
def comments(report_id: str) -> ResponseReturnValue:
    """Show readers' words apart from the report, and ask search engines to leave them alone."""
    stored = here().catalogue.report(report_id)
    asked = SearchAddress.read(tuple(request.args.items(multi=True))).request
    matches = find_matches(report_id, asked) if stored.report.source.bytes <= MOST_MARKED else UNMARKED
    shown, last = number_matches([matches.of("comments", comment.text) for comment in stored.report.comments])
    page = render_template("comments.html", report=view_report(stored), comments=shown, last=last,
                           query=asked.text, declared=stored.report.comments_declared)  # fmt: skip
    return page, {"X-Robots-Tag": "noindex"}


def view_report(stored: StoredReport) -> ReportView:
    """Return the head of a report in words."""
    report, by_person = stored.report, "published" in stored.corrected
    return ReportView(
        id=stored.id,
        title=title_of(stored),
        supplied=report.title is None,
        outlet=report.outlet.name if report.outlet else None,
        byline=report.byline.value if report.byline else None,
        dateline=_dateline(stored),
        sections=report.section,
        date=date_in_words(report.published.edtf) or CERTAINTY["unknown"],
        certainty=CERTAINTY[report.published.basis] if report.published.edtf and not by_person else "",
        certainty_in_full=CERTAINTY_IN_FULL["by a person" if by_person else report.published.basis],
        language=report.language,
        dir=direction(report.language),
        comments=len(report.comments),
    )


def _turning(report_id: str) -> TurningView | None:
    """Return the way through the result this report was opened from; None when it was opened by itself."""
    if not {"q", "n"} & set(request.args):
        return None
    address = SearchAddress.read(tuple(request.args.items(multi=True)))
    number = bounded(request.args.get("n"), default=0, least=0, most=MOST_PAGES)
    found = here().catalogue.neighbours(address.request, report_id, number) if number else None
    if found is None:
        return TurningView(link(address.on_page(1)), "")
    page = address.on_page(-(-number // address.request.per_page))
    return TurningView(
        link(page),
        f"Report {number:,} of {found.total:,}",
        hit_link(found.before, address, number - 1) if found.before else None,
        hit_link(found.after, address, number + 1) if found.after else None,
    )


def _places(stored: StoredReport) -> list[SubjectView]:
    """Return the report's places, those it is about first."""
    ordered = sorted(stored.report.places, key=lambda place: place.role != "main")
    return [
        SubjectView(place.name, url_for("shelves.place", value=place.id), PLACE_NOTES.get(place.role, ""))
        for place in ordered
    ]


def _names(stored: StoredReport) -> list[SubjectView]:
    """Return the names the report uses for actors, as printed, the most frequent first."""
    ordered = sorted(stored.report.names, key=lambda name: -name.count)
    return [
        SubjectView(
            name.printed, url_for("names.show", actor_id=name.id), f"{name.count:,} ×" if name.count > 1 else ""
        )
        for name in ordered
    ]


def _dates(stored: StoredReport) -> tuple[DateView, ...]:
    """Return the dates the report mentions, in its order."""
    return tuple(
        DateView(one.text, date_in_words(one.edtf) or one.edtf, place_in_original(stored.id, one.span))
        for one in stored.report.dates_mentioned
    )


def _reprints(stored: StoredReport) -> list[ReportView]:
    """Return the other reports of the same story, by date."""
    catalogue = here().catalogue
    others = catalogue.story(stored.id).reports if stored.story else ()
    return [view_report(other) for other in catalogue.reports(one for one in others if one != stored.id)]


def _dateline(stored: StoredReport) -> str | None:
    """Return the dateline unless the text already opens with it."""
    dateline, body = stored.report.dateline, stored.report.body
    if dateline is None or (body and body[0].text.casefold().startswith(dateline.value.casefold())):
        return None
    return dateline.value


def mark_report(stored: StoredReport, matches: Matches) -> MarkedView:
    """Return title, byline, text and captions with their matches numbered."""
    report, passages = stored.report, view_passages(stored, matches)
    title = matches.of("title", report.title.value) if report.title else ()
    byline = matches.of("byline", report.byline.value) if report.byline else ()
    texts = [parts for passage in passages for parts in (passage.parts, passage.credit)]
    (title, byline, *numbered), last = number_matches([title, byline, *texts])
    shown = (
        replace(passage, parts=parts, credit=credit)
        for passage, parts, credit in zip(passages, numbered[::2], numbered[1::2], strict=True)
    )
    return MarkedView(title, byline, tuple(shown), last, matches.count("comments"))


def view_passages(stored: StoredReport, matches: Matches = UNMARKED) -> tuple[PassageView, ...]:
    """Return text and captions in the order of the page; paragraphs are numbered from 1, captions are not."""
    body = [
        PassageView(passage.kind, matches.of("text", passage.text), passage.span, number)
        for number, passage in enumerate(stored.report.body, 1)
    ]
    captions = [
        PassageView(
            "caption",
            matches.of("caption", caption.text),
            caption.span,
            credit=matches.of("caption", caption.credit) if caption.credit else (),
        )
        for caption in stored.report.captions
    ]
    return tuple(sorted((*body, *captions), key=lambda passage: passage.span.start))


def _comments_link(report_id: str, query: str) -> str:
    return url_for("reports.comments", report_id=report_id) + (f"?{urlencode({'q': query})}" if query else "")


def group_passages(passages: Iterable[PassageView]) -> list[tuple[str, list[PassageView]]]:
    """Return passages with neighbours of one kind together, so that a list is one list."""
    return [(kind, list(group)) for kind, group in groupby(passages, key=lambda passage: passage.kind)]


def place_in_original(report_id: str, span: Span) -> str:
    """Return the link to this stretch of the original, marked there."""
    return url_for("original.show", report_id=report_id, at=f"{span.start}-{span.end}") + "#at"


def safe_link(source: Source) -> str | None:
    """Return where the page was saved from if that is an ordinary web address; anything else is never a link."""
    return source.url if source.url and WEB_ADDRESS.fullmatch(source.url) else None


def view_issues(stored: StoredReport) -> tuple[IssueView, ...]:
    """Return what waits for a decision about this report, each with the way to its place in the original."""
    return tuple(
        IssueView(issue.code, issue.message, place_in_original(stored.id, issue.span) if issue.span else None)
        for issue in stored.report.issues
    )
