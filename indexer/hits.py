"""Between store and index: a report as a hit, and the names of its places, outlets and collections."""

from functools import lru_cache

from archive.authorities import load_places
from archive.holdings import StoredReport
from archive.outlet_files import outlet_names
from archive.store import Store
from indexer.document import Names, make_texts
from indexer.facets import Labels
from indexer.highlight import SHOWN_IN_PIECES, SHOWN_WHOLE, make_snippets, opening
from indexer.query.clauses import Clause
from indexer.results import Hit

SHOWN = (*SHOWN_WHOLE, *SHOWN_IN_PIECES)
MOST_PLACES = 20_000  # places of facets whose names are kept at hand


def make_hit(stored: StoredReport, score: float, clause: Clause, reprints: int) -> Hit:
    """Return what a list of results shows of a report, with the words of the query marked in its snippets."""
    report = stored.report
    texts = make_texts(stored, keys=SHOWN)
    main = next((place.name for place in report.places if place.role == "main"), None)
    return Hit(
        id=stored.id,
        title=report.title.value if report.title else None,
        opening=opening(texts["text"]),
        outlet=report.outlet.name if report.outlet else None,
        outlet_key=report.outlet.key if report.outlet else None,
        published=report.published.edtf,
        published_basis=report.published.basis,
        byline=report.byline.value if report.byline else None,
        media_id=report.media_id.value if report.media_id else None,
        place=main or next((place.name for place in report.places), None),
        score=round(score, 4),
        snippets=make_snippets(texts, clause),
        story=stored.story,
        reprints=reprints,
    )


def read_names(store: Store) -> Names:
    """Return the names of places and collections that the index holds beside the reports."""
    places = load_places(store.home.authorities)
    collections = {found.key: found.name for found in store.collections()}
    return Names(places.country, collections, lru_cache(MOST_PLACES)(places.around))


def read_labels(store: Store) -> Labels:
    """Return what readers call the values of facets."""
    places = load_places(store.home.authorities)
    return Labels(
        outlets=outlet_names(),
        collections={found.key: found.name for found in store.collections()},
        place=lru_cache(MOST_PLACES)(places.get),
        country=places.country,
        around=lru_cache(MOST_PLACES)(places.around),
    )
