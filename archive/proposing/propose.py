"""From example pages to a proposed rule file, loaded once and tried on the same pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from archive.errors import NoExamples
from archive.model import Given, Page, Report
from archive.pipeline import describe_page
from archive.proposing import markup_rules, text_rules
from archive.proposing.agreeing import find_losses, leave_out
from archive.proposing.examples import Example, read_examples
from archive.proposing.phrases import escape
from archive.proposing.writing import Entry, Value, write_file
from archive.rules import OutletRules, RuleSet, read_outlet

FEW = 3


@dataclass(frozen=True, slots=True)
class Tried:
    """What the proposed rules make of one example page, and whether they would have found its outlet alone."""

    name: str
    recognised: bool
    report: Report


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule file's text, its rules as loaded, and what they make of the example pages."""

    key: str
    text: str
    outlet: OutletRules
    tried: tuple[Tried, ...]


def propose_outlet(key: str, pages: Sequence[Page], rules: RuleSet) -> Proposal:
    """Return a rule file for the outlet these pages are from; pages of the rarer kind (HTML, text) are left out.

    Raises NoExamples without pages, BadRuleFile when the key cannot be a file's name.
    """
    examples = read_examples(pages, rules)
    marked = tuple(one for one in examples if one.markup is not None)
    plain = tuple(one for one in examples if one.markup is None)
    chosen = marked if len(marked) >= len(plain) else plain
    if not chosen:
        raise NoExamples
    found = markup_rules.find_rules(chosen) if chosen[0].markup is not None else text_rules.find_rules(chosen)
    read = [describe_page(one.page, replace(rules, outlets=MappingProxyType({}))).report for one in chosen]
    draft = _Draft(
        {
            "key": key,
            "name": found.name or key.replace("-", " ").title(),
            "about": f"Proposed from {len(chosen)} pages: say here what a reader should know of this outlet.",
            "version": 1,
            **_language(read),
            **found.head,
        },
        (*_address(chosen), *found.entries),
    )
    tried = draft.try_on(chosen, rules)
    while chosen[0].markup is not None:
        fewer = _Draft(*leave_out(find_losses(read, [one.report for one in tried]), draft.head, draft.entries))
        if fewer == draft:
            break
        draft, tried = fewer, fewer.try_on(chosen, rules)
    return Proposal(key, draft.write(_remarks(chosen, examples, draft.entries)), draft.load(), tried)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A rule file before it is final: its head and its tables."""

    head: Mapping[str, Value]
    entries: Sequence[Entry]

    def write(self, remarks: Iterable[str] = ()) -> str:
        return write_file(tuple(remarks), self.head, self.entries)

    def load(self) -> OutletRules:
        return read_outlet(f"{self.head['key']}.toml", self.write())

    def try_on(self, examples: Sequence[Example], rules: RuleSet) -> tuple[Tried, ...]:
        """Return what the draft makes of these pages."""
        outlet = self.load()
        return tuple(_try(outlet, example, rules) for example in examples)


def _address(examples: Sequence[Example]) -> Iterator[Entry]:
    hosts = {urlsplit(url).netloc.removeprefix("www.") for example in examples for url in _urls(example)}
    if len(hosts) == 1 and (host := hosts.pop()):
        values: dict[str, Value] = {
            "id": "address",
            "where": "url",
            "pattern": rf"//(?:www\.)?{escape(host)}/",
            "example": f"https://{host}/news",
            "why": "The outlet's own address.",
        }
        yield Entry("recognise", values)


def _urls(example: Example) -> Iterator[str]:
    if example.page.source.url is not None:
        yield example.page.source.url
    if example.markup is not None and example.markup.canonical is not None:
        yield example.markup.canonical


def _language(read: Sequence[Report]) -> dict[str, Value]:
    languages = {report.language for report in read}
    language = languages.pop() if len(languages) == 1 else None
    return {"language": language} if language is not None else {}


def _remarks(chosen: Sequence[Example], examples: Sequence[Example], entries: Sequence[Entry]) -> Iterator[str]:
    yield f"Proposed by `dateline outlet new` from {len(chosen)} pages. docs/cleaning.md explains every key."
    if len(chosen) < FEW:
        yield "With so few pages, what they share by chance looks like a rule: add more pages if you have them."
    if len(chosen) < len(examples):
        left_out = len(examples) - len(chosen)
        yield f"{left_out} pages of another kind (HTML or plain text) were left out; they need rules of their own."
    if not any(entry.table == "recognise" for entry in entries):
        yield "Nothing was found by which pages name this outlet: import them with --outlet, or write [[recognise]]."


def _try(outlet: OutletRules, example: Example, rules: RuleSet) -> Tried:
    alone = replace(rules, outlets=MappingProxyType({outlet.key: outlet}))
    report = describe_page(example.page, alone, Given(outlet=outlet.key)).report
    claim = describe_page(example.page, alone).report.outlet
    return Tried(example.name, claim is not None and claim.key == outlet.key, report)
