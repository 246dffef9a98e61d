"""Questions that wait for an answer in Discord, and the conversations that follow-ups lean on."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_questions",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("asker", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("reading", sa.String(200), nullable=True),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("server", sa.BigInteger, nullable=True),
        sa.Column("channel", sa.BigInteger, nullable=True),
        sa.Column("message", sa.BigInteger, nullable=True),
        sa.Column("token", sa.String(300), nullable=True),
        sa.Column("shown", sa.BigInteger, nullable=True),
        sa.Column("conversation", sa.String(64), nullable=True),
        sa.Column("before", sa.BigInteger, nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_table(
        "conversation_turns",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("course", sa.String(64), nullable=False, index=True),
        sa.Column("conversation", sa.String(64), nullable=False, index=True),
        sa.Column("asker", sa.BigInteger, nullable=False),
        sa.Column("message", sa.BigInteger, nullable=True, index=True),
        sa.Column("question_message", sa.BigInteger, nullable=True, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("conversation_turns", "waiting_questions"):
        op.drop_table(table)
