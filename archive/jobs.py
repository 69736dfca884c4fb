"""Long work asked for at the desk: what each job is to do, how far it is, and whether its process still lives.

A job is a folder of its own in the home. It is written by files put in place whole, not in the database: how
far it is changes more often than one writer's database should. A job's process holds a
lock for as long as it lives, so one that was killed is known from any other process.
"""

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from archive.errors import JobOver, UnknownJob
from archive.home import Home, home_error
from archive.store.codec import now
from archive.store.lock import try_lock

JobKind = Literal["import", "retry", "compare", "apply", "count rules", "propose", "verify", "withdraw", "restore"]
JobState = Literal["waiting", "running", "done", "failed", "stopped", "interrupted"]
OVER = frozenset({"done", "failed", "stopped", "interrupted"})
ASKED, STATE, RESULT, LOCK, FILES, TURN = "asked.json", "state.json", "result.json", "lock", "files", "turn"
NUMBER = re.compile(r"[1-9][0-9]{0,8}")  # 12
START_SECONDS = 30.0  # a job that no process has taken up after this long never will be
ATTEMPTS, PAUSE = 20, 0.1  # seconds
UPLOAD = "upload-"
ABANDONED_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work: what was asked by whom, and how far it is.

    `asked` and `counts` are as its kind has them; `batch` is the batch it writes, once it does; `done` counts pages or
    reports, `total` says of how many where that is known.
    """

    number: int
    kind: JobKind
    by: str
    asked: Mapping[str, Any]
    created: str
    state: JobState = "waiting"
    done: int = 0
    total: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    batch: int | None = None
    message: str = ""

    @property
    def over(self) -> bool:
        """Tell whether nothing more will happen unless somebody asks."""
        return self.state in OVER


class Jobs:
    """The jobs of one home; safe for any thread and process."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.folder = home.jobs

    def create(self, kind: JobKind, *, by: str, asked: Mapping[str, Any]) -> Job:
        """Write down a new job, to be taken up by a process; its folder for files is there."""
        number = max(self._numbers(), default=0) + 1
        try:
            self.folder.mkdir(exist_ok=True)
            while True:
                try:
                    self._path(number).mkdir()
                    break
                except FileExistsError:  # somebody else was faster
                    number += 1
            self.files(number).mkdir()
            _put(self._path(number) / ASKED, {"kind": kind, "by": by, "asked": dict(asked), "created": now()})
        except OSError as problem:
            raise home_error(self._home.path, problem) from problem
        self._sweep()
        return self.read(number)

    def read(self, number: int) -> Job:
        """Return a job as it stands; raises UnknownJob."""
        asked = _take(self._path(number) / ASKED)
        if asked is None or asked["kind"] not in get_args(JobKind):
            raise UnknownJob(number)
        said = _take(self._path(number) / STATE) or {}
        state: JobState = said.get("state", "waiting")
        if state not in OVER and not self._lives(number, said):
            state = "interrupted"
        return Job(
            number=number,
            kind=asked["kind"],
            by=asked["by"],
            asked=asked["asked"],
            created=asked["created"],
            state=state,
            done=said.get("done", 0),
            total=said.get("total"),
            counts=said.get("counts", {}),
            batch=said.get("batch"),
            message=said.get("message", ""),
        )

    def all(self, *kinds: JobKind) -> Iterator[Job]:
        """Yield every job, or those of these kinds, the latest first."""
        for number in sorted(self._numbers(), reverse=True):
            with suppress(UnknownJob):
                job = self.read(number)
                if not kinds or job.kind in kinds:
                    yield job

    def result(self, number: int) -> Any:  # noqa: ANN401 - as the kind of job has it
        """Return what a job found out; None when it has found nothing yet."""
        return _take(self._path(number) / RESULT)

    def files(self, number: int) -> Path:
        """Return the folder of the files a job works on."""
        return self._path(number) / FILES

    def stop(self, number: int) -> None:
        """Ask the process of a job to end as by Ctrl-C; raises UnknownJob, and JobOver when there is none any more."""
        job = self.read(number)
        holder = self._holder(number)
        if job.over or not holder:
            raise JobOver(number)
        with suppress(ProcessLookupError):
            os.kill(holder, signal.SIGINT)

    def reopen(self, number: int) -> Job:
        """Let a job that was cut short be taken up again; raises UnknownJob, and JobOver when it is not cut short."""
        job = self.read(number)
        if job.state not in {"interrupted", "stopped", "failed"}:
            raise JobOver(number)
        _put(self._path(number) / STATE, {"state": "waiting", "at": time.time()})
        return self.read(number)

    def drop_files(self, number: int) -> None:
        """Take away the files a job worked on; what came of them is in the archive. Raises JobOver while it works."""
        if not self.read(number).over:
            raise JobOver(number)
        shutil.rmtree(self.files(number), ignore_errors=True)

    @contextmanager
    def taken(self, number: int) -> Iterator["JobRun"]:
        """Be the process of a job for as long as the block lasts, one at a time; says at the end how it went.

        Raises UnknownJob, and JobOver when another process has it.
        """
        self.read(number)
        handle = os.open(self._path(number) / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._take_lock(number, handle)
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
            run = JobRun(self._path(number))
            with run.telling(), self._turn():
                run.say(state="running")
                yield run
        finally:
            os.close(handle)

    @staticmethod
    def _take_lock(number: int, handle: int) -> None:
        for left in reversed(range(ATTEMPTS)):
            try:
                try_lock(handle)
                break
            except OSError as problem:
                if not left:
                    raise JobOver(number) from problem
                time.sleep(PAUSE)  # whoever only looks whether a job lives has its lock for a moment

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until no other job of this home is at work."""
        handle = os.open(self.folder / TURN, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            while True:
                try:
                    try_lock(handle)
                    break
                except OSError:
                    time.sleep(PAUSE)
            yield
        finally:
            os.close(handle)

    def _lives(self, number: int, said: Mapping[str, Any]) -> bool:
        if self._holder(number) is not None:
            return True
        # Its process may not have begun yet.
        begun = said.get("at") or _time_of(self._path(number) / ASKED)
        return said.get("state", "waiting") == "waiting" and time.time() - begun < START_SECONDS

    def _holder(self, number: int) -> int | None:
        """Return the number of the process that holds a job; None when there is none."""
        try:
            handle = os.open(self._path(number) / LOCK, os.O_RDWR)
        except OSError:
            return None
        try:
            try_lock(handle)
        except OSError:
            told = os.pread(handle, 20, 0) if hasattr(os, "pread") else b""
            return int(told) if told.isdigit() else 0
        finally:
            os.close(handle)
        return None

    def _numbers(self) -> Iterator[int]:
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder):
                if NUMBER.fullmatch(entry.name):
                    yield int(entry.name)

    def _path(self, number: int) -> Path:
        return self.folder / str(number)

    def _sweep(self) -> None:
        """Take away what is left of uploads that were never finished."""
        for left in self.folder.glob(f"{UPLOAD}*"):
            if time.time() - _time_of(left) > ABANDONED_SECONDS:
                left.unlink(missing_ok=True)


class JobRun:
    """What the process of a job says about itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._said: dict[str, Any] = {"state": "waiting", "at": time.time()}

    def note(self, **said: Any) -> None:  # noqa: ANN401 - the values of a state
        """Remember how far the job is, to be said with the next word."""
        self._said |= said

    def say(self, **said: Any) -> None:  # noqa: ANN401 - the values of a state
        """Say how far the job is; what was said before stands unless said anew."""
        self._said |= said | {"at": time.time()}
        _put(self._folder / STATE, self._said)

    def keep(self, result: Any) -> None:  # noqa: ANN401 - as the kind of job has it
        """Keep what the job found out."""
        _put(self._folder / RESULT, result)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say how the block ended: done, stopped by somebody, or failed, with the reason in words."""
        self.say(state="waiting")
        try:
            yield
        except KeyboardInterrupt:
            self.say(state="stopped")
            raise
        except BaseException as problem:
            self.say(state="failed", message=str(problem) or type(problem).__name__)
            raise
        self.say(state="done")


def _put(file: Path, value: object) -> None:
    draft = file.with_suffix(f".{os.getpid()}.new")
    with draft.open("w", encoding="utf-8") as written:
        json.dump(value, written, ensure_ascii=True)
        written.flush()
        os.fsync(written.fileno())
    draft.replace(file)


def _take(file: Path) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _time_of(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
