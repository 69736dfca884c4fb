"""The headline: as the page prints it, without the site's own name."""

import re

from archive.cleaning.cleaned import CleanedPage
from archive.cleaning.headline import IDENTIFIER, Headline
from archive.model import Title

SEPARATOR = re.compile(r"\s+[|–—»:]{1,2}\s+|\s+-\s+")  # Village Rebuilds | The Example Gazette


def describe_title(cleaned: CleanedPage) -> Title | None:
    """Return the headline block's text or, when the page prints none, what its head states.

    On HTML pages of outlets we do not know, the headline that the page's statements agree on.
    """
    if cleaned.headline is not None:
        return _from_vote(cleaned, cleaned.headline)
    for judged in cleaned.of_kind("title"):
        printed = judged.block.text
        return Title(_without_suffix(cleaned, printed), printed, judged.rule, "printed", judged.block.span)
    return _read_head(cleaned)


def _from_vote(cleaned: CleanedPage, headline: Headline) -> Title:
    value = _without_suffix(cleaned, headline.value)
    return Title(value, headline.printed, headline.rule, headline.basis, headline.span)


def _read_head(cleaned: CleanedPage) -> Title | None:
    markup = cleaned.markup
    if markup is None:
        return None
    identifier = markup.meta("dc.identifier")
    for stated in (markup.meta("og:title", "twitter:title", "dc.title", "headline"), markup.head_title):
        if stated is None or (identifier is not None and stated.value == identifier.value):
            continue
        if IDENTIFIER.match(stated.value):
            continue  # a number is no headline
        value = _without_suffix(cleaned, stated.value)
        if value == stated.value and stated is markup.head_title:
            value = max(SEPARATOR.split(value), key=len)
        return Title(value, stated.value, f"head/{stated.name}", "metadata", stated.span)
    return None


def _without_suffix(cleaned: CleanedPage, printed: str) -> str:
    for suffix in cleaned.rules.title_suffixes:
        shorter = suffix.sub("", printed)
        if shorter and shorter != printed:
            return shorter
    return printed
