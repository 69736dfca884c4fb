"""Stories: which reports print the same copy, and by what they are found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sketches()
    op.create_table(
        "stories",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("first", sa.String(20), sa.ForeignKey("reports.id")),
        sa.Column("became", sa.Integer, sa.ForeignKey("stories.number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "story_items",
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("story", sa.Integer, sa.ForeignKey("stories.number")),
        sa.Column("by", sa.Text),
    )
    op.create_index("reports_of_story", "story_items", ["story"])
    op.create_table(
        "story_links",
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("other", sa.String(20), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("share", sa.Integer, nullable=False),
    )


def _sketches() -> None:
    op.create_table(
        "sketches",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("report_id", sa.String(20), sa.ForeignKey("reports.id"), nullable=False, unique=True),
        sa.Column("kind", sa.Integer, nullable=False),
        sa.Column("marks", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "sketch_marks",
        sa.Column("mark", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sketch", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("story_links", "story_items", "stories", "sketch_marks", "sketches"):
        op.drop_table(table)
