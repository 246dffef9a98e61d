"""The way in and out: a format by its name or a file's suffix, whole files or nothing, faults as one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from common.errors import UsageError
from quiz.formats.anki import read_anki, write_anki
from quiz.formats.csv_items import read_csv, write_csv
from quiz.formats.extras import LineError
from quiz.formats.gift import write_gift
from quiz.formats.gift_reader import read_gift
from quiz.formats.qti import write_qti
from quiz.formats.qti_reader import read_qti
from quiz.formats.yaml_items import read_yaml, write_yaml
from quiz.items import Item, identified

_MOST_BYTES = 20_000_000  # of a file
_MOST_ITEMS = 1000

Write = Callable[[Sequence[Item], str], bytes]


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes:
        write: Items and a title to bytes; None for `PDF`, whose keys are a question of their own.
        read: Bytes to items; None where it cannot be read again.
    """

    name: str
    suffixes: tuple[str, ...]
    write: Write | None
    read: Callable[[bytes], list[Item]] | None


def _text(read: Callable[[str], list[Item]]) -> Callable[[bytes], list[Item]]:
    """A reader of text as one of bytes."""

    def of_bytes(data: bytes) -> list[Item]:
        try:
            return read(data.decode("utf-8-sig"))
        except UnicodeDecodeError as exc:
            raise LineError(data.count(b"\n", 0, exc.start) + 1, "this is no UTF-8: save the file in that encoding") from exc

    return of_bytes


FORMATS = (
    Format("yaml", (".yaml", ".yml"), write_yaml, _text(read_yaml)),
    Format("gift", (".gift", ".txt"), write_gift, _text(read_gift)),
    Format("csv", (".csv",), write_csv, _text(read_csv)),
    Format("qti", (".zip",), write_qti, read_qti),
    Format("anki", (".apkg",), write_anki, read_anki),
    Format("pdf", (".pdf",), None, None),
)


def format_of(path: Path, name: str | None = None) -> Format:
    """The format that is named, else that of the file's suffix.

    Raises:
        UsageError: Neither is known.
    """
    for one in FORMATS:
        if name == one.name or (name is None and path.suffix.lower() in one.suffixes):
            return one
    known = ", ".join(f"{one.name} ({', '.join(one.suffixes)})" for one in FORMATS)
    raise UsageError(f"{name or path.name!r} is no format of quizzes: there are {known}")


def export(items: Sequence[Item], title: str, format_: Format, *, keys: bool = True, font: Path | None = None) -> bytes:
    """A quiz as a file.

    Args:
        keys: Of a PDF: with the keys or without; other formats always have them.
        font: See `quiz.formats.pdf.write_pdf`.
    """
    again = [identified(item) for item in items]  # a corrected key is another item to whoever reads the file
    if format_.write is not None:
        return format_.write(again, title)
    from quiz.formats.pdf import write_pdf  # imported here: only printing needs it

    return write_pdf(again, title, keys=keys, font=font)


def read_items(data: bytes, name: str, format_: Format) -> list[Item]:
    """The items of a file, all or none.

    Args:
        name: Of the file, for messages.

    Raises:
        UsageError: One line with the file, the line in it and what is wrong.
    """
    if format_.read is None:
        raise UsageError(f"{name}: a {format_.name} is only for printing; export the quiz in another format to read it again")
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{name} is larger than a quiz can be ({_MOST_BYTES // 1_000_000} MB)")
    try:
        items = format_.read(data)
    except LineError as exc:
        place = f"{name}: {exc.member}" if exc.member else name
        raise UsageError(f"{place}, line {exc.line}: {exc}; nothing was imported") from exc
    if not items:
        raise UsageError(f"{name} holds no item; nothing was imported")
    if len(items) > _MOST_ITEMS:
        raise UsageError(f"{name} holds {len(items)} items, {_MOST_ITEMS} are the most; nothing was imported")
    seen: dict[str, Item] = {}
    for item in items:
        if item.id in seen:
            raise UsageError(f"{name} asks the same twice: {item.stem[:80]!r}; nothing was imported")
        seen[item.id] = item
    return items
