"""Train the extractor's forest on the shared pages, measure it out of fold, and write it as plain numbers.

    python tools/train_extractor.py --check    only the cross-validation tables
    python tools/train_extractor.py            the tables, then archive/cleaning/extractor.json, and the forests
                                               that cross-validation made in benchmarks/held_out/extractor.json.gz

Needs LightGBM, which the program itself never sees: install it in an environment of its own beside the program's
dependencies. The same pages, seed and library version give the same file.

Learning goes in two steps. Teachers learn from the labelled pages; they label pages that have no gold body, and the
forest that is shipped learns from both, so that it has met more kinds of page than people have labelled. In every
figure the sites of the pages measured are left out of both steps. The forests of cross-validation are kept, so that
gates and benchmarks can measure on pages that the forest asked has never seen, whenever the code changes.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from archive.cleaning.features import FEATURES, describe_blocks
from archive.cleaning.forest import Forest, read_forest
from archive.cleaning.generic import judge_markup
from archive.cleaning.headline import Headline, find_headline
from archive.cleaning.layout import Layout, find_candidates
from archive.cleaning.markup import Markup, parse_markup
from archive.model import BODY_KINDS
from archive.rules import load_rule_set

PAGES = Path(__file__).parents[2] / "shared" / "corpora" / "pages"
OUT = Path(__file__).parents[1] / "archive" / "cleaning" / "extractor.json"
HELD_OUT = Path(__file__).parents[1] / "benchmarks" / "held_out" / "extractor.json.gz"
LABELLED = ("zyte181", "wcxb-dev", "outlets-dev")
UNLABELLED = ("comments-dev", "dates-dev")
SEED = 3
FOLDS = 5
TEACHERS = 2
TREES = 120
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.15, "num_leaves": 31, "min_data_in_leaf": 30, "feature_fraction": 0.4,
    "lambda_l2": 5.0, "max_bin": 63, "extra_trees": True, "deterministic": True, "force_col_wise": True,
    "num_threads": 1, "verbose": -1,
}  # fmt: skip
FAR_SHARE = 0.3  # of the blocks far from the prose, so many are learned from, at this weight
FAR_WEIGHT = 2.0
TAUGHT_WEIGHT = 0.5  # of pages that teachers labelled
RUN = 4  # words that must follow each other to count as found
SLACK = 12  # words by which a block and the gold may drift apart
LEAST_TAUGHT = 60  # words; with less body than this a page teaches nothing
WORD = re.compile(r"\w+")
GENERIC = load_rule_set().generic
Numbers = Any  # NumPy's arrays, of floats, of numbers or of flags


@dataclass(slots=True)
class Sample:
    """One page made ready: its blocks' features, their labels, and the gold's words."""

    corpus: str
    page: str
    site: str
    markup: Markup
    headline: Headline | None
    candidates: Numbers
    features: Numbers
    labels: Numbers
    words: list[list[str]]
    gold: list[str]
    weight: float = 1.0


def read_samples(corpora: Sequence[str]) -> Iterator[Sample]:
    """Yield the pages of these sets."""
    for corpus in corpora:
        with zipfile.ZipFile(PAGES / f"{corpus}.zip") as pages:
            names = set(pages.namelist())
            for line in (PAGES / f"{corpus}.gold.jsonl").read_text(encoding="utf-8").splitlines():
                gold = json.loads(line)
                name = next(one for one in (gold.get("file"), f"{gold['id']}.html") if one in names)
                yield make_sample(corpus, gold, pages.read(name).decode("utf-8", "replace"))


def make_sample(corpus: str, gold: dict[str, Any], text: str) -> Sample:
    """Return one page with its features, and its labels when its gold has a body."""
    markup = parse_markup(text)
    headline = find_headline(markup)
    layout = Layout(markup, headline.blocks[0] if headline is not None and headline.blocks else -1)
    table = describe_blocks(markup, layout, range(layout.count))
    candidates = np.zeros(layout.count, bool)
    candidates[find_candidates(layout)] = True
    words = [WORD.findall(block.text) for block in markup.blocks]
    gold_words = WORD.findall(gold.get("body", ""))
    labels = label_blocks(words, gold_words) if gold_words else [0] * layout.count
    site = (urlsplit(gold["url"]).hostname or gold["url"]).removeprefix("www.")
    features = np.ascontiguousarray(table.T, dtype=np.float32)
    page = f"{corpus}/{gold['id']}"
    return Sample(corpus, page, site, markup, headline, candidates, features, np.array(labels), words, gold_words)


def label_blocks(blocks: Sequence[Sequence[str]], gold: Sequence[str]) -> list[int]:
    """Return 1 for each block that is part of the gold: the heaviest chain of blocks found in the gold in order."""
    matches = sorted(_find_matches(blocks, gold))
    best: list[tuple[float, int]] = []
    for place, (block, start, _, weight) in enumerate(matches):
        reach = [
            (best[other][0], other)
            for other in range(place)
            if matches[other][0] < block and matches[other][2] <= start + 2
        ]
        total, before = max(reach, key=lambda one: (one[0], -one[1]), default=(0.0, -1))
        best.append((total + weight, before))
    labels = [0] * len(blocks)
    place = max(range(len(best)), key=lambda one: best[one][0], default=-1)
    while place >= 0:
        labels[matches[place][0]] = 1
        place = best[place][1]
    return labels


def _find_matches(blocks: Sequence[Sequence[str]], gold: Sequence[str]) -> Iterator[tuple[int, int, int, float]]:
    """Yield (block, first and last place in the gold, weight) wherever a block may stand in the gold."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in (1, RUN):
        for start in range(len(gold) - size + 1):
            places[tuple(gold[start : start + size])].append(start)
    for number, words in enumerate(blocks):
        size = len(words)
        if 0 < size < RUN:
            hits = [start for start in places.get(tuple(words[:1]), ()) if list(gold[start : start + size]) == words]
            yield from ((number, start, start + size, size / 2) for start in hits[:6])
        elif size:
            yield from _match_long(number, [places.get(tuple(words[n : n + RUN]), []) for n in range(size - RUN + 1)])


