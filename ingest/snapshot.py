"""What can be asked about at one moment: the live passages, their order known, their text read when it is wanted."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from common.errors import IndexMismatchError
from ingest.catalog import Reading
from ingest.documents import Passage, Sentence
from ingest.encoded import Vectors
from ingest.passages import Record, passage_of_record, record_id, sentences_of_record
from ingest.vectors import Bounds, StoredVectors

_CACHED = 2000  # passages kept decoded, about 5 MB
DAMAGED = "the index is damaged (text is missing): run `lector ingest --rebuild`"

_Decoded = tuple[Passage, tuple[Sentence, ...]]


@dataclass(frozen=True)
class Snapshot:
    """All live text at one moment. It never changes; used on the thread that owns the index.

    Passages are numbered through, by reading in the order of `readings`, then as they stand.

    Attributes:
        readings: By id, in order.
        version: Equal for equal contents.
        bounds: Shape (passages, 3): first sentence, end (excluded), 1 for references and imprints.
    """

    readings: dict[str, Reading]
    version: str
    bounds: Bounds
    _stored: dict[str, StoredVectors]
    _records: Callable[[list[str]], dict[str, Record]]
    _starts: dict[str, int] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _decoded: "OrderedDict[int, _Decoded]" = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        start = 0
        for name, row in self.readings.items():
            self._starts[name] = start
            start += row.chunks
            self._names.append(name)
            self._ends.append(start)

    def __len__(self) -> int:
        return len(self.bounds)

    def places(self, reading: str) -> range:
        """The numbers of a reading's passages."""
        start = self._starts[reading]
        return range(start, start + self.readings[reading].chunks)

    def reading_of(self, place: int) -> Reading:
        """Whose passage this is."""
        return self.readings[self._names[bisect_right(self._ends, place)]]

    def id_of(self, place: int) -> str:
        """Chroma's id of a passage."""
        row = self.reading_of(place)
        return record_id(row.reading, row.revision, place - self._starts[row.reading])

    def place_of(self, id_: str) -> int | None:
        """The number of the passage with this Chroma id; None where it is not live."""
        reading, _revision, position = id_.rsplit(":", 2)
        row = self.readings.get(reading)
        if row is None or id_ != record_id(reading, row.revision, int(position)):
            return None
        return self._starts[reading] + int(position)

    def passages(self, places: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in their order.

        Raises:
            IndexMismatchError: Their text is gone: the snapshot is too old, or the index is damaged.
        """
        return [passage for passage, _ in self.parts(places)]

    def parts(self, places: Sequence[int]) -> list[tuple[Passage, tuple[Sentence, ...]]]:
        """As `passages`, each with its sentences."""
        found = self._read(places)
        return [found[n] for n in places]

    def sentences(self, reading: str, first: int = 0, end: int | None = None) -> tuple[Sentence, ...]:
        """Sentences of a reading from `first` up to `end` (excluded; None: all).

        Raises:
            IndexMismatchError: As `passages`.
        """
        end = self.readings[reading].sentences if end is None else end
        all_ = self.places(reading)
        bounds = self.bounds[all_.start : all_.stop]  # windows go forward, so that both columns are sorted
        places = all_[np.searchsorted(bounds[:, 1], first, side="right") : np.searchsorted(bounds[:, 0], end)]
        by_position = {s.position: s for _, sentences in self._read(places).values() for s in sentences}
        return tuple(by_position[position] for position in range(first, end))

    def vectors(self, reading: str) -> StoredVectors:
        """A reading's vectors, on disk."""
        return self._stored[reading]

    def sample(self, most: int) -> tuple[Vectors, Vectors]:
        """Vectors of sentences and of passages, evenly spaced over all readings, about `most` of each at most; none of references."""
        step_s = -(-sum(row.sentences for row in self.readings.values()) // most)
        step_p = -(-len(self) // most)
        sentences, passages = [], []
        for stored in self._stored.values():
            with stored.opened() as vectors:
                sentences.append(vectors.of_sentences(0, stored.sentences, step_s))
                passages.append(vectors.of_passages(0, stored.passages, step_p))
        of_sentences, of_passages = np.concatenate(sentences), np.concatenate(passages)
        return of_sentences[of_sentences.any(axis=1)], of_passages[of_passages.any(axis=1)]

    def stream(self, reading: str, batch: int = 1000) -> Iterator[_Decoded]:
        """All passages of a reading in order with their sentences, read in batches and not kept."""
        places = self.places(reading)
        for start in range(0, len(places), batch):
            yield from self._get(places[start : start + batch]).values()

    def _read(self, places: Sequence[int]) -> dict[int, _Decoded]:
        found: dict[int, _Decoded] = {}
        missing: list[int] = []
        for n in dict.fromkeys(places):
            if n in self._decoded:
                self._decoded.move_to_end(n)
                found[n] = self._decoded[n]
            else:
                missing.append(n)
        if missing:
            got = self._get(missing)
            found |= got
            self._decoded.update(got)
            while len(self._decoded) > _CACHED:
                self._decoded.popitem(last=False)
        return found

    def _get(self, places: Sequence[int]) -> dict[int, _Decoded]:
        ids = [self.id_of(n) for n in places]
        records = self._records(ids)
        if len(records) != len(ids):
            raise IndexMismatchError(DAMAGED)
        return {n: (passage_of_record(*records[id_]), sentences_of_record(*records[id_])) for n, id_ in zip(places, ids, strict=True)}
