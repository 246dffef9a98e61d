"""What the assistant needs of a language model, whichever engine runs it: `rag.llm` (llama.cpp), `rag.llm_openai` (a server)."""

import json
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from common.settings import Llm

NOTHING_SAID = ChatGenerationChunk(message=AIMessageChunk(content=""))  # LangChain calls a stream without any chunk an error
TEMPLATE_TOKENS = 64  # more than the marks of any usual chat template around two messages


class Chat(BaseChatModel):
    """A chat model that knows its window. Safe to call from any task; closing its stream stops the model.

    What goes wrong with the model is a `ModelError` of one line, also in the middle of a stream.
    """

    settings: Llm

    @property
    @abstractmethod
    def name_shown(self) -> str:
        """The model as answers and logs name it."""

    @property
    def room_tokens(self) -> int:
        """What the window leaves for a prompt's text, after the answer and the chat template's own marks."""
        return self.settings.context_tokens - self.settings.max_tokens - TEMPLATE_TOKENS

    @abstractmethod
    async def acount_tokens(self, texts: list[str]) -> list[int]:
        """How many tokens the model makes of each text, without the chat template; an estimate is on the high side.

        Raises:
            ModelError: The engine cannot be used at all: found out now, not in the middle of an answer.
        """

    def fill(self, messages: list[BaseMessage], schema: Mapping[str, Any]) -> dict[str, Any] | None:
        """A reply that is an object of a JSON schema: the engine lets no other word through. Waits; not on an event loop.

        Returns:
            None where `llm.max_tokens` cut it off, or the engine does not hold to schemas.

        Raises:
            ModelError: As for a reply.
        """
        return read_object(str(self.invoke(messages, response_format={"type": "json_object", "schema": dict(schema)}).content))

    async def recover(self, grace_s: float) -> None:  # nothing to do for a server: its requests have time limits
        """Make the model answer again where it hangs: what it does for the next `grace_s` seconds is not taken for hanging."""


def read_object(said: str) -> dict[str, Any] | None:
    """The JSON object that a reply is; None if it is none."""
    try:
        found = json.loads(said, strict=False)  # a line break within a string is none of the grammar's concern
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
