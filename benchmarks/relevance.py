"""How well results are ordered: nDCG@10 on Cranfield, each engine through our own analysis and query clauses.

Run: python benchmarks/relevance.py            every engine as the product asks it
     python benchmarks/relevance.py --alike    how many of the reports shown as "more like this" share a topic
     python benchmarks/relevance.py --weights  what other weights of the title would give, there and on Reuters

A query is the OR of its words. Judgements are binary (any grade above 0), and a Cranfield text opens with its title.
Reuters articles, whose text does not, are asked by what their editors' topics are called.
"""

import argparse
import csv
import io
import json
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import log2
from pathlib import Path
from random import Random
from unittest.mock import patch

from archive.holdings import StoredReport
from archive.model import Passage, Report, Source, Span, Title
from indexer.analysis import find_words
from indexer.document import DEFAULT_KEYS, Document, make_document
from indexer.engine import Engine, Question
from indexer.engines import is_installed, open_engine
from indexer.query.clauses import Term
from indexer.query.meaning import understand
from indexer.query.tree import Or, Word
from indexer.resembling import FIELD, STREAM, ask_for, find_distinctive, is_alike

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "search" / "cranfield.zip"
REUTERS = CORPUS.with_name("reuters21578.zip")
ENGINES = ("tantivy", "whoosh")
DEPTH = 10
LONG = 600  # characters of an article that says enough to be like another
WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)

Judged = Mapping[str, frozenset[str]]


def read_documents() -> list[Document]:
    """Return the Cranfield collection as documents."""
    with zipfile.ZipFile(CORPUS) as archive, archive.open("docs.jsonl") as lines:
        found = [json.loads(line) for line in io.TextIOWrapper(lines, encoding="utf-8")]
    return [make(str(one["id"]), str(one["title"]), str(one["text"])) for one in found]


