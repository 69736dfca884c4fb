"""The library's own actors, as a person works on them: labels, names that are theirs and names that are not."""

from dataclasses import replace

from archive.authorities import (
    OWN_ACTORS,
    ActorEntry,
    Actors,
    OwnActor,
    clean_names,
    load_actors,
    read_own_actors,
    write_own_actor,
)
from archive.holdings import Event, OwnFileEdit
from archive.identifiers import make_collection_key
from archive.store.access import Access
from archive.store.own_files import OwnFiles
from archive.store.room import Room

FILE = f"authorities/{OWN_ACTORS}"
LONGEST_NOTE = 20_000


class ActorDesk(Room):
    """The library's word on actors; what it changes in reports is a job's."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._files = OwnFiles(access)

    def all(self) -> Actors:
        """Return every actor there is, the library's word laid over the program's; raises BadRuleFile."""
        return load_actors(self.home.authorities)

    def entry(self, actor_id: str) -> ActorEntry | None:
        """Return one actor; None when there is none of this id."""
        return self.all().by_id.get(actor_id)

    def own(self) -> tuple[OwnActor, ...]:
        """Return what the library says of actors, in the file's order; raises BadRuleFile."""
        return tuple(read_own_actors(self._files.read(FILE) or "").values())

    def draft(self, actor_id: str) -> OwnActor:
        """Return what the library says of an actor; nothing but the id where it says nothing."""
        return read_own_actors(self._files.read(FILE) or "").get(actor_id, OwnActor(actor_id))

    def preview(self, draft: OwnActor) -> str:
        """Return the file's text as it would be; raises BadRuleFile."""
        return write_own_actor(self._files.read(FILE) or "", self._clean(draft))

    def put(self, draft: OwnActor, *, by: str, reason: str = "") -> Event | None:
        """Say this of an actor; None when it is said already. An actor without id is new. Raises BadRuleFile."""
        actor = self._clean(draft)
        return self._files.change(FILE, lambda text: write_own_actor(text or "", actor), by=by, reason=reason)

    def edits(self) -> tuple[OwnFileEdit, ...]:
        """Return every change of what is said of actors, the latest first."""
        return self._files.edits(FILE)

    def undo(self, event: int, *, by: str) -> Event:
        """Take a change back; raises NotUndoable, AlreadyUndone and OwnFileMoved."""
        return self._files.undo(event, by=by, check=read_own_actors)

    def _clean(self, draft: OwnActor) -> OwnActor:
        label = " ".join(clean_names([draft.label]))
        variants, without = clean_names(draft.variants), clean_names(draft.without)
        return replace(
            draft,
            id=draft.id or self._make_id(label),
            label=label,
            variants=variants,
            without=tuple(name for name in without if name not in variants),
            note=draft.note.replace("\x7f", "").strip()[:LONGEST_NOTE],
        )

    def _make_id(self, label: str) -> str:
        start = "".join(letter for letter in make_collection_key(label) if letter.isascii()).strip("-") or "actor"
        made, number = start, 2
        while made in self.all().by_id:
            made, number = f"{start}-{number}", number + 1
        return made
