"""The way to pictures of pages: from the cache, or drawn by a worker under limits. Awaited; the event loop draws nothing.

A page that several people want at once is drawn once.
"""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar

from pebble import ProcessExpired

from common.errors import LectorError, SourceError, StoreError
from common.settings import Extraction, Pages
from common.workers import apart
from ingest.pictures.cache import PictureCache
from ingest.pictures.drawing import VERSION, Answer, Order, draw
from ingest.pictures.picture import Picture
from ingest.processes import WorkerPool
from ingest.readers.ocr import place_of_copy

T = TypeVar("T")

_WIDER = 4 / 3  # most width of a picture, as a multiple of the most height: slides
_MOST_WAITING = 100  # pages asked for and not yet drawn
_GRACE_S = 5.0  # the kernel's limit on time comes after the pool's


@dataclass(frozen=True)
class CitedPage:
    """A page to be shown.

    Attributes:
        path: The PDF as it was indexed.
        sha256: Of its content then.
        name: What people know it by.
        pages: First and last page of the passage.
        quote: To be marked where it stands.
        page: 1-based; None: that of `pages` on which most of the quote stands.
    """

    path: Path
    sha256: str
    name: str
    pages: tuple[int, int]
    quote: str
    page: int | None = None


class PageRenderer:
    """Draws pages of PDFs. Its worker processes are started when first needed and ended by `close`."""

    def __init__(self, settings: Pages, reading: Extraction, folder: Path, draw: Callable[[Order], Answer] = draw) -> None:
        """Args:
        settings: Size, time, and how much is kept.
        reading: The limits on files, and the language of OCR.
        folder: The data folder: `pages/` in it is the cache, `ocr/` has the text of scans.
        draw: What draws, in the worker: a function of a module.
        """
        self._settings = settings
        self._reading = reading
        self._folder = folder
        self._draw_page = draw
        self._cache = PictureCache(folder / "pages", settings.cache_mb)
        self._pool: WorkerPool[Order, Answer] | None = None
        self._lock = Lock()
        self._drawing: dict[str, asyncio.Task[Picture]] = {}

    async def picture(self, cited: CitedPage) -> Picture:
        """The page with the quote marked, or unmarked where that does not stand on it.

        Raises:
            SourceError: The file is gone or has changed, has no such page, or cannot be drawn within the limits.
            StoreError: The data folder cannot be written.
            LectorError: Too many pages are being drawn.
        """
        key = self._key(cited)
        kept = await asyncio.to_thread(self._cache.get, key)
        if kept is not None:
            return kept
        task = self._drawing.get(key)
        if task is None:
            if len(self._drawing) >= _MOST_WAITING:
                raise LectorError("many pages are being drawn just now: try again in a minute")
            task = asyncio.create_task(self._draw(key, cited))
            self._drawing[key] = task
            task.add_done_callback(lambda _: self._drawing.pop(key, None))
        return await asyncio.shield(task)  # who stops waiting does not stop it for the others

    async def close(self) -> None:
        """End the worker processes."""
        if self._pool is not None:
            await apart(self._pool.close)

    async def _draw(self, key: str, cited: CitedPage) -> Picture:
        target: Path | None = None
        try:
            target = await asyncio.to_thread(self._cache.unfinished, secrets.token_hex(8))
            drawing = await apart(partial(self._begin, cited, target))
            kind, said = await asyncio.wrap_future(drawing)
            if kind == "refused":
                raise SourceError(said)
            return await asyncio.to_thread(self._cache.take, key, target)
        except TimeoutError as exc:
            reason = f"its page took longer than {self._settings.timeout_s:g} s to draw (pages.timeout_s)"
            raise SourceError(f"{cited.name}: {reason}") from exc
        except (ProcessExpired, RuntimeError) as exc:
            raise SourceError(f"{cited.name}: its page crashed the program that draws it: get the file again") from exc
        except (OSError, ValueError) as exc:
            raise StoreError(f"the picture of a page was lost on the way ({exc}): make room in the data folder") from exc
        finally:
            if target is not None:
                await asyncio.to_thread(target.unlink, missing_ok=True)

    def _begin(self, cited: CitedPage, target: Path) -> "Future[Answer]":
        """Hand a page to the pool. Not for the event loop: the first one starts processes."""
        order = self._order(cited, target)
        with self._lock:
            if self._pool is None:
                self._pool = WorkerPool(self._draw_page, self._settings.workers)
            return self._pool.submit(order, self._settings.timeout_s)

    def _order(self, cited: CitedPage, target: Path) -> Order:
        settings, reading = self._settings, self._reading
        copy = place_of_copy(self._folder / "ocr", cited.sha256, reading.ocr_language)
        is_scan = copy.is_file()
        inside = _inside(cited)
        return Order(
            path=copy if is_scan else cited.path,
            name=cited.name,
            sha256=None if is_scan else cited.sha256,
            page=cited.page,
            pages=cited.pages,
            quote=cited.quote if inside else "",
            height_px=settings.height_px,
            width_px=int(settings.height_px * _WIDER),
            max_bytes=settings.max_kb * 1000,
            max_mb=reading.max_mb,
            memory_mb=reading.memory_mb,
            cpu_s=settings.timeout_s + _GRACE_S,
            target=target,
        )

    def _key(self, cited: CitedPage) -> str:
        """Equal for equal pictures; a page without the quote is the same whatever was quoted."""
        settings = self._settings
        what = [cited.page, cited.pages, cited.quote] if _inside(cited) else [cited.page]
        parts = [VERSION, cited.sha256, self._reading.ocr_language, settings.height_px, settings.max_kb, *what]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]


def _inside(cited: CitedPage) -> bool:
    first, last = cited.pages
    return cited.page is None or first <= cited.page <= last
