"""What a page's own class names, ids and roles call its parts, as bits of a number."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

# Kind of part → the words that name it in class, id, role and test-id attributes, in the languages met so far. They
# are looked for in each word of letters by itself: `sidebar--wide2` has `sidebar` and `wide`.
HINT_WORDS: dict[str, str] = {
    "comment": r"^comment(?!ary|ator)|comments$|disqus|^respond$|replies|discussion|kommentar|livefyre|hyvor",
    "share": r"sharing|^share|social|addtoany|addthis|facebook|twitter|whatsapp|teilen|compart|partag|^follow",
    "related": r"relat|recommend|teaser|trending|popular|outbrain|taboola|readmore|recirc|weitere|^mehr$|^next$|^prev"
    r"|latest|recent|similar|carousel|suggest",
    "newsletter": r"newsletter|subscri|signup|mailing|paywall|regwall|premium|membership|donat|^abo|piano|optin"
    r"|mailchimp",
    "navigation": r"^nav|navi|menu|breadcrumb|pagina|pager|topbar|toolbar|^skip|search|^toc$|^jump|masthead",
    "footer": r"foot|copyright|colophon|legal|bottom",
    "sidebar": r"sidebar|widget|^rail|rail$|aside|complementary|secondary|sticky",
    "advert": r"advert|^ads?$|adslot|sponsor|promo|banner|^dfp|^gpt|commercial|anzeige|werbung|affiliate|^cta$",
    "meta": r"meta|byline|author|^date|date$|time|publish|posted|credit|source|dateline|reading|^autor|^bio$|avatar"
    r"|contributor",
    "tags": r"^tags?$|taglist|keyword|topic|categor|kicker|label|rubri|eyebrow|taxonom",
    "caption": r"caption|cutline|legend|bildunter|figcap",
    "figure": r"figure|image|photo|picture|media|galler|slide|video|player|embed|thumb|lightbox|audio|podcast",
    "consent": r"cookie|consent|gdpr|onetrust|cmplz|optanon|didomi|usercentrics",
    "hidden": r"hidden|^hide|visually|invisible|collaps|modal|popup|overlay|tooltip|dialog",
    "body": r"articlebody|articletext|articlecontent|entrycontent|postcontent|postbody|storybody|storytext|richtext"
    r"|bodytext|maintext|prose|artikel",
    "text": r"text|paragraph|^p$|copy|wysiwyg|content|article|story|^post$|entry|^main$|editor",
    "summary": r"summary|standfirst|^lead|lede|intro|^dek$|^deck$|subtitle|subhead|excerpt|abstract|description|chapo"
    r"|vorspann|^strap|highlights|takeaway",
    "title": r"title|headline|heading",
    "box": r"^box|box$|card|^info|fact|callout|product|rating|review|price|^buy|^shop|deal|table|score|^faq|accordion"
    r"|^quiz|poll|recipe|form$|field",
}
# Two words in a row that mean more than each: post-content, side-bar, read_more.
PAIRS: dict[str, str] = {
    "body": "article body|article text|article content|article main|entry content|post content|post body|post text"
    "|post entry|story body|story text|story content|content body|body text|body copy|body content|rich text|main text"
    "|single content|page content",
    "related": "more stories|more news|more from|more on|more articles|more posts|most read|most viewed|read more"
    "|read next|read also|see also|you may|up next",
    "newsletter": "sign up|mail chimp|reg wall|pay wall",
    "sidebar": "side bar|column right|right column",
    "hidden": "sr only|screen reader|print only|pop up",
    "navigation": "table of|site header|top bar",
    "summary": "key points|sub head|sub title|sub heading",
    "tags": "section name|tag list",
    "share": "social media|share bar",
    "advert": "ad slot|ad unit|ad container|ad wrapper",
}
NAMES = tuple(HINT_WORDS)
BIT = {name: 1 << number for number, name in enumerate(NAMES)}
PAIR_BITS = {tuple(pair.split()): BIT[name] for name, pairs in PAIRS.items() for pair in pairs.split("|")}
PAIRED = frozenset(second for _, second in PAIR_BITS)
OPENING = re.compile(r"\^?([a-z]{1,2})")  # ^comment(?!ary|ator)
# Words in names that promise an author, a day or a headline; `time` does so only where the word ends.
PROMISE_WORDS = """
    author byline autor auteur verfasser writer columnist journalist contributor reporter credit signature firma
    date datum fecha timestamp publi posted created headline title
