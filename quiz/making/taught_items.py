"""Items on a handout's sentences: what a term means, what a thing does or should do, when something is so.

A handout is written for the class: each of its sentences is meant to be learnt, and most are short and of one make, so that the question
is the sentence with its predicate taken out (as in Heilman and Smith 2010, "Good Question! Statistical Ranking for Question Generation").
"""

import random
import re
from collections.abc import Iterator

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import conditions
from quiz.making.language import Parsed
from quiz.making.material import Material
from quiz.making.statements import Statement
from quiz.making.terms import is_general_word
from rag.claims import run_together, term_stems

_FEWEST = 3  # words of an answer
_MOST_SUBJECT = 8  # words
_MOST_KEY = 24
# Of these "what does it ...?" asks for nothing, or for a comparison that other makers ask about.
_NO_QUESTION = frozenset(
    "be do make say argue report note suggest propose state claim find show call describe discuss present cite add mention warn "
    "advise review take give get let summarise summarize seem appear need mean belong outperform beat surpass exceed match reach achieve "
    "score improve prefer come go agree have set".split()
)
# Whose subject is a text or who wrote it, not its matter.
_TEXTS = frozenset("survey paper author work study lecture handout article".split())
_MODALS = frozenset("can could should must might will would".split())
_REASON = re.compile(r",? (?:because|since|so that|which|although|though|while|whereas|so)\b.*$|,? according to .*$")
_LEANS = re.compile(
    r"\b(?:this|these|those|such|former|latter|here|there|the same|otherwise)\b|^(?:\S+ ){0,2}(?:it|they|them|its|their)\b", re.IGNORECASE
)
_LIST = re.compile(r"^(?:[^,.;:]+, )+[^,.;:]*\b(?:and|or) [^,.;:]+$|^[^,.;:]+, [^,.;:]+,? (?:and|or) [^,.;:]+$")
_SHORT = re.compile(r"^(?P<name>[^,.;:]{3,60}), or (?P<short>[A-Z][\w-]*[A-Z][\w-]*), (?P<verb>[a-z]+) (?P<said>.+)\.$")
_COUNTED = re.compile(r"^(?P<what>(?:two|three|four|five|six|seven) [^,.;:]+): (?P<list>.+)$")
_ONE_OF_MANY = re.compile(r"^(?:other|another|some|many|most|few|several|one|two|three|both|all)\b", re.IGNORECASE)
_ASKED = {"where": "Where is this so", "when": "When is this so"}


