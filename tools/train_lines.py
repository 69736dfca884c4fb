"""Train the model that tells the report's lines from the page's, on plain text of outlets we do not know.

python tools/train_lines.py            cross-validate, leave each set out, print the table
python tools/train_lines.py --write    the same, then train on all of it and write archive/cleaning/prose.json, and
                                       the models of cross-validation in benchmarks/held_out/prose.json.gz

Needs lightgbm, scikit-learn and resiliparse, which the product does not, in an environment of its own, and ../shared.
Data: zyte181 as rendered text with its gold bodies, wcxb-dev and outlets-dev rendered the same way, and each
gold body once more as a bare article under its headline (`bare`), since many text files hold nothing else. A line
counts as the report's when half of its words are aligned with the gold body. Pages that the product calls bare take no
part in training: no model is asked about them. Folds are by site; the threshold is fixed.
"""

import argparse
import difflib
import gzip
import hashlib
import json
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import lightgbm
import numpy as np
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from archive.cleaning import prose_features, prose_title
from archive.cleaning.lines import split_lines
from archive.cleaning.prose import judge_lines, keep_bare
from archive.cleaning.prose_lines import Lines
from archive.cleaning.prose_model import read_line_model
from archive.model import BODY_KINDS, Block
from archive.rules import load_rule_set

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpora"
OUT = ROOT / "archive" / "cleaning" / "prose.json"
HELD_OUT = ROOT / "benchmarks" / "held_out" / "prose.json.gz"
FILES = (
    "text/zyte181-rendered.zip", "pages/zyte181.gold.jsonl", "pages/wcxb-dev.zip", "pages/wcxb-dev.gold.jsonl",
    "pages/outlets-dev.zip", "pages/outlets-dev.gold.jsonl",
)  # fmt: skip
TREES, LEAVES, RATE, THRESHOLD = 60, 8, 0.15, 0.45
FOLDS, SEEDS = 5, (0, 1)
BARE_WEIGHT = 0.3
TOKEN = re.compile(r"\w+")


