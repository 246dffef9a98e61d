"""See the page, as a student does it, in simcord's simulated Discord: real PDFs, drawn by real worker processes."""

import hashlib
import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from bot.discord.client import LectorBot
from bot.discord.courses import Course, open_course
from bot.discord.exts.pages import page_buttons
from common.settings import Settings
from ingest.catalog import Catalog, Reading
from ingest.documents import Sentence
from rag.answers import Answer, Citation, Line, Status, Timings
from rag.compose import Parts, open_assistant
from rag.library import View
from rag.sections import section_around
from tests.bot.discord.test_watchdog import LIMIT_S, worst_lag

simcord = pytest.importorskip("simcord")

QUOTE = "A hive of bees makes 27 kilograms of honey a year."
CITED = Citation(1, "bees", "Bees", "2", "1 Honey", QUOTE, f"Bees fly. {QUOTE} Owls hear.", "https://arxiv.org/pdf/1706.03762v7#page=2")


class Scene:
    """A course with a PDF of three pages, and a channel with an answer that cites its second."""

    def __init__(self, env: Any, course: Course, file: Path) -> None:
        self.env, self.course, self.file = env, course, file
        self.guild = env.create_guild("Zoo")
        self.channel = self.guild.create_text_channel("readings")
        self.student = self.guild.add_member(env.create_user("bob"))

    def index(self) -> None:
        """Have the PDF among the course's readings, as a sync would."""
        sha256 = hashlib.sha256(self.file.read_bytes()).hexdigest()
        row = Reading(
            course=self.course.key, reading="bees", revision="r", collection="c", fingerprint="f", sha256=sha256, kind="paper",
            title="Bees", path=str(self.file), size=1, mtime_ns=1, pages=3, chunks=1, sentences=1,
        )  # fmt: skip
        Catalog(self.course.engine, self.course.key).publish(row)

    async def shown(self, *citations: Citation) -> Any:
        """The message of an answer with these citations."""
        answer = Answer(Status.QUOTED, (Line(QUOTE, (1,)),), citations, "How much?", "How much?", Timings(0, 0, 0))
        key = await self.course.answers.save(answer)
        channel = self.env.bot.get_channel(self.channel.id)
        await channel.send("The answer.", view=page_buttons(answer, key, "en"))
        return self.channel.last_message

    async def see(self, *citations: Citation, label: str = "[1] See p. 2") -> Any:
        """What the button shows."""
        return await self.student.click(await self.shown(*(citations or (CITED,))), label=label)


def bees(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(612, 792))
    for text in ("Owls hear mice.", QUOTE, "Ants dig."):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def play(zoo: Settings, tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Scene]]:
    @asynccontextmanager
    async def open_scene(**pages: Any) -> AsyncIterator[Scene]:
        settings = zoo.model_copy(update={"pages": zoo.pages.model_copy(update=pages)})
        with open_assistant(settings) as parts:  # loads nothing: no question is asked
            course = open_course(parts)
            async with simcord.run(LectorBot([course]), settle_timeout=60) as env:
                scene = Scene(env, course, bees(tmp_path / "bees.pdf"))
                scene.index()
                yield scene

    return open_scene


def buttons(message: Any) -> dict[str, bool]:
    """Labels, and whether they can be clicked."""
    return {child["label"]: not child.get("disabled", False) for row in message.components for child in row["components"]}


async def is_marked(message: Any) -> bool:
    (attachment,) = message.attachments
    image = Image.open(io.BytesIO(await attachment.read())).convert("RGB")
    return any(r - b > 60 for _, (r, _, b) in image.getcolors(10_000))


async def test_the_page_is_shown_to_the_clicker_alone_with_the_passage_marked(play) -> None:
    async with play() as scene:
        seen = await scene.see()
        assert seen.ephemeral
        assert seen.response.content == (
            f"**[1]** [Bees, p. 2, §1](<https://arxiv.org/pdf/1706.03762v7#page=2>)\n> {QUOTE}\n"
            "-# Page 2 of 3. The passage is marked in yellow."
        )
        (attachment,) = seen.response.attachments
        assert attachment.filename == "bees-p2.png"
        assert attachment.description == f"Page 2 of “Bees”, on which this is marked: {QUOTE}"
        assert await is_marked(seen.response)
        assert buttons(seen.response) == {"◀": True, "▶": True}


