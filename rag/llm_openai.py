"""The language model behind an OpenAI-compatible server (vLLM, llama-server), by langchain-openai, the extra `[openai]`.

The address, the key and the name of the model come from the settings alone: OPENAI_API_KEY and OPENAI_BASE_URL of the
environment are meant for another server, and are not read.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from common.errors import ModelError
from common.settings import Llm
from rag.chat import NOTHING_SAID, Chat, read_object

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_SAID_CHARS = 200  # of a server's own words, in a message
_PIECES = re.compile(r"[A-Z]?[a-z]+|[^\sa-z]")  # a word, or a part of one that begins anew: "GLaM" is three
_LETTERS_PER_TOKEN = 4
_UNKNOWN_FORM = (400, 422, 500, 501)  # llama_cpp.server 0.3.36 answers 500 to a form that it does not know (2026-11)


class OpenAIChat(Chat):
    """A chat model on a server. Closing the stream (or cancelling the task that reads it) hangs up, and so stops the server."""

    _client: Any = PrivateAttr(default=None)

    @property
    def _llm_type(self) -> str:
        return "openai-compatible"

    @property
    def name_shown(self) -> str:
        """The model under the name by which the server offers it."""
        return self.settings.server.model

    async def acount_tokens(self, texts: list[str]) -> list[int]:
        """See `Chat`; `estimated_tokens` of each text."""
        await asyncio.to_thread(self._opened)  # the import takes a second: at the start, and off the event loop
        return [estimated_tokens(text) for text in texts]

    def served_models(self) -> list[str]:
        """The names under which the server offers models.

        Raises:
            ModelError: It does not answer, not as such a server does, or refuses the key.
        """
        with self._translated():
            return [model.id for model in self._opened().root_client.models.list()]

    def fill(self, messages: list[BaseMessage], schema: Mapping[str, Any]) -> dict[str, Any] | None:
        """See `Chat`. Servers differ in how a schema is told to them: first as OpenAI's and vLLM take it, then as llama_cpp.server does."""
        form = {"type": "json_schema", "json_schema": {"name": "reply", "schema": dict(schema), "strict": True}}
        try:
            return read_object(str(self.invoke(messages, response_format=form).content))
        except ModelError as exc:
            if getattr(exc.__cause__, "status_code", None) not in _UNKNOWN_FORM:
                raise
        return super().fill(messages, schema)

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        """The whole reply; `response_format` of the keywords goes to the server."""
        if "response_format" not in kwargs:
            return _result("".join(str(chunk.message.content) for chunk in self._stream(messages, stop)))
        with self._translated():
            return _result(str(self._opened().invoke(messages, stop=stop, response_format=kwargs["response_format"]).content))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return _result("".join([str(chunk.message.content) async for chunk in self._astream(messages, stop)]))

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        said = False
        with self._translated():
            for part in self._opened().stream(messages, stop=stop):
                text = str(part.text)
                if text:  # the first and the last events of a stream carry none
                    said = True
                    if run_manager:
                        run_manager.on_llm_new_token(text)
                    yield ChatGenerationChunk(message=AIMessageChunk(content=text))
        if not said:
            yield NOTHING_SAID

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        said = False
        parts = self._opened().astream(messages, stop=stop)
        try:
            with self._translated():
                async for part in parts:
                    text = str(part.text)
                    if text:
                        said = True
                        if run_manager:
                            await run_manager.on_llm_new_token(text)
                        yield ChatGenerationChunk(message=AIMessageChunk(content=text))
        finally:
            if isinstance(parts, AsyncGenerator):
                with suppress(RuntimeError):  # an event loop that ends closes all generators at once, this one too
                    await parts.aclose()
        if not said:
            yield NOTHING_SAID

    def _opened(self) -> "ChatOpenAI":
        if self._client is None:
            self._client = _client(self.settings)
        client: ChatOpenAI = self._client
        return client

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of the client library and of what lies under it, as `ModelError`s."""
        import openai

        try:
            yield
        except (openai.OpenAIError, httpx.HTTPError, TimeoutError) as exc:
            raise _said(exc, self.settings) from exc
        except (ValueError, TypeError, AttributeError, KeyError) as exc:  # what langchain-openai makes of an answer in another form
            raise ModelError(
                f"llm.server: {self.settings.server.base_url} does not answer as an OpenAI-compatible server ({type(exc).__name__}): "
                "correct llm.server.base_url, which ends in /v1 as a rule, or see the server's log"
            ) from exc


def estimated_tokens(text: str) -> int:
    """About how many tokens a model makes of a text, rather too many.

    Such a server has no call that counts tokens, its model's tokenizer is not here, and the openai one (tiktoken) is another
    model's and would be fetched from the network. So by characters: a word costs one for each four letters, everything else one
    a byte: digits, signs and single capitals, of which papers are full, are mostly tokens of their own. Measured against
    SmolLM2's tokenizer: docs/models.md.
    """
    return sum(-(-len(x) // _LETTERS_PER_TOKEN) if x[-1].islower() and x.isascii() else len(x.encode()) for x in _PIECES.findall(text))


def _client(settings: Llm) -> "ChatOpenAI":
    try:
        from langchain_openai import ChatOpenAI  # imported here: an extra, and slow
    except ImportError as exc:
        raise ModelError(
            "llm.engine is openai, but langchain-openai is not installed: run `make setup`, or pip install '.[openai]'"
        ) from exc
    server = settings.server
    # No connection is kept: one that was opened in an event loop that has ended cannot be used in the next (httpx 0.28, seen 2026-11).
    limits, timeout = httpx.Limits(max_keepalive_connections=0), httpx.Timeout(server.timeout_s, connect=server.connect_timeout_s)
    return ChatOpenAI(
        model=server.model,
        base_url=server.base_url,
        api_key=server.api_key or "none",  # type: ignore[arg-type]  # not left out: OPENAI_API_KEY would be sent
        temperature=settings.temperature,
        # Not `max_tokens=`: langchain-openai (1.7, seen 2026-11) sends that as max_completion_tokens, which llama_cpp.server does not know.
        extra_body={"max_tokens": settings.max_tokens},
        timeout=timeout,
        stream_chunk_timeout=server.timeout_s,
        max_retries=server.attempts - 1,
        stream_usage=False,
        use_responses_api=False,
        openai_proxy=None,
        http_client=httpx.Client(limits=limits, timeout=timeout),
        http_async_client=httpx.AsyncClient(limits=limits, timeout=timeout),
    )


def _said(exc: Exception, settings: Llm) -> ModelError:
    """The error in words, with what to do. The server's own words are kept to where they help: some repeat the key."""
    import openai

    server = settings.server
    if isinstance(exc, openai.APITimeoutError | httpx.TimeoutException | TimeoutError):
        return ModelError(
            f"llm.server: {server.base_url} did not answer within {server.timeout_s:g} s: see whether it is overloaded, "
            "or raise llm.server.timeout_s"
        )
    if not isinstance(exc, openai.APIStatusError):
        if isinstance(exc, openai.APIConnectionError | httpx.TransportError):
            if _broke_off(exc):
                return ModelError(f"llm.server: {server.base_url} broke off: see its log, and ask again")
            return ModelError(f"llm.server: {server.base_url} is out of reach: start the server, or correct llm.server.base_url")
        return ModelError(f"llm.server: {server.base_url} failed ({_short(exc)}): see its log, and ask again")
    status = exc.status_code
    if status in (401, 403):
        return ModelError(
            f"llm.server: {server.base_url} refuses the key ({status}): set LECTOR_LLM__SERVER__API_KEY in the environment or .env"
        )
    if status == 404:
        return ModelError(
            f"llm.server: {server.base_url} has no model {server.model!r}, or is no such server (404): `lector doctor` shows what it "
            "offers; the address ends in /v1 as a rule"
        )
    if status == 429:
        return ModelError(f"llm.server: {server.base_url} is overloaded, or a quota is used up (429): ask again later")
    if status >= 500:
        return ModelError(f"llm.server: {server.base_url} failed ({status}): see its log, and ask again")
    return ModelError(
        f"llm.server: {server.base_url} refuses the request ({status}: {_short(exc)}): if that is about length, "
        "set llm.context_tokens to the server's window"
    )


def _broke_off(exc: BaseException | None) -> bool:
    """Did a connection that stood end too early? The client library wraps what says so, once or twice."""
    while exc is not None and not isinstance(exc, httpx.ReadError | httpx.RemoteProtocolError):
        exc = exc.__cause__
    return exc is not None


def _short(exc: Exception) -> str:
    text = " ".join(str(exc).split())
    return text if len(text) <= _SAID_CHARS else text[:_SAID_CHARS] + "…"


def _result(text: str) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])
