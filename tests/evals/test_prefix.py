import pytest

from common.errors import UsageError
from common.settings import LlmServer
from evals.bench import SAME_WEEK
from evals.prefix import prompts_read
from rag.assistant import Assistant
from rag.compose import Parts
from rag.llm_openai import OpenAIChat


async def test_a_second_question_in_a_week_takes_the_stable_part_of_its_prompt_from_the_cache(parts: Parts) -> None:
    reading, questions = SAME_WEEK
    first, *others = await prompts_read(parts.assistant, questions, reading)
    assert first.evaluated == first.prompt
    assert others
    for read in others:
        assert read.prompt - read.evaluated >= 40  # the system's part and what opens the user's


async def test_another_engine_counts_nothing(parts: Parts) -> None:
    server = LlmServer(model="m")
    chat = OpenAIChat(settings=parts.settings.llm.model_copy(update={"engine": "openai", "server": server}))
    with pytest.raises(UsageError, match=r"llm\.engine to llama\.cpp"):
        await prompts_read(Assistant(parts.assistant.library, chat, parts.settings.answering), ["Why?"])