"""
PROMISE = re.compile("|".join(PROMISE_WORDS.split()))
TIME = re.compile(r"time\b")
# Further bits, above those of the kinds and of the tags (layout.py).
PROMISING, TIMED = 1 << 32, 1 << 33
PIECE = re.compile(r"[a-z]+")
BETWEEN_NAMES = "\0"  # which no parser lets through; a name may have line ends
LONGEST = 40
LONGEST_HINTS = 500
MOST_REMEMBERED = 50_000


def _sort_by_opening() -> dict[str, re.Pattern[str]]:
    """Return the words by their first two letters, in their order: all of them together are slow to look for."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, words in HINT_WORDS.items():
        for word in words.split("|") if "(" not in words else WORD.findall(words):
            opening = OPENING.match(word)
            if opening is not None:
                found.setdefault(opening[1], {}).setdefault(name, []).append(word)
    return {
        opening: re.compile("|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in groups.items()))
        for opening, groups in found.items()
    }


WORD = re.compile(r"(?:[^|(]|\([^)]*\))+")  # ^comment(?!ary|ator)
HINTS_BY_OPENING = _sort_by_opening()
PROMISES_BY_OPENING = {
    word[:2]: tuple(other for other in PROMISE_WORDS.split() if other[:2] == word[:2]) for word in PROMISE_WORDS.split()
}
_of_hints: dict[str, int] = {}
_of_names: dict[str, tuple[int, str, str]] = {}
_of_pieces: dict[str, int] = {}


def hint_bits(hints: str) -> int:
    """Return the bits of every kind of part that a frame's attributes name."""
    bits = _of_hints.get(hints)
    if bits is None:
        bits, before = 0, ""
        for name in hints[:LONGEST_HINTS].split():
            own, first, last = _of_names.get(name) or _read_name(name)
            bits |= own
            if first in PAIRED:
                bits |= PAIR_BITS.get((before, first), 0)
            before = last or before
        if len(_of_hints) >= MOST_REMEMBERED:
            _of_hints.clear()
        _of_hints[hints] = bits
    return bits


def read_hints(names: Sequence[str]) -> list[int]:
    """Return the bits of each frame of a page; most have been met while it was parsed."""
    try:
        return list(map(_of_hints.__getitem__, names))
    except KeyError:
        return list(map(hint_bits, names))


def pick_names(names: Collection[str], words: Iterable[str]) -> set[str]:
    """Return those of a page's names that hold one of these words: mostly few, so all are looked through at once."""
    joined = BETWEEN_NAMES.join(names)
    found: set[str] = set()
    for word in words:
        place = joined.find(word)
        while place >= 0:
            end = joined.find(BETWEEN_NAMES, place)
            end = end if end >= 0 else len(joined)
            found.add(joined[joined.rfind(BETWEEN_NAMES, 0, place) + 1 : end])
            place = joined.find(word, end)
    return found


def _read_name(name: str) -> tuple[int, str, str]:
    """Return the bits of one class name or id, its first and its last word of letters; many pages share them."""
    pieces = PIECE.findall(name)
    bits = 0
    for piece in pieces:
        known = _of_pieces.get(piece)
        bits |= _piece_bits(piece) if known is None else known
    for pair in pairwise(pieces):
        bits |= PAIR_BITS.get(pair, 0)
    if len(_of_names) >= MOST_REMEMBERED:
        _of_names.clear()
    _of_names[name] = read = (bits, pieces[0], pieces[-1]) if pieces else (0, "", "")
    return read


class _Promises(dict[str, bool]):
    """Whether names promise an author, a day or a headline: asked for each element of a page, mostly once more."""

    def __missing__(self, hints: str) -> bool:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[hints] = promised = _promise(hints)
        return promised


PROMISES = _Promises()


def _promise(hints: str) -> bool:
    if len(hints) > LONGEST_HINTS:
        return PROMISE.search(hints) is not None or TIME.search(hints) is not None
    bits = hint_bits(hints)
    return bits & PROMISING != 0 or (bits & TIMED != 0 and TIME.search(hints) is not None)


def _piece_bits(piece: str) -> int:
    bits = TIMED if piece.endswith("time") else 0
    place, named = 0, len(piece) <= LONGEST
    for start in range(max(len(piece) - 1, 1)):
        opening = piece[start : start + 2]
        if named and start >= place and opening in HINTS_BY_OPENING:
            found = HINTS_BY_OPENING[opening].match(piece, start)
            if found is not None:
                bits |= BIT[found.lastgroup or ""]
                place = found.end()
        if opening in PROMISES_BY_OPENING and piece.startswith(PROMISES_BY_OPENING[opening], start):
            bits |= PROMISING
    if len(_of_pieces) >= MOST_REMEMBERED:
        _of_pieces.clear()
    _of_pieces[piece] = bits
    return bits
