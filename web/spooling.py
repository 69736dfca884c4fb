"""Uploads go to the archive's own disk as they come in; nothing of a request's names decides where."""

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from flask import Flask, Request, g

from web.context import here

UPLOADING = "imports.create"
PREFIX = "upload-"


class SpoolingRequest(Request):
    """A request whose uploaded files are written to the archive's folder of jobs, where they are to be read."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint != UPLOADING or not filename:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        folder = here().catalogue.jobs.folder
        folder.mkdir(exist_ok=True)
        spooled: Any = tempfile.NamedTemporaryFile(dir=folder, prefix=PREFIX, delete=False)  # noqa: SIM115 - kept open
        g.setdefault("spooled", []).append(spooled)
        stream: IO[bytes] = spooled
        return stream


def add_spooling(app: Flask) -> None:
    """Let uploads be spooled, and take away what no page has taken."""
    app.request_class = SpoolingRequest
    app.teardown_request(_take_away)


def take_file(stream: IO[bytes], target: Path) -> None:
    """Put a spooled upload where it belongs, without copying it."""
    stream.flush()
    stream.close()
    Path(stream.name).replace(target)


def _take_away(_: BaseException | None) -> None:
    for spooled in g.pop("spooled", ()):
        spooled.close()
        with suppress(OSError):
            Path(spooled.name).unlink(missing_ok=True)
