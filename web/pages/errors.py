"""What a reader sees when something is not there, not understood, or broken."""

import logging
import secrets

from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from indexer import (
    AlreadyUndone,
    BadOutletKey,
    BadRuleFile,
    HomeBusy,
    NotInStory,
    NotUndoable,
    OriginalLost,
    OwnFileMoved,
    UnknownBatch,
    UnknownEvent,
    UnknownJob,
    UnknownOutlet,
    UnknownPaper,
    UnknownQuarantined,
    UnknownReport,
    UnknownSnapshot,
    UnknownStory,
    UnknownToken,
    UnknownUser,
)
from web.answers import answer
from web.context import here
from web.words import date_in_words

LOG = logging.getLogger(__name__)

NOT_FOUND = ("This page is not here", "The address may be mistyped, or the report may never have been in this archive.")
SAID: dict[int, tuple[str, str]] = {
    400: (
        "This address cannot be read",
        "Something in it is not as an address should be. Start again from the search box.",
    ),
    401: ("Sign in first", "This is for people with an account. Sign in, then open it again."),
    404: NOT_FOUND,
    405: (
        "Nothing can be sent here",
        "These pages can be read, not written to. Open the address in your browser again.",
    ),
    413: ("This is too much at once", "Send less, or in parts. Nothing of it was kept."),
    414: ("This address is too long", "Ask a shorter question from the search box."),
}
UNKNOWN = (
    UnknownBatch, UnknownStory, UnknownUser, UnknownToken, UnknownJob, UnknownQuarantined, UnknownEvent,
    UnknownOutlet, BadOutletKey, UnknownPaper, UnknownSnapshot,
)  # fmt: skip
# What somebody wants at the desk and cannot have, mostly because somebody else was there before.
REFUSALS = (AlreadyUndone, NotInStory, NotUndoable, OwnFileMoved, BadRuleFile)
BROKEN = "Something broke on our side"


def add_errors(app: Flask) -> None:
    """Let every failure of this application end in a page a reader understands."""
    for unknown in UNKNOWN:
        app.register_error_handler(unknown, _unknown_report)
    app.register_error_handler(UnknownReport, _not_here)
    for refusal in REFUSALS:
        app.register_error_handler(refusal, _cannot)
    app.register_error_handler(HomeBusy, _busy)
    app.register_error_handler(OriginalLost, _original_lost)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(500, _broken)


def _unknown_report(_: Exception) -> ResponseReturnValue:
    return answer(404, *NOT_FOUND)


def _not_here(error: UnknownReport) -> ResponseReturnValue:
    """Say of a report that was withdrawn that it was here; of any other that it is not."""
    withdrawal = here().catalogue.withdrawals.find(error.report_id)
    if withdrawal is None:
        return answer(404, *NOT_FOUND)
    when = date_in_words(withdrawal.at[:10]) or withdrawal.at
    reason = f" The reason given: {withdrawal.reason}" if withdrawal.reason else ""
    return answer(410, "This report was withdrawn", f"It was in this archive, and was taken out on {when}.{reason}")


def _cannot(error: Exception) -> ResponseReturnValue:
    return answer(409, "This cannot be done now", str(error))


def _original_lost(error: Exception) -> ResponseReturnValue:
    LOG.error("%s", error)
    advice = "The file is missing or was changed since it came in. The keeper of this archive can bring it back."
    return answer(500, "The original cannot be shown", advice)


def _busy(_: Exception) -> ResponseReturnValue:
    advice = "Nothing was changed. Wait a moment, then send it again."
    return answer(503, "Something else is being written just now", advice)


def _refused(error: Exception) -> ResponseReturnValue:
    status = error.code if isinstance(error, HTTPException) and error.code else 400
    heading, advice = SAID.get(status, SAID[400])
    return answer(status, heading, advice)


def _broken(error: Exception) -> ResponseReturnValue:
    """Log the failure under a number, and tell the reader the number and nothing else."""
    reference = secrets.token_hex(4)
    LOG.error("reference %s: %s %r", reference, request.method, request.path,
              exc_info=getattr(error, "original_exception", None) or error)  # fmt: skip
    advice = f"Nothing was lost. If it happens again, tell the keeper of this archive the number {reference}."
    return answer(500, BROKEN, advice)
