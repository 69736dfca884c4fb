"""What tests of rules, cleaning and description share: small rule files, and pages judged or described by them."""

from dataclasses import replace
from functools import cache

from archive.cleaning.cleaned import CleanedPage, clean_page
from archive.cleaning.cleaner import judge
from archive.cleaning.lines import split_lines
from archive.cleaning.markup import parse_markup
from archive.model import Description, Given, JudgedBlock, Page, Report
from archive.pipeline import describe_page
from archive.rules import OutletRules, RuleSet, load_rule_set, read_outlet
from tests.factories import make_page

HEAD = 'key = "samara"\nname = "Samara Gazette"\nabout = "Invented."\nversion = 1\n'
PROSE = "The bridge over the river was opened to carts again on Tuesday, the mayor said."
MORE = "Farmers had waited for two months on the far bank, and some of them slept there."


@cache
def shipped() -> RuleSet:
    """Return the rules shipped with the program."""
    return load_rule_set()


def make_outlet(rules: str, *, head: str = "") -> OutletRules:
    """Return the rules of an invented outlet from the TOML of its rules; every rule gets a reason."""
    return read_outlet("samara.toml", HEAD + head + rules.replace("[[rules]]", '[[rules]]\nwhy = "A test."'))


def judge_text(text: str, outlet: OutletRules) -> list[JudgedBlock]:
    """Return the blocks of a plain-text page as this outlet's rules judge them."""
    return list(judge(split_lines(text), outlet))


def judge_html(html: str, outlet: OutletRules) -> list[JudgedBlock]:
    """Return the blocks of an HTML page as this outlet's rules judge them, selectors and all."""
    selectors = {rule.id: rule.selector for rule in outlet.rules if rule.selector is not None}
    return list(judge(parse_markup(html, selectors).blocks, outlet))


def make_text(text: str, media_type: str) -> Page:
    """Return a page of this text, whatever the text is."""
    page = make_page(text)
    return replace(page, source=replace(page.source, media_type=media_type))


def clean(text: str, *, media_type: str = "text/plain", outlet: str | None = None) -> CleanedPage:
    """Return a page cleaned by the shipped rules."""
    return clean_page(make_text(text, media_type), shipped(), Given(outlet=outlet))


def describe(text: str, *, media_type: str = "text/plain", outlet: str | None = None) -> Description:
    """Return what the shipped rules make of a page."""
    return describe_page(make_text(text, media_type), shipped(), Given(outlet=outlet))


def report_on(text: str, *, media_type: str = "text/plain", outlet: str | None = None) -> Report:
    """Return the report that the shipped rules make of a page."""
    return describe(text, media_type=media_type, outlet=outlet).report


def codes(report: Report) -> list[str]:
    """Return the codes of a report's issues."""
    return [issue.code for issue in report.issues]
