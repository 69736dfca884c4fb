"""A report as it is found: its texts, the values of its facets, and the days it may date from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from types import MappingProxyType
from typing import Protocol

from archive.fields import FACETS, FIELDS
from archive.holdings import StoredReport
from archive.model import AuthorKind, Place, Report

UNKNOWN = "unknown"  # the value of a facet for a report that has none
TEXT_KEYS = tuple(known.key for known in FIELDS if known.type != "date" and (known.searchable or known.facet))
DEFAULT_KEYS = tuple(known.key for known in FIELDS if known.default and known.type != "date")
FACET_KEYS = tuple(known.key for known in FACETS)
STORY_KEY = "story"  # counted and narrowed by like a facet, and shown as none
VALUE_KEYS = (*FACET_KEYS, STORY_KEY)
# A date that may lie in 100 years or more is as good as unknown; one that may lie in more than 10 names no months.
MAX_YEARS, MAX_YEARS_OF_MONTHS = 100, 10
MAX_VALUE = 500  # code points of a facet's value
MOST_DATES = 10_000  # whose years and months are kept at hand; 27 years have as many days
NO_VALUE = (UNKNOWN,)


class PlaceName(Protocol):
    """One country of the gazetteer, or a province or town in it."""

    @property
    def id(self) -> str:
        """The id reports use when they name the place itself."""

    @property
    def name(self) -> str:
        """Its preferred name."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the index needs to know beside the report: countries by their code, collections' names by their key.

    `around` gives the places that a place lies in, by its id: its province and town, without the country.
    """

    country: Callable[[str], PlaceName | None] = lambda _code: None
    collections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    around: Callable[[str], tuple[PlaceName, ...]] = lambda _id: ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report for the index.

    `texts` maps every key of TEXT_KEYS to its texts, `values` every key of VALUE_KEYS to at least one value
    (`unknown` where the report has none). `certain` are the date facet's values that hold whatever day is meant.
    `earliest` and `latest` are days as proleptic ordinals, None where open or unknown.
    """

    id: str
    texts: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    certain: tuple[str, ...] = (UNKNOWN,)
    earliest: int | None = None
    latest: int | None = None


def make_document(stored: StoredReport, names: Names = Names()) -> Document:
    """Return what the index holds of a report."""
    report = stored.report
    earliest, latest = _day(report.published.earliest), _day(report.published.latest)
    values = {key: _VALUES[key](stored, names) for key in VALUE_KEYS}
    return Document(
        id=stored.id,
        texts=make_texts(stored, names),
        values={key: _order_values(found) if found else NO_VALUE for key, found in values.items()},
        certain=_certain(earliest, latest),
        earliest=earliest,
        latest=latest,
    )


def make_texts(
    stored: StoredReport, names: Names = Names(), keys: Iterable[str] = TEXT_KEYS
) -> Mapping[str, tuple[str, ...]]:
    """Return the texts that the index holds of a report, or some of them."""
    found = ((key, _TEXTS[key](stored, names)) for key in keys)
    return {key: tuple(filter(None, texts)) if texts else texts for key, texts in found}


def clean_value(value: str) -> str:
    """Return a facet value as an index can hold it: not endless, and without halves of characters."""
    if value.isascii():
        return value[:MAX_VALUE]
    return value[:MAX_VALUE].encode("utf-8", "replace").decode("utf-8")


@lru_cache(MOST_DATES)
def date_values(earliest: int | None, latest: int | None) -> tuple[str, ...]:
    """Return every year and month a date may lie in; none when it says less than a century."""
    if earliest is None or latest is None:
        return ()
    first, last = date.fromordinal(earliest), date.fromordinal(latest)
    if not 0 <= last.year - first.year < MAX_YEARS:
        return ()
    years = tuple(f"{year:04d}" for year in range(first.year, last.year + 1))
    if last.year - first.year >= MAX_YEARS_OF_MONTHS:
        return years
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return (*years, *(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months))


def _order_values(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(map(clean_value, values)))) if len(values) > 1 else (clean_value(values[0]),)


@lru_cache(MOST_DATES)
def _certain(earliest: int | None, latest: int | None) -> tuple[str, ...]:
    values = date_values(earliest, latest)
    if not values:
        return (UNKNOWN,)
    years = [value for value in values if len(value) == len("2016")]
    months = [value for value in values if len(value) > len("2016")]
    return tuple(kind[0] for kind in (years, months) if len(kind) == 1)


