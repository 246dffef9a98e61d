"""`/quiz …`: the weekly reading quiz, for staff and, where it is said so, for students."""

import asyncio
import secrets
import shutil
from dataclasses import replace

import discord
from discord import app_commands

from bot.discord.client import LectorBot
from bot.discord.components import FOR_ALL, StaffCog
from bot.discord.courses import Course
from bot.discord.forms import keep_form
from bot.discord.quiz import outcome, practice, results, review, taking
from bot.discord.quiz.drafting import draft_quiz
from bot.discord.quiz.importing import KINDS, import_items
from bot.discord.quiz.mine import mine_page, own_attempts
from bot.discord.quiz.page import Page, show
from bot.discord.quiz.personal import AttemptRecords, PracticeRecords, QuizEventRecords
from bot.discord.quiz.posts import PostStore
from bot.discord.quiz.progress import shown_progress
from bot.discord.quiz.publishing import end_over, publish_quiz, send_due
from bot.discord.quiz.review import next_waiting, review_page
from bot.discord.quiz.rules import read_moment
from bot.discord.quiz.staff_words import published_text, quiz_lines
from bot.discord.staff import NotStaffError, require_staff, who
from bot.discord.uploads import fetched
from bot.language import SaidError, say
from common.errors import LectorError
from ingest.catalog import Catalog, SourceKind
from quiz.records.quizzes import Quiz, Rules
from quiz.records.tables import FeedbackTime, State

_Bot = discord.Interaction[LectorBot]
_CHOICES = 25
_FOR = {  # of each command, in which state its quizzes are
    "review": (State.DRAFT, State.APPROVED),
    "publish": (State.DRAFT, State.APPROVED),
    "close": (State.PUBLISHED,),
    "results": (State.PUBLISHED, State.CLOSED),
}
_FEEDBACK = [app_commands.Choice(name=time.value, value=time.value) for time in FeedbackTime]


