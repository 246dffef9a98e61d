"""Another syllabus from Discord: what it changes is shown, and nothing is changed before staff say so."""

import pytest

from bot.corpus_job import CorpusJob, SyncRequest
from common.settings import Settings
from rag.compose import run_sync
from tests.conftest import Silence

pytest.importorskip("simcord")

NEW = "# Zoo\n\n## Course\n\n- Term: Spring 2024\n\n## Schedule\n\n### Week 1, Jan 26: Bees\n\n### Week 2, Feb 2: Wasps\n"


def plain(text: str) -> str:
    return text.replace("\\", "").replace("*", "")


async def test_it_is_shown_then_used_and_can_be_rolled_back(play, zoo: Settings) -> None:
    run_sync(zoo, Silence())
    old = (zoo.corpus.dir / "syllabus.md").read_text()
    async with play() as scene:
        shown = await scene.instructor.slash(scene.channel, "syllabus upload", file=("plan.md", NEW.encode()))
        assert "+ week 2: Wasps (2024-02-02)" in plain(shown.response.content)
        assert (zoo.corpus.dir / "syllabus.md").read_text() == old

        refused = await scene.student.click(scene.channel.last_message, label="Use it")
        assert refused.response.content == "Only Instructor may do this."
        await scene.instructor.click(scene.channel.last_message, label="Use it")
        assert (zoo.corpus.dir / "syllabus.md").read_text() == NEW
        assert "Changing the syllabus: done" in plain(scene.channel.last_message.content)
        await scene.corpus("rollback", number=1)
        assert (zoo.corpus.dir / "syllabus.md").read_text() == old


async def test_it_can_be_forgotten_and_an_unreadable_one_is_refused(play, zoo: Settings) -> None:
    run_sync(zoo, Silence())
    old = (zoo.corpus.dir / "syllabus.md").read_text()
    async with play() as scene:
        await scene.instructor.slash(scene.channel, "syllabus upload", file=("plan.md", NEW.encode()))
        await scene.instructor.click(scene.channel.last_message, label="Forget it")
        assert "Nothing has changed" in scene.channel.last_message.content
        refused = await scene.instructor.slash(scene.channel, "syllabus upload", file=("plan.docx", b"PK"))
        assert "use .md" in refused.response.content
        assert len(scene.env.errors) == 1
    assert (zoo.corpus.dir / "syllabus.md").read_text() == old
    assert list((zoo.storage.dir / "uploads").iterdir()) == []


async def test_while_another_change_is_made_the_uploaded_one_waits(play, zoo: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    run_sync(zoo, Silence())
    async with play() as scene:
        await scene.instructor.slash(scene.channel, "syllabus upload", file=("plan.md", NEW.encode()))
        shown = scene.channel.last_message
        with monkeypatch.context() as patched:
            patched.setattr(next(iter(scene.bot.courses)).desk, "_job", CorpusJob(zoo, SyncRequest(), "ben"))
            refused = await scene.instructor.click(shown, label="Use it")
        assert "ben is changing the readings just now" in refused.response.content
        await scene.instructor.click(scene.channel.last_message, label="Use it")
        assert (zoo.corpus.dir / "syllabus.md").read_text() == NEW
