"""Files named by the digest of their bytes, on the disk before any record speaks of them."""

import hashlib
import os
import re
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from archive.home import home_error

Kept = Literal["new", "known", "repaired"]
UNFINISHED = "unfinished"
CHUNK = 1 << 20
HANDS = 4  # threads that wait for the disk: files forced to it together cost little more than one
PREFIX = re.compile(r"[0-9a-f]{2}")  # ab
REST = re.compile(r"[0-9a-f]{62}")  # the other 62 digits of a SHA-256


class Originals:
    """A content-addressed folder: `ab/cdef…` holds the bytes whose SHA-256 is abcdef….

    A file is written under another name, forced to the disk and then renamed, so that under its own name it is whole.
    Only the holder of the writer's lock may call `keep`, `settle` and `clear`.
    """

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self._home = folder, home
        self._unsettled: set[Path] = set()
        self._turn = threading.Lock()  # after Ctrl-C a hand may still be keeping while the batch is closed

    def keep(self, content: bytes, sha256: str) -> Kept:
        """Keep these bytes; they are durable once `settle` returns. A damaged copy is replaced by the good bytes."""
        file = self.path(sha256)
        try:
            held = _read(file)
            if held == content:
                return "known"
            self._write(file, content)
        except OSError as problem:
            raise home_error(self._home, problem) from problem
        return "new" if held is None else "repaired"

    def keep_all(self, contents: Mapping[str, bytes]) -> Mapping[str, Kept]:
        """Keep several originals, by digest, at once; as `keep`."""
        if len(contents) <= 1:
            return {sha256: self.keep(content, sha256) for sha256, content in contents.items()}
        with ThreadPoolExecutor(HANDS) as hands:
            return dict(zip(contents, hands.map(self.keep, contents.values(), contents), strict=True))

    def settle(self) -> None:
        """Force the names of all files kept since the last call to the disk; those kept meanwhile wait for the next."""
        with self._turn:
            unsettled, self._unsettled = self._unsettled, set()
        try:
            with ThreadPoolExecutor(HANDS) as hands:
                list(hands.map(_sync_folder, unsettled))
        except BaseException as problem:
            self._await(*unsettled)
            if isinstance(problem, OSError):
                raise home_error(self._home, problem) from problem
            raise

    def clear(self) -> None:
        """Throw away what a writer that died left unfinished."""
        for file in (self.folder / UNFINISHED).glob("*"):
            file.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this digest lie, or would lie."""
        return self.folder / sha256[:2] / sha256[2:]

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes with this digest; None when they are missing or no longer have it."""
        try:
            content = _read(self.path(sha256))
        except OSError as problem:
            raise home_error(self._home, problem) from problem
        return content if content is not None and hashlib.sha256(content).hexdigest() == sha256 else None

    def digest(self, sha256: str) -> str | None:
        """Return the digest the file kept under this one has today; None when there is no file."""
        today = hashlib.sha256()
        try:
            with self.path(sha256).open("rb") as file:
                while chunk := file.read(CHUNK):
                    today.update(chunk)
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise home_error(self._home, problem) from problem
        return today.hexdigest()

    def names(self) -> Iterator[tuple[str, str | None]]:
        """Yield every file: its path below the folder, and its digest by name (None when it has no such name)."""
        for folder in sorted(self.folder.iterdir()):
            if folder.name == UNFINISHED:
                continue
            if not folder.is_dir():
                yield folder.name, None
                continue
            for file in sorted(folder.iterdir()):
                named = PREFIX.fullmatch(folder.name) and REST.fullmatch(file.name)
                yield f"{folder.name}/{file.name}", folder.name + file.name if named else None

    def _write(self, file: Path, content: bytes) -> None:
        draft = self.folder / UNFINISHED / (file.parent.name + file.name)
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._await(self.folder)
        draft.parent.mkdir(exist_ok=True)
        try:
            with draft.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(file)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        self._await(file.parent)

    def _await(self, *folders: Path) -> None:
        with self._turn:
            self._unsettled.update(folders)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows keeps names durable by itself and cannot open a folder
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
