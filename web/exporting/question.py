"""What a sheet says of the question: as asked, as understood, what was added, and how it was narrowed."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from indexer import FIELD_BY_KEY, CatalogueState, ResultSet
from web.words import join_words

Label = Callable[[str, str], str]
MOST_TOLD = 200  # names of one expansion


def tell_question(result: ResultSet, label: Label) -> Iterator[tuple[str, str]]:
    """Yield label and sentence for everything that decided which reports were found, and in which order."""
    asked, searched = result.request, result.searched
    yield "Question", asked.text or "(every report)"
    if asked.text:
        yield "Understood", searched.query or "(every report)"
    if searched.fields:
        yield "Looked in", join_words([FIELD_BY_KEY[key].label for key in searched.fields if key in FIELD_BY_KEY])
    for added in searched.expansions:
        yield "Names added", f"{added.word}: also {', '.join(added.also[:MOST_TOLD])} ({added.authority})"
    for held in searched.withheld:
        yield "Left out", f"{held.word}: not {', '.join(held.also[:MOST_TOLD])} ({held.authority}), as asked"
    if not asked.variants:
        yield "Names added", "none, as asked"
    yield from _tell_chosen("Only", asked.selected, label)
    yield from _tell_chosen("Without", asked.excluded, label)
    certain = asked.date_mode == "certain"
    yield "Dates", "certainly within" if certain else "possibly within (reports of uncertain date count)"
    yield "Order", asked.sort
    for diagnostic in result.diagnostics:
        yield "Note", diagnostic.message


def tell_state(state: CatalogueState) -> str:
    """Return the state of the archive in one sentence that a later reader can compare."""
    said = f"event {state.last_event:,}; index {state.version}, engine {state.engine}"
    behind = state.last_event - state.indexed_event
    return f"{said}; the index was {behind:,} events behind" if behind > 0 else said


def _tell_chosen(name: str, chosen: Mapping[str, Iterable[str]], label: Label) -> Iterator[tuple[str, str]]:
    for key, values in chosen.items():
        said = " or ".join(f"{label(key, value)} ({value})" for value in values)
        yield name, f"{FIELD_BY_KEY[key].label if key in FIELD_BY_KEY else key}: {said}"
