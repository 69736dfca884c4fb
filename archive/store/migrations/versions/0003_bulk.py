"""Bulk edits: what is done to many reports, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk_edits",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("edit", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("planned", sa.String(30), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("looked_at", sa.Integer, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("bulk_edits.number")),
        sa.Column("started", sa.String(30)),
        sa.Column("finished", sa.String(30)),
        sa.Column("notes", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bulk_items",
        sa.Column("bulk", sa.Integer, sa.ForeignKey("bulk_edits.number"), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report_id", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number")),
        sa.Column("note", sa.Text),
    )
    op.create_index("bulk_items_left", "bulk_items", ["bulk", "outcome", "place"])


def downgrade() -> None:
    op.drop_table("bulk_items")
    op.drop_table("bulk_edits")
