"""From a week's number, or a reading's id, to a drafted quiz: what the index holds is read and handed to `draft`.

Runs on the thread that owns the index; the parser is loaded at the first draft and kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from common.errors import IndexMissingError, UsageError
from common.settings_bot import Quiz
from ingest.catalog import Reading, SourceKind
from quiz.making.draft import Draft, Dropped, draft
from quiz.making.language import Parser
from quiz.making.material import Material, Source
from quiz.making.reading import read, title_of
from rag.library import View

MOST = 200  # items of one draft


@dataclass(frozen=True)
class Progress:
    """Whom to tell how far a draft is; by default nobody.

    Attributes:
        reads: A reading is being read: its title, its number from 1, of how many.
        makes: So many items are made, of how many.
    """

    reads: Callable[[str, int, int], None] = lambda _title, _n, _of: None
    makes: Callable[[int, int], None] = lambda _n, _of: None


class Drafter:
    """Drafts quizzes; keeps the parser. Used on the thread that owns the index."""

    def __init__(self, settings: Quiz) -> None:
        self._settings = settings
        self._parser: Parser | None = None

    def draft(
        self,
        view: View,
        wanted: int,
        *,
        week: int | None = None,
        reading: str | None = None,
        seed: int = 0,
        avoid: frozenset[str] = frozenset(),
        progress: Progress = Progress(),
    ) -> Draft:
        """So many items on a week's readings, on one of them, or, where neither is named, on all.

        Args:
            avoid: Ids of items that must not come again.

        Raises:
            UsageError: The week has no readings, there is no such reading, or the number is out of range.
            ModelError: The parser cannot be loaded.
        """
        if not 1 <= wanted <= MOST:
            raise UsageError(f"{wanted} items: ask for 1 to {MOST}")
        snapshot = view.retriever.snapshot
        rows = chosen_readings(list(snapshot.readings.values()), week, reading)
        parser = self._loaded()
        materials: list[Material] = []
        dropped: list[Dropped] = []
        for n, row in enumerate(rows, 1):
            progress.reads(row.title, n, len(rows))
            material, refused = _read(view, row, parser)
            materials.append(material)
            dropped += refused
        return draft(materials, wanted, seed, dropped, lambda made: progress.makes(made, wanted), avoid)

    def material(self, view: View, reading: str) -> Material:
        """A reading as items are made from it."""
        return _read(view, view.retriever.snapshot.readings[reading], self._loaded())[0]

    def _loaded(self) -> Parser:
        if self._parser is None:
            self._parser = Parser(self._settings.parser)
        return self._parser


def _read(view: View, row: Reading, parser: Parser) -> tuple[Material, list[Dropped]]:
    snapshot, retriever = view.retriever.snapshot, view.retriever
    sentences = snapshot.sentences(row.reading)
    with snapshot.vectors(row.reading).opened() as stored:
        vectors = stored.of_sentences(0, len(sentences))
    source = Source(row.reading, row.title, title_of(row.title, row.about or row.reading, sentences), row.url, row.week)
    return read(source, sentences, vectors, parser, retriever.lexical.idf, retriever.embed)


def chosen_readings(rows: Sequence[Reading], week: int | None, reading: str | None) -> list[Reading]:
    """The readings that a quiz is on: one by its id (or the paper's that it stands in for), else all of the week, papers first.

    Without a week they are all of the course.

    Raises:
        IndexMissingError: Nothing is indexed but the syllabus.
        UsageError: There is none; the message says what there is.
    """
    all_ = [row for row in rows if row.kind != SourceKind.SYLLABUS]
    if not all_:
        raise IndexMissingError("no reading is indexed: run `lector ingest`")
    if reading is not None:
        found = [row for row in all_ if reading in (row.reading, row.about)]
        if not found:
            raise UsageError(f"no reading {reading!r} is indexed: `lector corpus list` shows what is")
        return found
    found = [row for row in all_ if week is None or row.week == week]
    if not found:
        weeks = ", ".join(str(w) for w in sorted({row.week for row in all_ if row.week is not None}))
        raise UsageError(f"week {week} has no indexed readings: those weeks have some: {weeks or 'none'}; or name one with --reading")
    return sorted(found, key=lambda row: (row.kind != SourceKind.PAPER, not row.required))
