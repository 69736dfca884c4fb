"""The language of a report, when the page, its outlet or its letters say so."""

import re
from collections.abc import Sequence

from archive.cleaning.cleaned import CleanedPage
from archive.model import BODY_KINDS, JudgedBlock

TAG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")  # en   en-GB   ar_IQ
ARABIC = re.compile(r"[\u0600-\u06ff]")
ENGLISH = frozenset("the of and to in that was for on by with said from were has have at as an his its".split())  # noqa: SIM905 - read as words
SAMPLE = 4000
SHARE_OF_LETTERS = 0.5
SHARE_OF_WORDS = 0.12


def _is_english(text: str) -> bool:
    """Tell whether enough of a text's words are English; of English the first half holds enough for the whole."""
    half = text[: text.rfind(" ", 0, len(text) // 2) + 1]
    if _count_english(half) > (text.count(" ") + 1) * SHARE_OF_WORDS:  # white space is folded, so words are no more
        return True
    return _count_english(text) > len(text.split()) * SHARE_OF_WORDS


def _count_english(text: str) -> int:
    return sum(map(ENGLISH.__contains__, text.casefold().split()))


def _read_sample(blocks: Sequence[JudgedBlock]) -> str:
    """Return the beginning of a report's text."""
    texts: list[str] = []
    length = 0
    for judged in blocks:
        texts.append(judged.block.text)
        length += len(texts[-1])
        if length > SAMPLE:
            break
    return " ".join(texts)[:SAMPLE]


def describe_language(cleaned: CleanedPage) -> str | None:
    """Return the language as a two- or three-letter code: from the text's letters and words, the outlet, or the page.

    What the text itself shows comes first, because templates often declare the wrong language.
    """
    text = _read_sample(cleaned.of_kind(*BODY_KINDS))
    if not text.isascii() and ARABIC.search(text) is not None:
        letters = sum(map(str.isalpha, text))
        if len(ARABIC.findall(text)) > letters * SHARE_OF_LETTERS:
            return "ar"
    if _is_english(text):
        return "en"
    if cleaned.rules.language is not None:
        return cleaned.rules.language
    declared = cleaned.markup.language if cleaned.markup is not None else None
    return re.split("[-_]", declared)[0].lower() if declared is not None and TAG.match(declared) else None