def taught(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A short answer, of a sentence of a handout."""
    if not material.source.is_handout or statement.speaks_of_authors:
        return
    yield from _meaning(statement, material)
    yield from _being(statement, material)
    yield from _listing(statement, material)
    yield from _condition(statement, material)
    yield from _doing(statement, material)


def _meaning(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "Input drift means that ..." becomes "What does input drift mean?"."""
    parsed, name = statement.parsed, subject_of(statement.parsed)
    root = parsed.words[parsed.root]
    if name is None or root.lemma != "mean" or root.tag not in ("VBZ", "VBP"):
        return
    said = re.sub(r"^that ", "", statement.text[root.end :].strip(" ."))
    auxiliary = "does" if root.tag == "VBZ" else "do"
    yield from _asked(f"What {auxiliary} {within(name, material)} mean", said, said, name, "", statement, material)


def _being(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "An indicator, or SLI, is a ..." becomes "What is an indicator (SLI)?", "The risk of ... is ..." "What is the risk of ...?"."""
    text, parsed = statement.text, statement.parsed
    short = _SHORT.match(text)
    if short and short["verb"] in ("is", "are") and re.match(r"(?:an?|the) ", short["said"]):
        question = f"What {short['verb']} {within(short['name'], material)} ({short['short']})"
        yield from _asked(question, short["said"], short["said"], short["name"], "", statement, material)
        return
    name, root = subject_of(parsed), parsed.words[parsed.root]
    if name is None or root.text != "is":
        return
    said = text[root.end :].strip(" .")
    one = re.match(r"(?:the (?!same)|good )[\w -]*$", name, re.IGNORECASE) is not None
    if (
        one
        and (" of " in name or re.match(r"(?:to|that) ", said))
        and any(parsed.words[n].dep in ("attr", "ccomp", "xcomp") and n > parsed.root for n in parsed.children[parsed.root])
    ):
        said = re.sub(r"^that ", "", said)
        yield from _asked(f"What is {within(name, material)}", said, said, name, "", statement, material)


def _listing(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "The survey names three architectures: ..." becomes "Which three ... does it name?", "The tasks are ..." "What are they?"."""
    parsed, name = statement.parsed, subject_of(statement.parsed)
    root = parsed.words[parsed.root]
    said = statement.text[root.end :].strip(" .")
    if name is None or root.tag not in ("VBZ", "VBP"):
        return
    if root.text.lower() == "are" and name.lower().startswith("the ") and _LIST.match(said):
        yield from _asked(f"What are {within(name, material)}", said, said, name, "", statement, material)
    listed = _COUNTED.match(said)
    if listed and root.lemma != "be" and _LIST.match(listed["list"]):
        auxiliary = "does" if root.tag == "VBZ" else "do"
        question = f"Which {listed['what']} {auxiliary} {within(name, material)} {root.lemma}"
        yield from _asked(question, listed["list"], listed["list"], name, root.lemma, statement, material)


def _condition(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "A gate blocks a release when ..." becomes "When is this so?"."""
    for found in conditions(statement.parsed):
        clause, main = term_stems(found.clause), term_stems(found.main)
        if len(found.clause.split()) <= _FEWEST or 3 * len(clause & main) > len(clause) or _LEANS.search(found.main):
            continue
        asked = _ASKED.get(found.clause.split()[0], "On what condition is this so")
        stem = f"{asked}, according to {where(statement, material)}? “{found.main}”"
        item = make(Kind.SHORT, stem, _spoken(found.clause), statement, material, asks="condition", rubric=(found.clause,))
        yield Candidate(item, statement, statement.text, found.clause)


def _doing(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "An incident review records ..." becomes "What does an incident review record?", with "should" "What should it do?"."""
    parsed, name = statement.parsed, subject_of(statement.parsed)
    root = parsed.words[parsed.root]
    children = [(n, parsed.words[n]) for n in parsed.children[parsed.root]]
    modal = next((w.text.lower() for _, w in children if w.dep == "aux"), "")
    subject = parsed.words[parsed.subject() or 0]
    if name is None or subject.lemma in _TEXTS or root.pos != "VERB" or root.tag == "VBD" or (modal and modal not in _MODALS):
        return
    if not modal and (material.is_own(name) or run_together(name) in material.own or is_general_word(name.split()[-1])):
        return  # it does many things
    if any(w.dep in ("neg", "auxpass", "ccomp") or (w.dep == "advcl" and n < parsed.root) for n, w in children):
        return
    said = _REASON.sub("", _first_claim(parsed).strip(" .,"))
    obj = next((n for n, w in children if w.dep in ("dobj", "xcomp") and n > parsed.root), None)
    spoken = within(name, material)
    direct = obj is not None and parsed.words[obj].dep == "dobj"
    joined = any(w.dep == "conj" and w.tag in ("VB", "VBZ", "VBP", "VBD") and w.end <= root.end + 1 + len(said) for w in parsed.words)
    if modal and obj is not None:
        if direct and not joined and not _turns(parsed, obj):
            yield from _asked(f"What {modal} {spoken} {root.lemma}", said, said, name, root.lemma, statement, material)
        key = f"{root.text} {said}"
        yield from _asked(f"What {modal} {spoken} do", key, key, name, "", statement, material)
    elif root.tag in ("VBZ", "VBP") and obj is not None and root.lemma not in _NO_QUESTION:
        auxiliary = "does" if root.tag == "VBZ" else "do"
        if direct and not joined and not _turns(parsed, obj):
            yield from _asked(f"What {auxiliary} {spoken} {root.lemma}", said, said, name, root.lemma, statement, material)
        else:
            key, they = f"{root.text} {said}", subject.tag in ("NNS", "NNPS")
            yield from _asked(f"What {auxiliary} {spoken} do", f"{'They' if they else 'It'} {key}", key, name, "", statement, material)


def _first_claim(parsed: Parsed) -> str:
    """What stands behind the main verb, without a second clause that has a subject of its own."""
    root = parsed.words[parsed.root]
    second = next((n for n in parsed.children[parsed.root] if parsed.words[n].dep == "conj" and parsed.subject(n) is not None), None)
    return (
        parsed.text[root.end :] if second is None else re.sub(r",? (?:and|but|or) *$", "", parsed.text[root.end : parsed.span(second)[0]])
    )


def _turns(parsed: Parsed, obj: int | None) -> bool:
    """Does more than its object belong to the main verb: "group metrics under ...", so that its object alone tells little?"""
    return any(
        parsed.words[n].dep in ("prep", "prt", "dative", "advmod", "npadvmod", "xcomp") and n > parsed.root and n != obj
        for n in parsed.children[parsed.root]
    )


def subject_of(parsed: Parsed) -> str | None:
    """The subject, where it opens the sentence and names something; None otherwise."""
    subject = parsed.subject()
    if subject is None or parsed.span(subject)[0] != 0 or parsed.words[subject].pos not in ("NOUN", "PROPN"):
        return None
    if any(parsed.words[c].dep in ("relcl", "acl", "appos", "conj") for c in parsed.children[subject]):
        return None
    name = parsed.phrase(subject)
    between = parsed.text[len(name) : parsed.words[parsed.root].start]
    cut = not between.startswith(" ") or len(between.split()) > 2 or re.search(r"[^a-z ]", between)  # the "sub" of "sub-layer"
    clear = (
        len(name.split()) <= _MOST_SUBJECT and not _LEANS.search(name) and not re.search(r"[,;:()]", name) and not _ONE_OF_MANY.match(name)
    )
    return name if clear and not cut else None


def within(name: str, material: Material) -> str:
    """A subject that opens a sentence as it stands within one."""
    first = name.split()[0]
    if not (first[:1].isupper() and (first[1:].islower() or len(first) == 1)):
        return name
    is_name = any(re.search(rf"[a-z,] {first}\b", s.text) for s in material.sentences) if len(first) > 1 else False
    return name if is_name else name[:1].lower() + name[1:]


def _asked(question: str, answer: str, key: str, name: str, verb: str, statement: Statement, material: Material) -> Iterator[Candidate]:
    """The item, where its answer says something of its own and is all that the section says of the subject, if given with the verb."""
    words, own = term_stems(name), term_stems(key)
    if not _FEWEST <= len(key.split()) <= _MOST_KEY or not own - words or _LEANS.search(key) or 2 * len(words & own) >= len(words):
        return
    section = statement.sentence.section
    begins = re.compile(rf"{re.escape(name)} (?:\w+ ){{0,2}}{re.escape(verb[:-1])}" if verb else f"{re.escape(name)} ", re.IGNORECASE)
    if sum(s.section == section and begins.match(s.text.strip()) is not None for s in material.sentences) > 1:
        return
    stem = f"{question}, according to {where(statement, material)}?"
    item = make(Kind.SHORT, stem, _spoken(answer), statement, material, asks="meaning", rubric=(key,))
    yield Candidate(item, statement, statement.text, key)


def _spoken(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
