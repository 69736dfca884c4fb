"""How names are compared: letters and figures only, and Arabic names with and without their article."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# al-Qa'im → alQaim; Unicode counts the apostrophes ʼ ʿ ʾ as letters, which they are in no name we compare.
NOT_LETTERS: Final = re.compile(r"[\W_\u02b0-\u02ff]+")
ASCII_ONLY: Final = {code: None for code in range(128) if not chr(code).isalnum()}
# Letters that do not decompose into a plain letter and a mark, and Arabic letters written in two ways.
LETTERS: Final = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ə": "e",
        "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ـ": None,
    }
)  # fmt: skip
# Countries whose towns are printed with and without the Arabic article.
ARTICLE_COUNTRIES: Final = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA",
     "ML", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "TR", "YE"}
)  # fmt: skip
# The article before any letter, also as it sounds before t, d, r, z, s, sh, n: Ash Sharqat, ed-Dueim; ال in Arabic.
ARTICLE: Final = re.compile(r"(?i)^(?:(?:al|el|ul|il|a[dnrstz]|e[dnrstz]|ash|esh|ath|adh|edh)[\s'’ʼ-]+|ال)(?=\w{2})")
# al-Qaim, el-Arish, ash-Sharqat: with a hyphen the article is one in any country's reports.
HYPHENED: Final = re.compile(r"(?i)^(?:al|el|a[dnrstz]|e[dnrstz]|ash|esh|ath)[-‐‑](?=\w{2})")


def fold_name(name: str) -> str:
    """Return a name as it is compared: letters and figures only, without accents or case."""
    if name.isascii():
        return name.translate(ASCII_ONLY).lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return NOT_LETTERS.sub("", plain).translate(LETTERS)


def fold_all(name: str, country: str) -> Iterator[str]:
    """Yield every key under which a place of this country is found by this name."""
    folded = fold_name(name)
    yield folded
    if country in ARTICLE_COUNTRIES:
        bare = ARTICLE.sub("", name, count=1)
        if bare != name:
            yield fold_name(bare)
        if folded.endswith("ah"):  # Raqqah, Raqqa
            yield folded[:-1]
            if bare != name:
                yield fold_name(bare)[:-1]


def fold_more(name: str) -> Iterator[str]:
    """Yield the keys to try when nothing bears the name as printed: without its article, without a final h."""
    folded = fold_name(name)
    bare = HYPHENED.sub("", name, count=1)
    if bare != name:
        yield fold_name(bare)
    if folded.endswith("ah"):
        yield folded[:-1]
        if bare != name:
            yield fold_name(bare)[:-1]
