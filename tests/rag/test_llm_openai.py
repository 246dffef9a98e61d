"""The engine `openai`: against llama_cpp.server with the installed SmolLM2, and against a server that misbehaves."""

import asyncio
import importlib.util
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import SecretStr

from bot.doctor import examine
from common.configuration import load_settings
from common.errors import ModelError
from common.models import locate
from common.settings import Llm, LlmServer, Settings
from common.workers import Worker
from rag.answers import Status
from rag.compose import open_assistant, open_chat
from rag.llm import LlamaCppChat
from rag.llm_openai import OpenAIChat, estimated_tokens
from tests.conftest import ROOT
from tests.rag.fake_openai import FakeServer

KEY = "sk-test-secret"
MESSAGES = [SystemMessage("Answer in one word."), HumanMessage("The sky is blue. What colour is the sky?")]
_NEEDED = ("fastapi", "uvicorn", "sse_starlette", "starlette_context", "pydantic_settings")


def llm(url: str, *, key: str | None = KEY, model: str = "smollm2", **changes: object) -> Llm:
    server = LlmServer(
        base_url=url,
        model=model,
        api_key=None if key is None else SecretStr(key),
        attempts=1,
        timeout_s=float(changes.pop("timeout_s", 60)),
    )
    packaged = load_settings(ROOT / "config.yaml").llm
    return Llm(**{**packaged.__dict__, "engine": "openai", "server": server, "max_tokens": 8, **changes})


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real OpenAI-compatible server over the packaged model, on this machine."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"llama_cpp.server needs {', '.join(missing)} (the extra dev has them)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = locate(load_settings(ROOT / "config.yaml").llm.model, "llm.model")
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--model_alias", "smollm2", "--n_ctx", "1024"]
    # interrupt_requests: as it comes, the server breaks off an answer when the next question arrives
    command += ["--host", "127.0.0.1", "--port", str(port), "--api_key", KEY, "--interrupt_requests", "false", "--verbose", "false"]
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "--n_threads", "1", "--n_threads_batch", "1"], stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 120
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/v1/models", timeout=5)
                break
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(30)


async def test_all_four_ways_to_call_it_say_the_same(server_url: str) -> None:
    chat = OpenAIChat(settings=llm(server_url))
    whole = (await chat.ainvoke(MESSAGES)).content
    assert "".join([str(part.content) async for part in chat.astream(MESSAGES)]) == whole
    assert await asyncio.to_thread(lambda: chat.invoke(MESSAGES).content) == whole
    assert await asyncio.to_thread(lambda: "".join(str(p.content) for p in chat.stream(MESSAGES))) == whole
    assert "blue" in str(whole).lower()


async def test_an_answer_is_no_longer_than_is_set(server_url: str) -> None:
    question = [HumanMessage("Count from one to one hundred.")]
    pieces = [part async for part in OpenAIChat(settings=llm(server_url, max_tokens=5)).astream(question) if part.content]
    assert len(pieces) == 5


async def test_questions_at_once_are_all_answered(server_url: str) -> None:
    chat = OpenAIChat(settings=llm(server_url))
    alone = (await chat.ainvoke(MESSAGES)).content
    assert {a.content for a in await asyncio.gather(*(chat.ainvoke(MESSAGES) for _ in range(2)))} == {alone}


def test_one_chat_serves_one_event_loop_after_another(server_url: str) -> None:
    chat = OpenAIChat(settings=llm(server_url, max_tokens=3))
    assert asyncio.run(chat.ainvoke(MESSAGES)).content == asyncio.run(chat.ainvoke(MESSAGES)).content


def test_a_reply_can_be_an_object_of_a_schema(server_url: str) -> None:
    schema = {"type": "object", "properties": {"colour": {"type": "string", "maxLength": 12}}, "required": ["colour"]}
    found = OpenAIChat(settings=llm(server_url, max_tokens=24)).fill(list(MESSAGES), schema)
    assert found is not None
    assert isinstance(found["colour"], str)
    with pytest.raises(ModelError, match="refuses the key"):
        OpenAIChat(settings=llm(server_url, key="sk-wrong")).fill(list(MESSAGES), schema)


