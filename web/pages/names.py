"""Pages about actors: which of its names the reports print, which outlet says which, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from werkzeug.exceptions import NotFound

from indexer import ActorPage, FacetValue, SearchRequest
from web.address import narrowed_to, narrowed_to_any
from web.context import here
from web.pages.search import link

pages = Blueprint("names", __name__)

MOST_FORMS = 30  # printed forms of one actor that are counted apart
MOST_OUTLETS = 8
MOST_YEARS = 20
MOST_ACTORS = 400


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor in the list: its label, the forms reports print, and how many reports print the most frequent one."""

    label: str
    href: str
    forms: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class FormView:
    """One printed name of an actor: its reports in all, and by column of the table it stands in."""

    printed: str
    href: str
    reports: int
    by_outlet: Mapping[str, int]
    by_year: Mapping[str, int]
    note: str = ""


@pages.get("/names")
def index() -> str:
    """List the actors that the reports name, under neutral labels, with the names they print."""
    entries = []
    for actor_id, forms in _forms_by_actor().items():
        actor = here().catalogue.actor(actor_id)
        if actor is not None:
            printed = tuple(form.label for form in forms)
            entries.append(ActorEntry(actor.label, url_for("names.show", actor_id=actor_id), printed, forms[0].count))
    entries.sort(key=lambda entry: (-entry.reports, entry.label))
    return render_template("names.html", entries=entries[:MOST_ACTORS], more=max(len(entries) - MOST_ACTORS, 0))


@pages.get("/names/<actor_id>")
def show(actor_id: str) -> str:
    """Show which names of an actor are printed, by whom and when."""
    actor = here().catalogue.actor(actor_id)
    if actor is None:
        raise NotFound
    forms = [_view(form, actor) for form in _forms_by_actor().get(actor_id, [])[:MOST_FORMS]]
    printed = {form.printed for form in forms}
    return render_template(
        "name.html",
        actor=actor,
        forms=forms,
        outlets=_columns([form.by_outlet for form in forms], MOST_OUTLETS),
        years=sorted(_columns([form.by_year for form in forms], MOST_YEARS)),
        unused=[use for use in actor.names if use.name not in printed],
        label=here().catalogue.label,
        all_href=link(narrowed_to_any("name", [form.printed for form in forms])) if forms else None,
    )


def _forms_by_actor() -> dict[str, list[FacetValue]]:
    """Return the printed names of the archive, most frequent first, by the actor they mean."""
    found: dict[str, list[FacetValue]] = {}
    for value in here().catalogue.tally(SearchRequest(), ("name",)).facets["name"].values:
        actor_id = here().catalogue.actor_named(value.value)
        if actor_id is not None and value.count:
            found.setdefault(actor_id, []).append(value)
    return found


def _view(form: FacetValue, actor: ActorPage) -> FormView:
    address = narrowed_to("name", form.value)
    counted = here().catalogue.tally(address.request, ("outlet", "date"))
    outlets = {one.value: one.count for one in counted.facets["outlet"].values if one.count}
    years = {one.value: one.count for one in counted.facets["date"].values if one.count and "-" not in one.value}
    use = next((use for use in actor.names if use.name == form.value), None)
    note = ", ".join(part for part in (use.lang, use.used_by) if part) if use else ""
    return FormView(form.label, link(address), form.count, outlets, years, note)


def _columns(counts: list[Mapping[str, int]], most: int) -> list[str]:
    """Return the values that most of the reports have, as columns of a table."""
    totals: dict[str, int] = {}
    for one in counts:
        for value, number in one.items():
            totals[value] = totals.get(value, 0) + number
    return sorted(totals, key=lambda value: (-totals[value], value))[:most]