@app_commands.guild_only()
class QuizCommands(StaffCog, name="quiz", description="The weekly reading quiz"):
    """What is drafted or imported is reviewed, then published; nothing unapproved ever is."""

    @app_commands.command(description="Make items of a week's readings; then review them")
    @app_commands.describe(week="Week that the quiz is about", items="How many")
    async def draft(self, interaction: _Bot, week: app_commands.Range[int, 0, 60], items: app_commands.Range[int, 1, 50] = 10) -> None:
        """To the staff member alone; how far it is is shown by edits."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await self._bot.course_of(interaction), interaction.locale.value
        if course.drafting is None:
            raise SaidError(say(language, "quiz-no-drafting"))
        title = say(course.settings.course.language, "quiz-title-week", week=week)
        async with shown_progress(interaction) as told:
            quiz, short = await draft_quiz(course.quizzes, course.drafting, title, week, items, who(interaction), told)
        page = review_page(course, quiz, 0, language)
        await show(interaction, replace(page, head=f"{short}\n{page.head}") if short else page)

    @app_commands.command(name="import", description="Take in items that you wrote: YAML, GIFT, CSV or QTI; then review them")
    @app_commands.describe(file="See docs/quiz-files.md", title="Of the quiz; else the file's name", week="Week that it is about")
    async def import_(
        self, interaction: _Bot, file: discord.Attachment, title: str | None = None, week: app_commands.Range[int, 0, 60] | None = None
    ) -> None:
        """To the staff member alone: the file holds the keys."""
        course = await self._bot.course_of(interaction)
        folder = course.settings.storage.dir / "uploads" / secrets.token_hex(8)
        path = await fetched(interaction, file, KINDS, folder, private=True)
        try:
            quiz = await asyncio.to_thread(import_items, course.quizzes.bank, path, file.filename, who(interaction), title, week)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        await show(interaction, review_page(course, quiz, 0, interaction.locale.value))

    @app_commands.command(description="Go on reviewing the items of a draft")
    @app_commands.describe(quiz="Which one")
    async def review(self, interaction: _Bot, quiz: str) -> None:
        """To the asker alone."""
        course, found = await self._begin(interaction, quiz)
        await show(interaction, review_page(course, found, next_waiting(found, len(found.items) - 1), interaction.locale.value))

    @app_commands.command(description="Put a reviewed quiz before the students, now or at a time")
    @app_commands.describe(
        quiz="Which one",
        at="When it opens: 2024-03-05 18:00, or +2h; else now",
        closes="When it closes: 2024-03-07 18:00, or +3d; else when you say /quiz close",
        attempts="How many a student has",
        minutes="Time limit of an attempt; else none",
        shuffle="Items and options in another order for each student?",
        feedback="When students see what was right",
        channel="Where; else here",
    )
    @app_commands.choices(feedback=_FEEDBACK)
    async def publish(
        self, interaction: _Bot, quiz: str, at: str | None = None, closes: str | None = None,
        attempts: app_commands.Range[int, 1, 20] = 1, minutes: app_commands.Range[int, 1, 600] | None = None, shuffle: bool = True,
        feedback: str = FeedbackTime.AFTER_CLOSING.value, channel: discord.TextChannel | None = None,
    ) -> None:  # fmt: skip
        """Its message is sent now, or by the clock (exts/quiz_clock)."""
        course, found = await self._begin(interaction, quiz)
        now, zone = course.clock(), course.settings.course.timezone
        rules = Rules(
            None if at is None else read_moment(at, zone, now), None if closes is None else read_moment(closes, zone, now),
            attempts, None if minutes is None else 60 * minutes, shuffle, FeedbackTime(feedback),
        )  # fmt: skip
        where = channel.id if channel is not None else interaction.channel_id
        assert where is not None  # guild_only
        posts = PostStore(course.engine, course.key)
        found = await asyncio.to_thread(publish_quiz, course.quizzes, posts, quiz, rules, where, who(interaction), course)
        refused = [exc for post, exc in await send_due(self._bot, course) if post.quiz == quiz]
        if refused:
            raise SaidError(say(interaction.locale.value, "quiz-cannot-post", channel=f"<#{where}>"))
        await show(interaction, Page(published_text(found, f"<#{where}>", interaction.locale.value)))

    @app_commands.command(description="Take no more answers; students then see what was right")
    @app_commands.describe(quiz="Which one")
    async def close(self, interaction: _Bot, quiz: str) -> None:
        """The quiz's message says so too."""
        course, found = await self._begin(interaction, quiz)
        await asyncio.to_thread(course.quizzes.bank.close, quiz, who(interaction))
        await end_over(self._bot, course)
        await show(interaction, Page(say(interaction.locale.value, "quiz-closed-now", title=discord.utils.escape_markdown(found.title))))

    @app_commands.command(description="Scores, figures on the items, answers to confirm, corrections")
    @app_commands.describe(quiz="Which one")
    async def results(self, interaction: _Bot, quiz: str) -> None:
        """To the asker alone, with a picture and a CSV."""
        course, _ = await self._begin(interaction, quiz)
        await results.open_results(interaction, course, quiz)

    @app_commands.command(name="list", description="The course's quizzes and where each stands")
    async def list_(self, interaction: _Bot) -> None:
        """To the asker alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await self._bot.course_of(interaction), interaction.locale.value
        quizzes = await asyncio.to_thread(course.quizzes.bank.quizzes)
        head = say(language, "quiz-list-head" if quizzes else "quiz-list-none")
        await show(interaction, Page(head, quiz_lines(quizzes, language)))

    @app_commands.command(description="Your own quizzes and what you reached", extras=FOR_ALL)
    async def mine(self, interaction: _Bot) -> None:
        """To the student alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course = await self._bot.course_of(interaction)
        own = await asyncio.to_thread(own_attempts, course.quizzes, str(interaction.user.id))
        await show(interaction, mine_page(own, interaction.locale.value))

    @app_commands.command(description="Practise at once, ungraded", extras=FOR_ALL)
    @app_commands.describe(reading="On which reading; start to type its title")
    async def me(self, interaction: _Bot, reading: str | None = None) -> None:
        """To the student alone. New items first join those that are due."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course, language = await self._bot.course_of(interaction), interaction.locale.value
        made = await practice.begin_new(course, str(interaction.user.id), reading)
        due, _ = await asyncio.to_thread(course.quizzes.practice.counts, str(interaction.user.id))
        if not due:
            raise practice.nothing_new(course, reading, language)
        await practice.show_next(interaction, course, say(language, "card-unreviewed") if made else "")

    @me.autocomplete("reading")
    async def _readings(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        course = await self._bot.course_of(interaction)
        rows = await asyncio.to_thread(Catalog(course.engine, course.key).readings)
        fitting = [row for row in rows if row.kind != SourceKind.SYLLABUS and typed.casefold() in f"{row.title} {row.reading}".casefold()]
        return [app_commands.Choice(name=row.title[:100], value=row.reading) for row in fitting[:_CHOICES]]

    @review.autocomplete("quiz")
    @publish.autocomplete("quiz")
    @close.autocomplete("quiz")
    @results.autocomplete("quiz")
    async def _quizzes(self, interaction: _Bot, typed: str) -> list[app_commands.Choice[str]]:
        """Discord asks for these before a command's own check: students get none."""
        try:
            await require_staff(interaction)
        except (NotStaffError, LectorError):
            return []
        assert interaction.command is not None
        quizzes = await asyncio.to_thread((await self._bot.course_of(interaction)).quizzes.bank.quizzes)
        fitting = [q for q in quizzes if q.state in _FOR[interaction.command.name] and typed.casefold() in q.title.casefold()]
        return [app_commands.Choice(name=f"{q.title} ({q.created_at:%Y-%m-%d})"[:100], value=q.id) for q in fitting[:_CHOICES]]

    async def _begin(self, interaction: _Bot, quiz: str) -> tuple[Course, Quiz]:
        """Answer Discord in time, then find the quiz."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        course = await self._bot.course_of(interaction)
        return course, await asyncio.to_thread(course.quizzes.bank.quiz, quiz)


async def setup(bot: LectorBot) -> None:
    """Called by discord.py when the extension is loaded."""
    bot.add_dynamic_items(taking.StartButton, taking.OptionButton, taking.TypeButton, taking.GoButton, taking.HandInButton)
    bot.add_dynamic_items(outcome.OutcomeButton, outcome.EvidenceButton, outcome.AskButton)
    bot.add_dynamic_items(review.ReviewButton, review.ReviewSeeButton, results.ResultsButton, results.GradeButton)
    keep_form(bot, taking.TYPED, taking.typed)
    keep_form(bot, outcome.ASKED, outcome.asked)
    keep_form(bot, review.EDITED, review.take_edit, staff=True)
    keep_form(bot, results.CORRECTED, results.take_correction, staff=True)
    keep_form(bot, results.VOIDED, results.take_void, staff=True)
    for store in (PracticeRecords(), AttemptRecords(), QuizEventRecords()):
        bot.keeps(store)
    await bot.add_cog(QuizCommands(bot))
