"""What tantivy's index holds of a report: the fields of its schema, and a document's record in them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import tantivy

from indexer.document import TEXT_KEYS, VALUE_KEYS, Document
from indexer.engine import DATE_KEY, day_places, facet_values, title_key
from indexer.engines.fields import DAY_FIELD, HAS_FIELD, JOINED, SPAN_FIELD, text_field, value_field
from indexer.layout import BESIDE, STREAMS, Layout, join_values, lay_out
from indexer.paging import RANK_BITS, rank_id
from indexer.query.dates import FIRST_DAY, LAST_DAY
from indexer.query.limits import MAX_SLOP
from indexer.results import Sort

DAY_ORDERS: tuple[Sort, ...] = ("newest", "oldest")  # orders whose keys are numbers; a title's key is a text
ID_BITS = 39  # of the number that a report has in the order of days, for its id
APART = MAX_SLOP + 2  # positions; no slop reaches so far
# Between two values of a field stands a word nobody can look for, apart from both.
GAP = tantivy.PreTokenizedString("", [tantivy.Token(BESIDE * 6, APART, 0, 0)])
# The library counts positions of a value from the end of the one before, in 32 bits: they come round, and 2**32 - 1
# is one back. Joined forms are added that way behind their text, to positions within it.
ROUND = 2**32

SILENT = "silent"  # our tokenizer for what is counted or ordered by and never looked for: nothing is listed
WORD_FIELDS = {key: tuple(text_field(key, stream) for stream in STREAMS) for key in TEXT_KEYS}
VALUE_FIELDS = {key: value_field(key, "possible") for key in VALUE_KEYS}
CERTAIN_FIELD = value_field(DATE_KEY, "certain")
DAY_ORDER_FIELDS = tuple(f"by_{order}" for order in DAY_ORDERS)
FEW = 6  # words of a text that is met again, as a name is

AddText = Callable[[str, str], None]


def open_index(folder: Path) -> tantivy.Index:
    """Return the index in a folder, which may be empty; tokenizers are not stored in it."""
    index = tantivy.Index(make_schema(), path=str(folder))
    whole, nothing = (tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()) for _ in range(2))
    index.register_fast_field_tokenizer(SILENT, whole.build())
    index.register_tokenizer(SILENT, nothing.filter(tantivy.Filter.remove_long(1)).build())
    return index


def make_schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(HAS_FIELD, tokenizer_name="raw", index_option="basic")
    for fields in WORD_FIELDS.values():
        for field in fields:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for field in (*VALUE_FIELDS.values(), CERTAIN_FIELD):
        builder.add_text_field(field, fast=field not in JOINED, tokenizer_name="raw", index_option="basic")
    for field in (*JOINED.values(), "by_title", SPAN_FIELD):
        builder.add_text_field(field, fast=True, tokenizer_name=SILENT, index_option="basic")
    for field in (DAY_FIELD, "earliest", "latest", "rank", *DAY_ORDER_FIELDS):
        builder.add_integer_field(field, fast=True)
    return builder.build()


def make_record(document: Document) -> tantivy.Document:
    """Return a document as the library takes it in."""
    record = tantivy.Document()
    add_text, add_number = record.add_text, record.add_integer
    add_text("id", document.id)
    rank = rank_id(document.id)
    add_number("rank", rank)
    for key, texts in document.texts.items():
        if texts:
            _add_words(record, key, texts)
    for key, field in VALUE_FIELDS.items():
        _add_values(add_text, field, document.values[key])
    _add_values(add_text, CERTAIN_FIELD, facet_values(document, DATE_KEY, "certain"))
    add_text("by_title", title_key(document))
    for field, place in zip(DAY_ORDER_FIELDS, day_places(document), strict=True):
        add_number(field, place << ID_BITS | rank >> RANK_BITS - ID_BITS)
    earliest, latest = document.earliest, document.latest
    if earliest is not None and latest is not None:
        if earliest == latest:
            add_number(DAY_FIELD, earliest)
        else:
            add_text(SPAN_FIELD, f"{earliest}/{latest}")
    if earliest is not None or latest is not None:
        add_number("earliest", earliest if earliest is not None else FIRST_DAY)
        add_number("latest", latest if latest is not None else LAST_DAY)
    return record


def _add_values(add_text: AddText, field: str, values: Sequence[str]) -> None:
    for value in values:
        add_text(field, value)
    if field in JOINED and values:
        add_text(JOINED[field], join_values(values))


def _add_words(record: tantivy.Document, key: str, texts: Sequence[str]) -> None:
    add_text, add_placed = record.add_text, record.add_pre_tokenized_text
    fields, none_yet = WORD_FIELDS[key], True
    for text in texts:
        laid_out = lay_out(text)
        if laid_out is None:
            continue
        if none_yet:
            add_text(HAS_FIELD, key)
            none_yet = False
        else:
            for field in fields:
                add_placed(field, GAP)
        for field, words in zip(fields, laid_out.streams, strict=True):
            add_text(field, words)
        if laid_out.joined:
            place_joined = _place_again if laid_out.words <= FEW else _place_joined
            for field, forms in zip(fields, place_joined(laid_out), strict=True):
                add_placed(field, forms)


def _place_joined(laid_out: Layout) -> list[tantivy.PreTokenizedString]:
    """Return a text's joined forms in each stream: with their sign where they stand, and without it well after."""
    return [_place_in_stream(laid_out, number) for number in range(len(STREAMS))]


_place_again = lru_cache(1_000)(_place_joined)


def _place_in_stream(laid_out: Layout, number: int) -> tantivy.PreTokenizedString:
    forms = [(joined.place, joined.forms[number]) for joined in laid_out.joined]
    end = laid_out.words + 1
    beside = [tantivy.Token(BESIDE + form, (place - end) % ROUND, 0, 0) for place, form in forms]
    alone = enumerate(dict.fromkeys(form for _, form in forms), 1)
    return tantivy.PreTokenizedString("", [*beside, *(tantivy.Token(form, nth * APART, 0, 0) for nth, form in alone)])
