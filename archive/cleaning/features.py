"""What the model is told of a block: a hundred numbers on its text, its place in the page and its neighbours."""

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.cleaning.hints import BIT, NAMES
from archive.cleaning.layout import TAG_BIT, TAG_NAMES, Layout
from archive.cleaning.markup import Markup

TAG_ORDER = """
    p blockquote pre h2 h3 h4 h5 h6 h1 li dd dt tr td th figcaption caption div section article main body details
    summary center header address fieldset form label legend ul ol dl table tbody thead tfoot figure aside nav footer
    menu dialog hr html noscript button option select textarea
"""
TAG_CODE = dict(zip(TAG_ORDER.split(), range(100), strict=False))
SHORT = 45  # words; longer blocks are not looked through for the words of menus and buttons
FAR = 50
START = 120  # code points that are looked at for figures and capitals
TITLE_LENGTH = 12  # what is shorter than this may be in a title by chance
ABOUT_LENGTH = 40
GOOD = 5.0  # words of prose that make a block good
CAPITAL = re.compile(r"[A-ZÀ-ÞА-ЯΑ-Ω]")
SENTENCE_BREAKS = (". ", "! ", "? ", ".”", '."', "。")
DIGITS = "0123456789"
# What the words of a short block may speak of; two words joined by _ must follow each other.
PHRASES: dict[str, str] = {
    "more": "read_more continue_reading learn_more click_here see_also view_all show_more full_story read_next related"
    " more mehr weiterlesen leer_más lire_aussi lire_la",
    "share": "share tweet facebook twitter linkedin whatsapp instagram email e_mail print follow_us pinterest teilen",
    "comment": "comment comments reply log_in sign_in register kommentar kommentare login",
    "subscribe": "subscribe subscription newsletter newsletters sign_up inbox abonnieren abo free_trial membership"
    " unsubscribe delivered subscribers",
    "legal": "copyright all_rights privacy terms_of cookie cookies disclosure affiliate commission trademark"
    " disclaimer",
    "advert": "advertisement advertising sponsor sponsored promoted anzeige buy_now shop_now check_price add_to price",
    "credit": "photo photos image images getty credit courtesy reuters afp bild foto fotos shutterstock source via"
    " quelle",
    "byline": "by von par por written_by posted_by posted_on posted_in updated published min_read minute_read"
    " minutes_read staff_writer ago reporting_by editing_by contributed",
    "bio": "writer reporter editor author journalist founder correspondent contributor professor director freelance"
    " contact_us contact_me follow_her follow_him follow_me view_bio view_profile about_the the_author columnist",
    "address": "http https www click download",
}
OPENING_WORDS = """
    about source tag tags filed topic topics related advertisement see watch read more contents table also by share
    comments photo image updated published from von mehr
"""
OPENINGS = frozenset(OPENING_WORDS.split())
WORD_BITS: dict[str, int] = {}
PAIR_BITS: dict[tuple[str, str], int] = {}
for _number, _phrases in enumerate(PHRASES.values()):
    for _phrase in _phrases.split():
        _first, _, _second = _phrase.partition("_")
        if _second:
            PAIR_BITS[_first, _second] = PAIR_BITS.get((_first, _second), 0) | 1 << _number
        else:
            WORD_BITS[_first] = WORD_BITS.get(_first, 0) | 1 << _number
PAIRED = frozenset(first for first, _ in PAIR_BITS)
PHRASE_BITS = tuple(1 << number for number in range(len(PHRASES)))
LATIN_WORD = re.compile(r"[a-zà-ÿ]+")
TIME = re.compile(r"\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b")  # 10:30, 2016
INHERITED = ("comment", "related", "sidebar", "newsletter")
HINT_BITS = tuple(BIT[name] for name in NAMES)
INHERITED_BITS = tuple(BIT[name] for name in INHERITED)
TAG_BITS = tuple(TAG_BIT[name] for name in TAG_NAMES)

