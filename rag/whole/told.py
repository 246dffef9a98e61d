"""From a question to the sentences that say what is asked of a reading as a whole, or of two that are compared."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from ingest.catalog import Reading
from ingest.documents import Kind
from rag.answer_types import expected
from rag.evidence import Evidence, select, shortened
from rag.lexical import stems
from rag.named import unnamed_work, without
from rag.retrieval import Retriever
from rag.syllabus.cuts import heads
from rag.whole.forms import Form, Part, compares, form_of, words_beside
from rag.whole.likeness import Likeness, bare
from rag.whole.parts import WORDS, evidence_of, heading_of

_NAME_WORDS = 3  # of a name that stands alone: "summarise instructgpt"
_EACH = 3  # sentences of each reading that are compared in one respect
_DOUBTFUL = 0.5  # chance where nobody has judged whether it answers: enough to show it, not to call it an answer
_TWO = 2


@dataclass(frozen=True)
class Told:
    """What there is to such a question.

    Attributes:
        evidence: Sentences in the order in which they are to be shown; none where the reading has no such part.
        chance: That they answer, 0 to 1.
        unknown: A work that it speaks of and that is no reading.
        which: It must be told which reading is meant.
    """

    evidence: tuple[Evidence, ...] = ()
    chance: float = 0.0
    unknown: str | None = None
    which: bool = False


def told(question: str, reading: str | None, prefer: Set[str], retriever: Retriever, likeness: Likeness, *, placed: bool) -> Told | None:
    """What the readings say as a whole; None where that is not asked, or more than that.

    Args:
        question: Understandable by itself, as `rag.questions.standalone` makes it.
        reading: Id of the one that is asked about, if one is.
        prefer: Ids of those that it is likelier to be about.
        placed: Is it known which readings are meant?
    """
    head, _ = heads(question)
    mentions = retriever.mentions(head)
    rest = without(head, mentions)
    form, comparing = form_of(rest), compares(rest)
    beside = words_beside(rest, form)
    named = {reading} if reading is not None else retriever.named(question)
    if form is not None and not named:
        if 0 < len(beside) <= _NAME_WORDS and (named := retriever.named(f"the {' '.join(beside)} paper")):
            beside = []
        elif (unknown := unnamed_work(rest)) is not None and set(stems(" ".join(words_beside(bare(rest), form)))) <= set(stems(unknown)):
            return Told(unknown=unknown)
    rows = _works(retriever, named or prefer)
    own = _own(rows) | (
        heading_of(form, retriever.snapshot.sentences(rows[0].reading)) if form is not None and len(rows) == 1 else frozenset()
    )
    beside = words_beside(rest, form, own) if beside else []
    if comparing and len(rows) == _TWO and (not beside or (named and not _asks_for_a_fact(head))):
        return _compared(" ".join(beside), form or Form(Part.ABSTRACT), rows, retriever)
    if len(rows) == 1:
        if form is not None and not beside:
            return _one(form, rows[0], retriever)
        like = likeness.form_of(head, mentions, own, retriever.embed)
        return None if like is None else _one(like[0], rows[0], retriever, sure=like[1])
    return None if form is None or beside or placed else Told(which=True)


def _works(retriever: Retriever, ids: Set[str]) -> list[Reading]:
    """The readings, each work once: the paper rather than a handout about it."""
    works: dict[str, Reading] = {}
    for row in retriever.snapshot.readings.values():
        if {row.reading, row.about} & ids:
            work = row.about or row.reading
            if work not in works or row.reading in ids:
                works[work] = row
    return list(works.values())


def _asks_for_a_fact(question: str) -> bool:
    """A number or another kind of thing that one sentence or row gives: "how much better is the one than the other?"."""
    wanted = expected(question)
    return wanted.number or bool(wanted.kinds)


def _own(rows: Sequence[Reading]) -> frozenset[str]:
    return frozenset(stem for row in rows for stem in stems(f"{row.title} {row.reading} {row.about or ''}"))


def _one(form: Form, row: Reading, retriever: Retriever, *, sure: bool = True) -> Told | None:
    """What one reading says; None where it has no section of this name, so that these may be the words of something in it."""
    whole = _whole(form, [row], retriever)
    if form.part is Part.SECTION and not whole.evidence and not form.heading[:1].isdigit():
        return None
    return whole if sure else replace(whole, chance=min(whole.chance, _DOUBTFUL))


def _whole(form: Form, rows: Sequence[Reading], retriever: Retriever) -> Told:
    text = retriever.snapshot.sentences
    said = [evidence_of(form, row, text(row.reading), WORDS // len(rows)) for row in rows]
    return Told(tuple(item for items in said for item in items), 1.0 if all(said) else 0.0)


def _compared(aspect: str, form: Form, rows: Sequence[Reading], retriever: Retriever) -> Told:
    """What each says of itself as a whole, and what in one respect if there is one; nobody has judged whether that answers."""
    whole = _whole(form, rows, retriever)
    if not aspect:
        return whole
    kept: list[Evidence] = []
    for row in rows:
        hits = [hit for hit in retriever.search(aspect, reading=row.reading) if hit.reading.reading == row.reading]
        said = [item for item in select(aspect, hits, retriever.lexical.idf) if item.sentence.kind is Kind.PROSE]
        lead = [item for item in whole.evidence if item.reading is row][:1]
        room = WORDS // len(rows) - sum(len(item.sentence.text.split()) for item in lead)
        beside = [item for item in shortened(said, _EACH, room) if item not in lead]
        kept += [*lead, *(item for item in beside if len(item.sentence.text.split()) <= room or not lead)]
    return Told(tuple(kept), _DOUBTFUL)
