"""The catalogue's room of jobs: long work asked for at the desk, done by processes of their own."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.jobs import Job, JobKind, Jobs
from archive.spool import choose_folder, offer_folders
from archive.store import Store


class JobRoom:
    """Long work asked for at the desk: what is to be done, how far it is, what came of it."""

    def __init__(self, store: Store) -> None:
        self._home, self._settings = store.home, store.home.settings
        self._jobs = Jobs(store.home)

    @property
    def home(self) -> Path:
        """The folder of the archive, for the process that does the work."""
        return self._home.path

    @property
    def folder(self) -> Path:
        """Where files wait that are just being uploaded."""
        return self._jobs.folder

    @property
    def most_bytes(self) -> int:
        """The most bytes that may be uploaded at once."""
        return self._settings.max_upload_bytes

    @property
    def most_files(self) -> int:
        """The most files that may be uploaded at once."""
        return self._settings.max_upload_files

    def offer_folders(self) -> tuple[str, ...]:
        """Return folders of this machine that may be imported from; none where the settings allow none."""
        return offer_folders(self._settings.import_roots)

    def choose_folder(self, text: str) -> Path:
        """Return the folder a person named, every link followed; FolderRefused unless the settings allow it."""
        return choose_folder(text, self._settings.import_roots)

    def create(self, kind: JobKind, *, by: str, asked: Mapping[str, Any]) -> Job:
        """Write down a new job, to be taken up by a process; its folder for files is there."""
        return self._jobs.create(kind, by=by, asked=asked)

    def read(self, number: int) -> Job:
        """Return a job as it stands; raises UnknownJob."""
        return self._jobs.read(number)

    def all(self, *kinds: JobKind) -> Iterator[Job]:
        """Yield every job, or those of these kinds, the latest first."""
        return self._jobs.all(*kinds)

    def result(self, number: int) -> Any:  # noqa: ANN401 - as the kind of job has it
        """Return what a job found out; None when it has found nothing yet."""
        return self._jobs.result(number)

    def files(self, number: int) -> Path:
        """Return the folder of the files a job works on."""
        return self._jobs.files(number)

    def stop(self, number: int) -> None:
        """Ask the process of a job to end as by Ctrl-C; raises UnknownJob and JobOver."""
        self._jobs.stop(number)

    def reopen(self, number: int) -> Job:
        """Let a job that was cut short be taken up again; raises UnknownJob and JobOver."""
        return self._jobs.reopen(number)

    def drop_files(self, number: int) -> None:
        """Take away the files a job worked on; raises UnknownJob, and JobOver while it works."""
        self._jobs.drop_files(number)