def read_queries() -> dict[str, str]:
    """Return the queries by number."""
    with zipfile.ZipFile(CORPUS) as archive:
        lines = archive.read("queries.tsv").decode("utf-8").splitlines()
    return {row[0]: row[1] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def read_judged() -> Judged:
    """Return the relevant documents of each query."""
    found: dict[str, set[str]] = defaultdict(set)
    with zipfile.ZipFile(CORPUS) as archive:
        for line in archive.read("qrels").decode("utf-8").splitlines():
            query, _, document, grade = line.split()
            if int(grade) > 0:
                found[query].add(document)
    return {query: frozenset(documents) for query, documents in found.items()}


TOPICS: Mapping[str, str] = {
    "crude": "crude oil", "coffee": "coffee", "sugar": "sugar", "gold": "gold", "copper": "copper", "wheat": "wheat",
    "corn": "corn", "ship": "shipping ships", "trade": "trade", "rubber": "rubber", "cotton": "cotton", "zinc": "zinc",
    "tin": "tin", "cocoa": "cocoa", "livestock": "livestock cattle", "soybean": "soybeans", "silver": "silver",
    "jobs": "unemployment jobs", "housing": "housing starts", "cpi": "consumer prices inflation", "grain": "grain",
    "gnp": "gross national product", "reserves": "foreign exchange reserves", "interest": "interest rates",
    "bop": "balance of payments", "ipi": "industrial production", "oilseed": "oilseeds", "nat-gas": "natural gas",
    "money-fx": "currency exchange rates", "money-supply": "money supply", "iron-steel": "iron steel",
    "veg-oil": "vegetable oil",
}  # fmt: skip


def read_articles() -> tuple[list[Document], dict[str, str], Judged]:
    """Return Reuters articles, what their topics are called, and which articles have a topic."""
    documents, judged = [], defaultdict(set)
    with zipfile.ZipFile(REUTERS) as archive, archive.open("reuters21578.jsonl") as lines:
        for line in io.TextIOWrapper(lines, encoding="utf-8"):
            found = json.loads(line)
            documents.append(make(found["id"], found["title"], found["text"]))
            for topic in found["topics"]:
                judged[topic].add(found["id"])
    return documents, dict(TOPICS), {topic: frozenset(judged[topic]) for topic in TOPICS}


def make(number: str, title: str, text: str) -> Document:
    """Return one text as the index takes it."""
    report = Report(
        Source(number, "", "text/plain", 0),
        title=Title(title, title, "corpus", "metadata") if title else None,
        body=(Passage(text, "paragraph", Span(0, 0)),),
    )
    return make_document(StoredReport(number, report, 1))


def measure(
    engine: Engine, queries: Mapping[str, str], judged: Judged, fields: tuple[str, ...] = DEFAULT_KEYS
) -> float:
    """Return the mean nDCG@10 of an engine that holds the collection."""
    scores = [score(rank(engine, text, fields), judged[number]) for number, text in queries.items() if number in judged]
    return sum(scores) / len(scores)


def rank(engine: Engine, text: str, fields: tuple[str, ...]) -> list[str]:
    """Return the ids of the ten best documents for a query's words."""
    tree = Or(tuple(Word(word) for word in find_words(text)))
    answer = engine.search(Question(understand(tree, fields), limit=DEPTH, facets=()))
    return [document for document, _ in answer.page]


def score(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """Return nDCG@10 with binary gains."""
    gained = sum(1 / log2(place + 2) for place, document in enumerate(ranked) if document in relevant)
    best = sum(1 / log2(place + 2) for place in range(min(len(relevant), DEPTH)))
    return gained / best if best else 0.0


@contextmanager
def open_with(name: str, documents: Sequence[Document]) -> Iterator[Engine]:
    """Open an engine over a new index of these documents."""
    with tempfile.TemporaryDirectory() as folder:
        opened = open_engine(name, Path(folder))
        opened.update(documents, fresh=True)
        opened.refresh()
        yield opened
        opened.close()


def measure_cranfield(name: str) -> float:
    """Return the mean nDCG@10 of an engine on Cranfield."""
    with open_with(name, read_documents()) as engine:
        return measure(engine, read_queries(), read_judged())


def measure_weights(name: str) -> Iterator[tuple[float, float, float]]:
    """Yield weights of the title with the mean nDCG@10 they give on Cranfield and on Reuters."""
    documents, topics, held = read_articles()
    with open_with(name, read_documents()) as cranfield, open_with(name, documents) as reuters:
        for weight in WEIGHTS:
            with patch(f"indexer.engines.{name}.BOOSTS", {"title": weight}):
                found = measure(cranfield, read_queries(), read_judged())
                yield weight, found, measure(reuters, topics, held)


def measure_alike(name: str, sample: int = 150) -> tuple[float, float]:
    """Return how many reports are found like one, in the mean, and how many of them share an editors' topic with it."""
    documents, _, _ = read_articles()
    topics = read_topics()
    long = [one for one in documents if topics[one.id] and sum(map(len, one.texts["text"])) > LONG]
    found, right = 0, 0
    with open_with(name, documents) as engine:

        def count(stem: str) -> int:
            return engine.search(Question(Term(FIELD, STREAM, stem), limit=0, facets=())).total

        for one in Random(3).sample(long, sample):  # noqa: S311 - the same sample every time
            words = find_distinctive(one.texts["title"], one.texts["text"], engine.count(), count)
            answer = engine.search(Question(ask_for(words), limit=7, facets=()))
            alike = [other for other, score in answer.page if other != one.id and is_alike(score, words)][:6]
            found += len(alike)
            right += sum(bool(topics[one.id] & topics[other]) for other in alike)
    return found / sample, right / max(1, found)


def read_topics() -> dict[str, frozenset[str]]:
    """Return the topics that editors gave to each Reuters article."""
    with zipfile.ZipFile(REUTERS) as archive, archive.open("reuters21578.jsonl") as lines:
        read = (json.loads(line) for line in io.TextIOWrapper(lines, encoding="utf-8"))
        return {found["id"]: frozenset(found["topics"]) for found in read}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--alike", action="store_true")
    given = parser.parse_args()
    if not CORPUS.is_file():
        print("The corpora are not in ../shared beside the project.")
        return
    for name in filter(is_installed, ENGINES):
        print(f"{name:8} Cranfield nDCG@10 {measure_cranfield(name):.4f}")
    if given.alike:
        found, share = measure_alike("tantivy")
        print(f"more like this, Reuters: {found:.1f} found for each article, {share:.2f} of them share a topic with it")
    for weight, cranfield, reuters in measure_weights("tantivy") if given.weights else ():
        print(f"title x{weight:<5} Cranfield {cranfield:.4f}  Reuters topics {reuters:.4f}")


if __name__ == "__main__":
    main()
