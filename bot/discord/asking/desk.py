"""Takes questions in, has them answered one after another, and sees to it that each is answered or its asker told."""

import asyncio
import logging
import secrets
import time
from collections.abc import Coroutine
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from bot.asking.asked import Asked
from bot.asking.pacing import EditPace
from bot.asking.queue import FairQueue, Refused, Ticket
from bot.asking.waiting import WaitingStore
from bot.discord.asking.buttons import answer_view
from bot.discord.asking.delivery import Delivery
from bot.discord.asking.discussion import conversations_of
from bot.discord.asking.entries import Entry, kept
from bot.discord.asking.reply import Reply
from bot.discord.asking.ways import HiccupError, Page
from bot.discord.asking.words import failed_page, growing_page, told_page, waiting_page
from bot.discord.channels import preferred_in
from bot.discord.errors import told
from bot.discord.own_words import in_language
from bot.discord.render import render_answer, render_growing
from common.errors import StoreError, UsageError
from rag.answers import Answer, Line
from rag.questions import Turn

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course

_LOG = logging.getLogger(__name__)
_ATTEMPTS = 2  # the second after a crash or a hang of the model, or of the whole bot
_GRACE_S = 10.0  # more than the longest step of a model that works
_TICK_S = 1.0  # between two looks at who waits


def new_id() -> str:
    """For a new question: 16 characters that nobody guesses."""
    return secrets.token_urlsafe(12)