def _match_long(number: int, found: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int, float]]:
    if sum(map(bool, found)) < len(found) / 2:
        return
    starts = Counter(place - offset for offset, places in enumerate(found) for place in places[:8])
    most = starts.most_common(4)
    for start, count in most:
        if count < 0.3 * len(found) and count < most[0][1]:
            continue
        near = [(n, place) for n, places in enumerate(found) for place in places if abs(place - n - start) <= SLACK]
        first, last = min(place for _, place in near), max(place for _, place in near)
        yield number, first, last + RUN, len({n for n, _ in near}) + RUN - 1.0


def fit(samples: Sequence[Sample], seed: int) -> Any:  # noqa: ANN401 - LightGBM is not part of the program's checks
    """Return a forest trained on these pages."""
    chance = np.random.RandomState(seed)
    rows, labels, weights = [], [], []
    for sample in samples:
        near = sample.candidates | (sample.labels == 1)
        chosen = near | (chance.rand(len(near)) < FAR_SHARE)
        words = np.array([len(one) for one in sample.words], float)
        body = max(1.0, float((words * sample.labels).sum()))
        weight = (0.3 + 20 * np.sqrt(words / body)) * np.where(near, 1.0, FAR_WEIGHT) * sample.weight
        rows.append(sample.features[chosen])
        labels.append(sample.labels[chosen])
        weights.append(weight[chosen])
    data = lightgbm.Dataset(np.vstack(rows), np.concatenate(labels), weight=np.concatenate(weights))
    return lightgbm.train(PARAMETERS | {"seed": seed}, data, TREES)


def train(labelled: Sequence[Sample], unlabelled: Sequence[Sample], seed: int) -> Any:  # noqa: ANN401 - as fit
    """Return the forest that learns from labelled pages and from pages that teachers have labelled."""
    teacher = make_forest([fit(labelled, seed * 100 + number) for number in range(TEACHERS)], {})
    taught = []
    for sample in unlabelled:
        body = choose(sample, teacher)
        if sum(len(sample.words[number]) for number in body) >= LEAST_TAUGHT:
            sample.labels = np.array([int(number in body) for number in range(len(sample.labels))])
            sample.weight = TAUGHT_WEIGHT
            taught.append(sample)
    return fit([*labelled, *taught], seed)


def make_forest(models: Sequence[Any], about: dict[str, Any]) -> Forest:
    """Return the forest that the program reads, from one model or the mean of several."""
    return read_forest(dump_forest(models, about))


def choose(sample: Sample, forest: Forest) -> frozenset[int]:
    """Return the blocks that the program itself takes for body, given a forest."""
    judged = judge_markup(sample.markup, GENERIC, sample.headline, forest)
    return frozenset(number for number, one in enumerate(judged) if one.kind in BODY_KINDS)


def score_page(predicted: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """Return precision and recall of one page's words in runs of four."""
    found, wanted = _shingles(predicted), _shingles(gold)
    common = sum((found & wanted).values())
    return common / max(1, sum(found.values())), common / max(1, sum(wanted.values()))


def _shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))) if words else Counter()


