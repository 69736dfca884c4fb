"""The dates a report mentions, in title, text and captions: a field of their own, never the publication date."""

from collections.abc import Iterator, Mapping

from archive.description.dateline import FoundDateline
from archive.description.expressions import Matches, read_dates
from archive.description.own_words import OwnWords
from archive.model import Date, DateMentioned


def describe_dates_mentioned(
    own: OwnWords, sought: Mapping[str, Matches], dateline: FoundDateline | None, published: Date
) -> tuple[DateMentioned, ...]:
    """Return each date expression of the report's own words in page order, read from the day of writing.

    The dateline's own day and a caption printed twice are not mentions.
    """
    return tuple(_mentions(own, sought, dateline, published)) if sought else ()


def _mentions(
    own: OwnWords, sought: Mapping[str, Matches], dateline: FoundDateline | None, published: Date
) -> Iterator[DateMentioned]:
    captions: set[str] = set()
    anchor = _anchor(dateline, published)
    for judged in own.blocks:
        text = judged.block.text
        if text not in sought or text in captions:
            continue
        if judged.kind == "caption":
            captions.add(text)
        opening = len(dateline.dateline.value) if dateline is not None and dateline.judged is judged else 0
        for found in read_dates(text, sought[text], anchor):
            if found.start >= opening:
                span = judged.block.locate(found.start, found.end)
                yield DateMentioned(found.text, found.edtf, found.earliest, found.latest, span)


def _anchor(dateline: FoundDateline | None, published: Date) -> Date:
    """Return the day the text was written from: that of publication, or the dateline's when there is not one day."""
    if dateline is None or dateline.day is None or (published.earliest and published.earliest == published.latest):
        return published
    day = dateline.day.isoformat()
    return Date(day, day, day, "stated")