class AskingDesk:
    """The one way that every question takes, whichever way it came by."""

    def __init__(self, bot: "LectorBot") -> None:
        self._bot = bot
        self._settings = next(iter(bot.courses)).settings.discord.queue  # the model is shared by all courses, and so is the queue
        self._queue = FairQueue(self._settings)
        self._pace = EditPace()
        self._entries: dict[str, Entry] = {}
        self._answering = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._informing: asyncio.Task[None] | None = None
        self._closed = False
        self._resumed = False
        self._known: set[str] | None = set()  # what came before `resume` was through

    async def take(self, course: "Course", asked: Asked, interaction: discord.Interaction[Any] | None = None) -> Refused | None:
        """Take a question in and show that; None if it was taken.

        Args:
            interaction: The one that asks, not answered yet.
        """
        refused = self._queue.add(asked.ticket, time.monotonic())
        if refused is not None:
            return refused
        entry = self._enter(course, asked, interaction)
        entry.saved = self._start(entry.save())
        # The asker sees this first: it has the message's lock before the answer, which may begin at once, wants it.
        begun = self._start(entry.delivery.begin(self._waiting_page(entry), entry.saved))
        self._serve_next()
        await asyncio.wait([begun, entry.saved])
        await entry.keep_standing()
        return None

    def asker_of(self, id_: str) -> int | None:
        """Who asked a question that waits or is being answered; None if it is not (any more)."""
        entry = self._entries.get(id_)
        return None if entry is None else entry.asked.asker

    def by_message(self, message: int) -> str | None:
        """The question that somebody's message asks, while it waits or is being answered."""
        return next((id_ for id_, entry in self._entries.items() if entry.asked.message == message), None)

    async def cancel(self, id_: str, *, silently: bool = False) -> bool:
        """Give a question up, which frees the model at its next token; False if there is no such question.

        Args:
            silently: Take its message away instead of saying so.
        """
        entry = self._entries.get(id_)
        if entry is None or entry.closing is not None:
            return False
        del self._entries[id_]
        self._halt(entry)
        await entry.forget()
        if silently:
            await entry.delivery.remove()
        else:
            with suppress(HiccupError):
                await entry.delivery.finish([told_page(entry.asked, "asking-cancelled")])
        return True

    async def revise(self, id_: str, text: str) -> bool:
        """Have a question answered as it reads now; False if its answer was ready already, and stands there now."""
        entry = self._entries.get(id_)
        if entry is None:
            return False
        if entry.closing is not None:
            await asyncio.wait([entry.closing])
            return False
        if entry.asked.text == text:
            return True
        if entry.answering is not None:
            halted = entry.answering
            halted.cancel()
            await asyncio.wait([halted])
            if entry.is_closing:  # the answer was ready just then
                return await self.revise(id_, text)
            self._queue.add(entry.asked.ticket, time.monotonic(), again=True)
        entry.asked = replace(entry.asked, text=text, attempts=0)
        entry.delivery.show(self._waiting_page(entry))
        self._serve_next()
        await entry.change(text=text, attempts=0)
        return True

    async def leave_server(self, server: int) -> None:
        """Drop what was asked on a server that the bot is no longer on."""
        for id_ in [id_ for id_, entry in self._entries.items() if entry.asked.server == server]:
            entry = self._entries.pop(id_)
            self._halt(entry)
            await entry.forget()

    async def resume(self) -> None:
        """Take in again what a restart or a crash left waiting; once, however often Discord says that it is ready."""
        known = self._known
        if known is None or self._resumed:
            return
        self._resumed = True
        for course in self._bot.courses:
            store = WaitingStore(course.engine, course.key)
            for asked in await kept(store.all(), []):
                if asked.id in known or asked.id in self._entries:
                    continue
                entry = self._enter(course, asked, None)
                if (datetime.now(UTC) - asked.asked_at).total_seconds() > self._settings.resume_s:
                    self._end(entry, [told_page(asked, "asking-away")])
                elif asked.attempts >= _ATTEMPTS:
                    self._end(entry, [told_page(asked, "asking-failed")])
                else:
                    self._queue.add(asked.ticket, time.monotonic(), again=True)
        self._known = None
        self._serve_next()

    async def close(self) -> None:
        """Stop everything; what waits is answered after the next start."""
        self._closed = True
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _enter(self, course: "Course", asked: Asked, interaction: discord.Interaction[Any] | None) -> Entry:
        def lost() -> None:
            entry = self._entries.pop(asked.id, None)
            if entry is not None:
                self._halt(entry)
                self._start(entry.forget())

        def barred(_: Asked) -> None:
            if asked.channel is not None:
                self._start(self._bot.notices.tell_once(course, asked.server, "staff-no-messages", asked.channel))

        reply = Reply(self._bot, asked, interaction, barred=barred)
        entry = Entry(asked, course, Delivery(reply, self._pace, asked.id, lost))
        self._entries[asked.id] = entry
        if self._known is not None:
            self._known.add(asked.id)
        return entry

    def _halt(self, entry: Entry) -> None:
        """Take a question out of the queue, or from the model."""
        if not self._queue.drop(entry.asked.ticket) and entry.answering is not None:
            entry.answering.cancel()

    def _serve_next(self) -> None:
        """Begin as many answers as may be made at once."""
        if self._closed:
            return
        while self._answering < self._settings.at_once and (ticket := self._queue.take(time.monotonic())) is not None:
            self._answering += 1
            entry = self._entries[ticket.id]
            if entry.told_ahead:
                entry.told_ahead = 0
                entry.delivery.show(waiting_page(entry.asked, 0, 0.0))
            entry.answering = self._start(self._serve(entry, ticket))
        if len(self._queue) and (self._informing is None or self._informing.done()):
            self._informing = self._start(self._inform())

    async def _serve(self, entry: Entry, ticket: Ticket) -> None:
        outcome: Answer | Page | None = None
        try:
            outcome = await self._outcome(entry)
        finally:
            # The next question has the model from now on, however long Discord takes for this one.
            entry.answering = None
            if self._entries.get(entry.asked.id) is not entry:
                outcome = None  # it was given up just as it was ready
            if isinstance(outcome, Page):
                self._end(entry, [outcome])
            elif outcome is not None:
                entry.closing = self._start(self._close_answered(entry, outcome))
            self._answering -= 1
            self._queue.finish(ticket, time.monotonic(), counts=isinstance(outcome, Answer))
            self._serve_next()

    async def _outcome(self, entry: Entry) -> Answer | Page:
        """The answer; or, where there is none, what the asker is told."""
        asked = entry.asked
        for attempt in range(asked.attempts + 1, _ATTEMPTS + 1):
            await entry.change(attempts=attempt)
            try:
                async with asyncio.timeout(self._settings.answer_s):
                    return await self._answer(entry)
            except (UsageError, StoreError) as exc:
                return failed_page(asked, told(exc, asked.language))
            except Exception:  # noqa: BLE001  # whatever happens becomes a message, and never stops the questions after it
                _LOG.exception("answering failed, at attempt %d", attempt)
                if attempt < _ATTEMPTS:
                    entry.delivery.show(told_page(asked, "asking-again"))
                await entry.course.assistant.recover(min(_GRACE_S, self._settings.answer_s))
        return told_page(asked, "asking-failed")

    async def _answer(self, entry: Entry) -> Answer:
        asked, assistant = entry.asked, entry.course.assistant
        history: list[Turn] = []
        if asked.conversation is not None:
            found = conversations_of(entry.course).history(asked.conversation, upto=asked.before, besides=asked.message)
            history = await kept(found, history)
        lines: list[Line] = []
        prefer: frozenset[str] = frozenset()
        if asked.channel is not None:
            channel = self._bot.get_channel(asked.channel) or discord.Object(asked.channel)
            prefer = await kept(preferred_in(self._bot, entry.course, channel), prefer)
        async with aclosing(assistant.stream(asked.text, reading=asked.reading, history=history, prefer=prefer)) as parts:
            async for part in parts:
                if isinstance(part, Answer):
                    return part
                lines.append(part)
                entry.delivery.show(growing_page(asked, render_growing("" if asked.stands_above else asked.text, lines, asked.language)))
        raise AssertionError("a stream ends with an Answer")

    async def _close_answered(self, entry: Entry, answer: Answer) -> None:
        asked = entry.asked
        key = await kept(entry.course.answers.save(answer), "")
        language = asked.language if asked.private else entry.course.settings.course.language  # what all see is said to all
        texts = render_answer(in_language(answer, language), language, headed=not asked.stands_above)
        view = answer_view(asked, answer, key, language, direct=entry.delivery.reply.direct) if key else None
        if await self._close(entry, [*map(Page, texts[:-1]), Page(texts[-1], view)]) and asked.conversation is not None:
            reply = entry.delivery.reply
            recorded = conversations_of(entry.course).record(
                f"d:{reply.way.channel}" if reply.direct else asked.conversation,  # it goes on where the answer stands
                Turn(asked.text, answer.text),
                asker=asked.asker,
                message=reply.way.shown,
                question_message=asked.message,
            )
            await kept(recorded, None)

    def _end(self, entry: Entry, pages: list[Page]) -> None:
        async def close() -> None:
            await self._close(entry, pages)

        entry.closing = self._start(close())

    async def _close(self, entry: Entry, pages: list[Page]) -> bool:
        """Show the last pages, and forget the question; False if nobody sees them."""
        try:
            shown = await entry.delivery.finish(pages)
        except HiccupError:
            _LOG.error("Discord was down for too long: question %s is answered after the next start", entry.asked.id)
            return False
        finally:
            self._entries.pop(entry.asked.id, None)
        await entry.forget()
        return shown

    async def _inform(self) -> None:
        """Tell those who wait where they stand, the one told longest ago first, and those who waited too long that it is over."""
        while len(self._queue):
            await asyncio.sleep(_TICK_S)
            for ticket in self._queue.overdue(time.monotonic()):
                entry = self._entries[ticket.id]
                page = told_page(entry.asked, "asking-late", minutes=max(1, round(self._settings.deadline_s / 60)))
                self._end(entry, [page])
            ahead = self._queue.ahead()
            moved = [entry for entry in self._entries.values() if ahead.get(entry.asked.id, entry.told_ahead) != entry.told_ahead]
            free = [entry for entry in moved if entry.delivery.wait_s() == 0]
            if free:
                entry = min(free, key=lambda entry: entry.told_at)
                entry.delivery.show(self._waiting_page(entry))

    def _waiting_page(self, entry: Entry) -> Page:
        ahead = self._queue.ahead().get(entry.asked.id, 0)
        entry.told_ahead, entry.told_at = ahead, time.monotonic()
        return waiting_page(entry.asked, ahead, self._queue.wait_s(ahead))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("a question's task failed", exc_info=error)
