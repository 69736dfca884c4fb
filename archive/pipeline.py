"""From a page to its description, read aloud: split, clean, describe. Pure: same page, rules and word, same result."""

from collections.abc import Iterator
from dataclasses import replace

from archive.authorities import using_actors, using_places
from archive.cleaning.cleaned import CleanedPage, clean_page
from archive.description.byline import describe_byline
from archive.description.captions import (
    check_comments,
    count_declared,
    describe_captions,
    describe_comments,
    describe_section,
)
from archive.description.dateline import find_dateline
from archive.description.dates import describe_published
from archive.description.evidence import find_gaps, gather_evidence
from archive.description.identifiers import describe_media_id
from archive.description.language import describe_language
from archive.description.leftover import list_set_aside, set_aside_unused
from archive.description.mentions import describe_dates_mentioned
from archive.description.names import describe_names
from archive.description.own_words import gather_own_words, seek_own_dates
from archive.description.places import describe_places
from archive.description.publication import infer_published
from archive.description.stated import lay_stated, take_stated_outlet
from archive.description.title import describe_title
from archive.identifiers import make_collection_key
from archive.model import BODY_KINDS, Description, Evidence, Given, Issue, OutletClaim, Page, Passage, Report
from archive.outlet_notes import follow_outlet
from archive.priors import Priors
from archive.rules import RuleSet

NOTHING_GIVEN = Given()
LISTING = "This page lists reports and is none itself."


def describe_page(page: Page, rules: RuleSet, given: Given = NOTHING_GIVEN) -> Description:
    """Return all that the rules make of one page. Raises UnknownOutlet when `given` names no outlet we know."""
    with using_places(rules.authorities), using_actors(rules.authorities):
        return _describe(page, rules, given)


def _priors(rules: RuleSet, given: Given) -> Iterator[Priors]:
    """Yield what is known of the collections that the page is in or is put into."""
    new = (make_collection_key(given.collection),) if given.collection else ()
    for key in sorted({*given.collections, *new}):
        if key in rules.collections:
            yield rules.collections[key]


def _same_outlet(claim: OutletClaim | None, rules: RuleSet) -> OutletClaim | None:
    """Return the outlet that the library counts this one's reports to; a person's word on a page stays."""
    if claim is None or claim.basis == "person":
        return claim
    key = follow_outlet(claim.key, rules.notes)
    return replace(claim, key=key, name=rules.outlets[key].name) if key in rules.outlets else claim


def _describe(page: Page, rules: RuleSet, given: Given) -> Description:
    cleaned = clean_page(page, rules, take_stated_outlet(page, rules, given))
    priors = tuple(_priors(rules, given))
    cleaned = replace(cleaned, priors=priors) if priors else cleaned
    dateline = find_dateline(cleaned)
    title, byline = describe_title(cleaned), describe_byline(cleaned)
    blocks = set_aside_unused(cleaned, title, byline)
    stated_date, date_issues = describe_published(cleaned, dateline)
    own = gather_own_words(cleaned)
    dates_sought = seek_own_dates(own)
    published, conflicts = infer_published(cleaned, stated_date, dates_sought)
    places = describe_places(cleaned, byline, dateline)
    comments = describe_comments(cleaned)
    declared, declared_at = count_declared(cleaned)
    report = Report(
        source=page.source,
        outlet=cleaned.recognition.claim,
        title=title,
        byline=byline,
        dateline=dateline.dateline if dateline is not None else None,
        media_id=describe_media_id(cleaned),
        section=describe_section(cleaned),
        language=describe_language(cleaned),
        published=published,
        body=tuple([Passage(block.text, kind, block.span) for block, _, kind, _ in cleaned.of_kind(*BODY_KINDS)]),
        captions=describe_captions(cleaned),
        comments=comments,
        comments_declared=declared,
        set_aside=list_set_aside(blocks),
        places=places.places,
        mentions=places.unresolved,
        names=describe_names(own),
        dates_mentioned=describe_dates_mentioned(own, dates_sought, dateline, published),
        issues=(
            *_met_before(page, cleaned),
            *(*date_issues, *conflicts, *check_comments(declared, declared_at, comments)),
            *(Issue("P01", f"No gazetteer entry is called {m.text!r}.", m.span) for m in places.unresolved),
        ),
    )
    report, stated = _lay_given(report, page, rules, given)
    evidence = (*gather_evidence(report), *places.evidence, *stated)
    return Description(report, blocks, evidence, rules.version, cleaned.listing)


def _lay_given(report: Report, page: Page, rules: RuleSet, given: Given) -> tuple[Report, tuple[Evidence, ...]]:
    """Return the report with what others than its page say of it, why, and an issue for each field still empty."""
    report, stated = lay_stated(report, page, rules, given)
    outlet, gaps = _same_outlet(report.outlet, rules), tuple(find_gaps(report))
    if gaps or outlet is not report.outlet:
        report = replace(report, outlet=outlet, issues=(*report.issues, *gaps))
    return report, stated


def _met_before(page: Page, cleaned: CleanedPage) -> tuple[Issue, ...]:
    """Return what reading and cleaning the page have met, before it was described."""
    listing = (Issue("L01", LISTING),) if cleaned.listing is not None else ()
    return (*page.issues, *cleaned.recognition.issues, *listing)
