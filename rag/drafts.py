"""A student's draft of a summary, held against the reading that it is about.

Says which sentences the reading does not bear out, each with the nearest passage, and which main sections the draft leaves
out. It judges; it never rewrites, and it shows nothing but the draft's own words and the reading's.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from common.errors import UsageError
from ingest.arxiv_ids import parse_arxiv_id
from ingest.catalog import Reading, SourceKind
from ingest.documents import NO_STATEMENTS, Document, Kind, Sentence
from ingest.sentences import sentences
from rag.answers import page_url
from rag.checking import NEAR, Compared, Judged, ReadingText, Verdict, compare, judge
from rag.claims import Claim
from rag.entailment import Relate
from rag.library import Library, View
from rag.retrieval import Retriever

_SECTION_GAP = 0.1  # by which a section's nearest sentence may be less near than the reading's nearest one, to count as covered
_ASKED = 20  # so many sentences of a draft, evenly spaced, are searched for to find its reading
_VOTES, _CANDIDATES = 2, 3  # readings that a sentence votes for; readings with most votes that are compared
_FEWEST_SENTENCES = 3  # of a main section; fewer is a heading with a remark
_OPENING = 3  # so many lines before the first full sentence may be a title, a name, a date
_HEADING_WORDS = 12
_NUMBERED = re.compile(r"(?:\d+|[IVX]+)\.?\s+\S")
_OPTIONAL = re.compile(
    r"^(?:[\dIVX]+\.?\s+)?(?:abstract|introduction|(?:\w+ )?background|preliminaries|(?:\w+ )?related works?|prior works?|conclusions?\b.*|"
    r"summary|future (?:work|directions)|references|bibliography|acknowledge?ments?|broader impacts?(?: statement)?|ethic\w*.*|"
    r"(?:author )?contributions?|appendix.*|supplement\w*.*)$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")


@dataclass(frozen=True)
class DraftCheck:
    """What a reading says of a draft.

    Attributes:
        named: The reading was named; else it is the one that most of the draft's sentences are nearest to.
        by_meaning: A model of entailment was asked too.
        judged: Every sentence of the draft, in its order.
        missing_sections: Main sections that no sentence of the draft is near to.
    """

    reading: Reading
    named: bool
    judged: tuple[Judged, ...]
    missing_sections: tuple[str, ...]
    by_meaning: bool = False

    @property
    def faults(self) -> tuple[Judged, ...]:
        """The sentences that the reading does not bear out."""
        return tuple(judged for judged in self.judged if judged.verdict.is_fault)

    @property
    def checked(self) -> int:
        """How many sentences could be checked."""
        return sum(judged.verdict is not Verdict.NOT_CHECKABLE for judged in self.judged)

    def as_json(self, seconds: float) -> dict[str, Any]:
        """The object of `lector check --json`."""
        return {
            "reading": self.reading.reading,
            "title": self.reading.title,
            "named": self.named,
            "claims": [
                {
                    "text": j.claim.text,
                    "verdict": j.verdict.value,
                    "why": j.why,
                    "grounds": [ground.as_json() for ground in j.grounds],
                    "citation": j.nearest and _place(j.nearest, self.reading),
                }
                for j in self.judged
            ],
            "flagged": len(self.faults),
            "missing_sections": list(self.missing_sections),
            "checked": self.checked,
            "by_meaning": self.by_meaning,
            "seconds": round(seconds, 4),
        }


def draft_sentences(document: Document, max_words: int) -> list[str]:
    """The sentences of a draft's running text and lists, in order; its headings, pictures and references are left out.

    Raises:
        UsageError: It holds none, or more than `max_words` words.
    """
    blocks = [block.text for block in document.blocks if block.kind in (Kind.PROSE, Kind.TABLE)]
    words = sum(len(text.split()) for text in blocks)
    if words > max_words:
        text = f"the draft has {words} words, a summary at most {max_words} (drafts.max_words): shorten it, or raise the setting"
        raise UsageError(text, code="draft-long", words=words, limit=max_words)
    found = [sentence for text in _without_title(blocks) for sentence in sentences(text)]
    if not found:
        raise UsageError("the draft holds no sentence: give a file with the text of a summary", code="draft-empty")
    return found


@dataclass(frozen=True)
class HeldDraft:
    """A draft beside its reading, before it is judged.

    Attributes:
        compared: Of each claim that can be checked.
    """

    row: Reading
    named: bool
    claims: tuple[Claim, ...]
    compared: Mapping[Claim, Compared]
    text: ReadingText

    def judging(self, claim: Claim, relate: Relate | None) -> Callable[[View], Judged]:
        """What tells whether the reading bears a claim out, see `rag.checking.judge`; for the index thread."""
        compared = self.compared.get(claim)
        return lambda _view: Judged(claim, Verdict.NOT_CHECKABLE) if compared is None else judge(compared, self.text, relate)

    def checked(self, judged: Sequence[Judged], *, by_meaning: bool) -> DraftCheck:
        """What comes of it, once every claim is judged."""
        missing = missing_sections(list(self.compared.values()), self.text.sentences)
        return DraftCheck(self.row, self.named, tuple(judged), tuple(missing), by_meaning)


async def check_draft(library: Library, texts: Sequence[str], reading: str | None = None) -> DraftCheck:
    """Check the sentences of a draft; each is judged by itself, so that questions are answered between two.

    Args:
        texts: From `draft_sentences`.
        reading: Id of the reading that the draft is about; None for the nearest.

    Raises:
        UsageError: No such reading, or none that the draft could be about.
        IndexMissingError, IndexMismatchError, StoreError, ModelError: As `Library.run`.
    """
    held, relate = await library.run(lambda view: (hold_draft(texts, view.retriever, reading), view.relate))
    judged = [await library.run(held.judging(claim, relate)) for claim in held.claims]
    return held.checked(judged, by_meaning=relate is not None)


def hold_draft(texts: Sequence[str], retriever: Retriever, reading: str | None = None) -> HeldDraft:
    """Hold a draft's sentences beside a reading; arguments and errors are those of `check_draft`. Runs on the index thread."""
    claims = tuple(Claim(text) for text in texts)
    asked = [claim for claim in claims if claim.is_checkable]
    row = _named(retriever, reading) if reading is not None else _nearest(retriever, asked)
    held = reading_text(retriever, row)
    return HeldDraft(row, reading is not None, claims, dict(zip(asked, compare_all(asked, held, retriever), strict=True)), held)


