"""Withdrawals: reports taken out of the archive, each in one parcel."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("report_id", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(30), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("event", sa.Integer, sa.ForeignKey("events.number"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("parcel", sa.Text),
        sa.Column("story_act", sa.Integer),
        sa.Column("with_original", sa.Boolean, nullable=False),
        sa.Column("asked_by", sa.Text),
        sa.Column("asked_at", sa.String(30)),
        sa.Column("ended_by", sa.Text),
        sa.Column("ended", sa.String(30)),
        sqlite_autoincrement=True,
    )
    op.create_index("withdrawals_of_report", "withdrawals", ["report_id", "number"])
    # Corrections are only ever added; those of a withdrawn report go into its parcel with all the rest.
    _guard_corrections("WHEN NOT EXISTS (SELECT 1 FROM withdrawals WHERE report_id = OLD.report_id "
                       "AND state = 'sealed') ")  # fmt: skip


def _guard_corrections(unless: str) -> None:
    op.execute("DROP TRIGGER corrections_refuse_delete")
    op.execute(
        f"CREATE TRIGGER corrections_refuse_delete BEFORE DELETE ON corrections {unless}"
        "BEGIN SELECT RAISE(ABORT, 'corrections are only ever added'); END",
    )


def downgrade() -> None:
    _guard_corrections("")
    op.drop_table("withdrawals")
