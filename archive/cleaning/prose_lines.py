"""The lines of a plain-text page in numbers: how long, how they end, what they announce, where the prose stands."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter

from archive.model import Block
from archive.openings import index_openings

# A list's mark before the words: • Tags   3. The river
BULLET = re.compile(r"(?:[•●▪◦‣·*+–—-]|\d{1,2}[.)])\s+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")  # scripts without spaces between words
CJK_PER_WORD = 1.7
ENDS = frozenset(".!?。！？؟۔।")
CLOSING = "\"'”’)]»›」』"
CUT = ("…", "...", "[…]", "[...]")  # how a teaser breaks off

SENTENCE_WORDS = 8
PARAGRAPH_WORDS = 15
MOST_WORDS = 120  # what a line can be worth, so that one endless paragraph is not the page
SHORT_LABEL = 3
LABEL_WORDS = 14  # longer lines announce nothing
INTERFACE_WORDS = 40
BARE_SHARE = 0.9
BARE_AROUND = 8  # lines above and below the prose: headline, byline, date; a signature

# What a short line announces: in lower case, from its first letter. The first that fits decides.
COMMENTS, LEGAL, RELATED, SHARING, ABOUT = 1, 2, 3, 4, 5
ANNOUNCEMENT = re.compile(
    r"\W*(?:"
    # 12 Comments   Leave a reply   Join the conversation
    r"(?P<comments>(?:(?:no|one|view|show|see|all|add|post|leave|write|your|join|reader)\b\s*)?(?:\d[\d,.]*\s*)?"
    r"(?:(?:a|your|the|all) )?(?:comments?|reply|replies|responses?|conversation|discussion|kommentare?|commentaires?"
    r"|comentarios?|comentários?|reacties|komentar|commenti)\b.{0,60}$)"
    # Copyright   Terms of use
    r"|(?P<legal>copyright\b|terms\b|privacy\b|impressum\b|datenschutz\b)"
    # Related articles   More from Basra   You may also like
    r"|(?P<related>(?:related|read (?:more|next|also)|more (?:from|in|on|stories|news)|you (?:may|might)"
    r"|most (?:read|popular|viewed|recent|commented)|recommended|latest|recent|trending|popular|also (?:read|in|on)"
    r"|editor.?s.? picks?|up next|next (?:article|post|story)|previous|sponsored|promoted"
    r"|from (?:the|our) (?:web|partners)|around the web|what to read|don.?t miss|see also|in case you|top stories"
    r"|headlines|mehr zum|auch interessant|meistgelesen|weitere"
    r"|lesen sie|à lire|lire aussi|leer m[aá]s|te puede|baca juga|leia|leggi anche)\b.{0,60}$)"
    # Share this   Subscribe to our newsletter
    r"|(?P<sharing>(?:share|tweet|follow|sign up|subscribe|newsletter|get the|get our|teilen|partager|compartir|bagikan"
    r"|condividi)\b.{0,60}$)"
    # Tags: Iraq   Filed under   First published on
    r"|(?P<about>(?:tags?|topics?|filed under|categor(?:y|ies)|about the author|author|contact|first published"
    r"|published|updated|posted|last (?:updated|modified)|written by|schlagw|themen|source)\b.{0,80}$)"
    r")"
)
ANNOUNCED = index_openings((ANNOUNCEMENT.pattern.replace(r"\W*", "^", 1),))
GROUPS = {"comments": COMMENTS, "legal": LEGAL, "related": RELATED, "sharing": SHARING, "about": ABOUT}
SPOKEN = ("says:", "said:", "writes:", "schreibt:")  # Abu Ali says:
COMMENT_TIME = re.compile(r"\bat \d{1,2}:\d\d ?[ap]\.?m\.?$")  # 3 November 2016 at 6:58 pm
# Words of a site's own interface, in sentences that else read like prose.
INTERFACE = re.compile(
    r"\b(?:comments?|reply|replies|subscribe|subscription|newsletter|sign up|sign in|log ?in|register(?:ed)?|account"
    r"|password|all rights reserved|privacy|cookies?|terms of|disclaimer|related|read more|you may also|see also"
    r"|recommended|sponsored|advert\w*|promoted|continue reading|learn more|click here)\b|©"
)
# One of these stands in all that INTERFACE meets.
INTERFACE_PARTS = (
    "comment", "repl", "subscri", "newsletter", "sign ", "log", "regist", "account", "password", "rights", "privacy",
    "cookie", "terms of", "disclaim", "related", "read more", "may also", "see also", "recommend", "sponsor", "advert",
    "promot", "continue r", "learn more", "click here", "©",
)  # fmt: skip
# What crossing such a line costs the stretch of prose that runs over it.
COST = {0: 0.0, COMMENTS: 25.0, LEGAL: 25.0, RELATED: 12.0, SHARING: 4.0, ABOUT: 4.0}


FIRST_SIGN = itemgetter(0)


class Lines:
    """One page's lines in numbers; the lists run parallel to its blocks.

    `first` and `last` bound the stretch that holds the most prose, `share` is its part of all prose on the page and
    `rival` that of the heaviest stretch outside it; `last` is below `first` when there is no prose.
    """

    __slots__ = (
        "announces", "bullet", "count", "cut", "ends", "first", "last", "mass", "page", "parts", "rival", "seen",
        "share", "texts", "total", "value", "words",
    )  # fmt: skip

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.count = len(blocks)
        texts = [block.text for block in blocks]
        self.page = "\n".join(texts).lower()
        marks = [None if text[0].isalpha() else BULLET.match(text) for text in texts]
        self.bullet = [mark is not None for mark in marks]
        self.texts = [text if mark is None else text[mark.end() :] for text, mark in zip(texts, marks, strict=True)]
        self.parts = list(map(str.split, self.texts))
        self.words = [
            many if many * 12 >= len(text) else count_words(text, many)
            for text, many in zip(self.texts, map(len, self.parts), strict=True)
        ]
        cut = any(map(self.page.__contains__, CUT))
        self.cut = [text.endswith(CUT) for text in self.texts] if cut else [False] * self.count
        self.ends = [
            text[-1:] in ENDS or (text[-1:] in CLOSING and text.rstrip(CLOSING)[-1:] in ENDS) for text in self.texts
        ]
        self.seen = Counter(self.texts)
        lowers = [
            text.lower() if words <= LABEL_WORDS else "" for text, words in zip(self.texts, self.words, strict=True)
        ]
        self.announces = list(map(_announce, lowers, ANNOUNCED.tell_all(lowers)))
        self.value = self._weigh()
        self.total = sum([value for value in self.value if value > 0]) or 1.0
        crossed = [value - COST[kind] for value, kind in zip(self.value, self.announces, strict=True)]
        self.mass, self.first, self.last = heaviest(crossed)
        self.share = self.mass / self.total
        outside = max(heaviest(crossed[: self.first])[0], heaviest(crossed[self.last + 1 :])[0])
        self.rival = outside / (self.mass + 1)

    def is_inside(self, number: int) -> bool:
        """Tell whether a line stands in the heaviest stretch of prose."""
        return self.first <= number <= self.last

    def is_bare(self) -> bool:
        """Tell whether the page is an article and next to nothing else: its prose in one piece, few lines around it."""
        around = self.first + self.count - 1 - self.last
        loud = sum(kind in {COMMENTS, LEGAL, RELATED, SHARING} for kind in self.announces)
        return self.share >= BARE_SHARE and around <= BARE_AROUND and loud <= 1

    def _weigh(self) -> list[float]:
        """Return what each line is worth: prose above zero, all else below."""
        values: list[float] = []
        of_lines = zip(self.texts, self.words, self.ends, self.cut, self.bullet, strict=True)
        for text, words, ends, cut, bullet in of_lines:
            if words >= SENTENCE_WORDS and ends and not cut:
                value = float(min(words, MOST_WORDS))
            elif words >= PARAGRAPH_WORDS:
                value = 0.4 * min(words, MOST_WORDS)
            else:
                value = -(1.5 + 0.05 * words) if words > SHORT_LABEL else -1.5
                values.append(value * 1.3 if bullet else value)
                continue
            if bullet:
                value *= 0.4
            if self.seen[text] > 1:
                value *= 0.5
            interface = words <= INTERFACE_WORDS and speaks_of_interface(text)
            values.append(value * 0.4 if interface else value)
        return values


def speaks_of_interface(text: str) -> bool:
    """Tell whether a sentence holds words of a site's own interface."""
    lower = text.lower()
    return any(map(lower.__contains__, INTERFACE_PARTS)) and INTERFACE.search(lower) is not None


