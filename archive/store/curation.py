"""A librarian's work on a report: correcting a field, and taking a correction back."""

from pathlib import Path

from sqlalchemy import Connection, select

from archive.authorities import load_actors, load_places
from archive.errors import ChangedMeanwhile, UnknownOutlet
from archive.holdings import Correction, Event
from archive.model import Place
from archive.outlet_files import outlet_names
from archive.store.codec import load_report, now
from archive.store.corrections import Authorities, Json, Live, apply, check, field_to_json
from archive.store.effective import read_described, write_effective
from archive.store.overrides import NONE, add_correction, add_undoing, find_undoable, live_corrections
from archive.store.tables import reports


def correct(
    connection: Connection, correction: Correction, own_places: Path | None = None, *, batch: int | None = None
) -> Event:
    """Put a person's word in force and write the record anew; the event says what stood there before and after.

    `own_places` is the folder of the library's own places. ChangedMeanwhile when the correction has a base and the
    field has read otherwise since.
    """
    described = read_described(connection, correction.report_id)
    authorities = find_authorities(connection, own_places)
    value = check(correction.field, correction.value, authorities)
    before = _live(connection, correction.report_id)
    new = Live(0, correction.field, value, correction.by, now(), correction.reason)
    after = (*(each for each in before if each.field != new.field), new)
    stood, stands = (
        field_to_json(apply(described, before), new.field),
        field_to_json(apply(described, after), new.field),
    )
    if correction.base is not None and stands != stood:
        base = read_field(connection, correction.report_id, correction.field, correction.base)
        if base != stood:
            raise ChangedMeanwhile(correction.field, base=base, theirs=stood, yours=stands)
    event = add_correction(connection, correction, value, before=stood, after=stands, batch=batch)
    write_effective(connection, correction.report_id)
    return event


def read_field(connection: Connection, report_id: str, field: str, event: int) -> Json:
    """Return how a field of a report read once this event had happened."""
    described = read_described(connection, report_id, until=event)
    live = live_corrections(connection, [report_id], until=event).get(report_id, NONE)
    return field_to_json(apply(described, live), field)


def undo(connection: Connection, number: int, by: str) -> Event:
    """Take the correction of this event out of force: what stood before it, or a later correction, stands."""
    report_id, undone = find_undoable(connection, number)
    described = read_described(connection, report_id)
    before, after = _live(connection, report_id), _live(connection, report_id, without=(number,))
    event = add_undoing(
        connection,
        report_id,
        undone,
        by=by,
        before=field_to_json(apply(described, before), undone.field),
        after=field_to_json(apply(described, after), undone.field),
    )
    write_effective(connection, report_id)
    return event


def find_authorities(connection: Connection, own_places: Path | None = None) -> Authorities:
    """Return where corrections look up outlets and places; `own_places` as for `correct`."""
    return Authorities(
        lambda key: _outlet_name(connection, key),
        lambda place: _find_place(place, own_places),
        lambda printed: _find_actor(printed, own_places),
    )


def _live(connection: Connection, report_id: str, *, without: tuple[int, ...] = ()) -> tuple[Live, ...]:
    return live_corrections(connection, [report_id], without=without).get(report_id, NONE)


def _outlet_name(connection: Connection, key: str) -> str:
    # Outlets from a library's own rule files are known to us by the reports that have them.
    record = connection.execute(select(reports.c.record).where(reports.c.outlet == key).limit(1)).scalar()
    claim = None if record is None else load_report(record).outlet
    if claim is not None:
        return claim.name
    if key not in outlet_names():
        raise UnknownOutlet(key, tuple(sorted(outlet_names())))
    return outlet_names()[key]


def _find_actor(printed: str, authorities: Path | None) -> str | None:
    entry = load_actors(authorities).variants_of(printed)
    return entry.id if entry else None


def _find_place(place_id: str, own_places: Path | None) -> Place | None:
    entry = load_places(own_places).get(place_id)
    if entry is None:
        return None
    return Place(entry.id, entry.name, entry.country, entry.admin1, entry.lat, entry.lon, "main")
