"""Items on a handout's sentences: what a term means, what a thing does or should do, when something is so.

A handout is written for the class: each of its sentences is meant to be learnt, and most are short and of one make, so that the question
is the sentence with its predicate taken out (as in Heilman and Smith 2010, "Good Question! Statistical Ranking for Question Generation").
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import conditions
from quiz.making.figures import figures
from quiz.making.language import Parsed, Word
from quiz.making.material import Material
from quiz.making.statements import Statement
from quiz.making.subjects import ARTICLE, LEANS, MOST_WORDS, TEXTS, subject_of, within
from quiz.making.terms import is_general_word
from quiz.making.worth import definition_fault
from rag.claims import run_together, term_stems

_FEWEST = 3  # words of an answer
_MOST_KEY = 24
_LONG_LIST = 5  # members less one
# Of these "what does it ...?" asks for nothing, or for a comparison that other makers ask about.
_NO_QUESTION = frozenset(
    "be do make say argue report note suggest propose state claim find show call describe discuss present cite add mention warn "
    "advise review take give get let summarise summarize seem appear need mean belong outperform beat surpass exceed match reach achieve "
    "score improve prefer come go agree have set".split()
)
_LETS = frozenset("let help ask make allow enable cause force encourage".split())
_MODALS = frozenset("should must will would".split())  # what can be done is one of many things
_REASON = re.compile(
    r"(?<! of)(?<! in)(?<! on)(?<! to)(?<! for)(?<! with)(?<! by),? (?:because|since|so that|which|although|though|while|whereas|so(?!-)|"
    r"when|unless|until)\b.*$|,? according to .*$"
)
LIST = re.compile(r"^(?:[^,.;:]+, )+[^,.;:]*\b(?:and|or) [^,.;:]+$|^[^,.;:]+, [^,.;:]+,? (?:and|or) [^,.;:]+$")
_SHORT = re.compile(r"^(?P<name>[^,.;:]{3,60}), or (?P<short>[A-Z][\w-]*[A-Z][\w-]*), (?P<verb>[a-z]+) (?P<said>.+)\.$")
COUNTED = re.compile(r"^(?P<what>(?:two|three|four|five|six|seven) [^,.;:]+): (?P<list>.+)$")
_ANY = r"(?:(?:an?|the|every|each|all) )?"


@dataclass(frozen=True)
class Told:
    """A statement of a handout whose subject opens it.

    Attributes:
        name: The subject as it stands.
    """

    statement: Statement
    material: Material
    name: str

    @property
    def parsed(self) -> Parsed:
        """The statement's words."""
        return self.statement.parsed

    @property
    def verb(self) -> Word:
        """The main verb."""
        return self.parsed.words[self.parsed.root]

    @property
    def said(self) -> str:
        """What stands behind the main verb."""
        return self.statement.text[self.verb.end :].strip(" .")

    @property
    def spoken(self) -> str:
        """The subject as it stands within a sentence."""
        return within(self.name, self.material)

    @property
    def auxiliary(self) -> str:
        """For a question in the present; "" for a verb in another form."""
        return {"VBZ": "does", "VBP": "do"}.get(self.verb.tag, "")

    def asked(self, question: str, key: str, answer: str = "", *, verb: str = "", anywhere: bool = False) -> Iterator[Candidate]:
        """The item, where its key says something of its own and is all that the section says of the subject.

        Args:
            answer: The key as a person says it, if otherwise.
            verb: If given, what the section says with other verbs does not count.
            anywhere: No other section may say anything of the subject either.
        """
        words, own = term_stems(self.name), term_stems(key)
        if not _FEWEST <= len(key.split()) <= _MOST_KEY or not own - words or LEANS.search(key) or 2 * len(words & own) >= len(words):
            return
        begins = (
            _ANY
            + re.escape(ARTICLE.sub("", self.name))
            + (rf" (?:\w+ ){{0,2}}{re.escape(verb if len(verb) < 3 else verb[:-1])}" if verb else " ")
        )
        section = self.statement.sentence.section
        there = (s for s in self.material.sentences if anywhere or s.section == section)
        if sum(re.match(begins, s.text.strip(), re.IGNORECASE) is not None for s in there) > 1:
            return
        yield _item(
            f"{question}, according to {where(self.statement, self.material)}?",
            key,
            answer or key,
            self.statement,
            self.material,
            "meaning",
        )


