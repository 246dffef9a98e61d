"""The chat model over the real SmolLM2."""

import asyncio
import string
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from common.configuration import load_settings
from common.errors import ModelError, StalledError
from common.workers import Worker
from rag.llm import LlamaCppChat
from tests.conftest import ROOT

MESSAGES = [SystemMessage("Answer in one word."), HumanMessage("The sky is blue. What colour is the sky?")]


@pytest.fixture(scope="module")
def chat() -> Iterator[LlamaCppChat]:
    worker = Worker("llm")
    settings = load_settings(ROOT / "config.yaml").llm
    made = LlamaCppChat(settings=settings.model_copy(update={"max_tokens": 24}), worker=worker)
    made.load()
    yield made
    worker.close()


async def test_all_four_ways_to_call_it_say_the_same(chat: LlamaCppChat) -> None:
    whole = (await chat.ainvoke(MESSAGES)).content
    assert "blue" in str(whole).lower()
    assert "".join([str(part.content) async for part in chat.astream(MESSAGES)]) == whole
    assert await asyncio.to_thread(lambda: chat.invoke(MESSAGES).content) == whole
    assert await asyncio.to_thread(lambda: "".join(str(p.content) for p in chat.stream(MESSAGES))) == whole


async def test_concurrent_calls_wait_for_each_other(chat: LlamaCppChat) -> None:
    alone = (await chat.ainvoke(MESSAGES)).content
    answers = await asyncio.gather(*(chat.ainvoke(MESSAGES) for _ in range(4)))
    assert {a.content for a in answers} == {alone}


async def test_leaving_a_stream_frees_the_model(chat: LlamaCppChat) -> None:
    stream = chat.astream([HumanMessage("Count from one to one hundred.")])
    await anext(stream)
    await stream.aclose()
    assert "blue" in str((await asyncio.wait_for(chat.ainvoke(MESSAGES), 30)).content).lower()


async def test_a_model_that_hangs_is_loaded_anew(chat: LlamaCppChat) -> None:
    release = threading.Event()
    hanging = asyncio.create_task(chat.worker.run(release.wait))
    waiting = asyncio.create_task(chat.ainvoke(MESSAGES))
    await asyncio.sleep(0.01)
    await chat.recover(0.05)
    for task in (hanging, waiting):
        with pytest.raises(StalledError):
            await task
    assert "blue" in str((await chat.ainvoke(MESSAGES)).content).lower()
    release.set()


async def test_a_model_that_only_works_is_left_alone(chat: LlamaCppChat) -> None:
    answering = asyncio.create_task(chat.ainvoke(MESSAGES))
    await asyncio.sleep(0.01)
    await chat.recover(60)
    assert "blue" in str((await answering).content).lower()


async def test_a_prompt_longer_than_the_window_is_an_error_of_one_line(chat: LlamaCppChat) -> None:
    with pytest.raises(ModelError, match="the language model failed"):
        await chat.ainvoke([HumanMessage("word " * 3000)])
    assert "blue" in str((await chat.ainvoke(MESSAGES)).content).lower()


async def test_a_model_that_says_nothing_is_no_error(chat: LlamaCppChat) -> None:
    assert str((await chat.ainvoke(MESSAGES, stop=list(string.ascii_letters))).content).strip() == ""
    assert [part async for part in chat.astream(MESSAGES, stop=list(string.ascii_letters))]


async def test_tokens_are_counted(chat: LlamaCppChat) -> None:
    assert (await chat.acount_tokens(["", "one two three"])) == [0, 3]


@pytest.mark.parametrize("content", [b"", b"not a model at all"])
def test_a_file_that_is_no_model_is_an_error_of_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(content)
    settings = load_settings(ROOT / "config.yaml").llm
    broken = settings.model_copy(
        update={"model": settings.model.model_copy(update={"package": None, "path": file, "file": "", "sha256": None})}
    )
    worker = Worker("broken")
    with pytest.raises(ModelError, match=r"llama\.cpp cannot load broken\.gguf"):
        LlamaCppChat(settings=broken, worker=worker).load()
    worker.close()


SCHEMA = {"type": "object", "properties": {"colour": {"type": "string", "maxLength": 12}}, "required": ["colour"]}


async def test_a_reply_can_be_an_object_of_a_schema(chat: LlamaCppChat) -> None:
    found = await asyncio.to_thread(chat.fill, MESSAGES, SCHEMA)
    assert found is not None
    assert isinstance(found["colour"], str)
    assert set(found) == {"colour"}


async def test_an_object_that_is_cut_off_is_none(chat: LlamaCppChat) -> None:
    short = LlamaCppChat(settings=chat.settings.model_copy(update={"max_tokens": 2}), worker=chat.worker)
    assert await asyncio.to_thread(short.fill, MESSAGES, SCHEMA) is None
