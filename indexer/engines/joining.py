"""Several indexes of tantivy become one.

The library's index is a folder of segments, which never change, and one file that names them. So the segments of
several indexes with the same fields are together one more, as soon as they lie in one folder and a file names them all;
nothing in them is read or written again.
"""

import json
from collections.abc import Sequence
from pathlib import Path

NAMES = "meta.json"  # the library's file that names the segments
MANAGED = ".managed.json"  # and that of all files which it may delete


def join_parts(folder: Path, parts: Sequence[Path]) -> None:
    """Make one index of several, in a folder that has none yet; their own folders are no indexes afterwards."""
    metas = [json.loads((part / NAMES).read_text(encoding="utf-8")) for part in parts]
    files = [file for part in parts for file in part.iterdir() if _is_of_segment(file)]
    for file in files:
        file.rename(folder / file.name)
    managed = [NAMES, *(file.name for file in files)]
    (folder / MANAGED).write_text(json.dumps(managed), encoding="utf-8")
    segments = [segment for meta in metas for segment in meta["segments"]]
    joined = {**metas[0], "segments": segments, "opstamp": max(meta["opstamp"] for meta in metas)}
    (folder / NAMES).write_text(json.dumps(joined), encoding="utf-8")


def _is_of_segment(file: Path) -> bool:
    return not file.name.startswith(".") and file.name != NAMES
