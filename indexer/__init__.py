"""How reports are found: query, engine, facets, results.

Reads archive's values and store; can be thrown away and rebuilt from them at any time.
"""

from archive.edits import ACTS, Act, BulkEdit, Edit, EditCounts, EditLine, ItemOutcome
from archive.errors import (
    BadEdit,
    BadPassword,
    BadUserName,
    EditNotReady,
    HomeBusy,
    LastAdmin,
    OriginalLost,
    TooManyAttempts,
    UnknownBatch,
    UnknownEdit,
    UnknownReport,
    UnknownRole,
    UnknownStory,
    UnknownToken,
    UnknownUser,
    UserThere,
)
from archive.fields import FIELD_BY_KEY, FIELD_BY_NAME, FIELDS
from archive.holdings import StoredReport, Story
from archive.model import Evidence, JudgedBlock, Source, Span
from archive.passwords import make_secret
from archive.people import ROLES, Notice, Role, Session, Token, User
from archive.record import report_to_json
from archive.store import BatchLine, BatchRecord
from indexer.catalogue import Catalogue
from indexer.concordance import LINE_ORDERS, Concordance, Line, LineOrder
from indexer.errors import EngineMissing, FindingError, IndexBusy, IndexUnwritable, UnknownEngine
from indexer.keyness import Distinctive, WordComparison
from indexer.located import LEVELS, Landmark, Level, Located, LocatedPlace
from indexer.named import ActorPage, NameUse, PlacePage
from indexer.query.form import FIELD_BOXES as FORM_FIELDS
from indexer.query.form import Form, write_form
from indexer.results import (
    CatalogueState,
    CatalogueStatus,
    Completion,
    Counted,
    Diagnostic,
    Expansion,
    Facet,
    FacetValue,
    Hit,
    Neighbours,
    Resembling,
    ResultPage,
    ResultSet,
    Searched,
    SearchRequest,
    Snippet,
    Suggestion,
)
from indexer.shelves import BatchReading
from indexer.timeline import STEPS, Bar, Step, Timeline
from indexer.versions import Change, Comparison, Row, Sentence, compare_versions, count_printing, split_sentences

__all__ = [
    "ACTS",
    "FIELDS",
    "FIELD_BY_KEY",
    "FIELD_BY_NAME",
    "FORM_FIELDS",
    "LEVELS",
    "LINE_ORDERS",
    "ROLES",
    "STEPS",
    "Act",
    "ActorPage",
    "BadEdit",
    "BadPassword",
    "BadUserName",
    "Bar",
    "BatchLine",
    "BatchReading",
    "BatchRecord",
    "BulkEdit",
    "Catalogue",
    "CatalogueState",
    "CatalogueStatus",
    "Change",
    "Comparison",
    "Completion",
    "Concordance",
    "Counted",
    "Diagnostic",
    "Distinctive",
    "Edit",
    "EditCounts",
    "EditLine",
    "EditNotReady",
    "EngineMissing",
    "Evidence",
    "Expansion",
    "Facet",
    "FacetValue",
    "FindingError",
    "Form",
    "Hit",
    "HomeBusy",
    "IndexBusy",
    "IndexUnwritable",
    "ItemOutcome",
    "JudgedBlock",
    "Landmark",
    "LastAdmin",
    "Level",
    "Line",
    "LineOrder",
    "Located",
    "LocatedPlace",
    "NameUse",
    "Neighbours",
    "Notice",
    "OriginalLost",
    "PlacePage",
    "Resembling",
    "ResultPage",
    "ResultSet",
    "Role",
    "Row",
    "SearchRequest",
    "Searched",
    "Sentence",
    "Session",
    "Snippet",
    "Source",
    "Span",
    "Step",
    "StoredReport",
    "Story",
    "Suggestion",
    "Timeline",
    "Token",
    "TooManyAttempts",
    "UnknownBatch",
    "UnknownEdit",
    "UnknownEngine",
    "UnknownReport",
    "UnknownRole",
    "UnknownStory",
    "UnknownToken",
    "UnknownUser",
    "User",
    "UserThere",
    "WordComparison",
    "compare_versions",
    "count_printing",
    "make_secret",
    "report_to_json",
    "split_sentences",
    "write_form",
]
