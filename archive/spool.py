"""What a browser sends or names for an import: names made harmless, folders held inside those that are allowed."""

import os
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from pathlib import Path, PurePosixPath

from archive.errors import FolderRefused

LONGEST_NAME = 160  # bytes; every file system takes them, with a number added
LONGEST_ENDING = 20
UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)  # "gpj.exe" turned round
BETWEEN = re.compile(r"[/\\:]+")  # C:\pages\a.html, ../../a.html
MOST_OFFERED = 200


def clean_name(sent: str | None, taken: Container[str] = ()) -> str:
    """Return a name for a file that was sent under this one: no path, nothing unseen, not one of those taken."""
    last = BETWEEN.split(UNSEEN.sub("", unicodedata.normalize("NFC", sent or "")))[-1].strip().lstrip(".")
    ending = PurePosixPath(last).suffix
    ending = ending if len(ending.encode()) <= LONGEST_ENDING else ""
    stem = (last.removesuffix(ending) or "page").encode()[: LONGEST_NAME - len(ending.encode())].decode(errors="ignore")
    name, number = stem + ending, 2
    while name in taken:
        name, number = f"{stem}-{number}{ending}", number + 1
    return name


def choose_folder(text: str, roots: Sequence[str]) -> Path:
    """Return the folder a person named, as it is with every link followed; FolderRefused unless it lies in a root."""
    if not roots:
        raise FolderRefused(text, "no folder of this machine may be imported from: import_roots in settings.toml")
    try:
        found = (Path(roots[0]) / text).resolve(strict=True)
        inside = any(found.is_relative_to(Path(root).resolve()) for root in roots)
    except (OSError, ValueError, RuntimeError):
        raise FolderRefused(text, "there is no such folder") from None
    if not inside:
        raise FolderRefused(text, f"it does not lie in {' or '.join(roots)}")
    return found


def offer_folders(roots: Sequence[str]) -> tuple[str, ...]:
    """Return the folders that may be imported from and the folders in them, as suggestions."""
    return tuple(_offer(roots))[:MOST_OFFERED]


def _offer(roots: Sequence[str]) -> Iterator[str]:
    for root in roots:
        yield root
        try:
            inside = sorted(one.path for one in os.scandir(root) if one.is_dir(follow_symlinks=False))
        except OSError:
            continue
        yield from inside[:MOST_OFFERED]