TEXT_FEATURES = (
    "words", "word_length", "density", "links", "emphasis", "ends", "ends_colon", "initial", "sentences", "clauses",
    "digits", "capitals", "repeated", "is_title", "in_stated_title", "is_description", "value", "cookies",
)  # fmt: skip
PLACE_FEATURES = (
    "tag", "parent_tag", "grandparent_tag", "heading", "outside", "up", "depth",
    "in_container", "in_heaviest", "in_anchored", "in_widest", "in_nearest",
    "own_share", "parent_share", "grandparent_share", "own_blocks", "parent_blocks", "parent_density",
    "grandparent_density", "parent_words", "siblings", "own_words", "class_share", "place_share", "class_words",
    "class_count",
)  # fmt: skip
ORDER_FEATURES = (
    "mass_before", "mass_after", "since_good", "until_good", "after_first", "before_last", "from_title", "place",
    "headings_since", "articles_since", "mass_from_title", "nearest_share", "word_share",
)  # fmt: skip
AROUND = ("value_around", "words_around", "density_around")
NEIGHBOURS = tuple(
    f"{name}_{place}"
    for place in ("before", "before_2", "after", "after_2")
    for name in ("words", "density", "value", "heading", *(() if place.endswith("2") else ("sibling", "same_class")))
)
FEATURES = (
    *TEXT_FEATURES, *PLACE_FEATURES, *ORDER_FEATURES, *AROUND, *NEIGHBOURS,
    *(f"says_{name}" for name in PHRASES), "says_time", "says_sign", "opening", *(f"hint_{name}" for name in NAMES),
    *(f"inherits_{name}" for name in INHERITED), *(f"below_{name}" for name in TAG_NAMES),
)  # fmt: skip


def describe_blocks(markup: Markup, layout: Layout, numbers: Iterable[int]) -> Iterator[list[float]]:
    """Yield for each of these blocks its numbers in the order of FEATURES."""
    page = _Page(markup, layout)
    for number in numbers:
        row = page.text_features(number)
        row += page.place_features(number)
        row += page.order_features(number)
        row += page.neighbour_features(number)
        row += page.named_features(number)
        yield row


