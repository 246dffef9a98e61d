"""Finds what there is to be seen of a citation: its page as a picture, or its section as text."""

import asyncio
import logging
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from sqlalchemy import Engine

from common.errors import LectorError
from common.settings import Settings
from ingest.catalog import Catalog
from ingest.pictures.picture import Picture
from ingest.pictures.renderer import CitedPage, PageRenderer
from rag.answers import Citation
from rag.library import Library
from rag.sections import section_around

_LOG = logging.getLogger(__name__)


class Missing(Enum):
    """Why there is no picture."""

    PAGES = "pages"  # the reading has none: text is all there is
    READING = "reading"  # it is not among the course's readings any more
    PICTURE = "picture"  # it cannot be drawn


@dataclass(frozen=True)
class Sight:
    """What can be shown of a citation.

    Attributes:
        citation: With more text around its quote, where there is more.
        home: First and last page of the passage; None without pages.
    """

    citation: Citation
    home: tuple[int, int] | None = None
    picture: Picture | None = None
    missing: Missing | None = None


class PageDesk:
    """Shows the pages of one course's readings. Awaited; nothing here blocks the event loop."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._catalog = Catalog(engine, settings.course.key)
        self._renderer = PageRenderer(settings.pages, settings.reading, settings.storage.dir)

    async def look(self, citation: Citation, library: Library, page: int | None = None) -> Sight:
        """What there is to be seen.

        Args:
            citation: What was cited.
            library: Has the text of sections.
            page: 1-based; None: where the quote stands.
        """
        home = _pages(citation.page)
        reading = await asyncio.to_thread(self._catalog.reading, citation.reading)
        if reading is None:
            return Sight(citation, home, missing=Missing.READING)
        if home is None or Path(reading.path).suffix.lower() != ".pdf":
            around = await library.run(lambda view: section_around(view, citation))
            return Sight(replace(citation, passage=around), missing=Missing.PAGES)
        try:
            cited = CitedPage(Path(reading.path), reading.sha256, citation.title, home, citation.quote, page)
            return Sight(citation, home, await self._renderer.picture(cited))
        except LectorError as exc:
            _LOG.warning("no picture of %s, p. %s: %s", citation.reading, page or citation.page, exc.user_message)
            return Sight(citation, home, missing=Missing.PICTURE)

    async def close(self) -> None:
        """End what draws."""
        await self._renderer.close()


def _pages(shown: str | None) -> tuple[int, int] | None:
    """The numbers behind "4" or "4-5"."""
    numbers = [int(part) for part in (shown or "").split("-") if part.isdigit()]
    return (numbers[0], numbers[-1]) if numbers else None
