"""How rightly a misspelt word is put right: common words of the Reuters articles, each with one or two edits in it.

Run: python benchmarks/spelling.py [words]. A word stands in 20 articles at least and has five letters or more; letters
are added, dropped, replaced or exchanged at random, and a misspelling that is itself in the articles, or has the stem
of a word there, is drawn again. *Right* is the word itself or one with its stem. Words as they are must get no
suggestion. Prints shares, the misses, and the time of an answer with a suggestion.
"""

import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.search import read_articles
from indexer.analysis import tokenize
from indexer.document import DEFAULT_KEYS
from indexer.engine import Engine, Question
from indexer.engines import open_engine
from indexer.query.meaning import understand
from indexer.query.tree import Node, Word
from indexer.spelling import Vocabulary, suggest
from indexer.stemming import stem

WORDS, COMMON, SHORTEST = 300, 20, 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHOWN = 15


def misspell(word: str, edits: int, chance: Random) -> str:
    """Return a word with so many random edits."""
    for _ in range(edits):
        at, letter = chance.randrange(len(word)), chance.choice(LETTERS)
        kind = chance.choice(("add", "drop", "replace", "exchange"))
        after = word[at] if kind == "add" else word[at + 1 : at + 2] if kind == "exchange" else ""
        first = letter if kind in {"add", "replace"} else after if kind == "exchange" else ""
        rest = word[at + 1 :] if kind != "exchange" else word[at] + word[at + 2 :]
        word = word[:at] + first + (after if kind == "add" else "") + rest
    return word


def ask(engine: Engine, word: str) -> str | None:
    """Return what is suggested for one word."""

    def count(node: Node) -> int:
        return engine.search(Question(understand(node, DEFAULT_KEYS), limit=0, facets=())).total

    tree = Word(word)
    found = suggest(tree, count(tree), Vocabulary(count, count, engine.spellings, {}))
    return found.changes[0][1] if found else None


def main(words: int = WORDS) -> None:
    """Print the figures for one edit, for two, and for words as they are."""
    articles = list(read_articles())
    having: Counter[str] = Counter()
    for article in articles:
        having.update({token.folded for texts in article.texts.values() for text in texts for token in tokenize(text)})
    stems = {stem(word) for word in having}
    chance = Random(5)  # noqa: S311  # the same misspellings on every machine
    common = sorted(word for word, number in having.items() if number >= COMMON and len(word) >= SHORTEST)
    drawn = chance.sample([word for word in common if word.isascii() and word.isalpha()], words)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("tantivy", Path(folder))
        engine.update(articles, fresh=True)
        for edits in (1, 2):
            _measure(engine, drawn, edits, stems, chance)
        spoilt = [word for word in drawn if ask(engine, word)]
        print(f"as they are: {len(drawn)} words, a suggestion for {len(spoilt)}: {', '.join(spoilt[:SHOWN])}")
        engine.close()


def _measure(engine: Engine, drawn: list[str], edits: int, stems: set[str], chance: Random) -> None:
    right, wrong, none, times = 0, [], 0, []
    for word in drawn:
        typed = word
        while typed == word or stem(typed) in stems:
            typed = misspell(word, edits, chance)
        started = time.process_time()
        better = ask(engine, typed)
        times.append(1_000 * (time.process_time() - started))
        if better is None:
            none += 1
        elif stem(better) == stem(word):
            right += 1
        else:
            wrong.append(f"{typed} → {better}, not {word}")
    print(
        f"{edits} edit{'s' * (edits > 1)}: {len(drawn)} words, right {right}, another {len(wrong)}, none {none}; "
        f"p50 {statistics.median(times):.1f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.1f} ms CPU"
    )
    for miss in wrong[:SHOWN]:
        print("   ", miss)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
