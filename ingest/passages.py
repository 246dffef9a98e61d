"""How a passage lies in Chroma: its text as the document, the rest and the borders of its sentences as metadata."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.documents import Kind, Passage, Sentence

Metadata = dict[str, str | int | float | bool]
Record = tuple[str, Mapping[str, Any]]  # text, metadata


def record_id(reading: str, revision: str, position: int) -> str:
    """Chroma's id of a passage; ids sort as the passages of a revision stand."""
    return f"{reading}:{revision[:16]}:{position:05d}"


def record(passage: Passage, sentences: Sequence[Sentence], revision: str) -> Metadata:
    """A passage's metadata.

    Args:
        sentences: Those of the passage, in order.
    """
    first_page, last_page = passage.pages or (0, 0)
    return {
        "reading": passage.reading,
        "revision": revision,
        "position": passage.position,
        "first": passage.first,
        "end": passage.end,
        "section": passage.section,
        "kind": passage.kind.value,
        "first_page": first_page,
        "last_page": last_page,
        "start_char": passage.start_char,
        "end_char": passage.end_char,
        "sentences": _packed(sentences),
    }


def passage_of_record(text: str, meta: Mapping[str, Any]) -> Passage:
    """The passage that `record` described."""
    return Passage(
        reading=str(meta["reading"]),
        position=int(meta["position"]),
        first=int(meta["first"]),
        end=int(meta["end"]),
        text=text,
        section=str(meta["section"]),
        kind=Kind(meta["kind"]),
        pages=(int(meta["first_page"]), int(meta["last_page"])) if meta["first_page"] else None,
        start_char=int(meta["start_char"]),
        end_char=int(meta["end_char"]),
    )


def sentences_of_record(text: str, meta: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """The sentences that the passage consists of: in its text a space or a newline stands between two."""
    packed = json.loads(str(meta["sentences"]))
    contexts = packed["contexts"]
    found: list[Sentence] = []
    at = 0
    for length, page, last_page, kind, opens_block, start, end, context, cuts, group in packed["rows"]:
        found.append(
            Sentence(
                reading=str(meta["reading"]),
                position=int(meta["first"]) + len(found),
                text=text[at : at + length],
                page=page or None,
                section=str(meta["section"]),
                kind=Kind(kind),
                opens_block=bool(opens_block),
                last_page=last_page or None,
                start=start,
                end=end,
                context=contexts[context],
                cuts=tuple(cuts),
                group=group,
            )
        )
        at += length + 1
    return tuple(found)


def _packed(sentences: Sequence[Sentence]) -> str:
    """Everything of sentences but their text; a context that several rows share is there once."""
    contexts = list(dict.fromkeys(s.context for s in sentences))
    rows = [
        [
            len(s.text), s.page or 0, s.last_page or 0, s.kind.value, int(s.opens_block), s.start, s.end, contexts.index(s.context),
            list(s.cuts), s.group,
        ]
        for s in sentences
    ]  # fmt: skip
    return json.dumps({"contexts": contexts, "rows": rows}, separators=(",", ":"), ensure_ascii=False)
