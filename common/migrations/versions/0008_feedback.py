"""What students think of answers, and the questions that they sent to a person."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("answer", sa.String(32), primary_key=True),
        sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("vote", sa.SmallInteger, nullable=False),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "person_questions",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("answer", sa.String(32), primary_key=True),
        sa.Column("asker", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("server", sa.BigInteger, nullable=True),
        sa.Column("channel", sa.BigInteger, nullable=True),
        sa.Column("message", sa.BigInteger, nullable=True),
        sa.Column("post_channel", sa.BigInteger, nullable=True),
        sa.Column("post_message", sa.BigInteger, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endorsed", sa.Integer, nullable=True),
    )
    op.create_index("ix_person_questions_post_message", "person_questions", ["post_message"])


def downgrade() -> None:
    for table in ("person_questions", "feedback"):
        op.drop_table(table)