async def test_a_wrong_key_and_a_prompt_beyond_the_window_are_errors_of_one_line(server_url: str) -> None:
    with pytest.raises(ModelError, match=r"refuses the key \(401\): set LECTOR_LLM__SERVER__API_KEY") as raised:
        await OpenAIChat(settings=llm(server_url, key="sk-wrong-secret")).ainvoke(MESSAGES)
    assert "secret" not in raised.value.user_message
    with pytest.raises(ModelError, match="or see the server's log"):  # it sends nothing at all then
        await OpenAIChat(settings=llm(server_url)).ainvoke([HumanMessage("word " * 3000)])


async def test_the_assistant_answers_through_it(server_url: str, handout_settings: Settings) -> None:
    settings = handout_settings.model_copy(update={"llm": llm(server_url, context_tokens=1024, max_tokens=16)})
    with open_assistant(settings) as parts:
        await parts.assistant.warm_up()
        answer = await parts.assistant.ask("How many attention heads does the base Transformer use?")
    assert answer.citations
    assert (answer.status, answer.model) in [(Status.ANSWERED, "smollm2"), (Status.QUOTED, None)]


async def test_what_the_served_model_says_is_checked_and_the_answer_names_it(handout_settings: Settings) -> None:
    question = "How many attention heads does the base Transformer use?"
    with FakeServer() as server, open_assistant(handout_settings.model_copy(update={"llm": llm(server.url)})) as parts:
        quoted = await parts.assistant.ask(question)  # that the sky is blue stands in no reading
        server.words = ("", *re.findall(r"\S+\s*", quoted.lines[0].text), "")
        answered = await parts.assistant.ask(question)
    assert (quoted.status, quoted.model) == (Status.QUOTED, None)
    assert (answered.status, answered.model, answered.as_json()["model"]) == (Status.ANSWERED, "smollm2", "smollm2")


def test_doctor_asks_the_server_which_models_it_has(server_url: str, settings: Settings) -> None:
    def looked_at(changed: Llm) -> tuple[bool, str]:
        checks = {check.name: check for check in examine(settings.model_copy(update={"llm": changed}))}
        return checks["language model"].ok, checks["language model"].detail

    assert looked_at(llm(server_url)) == (True, f"smollm2 at {server_url}, which is sent questions and passages")
    assert looked_at(llm(server_url, model="llama")) == (False, f"{server_url} offers no model 'llama', but smollm2")
    ok, detail = looked_at(llm(server_url, key=None))
    assert not ok
    assert "refuses the key (401)" in detail


async def test_leaving_a_stream_hangs_up() -> None:
    with FakeServer(words=("word. ",) * 500, wait_s=0.01) as server:
        stream = OpenAIChat(settings=llm(server.url)).astream(MESSAGES)
        await anext(stream)
        await stream.aclose()
        assert await asyncio.to_thread(server.hung_up.wait, 5)


async def test_cancelling_the_task_hangs_up() -> None:
    with FakeServer(words=("word. ",) * 500, wait_s=0.01) as server:
        task = asyncio.create_task(OpenAIChat(settings=llm(server.url)).ainvoke(MESSAGES))
        assert await asyncio.to_thread(server.begun.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.hung_up.wait, 5)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"code": 401, "body": b'{"error": {"message": "Incorrect key sk-test-secret"}}'}, r"refuses the key \(401\)"),
        ({"code": 403}, r"refuses the key \(403\)"),
        ({"code": 404, "body": b'{"error": {"message": "The model does not exist"}}'}, r"has no model 'smollm2'.*`lector doctor`"),
        ({"code": 429}, r"overloaded, or a quota is used up \(429\)"),
        ({"code": 400, "body": b'{"error": {"message": "maximum context\\nlength"}}'}, r"refuses the request \(400: .*maximum context"),
        ({"code": 500}, r"failed \(500\): see its log"),
        ({"code": 503}, r"failed \(503\): see its log"),
        ({"body": b"<html>Welcome</html>", "kind": "text/html"}, "does not answer as an OpenAI-compatible server"),
        ({"body": b'{"answer": 42}'}, "does not answer as an OpenAI-compatible server"),
        ({"body": b'data: {"error": {"message": "out of memory"}}\n\n', "kind": "text/event-stream"}, r"failed \(out of memory\)"),
        ({"body": b"data: {broken\n\n", "kind": "text/event-stream"}, "does not answer as an OpenAI-compatible server"),
        ({"break_after": 2}, "broke off: see its log"),
        ({"wait_s": 3.0}, r"did not answer within 0\.3 s"),
    ],
)
async def test_what_goes_wrong_is_an_error_of_one_line_without_the_key(told: dict, says: str) -> None:
    with FakeServer(**told) as server:
        chat = OpenAIChat(settings=llm(server.url, timeout_s=0.3))
        with pytest.raises(ModelError, match=says) as raised:
            await chat.ainvoke(MESSAGES)
        assert "\n" not in raised.value.user_message
        assert "secret" not in raised.value.user_message
        with pytest.raises(ModelError, match=says):
            await asyncio.to_thread(chat.invoke, MESSAGES)


