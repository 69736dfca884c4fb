"""Accounts: people, who of them is signed in, their tokens, and wrong passwords of late."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("added", sa.String(30), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.number"), nullable=False),
        sa.Column("started", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("notices", sa.Text, nullable=False),
    )
    op.create_index("sessions_of_user", "sessions", ["user"])
    op.create_table(
        "tokens",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("user", sa.Integer, sa.ForeignKey("users.number"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("added", sa.String(30), nullable=False),
        sa.Column("used", sa.String(30)),
        sa.Column("revoked", sa.String(30)),
        sqlite_autoincrement=True,
    )
    op.create_index("tokens_of_user", "tokens", ["user"])
    op.create_table(
        "attempts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
    )
    op.create_index("attempts_by_key", "attempts", ["key", "at"])


def downgrade() -> None:
    for table in ("attempts", "tokens", "sessions", "users"):
        op.drop_table(table)
