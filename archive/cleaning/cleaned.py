"""One page, cleaned: its blocks judged by the outlet's own rules or, for an unknown outlet, by the generic ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from archive.authorities import fold_name
from archive.cleaning.cleaner import BODY_LABEL, judge, set_aside_repeats
from archive.cleaning.forest import shipped_forest
from archive.cleaning.generic import judge_markup
from archive.cleaning.headline import Headline, find_headline
from archive.cleaning.leaving_open import judge_outlet
from archive.cleaning.lines import split_lines
from archive.cleaning.listings import find_listing
from archive.cleaning.markup import Markup, ParsedPage
from archive.cleaning.outlets import Recognition, recognise
from archive.cleaning.prose import judge_lines
from archive.cleaning.stretches import judge_stretches
from archive.model import BlockKind, Given, JudgedBlock, Page
from archive.priors import Priors
from archive.rules import OutletRules, Rule, RuleSet

HTML = "text/html"


@dataclass(frozen=True)
class CleanedPage:
    """What description works on: the judged blocks, the page's head, and the rules that were used.

    `headline` is what the statements of an HTML page agree on; where an outlet's own rules find it, they need no vote.
    `listing` is the rule by which the page lists reports and is none. `priors` is what is known of its collections.
    """

    page: Page
    blocks: tuple[JudgedBlock, ...]
    markup: Markup | None
    recognition: Recognition
    rules: OutletRules
    headline: Headline | None = None
    listing: str | None = None
    priors: tuple[Priors, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries the page is likely about: those of its collections, then those of its outlet."""
        codes = (*(code for one in self.priors for code in one.countries), *self.rules.countries)
        return tuple(dict.fromkeys(codes))

    @property
    def places_said(self) -> Mapping[str, tuple[str, str]]:
        """What printed names mean in its collections, by the folded name: the id of the place, and the rule."""
        return {
            fold_name(name): (place_id, f"collection/{one.key}/places")
            for one in reversed(self.priors)
            for name, place_id in one.places
        }

    @cached_property
    def _kinds(self) -> Mapping[BlockKind, tuple[JudgedBlock, ...]]:
        found: dict[BlockKind, list[JudgedBlock]] = {}
        for one in self.blocks:
            found.setdefault(one.kind, []).append(one)
        return {kind: tuple(blocks) for kind, blocks in found.items()}

    @cached_property
    def _chosen(self) -> dict[tuple[BlockKind, ...], tuple[JudgedBlock, ...]]:
        return {}  # what was asked for so far: most is asked for again

    def of_kind(self, *kinds: BlockKind) -> tuple[JudgedBlock, ...]:
        """Return the blocks of these kinds in page order."""
        chosen = self._chosen.get(kinds)
        if chosen is None:
            there = [self._kinds[kind] for kind in kinds if kind in self._kinds]
            several = len(there) > 1
            chosen = tuple([one for one in self.blocks if one.kind in kinds]) if several else (*there, ())[0]
            self._chosen[kinds] = chosen
        return chosen

    def rule_of(self, judged: JudgedBlock) -> Rule | None:
        """Return the rule that decided a block, when a rule file has it."""
        return self.rules.find_rule(judged.rule)


def clean_page(page: Page, rule_set: RuleSet, given: Given) -> CleanedPage:
    """Split a page, find its outlet, judge every block and tell whether it is a listing. Raises UnknownOutlet."""
    if page.stretches:
        return _clean_told(page, rule_set, given)
    cleaned = _clean(page, rule_set, given)
    title_blocks = len(cleaned.headline.blocks) if cleaned.headline is not None else 1
    once = set_aside_repeats(cleaned.blocks, title_blocks=title_blocks)
    cleaned = cleaned if once is cleaned.blocks else replace(cleaned, blocks=once)
    blocks = [one.block for one in cleaned.blocks]
    listing = find_listing(blocks, cleaned.markup, _urls(page, cleaned.markup), cleaned.recognition.rules)
    return cleaned if listing is None else replace(cleaned, listing=listing)


def _clean(page: Page, rule_set: RuleSet, given: Given) -> CleanedPage:
    if page.text_type != HTML:
        blocks = split_lines(page.text)
        recognition = recognise(blocks, {"url": _urls(page, None)}, rule_set, given)
        if recognition.rules is None:
            judged = judge_lines(blocks, rule_set.generic, page.text)
            return CleanedPage(page, judged, None, recognition, rule_set.generic)
        return CleanedPage(page, judge(blocks, recognition.rules), None, recognition, recognition.rules)
    parsed = ParsedPage(page.text)
    markup = parsed.markup
    clues = {"url": _urls(page, markup), "site": _sites(markup)}
    recognition = recognise(markup.blocks, clues, rule_set, given)
    outlet = recognition.rules
    if outlet is None:
        headline = find_headline(markup)
        judged = judge_markup(markup, rule_set.generic, headline, shipped_forest())
        return CleanedPage(page, judged, markup, recognition, rule_set.generic, headline)
    if selectors := _selectors(outlet):
        markup = parsed.label(selectors)
    found = judge_outlet(markup, outlet, rule_set.generic, shipped_forest())
    return CleanedPage(page, found.blocks, markup, recognition, outlet, found.headline)


def _clean_told(page: Page, rule_set: RuleSet, given: Given) -> CleanedPage:
    """Take each line for what the page's container says it is; the outlet's rules name it and decide nothing."""
    judged = judge_stretches(page)
    recognition = recognise([one.block for one in judged], {"url": _urls(page, None)}, rule_set, given)
    return CleanedPage(page, judged, None, recognition, recognition.rules or rule_set.generic)


def _selectors(outlet: OutletRules) -> dict[str, str]:
    selectors = {rule.id: rule.selector for rule in outlet.rules if rule.selector is not None}
    selectors |= {rule.label: rule.selector for rule in outlet.listing if rule.selector is not None}
    return selectors | ({BODY_LABEL: outlet.body} if outlet.body is not None else {})


def _urls(page: Page, markup: Markup | None) -> tuple[str, ...]:
    stated = markup.meta("og:url") if markup is not None else None
    canonical = markup.canonical if markup is not None else None
    return tuple(url for url in (page.source.url, canonical, stated.value if stated else None) if url)


def _sites(markup: Markup) -> tuple[str, ...]:
    stated = markup.meta("og:site_name", "application-name", "dc.publisher")
    return (stated.value,) if stated is not None else ()