def reading_text(retriever: Retriever, row: Reading) -> ReadingText:
    """A reading's text and vectors, ready to be compared with."""
    snapshot = retriever.snapshot
    with snapshot.vectors(row.reading).opened() as stored:
        vectors = stored.of_sentences(0, row.sentences)
    return ReadingText(
        snapshot.sentences(row.reading), vectors, retriever.lexical.idf, title=row.title, year=_year(row.about or row.reading)
    )


def compare_all(claims: Sequence[Claim], reading: ReadingText, retriever: Retriever) -> list[Compared]:
    """Hold claims beside a reading, embedding them and their clauses in one go."""
    texts = [part.text for claim in claims for part in (claim, *claim.parts)]
    vectors = retriever.embed(texts)
    found, start = [], 0
    for claim in claims:
        end = start + 1 + len(claim.parts)
        found.append(compare(claim, vectors[start:end], reading))
        start = end
    return found


def missing_sections(compared: Sequence[Compared], text: Sequence[Sentence]) -> list[str]:
    """The main sections that no claim, nor a clause of one, is about as near to as to the reading's nearest sentence.

    Main are the numbered sections (all, where none has a number) but for openings, related work, endings and appendices.
    """
    tops = np.array([sentence.section.split(" > ")[0] for sentence in text])
    views = [nearness for one in compared for _, nearness in one.views]
    missing = []
    for section in main_sections(text):
        inside = tops == section
        best = [(float(nearness[inside].max()), float(nearness.max())) for nearness in views]
        if not any(here >= NEAR and top - here <= _SECTION_GAP for here, top in best):
            missing.append(section)
    return missing


def main_sections(text: Sequence[Sentence]) -> list[str]:
    """The headings of a reading's main sections, in order."""
    counts = Counter(s.section.split(" > ")[0] for s in text if s.kind not in NO_STATEMENTS)
    sections = [section for section, count in counts.items() if section and count >= _FEWEST_SENTENCES]
    numbered = [section for section in sections if _NUMBERED.match(section)]
    return [section for section in numbered or sections if not _OPTIONAL.match(section)]


def _named(retriever: Retriever, name: str) -> Reading:
    """The reading of this id or arXiv link, or the handout about it."""
    pasted = parse_arxiv_id(name)
    ids = {name, pasted.id} if pasted else {name}
    rows = [r for r in retriever.snapshot.readings.values() if ids & {r.reading, r.about} and r.kind != SourceKind.SYLLABUS]
    if not rows:
        raise UsageError(f"no reading {name!r} is indexed: `lector corpus list` shows what is", code="no-reading", reading=name)
    return next((row for row in rows if row.reading in ids), rows[0])


def _nearest(retriever: Retriever, claims: Sequence[Claim]) -> Reading:
    """Of the readings that hold the best passage for most of the draft's sentences, the one that they are nearest to on average."""
    asked = claims[:: -(-len(claims) // _ASKED)] if claims else []
    votes: Counter[str] = Counter()
    for claim in asked:
        best = dict.fromkeys(hit.reading.reading for hit in retriever.search(claim.text) if hit.reading.kind != SourceKind.SYLLABUS)
        votes.update(list(best)[:_VOTES])
    if not votes:
        text = "the draft holds no sentence that a reading could bear out: name its reading, or write more of it"
        raise UsageError(text, code="draft-nothing")
    rows = [retriever.snapshot.readings[reading] for reading, _ in votes.most_common(_CANDIDATES)]
    near = {row: [one.near for one in compare_all(asked, reading_text(retriever, row), retriever)] for row in rows}
    if max(max(values) for values in near.values()) < NEAR:
        raise UsageError("no reading is near to any sentence of the draft: name the one that it is about", code="draft-far")
    return max(rows, key=lambda row: sum(near[row]))


def _without_title(blocks: Sequence[str]) -> list[str]:
    """The blocks without a title, a name or a date before the first full sentence, and without short lines that read like headings."""
    whole = [_ENDS.search(text) is not None for text in blocks]
    first = whole.index(True) if True in whole else 0
    return [text for n, text in enumerate(blocks) if whole[n] or not (n < min(first, _OPENING) and len(text.split()) <= _HEADING_WORDS)]


def _year(reading: str) -> int | None:
    """The year of an arXiv id: 2021 for 2106.09685."""
    found = parse_arxiv_id(reading)
    if found is None or "/" in found.id:
        return None
    return 2000 + int(found.id[:2])


def _place(sentence: Sentence, reading: Reading) -> dict[str, Any]:
    return {
        "page": sentence.page_shown, "section": sentence.section or None, "quote": sentence.quote, "url": page_url(reading, sentence.page),
    }  # fmt: skip
