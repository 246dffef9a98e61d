"""How much of a prompt the language model reads again, by llama.cpp's own count: the rest stands in its cache from the question before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.errors import UsageError
from rag.assistant import Assistant
from rag.llm import LlamaCppChat


@dataclass(frozen=True)
class Read:
    """A question's prompt, in tokens: all of it, and what was read for it."""

    prompt: int
    evaluated: int

    @property
    def share(self) -> float:
        """What was read of it, 0 to 1."""
        return self.evaluated / self.prompt


async def prompts_read(assistant: Assistant, questions: Sequence[str], reading: str | None = None) -> list[Read]:
    """Ask one question after another, the first with an empty cache; those that reach no model are left out.

    Raises:
        UsageError: The model does not run in this process.
    """
    import llama_cpp

    chat = assistant.chat
    if not isinstance(chat, LlamaCppChat):
        raise UsageError("what is read of a prompt is counted by llama.cpp: set llm.engine to llama.cpp")
    llama = await chat.worker.run(chat._loaded)
    await chat.worker.run(llama.reset)
    found: list[Read] = []
    for question in questions:
        await chat.worker.run(lambda: llama_cpp.llama_perf_context_reset(llama.ctx))
        await assistant.ask(question, reading=reading)
        counted = await chat.worker.run(lambda: llama_cpp.llama_perf_context(llama.ctx))
        if counted.n_p_eval > 1:  # llama.cpp says 1 where nothing was read
            found.append(Read(await chat.worker.run(lambda: len(prompt_tokens(llama))), int(counted.n_p_eval)))
    return found


def prompt_tokens(llama: Any) -> list[int]:
    """The last prompt: what the model holds up to the mark that opens the assistant's turn."""
    tokens = [int(t) for t in llama.input_ids[: llama.n_tokens]]
    opening = llama.tokenize(b"<|im_start|>assistant\n", add_bos=False, special=True)
    starts = [n for n in range(len(tokens)) if tokens[n : n + len(opening)] == opening]
    return tokens[: starts[-1] + len(opening)] if starts else tokens