def measure(
    samples: Sequence[Sample], unlabelled: Sequence[Sample], groups: Sequence[object], seed: int
) -> tuple[dict[str, dict[str, float]], list[dict[str, Any]]]:
    """Return figures by set, each group of pages judged by a forest that has seen none of its sites; and the forests.

    A forest comes with the pages it may judge, "set/id".
    """
    forests = []
    pages: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for group in sorted(set(groups), key=str):
        held = [sample for sample, one in zip(samples, groups, strict=True) if one == group]
        sites = {sample.site for sample in held}
        model = train(
            [sample for sample in samples if sample.site not in sites and sample not in held],
            [sample for sample in unlabelled if sample.site not in sites],
            seed,
        )
        forest = make_forest([model], {})
        forests.append({"pages": [sample.page for sample in held], "forest": json.loads(dump_forest([model], {}))})
        for sample in held:
            body = choose(sample, forest)
            words = [word for number in sorted(body) for word in sample.words[number]]
            pages[sample.corpus].append(score_page(words, sample.gold))
    return {corpus: summarise(scores) for corpus, scores in pages.items()}, forests


def summarise(scores: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return the means of precision and recall over pages, and the F1 of the two means."""
    precision, recall = (sum(one) / len(scores) for one in zip(*scores, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4)}


def fold_sites(samples: Sequence[Sample], seed: int) -> list[int]:
    """Return each page's fold; pages of one site are always in the same."""
    sites = sorted({sample.site for sample in samples})
    np.random.RandomState(seed).shuffle(sites)
    fold = {site: number % FOLDS for number, site in enumerate(sites)}
    return [fold[sample.site] for sample in samples]


def dump_forest(models: Sequence[Any], about: dict[str, Any]) -> str:
    """Return models as text, each tree in walking order: [feature, threshold] opens a split, a number is a leaf."""
    trees = [
        _write_tree(tree["tree_structure"], len(models)) for one in models for tree in one.dump_model()["tree_info"]
    ]
    return json.dumps({**about, "features": list(FEATURES), "trees": trees}, separators=(",", ":")) + "\n"


def _write_tree(root: dict[str, Any], share: int) -> list[Any]:
    flat: list[Any] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if "leaf_value" in node:
            flat.append(round(node["leaf_value"] / share, 4))
        else:
            flat.append([node["split_feature"], float(f"{node['threshold']:.6g}")])
            stack += [node["right_child"], node["left_child"]]
    return flat


def corpus_digest() -> str:
    """Return the digest of the pages and their gold."""
    digest = hashlib.sha256()
    for corpus in (*LABELLED, *UNLABELLED):
        for name in (f"{corpus}.zip", f"{corpus}.gold.jsonl"):
            digest.update((PAGES / name).read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Print the figures and, unless told otherwise, write the forest."""
    parser = argparse.ArgumentParser(description="Train the extractor's forest.")
    parser.add_argument("--check", action="store_true", help="only print the figures")
    parser.add_argument(
        "--fast", action="store_true", help="leave out the figures and their forests; the file then has none"
    )
    arguments = parser.parse_args()
    samples, unlabelled = list(read_samples(LABELLED)), list(read_samples(UNLABELLED))
    figures: dict[str, Any] = {}
    forests: dict[str, Any] = {}
    if not arguments.fast:
        for name, groups in (
            ("out_of_fold", fold_sites(samples, SEED)),
            ("set_left_out", [sample.corpus for sample in samples]),
        ):
            figures[name], forests[name] = measure(samples, unlabelled, groups, SEED)
    for kind, table in figures.items():
        for corpus, row in table.items():
            print(
                f"{kind:14} {corpus:12} F1 {row['f1']:.4f}  P {row['precision']:.3f}  R {row['recall']:.3f}", flush=True
            )
    if not arguments.check:
        about = {"made_by": "tools/train_extractor.py", "corpus": corpus_digest(), "seed": SEED, "figures": figures}
        OUT.write_text(dump_forest([train(samples, unlabelled, SEED)], about), encoding="utf-8")
        print(f"{OUT.name}: {OUT.stat().st_size} bytes")
        if forests:
            about = {"made_by": "tools/train_extractor.py", "corpus": corpus_digest()}
            HELD_OUT.parent.mkdir(exist_ok=True)
            HELD_OUT.write_bytes(gzip.compress(json.dumps(about | forests, separators=(",", ":")).encode(), mtime=0))
            print(f"{HELD_OUT.name}: {HELD_OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