def _day(iso: str | None) -> int | None:
    try:
        return date.fromisoformat(iso).toordinal() if iso else None
    except ValueError:  # a day outside the years 1 to 9999, which no index can count
        return None


def _place_texts(places: tuple[Place, ...], names: Names) -> Iterator[str]:
    for place in places:
        yield from dict.fromkeys((place.name, *(mention.text for mention in place.mentions)))
        yield from (larger.name for larger in names.around(place.id))
        if place.country and (country := names.country(place.country)):
            yield country.name


def _place_values(places: tuple[Place, ...], names: Names) -> Iterator[str]:
    """Yield each place, the town and province it lies in, and its country, which is known by its code alone."""
    for place in places:
        country = names.country(place.country) if place.country else None
        if place.country:
            yield place.country
        if country is None or country.id != place.id:
            yield place.id
            yield from (larger.id for larger in names.around(place.id))


def _outlet_texts(report: Report) -> tuple[str, ...]:
    return (report.outlet.name, report.outlet.key) if report.outlet else ()


def _caption_texts(report: Report) -> tuple[str, ...]:
    # Captions first, so that the n-th text is the n-th caption of the report.
    return (*(c.text for c in report.captions), *(c.credit or "" for c in report.captions))


def _collection_texts(keys: tuple[str, ...], names: Names) -> Iterator[str]:
    """Yield key and name of each collection: what is part of one is found by both."""
    yield from keys
    yield from (names.collections.get(key, "") for key in keys)


def _authors(report: Report, kind: AuthorKind) -> tuple[str, ...]:
    byline = report.byline
    # A byline that a person set names its authors and no kinds; they are taken for people.
    pairs = zip_longest(byline.authors, byline.kinds, fillvalue="person") if byline else ()
    return tuple(author for author, found in pairs if found == kind)


def _agencies(report: Report) -> tuple[str, ...]:
    sources = (report.dateline.source or "",) if report.dateline else ()
    return tuple(filter(None, (*_authors(report, "organisation"), *sources)))


def _review(stored: StoredReport) -> tuple[str, ...]:
    open_issues = ("issues",) if stored.report.issues else ()
    return ("corrected" if stored.corrected else "proposed", *open_issues)


Extract = Callable[[StoredReport, Names], tuple[str, ...]]
_TEXTS: Mapping[str, Extract] = {
    "title": lambda s, _: (s.report.title.value,) if s.report.title else (),
    "byline": lambda s, _: (s.report.byline.value,) if s.report.byline else (),
    "agency": lambda s, _: _agencies(s.report),
    "media": lambda s, _: (s.report.media_id.value,) if s.report.media_id else (),
    "outlet": lambda s, _: _outlet_texts(s.report),
    "place": lambda s, names: tuple(_place_texts(s.report.places, names)),
    "name": lambda s, _: tuple(name.printed for name in s.report.names),
    "section": lambda s, _: s.report.section,
    "language": lambda s, _: (s.report.language or "",),
    "collection": lambda s, names: tuple(_collection_texts((*s.collections, *s.within), names)),
    "tag": lambda s, _: s.report.tags,
    "review": lambda s, _: _review(s),
    "text": lambda s, _: tuple(passage.text for passage in s.report.body),
    "caption": lambda s, _: _caption_texts(s.report),
    "comments": lambda s, _: tuple(comment.text for comment in s.report.comments),
}
_VALUES: Mapping[str, Extract] = {
    "date": lambda s, _: date_values(_day(s.report.published.earliest), _day(s.report.published.latest)),
    "byline": lambda s, _: _authors(s.report, "person"),
    "agency": lambda s, _: _agencies(s.report),
    "review": lambda s, _: _review(s),
    "outlet": lambda s, _: (s.report.outlet.key,) if s.report.outlet else (),
    "place": lambda s, names: tuple(_place_values(s.report.places, names)),
    "name": lambda s, _: tuple(name.printed for name in s.report.names),
    "section": lambda s, _: s.report.section,
    "language": lambda s, _: (s.report.language,) if s.report.language else (),
    "collection": lambda s, _: (*s.collections, *s.within),
    "tag": lambda s, _: s.report.tags,
    STORY_KEY: lambda s, _: (s.story,) if s.story else (),
}
