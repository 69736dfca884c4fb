"""Records as they lie there, for counting over thousands of reports: to build each would take ten times as long."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, func, select

from archive.store.codec import load
from archive.store.room import Room
from archive.store.tables import events, reports

AT_ONCE = 500
LAST = (
    select(events.c.report_id, func.max(events.c.number))
    .where(events.c.report_id.in_(bindparam("ids", expanding=True)))
    .group_by(events.c.report_id)
)
TIMES = select(events.c.number, events.c.at).where(events.c.number.in_(bindparam("numbers", expanding=True)))
BY_IDS = select(reports.c.id, reports.c.record).where(reports.c.id.in_(bindparam("ids", expanding=True)))


class Records(Room):
    """The records of many reports, in the public form, corrections applied."""

    def of(self, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yield the records of these reports in this order, leaving out what is not there; reads some at a time."""
        waiting = iter(ids)
        while part := tuple(islice(waiting, AT_ONCE)):
            with self.snapshot() as connection:
                found = {row.id: row.record for row in connection.execute(BY_IDS, {"ids": part})}
            yield from (load(found[report_id]) for report_id in part if report_id in found)

    def changed(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return when something last happened to each of these reports (UTC, ISO 8601); a few hundred at most."""
        with self.snapshot() as connection:
            last = {row[0]: row[1] for row in connection.execute(LAST, {"ids": tuple(ids)})}
            times = {row.number: row.at for row in connection.execute(TIMES, {"numbers": tuple(last.values())})}
        return {report_id: times[number] for report_id, number in last.items()}
