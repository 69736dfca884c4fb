"""The folder that a browser saves beside a page: it belongs to the page, and one line is enough for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from archive.sources.items import Skipped
from archive.sources.kinds import COMPANION, HOUSEKEEPING, MEDIA_TYPES, TEXT

PAGES = frozenset(suffix for suffix, media_type in MEDIA_TYPES.items() if media_type != TEXT)


@dataclass(slots=True)
class Passed:
    """What was passed over without a line of its own, counted, to be said in one line at the end."""

    companions: Mapping[str, str]  # folder: the page it belongs to
    counts: Counter[str] = field(default_factory=Counter)
    housekeeping: int = 0

    def take(self, name: str) -> bool:
        """Count a file that belongs to a saved page or to a program; False when it stands for itself."""
        if HOUSEKEEPING.search(name):
            self.housekeeping += 1
            return True
        parents = PurePosixPath(name).parents if self.companions else ()
        folder = next((str(one) for one in reversed(parents) if str(one) in self.companions), None)
        if folder is not None:
            self.counts[folder] += 1
        return folder is not None

    def lines(self, prefix: str, name: str) -> Iterable[Skipped]:
        """Yield what was counted: a line for each saved page's folder, and one for what programs left."""
        for folder, count in sorted(self.counts.items()):
            page = PurePosixPath(self.companions[folder]).name
            yield Skipped(f"{prefix}{folder}", of_page(count, page))
        if self.housekeeping:
            files = "file" if self.housekeeping == 1 else "files"
            what = "of Zotero or of the operating system (.zotero-ft-cache, .DS_Store and the like)"
            yield Skipped(name, f"{self.housekeeping:,} internal {files} {what}")


def of_page(count: int, page: str) -> str:
    """Return why the files of a saved page's folder are passed over."""
    return f"{count:,} {'file' if count == 1 else 'files'} (pictures, styles, scripts) of the saved page {page}"


def find_companions(names: Iterable[str]) -> Mapping[str, str]:
    """Return, among the files of an archive, each folder that belongs to a saved page, with the page."""
    paths = [PurePosixPath(name) for name in names]
    pages = {path.with_suffix("").as_posix(): path.as_posix() for path in paths if path.suffix.lower() in PAGES}
    found = {}
    for folder in {parent for path in paths for parent in path.parents if parent.name}:
        page = pages.get((folder.parent / stem_of(folder.name)).as_posix()) if stem_of(folder.name) else None
        if page is not None:
            found[folder.as_posix()] = page
    return found


def stem_of(folder: str) -> str:
    """Return the name of the page that a folder of this name would belong to, without ending; '' when none."""
    match = COMPANION.match(folder)
    return "" if match is None else match["stem"]
