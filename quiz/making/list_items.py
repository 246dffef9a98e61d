"""Multiple choice on lists: "An incident review records the timeline, the impact and the causes" becomes "Which of these does it record?".

The distractors stand in other lists of the same reading, so that all options are things that the reading speaks of, and only who has read
it knows which of them belong here.
"""

import random
import re
from collections.abc import Iterator, Sequence

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.material import Material
from quiz.making.statements import Statement
from quiz.making.taught_items import COUNTED, LIST, Told, told_of
from rag.claims import run_together, term_stems

_FEWEST = 3  # members of a list
_OPTIONS = 3  # distractors
_MOST_WORDS = 5  # of a member
_LIKE = 2.2  # times the key's length that a distractor may be longer, or shorter
_ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
_LEANS = re.compile(r"\b(?:its?|their|they|them|this|that|these|those|other|others|such|we|our)\b", re.IGNORECASE)
_ASKS = frozenset("cover record need contain comprise name describe combine hold store measure report require".split())
_CAN_BE_DONE = frozenset("abilities tasks skills capabilities problems activities".split())
_TAIL = re.compile(r", (?:without|with|while|such as|so) .*$")


def list_choices(statement: Statement, material: Material, chance: random.Random) -> Iterator[Candidate]:
    """Which of four things is in a list of the statement?"""
    told = told_of(statement, material) if material.source.is_handout else None
    question = _question(told) if told is not None else ""
    if told is None or not question:
        return
    mine = members(told)
    found = ((there, members(there)) for other in material.statements if (there := told_of(other, material)) is not None)
    others = [text for there, texts in found if _kind(there) == _kind(told) for text in texts]
    for key in chance.sample(mine, len(mine)):
        wrong = _distractors(mine, key, chance.sample(others, len(others)), told)
        if len(wrong) < _OPTIONS or term_stems(key) & term_stems(question):
            continue
        options = [key, *wrong]
        chance.shuffle(options)
        shown = tuple(f"{option[:1].upper()}{option[1:]}" for option in options)
        item = make(
            Kind.CHOICE, f"{question}, according to {where(statement, material)}?", options.index(key), statement, material, asks="list",
            wrong=tuple(wrong), options=shown, explanation=f"The reading lists: {', '.join(mine)}.",
        )  # fmt: skip
        yield Candidate(item, statement, statement.text, key, tuple(wrong))


def members(told: Told) -> list[str]:
    """The things that a statement lists, without their articles; none where it is no list that can be asked for."""
    counted = COUNTED.match(told.said)
    said = counted["list"] if counted else _TAIL.sub("", told.said)
    if not _question(told) or not LIST.match(said):
        return []
    found = [_ARTICLE.sub("", text.strip()) for text in re.split(r",? (?:and|or) |, ", said)]
    return found if len(found) >= _FEWEST and all(_is_clear(text) for text in found) else []


def _is_clear(text: str) -> bool:
    return 0 < len(text.split()) <= _MOST_WORDS and not _LEANS.search(text) and not re.search(r"[\d,;:()“”\"]", text)


def _question(told: Told) -> str:
    """The statement as a question for one of its list; "" where it is no list that can be asked for."""
    verb = told.verb
    counted = COUNTED.match(told.said)
    if counted and told.auxiliary:
        return f"Which of these is one of the {counted['what']} that {told.spoken} {verb.text}"
    if verb.text == "are" and told.name.lower().startswith("the "):
        return f"Which of these is one of {told.spoken}"
    if any(told.parsed.words[c].dep in ("neg", "aux", "auxpass") for c in told.parsed.children[told.parsed.root]):
        return ""
    return f"Which of these {told.auxiliary} {told.spoken} {verb.lemma}" if told.auxiliary and verb.lemma in _ASKS else ""


def _kind(told: Told) -> str:
    """What a list is a list of; lists of what can be done are alike, as are those of what something includes or records."""
    counted = COUNTED.match(told.said)
    what = counted["what"] if counted else told.name.split(" of ")[0].split(" in ")[0] if told.verb.text == "are" else ""
    noun = what.split()[-1].lower() if what else ""
    return "ability" if noun in _CAN_BE_DONE else noun


def _distractors(mine: Sequence[str], key: str, others: Sequence[str], told: Told) -> list[str]:
    """Things that are said of the subject nowhere, and not in its section, of about the key's length, in their order."""
    subject = run_together(told.name)
    about = " ".join(letters for letters in told.material.letters if subject in letters)
    near = run_together(" ".join(s.text for s in told.material.sentences if s.section == told.statement.sentence.section))
    found: list[str] = []
    for other in others:
        letters = run_together(other)
        alike = len(other) <= _LIKE * len(key) and len(key) <= _LIKE * len(other)
        if alike and letters not in about and letters not in near and not term_stems(other) & term_stems(" ".join([*mine, *found])):
            found.append(other)
    return found[:_OPTIONS]
