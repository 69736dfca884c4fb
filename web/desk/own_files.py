"""What the desk does alike with every file of the library's own: trying a draft of it, and listing its changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from indexer import OwnFileEdit
from web.access import acting_user
from web.context import here
from web.desk.jobs import begin


@dataclass(frozen=True, slots=True)
class EditView:
    """One change of a file in words, and whether it can be taken back."""

    event: int
    said: str
    reason: str
    undone: bool


def view_edit(edit: OwnFileEdit, said: str) -> EditView:
    """Return a change as it is shown; what undoes another is not undone itself."""
    return EditView(edit.event, said, edit.reason, edit.undone or edit.undoes is not None)


def try_draft(folder: str, file: str, text: str, asked: Mapping[str, object]) -> ResponseReturnValue:
    """Begin to compare what the archive says with what it would say by a draft of this file, and lead there.

    `folder` and `file` are names of ours, never what somebody sent.
    """
    jobs = here().catalogue.jobs
    job = jobs.create("compare", by=acting_user().name, asked=dict(asked))
    drafts = jobs.files(job.number) / folder
    drafts.mkdir()
    (drafts / file).write_text(text, encoding="utf-8", newline="\n")
    begin(job)
    return redirect(url_for("jobs.show", number=job.number), 303)
