"""What a page's structured data says about the article itself, and where in the original it says so."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archive.cleaning.markup import Markup
from archive.model import Span

ARTICLES = ("Article", "Posting", "Report", "NewsItem", "CreativeWork", "Review", "Recipe", "HowTo", "Guide", "Story")
NO_ARTICLES = ("ClaimReview",)
UNTYPED = "Article"  # what says nothing of itself speaks of the page it stands in
PAGES = ("WebPage", "ItemPage", "VideoObject")
NEAR = 12  # code points between a key and its value


def article_objects(markup: Markup) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON-LD objects that describe an article, then those that describe the page, each in page order."""
    for kinds in (ARTICLES, PAGES):
        for item in markup.json_ld:
            types = str(item.get("@type") or UNTYPED)
            if any(kind in types for kind in kinds) and not any(kind in types for kind in NO_ARTICLES):
                yield item


def find_json_value(original: str, key: str, value: str) -> Span | None:
    """Return where a JSON member's text stands in the original, as it reads or with its escapes; None when nowhere."""
    for form in dict.fromkeys((value, json.dumps(value)[1:-1], value.replace("/", "\\/"))):
        quoted = f'"{form}"'
        start = original.find(quoted)
        while start >= 0:
            if original.rfind(f'"{key}"', max(0, start - len(key) - NEAR), start) >= 0:
                return Span(start + 1, start + 1 + len(form))
            start = original.find(quoted, start + 1)
    return None
