"""A bot that is killed (`kill -9`) while questions wait: the next start answers them, or tells their askers."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.asking.asked import Asked
from bot.asking.waiting import WaitingStore
from common.database import open_database
from common.settings import Settings, Storage
from rag.compose import Parts
from tests.bot.discord.assistants import Held
from tests.bot.discord.fake_discord import FakeDiscord
from tests.bot.discord.wire import DONE, Running, answered
from tests.conftest import ROOT

LOOKED_UP = "When is the final project due?"  # in the syllabus: no model writes


async def kept(store: WaitingStore, many: int, within_s: float = 60.0) -> list[Asked]:
    """The questions in the database, once there are so many and the first is being answered."""
    deadline = time.monotonic() + within_s
    while len(found := await store.all()) < many or found[0].attempts != 1:
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.02)
    return found


@contextmanager
def child_bot(folder: Path, fake: FakeDiscord, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The bot as a process of its own, which is killed at the end."""
    command = [sys.executable, "-m", "tests.bot.discord.waiting_bot", str(folder), json.dumps(fake.settings)]
    with log.open("wb") as out, subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out) as child:
        try:
            yield child
        finally:
            child.kill()


async def test_what_waits_when_the_bot_is_killed_is_answered_or_told_after_the_next_start(
    fake: FakeDiscord, running: Running, parts: Parts, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "answers"  # where `running` has its database too
    engine = open_database(Storage(dir=folder))
    store = WaitingStore(engine, settings.course.key)
    with child_bot(folder, fake, tmp_path / "child.txt") as child:
        await fake.until(lambda: fake.connected or child.poll() is not None)
        assert child.poll() is None, (tmp_path / "child.txt").read_text("utf-8")
        first = await fake.slash("ask", question=LOOKED_UP)
        await fake.until(lambda: first.message)
        await fake.say(LOOKED_UP, mention=True, student="2002")
        late = await fake.slash("ask", question=LOOKED_UP, student="2003")
        await fake.until(lambda: fake.shown("before yours") and late.message)
        waiting = await kept(store, 3)
    assert child.returncode == -signal.SIGKILL
    assert "Reading" in first.message["content"]

    old = next(asked for asked in waiting if asked.asker == 2003)
    await store.change(old.id, asked_at=datetime.now(UTC) - timedelta(days=1))
    assistant = Held(parts)
    assistant.release.set()
    async with running(assistant) as bot:
        await answered(fake, first)
        await fake.until(lambda: fake.shown(DONE))
        await fake.until(lambda: "I was away" in late.message["content"])
        await fake.until(lambda: not bot.asking._tasks)
        assert await store.all() == []
        assert assistant.questions == [LOOKED_UP, LOOKED_UP]
        assert len(fake.shown("")) == 1  # in the message that was there before
    engine.dispose()