class _Page:
    """What the blocks of one page have in common, worked out once."""

    def __init__(self, markup: Markup, layout: Layout) -> None:
        self.markup, self.layout = markup, layout
        self.codes = [TAG_CODE.get(tag, len(TAG_CODE)) for tag in layout.tag]
        self.lower = [block.text.lower() for block in markup.blocks]
        self.title = self.lower[layout.title] if layout.title >= 0 else ""
        stated = markup.meta("og:title", "twitter:title") or markup.head_title
        self.stated = stated.value.lower() if stated is not None else ""
        about = markup.meta("og:description", "description", "twitter:description")
        self.about = about.value.lower()[:ABOUT_LENGTH] if about is not None else ""
        self.since, self.until = _distances(layout)
        good = [number for number in range(layout.count) if layout.value[number] > 0 and self._is_inside(number)]
        self.first, self.last = (good[0], good[-1]) if good else (0, layout.count - 1)
        self.headings, self.articles = _count_starts(layout)
        self.ranges = [
            (frame, layout.subtree[frame])
            for frame in (layout.container, layout.heaviest, layout.anchored, layout.widest, layout.nearest)
            if layout.parent
        ]
        self.inner_words = max(self._sum(layout.sum_words, layout.container), 1)
        self._sum_alike()
        self.around: dict[int, tuple[float, ...]] = {}
        self.named: dict[tuple[int, int], list[float]] = {}

    def _is_inside(self, number: int) -> bool:
        return self.layout.outside[self.layout.frame_of[number]] == 0

    def _sum(self, sums: list[int], frame: int) -> int:
        layout = self.layout
        return sums[layout.last[frame]] - sums[layout.first[frame]] if layout.parent else 0

    def _sum_alike(self) -> None:
        layout = self.layout
        self.alike: dict[tuple[str, str], list[float]] = {}
        self.beside: dict[tuple[int, str], float] = {}
        for number, frame in enumerate(layout.frame_of):
            names, mass = layout.names[frame], max(layout.value[number], 0.0)
            entry = self.alike.setdefault(names, [0.0, 0.0, 0.0])
            entry[0] += layout.words[number]
            entry[1] += 1
            entry[2] += mass
            place = (layout.parent[frame], names[0])
            self.beside[place] = self.beside.get(place, 0.0) + mass

    def text_features(self, number: int) -> list[float]:
        layout, block = self.layout, self.markup.blocks[number]
        text, lower, words, length = block.text, self.lower[number], layout.words[number], len(block.text)
        weight, initial, start = self.markup.weights[number], block.text[0], block.text[:START]
        return [
            words, length / words, layout.density[number], weight.links, weight.emphasis / length,
            layout.ends[number], text[-1] == ":",
            2 if initial.isupper() else 1 if initial.islower() else 3 if initial.isdigit() else 0,
            sum(map(text.count, SENTENCE_BREAKS)), (text.count(",") + text.count(";")) / words,
            sum(map(start.count, DIGITS)) / len(start), len(CAPITAL.findall(start)) / len(start),
            layout.repeated[number], number == layout.title or lower == self.title,
            length >= TITLE_LENGTH and lower in self.stated, self.about != "" and lower.startswith(self.about),
            layout.value[number], lower.count("cookie"),
        ]  # fmt: skip

    def place_features(self, number: int) -> list[float]:
        layout = self.layout
        frame = layout.frame_of[number]
        parent = max(layout.parent[frame], 0)
        names, tag = layout.names[frame], layout.tag[frame]
        own = layout.last[frame] - layout.first[frame]
        share, grand_share, around, density, grand_density, words = self.around.get(parent) or self._describe(parent)
        alike = self.alike[names]
        row: list[float] = [
            self.codes[frame], self.codes[parent], self.codes[max(layout.parent[parent], 0)], layout.heading[number],
            layout.outside[frame], layout.up[frame], layout.depth[frame],
        ]  # fmt: skip
        row += [start <= frame < end for start, end in self.ranges]
        row += (
            layout.mass_of(frame) / layout.total, share, grand_share, own, around, density, grand_density, words,
            around / own, self._sum(layout.sum_words, frame), alike[2] / layout.total,
            self.beside[layout.parent[frame], tag] / layout.total, alike[0] / alike[1], alike[1],
        )  # fmt: skip
        return row

    def _describe(self, frame: int) -> tuple[float, ...]:
        """Return what the blocks right inside a frame have in common, and keep it for the next of them."""
        layout = self.layout
        outer = max(layout.parent[frame], 0)
        self.around[frame] = around = (
            layout.mass_of(frame) / layout.total, layout.mass_of(outer) / layout.total,
            layout.last[frame] - layout.first[frame], self._density(frame), self._density(outer),
            self._sum(layout.sum_words, frame),
        )  # fmt: skip
        return around

    def _density(self, frame: int) -> float:
        return self._sum(self.layout.sum_links, frame) / max(self._sum(self.layout.sum_chars, frame), 1)

    def order_features(self, number: int) -> list[float]:
        layout, title = self.layout, self.layout.title
        mass, total = layout.mass, layout.total
        start = max(title, 0)
        return [
            mass[number] / total, 1 - mass[number + 1] / total, self.since[number], self.until[number],
            number - self.first, self.last - number,
            max(-FAR, min(number - title, 6 * FAR)) if title >= 0 else -FAR - 10, number / layout.count,
            self.headings[number] - (self.headings[start] if title >= 0 else 0),
            self.articles[number] - (self.articles[start] if title >= 0 else 0),
            (mass[number] - (mass[start] if title >= 0 else 0)) / total, layout.mass_of(layout.nearest) / total,
            layout.words[number] / self.inner_words,
        ]  # fmt: skip

    def neighbour_features(self, number: int) -> list[float]:
        layout = self.layout
        count, frame_of = layout.count, layout.frame_of
        frame = frame_of[number]
        start, end = max(number - 4, 0), min(number + 5, count)
        chars = max(layout.sum_chars[end] - layout.sum_chars[start], 1)
        row: list[float] = [
            (layout.mass[end] - layout.mass[start]) / (end - start),
            (layout.sum_words[end] - layout.sum_words[start]) / (end - start),
            (layout.sum_links[end] - layout.sum_links[start]) / chars,
        ]
        for near, next_to in ((number - 1, True), (number - 2, False), (number + 1, True), (number + 2, False)):
            if 0 <= near < count:
                row += (layout.words[near], layout.density[near], layout.value[near], layout.heading[near])
                if next_to:
                    other = frame_of[near]
                    row += (
                        layout.parent[other] == layout.parent[frame],
                        layout.names[other] == layout.names[frame],
                    )
            else:
                row += (-1, -1, -5, -1, -1, -1) if next_to else (-1, -1, -5, -1)
        return row

    def named_features(self, number: int) -> list[float]:
        layout = self.layout
        frame = layout.frame_of[number]
        row: list[float] = []
        if layout.words[number] <= SHORT:
            lower = self.lower[number]
            words = LATIN_WORD.findall(lower)
            said = _phrase_bits(words)
            row += [said & bit != 0 for bit in PHRASE_BITS]
            row += (
                TIME.search(lower) is not None, "©" in lower or "@" in lower or "$" in lower,
                bool(words) and words[0] in OPENINGS,
            )  # fmt: skip
        else:
            row += [0] * (len(PHRASES) + 3)
        below, inherited = layout.below[frame], layout.inherited[frame]
        row += self.named.get((below, inherited)) or self._name(below, inherited)
        return row

    def _name(self, below: int, inherited: int) -> list[float]:
        """Return what the names of frames say of a block, and keep it for the next one that is called the same."""
        row: list[float] = [
            *(below & bit != 0 for bit in HINT_BITS),
            *(inherited & bit != 0 for bit in INHERITED_BITS),
            *(below & bit != 0 for bit in TAG_BITS),
        ]
        self.named[below, inherited] = row
        return row


