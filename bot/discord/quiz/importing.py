"""Items that staff wrote, as a file, become a draft."""

from pathlib import Path

from bot.discord.quiz.words import refuse_long
from quiz.formats.files import FORMATS, format_of, read_items
from quiz.records.bank import QuizBank
from quiz.records.quizzes import Quiz

KINDS = tuple(suffix for format_ in FORMATS if format_.read is not None for suffix in format_.suffixes)


def import_items(bank: QuizBank, path: Path, name: str, by: str, title: str | None, week: int | None) -> Quiz:
    """A draft of all items of a file. Waits for the disk.

    Args:
        name: Of the file, as its owner knows it.
        title: Of the quiz; None for the file's name.

    Raises:
        UsageError: The file cannot be read, or an item fits no message; nothing was imported.
    """
    items = read_items(path.read_bytes(), name, format_of(path))
    for item in items:
        refuse_long(item)
    return bank.quiz(bank.create(title or Path(name).stem, items, by, week=week))
