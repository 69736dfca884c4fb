"""What a page's own class names, ids and roles call its parts, as bits of a number."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from string import ascii_lowercase

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
ENCODED_PAIRS = {(first.encode(), second.encode()): bits for (first, second), bits in PAIR_BITS.items()}
FIRSTS, SECONDS = (frozenset(words) for words in zip(*PAIR_BITS, strict=True))
OPENING = re.compile(r"\^?([a-z]{1,2})")  # ^comment(?!ary|ator)
WORD = re.compile(r"(?:[^|(]|\([^)]*\))+")  # ^comment(?!ary|ator)
# Words in names that promise an author, a day or a headline; `time` does so only where the word ends.
PROMISE_WORDS = """
    author byline autor auteur verfasser writer columnist journalist contributor reporter credit signature firma
    date datum fecha timestamp publi posted created headline title
"""
PROMISE = re.compile("|".join(PROMISE_WORDS.split()))
TIME = re.compile(r"time\b")
# Whether names promise something is a further bit, below those of the tags (layout.py).
PROMISING = 1 << len(NAMES)
# Of a single word of letters: it ends in `time`; it begins a pair; it ends one. Small numbers are quickest to join.
TIMED, FIRST, SECOND = PROMISING << 1, PROMISING << 2, PROMISING << 3
KINDS = PROMISING - 1
READ = 1 << 29  # of all that was read, above the bits of tags (layout.py): so that none is 0
LETTERS_ONLY = bytes(sign if chr(sign) in ascii_lowercase else ord(" ") for sign in range(256))
BETWEEN_NAMES = "\0"  # which no parser lets through; a name may have line ends
LONGEST = 40
LONGEST_HINTS = 500
MOST_REMEMBERED = 50_000


def _sort_by_opening() -> dict[str, tuple[re.Pattern[str] | None, tuple[str, ...]]]:
    """Return the words by their first two letters, those of promises apart: all of them together are slow to seek."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, words in HINT_WORDS.items():
        for word in words.split("|") if "(" not in words else WORD.findall(words):
            opening = OPENING.match(word)
            if opening is not None:
                found.setdefault(opening[1], {}).setdefault(name, []).append(word)
    promises: dict[str, tuple[str, ...]] = {}
    for word in PROMISE_WORDS.split():
        promises[word[:2]] = (*promises.get(word[:2], ()), word)
    patterns = {
        opening: re.compile("|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in groups.items()))
        for opening, groups in found.items()
    }
    return {opening: (patterns.get(opening), promises.get(opening, ())) for opening in {*patterns, *promises}}


BY_OPENING = _sort_by_opening()


_of_pieces: dict[bytes, int] = {}
_of_hints: dict[str, int] = {}
# Asked for each element of a page while it is parsed, mostly more than once, and again for each of its frames; None
# for what `hint_bits` has to read first. (A dictionary that fills itself would be asked four times as slowly.)
known_bits = _of_hints.get


def hint_bits(hints: str) -> int:
    """Return the bits of every kind of part that an element's attributes name, and PROMISING where they promise."""
    bits = _of_hints.get(hints)
    if bits is None:
        if len(_of_hints) >= MOST_REMEMBERED:
            _of_hints.clear()
        _of_hints[hints] = bits = _read_hints(hints)
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


def _read_hints(hints: str) -> int:
    # Words that follow each other are a pair whether they stand in one name or in two.
    pieces = hints[:LONGEST_HINTS].encode("utf-8", "replace").translate(LETTERS_ONLY).split()
    read = 0
    for piece in pieces:
        bits = _of_pieces.get(piece)
        read |= _piece_bits(piece) if bits is None else bits
    bits = read & (KINDS | PROMISING) | READ
    if read & FIRST and read & SECOND:
        for pair in pairwise(pieces):
            bits |= ENCODED_PAIRS.get(pair, 0)
    if len(hints) > LONGEST_HINTS:
        promised = PROMISE.search(hints) is not None or TIME.search(hints) is not None
        return bits & ~PROMISING | promised * PROMISING
    return bits | PROMISING if read & TIMED and TIME.search(hints) is not None else bits


def _piece_bits(encoded: bytes) -> int:
    """Return the bits of one word of letters; many pages share them."""
    piece = encoded.decode("ascii")
    bits = (TIMED if piece.endswith("time") else 0) | (piece in FIRSTS) * FIRST | (piece in SECONDS) * SECOND
    place, named = 0, len(piece) <= LONGEST
    for start in range(max(len(piece) - 1, 1)):
        known = BY_OPENING.get(piece[start : start + 2])
        if known is None:
            continue
        pattern, promises = known
        if named and start >= place and pattern is not None:
            found = pattern.match(piece, start)
            if found is not None:
                bits |= BIT[found.lastgroup or ""]
                place = found.end()
        if promises and piece.startswith(promises, start):
            bits |= PROMISING
    if len(_of_pieces) >= MOST_REMEMBERED:
        _of_pieces.clear()
    _of_pieces[encoded] = bits
    return bits
