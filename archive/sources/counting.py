"""How many pages are to come, counted cheaply: by the names of files, and by the list that a ZIP file keeps."""

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

ZIP = ".zip"
# Files that hold pages and must be read to know how many.
UNCOUNTED = frozenset({
    ".bz2", ".csv", ".docx", ".gz", ".jsonl", ".jsonlines", ".ndjson", ".rss", ".tab", ".tar", ".tbz2", ".tgz", ".tsv",
    ".txz", ".wacz", ".warc", ".xml", ".xz",
})  # fmt: skip


def count_files(paths: Iterable[Path]) -> int | None:
    """Return how many files lie below these paths, those in ZIP files too; None when only reading them would tell.

    Close enough for saying how long an import takes, and no more: files of other kinds count, and one file may yet
    turn out to hold several pages or none.
    """
    total = 0
    for file in _files(paths):
        count = _count(file)
        if count is None:
            return None
        total += count
    return total


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for folder, _, names in os.walk(path):
                yield from (Path(folder, name) for name in names)
        else:
            yield path


def _count(file: Path) -> int | None:
    suffix = file.suffix.lower()
    if suffix == ZIP:
        return _count_members(file)
    return None if suffix in UNCOUNTED else 1


def _count_members(file: Path) -> int | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [member.filename for member in archive.infolist() if not member.is_dir()]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return 1  # it will be one line: that it cannot be read
    inside = {PurePath(name).suffix.lower() for name in names}
    return None if inside & (UNCOUNTED | {ZIP}) else len(names)