def taught(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A short answer, of a sentence of a handout."""
    if not material.source.is_handout or statement.speaks_of_authors:
        return
    told = told_of(statement, material)
    yield from _in_short(statement, material)
    yield from _condition(statement, material)
    if told is not None:
        for maker in (_meaning, _being, _letting, _listing, _doing, _done):
            yield from maker(told)


def told_of(statement: Statement, material: Material) -> Told | None:
    """A statement whose subject opens it; None of another."""
    name = subject_of(statement.parsed)
    return None if name is None else Told(statement, material, name)


def _meaning(told: Told) -> Iterator[Candidate]:
    """ "Input drift means that ..." becomes "What does input drift mean?"."""
    if told.verb.lemma == "mean" and told.auxiliary:
        yield from told.asked(f"What {told.auxiliary} {told.spoken} mean", re.sub(r"^that ", "", told.said))


def _in_short(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "An indicator, or SLI, is a ..." becomes "What is an indicator (SLI)?", "A tuning, or SFT, trains ..." "What does it do?"."""
    found = _SHORT.match(statement.text)
    if found is None or found["verb"] != statement.parsed.words[statement.parsed.root].text:
        return
    told = Told(statement, material, found["name"])
    if told.verb.lemma == "be" and re.match(r"(?:an?|the) ", told.said):
        yield from told.asked(f"What {told.verb.text} {told.spoken} ({found['short']})", told.said)
    elif told.auxiliary == "does" and told.verb.lemma not in _NO_QUESTION - {"let"} and not material.is_own(found["short"]):
        key = f"{told.verb.text} {told.said}"
        yield from told.asked(f"What does {told.spoken} ({found['short']}) do", key, f"It {key}", anywhere=True)


def _being(told: Told) -> Iterator[Candidate]:
    """ "The main risk of ... is ..." becomes "What is the main risk of ...?"."""
    parsed = told.parsed
    says = any(parsed.words[n].dep in ("attr", "ccomp", "xcomp") and n > parsed.root for n in parsed.children[parsed.root])
    one = re.match(r"the (?!same)[\w -]* of [\w -]*$", told.name, re.IGNORECASE) is not None
    if told.verb.text == "is" and says and one:
        yield from told.asked(f"What is {told.spoken}", re.sub(r"^that ", "", told.said))
    kind = re.match(r"an? [\w, -]+? (?:of|for|that|which|in|with|between|to|from) ", told.said)
    thing = told.verb.text == "is" and re.match(r"an? ", told.name, re.IGNORECASE) and not definition_fault(told.said)
    if thing and kind and not re.search(r"\d", told.said) and not re.search(r"\bchoice\b", kind[0]):
        yield from told.asked(f"What is {told.spoken}", told.said, verb="is")


def _letting(told: Told) -> Iterator[Candidate]:
    """ "Multi-head attention lets the model look at ..." becomes "What does multi-head attention let the model do?"."""
    parsed, verb = told.parsed, told.verb
    if verb.lemma not in _LETS or not told.auxiliary or any(parsed.words[n].dep == "neg" for n in parsed.children[parsed.root]):
        return
    done = next(
        (
            n
            for n in parsed.children[parsed.root]
            if n > parsed.root and parsed.words[n].dep in ("ccomp", "xcomp") and parsed.words[n].tag == "VB"
        ),
        None,
    )
    if done is None:
        return
    who = parsed.text[verb.end : parsed.words[done].start].strip()
    key = _REASON.sub("", parsed.text[parsed.words[done].start :].strip(" ."))
    whom, to = re.sub(r" to$", "", who), " to" if who.endswith(" to") else ""
    if 1 <= len(whom.split()) <= MOST_WORDS and not LEANS.search(whom) and not re.match(r"how|what|whether|it\b", whom):
        yield from told.asked(f"What {told.auxiliary} {told.spoken} {verb.lemma} {whom}{to} do", key, verb=verb.lemma)


def _listing(told: Told) -> Iterator[Candidate]:
    """ "The survey names three architectures: ..." becomes "Which three ... does it name?", "The tasks are ..." "What are they?"."""
    if told.verb.text == "are" and told.name.lower().startswith("the ") and LIST.match(told.said):
        yield from told.asked(f"What are {told.spoken}", told.said)
    listed = COUNTED.match(told.said)
    if listed and told.verb.lemma != "be" and told.auxiliary and LIST.match(listed["list"]):
        question = f"Which {listed['what']} {told.auxiliary} {told.spoken} {told.verb.lemma}"
        yield from told.asked(question, listed["list"], verb=told.verb.lemma)


def _condition(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "A gate blocks a release when ..." becomes "When is this so?"."""
    for found in conditions(statement.parsed):
        clause, main = term_stems(found.clause), term_stems(found.main)
        if figures(statement.parsed):
            continue  # the setting of one result
        if len(found.clause.split()) > _FEWEST and 3 * len(clause & main) <= len(clause) and not LEANS.search(found.main):
            asked = "When is this so" if found.clause.startswith("when ") else "On what condition is this so"
            stem = f"{asked}, according to {where(statement, material)}? “{found.main}”"
            yield _item(stem, found.clause, found.clause, statement, material, "condition")


def _doing(told: Told) -> Iterator[Candidate]:
    """ "An incident review records ..." becomes "What does an incident review record?", with "should" "What should it do?"."""
    parsed, verb = told.parsed, told.verb
    children = [(n, parsed.words[n]) for n in parsed.children[parsed.root]]
    modal = next((w.text.lower() for _, w in children if w.dep == "aux"), "")
    subject = parsed.words[parsed.subject() or 0]
    obj = next((n for n, w in children if w.dep in ("dobj", "xcomp") and n > parsed.root), None)
    if (
        obj is None
        or verb.pos != "VERB"
        or subject.lemma in TEXTS
        or any(w.dep in ("neg", "auxpass", "ccomp") or (w.dep == "advcl" and n < parsed.root) for n, w in children)
        or (modal not in _MODALS if modal else not told.auxiliary or verb.lemma in _NO_QUESTION or _does_much(told))
    ):
        return
    said = _REASON.sub("", _first_claim(parsed).strip(" .,"))
    if re.search(r"\d", said):
        return  # a result, or a setting
    second = any(w.dep == "conj" and w.tag in ("VB", "VBZ", "VBP") and w.end <= verb.end + 1 + len(said) for w in parsed.words)
    if LIST.match(said) and len(said.split(", ")) >= _LONG_LIST:
        return  # nobody need know it by heart
    if parsed.words[obj].dep == "dobj" and not second and not _turns(parsed, obj):
        yield from told.asked(f"What {modal or told.auxiliary} {told.spoken} {verb.lemma}", said, verb=verb.lemma)
        if not modal:
            return
    key = f"{verb.text} {said}"
    they = "They" if subject.tag in ("NNS", "NNPS") else "It"
    question = f"What {modal or told.auxiliary} {told.spoken} do"
    yield from told.asked(question, key, key if modal else f"{they} {key}", anywhere=not modal)


def _done(told: Told) -> Iterator[Candidate]:
    """ "A hosted model should be pinned to a dated version" becomes "To what should a hosted model be pinned?"."""
    parsed, verb = told.parsed, told.verb
    children = [(n, parsed.words[n]) for n in parsed.children[parsed.root]]
    modal = next((w.text.lower() for _, w in children if w.dep == "aux" and w.tag == "MD"), "")
    near = [n for n, w in children if w.dep == "prep" and parsed.words[n - 1] is verb]
    if verb.tag != "VBN" or modal not in _MODALS or not near or any(w.dep in ("neg", "conj") for _, w in children):
        return
    preposition = parsed.words[near[0]]
    key = _REASON.sub("", parsed.text[preposition.end : parsed.span(near[0])[1]].strip(" .,"))
    yield from told.asked(f"{preposition.text.capitalize()} what {modal} {told.spoken} be {verb.text}", key, verb=verb.lemma)


def _does_much(told: Told) -> bool:
    """Is it what the reading is about, or a general thing, of which a section says more than one thing in other words too?"""
    bare = run_together(ARTICLE.sub("", told.name))
    return bare in told.material.own | told.material.topics or is_general_word(told.name.split()[-1])


def _first_claim(parsed: Parsed) -> str:
    """What stands behind the main verb, without a second clause that has a subject of its own."""
    root = parsed.words[parsed.root]
    second = next((n for n in parsed.children[parsed.root] if parsed.words[n].dep == "conj" and parsed.subject(n) is not None), None)
    return (
        parsed.text[root.end :] if second is None else re.sub(r",? (?:and|but|or) *$", "", parsed.text[root.end : parsed.span(second)[0]])
    )


def _turns(parsed: Parsed, obj: int) -> bool:
    """Does more than its object belong to the main verb: "group metrics under ...", so that its object alone tells little?"""
    return any(
        parsed.words[n].dep in ("prep", "prt", "dative", "advmod", "npadvmod", "xcomp") and n > parsed.root and n != obj
        for n in parsed.children[parsed.root]
    )


def _item(stem: str, key: str, answer: str, statement: Statement, material: Material, asks: str) -> Candidate:
    spoken = f"{answer[:1].upper()}{answer[1:]}."
    return Candidate(make(Kind.SHORT, stem, spoken, statement, material, asks=asks, rubric=(key,)), statement, statement.text, key)