def _phrase_bits(words: Sequence[str]) -> int:
    bits = 0
    for place, word in enumerate(words):
        bits |= WORD_BITS.get(word, 0)
        if word in PAIRED:
            bits |= PAIR_BITS.get((word, words[place + 1] if place + 1 < len(words) else ""), 0)
    return bits


def _count_starts(layout: Layout) -> tuple[list[int], list[int]]:
    """Return for each block how many h1 headings and article elements have begun up to it."""
    starts = [0] * (layout.count + 1)
    for frame, tag in enumerate(layout.tag):
        if tag == "article" and layout.last[frame]:
            starts[layout.first[frame]] += 1
    headings, articles = [0] * layout.count, [0] * layout.count
    heading_count = article_count = 0
    for number, frame in enumerate(layout.frame_of):
        article_count += starts[number]
        heading_count += layout.tag[frame] == "h1"
        headings[number], articles[number] = heading_count, article_count
    return headings, articles


def _distances(layout: Layout) -> tuple[list[int], list[int]]:
    """Return for each block how far back, and how far ahead, the nearest good block stands, in blocks."""
    count, value = layout.count, layout.value
    since, until = [FAR] * count, [FAR] * count
    last, ahead = -FAR, count + FAR
    for number in range(count):
        since[number] = min(number - last, FAR)
        last = number if value[number] >= GOOD else last
    for number in range(count - 1, -1, -1):
        until[number] = min(ahead - number, FAR)
        ahead = number if value[number] >= GOOD else ahead
    return since, until
