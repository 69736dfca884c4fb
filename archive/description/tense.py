"""Words by which a sentence tells of what is to come, of what is past, or of a page's own revision."""

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.wording import Remembered

BLANKS = r"\s+"
SHORTEST_ENDED = 4  # letters of a word that an ending tells
REMEMBERED = 20_000  # words


class Cue:
    """Words, beginnings of words, an ending, and pairs of words of which one is enough."""

    def __init__(
        self,
        words: str,
        begins: tuple[str, ...] = (),
        pairs: tuple[tuple[str, str], ...] = (),
        ends: str = "",
    ) -> None:
        own = frozenset(words.split())
        self._pairs = frozenset(pairs)
        self._joined = re.compile(rf"\b(?:{'|'.join(map(BLANKS.join, pairs))})\b", re.IGNORECASE)

        def tell(word: str) -> bool:
            ended = ends != "" and word.endswith(ends) and len(word) >= SHORTEST_ENDED
            return word in own or word.startswith(begins) or ended

        self._told = Remembered(tell, REMEMBERED)

    def stands_in(self, text: str, words: Sequence[str]) -> bool:
        """Tell whether the cue stands in a text; `words` are the text's, in small letters and in order."""
        if any(map(self._told.__getitem__, words)):
            return True
        return not self._pairs.isdisjoint(pairwise(words)) and self._joined.search(text) is not None


FUTURE = Cue(
    "will would shall may might could can next coming scheduled due until till deadline upcoming future forecast expire"
    " expires end ends start starts valid",
    ("expect", "plan"),
    (("from", "now"), ("is", "to"), ("are", "to"), ("set", "to"), ("to", "be")),
)
PAST = Cue("was were had did said told took began broke fell held left met made came went won lost shot led", ends="ed")
# The page was touched again on that day, whenever it first appeared; or the day is only a limit.
REVISION = Cue(
    "verified copyright", ("updat", "revis", "review", "access", "retriev", "edit", "correct"), (("as", "of"),)
)
