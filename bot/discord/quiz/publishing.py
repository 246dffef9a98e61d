"""Puts quizzes before the students when they are due, and says so when they are over."""

import asyncio
import logging
from typing import TYPE_CHECKING

import discord

from bot.discord.quiz.posts import Post, PostStore, say_over, send
from quiz.compose import Quizzes
from quiz.records.quizzes import Quiz, Rules
from quiz.records.tables import State

if TYPE_CHECKING:
    from bot.discord.client import LectorBot
    from bot.discord.courses import Course

_LOG = logging.getLogger(__name__)


def publish_quiz(records: Quizzes, posts: PostStore, key: str, rules: Rules, channel: int, by: str, course: "Course") -> Quiz:
    """Approve and publish a quiz whose every item was reviewed. Waits for the disk.

    A bot that dies on the way leaves a quiz that is not published, or one whose message the next start sends.

    Raises:
        QuizError: An item waits for its review, none is kept, or it is published or closed already.
    """
    records.bank.set_rules(key, rules, by)
    records.bank.approve(key, by)
    posts.plan(key, channel, rules.opens_at or course.clock())
    return records.bank.publish(key, by)


async def send_due(bot: "LectorBot", course: "Course") -> list[tuple[Post, discord.HTTPException]]:
    """Send the messages that are due; those that Discord refused, with the reason. The next call tries them again."""
    posts, bank = PostStore(course.engine, course.key), course.quizzes.bank
    refused = []
    async with course.posting:
        for post in await asyncio.to_thread(posts.due, course.clock()):
            quiz = await asyncio.to_thread(bank.quiz, post.quiz)
            if quiz.state is State.CLOSED:
                await asyncio.to_thread(posts.over, post.quiz)
            if quiz.state is not State.PUBLISHED:
                continue
            try:
                message = await send(bot, post, quiz, course.settings.course.language)
            except discord.HTTPException as exc:
                _LOG.warning("the message of quiz %s cannot be sent: %s", quiz.id, exc)
                refused.append((post, exc))
            else:
                await asyncio.to_thread(posts.sent, post.quiz, message)
    return refused


async def end_over(bot: "LectorBot", course: "Course") -> None:
    """Change the messages of quizzes that are over now; what students missed in them comes back in practice."""
    posts, bank = PostStore(course.engine, course.key), course.quizzes.bank
    for post in await asyncio.to_thread(posts.standing):
        quiz = await asyncio.to_thread(bank.quiz, post.quiz)
        if quiz.is_over(course.clock()):
            await say_over(bot, post, quiz, course.settings.course.language)
            await asyncio.to_thread(keep_missed, course.quizzes, quiz)
            await asyncio.to_thread(posts.over, post.quiz)


def keep_missed(quizzes: Quizzes, quiz: Quiz) -> None:
    """Cards of each student's last attempt, for what it got wrong; twice changes nothing. Waits for the disk."""
    for result in quizzes.results.results(quiz.id).students:
        quizzes.practice.add_missed(quizzes.attempts.of_student(quiz.id, result.student)[-1], result.student)
