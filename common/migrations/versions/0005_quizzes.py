"""Quizzes, their items, attempts and answers, the log of what staff did, and the cards of practice."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "quizzes",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("opens_at", moment, nullable=True),
        sa.Column("closes_at", moment, nullable=True),
        sa.Column("attempts_allowed", sa.Integer, nullable=False),
        sa.Column("time_limit_s", sa.Integer, nullable=True),
        sa.Column("shuffle", sa.Boolean, nullable=False),
        sa.Column("feedback", sa.String(20), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_table(
        "quiz_items",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("quiz", sa.String(32), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("review", sa.String(20), nullable=False),
        sa.Column("void", sa.Boolean, nullable=False),
        sa.Column("retired", sa.Text, nullable=True),
        sa.ForeignKeyConstraint(["course", "quiz"], ["quizzes.course", "quizzes.id"]),
    )
    op.create_table(
        "quiz_attempts",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("quiz", sa.String(32), nullable=False),
        sa.Column("student", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("finished_at", moment, nullable=True),
        sa.Column("shown_item", sa.String(64), nullable=True),
        sa.Column("shown_at", moment, nullable=True),
        sa.UniqueConstraint("course", "quiz", "student", "number"),
        sa.ForeignKeyConstraint(["course", "quiz"], ["quizzes.course", "quizzes.id"]),
    )
    op.create_table(
        "quiz_responses",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("attempt", sa.String(32), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("seconds", sa.Float, nullable=True),
        sa.Column("credit", sa.Float, nullable=True),
        sa.Column("certain", sa.Boolean, nullable=False),
        sa.Column("grader", sa.String(64), nullable=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["course", "attempt"], ["quiz_attempts.course", "quiz_attempts.id"]),
    )
    op.create_index("ix_quiz_responses_item", "quiz_responses", ["course", "item"])
    op.create_table(
        "quiz_events",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("quiz", sa.String(32), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("item", sa.String(64), nullable=True),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("ix_quiz_events_quiz", "quiz_events", ["course", "quiz"])
    op.create_table(
        "practice_cards",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("student", sa.String(64), primary_key=True),
        sa.Column("item", sa.String(64), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("card", sa.JSON, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("reviews", sa.Integer, nullable=False),
        sa.Column("missed", sa.Integer, nullable=False),
    )
    op.create_index("ix_practice_cards_due", "practice_cards", ["course", "due_at"])
    op.create_table(
        "practice_wishes",
        sa.Column("course", sa.String(64), primary_key=True),
        sa.Column("student", sa.String(64), primary_key=True),
        sa.Column("reminded_at", moment, nullable=True),
    )


def downgrade() -> None:
    for table in ("practice_wishes", "practice_cards", "quiz_events", "quiz_responses", "quiz_attempts", "quiz_items", "quizzes"):
        op.drop_table(table)
