"""The answers that the staff has endorsed, with every version."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "endorsed",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reading", sa.String(200), nullable=True),
        sa.Column("source", sa.BigInteger, nullable=True),
        sa.Column("author", sa.BigInteger, nullable=False),
        sa.Column("author_name", sa.String(100), nullable=False),
        sa.Column("endorser", sa.BigInteger, nullable=False),
        sa.Column("endorser_name", sa.String(100), nullable=False),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.JSON, nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("course", "number", name="uq_endorsed_number"),
    )
    op.create_index("ix_endorsed_course", "endorsed", ["course"])
    op.create_table(
        "endorsed_versions",
        sa.Column("endorsed", sa.Integer, sa.ForeignKey("endorsed.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("by_name", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("endorsed_versions", "endorsed"):
        op.drop_table(table)
