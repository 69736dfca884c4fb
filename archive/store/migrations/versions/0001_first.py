"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _log()
    _batches()
    _originals()
    _reports()
    _curation()
    _seal_the_log()


def _log() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("at", sa.String(30), nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("report_id", sa.String(20)),
        sa.Column("batch", sa.Integer),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("note", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("events_of_report", "events", ["report_id", "number"])


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sa.Column("started", sa.String(30), nullable=False),
        sa.Column("finished", sa.String(30)),
        sa.Column("outcome", sa.String(40)),
        sa.Column("counts", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "batch_lines",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("batch", sa.Integer, sa.ForeignKey("batches.number"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("report_id", sa.String(20)),
        sa.Column("code", sa.String(10)),
        sa.Column("reason", sa.Text),
        sa.Column("issues", sa.Text, nullable=False),
    )
    op.create_index("lines_of_batch", "batch_lines", ["batch", "number"])


def _originals() -> None:
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("added", sa.String(30), nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("originals.sha256"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("captured", sa.Text),
        sa.Column("batch", sa.Integer, sa.ForeignKey("batches.number"), nullable=False),
        sa.UniqueConstraint("sha256", "name", name="one_source_per_name"),
    )
    op.create_table(
        "quarantined",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("batch", sa.Integer, sa.ForeignKey("batches.number"), nullable=False),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), nullable=False),
    )
    op.create_index("quarantined_names", "quarantined", ["name"])


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("originals.sha256"), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("earliest", sa.String(10)),
        sa.Column("latest", sa.String(10)),
        sa.UniqueConstraint("sha256", "part", name="one_report_per_part"),
    )
    op.create_table(
        "versions",
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rule_set", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("blocks", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), nullable=False),
    )


def _curation() -> None:
    op.create_table(
        "corrections",
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), primary_key=True, autoincrement=False),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(30), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("corrections.event"), unique=True),
    )
    op.create_index("corrections_of_report", "corrections", ["report_id", "event"])
    op.create_table(
        "collections",
        sa.Column("key", sa.String(100), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "collection_items",
        sa.Column("collection", sa.String(100), sa.ForeignKey("collections.key"), primary_key=True),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
    )
    op.create_index("collections_of_report", "collection_items", ["report_id"])


def _seal_the_log() -> None:
    # Events and corrections are only ever added. Written in SQLite's words; another database gets its own here.
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("events", "corrections"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END",
            )
