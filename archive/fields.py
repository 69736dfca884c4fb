"""The one table of fields; forms, index mapping, facets, exports and docs/fields.md are derived from it."""

from dataclasses import dataclass
from typing import Literal

FieldType = Literal["text", "names", "keyword", "keywords", "date", "place", "identifier", "texts"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a report.

    `name` is the key in the record's JSON; `key` is the word readers use in queries, addresses and facets.
    `facet` puts it beside the results, `searchable` gives it a `name:` in the query language, `default` includes it
    in a search without a field, `correctable` lets a person overrule it.
    """

    name: str
    key: str
    label: str
    type: FieldType
    about: str
    facet: bool = False
    searchable: bool = False
    default: bool = False
    correctable: bool = False
    required: bool = False


FIELDS: tuple[Field, ...] = (
    Field("title", "title", "Title", "text", "The headline as the page prints it, without the site's own name.",
          searchable=True, default=True, correctable=True, required=True),
    Field("byline", "byline", "Byline", "names", "Who signed the report, as printed, with the place the line names.",
          facet=True, searchable=True, default=True, correctable=True),
    Field("dateline", "dateline", "Dateline", "text",
          "The line that says where the report was filed and which agency sent it.", correctable=True),
    Field("agency", "agency", "Agency credit", "keywords", "The agencies that byline and dateline name, as printed.",
          facet=True, searchable=True),
    Field("media_id", "media", "Media ID", "identifier", "The outlet's own number for the item.",
          searchable=True, default=True, correctable=True),
    Field("published", "date", "Date", "date", "When the report was published, no more precise than its evidence.",
          facet=True, searchable=True, correctable=True),
    Field("outlet", "outlet", "Outlet", "keyword", "Who published the page.",
          facet=True, searchable=True, correctable=True, required=True),
    Field("places", "place", "Place", "place", "Where the report was filed and which places it names.",
          facet=True, searchable=True, correctable=True),
    Field("names", "name", "Name used", "keywords", "Actors of the authority file, under the name the report prints.",
          facet=True, searchable=True, correctable=True),
    Field("section", "section", "Section", "keywords", "The outlet's own headings above the report.",
          facet=True, searchable=True, correctable=True),
    Field("language", "language", "Language", "keyword", "The language of the report's text.",
          facet=True, correctable=True),
    Field("collection", "collection", "Collection", "keywords", "The collections a librarian has put the report in.",
          facet=True, searchable=True),
    Field("tags", "tag", "Tag", "keywords", "Words that librarians have given the report; no page and no rule has any.",
          facet=True, searchable=True, correctable=True),
    Field("review", "review", "Review state", "keywords",
          "What is left to do: proposed by the rules alone, corrected by a person, with open issues.", facet=True),
    Field("body", "text", "Text", "texts", "The report's own words.", searchable=True, default=True, required=True),
    Field("captions", "caption", "Captions", "texts", "Picture captions, once each, with their credit.",
          searchable=True, default=True),
    Field("comments", "comments", "Readers' comments", "texts",
          "Readers' words, kept apart and searched only on request.", searchable=True),
)  # fmt: skip

FIELD_BY_KEY = {field.key: field for field in FIELDS}
FIELD_BY_NAME = {field.name: field for field in FIELDS}
# Readers narrow by when, who and where first; the other facets follow in the order of the table.
FIRST_FACETS = ("date", "outlet", "place", "name")
FACETS = (
    *(FIELD_BY_KEY[key] for key in FIRST_FACETS),
    *(field for field in FIELDS if field.facet and field.key not in FIRST_FACETS),
)
ADDED = ("tags",)  # what people add to a report: it corrects nothing that the rules say
CORRECTABLE = tuple(field.name for field in FIELDS if field.correctable)
