"""Words by which a sentence tells of what is to come, of what is past, or of a page's own revision."""

import re
from collections.abc import Sequence

BLANKS = r"\s+"
SHORTEST_ENDED = 4  # letters of a word that an ending tells


class Cue:
    """Words, beginnings of words, an ending, and pairs of words of which one is enough."""

    def __init__(
        self,
        words: str,
        begins: tuple[str, ...] = (),
        pairs: tuple[tuple[str, str], ...] = (),
        ends: str = "",
    ) -> None:
        # All but whole words are looked for in the words joined by blanks.
        self._words = frozenset(words.split())
        self._begins = tuple(f" {begin}" for begin in begins)
        self._pairs = tuple(f" {' '.join(pair)} " for pair in pairs)
        self._ends = f"{ends} " if ends else ""
        self._joined = re.compile(rf"\b(?:{'|'.join(map(BLANKS.join, pairs))})\b", re.IGNORECASE)

    def stands_in(self, text: str, words: Sequence[str]) -> bool:
        """Tell whether the cue stands in a text; `words` are the text's, in small letters and in order."""
        if not self._words.isdisjoint(words):
            return True
        joined = f" {' '.join(words)} "
        if any(map(joined.__contains__, self._begins)):
            return True
        if self._ends and self._ends in joined and any(map(self._is_ended, words)):
            return True
        return (
            bool(self._pairs) and any(map(joined.__contains__, self._pairs)) and self._joined.search(text) is not None
        )

    def _is_ended(self, word: str) -> bool:
        return len(word) >= SHORTEST_ENDED and f"{word} ".endswith(self._ends)


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
