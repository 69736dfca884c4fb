"""The queues of the desk: what waits for a person, and what readers reported."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _items()
    op.create_table(
        "queue_dismissals",
        sa.Column("queue", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), nullable=False),
    )
    op.create_table(
        "reader_problems",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("contact", sa.Text),
        sa.Column("at", sa.String(30), nullable=False),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("closed", sa.Integer, sa.ForeignKey("events.number")),
        sqlite_autoincrement=True,
    )
    op.create_index("problems_of_report", "reader_problems", ["report_id"])
    op.create_index("open_problems", "reader_problems", ["closed", "number"])


def _items() -> None:
    op.create_table(
        "queue_items",
        sa.Column("queue", sa.String(20), primary_key=True),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("items_by_cause", "queue_items", ["queue", "outlet", "cause", "report_id"])
    op.create_index("items_of_report", "queue_items", ["report_id"])
    op.create_table(
        "queue_marks",
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("derivation", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_lines",
        sa.Column("outlet", sa.Text, primary_key=True),
        sa.Column("mark", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("lines_of_report", "kept_lines", ["report_id"])


def downgrade() -> None:
    for table in ("reader_problems", "queue_dismissals", "kept_lines", "queue_marks", "queue_items"):
        op.drop_table(table)
