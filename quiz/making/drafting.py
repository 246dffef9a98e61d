"""From a week's number, or a reading's id, to a drafted quiz: what the index holds is read and handed to `draft`.

A draft takes seconds, most of them the parser's: it runs on a thread of its own, and goes to the one that owns the index only for
the text, so that questions are answered meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from common.errors import IndexMissingError, UsageError
from common.settings_bot import Quiz
from ingest.catalog import Reading, SourceKind
from ingest.documents import Sentence
from ingest.embeddings import Vectors
from quiz.making.draft import Draft, Dropped, draft
from quiz.making.glossary import Defined, defined_in
from quiz.making.kin import Kin, kin_of
from quiz.making.language import Parser
from quiz.making.material import Material, Source
from quiz.making.reading import lists_of, read, title_of
from quiz.making.written_items import Filler, Writer
from rag.compose import Parts
from rag.library import Library, View

MOST = 200  # items of one draft
_MOST_OTHERS = 24  # readings that are searched for lists of names, besides those of the draft
_NO_WEEK = 99  # further than any week is


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
    """Drafts quizzes; loads the parser at the first and keeps it. Not on an event loop or the library's thread, nor on two at once."""

    def __init__(self, settings: Quiz, library: Library, model: Filler | None = None) -> None:
        """Load nothing yet.

        Args:
            model: Writes questions where the rules find too few; None: none does.
        """
        self._settings = settings
        self._writer = Writer(model) if model is not None else None
        self._library = library
        self._parser: Parser | None = None
        self._told: dict[tuple[str, str], _ReadingTerms] = {}  # by reading and revision

    def draft(
        self,
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
            IndexMissingError, IndexMismatchError, StoreError: As `Library.run`.
            ModelError: The parser or the embedding model cannot be loaded.
        """
        if not 1 <= wanted <= MOST:
            raise UsageError(f"{wanted} items: ask for 1 to {MOST}")

        def stored(view: View) -> list[_Stored]:
            readings = list(view.retriever.snapshot.readings.values())
            return [_stored(view, row) for row in chosen_readings(readings, week, reading)]

        materials: list[Material] = []
        dropped: list[Dropped] = []
        found = self._library.call(stored)  # all at once: a change of the readings meanwhile changes nothing
        course = self._course(found)
        for n, one in enumerate(found, 1):
            progress.reads(one.row.title, n, len(found))
            material, refused = self._read(one, course)
            materials.append(material)
            dropped += refused
        return draft(materials, wanted, seed, dropped, lambda made: progress.makes(made, wanted), avoid, self._writer)

    def material(self, reading: str) -> Material:
        """A reading as items are made from it."""
        stored = self._library.call(lambda view: _stored(view, view.retriever.snapshot.readings[reading]))
        return self._read(stored, self._course([stored]))[0]

    def _course(self, chosen: "Sequence[_Stored]") -> "_CourseTerms":
        """What the chosen readings and others of the course tell of each other's names and terms, those of near weeks first.

        Each other reading is a call of its own, so that questions are answered between two.
        """
        rows = self._library.call(lambda view: list(view.retriever.snapshot.readings.values()))
        weeks = [one.row.week for one in chosen if one.row.week is not None]

        def distance(row: Reading) -> tuple[int, str]:
            return min((abs(row.week - week) for week in weeks if row.week is not None), default=_NO_WEEK), row.reading

        mine = {one.row.reading: one for one in chosen}
        others = sorted((row for row in rows if row.reading not in mine and row.kind != SourceKind.SYLLABUS), key=distance)
        lists: list[tuple[str, ...]] = []
        glossary: list[Defined] = []
        for row in [*(one.row for one in chosen), *others[:_MOST_OTHERS]]:
            known = self._told.get((row.reading, row.revision))
            if known is None:
                sentences = mine[row.reading].sentences if row.reading in mine else self._library.call(partial(_sentences, row=row))
                explained = defined_in(row.reading, (s.text for s in sentences)) if row.kind == SourceKind.HANDOUT else ()
                known = self._told[row.reading, row.revision] = _ReadingTerms(lists_of(sentences), tuple(explained))
            lists += known.lists
            glossary += known.glossary
        return _CourseTerms(kin_of(lists), tuple(glossary))

    def _read(self, stored: "_Stored", course: "_CourseTerms") -> tuple[Material, list[Dropped]]:
        row, sentences = stored.row, stored.sentences
        name = title_of(row.title, row.about or row.reading, sentences)
        source = Source(row.reading, row.title, name, row.url, row.week, row.kind == SourceKind.HANDOUT)
        if self._parser is None:
            self._parser = Parser(self._settings.parser)
        return read(source, sentences, stored.vectors, self._parser, stored.rarity, course.kin, course.glossary)


@dataclass(frozen=True)
class _ReadingTerms:
    """What one reading tells of names and terms: its lists of names, and the terms that it explains, if it is a handout."""

    lists: tuple[tuple[str, ...], ...]
    glossary: tuple[Defined, ...]


@dataclass(frozen=True)
class _CourseTerms:
    """What readings of a course tell of each other's names and terms, see `Material`."""

    kin: Kin
    glossary: tuple[Defined, ...]


def open_drafter(parts: Parts) -> Drafter:
    """The making of items for a course; nothing is loaded yet."""
    return Drafter(parts.settings.quiz, parts.assistant.library, parts.assistant.chat if parts.settings.quiz.model_writes else None)


@dataclass(frozen=True)
class _Stored:
    """A reading's sentences, their vectors, and how rare a word is in all readings."""

    row: Reading
    sentences: Sequence[Sentence]
    vectors: Vectors
    rarity: Callable[[str], float]


def _stored(view: View, row: Reading) -> _Stored:
    snapshot = view.retriever.snapshot
    sentences = snapshot.sentences(row.reading)
    with snapshot.vectors(row.reading).opened() as stored:
        return _Stored(row, sentences, stored.of_sentences(0, len(sentences)), view.retriever.lexical.idf)


def _sentences(view: View, row: Reading) -> Sequence[Sentence]:
    """Of a reading, if it is still there as it was."""
    now = view.retriever.snapshot.readings.get(row.reading)
    return view.retriever.snapshot.sentences(row.reading) if now is not None and now.revision == row.revision else ()


def chosen_readings(rows: Sequence[Reading], week: int | None, reading: str | None) -> list[Reading]:
    """The readings that a quiz is on: one by its id (or the paper's that it stands in for), else all of the week, papers first.

    Without a week they are all of the course.

    Raises:
        IndexMissingError: Nothing is indexed but the syllabus.
        UsageError: There is none; the message says what there is.
    """
    all_ = [row for row in rows if row.kind != SourceKind.SYLLABUS]
    if not all_:
        raise IndexMissingError("no reading is indexed: run `lector ingest`", code="nothing-indexed")
    if reading is not None:
        found = [row for row in all_ if reading in (row.reading, row.about)]
        if not found:
            raise UsageError(f"no reading {reading!r} is indexed: `lector corpus list` shows what is", code="no-reading", reading=reading)
        return found
    found = [row for row in all_ if week is None or row.week == week]
    if not found and week is not None:
        weeks = ", ".join(str(w) for w in sorted({row.week for row in all_ if row.week is not None}))
        text = f"week {week} has no indexed readings: those weeks have some: {weeks or 'none'}; or name one with --reading"
        raise UsageError(text, code="week-without-readings", week=week, weeks=weeks or "-")
    return sorted(found, key=lambda row: (row.kind != SourceKind.PAPER, not row.required))
