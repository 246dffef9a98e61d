"""A question as it came, by whichever way: what has to be known to answer it, also after a restart."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.asking.queue import Ticket


class Way(StrEnum):
    """How a question came, and so how its answer goes back."""

    COMMAND = "command"  # a slash command or a menu: by the interaction's token, which lives for 15 minutes
    MESSAGE = "message"  # a mention, a reply or a private message: as a reply to it


@dataclass(frozen=True)
class Asked:
    """A question that waits, or is being answered.

    Attributes:
        id: Of its ticket, 16 characters that nobody guesses.
        course: Key of the course.
        asker: Who asked, by Discord's number.
        text: Cleaned.
        reading: Id of the reading asked about; None for all.
        private: Only the asker may see the answer.
        language: In which its asker is spoken to.
        server: None in a private conversation.
        channel: Where it was asked; None where Discord does not say.
        message: The message that asks; None for a command.
        token: Of the interaction; None for a message.
        shown: The bot's message that tells of it, and becomes the answer; None before it is known.
        conversation: Whose history it leans on; None for none.
        before: Only what was answered up to this message of the conversation counts; None for all of it.
        asked_at: UTC.
        attempts: How many times answering it was begun.
    """

    id: str
    course: str
    asker: int
    text: str
    asked_at: datetime
    way: Way
    reading: str | None = None
    private: bool = False
    language: str = "en"
    server: int | None = None
    channel: int | None = None
    message: int | None = None
    token: str | None = None
    shown: int | None = None
    conversation: str | None = None
    before: int | None = None
    attempts: int = 0

    @property
    def stands_above(self) -> bool:
        """Whether Discord shows the question above the answer, which is a reply to it."""
        return self.message is not None

    @property
    def ticket(self) -> Ticket:
        """Its place in the queue."""
        return Ticket(self.id, self.asker)
