"""The real assistant with its answers held back, stretched or spoilt, for tests of what happens meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from typing import Any

from rag.compose import Parts


class _Around:
    """Everything of the real assistant but `stream`."""

    def __init__(self, parts: Parts) -> None:
        self._assistant = parts.assistant
        self.questions: list[str] = []  # whose answers were begun
        self.histories: list[list[str]] = []
        self.left = 0  # streams that were closed before their end

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    async def stream(self, question: str, *, history: Sequence[Any] = (), **options: Any) -> AsyncIterator[Any]:
        self.questions.append(question)
        self.histories.append([turn.question for turn in history])
        whole = False
        try:
            await self.before(question)
            async with aclosing(self._assistant.stream(question, history=history, **options)) as parts:
                async for part in parts:
                    await self.between()
                    yield part
            whole = True
        finally:
            self.left += not whole

    async def before(self, question: str) -> None: ...

    async def between(self) -> None: ...


class Held(_Around):
    """Keeps its answers back until `release` is set."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.asked, self.release = asyncio.Event(), asyncio.Event()

    async def before(self, question: str) -> None:
        self.asked.set()
        await self.release.wait()


class Stepwise(_Around):
    """Gives each part of an answer when the test takes a step."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.steps = asyncio.Semaphore(0)

    async def between(self) -> None:
        await self.steps.acquire()


class Spoilt(_Around):
    """Does something else before each of the first answers: `raises` an error, or `hangs`."""

    def __init__(self, parts: Parts, *spoils: Callable[[], Any]) -> None:
        super().__init__(parts)
        self._spoils = list(spoils)
        self.recovered = 0

    async def before(self, question: str) -> None:
        if self._spoils:
            await self._spoils.pop(0)()

    async def recover(self, grace_s: float) -> None:
        self.recovered += 1
        await self._assistant.recover(grace_s)


def raises(error: Exception) -> Callable[[], Any]:
    async def spoil() -> None:
        raise error

    return spoil


async def hangs() -> None:
    await asyncio.Event().wait()
