"""How reports are found: query, engine, facets, results.

Reads archive's values and store; can be thrown away and rebuilt from them at any time.
"""

from indexer.catalogue import Catalogue, CatalogueStatus
from indexer.errors import EngineMissing, FindingError, IndexBusy, UnknownEngine
from indexer.results import (
    Diagnostic,
    Expansion,
    Facet,
    FacetValue,
    Hit,
    ResultPage,
    Searched,
    SearchRequest,
    Snippet,
)

__all__ = [
    "Catalogue",
    "CatalogueStatus",
    "Diagnostic",
    "EngineMissing",
    "Expansion",
    "Facet",
    "FacetValue",
    "FindingError",
    "Hit",
    "IndexBusy",
    "ResultPage",
    "SearchRequest",
    "Searched",
    "Snippet",
    "UnknownEngine",
]
