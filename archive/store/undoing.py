"""Taking one event back: each subject knows its own."""

from sqlalchemy import Connection

from archive.holdings import Event
from archive.store import collection_desk, curation, queue_desk, story_desk
from archive.store.events import read_event


def undo(connection: Connection, number: int, *, by: str) -> Event:
    """Take what one event did back by a further event; UnknownEvent, NotUndoable, AlreadyUndone, ChangedSince."""
    event = read_event(connection, number)
    if story_desk.is_about_story(event):
        return story_desk.undo(connection, number, by=by)
    if queue_desk.is_dismissal(event):
        return queue_desk.undo_dismissal(connection, number, by=by)
    if collection_desk.is_about_collection(event):
        return collection_desk.undo(connection, number, by=by)
    return curation.undo(connection, number, by)
