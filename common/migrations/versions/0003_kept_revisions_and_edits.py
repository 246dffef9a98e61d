"""Revisions kept for going back, whether a reading is required, and the log of changes to the corpus."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("readings", sa.Column("required", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "kept_revisions",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(200), primary_key=True),
        sa.Column("revision", sa.String(64), primary_key=True),
        sa.Column("version", sa.String(20), nullable=True),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("chunks", sa.Integer, nullable=False),
        sa.Column("sentences", sa.Integer, nullable=False),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sketches",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(200), primary_key=True),
        sa.Column("revision", sa.String(64), primary_key=True),
        sa.Column("sketch", sa.JSON, nullable=False),
    )
    op.create_table(
        "duplicates",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("reading", sa.String(200), primary_key=True),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("same_as", sa.String(200), nullable=False),
    )
    op.create_table(
        "corpus_edits",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("weeks", sa.JSON, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    for table in ("corpus_edits", "duplicates", "sketches", "kept_revisions"):
        op.drop_table(table)
    op.drop_column("readings", "required")
