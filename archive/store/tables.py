"""The tables of archive.db; migrations/ builds them, and a test keeps the two equal."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# The schemas this program knows, oldest first: one per file in migrations/versions/.
SCHEMAS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("type", String(40), nullable=False),
    Column("at", String(30), nullable=False),
    Column("agent", Text, nullable=False),
    Column("report_id", String(20)),
    Column("batch", Integer),
    Column("outcome", String(40), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("note", Text),
    Index("events_of_report", "report_id", "number"),
    sqlite_autoincrement=True,  # a number is never given twice
)

batches = Table(
    "batches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("agent", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("started", String(30), nullable=False),
    Column("finished", String(30)),
    Column("outcome", String(40)),
    Column("counts", Text),
    sqlite_autoincrement=True,
)

batch_lines = Table(
    "batch_lines",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("batch", Integer, ForeignKey("batches.number"), nullable=False),
    Column("name", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("report_id", String(20)),
    Column("code", String(10)),
    Column("reason", Text),
    Column("issues", Text, nullable=False),
    Index("lines_of_batch", "batch", "number"),
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("added", String(30), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("sha256", String(64), ForeignKey("originals.sha256"), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("url", Text),
    Column("captured", Text),
    Column("batch", Integer, ForeignKey("batches.number"), nullable=False),
    UniqueConstraint("sha256", "name", name="one_source_per_name"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("sha256", String(64), ForeignKey("originals.sha256"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Text, nullable=False),  # the effective record: last version with live corrections
    Column("outlet", Text),
    Column("earliest", String(10)),
    Column("latest", String(10)),
    UniqueConstraint("sha256", "part", name="one_report_per_part"),
)

versions = Table(
    "versions",
    metadata,
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rule_set", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("record", Text, nullable=False),
    Column("blocks", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("event", Integer, ForeignKey("events.number"), nullable=False),
)

# A row either gives a field a value, or undoes an earlier row (then `undoes` is that row's event).
corrections = Table(
    "corrections",
    metadata,
    Column("event", Integer, ForeignKey("events.number"), primary_key=True, autoincrement=False),
    Column("report_id", String(20), ForeignKey("reports.id"), nullable=False),
    Column("field", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(30), nullable=False),
    Column("reason", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("corrections.event"), unique=True),
    Index("corrections_of_report", "report_id", "event"),
)

# `place` is its order beside others of the same parent; `changed` the newest event after which its reports are found
# otherwise. One that was deleted stays, so that it can come back.
collections = Table(
    "collections",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent", String(100)),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("level", String(20), nullable=False, server_default="collection"),
    Column("public", Boolean, nullable=False, server_default="1"),
    Column("question", Text, nullable=False, server_default=""),
    Column("elements", Text, nullable=False, server_default="{}"),
    Column("deleted", Boolean, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
)

collection_items = Table(
    "collection_items",
    metadata,
    Column("collection", String(100), ForeignKey("collections.key"), primary_key=True),
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Index("collections_of_report", "report_id"),
    Index("items_in_order", "collection", "place"),
)

quarantined = Table(
    "quarantined",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("code", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("sha256", String(64)),
    Column("batch", Integer, ForeignKey("batches.number"), nullable=False),
    Column("event", Integer, ForeignKey("events.number"), nullable=False),
    Column("closed", Text),  # why it needs no work any more
    Index("quarantined_names", "name"),
)

# What other reports of the same copy are found by: the marks of each report's text, and who has a mark.
sketches = Table(
    "sketches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report_id", String(20), ForeignKey("reports.id"), nullable=False, unique=True),
    Column("kind", Integer, nullable=False),
    Column("marks", LargeBinary, nullable=False),
)

sketch_marks = Table(
    "sketch_marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("sketch", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# `first` is the version a person wants shown first; `became` the story that this one went into.
stories = Table(
    "stories",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("first", String(20), ForeignKey("reports.id")),
    Column("became", Integer, ForeignKey("stories.number")),
    sqlite_autoincrement=True,
)

# One row at most for a report: its story (None: a person says that it is a story of its own), and the person if one
# decided.
story_items = Table(
    "story_items",
    metadata,
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("story", Integer, ForeignKey("stories.number")),
    Column("by", Text),
    Index("reports_of_story", "story"),
)

# Each pair of reports found to print the same copy, both ways round: thousandths of the shorter text they share.
story_links = Table(
    "story_links",
    metadata,
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("other", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("share", Integer, nullable=False),
)

# An edit of many reports, written down before the first is touched: what is done, to which, by whom, why and how far.
bulk_edits = Table(
    "bulk_edits",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("edit", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("by", Text, nullable=False),
    Column("planned", String(30), nullable=False),
    Column("reason", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("looked_at", Integer, nullable=False),
    Column("last_event", Integer, nullable=False),  # the newest event when it was planned
    Column("undoes", Integer, ForeignKey("bulk_edits.number")),
    Column("started", String(30)),
    Column("finished", String(30)),
    Column("notes", Text, nullable=False),
    sqlite_autoincrement=True,
)

# `value` is this report's own value, or in an edit that undoes another the event to undo; `event` is what was done.
bulk_items = Table(
    "bulk_items",
    metadata,
    Column("bulk", Integer, ForeignKey("bulk_edits.number"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("report_id", String(20), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("value", Text),
    Column("event", Integer, ForeignKey("events.number")),
    Column("note", Text),
    Index("bulk_items_left", "bulk", "outcome", "place"),
)

# What each report has waiting for a person, and by which derivation (archive/queues.py) its rows were found.
queue_items = Table(
    "queue_items",
    metadata,
    Column("queue", String(20), primary_key=True),
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("outlet", Text, nullable=False),  # empty where it is not known
    Column("cause", Text, nullable=False),
    Index("items_by_cause", "queue", "outlet", "cause", "report_id"),
    Index("items_of_report", "report_id"),
    sqlite_with_rowid=False,
)

queue_marks = Table(
    "queue_marks",
    metadata,
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Column("derivation", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# The short lines that each outlet's reports keep in their text, by the mark of the line.
kept_lines = Table(
    "kept_lines",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("report_id", String(20), ForeignKey("reports.id"), primary_key=True),
    Index("lines_of_report", "report_id"),
    sqlite_with_rowid=False,
)

# What a person found to be no problem where that is no report's: a line of an outlet.
queue_dismissals = Table(
    "queue_dismissals",
    metadata,
    Column("queue", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("event", Integer, ForeignKey("events.number"), nullable=False),
)

# What readers wrote about a page; `closed` is the event by which a person answered.
reader_problems = Table(
    "reader_problems",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report_id", String(20), ForeignKey("reports.id"), nullable=False),
    Column("said", Text, nullable=False),
    Column("contact", Text),
    Column("at", String(30), nullable=False),
    Column("event", Integer, ForeignKey("events.number"), nullable=False),
    Column("answer", Text),
    Column("closed", Integer, ForeignKey("events.number")),
    Index("problems_of_report", "report_id"),
    Index("open_problems", "closed", "number"),
    sqlite_autoincrement=True,
)

# A report taken out of the archive. `parcel` is all there was of it while it is sealed; `story_act` the event by which
# it left its story; `with_original` says that its original was moved away with it.
withdrawals = Table(
    "withdrawals",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report_id", String(20), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(30), nullable=False),
    Column("reason", Text, nullable=False),
    Column("event", Integer, ForeignKey("events.number"), nullable=False),
    Column("title", Text, nullable=False),
    Column("parcel", Text),
    Column("story_act", Integer),
    Column("with_original", Boolean, nullable=False),
    Column("asked_by", Text),
    Column("asked_at", String(30)),
    Column("ended_by", Text),
    Column("ended", String(30)),
    Index("withdrawals_of_report", "report_id", "number"),
    sqlite_autoincrement=True,
)
