"""Items on what a thing of the reading's own is: of statements such as "self-attention is an attention mechanism relating ..."."""

import random
import re
from collections.abc import Iterator

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, title_tells, where
from quiz.making.clauses import stands_alone
from quiz.making.material import Material
from quiz.making.statements import Statement
from quiz.making.subjects import within
from quiz.making.terms import is_telling, term_at
from quiz.making.worth import definition_fault
from rag.claims import run_together, term_stems

_FEWEST = 5  # words of a definition
_WE = r"\b[Ww]e (?:\w+ly |also |then |first )?(?:propose|introduce|present|develop|create|design|build)d? "
_IS = re.compile(rf"{_WE}(?P<name>(?:the )?[^,.;]{{2,60}}?), (?P<said>(?:an?|the first) [^.;–—]+)(?: [–—][^.;]*)?\.$")
_DOES = re.compile(
    rf"{_WE}[^.;]{{0,80}}?(?P<name>[A-Z][\w-]+), which (?P<said>(?!stands for)[a-z]+s [^.;]+?)"
    r"(?:, (?:\w+ly |thus |thereby )?\w+ing [^.;]*)?\.$"
)
_SECOND = re.compile(r",? (?:and|but) (?:the [\w ]+ (?:is|are)|it (?:is|has|can)|they)\b.*$")  # a statement of its own
_NO_KIND = frozenset(
    "number reason goal question limitation problem dataset set collection benchmark corpus task library website stack".split()
)


def definitions(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own on what a thing is."""
    yield from _introduced(statement, material)
    parsed = statement.parsed
    subject, root = parsed.subject(), parsed.words[parsed.root]
    if subject is None or statement.speaks_of_authors or root.lemma != "be" or root.text.lower() not in ("is", "are"):
        return
    attribute = next((n for n in parsed.children[parsed.root] if parsed.words[n].dep == "attr"), None)
    span = term_at(parsed, subject)
    when = re.match(r" (when|where) (?=\w)", parsed.text[root.end :])
    if when and span is not None and is_telling(parsed, span):
        yield from _situation(statement, material, parsed.text[root.end + 1 :].rstrip("."))
        return
    if attribute is None or span is None or not is_telling(parsed, span) or attribute < parsed.root:
        return
    if any(parsed.words[c].dep in ("prep", "relcl", "acl", "conj", "appos") for c in parsed.children[subject]):
        return
    if any(w.dep == "neg" for w in parsed.words) or not any(
        parsed.words[c].dep in ("relcl", "acl", "prep") for c in parsed.children[attribute]
    ):
        return
    if parsed.words[attribute].lemma in _NO_KIND or parsed.words[parsed.subtree(subject)[0]].start > 0:
        return
    name = parsed.phrase(subject)
    if name.lower().startswith("the ") and not any(c.isupper() for c in name[4:]):
        return  # "the pre-trained LM is ...": one of many, of which the place speaks
    said = _SECOND.sub("", statement.text[parsed.span(attribute)[0] :].rstrip("."))
    if not is_defined_here(name, material):
        return  # what everybody knows, or what another work made
    if len(said.split()) < _FEWEST or definition_fault(said) or title_tells(said, material) or _unpacks(name, said):
        return
    yield _asked(statement, material, f"{root.text.lower()} {within(name, material)}", f"{said[:1].upper()}{said[1:]}.", said)


def _introduced(statement: Statement, material: Material) -> Iterator[Candidate]:
    """What the authors' own thing is, or does, where they introduce it: "we propose X, a ... that ...", "we propose X, which ..."."""
    text = statement.text
    for pattern, asks in ((_IS, "is {}"), (_DOES, "does {} do")):
        found = pattern.search(text)
        if found is None or not material.is_own(found["name"]) or len(found["said"].split()) < _FEWEST:
            continue
        said = found["said"].rstrip(" ,")
        if definition_fault(said) or title_tells(said, material) or not stands_alone(said):
            continue
        answer = f"{said[:1].upper()}{said[1:]}." if asks.startswith("is") else f"It {said}."
        yield _asked(statement, material, asks.format(found["name"]), answer, said)


def _situation(statement: Statement, material: Material, said: str) -> Iterator[Candidate]:
    """What a thing is, where its sentence says when it is the case: "position bias is when a judge ..."."""
    parsed = statement.parsed
    subject = parsed.subject()
    assert subject is not None
    name = parsed.phrase(subject)
    opens = parsed.words[parsed.subtree(subject)[0]].start == 0
    if len(said.split()) < _FEWEST or not opens or not is_defined_here(name, material) or _unpacks(name, said):
        return
    yield _asked(statement, material, f"is {within(name, material)}", f"It is {said}.", said)


def _asked(statement: Statement, material: Material, what: str, answer: str, said: str) -> Candidate:
    """The item; `what` is the question without its "What", `said` what an answer must say."""
    stem = f"What {what}, according to {where(statement, material)}?"
    item = make(Kind.SHORT, stem, answer, statement, material, asks="definition", rubric=(said,))
    return Candidate(item, statement, statement.text, said)


def _unpacks(name: str, said: str) -> bool:
    """Does a definition say half of the term's own words again: "position bias is when ... positions ..."?"""
    words = term_stems(name)
    return 2 * len(words & term_stems(said)) >= len(words)


def is_defined_here(name: str, material: Material) -> bool:
    """Is it the reading's own thing, or a term of several words in its title, its headings or its abstract? In a handout all are."""
    bare = re.sub(r"^(?:an?|the) ", "", name, flags=re.IGNORECASE)
    return material.is_its_matter(name) or (bool(re.search(r"[ -]", bare)) and run_together(bare) in material.prominent)
