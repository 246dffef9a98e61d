"""Answers that no model writes: what the syllabus lists, what a person said, and refusals."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.catalog import SourceKind
from rag.answers import Answer, Because, Citation, Line, Reason, Status
from rag.endorsed import Endorsed
from rag.requests import REASONS, Theme
from rag.retrieval import Hit
from rag.syllabus import Found
from rag.weighing import Weighed

_BECAUSE = {
    Theme.GRADED: Because.GRADED,
    Theme.PERSONAL: Because.PERSONAL,
    Theme.INSTRUCTIONS: Because.INSTRUCTIONS,
    Theme.ACTION: Because.ACTION,
    Theme.OTHER: Because.OFF_COURSE,
    Theme.TALK: Because.NO_QUESTION,
    Theme.LANGUAGE: Because.OTHER_LANGUAGE,
}


def from_syllabus(base: Answer, found: Found) -> Answer:
    """What the lookup found: its note, then each entry with the lines that tell what is asked for."""
    lines = [Line(found.note.text, tuple(range(1, len(found.shown) + 1)), sure=found.likely)] if found.note else []
    citations: list[Citation] = []
    for n, shown in enumerate(found.shown, start=1):
        entry = shown.entry
        if not found.only_note:
            lines.append(Line(shown.heading, (n,), shown.days, found.likely))
            lines.extend(Line(text, (n,), sure=found.likely) for text in shown.lines)
        quote = shown.lines[0] if shown.lines and not found.only_note else entry.section
        whole = "\n".join([entry.section, *entry.lines])
        citations.append(Citation(n, SourceKind.SYLLABUS.value, "Syllabus", None, entry.section, quote, whole, None, kind="syllabus"))
    return replace(base, status=Status.SYLLABUS, lines=tuple(lines), citations=tuple(citations), note=found.note)


def from_person(base: Answer, endorsed: Endorsed) -> Answer:
    """A person's words and nothing else, with who stands for them and the question that they were written for."""
    text, url = endorsed.text, endorsed.shown.url if endorsed.shown else None
    citation = Citation(1, f"endorsed-{endorsed.number}", endorsed.title, None, endorsed.question, text, text, url, kind="endorsed")
    return replace(base, status=Status.ENDORSED, lines=(Line(text, (1,)),), citations=(citation,), standing=endorsed.standing)


def refusal(base: Answer, hits: Sequence[Hit], weighed: Weighed) -> Answer:
    """That neither readings nor syllabus answer, with the closest reading; or that it must be told which reading is meant."""
    week, matter = weighed.unknown_week, weighed.unmentioned
    text = "The course's readings don't say that."
    reason = Reason(Because.NOT_COVERED, {"title": "", "page": ""})
    if week is not None:
        text, reason = f"The syllabus names no week {week}.", Reason(Because.UNKNOWN_WEEK, {"week": str(week)})
    elif weighed.unknown_work is not None:
        text = f'None of the readings that I know is called "{weighed.unknown_work}".'
        reason = Reason(Because.UNKNOWN_WORK, {"work": weighed.unknown_work})
    elif matter is not None:
        text, reason = f'The syllabus says nothing about "{matter}".', Reason(Because.UNMENTIONED, {"matter": matter})
    elif weighed.on_course:
        text, reason = "The syllabus does not say that.", Reason(Because.NOT_IN_SYLLABUS)
    elif weighed.which:
        text = 'I can\'t tell which reading you mean. Name it in the question, as in "the LoRA paper", or ask in the channel of its week.'
        return replace(base, lines=(Line(text, ()),), reason=Reason(Because.WHICH_READING))
    elif hits and hits[0].reading.kind == SourceKind.SYLLABUS:
        text, reason = "Neither the course's readings nor its syllabus say that.", Reason(Because.NOWHERE)
    elif hits:
        where = f", p. {hits[0].passage.page}" if hits[0].passage.page else ""
        text += f' The closest that I found is "{hits[0].reading.title}"{where}.'
        reason = Reason(Because.NOT_COVERED, {"title": hits[0].reading.title, "page": hits[0].passage.page or ""})
    return replace(base, lines=(Line(f"{text} Please ask a person of the course's staff.", ()),), reason=reason)


def declined(base: Answer, theme: Theme) -> Answer:
    """That a request is none to be taken up."""
    line = Line(f"{REASONS[theme]} I answer questions on the course's readings and its plan.", ())
    return replace(base, lines=(line,), reason=Reason(_BECAUSE[theme]))
