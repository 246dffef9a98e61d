"""The real bot over real sockets, with the real models, against a small Discord on loopback."""

import asyncio
import math
import re
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.start import serve
from common.errors import LectorError
from common.settings import Settings
from rag.compose import Parts
from tests.bot.discord.assistants import Held
from tests.bot.discord.fake_discord import APPLICATION, AVATAR, BOT, GUILD, STAFF, TOKEN, FakeDiscord, buttons
from tests.bot.discord.wire import QUESTION, Running, answered, with_discord
from tests.conftest import Ran


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, fake: FakeDiscord) -> Callable[..., None]:
    """Sets LECTOR_DISCORD__* to the fake's addresses and token, or to what is given."""

    def set_(**changes: str) -> None:
        for name, value in (fake.settings | changes).items():
            monkeypatch.setenv(f"LECTOR_DISCORD__{name.upper()}", value)

    return set_


async def test_the_bot_logs_in_with_its_token_and_the_least_intents(fake: FakeDiscord, running: Running) -> None:
    async with running() as bot:
        assert str(bot.user) == "Lector"
        assert [guild.name for guild in bot.guilds] == ["Course"]
        (identify,) = fake.ops(2)
        assert identify["d"]["token"] == TOKEN
        assert identify["d"]["intents"] == discord.Intents(guilds=True, guild_messages=True, dm_messages=True).value
        assert not discord.Intents._from_value(identify["d"]["intents"]).message_content  # no privileged one
        assert fake.ops(1)
        await fake.until(lambda: math.isfinite(bot.latency))  # its heartbeat was acknowledged


async def test_the_command_is_registered_with_its_options(fake: FakeDiscord, running: Running) -> None:
    async with running():
        assert [request.method for request in fake.requests if "commands" in request.path] == ["PUT"]
        (ask,) = [command for command in fake.commands[""] if command["name"] == "ask"]
        assert ask["description"]
        options = {option["name"]: option for option in ask["options"]}
        assert {name: (option["type"], option["required"]) for name, option in options.items()} == {
            "question": (discord.AppCommandOptionType.string.value, True),
            "reading": (discord.AppCommandOptionType.string.value, False),
            "private": (discord.AppCommandOptionType.boolean.value, False),
        }
        assert all(option["description"] for option in options.values())


async def test_a_server_of_the_course_is_answered(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant, guilds=(int(GUILD),)):
        assert set(fake.commands) == {""}  # everywhere, private conversations too
        asked = await fake.slash("ask", question=QUESTION)
        assert "8 attention heads" in (await answered(fake, asked))["content"]