async def test_a_model_that_says_nothing_is_no_error(handout_settings: Settings) -> None:
    with FakeServer(words=("", "")) as server:
        settings = handout_settings.model_copy(update={"llm": llm(server.url)})
        assert (await OpenAIChat(settings=settings.llm).ainvoke(MESSAGES)).content == ""
        with open_assistant(settings) as parts:
            answer = await parts.assistant.ask("How many attention heads does the base Transformer use?")
    assert len(server.asked) == 2
    assert (answer.status, answer.model) == (Status.QUOTED, None)


async def test_a_server_that_is_down_is_said() -> None:
    with pytest.raises(ModelError, match=r"http://127\.0\.0\.1:9/v1 is out of reach: start the server"):
        await OpenAIChat(settings=llm("http://127.0.0.1:9/v1")).ainvoke(MESSAGES)


async def test_a_busy_moment_is_waited_for() -> None:
    with FakeServer(code=503) as server:
        settings = llm(server.url)
        patient = settings.model_copy(update={"server": settings.server.model_copy(update={"attempts": 2})})
        task = asyncio.create_task(OpenAIChat(settings=patient).ainvoke(MESSAGES))
        assert await asyncio.to_thread(server.begun.wait, 5)
        server.code = 200
        assert (await task).content == "The sky is blue."


async def test_only_what_is_set_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the key of another server that the environment may hold, nor to its address."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-server")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    with FakeServer() as server:
        await OpenAIChat(settings=llm(server.url, key=None)).ainvoke(MESSAGES)
        await OpenAIChat(settings=llm(server.url)).ainvoke(MESSAGES)
    (path, first, body), (_, second, _) = server.asked
    assert path == "/v1/chat/completions"
    assert (first["authorization"], second["authorization"]) == ("Bearer none", f"Bearer {KEY}")
    assert {key: body[key] for key in ("model", "max_tokens", "temperature", "stream")} == {
        "model": "smollm2",
        "max_tokens": 8,
        "temperature": 0.0,
        "stream": True,
    }
    assert "max_completion_tokens" not in body


def test_the_key_is_in_no_log_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    chat = OpenAIChat(settings=llm("http://127.0.0.1:9/v1"))
    with caplog.at_level("DEBUG"), pytest.raises(ModelError):
        chat.invoke(MESSAGES)
    assert "secret" not in caplog.text + repr(chat) + repr(chat.settings)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    with pytest.raises(ModelError, match="langchain-openai is not installed"):
        asyncio.run(OpenAIChat(settings=llm("http://127.0.0.1:9/v1")).acount_tokens([""]))


def test_the_engine_is_a_setting() -> None:
    worker = Worker("llm")
    assert isinstance(open_chat(load_settings(ROOT / "config.yaml").llm, worker), LlamaCppChat)
    chosen = open_chat(llm("http://127.0.0.1:9/v1"), worker)
    assert isinstance(chosen, OpenAIChat)
    assert (chosen.name_shown, chosen.room_tokens) == ("smollm2", 2048 - 8 - 64)
    worker.close()


async def test_estimated_tokens_are_seldom_too_few() -> None:
    """Against the tokenizer of the packaged model, over the handouts: text, numbers, formulas and tables."""
    files = await asyncio.to_thread(lambda: [path.read_text("utf-8") for path in sorted((ROOT / "corpus" / "handouts").glob("*.md"))])
    texts = [line for text in files for line in text.splitlines() if line]
    worker = Worker("llm")
    local = LlamaCppChat(settings=load_settings(ROOT / "config.yaml").llm, worker=worker)
    true = await local.acount_tokens(texts)
    worker.close()
    estimates = [estimated_tokens(text) for text in texts]
    assert 1.1 < sum(estimates) / sum(true) < 1.6
    long = [(e, t) for e, t in zip(estimates, true, strict=True) if t >= 60]
    assert len(long) > 50
    assert sum(e < t for e, t in long) / len(long) < 0.02
    assert estimated_tokens("") == 0
    assert estimated_tokens("注意力") == 9
