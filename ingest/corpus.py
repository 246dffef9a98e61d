"""Changes the course's readings: each change is made, noted in the log, and can be taken back.

    apply(change) -> the files are as wanted, the edit is in the log -> the caller syncs -> or annul(edit, reason)

Only files change here; `rag.compose.change_corpus` makes the index follow.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock, Timeout

from common.database import storage_errors
from common.errors import SourceError, StoreError, UsageError
from common.files import write_whole
from ingest.arxiv_ids import ArxivId
from ingest.edits import Edit, EditLog, undoing
from ingest.manifest import Item, arxiv_id_of, id_of, load_items
from ingest.manifest_text import with_entry, without_entry
from ingest.names import slug
from ingest.readers import SUFFIXES
from ingest.readers.limits import Limits
from ingest.syllabus import SYLLABUS_KINDS, find_syllabus

_MANIFEST = "readings.yaml"
_EDITED_BY_HAND = (_MANIFEST, "course.yaml", *(f"syllabus{kind}" for kind in SYLLABUS_KINDS))


@dataclass(frozen=True)
class Add:
    """Put a paper or a file among the readings, or another version or file in place of one that is there.

    Attributes:
        source: An arXiv id, with the version that is wanted if it matters, or a file.
        title: None: what the manifest says, else `known_title`, else the id or the file's name.
        week: None: as it was, or none.
        required: None: as it was, or no.
        replace: A file may take the place of the reading of its name.
        known_title: What arXiv calls it.
        stamp: What arXiv has stamped on a file's first page; its id where its name shows none.
    """

    source: ArxivId | Path
    title: str | None = None
    week: int | None = None
    required: bool | None = None
    authors: tuple[str, ...] = ()
    licence: str | None = None
    replace: bool = False
    known_title: str | None = None
    stamp: ArxivId | None = None


@dataclass(frozen=True)
class Remove:
    """Take a reading out."""

    reading: str


@dataclass(frozen=True)
class SetSyllabus:
    """Put another syllabus in the place of the present one."""

    file: Path


@dataclass(frozen=True)
class RollBack:
    """Make the corpus what it was after an edit, counted from 1."""

    number: int


Change = Add | Remove | SetSyllabus | RollBack


class Corpus:
    """The corpus folder as one thing that changes step by step."""

    def __init__(self, folder: Path, log: EditLog, indexed: Mapping[str, Path] = MappingProxyType({})) -> None:
        """Use a corpus folder.

        Args:
            indexed: The file of each reading that is indexed: one that the manifest does not list can go by the id stamped on it.
        """
        self._folder = folder
        self._indexed = indexed
        self.log = log

    @contextmanager
    def editing(self, data: Path) -> Iterator[None]:
        """Hold the corpus for one change; what was changed by hand before is noted first.

        Raises:
            StoreError: Somebody else is changing it.
        """
        lock = FileLock(data / "corpus.lock")
        with storage_errors(data):
            data.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire(timeout=0)
            except Timeout as exc:
                raise StoreError("another change of the readings is being made: wait for it to end and try again") from exc
        try:
            self.note_hand_changes()
            yield
        finally:
            lock.release()

    def note_hand_changes(self) -> None:
        """Put into the log what manifest and syllabus have become without it."""
        known = self.log.last_known()
        changes: dict[str, tuple[str | None, str | None]] = {}
        for name in _EDITED_BY_HAND:
            path = self._folder / name
            now = self.log.keep(path.read_bytes()) if path.is_file() else None
            if now != known.get(name):
                changes[name] = (known.get(name), now)
        if changes:
            what = f"{', '.join(sorted(changes))} changed outside of Lector" if known else "the corpus as it was found"
            self.log.record("unknown", "hand" if known else "start", what, changes)

    def apply(self, change: Change, who: str) -> Edit:
        """Change the files and note it.

        Raises:
            UsageError: There is no such reading or edit, or it is there already.
            SourceError: A file cannot be read or is of a kind that is not read.
            ConfigError: The manifest is wrong.
        """
        match change:
            case Add():
                action, what, wanted = self._add(change)
            case Remove():
                action, what, wanted = "remove", *self._remove(change.reading)
            case SetSyllabus():
                action, what, wanted = "syllabus", *self._set_syllabus(change.file)
            case RollBack():
                action, what, wanted = "rollback", *self._roll_back(change.number)
        before = {name: self._sha256(name) for name in wanted}
        changes = {name: (before[name], after) for name, after in wanted.items() if before[name] != after}
        if not changes:
            raise UsageError(f"nothing to do: the corpus is so already ({what})", code="corpus-same")
        self._make(wanted)
        return self.log.record(who, action, what, changes)

    def annul(self, edit: Edit, reason: str) -> None:
        """Take an edit back that came to nothing; the log keeps that it was tried."""
        self._make(undoing([edit]))
        self.log.annul(edit, reason)

    def id_of(self, change: Add) -> str:
        """The id that what is added has among the readings."""
        arxiv = _arxiv_id(change)
        return arxiv.id if arxiv else slug(change.title or change.source.stem)  # type: ignore[union-attr]  # without an id it is a file

    def _add(self, change: Add) -> tuple[str, str, dict[str, str | None]]:
        file = change.source if isinstance(change.source, Path) else None
        arxiv, found = _arxiv_id(change), self.id_of(change)
        there = self._item(found)
        if there is not None and not change.replace and not _is_other_version(change.source, there):
            raise UsageError(f"{found} is among the readings already ({there.title}): ask for another version, or to replace it")
        wanted: dict[str, str | None] = dict(self._papers_of(found)) if there else {}
        relative = None
        if file is not None:
            relative = f"papers/{arxiv.file_stem if arxiv else found}{file.suffix.lower()}"
            wanted[relative] = self.log.keep(_content(file, SUFFIXES))
        named = change.title or (None if there else change.known_title or (file.stem if file and arxiv is None else None))
        entry = {
            "id": found, "title": named,
            "authors": list(change.authors) or None, "week": change.week, "required": change.required or None,
            "version": arxiv.version if arxiv else None, "licence": change.licence, "file": relative,
        }  # fmt: skip
        wanted[_MANIFEST] = self.log.keep(with_entry(self._manifest(), entry).encode())
        shown = f"{found}{(arxiv.version or '') if arxiv else ''}" + (f": {named}" if named else "")
        week = f", week {change.week}" if change.week is not None else ""
        return ("update" if there else "add"), f"{shown}{week}{', required' if change.required else ''}", wanted

    def _remove(self, reading: str) -> tuple[str, dict[str, str | None]]:
        item = self._item(reading)
        if item is None:
            raise UsageError(
                f"no reading {reading!r} in the corpus: `lector corpus list` shows the ids", code="corpus-no-reading", reading=reading
            )
        wanted: dict[str, str | None] = dict(self._papers_of(reading))
        text = without_entry(self._manifest(), reading)
        if text is not None:
            wanted[_MANIFEST] = self.log.keep(text.encode())
        if not wanted:
            text = f"{reading} is no entry of the manifest and no file in papers/: the syllabus is replaced, not removed"
            raise UsageError(text, code="corpus-no-entry", reading=reading)
        return f"{reading}: {item.title}", wanted

    def _set_syllabus(self, file: Path) -> tuple[str, dict[str, str | None]]:
        kind = file.suffix.lower()
        content = _content(file, SYLLABUS_KINDS)
        wanted: dict[str, str | None] = {}
        before = find_syllabus(self._folder)
        if before is not None:
            wanted[before.name] = None
        wanted[f"syllabus{kind}"] = self.log.keep(content)
        return f"from {file.name}", wanted

    def _roll_back(self, number: int) -> tuple[str, dict[str, str | None]]:
        edits = self.log.edits()
        if not 0 < number < len(edits) + 1:
            text = f"there is no edit {number}: `lector corpus history` lists 1 to {len(edits)}"
            raise UsageError(text, code="corpus-no-edit", number=number)
        return f"to how it was after edit {number}", undoing(edits[number:])

    def _make(self, wanted: dict[str, str | None]) -> None:
        """Have these files, the manifest last: what it lists is there when it does."""
        contents = {name: self.log.content(sha) if sha else None for name, sha in wanted.items()}
        with storage_errors(self._folder):
            for name in sorted(contents, key=lambda name: (name == _MANIFEST, name)):
                path, content = self._folder / name, contents[name]
                if content is not None:
                    write_whole(path, content)
                elif path.is_file():
                    self.log.keep(path.read_bytes())
                    path.unlink()

    def _papers_of(self, reading: str) -> dict[str, str | None]:
        """The files in papers/ that are this reading's, to be taken away."""
        item = self._item(reading)
        paths = [p for p in (self._folder / "papers").glob("*") if p.suffix.lower() in SUFFIXES and id_of(p) == reading]
        if item is not None and item.file is not None and item.file.parent == self._folder / "papers":
            paths.append(item.file)
        return {f"papers/{path.name}": None for path in paths if path.is_file()}

    def _item(self, reading: str) -> Item | None:
        items = [item for item in load_items(self._folder) if item.same_as is None]
        stamped = (item for item in items if not item.listed and item.file == self._indexed.get(reading))
        return next((item for item in items if item.id == reading), None) or next(stamped, None)

    def _manifest(self) -> str:
        return (self._folder / _MANIFEST).read_text("utf-8")

    def _sha256(self, name: str) -> str | None:
        path = self._folder / name
        if not path.is_file():
            return None
        return self.log.keep(path.read_bytes())


def _arxiv_id(change: Add) -> ArxivId | None:
    return change.source if isinstance(change.source, ArxivId) else arxiv_id_of(change.source) or change.stamp


def _is_other_version(source: ArxivId | Path, there: Item) -> bool:
    return isinstance(source, ArxivId) and source.version not in (None, there.version)


def _content(file: Path, kinds: Sequence[str]) -> bytes:
    """What is in a file that is to be taken, if it is one of these kinds and there is something in it."""
    if file.suffix.lower() not in kinds:
        raise SourceError(f"{file.name}: files of type {file.suffix or '(none)'} are not taken here; use {', '.join(kinds)}")
    Limits().check_file(file)
    try:
        return file.read_bytes()
    except OSError as exc:
        raise SourceError(f"{file.name}: cannot be read ({exc.strerror}): check its permissions") from exc