async def test_pages_are_turned_in_place_up_to_the_first_and_the_last(play) -> None:
    async with play() as scene:
        message = (await scene.see()).response
        for label, number, can in (("▶", 3, {"◀": True, "▶": False}), ("◀", 2, {"◀": True, "▶": True}), ("◀", 1, {"◀": False, "▶": True})):
            turned = (await scene.student.click(message, label=label)).response
            assert turned.id == message.id
            assert f"Page {number} of 3." in turned.content
            assert [a.filename for a in turned.attachments] == [f"bees-p{number}.png"]
            assert await is_marked(turned) == (number == 2)
            assert buttons(turned) == can | ({} if number == 2 else {"Back to the passage": True})
        assert "The passage is on p. 2." in turned.content
        assert QUOTE not in turned.content
        back = (await scene.student.click(message, label="Back to the passage")).response
        assert "Page 2 of 3." in back.content


async def test_all_of_it_works_after_a_restart(play) -> None:
    async with play() as scene:
        answer = await scene.shown(CITED)
        page = (await scene.student.click(answer, label="[1] See p. 2")).response
        await scene.env.restart_bot(
            LectorBot([replace(scene.course, pages=open_course(Parts(scene.course.settings, scene.course.assistant)).pages)])
        )
        assert "Page 3 of 3." in (await scene.student.click(page, label="▶")).response.content
        assert "Page 2 of 3." in (await scene.student.click(answer, label="[1] See p. 2")).response.content


async def test_a_button_of_the_first_kind_shows_the_page_too(play) -> None:
    async with play() as scene:
        message = await scene.shown(CITED)
        old = message.components[0].children[0].custom_id.replace(":page:", ":quote:")
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="[1] p. 2", custom_id=old))
        await scene.env.bot.get_channel(scene.channel.id).send("An old answer.", view=view)
        seen = await scene.student.click(scene.channel.last_message, label="[1] p. 2")
        assert "Page 2 of 3." in seen.response.content


async def test_a_quote_that_is_not_on_its_page_is_said_not_to_be(play) -> None:
    async with play() as scene:
        seen = await scene.see(replace(CITED, quote="Whales sing in the deep of the northern sea."))
        assert "Nothing is marked" in seen.response.content
        assert not await is_marked(seen.response)
        assert seen.response.attachments[0].description == "Page 2 of “Bees”."


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b"%PDF-1.7 no more"),
    ],
)
async def test_a_file_that_was_lost_or_changed_since_has_its_text_shown(play, spoil: Callable[[Path], Any]) -> None:
    async with play() as scene:
        spoil(scene.file)
        content = (await scene.see()).response.content
        assert content.startswith("I can't show a picture of this page here. Its text:")
        assert f"Bees fly. **{QUOTE}** Owls hear." in content


async def test_a_damaged_file_has_its_text_shown(play) -> None:
    async with play() as scene:
        scene.file.write_bytes(b"%PDF-1.7 no more")
        scene.index()
        seen = await scene.see()
        assert seen.response.content.startswith("I can't show a picture")
        assert seen.response.attachments == []


async def test_a_reading_that_was_removed_since_is_said_to_be_gone_and_quoted(play) -> None:
    async with play() as scene:
        seen = await scene.see(replace(CITED, reading="wasps"))
        assert seen.response.content.startswith("This is not among the course's readings any more.")
        assert f"**{QUOTE}**" in seen.response.content


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (413, 40005)])
async def test_where_files_may_not_be_attached_the_text_is_shown(play, status: int, code: int) -> None:
    async with play() as scene:
        message = await scene.shown(CITED)
        scene.env.inject_error("PATCH", "/webhooks/*", status=status, code=code, message="refused")
        seen = await scene.student.click(message, label="[1] See p. 2")
        assert seen.response.content.startswith("I can't show a picture of this page here. Its text:")
        assert seen.response.attachments == []
        told = [message.content for message in scene.guild.owner.dm_channel.history()] if status == 403 else []
        for _ in range(2):
            scene.env.inject_error("PATCH", "/webhooks/*", status=status, code=code, message="refused")
            await scene.student.click(message, label="[1] See p. 2")
        assert [f"<#{scene.channel.id}>: allow me to attach files there" in text for text in told] == [True] * (status == 403)
        assert status != 403 or len(scene.guild.owner.dm_channel.history()) == 1