def announcement(lower: str) -> int:
    """Return what a short line in lower case announces: COMMENTS, LEGAL, RELATED, SHARING, ABOUT, or 0."""
    return _announce(lower, ANNOUNCED.tell(lower))


def _announce(lower: str, likely: Sequence[int]) -> int:
    if not lower:
        return 0
    # Only what begins with a sign has to be tried without a look at its first letters.
    found = ANNOUNCEMENT.match(lower) if likely or not lower[0].isalnum() else None
    if found is not None:
        return GROUPS[str(found.lastgroup)]
    if "m" in lower[-2:] and COMMENT_TIME.search(lower) is not None:
        return COMMENTS
    if lower.endswith(SPOKEN) or "required fields" in lower or "address will not" in lower:
        return COMMENTS
    return LEGAL if "©" in lower or "all rights reserved" in lower else 0


def count_capitals(parts: Sequence[str]) -> int:
    """Return how many words begin with a capital."""
    return sum(map(str.isupper, map(FIRST_SIGN, parts)))


def count_words(text: str, parts: int) -> int:
    """Return how many words a line has; scripts without spaces are counted by their characters."""
    if parts * 12 < len(text) and not text.isascii():
        return max(parts, int(len(CJK.findall(text)) / CJK_PER_WORD))
    return parts


def heaviest(values: Sequence[float]) -> tuple[float, int, int]:
    """Return the stretch with the largest sum: its sum, first and last place; (0, 0, -1) when none is above zero."""
    best, first, last = 0.0, 0, -1
    running, start = 0.0, 0
    for number, value in enumerate(values):
        if running <= 0:
            running, start = 0.0, number
        running += value
        if running > best:
            best, first, last = running, start, number
    return best, first, last


def sums(values: Sequence[float]) -> list[float]:
    """Return the sums of the first 0, 1, 2 … values."""
    return list(accumulate(values, initial=0.0))
