"""WACZ: WARC captures in a ZIP with a list of what it holds and the digests of all of it, which are checked."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from archive.errors import BrokenContainer
from archive.model import Issue
from archive.sources.entries import CHUNK, Entry, open_seekable
from archive.sources.items import Item, Reading, Skipped
from archive.sources.warcs import read_warc

LIST, LIST_DIGEST = "datapackage.json", "datapackage-digest.json"
LARGEST_LIST = 20_000_000
WARCS = (".warc", ".warc.gz")


def read_wacz(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the pages of every WARC in a WACZ; its own list of pages and its indexes are not needed."""
    with open_seekable(entry) as stream, zipfile.ZipFile(stream) as archive:
        members = {one.filename: one for one in archive.infolist() if not one.is_dir()}
        promised, issues = _read_list(archive, members)
        warcs = sorted(name for name in members if name.lower().endswith(WARCS))
        for name in warcs:
            found = _check(entry, archive, name, promised.get(name))
            inner = entry.inside(PurePosixPath(name).name, partial(_open, archive, name), members[name].file_size)
            yield from read_warc(inner, reading, (*issues, *found))
        if not warcs:
            raise BrokenContainer("the WACZ holds no WARC")
        for name in sorted(set(promised) - set(members)):
            yield Skipped(f"{entry.name}/{name}", "the list of this WACZ names the file, but it is not there")
        rest = len(members) - len(warcs)
        yield Skipped(entry.name, f"{rest:,} files of the WACZ that only help to find its pages (indexes, lists, logs)")


def _read_list(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]
) -> tuple[Mapping[str, str], tuple[Issue, ...]]:
    """Return the digest promised for each file, and S14 when the list itself is missing or not as signed."""
    if LIST not in members or members[LIST].file_size > LARGEST_LIST:
        return {}, (Issue("S14", "The WACZ has no list of its files (datapackage.json), so no digest was checked."),)
    content = archive.read(LIST)
    listed = _parse(content).get("resources")
    resources = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    promised = {str(one.get("path")): str(one.get("hash") or "") for one in resources}
    if LIST_DIGEST in members and members[LIST_DIGEST].file_size <= LARGEST_LIST:
        said = str(_parse(archive.read(LIST_DIGEST)).get("hash") or "")
        if not _matches(said, hashlib.sha256(content).hexdigest()):
            return promised, (Issue("S14", "The list of the WACZ's files is not the one its digest promises."),)
    return promised, ()


def _check(entry: Entry, archive: zipfile.ZipFile, name: str, promised: str | None) -> tuple[Issue, ...]:
    if not promised:
        return (Issue("S14", f"The list of the WACZ promises no digest of {name}."),)
    digest = hashlib.sha256()
    budget = entry.budget.aside()
    with _open(archive, name) as stream:
        while chunk := stream.read(CHUNK):
            budget.take(len(chunk))
            digest.update(chunk)
    if _matches(promised, digest.hexdigest()):
        return ()
    return (Issue("S14", f"{name} is not the file that the list of its WACZ promises: the digests differ."),)


def _matches(promised: str, digest: str) -> bool:
    return promised.lower().removeprefix("sha256:") == digest


def _parse(content: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _open(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    return cast("BinaryIO", archive.open(name))
