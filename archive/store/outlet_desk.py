"""What a library says of outlets, as a person works on it: descriptions, owners, and which outlet is another."""

from archive.errors import BadRuleFile, UnknownOutlet
from archive.holdings import Event, OwnFileEdit
from archive.outlet_notes import OUTLET_NOTES, OutletNote, parse_outlet_notes, write_outlet_note
from archive.rules import load_rule_set
from archive.store.access import Access
from archive.store.own_files import OwnFiles
from archive.store.room import Room

FILE = f"authorities/{OUTLET_NOTES}"


class OutletDesk(Room):
    """The library's word on outlets; what it changes in reports is a job's."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._files = OwnFiles(access)

    def note(self, key: str) -> OutletNote:
        """Return what is said of an outlet; an empty note where nothing is. Raises BadRuleFile."""
        return parse_outlet_notes(self._files.read(FILE) or "").get(key, OutletNote(key))

    def others(self, key: str) -> tuple[str, ...]:
        """Return the outlets that are said to be this one, in order."""
        notes = parse_outlet_notes(self._files.read(FILE) or "")
        return tuple(sorted(note.key for note in notes.values() if note.same_as == key))

    def preview(self, note: OutletNote) -> str:
        """Return the file's text as it would be with this note; raises BadRuleFile and UnknownOutlet."""
        self._check(note)
        return write_outlet_note(self._files.read(FILE) or "", note)

    def put(self, note: OutletNote, *, by: str, reason: str = "") -> Event | None:
        """Say this of an outlet; None when it is said already. Raises BadRuleFile and UnknownOutlet."""
        self._check(note)
        return self._files.change(FILE, lambda text: write_outlet_note(text or "", note), by=by, reason=reason)

    def edits(self) -> tuple[OwnFileEdit, ...]:
        """Return every change of what is said of outlets, the latest first."""
        return self._files.edits(FILE)

    def undo(self, event: int, *, by: str) -> Event:
        """Take a change back; raises NotUndoable, AlreadyUndone and OwnFileMoved."""
        return self._files.undo(event, by=by, check=parse_outlet_notes)

    def _check(self, note: OutletNote) -> None:
        if not note.same_as:
            return
        if note.same_as == note.key:
            raise BadRuleFile(OUTLET_NOTES, f"{note.key}.same_as", "is the outlet itself")
        known = load_rule_set(self.home.path / "outlets").outlets
        if note.same_as not in known:
            raise UnknownOutlet(note.same_as, tuple(sorted(known)))
