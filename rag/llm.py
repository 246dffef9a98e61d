"""The language model: llama.cpp behind a LangChain chat model, on one thread of its own.

LangChain's own `ChatLlamaCpp` is being sunset with langchain-community, and the default async methods of a chat
model call it from the shared thread pool, where two calls on one `Llama` crash or freeze (llama-cpp-python
issues 471, 1529, 1995; seen 2026-11): so every call, sync or async, goes through the one worker.
"""

import os
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, PrivateAttr

from common.errors import ModelError
from common.models import locate
from common.settings import Llm
from common.workers import Worker
from rag.chat import TEMPLATE_TOKENS, Chat

if TYPE_CHECKING:
    from llama_cpp import Llama

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class LlamaCppChat(Chat):
    """A chat model over a GGUF file. Safe to call from any thread or task: calls wait for each other.

    Closing the stream (or cancelling the task that reads it) stops the model at the next token.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    worker: Worker
    _llama: Any = PrivateAttr(default=None)

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    @property
    def name_shown(self) -> str:
        """The model as answers and logs name it: its file without the suffix."""
        model = self.settings.model
        return os.path.basename(model.file or str(model.path)).removesuffix(".gguf")

    def load(self) -> None:
        """Load the model now instead of at the first call.

        Raises:
            ModelError: The file is missing, has another sha256, or is no model that llama.cpp reads.
        """
        self.worker.call(self._loaded)

    async def acount_tokens(self, texts: list[str]) -> list[int]:
        """How many tokens the model makes of each text, without the chat template."""
        return await self.worker.run(lambda: [len(self._loaded().tokenize(text.encode(), add_bos=False)) for text in texts])

    async def recover(self, grace_s: float) -> None:
        """Give a hanging call's thread up and load the model anew, on another; the old one stays in memory until that call ends."""
        if not await self.worker.responds(grace_s):
            self.worker.renew()
            self._llama = None  # the hanging call may still write into it

    def choose(self, messages: list[BaseMessage], options: Sequence[str]) -> list[float] | None:
        """How probable the model finds each option as the first word of its reply, among the options: they sum to 1.

        Args:
            options: Words that differ in their first token, such as "A" and "B"; no other token counts.

        Returns:
            None where the prompt is longer than the model's window.

        Raises:
            ModelError: As for a reply.
        """
        return self.worker.call(lambda: self._probabilities(messages, options))

    def _loaded(self) -> "Llama":
        if self._llama is None:
            self._llama = _load(self.settings)
        llama: Llama = self._llama
        return llama

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        form = kwargs.get("response_format")
        return _result("".join(self.worker.iterate(lambda cancelled: self._tokens(messages, stop, cancelled, form))))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return _result("".join([text async for text in self.worker.aiterate(lambda cancelled: self._tokens(messages, stop, cancelled))]))

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        for text in self.worker.iterate(lambda cancelled: self._tokens(messages, stop, cancelled)):
            if run_manager:
                run_manager.on_llm_new_token(text)
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        async for text in self.worker.aiterate(lambda cancelled: self._tokens(messages, stop, cancelled)):
            if run_manager:
                await run_manager.on_llm_new_token(text)
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))

    def _tokens(
        self, messages: list[BaseMessage], stop: list[str] | None, cancelled: threading.Event, form: dict[str, Any] | None = None
    ) -> Iterator[str]:
        """Pieces of the reply, under the grammar of a JSON schema if `form` has one; runs on the worker."""
        settings, said = self.settings, False
        try:
            stream = self._loaded().create_chat_completion(
                messages=[{"role": _ROLES[m.type], "content": str(m.content)} for m in messages],  # type: ignore[misc]
                max_tokens=settings.max_tokens,
                temperature=settings.temperature,
                repeat_penalty=settings.repeat_penalty if form is None else 1.0,  # an object repeats its quotation marks
                stop=stop or [],
                response_format=form,  # type: ignore[arg-type]
                stream=True,
            )
            for part in stream:
                if cancelled.is_set():
                    return
                text = part["choices"][0]["delta"].get("content")  # type: ignore[index,union-attr]
                if text:
                    said = True
                    yield str(text)
            if not said:  # the end at once; LangChain calls a stream without any chunk an error
                yield ""
        except (RuntimeError, ValueError, OSError) as exc:
            raise ModelError(f"the language model failed ({exc}): ask again; if it goes on, try another llm.model") from exc

    def _probabilities(self, messages: list[BaseMessage], options: Sequence[str]) -> list[float] | None:
        """See `choose`; runs on the worker."""
        import llama_cpp
        import numpy as np

        llama = self._loaded()
        size = sum(len(llama.tokenize(str(m.content).encode(), add_bos=False)) for m in messages)
        if size + TEMPLATE_TOKENS > self.settings.context_tokens:
            return None
        wanted = [llama.tokenize(option.encode(), add_bos=False, special=False)[0] for option in options]
        seen: list[Any] = []

        def keep(_tokens: Any, scores: Any) -> Any:
            # llama-cpp-python 0.3.36 gives logprobs only where the logits of the whole prompt are kept (400 MB here): this hook sees
            # those of the next token (2026-11, https://github.com/abetlen/llama-cpp-python/blob/main/llama_cpp/llama.py).
            seen.append(np.array([scores[token] for token in wanted], dtype=float))
            return scores

        try:
            llama.create_chat_completion(
                messages=[{"role": _ROLES[m.type], "content": str(m.content)} for m in messages],  # type: ignore[misc]
                max_tokens=1,
                temperature=0.0,
                repeat_penalty=1.0,
                logits_processor=llama_cpp.LogitsProcessorList([keep]),
            )
        except (RuntimeError, ValueError, OSError) as exc:
            raise ModelError(f"the language model failed ({exc}): ask again; if it goes on, try another llm.model") from exc
        odds = np.exp(seen[0] - seen[0].max())
        return [float(p) for p in odds / odds.sum()]


def try_out(settings: Llm) -> None:
    """Load the model and have it write a word, in this process.

    Raises:
        ModelError: It is missing, or no model that llama.cpp reads, or it failed. A llama.cpp built for another processor, or one
            whose compiler broke it, ends the process.
    """
    worker = Worker("trial")
    try:
        LlamaCppChat(settings=settings, worker=worker).choose([HumanMessage("Is this page one or two?")], ["one", "two"])
    finally:
        worker.close()


def _result(text: str) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])


def _load(settings: Llm) -> "Llama":
    path = locate(settings.model, "llm.model")
    import llama_cpp  # imported here: half a second that `lector --help` must not pay

    threads = settings.threads or os.cpu_count() or 1
    try:
        return llama_cpp.Llama(
            str(path),
            n_ctx=settings.context_tokens,
            n_threads=threads,
            n_threads_batch=threads,
            n_gpu_layers=settings.gpu_layers,
            verbose=False,
        )
    except (ValueError, OSError, RuntimeError) as exc:
        raise ModelError(f"llm.model: llama.cpp cannot load {path.name} ({exc}): use a GGUF file that fits in memory") from exc