async def test_a_picture_larger_than_the_server_takes_is_not_sent(play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.Interaction, "filesize_limit", property(lambda _: 1000, lambda *_: None))
    async with play() as scene:
        assert (await scene.see()).response.content.startswith("I can't show a picture of this page here.")


async def test_a_message_that_was_dismissed_while_its_page_was_drawn_is_no_error(play) -> None:
    async with play() as scene:
        message = await scene.shown(CITED)
        scene.env.inject_error("PATCH", "/webhooks/*", status=404, code=10008, message="Unknown Message", times=None)
        await scene.student.click(message, label="[1] See p. 2")
        assert scene.env.errors == []


async def test_an_answer_that_is_not_kept_is_said_so(play) -> None:
    async with play() as scene:
        seen = await scene.see(replace(CITED, n=2), label="[2] See p. 2")
        assert "Page 2 of 3." in seen.response.content
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="x", custom_id="lector:1:page:AAAAAAAAAAAAAAAA:1"))
        await scene.env.bot.get_channel(scene.channel.id).send("An answer of long ago.", view=view)
        gone = await scene.student.click(scene.channel.last_message, label="x")
        assert gone.response.content == "This answer is not kept any more. Please ask again."


async def test_two_clicks_on_one_button_are_both_answered(play) -> None:
    async with play() as scene:
        message = await scene.shown(CITED)
        for _ in range(2):
            assert await is_marked((await scene.student.click(message, label="[1] See p. 2")).response)


async def test_drawing_does_not_hold_the_event_loop(play) -> None:
    async with play() as scene:
        message = await scene.shown(CITED)
        await scene.student.click(message, label="[1] See p. 2")  # imports are the first click's

        async def click() -> None:
            for page in (1, 3):
                sight = await scene.course.pages.look(CITED, scene.course.assistant.library, page)
                assert sight.picture

        assert (await worst_lag(click)).cpu < LIMIT_S


def sentence_of_a_handout(view: View) -> Sentence:
    """One in the middle of a section of a Markdown file."""
    snapshot = view.retriever.snapshot
    reading = next(name for name, row in snapshot.readings.items() if row.path.endswith(".md") and row.kind == "handout")
    sentences = snapshot.sentences(reading)
    return next(
        s
        for before, s, after in zip(sentences, sentences[1:], sentences[2:], strict=False)
        if before.section == s.section == after.section != ""
    )


async def test_a_handout_without_pages_has_its_section_shown_with_the_passage_bold(parts: Parts, tmp_path: Path) -> None:
    course = open_course(parts)
    quoted = await course.assistant.library.run(sentence_of_a_handout)
    whole = await course.assistant.library.run(
        lambda view: [s for s in view.retriever.snapshot.sentences(quoted.reading) if s.section == quoted.section]
    )
    async with simcord.run(LectorBot([course]), settle_timeout=60) as env:
        scene = Scene(env, course, tmp_path / "none.pdf")
        cited = Citation(1, quoted.reading, "A handout", None, quoted.section, quoted.quote, quoted.text, None)
        seen = await scene.see(cited, label=f"[1] See “{quoted.section.split(' > ')[-1][:40]}”")
        content = seen.response.content.replace("\\", "")
        assert seen.ephemeral
        assert f"**{quoted.quote}**" in content
        assert all(s.text in content.replace("**", "") for s in whole)
        assert seen.response.attachments == []


async def test_a_section_that_is_no_more_has_what_was_kept_of_it(parts: Parts) -> None:
    course = open_course(parts)
    gone = Citation(1, "lora-handout", "LoRA", None, "No such section", QUOTE, f"Before. {QUOTE}", None)
    assert await course.assistant.library.run(lambda view: section_around(view, gone)) == gone.passage
