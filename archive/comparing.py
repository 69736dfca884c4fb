"""What would change: two descriptions of one page set side by side, field by field, as a reader would see them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

# A public record as JSON, so its values are of any type.
Record = Mapping[str, Any]
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that reads differently: what is there no more, and what is new; both empty when only the order is."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What other rules make of one report.

    `differences` are what readers would see; `reasons` says that the texts stored differ at all, if only in the
    rules cited; `corrected` are the fields a person has the last word on; `failure` is a code and a reason.
    """

    report_id: str
    name: str
    differences: tuple[Difference, ...] = ()
    reasons: bool = False
    corrected: tuple[str, ...] = ()
    issues_before: tuple[str, ...] = ()
    issues_after: tuple[str, ...] = ()
    failure: tuple[str, str] | None = None


@dataclass(slots=True)
class Comparison:
    """The sum of many changes, bounded in size but for the ids of the reports that change.

    `fields` counts reports by field that would read differently, `kept` those of them in which a person's correction
    stands and readers see no change; `issues` has the reports with each code, before and after.
    """

    reports: int = 0
    changed: int = 0
    reasons_only: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    issues_before: Counter[str] = field(default_factory=Counter)
    issues_after: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[tuple[Change, Difference]]] = field(default_factory=dict)
    failures: list[Change] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    most_samples: int = SAMPLES

    def add(self, change: Change) -> None:
        """Count one report."""
        self.reports += 1
        if change.failure is not None:
            self.failures.append(change)
            return
        self.issues_before.update(set(change.issues_before))
        self.issues_after.update(set(change.issues_after))
        if not change.reasons:
            return
        self.ids.append(change.report_id)
        self.changed += bool(change.differences)
        self.reasons_only += not change.differences
        for difference in change.differences:
            self.fields[difference.field] += 1
            self.kept[difference.field] += difference.field in change.corrected
            samples = self.samples.setdefault(difference.field, [])
            if len(samples) < self.most_samples:
                samples.append((change, difference))

    @property
    def issues(self) -> Mapping[str, tuple[int, int]]:
        """The codes whose number of reports changes: how many before, how many after."""
        codes = sorted({*self.issues_before, *self.issues_after})
        counts = {code: (self.issues_before[code], self.issues_after[code]) for code in codes}
        return {code: pair for code, pair in counts.items() if pair[0] != pair[1]}


def find_differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """Return the fields that would read differently; what rules are cited and where values stand does not count."""
    found = []
    for name, read in SHOWN.items():
        old, new = tuple(read(before)), tuple(read(after))
        if old != new:
            found.append(Difference(name, _minus(old, new), _minus(new, old)))
    return tuple(found)


def issue_codes(record: Record) -> tuple[str, ...]:
    """Return the codes of a record's issues, in order."""
    return tuple(issue["code"] for issue in record["issues"])


def _minus(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    left = Counter(others)
    result = []
    for one in some:
        if left[one]:
            left[one] -= 1
        else:
            result.append(one)
    return tuple(result)


def _value(name: str, key: str = "value") -> Callable[[Record], Iterable[str]]:
    return lambda record: () if record[name] is None else (str(record[name][key]),)


def _each(name: str, key: str = "text") -> Callable[[Record], Iterable[str]]:
    return lambda record: (str(one[key]) for one in record[name])


def _published(record: Record) -> Iterable[str]:
    date = record["published"]
    return (f"{date['edtf']} ({date['basis']})",) if date["edtf"] else ()


def _captions(record: Record) -> Iterable[str]:
    return (one["text"] + (f" [{one['credit']}]" if one["credit"] else "") for one in record["captions"])


def _comments_declared(record: Record) -> Iterable[str]:
    return () if record["comments_declared"] is None else (str(record["comments_declared"]),)


# Every key of the public record, but for what names the report and its file, as a list of lines readers see.
SHOWN: Mapping[str, Callable[[Record], Iterable[str]]] = MappingProxyType(
    {
        "outlet": _value("outlet", "key"),
        "title": _value("title"),
        "byline": _value("byline"),
        "authors": lambda record: record["byline"]["authors"] if record["byline"] else (),
        "dateline": _value("dateline"),
        "media_id": _value("media_id"),
        "section": lambda record: record["section"],
        "language": lambda record: filter(None, [record["language"]]),
        "published": _published,
        "body": _each("body"),
        "captions": _captions,
        "comments": _each("comments"),
        "comments_declared": _comments_declared,
        "set_aside": _each("set_aside"),
        "places": lambda record: (f"{one['name']} ({one['role']})" for one in record["places"]),
        "mentions": _each("mentions"),
        "names": lambda record: (f"{one['printed']} ({one['id']})" for one in record["names"]),
        "dates_mentioned": lambda record: (f"{one['text']} ({one['edtf']})" for one in record["dates_mentioned"]),
        "issues": issue_codes,
    }
)
