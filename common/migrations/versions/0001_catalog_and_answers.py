"""The catalog of what is indexed, the revisions to clear away, and the answers shown in Discord."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("reading", sa.String(200), primary_key=True),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("collection", sa.String(200), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("about", sa.String(200), nullable=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=True),
        sa.Column("version", sa.String(20), nullable=True),
        sa.Column("url", sa.Text, nullable=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("chunks", sa.Integer, nullable=False),
        sa.Column("sentences", sa.Integer, nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "stale_revisions",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(200), primary_key=True),
        sa.Column("revision", sa.String(64), primary_key=True),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("answers", "stale_revisions", "readings"):
        op.drop_table(table)
