"""How reports are found: query, engine, facets, results.

Reads archive's values and store; can be thrown away and rebuilt from them at any time.
"""

from archive.errors import OriginalLost, UnknownBatch, UnknownReport
from archive.fields import FIELD_BY_KEY, FIELD_BY_NAME, FIELDS
from archive.model import Evidence, JudgedBlock, Source, Span, StoredReport
from archive.record import report_to_json
from archive.store import BatchLine, BatchRecord
from indexer.catalogue import Catalogue, CatalogueState, CatalogueStatus
from indexer.errors import EngineMissing, FindingError, IndexBusy, IndexUnwritable, UnknownEngine
from indexer.located import LEVELS, Landmark, Level, Located, LocatedPlace
from indexer.results import (
    Completion,
    Diagnostic,
    Expansion,
    Facet,
    FacetValue,
    Hit,
    Neighbours,
    ResultPage,
    ResultSet,
    Searched,
    SearchRequest,
    Snippet,
    Suggestion,
)
from indexer.shelves import BatchReading

__all__ = [
    "FIELDS",
    "FIELD_BY_KEY",
    "FIELD_BY_NAME",
    "LEVELS",
    "BatchLine",
    "BatchReading",
    "BatchRecord",
    "Catalogue",
    "CatalogueState",
    "CatalogueStatus",
    "Completion",
    "Diagnostic",
    "EngineMissing",
    "Evidence",
    "Expansion",
    "Facet",
    "FacetValue",
    "FindingError",
    "Hit",
    "IndexBusy",
    "IndexUnwritable",
    "JudgedBlock",
    "Landmark",
    "Level",
    "Located",
    "LocatedPlace",
    "Neighbours",
    "OriginalLost",
    "ResultPage",
    "ResultSet",
    "SearchRequest",
    "Searched",
    "Snippet",
    "Source",
    "Span",
    "StoredReport",
    "Suggestion",
    "UnknownBatch",
    "UnknownEngine",
    "UnknownReport",
    "report_to_json",
]
