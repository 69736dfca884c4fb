"""A report's own words, as one text that names and dates are sought in: title, text and captions, in page order."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.cleaning.cleaned import CleanedPage
from archive.description.expressions import Matches, seek_dates
from archive.model import BODY_KINDS, JudgedBlock
from archive.wording import Wording, read_words

OWN_KINDS = ("title", *BODY_KINDS, "caption")
BORDER = "\0"  # between two blocks: no page's text holds it, and neither a name nor a date reaches over it


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The blocks, and their texts with a border between each two."""

    blocks: tuple[JudgedBlock, ...]
    wording: Wording


def gather_own_words(cleaned: CleanedPage) -> OwnWords:
    """Return the words that are the report's own."""
    blocks = cleaned.of_kind(*OWN_KINDS)
    return OwnWords(blocks, read_words(BORDER.join([one.block.text for one in blocks])))


def seek_own_dates(own: OwnWords) -> Mapping[str, Matches]:
    """Return for each of these texts what may be dates in it, from whatever day they are read."""
    return seek_dates([one.block.text for one in own.blocks], own.wording)
