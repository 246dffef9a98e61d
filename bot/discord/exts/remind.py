"""`/remind …`: deadlines in private messages, for whoever asks for them."""

import asyncio
import contextlib
import logging
from datetime import timedelta
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.cards import begin, embed_of, show, timetable_of
from bot.discord.client import LectorBot
from bot.discord.courses import Course
from bot.discord.personal import KeptRows
from bot.discord.reminders import Pending, ReminderStore, StoredReminder, StoredSubscription
from bot.language import say
from bot.plan.reminders import in_messages, message_text, reminders_due, still_due, upcoming_card
from bot.plan.timetable import Timetable, read_timetable
from common.errors import LectorError

_LOG = logging.getLogger(__name__)
_Bot = discord.Interaction[LectorBot]
_KEPT = timedelta(days=30)  # what was sent is remembered for so long after the deadline
_LOOKED_BACK = 50  # private messages among which one is looked for that may have been sent before a crash
_NO_PINGS = discord.AllowedMentions.none()


class Reminders(commands.GroupCog, name="remind", description="Reminders of deadlines, by private message"):
    """Opt-in. A task looks every few minutes what is to go out."""

    def __init__(self, bot: LectorBot) -> None:
        self._bot = bot
        settings = next(iter(bot.courses)).settings.reminders
        self._task = tasks.loop(minutes=settings.check_minutes)(self._tick)
        super().__init__()

    async def cog_load(self) -> None:
        """Called by discord.py: begin to look."""
        self._task.start()

    async def cog_unload(self) -> None:
        """Called by discord.py: stop looking. What was claimed and not sent is sent after the next start."""
        self._task.cancel()

    @app_commands.command(description="Remind me of deadlines by private message")
    async def me(self, interaction: _Bot) -> None:
        """A first private message shows whether Discord delivers them."""
        course, language = await begin(interaction)
        table, store = await timetable_of(self._bot, course, language), _store(course)
        card = upcoming_card(table, course.settings.reminders.days_ahead, course.settings.reminders.hour, on=True)
        if await asyncio.to_thread(store.wants, interaction.user.id):  # Discord has delivered that first message
            await show(interaction, card)
            return
        await asyncio.to_thread(store.subscribe, interaction.user.id, language, self._bot.now())
        try:
            channel = await self._bot.create_dm(interaction.user)
            await channel.send(say(language, "remind-hello", course=course.settings.course.name), embed=embed_of(card))
        except discord.Forbidden:
            await asyncio.to_thread(store.unsubscribe, interaction.user.id)
            await interaction.edit_original_response(content=say(language, "remind-closed"))
            return
        await show(interaction, card)

    @app_commands.command(description="No reminders any more")
    async def off(self, interaction: _Bot) -> None:
        """Also for whoever has none."""
        course, language = await begin(interaction)
        had = await asyncio.to_thread(_store(course).unsubscribe, interaction.user.id)
        await interaction.edit_original_response(content=say(language, "remind-stopped" if had else "remind-none"))

    @app_commands.command(name="show", description="Whether reminders are on, and what is ahead")
    async def show_(self, interaction: _Bot) -> None:
        """To the asker alone."""
        course, language = await begin(interaction)
        on = await asyncio.to_thread(_store(course).wants, interaction.user.id)
        table, settings = await timetable_of(self._bot, course, language), course.settings.reminders
        await show(interaction, upcoming_card(table, settings.days_ahead, settings.hour, on=on))

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: _Bot, command: Any) -> None:
        """Called by discord.py after a command that went well: tell those whom no reminder reached, once."""
        if not interaction.response.is_done():
            return
        with contextlib.suppress(LectorError, discord.HTTPException):
            course = await self._bot.course_of(interaction)
            if await asyncio.to_thread(_store(course).take_closed, interaction.user.id):
                await interaction.followup.send(say(interaction.locale.value, "remind-not-delivered"), ephemeral=True)

    async def _tick(self) -> None:
        await self._bot.wait_until_ready()
        for course in self._bot.courses:
            try:
                await self._remind(course)
            except LectorError as exc:
                _LOG.warning("no reminders in course %s: %s", course.key, exc.user_message)
            except Exception:  # noqa: BLE001  # the task must go on: what failed is tried again at the next look
                _LOG.exception("reminders of course %s failed", course.key)

    async def _remind(self, course: Course) -> None:
        fresh, waiting = await asyncio.to_thread(self._claimed, course)
        for pending in waiting:
            await self._deliver(course, pending, new=pending.message in fresh)

    def _claimed(self, course: Course) -> tuple[set[str], list[Pending]]:
        """Takes what is due now, in a thread; what is to be sent, with the ids of what was taken just now."""
        store, settings, now = _store(course), course.settings.reminders, self._bot.now()
        subscribed = store.subscriptions()
        waiting = store.pending()
        if not subscribed and not waiting:
            return set(), []
        table = self._table(course, course.settings.course.language)
        store.tidy(table.today - _KEPT)
        known = still_due(table)
        for pending in waiting:  # from before a crash, or tried in vain
            store.drop(pending.message, [r for r in pending.reminders if (r.deadline, r.day) not in known])
        fresh = set()
        for person in subscribed:
            theirs = self._table(course, person.language)
            due = reminders_due(theirs, settings.days_ahead, settings.hour, person.since, store.told(person.user))
            for together in in_messages(due):
                message = store.claim(person.user, together, now)
                if message is not None:
                    fresh.add(message)
        return fresh, store.pending()

    async def _deliver(self, course: Course, pending: Pending, *, new: bool) -> None:
        store, now = _store(course), self._bot.now()
        text = await asyncio.to_thread(self._text, course, pending)
        try:
            channel = await self._bot.create_dm(discord.Object(pending.user))
            if new or not await _is_there(channel, text):
                await channel.send(text, nonce=pending.message, allowed_mentions=_NO_PINGS)
        except discord.Forbidden:
            await asyncio.to_thread(store.close, pending.user, now)
        except discord.NotFound:  # the account is gone
            await asyncio.to_thread(store.unsubscribe, pending.user)
        except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as exc:
            _LOG.warning("a reminder waits, Discord did not take it: %s", exc)
        else:
            await asyncio.to_thread(store.mark_sent, pending.message, now)

    def _text(self, course: Course, pending: Pending) -> str:
        language = next((s.language for s in _store(course).subscriptions() if s.user == pending.user), course.settings.course.language)
        return message_text([r.line for r in pending.reminders], course.settings.course.name, self._table(course, language))

    def _table(self, course: Course, language: str) -> Timetable:
        return read_timetable(course.plan, course.settings.course.timezone, self._bot.now(), language)


async def _is_there(channel: discord.DMChannel, text: str) -> bool:
    """Did the bot write this to them, before it was stopped?"""
    async for message in channel.history(limit=_LOOKED_BACK):
        if message.author.id == channel.me.id and message.content == text:
            return True
    return False


def _store(course: Course) -> ReminderStore:
    return ReminderStore(course.engine, course.key)


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.keeps(KeptRows(StoredSubscription, "privacy-reminders"))
    bot.keeps(KeptRows(StoredReminder, "privacy-reminders-sent"))
    await bot.add_cog(Reminders(bot))
