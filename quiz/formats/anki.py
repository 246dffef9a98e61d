"""Anki: a deck to practise with (by genanki), and the notes of such a deck read again.

Fields are HTML. The last field of a note holds the whole item, hidden on the card: Anki's own fields say too little of it.
"""

import html
import json
import sqlite3
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quiz.formats.archives import unpacked
from quiz.formats.extras import LineError, build, filled
from quiz.items import Item, Kind

_MODEL = 1_548_090_617  # any number, but always the same: Anki knows the note type by it
_FIELDS = ("Question", "Options", "Answer", "Explanation", "Source", "Lector")
_FRONT = "<div>{{Question}}</div>{{#Options}}<div>{{Options}}</div>{{/Options}}"
_BACK = (
    "{{FrontSide}}<hr id=answer><div><b>{{Answer}}</b></div>{{#Explanation}}<p>{{Explanation}}</p>{{/Explanation}}"
    "{{#Source}}<p><small>{{Source}}</small></p>{{/Source}}"
)


def write_anki(items: Sequence[Item], title: str) -> bytes:
    """A package (.apkg) with one deck."""
    import genanki  # imported here: only this format needs it

    model = genanki.Model(
        _MODEL, "Lector", fields=[{"name": name} for name in _FIELDS], templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=".card { font-family: sans-serif; font-size: 18px; text-align: left }",
    )  # fmt: skip
    deck = genanki.Deck(zlib.crc32(title.encode()) + 1, " ".join(title.split()))
    for item in items:
        deck.add_note(genanki.Note(model=model, fields=_fields(item), guid=genanki.guid_for(item.id), sort_field=item.id))
    with tempfile.TemporaryDirectory(prefix="lector-anki-") as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(deck).write_to_file(str(path))
        return path.read_bytes()


def read_anki(data: bytes) -> list[Item]:
    """The items of a package that Lector wrote, in its order.

    Raises:
        LineError: It is no package, or another program's: their cards do not say what is right in a way that can be graded.
    """
    files = unpacked(data)
    if "collection.anki2" not in files:
        raise LineError(1, "this is no Anki package that can be read: export it with support for older Anki versions")
    with tempfile.TemporaryDirectory(prefix="lector-anki-") as folder:
        path = Path(folder) / "collection.anki2"
        path.write_bytes(files["collection.anki2"])
        try:
            connection = sqlite3.connect(path)
            try:
                notes = [row[0] for row in connection.execute("SELECT flds FROM notes ORDER BY id")]
            finally:
                connection.close()
        except sqlite3.Error as exc:
            raise LineError(1, f"the collection in this package is damaged ({exc})") from exc
    return [_item(str(note), n) for n, note in enumerate(notes, start=1)]


def _fields(item: Item) -> list[str]:
    options = "".join(f"<li>{_html(option)}</li>" for option in item.options) if item.kind is Kind.CHOICE else ""
    place = item.evidence
    source = "" if place is None else f"{place.title}{f', p. {place.page}' if place.page else ''}: “{place.quote}”"
    answer = f"{item.answer} {item.unit}".strip() if item.kind is Kind.NUMERIC else item.answer
    whole = json.dumps(filled(item) | {"kind": item.kind.value}, ensure_ascii=False)
    return [_html(item.stem), f"<ol>{options}</ol>" if options else "", _html(answer), _html(item.explanation), _html(source), _html(whole)]


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>").replace("\x1f", "")


def _item(note: str, number: int) -> Item:
    fields = note.split("\x1f")
    if len(fields) != len(_FIELDS):
        raise LineError(number, "this note is not of Lector's: its key cannot be known")
    try:
        whole: Any = json.loads(html.unescape(fields[-1].replace("<br>", "\n")))
    except ValueError as exc:
        raise LineError(number, f"what Lector noted in this note is damaged ({exc})") from exc
    if not isinstance(whole, dict):
        raise LineError(number, "what Lector noted in this note is damaged")
    return build({}, whole, number)
