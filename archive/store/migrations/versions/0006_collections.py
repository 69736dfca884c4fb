"""Collections: nested and ordered, described after ISAD(G), public or not."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    ("parent", sa.String(100), None),
    ("place", sa.Integer, "0"),
    ("level", sa.String(20), "collection"),
    ("public", sa.Boolean, "1"),
    ("question", sa.Text, ""),
    ("elements", sa.Text, "{}"),
    ("deleted", sa.Boolean, "0"),
    ("changed", sa.Integer, "0"),
)


def upgrade() -> None:
    for name, kind, default in COLUMNS:
        op.add_column("collections", sa.Column(name, kind, nullable=default is None, server_default=default))
    op.add_column("collection_items", sa.Column("place", sa.Integer, nullable=False, server_default="0"))
    op.add_column("collection_items", sa.Column("note", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE collection_items SET place = rowid")  # in the order they came in
    op.create_index("items_in_order", "collection_items", ["collection", "place"])


def downgrade() -> None:
    op.drop_index("items_in_order", "collection_items")
    for name in ("place", "note"):
        op.drop_column("collection_items", name)
    for name, *_ in COLUMNS:
        op.drop_column("collections", name)
