"""Snowball's English stemmer, from whichever of its two packages is installed."""

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the name both packages use


def compiled_stemmer() -> Callable[[str], str]:
    """Return the stemmer written in C; raises ImportError where PyStemmer is not installed."""
    import Stemmer  # noqa: PLC0415 - optional: the caller falls back

    return _one_at_a_time(Stemmer.Stemmer("english", 0))


def portable_stemmer() -> Callable[[str], str]:
    """Return the same algorithm in pure Python."""
    import snowballstemmer  # noqa: PLC0415 - not loaded where the compiled one is

    return _one_at_a_time(snowballstemmer.stemmer("english"))


def _one_at_a_time(stemmer: _Stemmer) -> Callable[[str], str]:
    # Both packages keep the word being stemmed inside the stemmer, so two threads must not share a call.
    lock = threading.Lock()

    @lru_cache(maxsize=20_000)
    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stemWord(word))

    return stem


def _choose() -> Callable[[str], str]:
    try:
        return compiled_stemmer()
    except ImportError:
        return portable_stemmer()


stem = _choose()
