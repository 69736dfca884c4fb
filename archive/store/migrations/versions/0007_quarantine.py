"""Pages in quarantine that a person has dealt with."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quarantined", sa.Column("closed", sa.Text))


def downgrade() -> None:
    op.drop_column("quarantined", "closed")