@dataclass(slots=True)
class Sample:
    """One page: its lines, what they should come out as, and what a model says of them."""

    kind: str
    name: str
    site: str
    text: str
    blocks: tuple[Block, ...]
    gold: str
    title: str | None
    truth: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    rows: list[list[float]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    lines: Lines | None = None


def read_samples() -> list[Sample]:
    """Return every page of the three sets, with features and truth."""
    samples = [*_read("zyte181", "text/zyte181-rendered.zip", lambda content: content.decode())]
    for kind in ("wcxb-dev", "outlets-dev"):
        samples += _read(kind, f"pages/{kind}.zip", render)
    samples += [make_bare(sample) for sample in samples]
    for sample in samples:
        prepare(sample)
    return samples


def render(content: bytes) -> str:
    """Return a page as the plain text a reader would copy."""
    return str(extract_plain_text(bytes_to_str(content, detect_encoding(content)), alt_texts=False))


def make_bare(sample: Sample) -> Sample:
    """Return a page's gold body as a text file of its own, under its headline, paragraphs apart."""
    title = sample.title or "Headline of a report without one"
    text = "\n\n".join([title, *filter(None, map(str.strip, sample.gold.splitlines()))]) + "\n"
    return Sample("bare", sample.name, sample.site, text, split_lines(text), sample.gold, None)


def _read(kind: str, archive: str, make_text: Callable[[bytes], str]) -> Iterator[Sample]:
    gold_file = SHARED / "pages" / f"{kind}.gold.jsonl"
    golds = {one["id"]: one for one in map(json.loads, gold_file.read_text(encoding="utf-8").splitlines())}
    with zipfile.ZipFile(SHARED / archive) as pages:
        for name in sorted(pages.namelist()):
            gold = golds.get(Path(name).stem)
            if gold is not None:
                text = make_text(pages.read(name))
                site = urlparse(gold["url"]).netloc.removeprefix("www.")
                yield Sample(kind, gold["id"], site, text, split_lines(text), gold["body"], gold.get("title"))


def prepare(sample: Sample) -> None:
    """Work out the rows, the truth and the weight of each line."""
    sample.lines = Lines(sample.blocks)
    columns = prose_features.list_columns(sample.lines, range(len(sample.blocks)))
    sample.rows = [[float(value) for value in row] for row in zip(*columns, strict=True)]
    tokens = [TOKEN.findall(block.text) for block in sample.blocks]
    owners = [number for number, words in enumerate(tokens) for _ in words]
    words = [word for line in tokens for word in line]
    matcher = difflib.SequenceMatcher(None, words, TOKEN.findall(sample.gold), autojunk=False)
    covered = Counter(
        owners[place] for match in matcher.get_matching_blocks() for place in range(match.a, match.a + match.size)
    )
    sample.truth = [bool(line) and covered[number] * 2 >= len(line) for number, line in enumerate(tokens)]
    whole = max(100, sum(len(line) for line, own in zip(tokens, sample.truth, strict=True) if own))
    share = BARE_WEIGHT if sample.kind == "bare" else 1.0
    sample.weights = [share * (0.3 + 20 * sqrt(max(1, len(line)) / whole)) for line in tokens]


def fit(samples: Sequence[Sample], seed: int = 0) -> lightgbm.Booster:
    """Return a model trained on these pages."""
    samples = [one for one in samples if one.lines is not None and not one.lines.is_bare()]
    rows = np.array([row for sample in samples for row in sample.rows])
    truth = [one for sample in samples for one in sample.truth]
    weights = [one for sample in samples for one in sample.weights]
    settings = {
        "objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "feature_fraction": 0.4, "lambda_l2": 5,
        "min_data_in_leaf": 40, "seed": seed, "verbose": -1, "num_threads": 1, "deterministic": True,
    }  # fmt: skip
    return lightgbm.train(settings, lightgbm.Dataset(rows, truth, weight=weights), TREES)


def predict(model: lightgbm.Booster, samples: Sequence[Sample]) -> None:
    """Write the model's word on every line into these pages."""
    for sample in samples:
        sample.scores = list(model.predict(np.array(sample.rows)))
        if sample.lines is not None and sample.lines.is_bare():
            sample.scores = [float(keep) for keep in keep_bare(sample.lines)]


def fold_of(sample: Sample, seed: int) -> int:
    """Return the fold of a page: all pages of a site share one."""
    return int(hashlib.sha256(f"{seed}{sample.site}".encode()).hexdigest(), 16) % FOLDS


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words in a text, with their counts."""
    words = TOKEN.findall(text)
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3))) if words else Counter()


def score(samples: Sequence[Sample]) -> tuple[float, float, float]:
    """Return body F1, precision and recall: averaged over the pages, F1 of the averages."""
    precision = recall = 0.0
    for sample in samples:
        kept = "\n".join(b.text for b, s in zip(sample.blocks, sample.scores, strict=True) if s >= THRESHOLD)
        found, gold = shingles(kept), shingles(sample.gold)
        shared = sum((found & gold).values())
        precision += shared / found.total() if found else float(not gold)
        recall += shared / gold.total() if gold else float(not found)
    precision, recall = precision / len(samples), recall / len(samples)
    return 2 * precision * recall / (precision + recall), precision, recall


def by_set(samples: Sequence[Sample]) -> dict[str, list[Sample]]:
    """Return the pages of each set."""
    return {kind: [s for s in samples if s.kind == kind] for kind in sorted({s.kind for s in samples})}


def cross_validate(samples: Sequence[Sample], seed: int) -> dict[str, tuple[float, float, float]]:
    """Return the scores of each set with every page judged by a model that never saw its site."""
    for fold in range(FOLDS):
        model = fit([one for one in samples if fold_of(one, seed) != fold], seed)
        predict(model, [one for one in samples if fold_of(one, seed) == fold])
    return {kind: score(pages) for kind, pages in by_set(samples).items()}


def leave_sets_out(samples: Sequence[Sample]) -> dict[str, tuple[float, float, float]]:
    """Return the scores of each set with a model that saw neither the set nor any of its sites."""
    scores = {}
    for kind, pages in by_set(samples).items():
        sites = {page.site for page in pages} if kind != "bare" else set()
        predict(fit([one for one in samples if one.kind != kind and one.site not in sites]), pages)
        scores[kind] = score(pages)
    return scores


def title_rows(sample: Sample) -> list[tuple[int, list[float]]]:
    """Return the candidates for a page's headline, given which lines were kept."""
    assert sample.lines is not None  # noqa: S101 - prepared
    kept = [one >= THRESHOLD for one in sample.scores]
    return list(prose_title.find_candidates(sample.lines, kept, sample.blocks, sample.text))


def is_title(sample: Sample, number: int) -> bool:
    """Tell whether a line is the gold headline, but for marks and case."""
    assert sample.lines is not None  # noqa: S101 - prepared
    return letters(sample.lines.texts[number]) == letters(sample.title or "")


def letters(text: str) -> str:
    """Return the letters and figures of a text in one case."""
    return " ".join(TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def fit_title(samples: Sequence[Sample]) -> LogisticRegression:
    """Return the weights that tell the headline among its candidates."""
    rows, truth = [], []
    for sample in samples:
        candidates = title_rows(sample)
        hits = [is_title(sample, number) for number, _ in candidates]
        if any(hits):
            rows += [row for _, row in candidates]
            truth += hits
    return LogisticRegression(C=1, max_iter=1000).fit(np.array(rows), truth)


def cross_validate_title(samples: Sequence[Sample], seed: int) -> dict[str, float]:
    """Return the share of headlines found on each set; `scores` must be out of fold."""
    titled = [sample for sample in samples if sample.title]
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        model = fit_title([one for one in titled if fold_of(one, seed) != fold])
        for sample in (one for one in titled if fold_of(one, seed) == fold):
            candidates = title_rows(sample)
            if candidates:
                best = int(np.argmax(model.decision_function(np.array([row for _, row in candidates]))))
                right[sample.kind] += is_title(sample, candidates[best][0])
    return {kind: right[kind] / len(pages) for kind, pages in by_set(titled).items()}


def describe_model(model: lightgbm.Booster, title: LogisticRegression) -> dict[str, Any]:
    """Return the data file's contents, without its figures."""
    return {
        "script": "tools/train_lines.py",
        "features": list(prose_features.FEATURES),
        "base": round(-log(THRESHOLD / (1 - THRESHOLD)), 4),
        "corpus": digest(),
        "title": dict(zip(prose_title.FEATURES, (round(float(w), 3) for w in title.coef_[0]), strict=True)),
        "trees": export(model),
    }


def judge_out_of_fold(
    samples: Sequence[Sample], seed: int
) -> tuple[dict[str, tuple[float, float, float]], list[dict[str, Any]]]:
    """Return the scores of what the product keeps, each page judged by a model that never saw its site; the models.

    A model comes with the pages it may judge, "set/id".
    """
    generic = load_rule_set().generic
    models = []
    for fold in range(FOLDS):
        rest = [one for one in samples if fold_of(one, seed) != fold]
        model = fit(rest, seed)
        described = describe_model(model, fit_title([one for one in rest if one.title]))
        held = [f"{one.kind}/{one.name}" for one in samples if fold_of(one, seed) == fold and one.kind != "bare"]
        models.append({"pages": held, "forest": described})
        judge_model = read_line_model(json.dumps(described))
        for sample in samples:
            if fold_of(sample, seed) == fold:
                judged = judge_lines(sample.blocks, generic, sample.text, judge_model)
                sample.judged = [float(one.kept and one.kind in BODY_KINDS) for one in judged]
    for sample in samples:
        sample.scores, sample.judged = sample.judged, sample.scores
    result = {kind: score(pages) for kind, pages in by_set(samples).items()}
    for sample in samples:
        sample.scores, sample.judged = sample.judged, sample.scores
    return result, models


def export(model: lightgbm.Booster) -> list[list[Any]]:
    """Return the model's trees in the order of a walk: [feature, threshold] for a split, a number for a leaf."""
    return [list(_walk(tree["tree_structure"])) for tree in model.dump_model()["tree_info"]]


def _walk(node: dict[str, Any]) -> Iterator[Any]:
    if "leaf_value" in node:
        yield round(node["leaf_value"], 4)
        return
    yield [node["split_feature"], float(f"{node['threshold']:.5g}")]
    yield from _walk(node["left_child"])
    yield from _walk(node["right_child"])


def digest() -> str:
    """Return the digest of the files the model is trained on."""
    whole = hashlib.sha256()
    for name in FILES:
        whole.update(hashlib.sha256((SHARED / name).read_bytes()).digest())
    return whole.hexdigest()


def main() -> None:
    """Print the table; with --write train on everything and write the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    samples = read_samples()
    print(
        f"{len(samples)} pages, {sum(len(one.rows) for one in samples)} lines, {len(prose_features.FEATURES)} features"
    )
    table: dict[str, Any] = {"set left out": leave_sets_out(samples)}
    titles, models = {}, {}
    for seed in SEEDS:
        table[f"by site, seed {seed}"] = cross_validate(samples, seed)
        table[f"whole judge, {seed}"], models[seed] = judge_out_of_fold(samples, seed)
        titles[f"seed {seed}"] = cross_validate_title(samples, seed)
    for name, row in table.items():
        print(f"{name:16}", " | ".join(f"{kind} {f:.3f} ({p:.3f}/{r:.3f})" for kind, (f, p, r) in row.items()))
    print("headlines", titles)
    if write:
        title = fit_title(samples)  # on the scores out of fold, as it will meet them
        data = describe_model(fit(samples), title) | {
            "figures": {n: {k: [round(x, 3) for x in v] for k, v in row.items()} for n, row in table.items()},
            "titles": {n: {k: round(v, 3) for k, v in row.items()} for n, row in titles.items()},
        }
        OUT.write_text(json.dumps(data, separators=(",", ":")).replace("],[[", "],\n[[") + "\n", encoding="utf-8")
        kept = {"made_by": "tools/train_lines.py", "corpus": digest(), "out_of_fold": models[SEEDS[0]]}
        HELD_OUT.parent.mkdir(exist_ok=True)
        HELD_OUT.write_bytes(gzip.compress(json.dumps(kept, separators=(",", ":")).encode(), mtime=0))
        for file in (OUT, HELD_OUT):
            print(f"wrote {file.relative_to(ROOT)}, {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
