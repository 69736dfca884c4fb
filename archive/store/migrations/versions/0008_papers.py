"""A person's own papers, and snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("owner", sa.Integer, sa.ForeignKey("users.number"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reports", sa.Text, nullable=False),
        sa.Column("about", sa.String(20)),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("looked", sa.Integer, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("changed", sa.String(30), nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("papers_of_owner", "papers", ["owner", "kind", "changed"])
    op.create_index("papers_about_report", "papers", ["about"])
    op.create_table(
        "snapshots",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.Integer, sa.ForeignKey("users.number"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("ids", sa.LargeBinary, nullable=False),
        sa.Column("taken", sa.String(30), nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for table in ("snapshots", "papers"):
        op.drop_table(table)
