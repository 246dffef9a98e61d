"""Which message in Discord shows which quiz."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiz_posts",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("quiz", sa.String(32), primary_key=True),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("message", sa.BigInteger),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("quiz_posts")