async def test_a_server_of_no_course_is_told_so_and_the_log_names_the_one_that_is_missed(
    fake: FakeDiscord, running: Running, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(parts.assistant, guilds=(999,)):
        asked = await fake.slash("ask", question=QUESTION)
        assert "This server has no course" in (await fake.until(lambda: asked.message))["content"]
    assert "the bot is not on server 999 of course" in caplog.text


async def test_a_question_is_shown_at_once_and_then_answered_with_buttons(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant):
        asked = await fake.slash("ask", question=QUESTION)
        began = await fake.until(lambda: asked.message)
        assert asked.callback == 4
        (first,) = fake.sent("POST", f"/interactions/{asked.id}/{asked.token}/callback")
        assert first.at - asked.at < 1.0
        assert began["content"] == f"**{QUESTION}**\n-# Reading …"
        assert [button["label"] for button in buttons(began)] == ["Cancel"]

        assistant.release.set()
        message = await answered(fake, asked)
        assert message["id"] == began["id"]
        assert message["content"].startswith(f"**{QUESTION}**")
        assert "8 attention heads" in message["content"]
        edit = fake.sent("PATCH", asked.token)[-1]
        assert edit.path == f"/api/v10/webhooks/{APPLICATION}/{asked.token}/messages/{began['id']}"
        assert edit.body["allowed_mentions"] == {"parse": []}
        ids = [button["custom_id"] for button in buttons(message)]
        assert re.fullmatch(r"lector:1:page:[\w-]{16}:1", ids[0])
        assert len(set(ids)) == len(ids)
        assert ids[-3:] == [f"lector:1:{what}:{ids[0].split(':')[3]}" for what in ("vote:up", "vote:down", "person")]
        assert all(len(row["components"]) <= 5 for row in message["components"])
        assert "lector:1:discuss" in ids


async def test_a_reading_is_taken_from_the_command(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant):
        asked = await fake.slash("ask", question="How many heads are there?", reading="1706.03762")
        assert "8 attention heads" in (await answered(fake, asked))["content"]


async def test_a_click_shows_the_quote_to_the_clicker_alone(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant):
        asked = await fake.slash("ask", question=QUESTION)
        answer = await answered(fake, asked)
        clicked = await fake.click(buttons(answer)[0]["custom_id"])
        shown = await fake.until(lambda: clicked.message)
        assert shown["flags"] & 64  # ephemeral
        assert "**The base Transformer uses h = 8 attention heads" in shown["content"].replace("\\", "")
        assert fake.sent("PATCH", clicked.token)[-1].body["allowed_mentions"] == {"parse": []}
        assert asked.message == answer  # a click changes nothing for the others


async def test_a_button_works_after_the_bot_was_started_anew(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant):
        asked = await fake.slash("ask", question=QUESTION)
        answer = await answered(fake, asked)
    async with running(parts.assistant):
        clicked = await fake.click(buttons(answer)[0]["custom_id"])
        assert "8 attention heads" in (await fake.until(lambda: clicked.message))["content"]


@pytest.mark.parametrize(("question", "says"), [("\u200b", "empty"), ("x" * 5000, "5000 characters")], ids=["empty", "long"])
async def test_a_bad_question_is_explained_to_the_asker_alone(
    question: str, says: str, fake: FakeDiscord, running: Running, parts: Parts
) -> None:
    async with running(parts.assistant):
        asked = await fake.slash("ask", question=question)
        told = await fake.until(lambda: asked.message)
        assert says in told["content"]
        assert told["flags"] & 64  # ephemeral
        assert not buttons(told)


async def test_an_unknown_reading_is_explained_in_the_place_of_the_answer(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant):
        asked = await fake.slash("ask", question=QUESTION, reading="9999.99999")
        told = await fake.until(lambda: asked.message if "no reading" in (asked.message or {}).get("content", "") else None)
        assert told["content"].endswith("There is no reading “9999.99999”: `/readings` lists them.")
        assert buttons(told) == []
        assert [said for said in asked.followups if "/help" not in said["content"]] == []  # but for the first command's hint


async def test_a_dropped_connection_is_resumed_and_the_answer_arrives_once(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant):
        asked = await fake.slash("ask", question=QUESTION)
        await fake.until(assistant.asked.is_set)
        heard = fake.sequence
        await fake.drop(4000)
        (resume,) = await fake.until(lambda: fake.ops(6))
        assert resume["d"] == {"token": TOKEN, "session_id": "session-1", "seq": heard}
        assert fake.connections == ["/", "/resume"]

        assistant.release.set()
        assert "8 attention heads" in (await answered(fake, asked))["content"]
        again = await fake.slash("ask", question=QUESTION)  # over the resumed connection; what is sent twice would be here by then
        await answered(fake, again)
        assert len(fake.ops(2)) == len(fake.ops(6)) == 1
        sent = [r for r in fake.sent("POST", asked.token) if "/help" not in str(r.body)]  # but for the first command's hint
        assert len(sent) == 1
        assert [("✓ complete" in edit.body["content"]) for edit in fake.sent("PATCH", asked.token)].count(True) == 1
        assert [said for said in asked.followups if "/help" not in said["content"]] == []


async def test_a_question_missed_while_away_is_answered_once_after_the_resume(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    async with running(parts.assistant):
        before = await fake.slash("ask", question=QUESTION)
        await answered(fake, before)
        fake.accepts.clear()
        await fake.drop(4000)
        missed = await fake.slash("ask", question=QUESTION)
        await fake.until(lambda: fake.connections == ["/", "/resume"])
        assert missed.callback is None
        fake.accepts.set()
        assert "8 attention heads" in (await answered(fake, missed))["content"]
        for interaction in (missed, before):
            assert ["✓ complete" in edit.body["content"] for edit in fake.sent("PATCH", interaction.token)].count(True) == 1


async def test_an_answer_does_not_need_the_gateway(fake: FakeDiscord, running: Running, parts: Parts) -> None:
    assistant = Held(parts)
    async with running(assistant):
        asked = await fake.slash("ask", question=QUESTION)
        await fake.until(assistant.asked.is_set)
        fake.accepts.clear()
        await fake.drop(4000)
        assistant.release.set()
        assert "8 attention heads" in (await answered(fake, asked))["content"]
        assert fake.ops(6) == []
        fake.accepts.set()
        await fake.until(lambda: fake.ops(6))


async def test_a_change_of_the_readings_outlives_its_token(fake: FakeDiscord, running: Running, corpus: Path) -> None:
    fake.roles = [STAFF]
    async with running(corpus={"dir": corpus}, staff_roles=("Instructor",)):
        asked = await fake.slash("corpus sync")
        began = await fake.until(lambda: asked.message)
        assert "Syncing the readings" in began["content"]
        fake.expire(asked)
        ended = await fake.until(lambda: asked.message if "done" in (asked.message or {}).get("content", "") else None, within_s=90)
        assert "added: " in ended["content"]
        assert ended["id"] == began["id"]
        assert buttons(ended) == []  # no Stop any more


async def test_a_change_can_be_stopped_by_staff_and_another_waits(fake: FakeDiscord, running: Running, corpus: Path) -> None:
    fake.roles = [STAFF]
    gnus = "\n\n".join(f"Gnu {n} of herd {n % 7} runs {n} metres to tree {n * 3}, then eats." for n in range(20_000))
    (corpus / "papers" / "gnus.md").write_text(f"# Gnus\n\n{gnus}\n", "utf-8")
    async with running(corpus={"dir": corpus}, staff_roles=("Instructor",)):
        asked = await fake.slash("corpus sync")
        (stop,) = buttons(await fake.until(lambda: asked.message))
        second = await fake.slash("corpus sync")
        assert "is changing the readings just now" in (await fake.until(lambda: second.message))["content"]

        fake.roles = []
        refused = await fake.click(stop["custom_id"])
        assert (await fake.until(lambda: refused.message))["content"] == "Only Instructor may do this."
        fake.roles = [STAFF]
        clicked = await fake.click(stop["custom_id"])
        assert (await fake.until(lambda: clicked.message))["content"] == "Stopping …"
        ended = await fake.until(lambda: asked.message if "stopped" in (asked.message or {}).get("content", "") else None, within_s=90)
        assert "`/corpus sync` does the rest" in ended["content"]
        late = await fake.click(stop["custom_id"]) if buttons(ended) else None
        assert late is None


async def test_the_settings_addresses_are_used(fake: FakeDiscord, running: Running) -> None:
    async with running() as bot:
        assert bot.user is not None
        assert fake.api_base == Route.BASE
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == fake.gateway_url
        assert bot.user.display_avatar.url.startswith(f"{fake.cdn_base}/avatars/{BOT}/")
        assert await bot.user.display_avatar.read() == AVATAR
        assert {request.path.rsplit("/", 1)[0] for request in fake.sent("GET", "/cdn/")} == {f"/cdn/avatars/{BOT}"}
        assert fake.connections == ["/"]


async def test_serve_answers_until_discord_ends_it(fake: FakeDiscord, handout_settings: Settings) -> None:
    serving = asyncio.create_task(asyncio.to_thread(serve, with_discord(handout_settings, fake)))
    await fake.until(lambda: fake.ops(2) or serving.done(), within_s=60)
    assert not serving.done(), serving.result()
    asked = await fake.slash("ask", question=QUESTION)
    assert "8 attention heads" in (await answered(fake, asked))["content"]
    await fake.drop(4004)  # as when the token is reset: discord.py does not come back from it
    with pytest.raises(LectorError) as raised:
        await serving
    assert "4004" in raised.value.user_message
    assert TOKEN not in raised.value.user_message


async def test_lector_bot_explains_a_wrong_token_in_one_line(
    fake: FakeDiscord, environment: Callable[..., None], lector: Callable[..., Ran], handout_settings: Settings
) -> None:
    environment(token="not-the-token")
    ran = await asyncio.to_thread(lector, "--data-dir", handout_settings.storage.dir, "bot")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "lector: Discord refuses the token: copy it again from the developer portal into LECTOR_DISCORD__TOKEN\n"
    assert fake.connections == []


async def test_lector_bot_explains_an_address_where_nobody_is(
    environment: Callable[..., None], lector: Callable[..., Ran], handout_settings: Settings
) -> None:
    environment(api_base="http://127.0.0.1:9/api/v10")
    ran = await asyncio.to_thread(lector, "--data-dir", handout_settings.storage.dir, "bot")
    assert ran.code == 1
    assert ran.err.startswith("lector: Discord at http://127.0.0.1:9/api/v10 cannot be used")
    assert ran.err.count("\n") == 1


async def test_doctor_finds_nothing_wrong(
    fake: FakeDiscord, environment: Callable[..., None], lector: Callable[..., Ran], handout_settings: Settings
) -> None:
    environment()
    ran = await asyncio.to_thread(lector, "--data-dir", handout_settings.storage.dir, "doctor")
    assert "Discord server Course: Lector has what it needs; without attach_files the passage is shown as text" in " ".join(ran.out.split())
    assert ran.code == 0
    assert fake.connections == []  # it looks without the gateway


@pytest.mark.parametrize("flag", ["embed_links", "read_message_history"])
async def test_doctor_says_which_permission_is_missing_and_who_gives_it(
    flag: str, fake: FakeDiscord, environment: Callable[..., None], lector: Callable[..., Ran], handout_settings: Settings
) -> None:
    fake.permissions &= ~discord.Permissions(**{flag: True}).value
    environment()
    ran = await asyncio.to_thread(lector, "--data-dir", handout_settings.storage.dir, "doctor")
    assert ran.code == 1
    said = " ".join(ran.out.split())  # lines are wrapped
    assert f"BAD Discord server Course: Lector lacks {flag}: give the bot's role {flag}" in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"token": "not-the-token"}, "BAD Discord token: Discord refuses it: copy the token again from the developer portal"),
        (
            {"api_base": "http://127.0.0.1:9/api/v10"},
            "BAD Discord: out of reach (ClientConnectorError): check the network and discord.api_base",
        ),
    ],
    ids=["token", "address"],
)
async def test_doctor_says_what_keeps_it_from_discord(
    changes: dict[str, str],
    says: str,
    fake: FakeDiscord,
    environment: Callable[..., None],
    lector: Callable[..., Ran],
    handout_settings: Settings,
) -> None:
    environment(**changes)
    ran = await asyncio.to_thread(lector, "--data-dir", handout_settings.storage.dir, "doctor")
    assert ran.code == 1
    assert says in " ".join(ran.out.split())
