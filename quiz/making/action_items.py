"""Items on what a thing does: "LoRA adds ... to ..." becomes "What does LoRA add?"."""

import random
import re
from collections.abc import Iterator

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import stands_alone
from quiz.making.definition_items import in_sentence
from quiz.making.material import Material
from quiz.making.statements import Statement
from quiz.making.terms import is_telling, term_at, text_of
from rag.claims import run_together, term_stems

_FEWEST = 4  # words of an answer
_SHORT_FORM = re.compile(r"\s*\([A-Z][\w-]*\)$")  # "prefix-embedding tuning (PreEmbed)"
# Verbs of which "what does it ...?" asks for something of substance.
_VERBS = frozenset(
    "add allow apply avoid cause combine compute contain cover create drop eliminate employ enable encode encourage "
    "exploit "
    "extend facilitate freeze generate include incorporate inject insert introduce keep learn "
    "leverage limit lower "
    "maximize measure minimize mitigate modify normalize optimize predict prevent produce propagate "
    "quantize reduce remove replace "
    "represent retain retrieve sample save share simplify store support train transform update yield".split()
)


def actions(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own on what a term of the reading does."""
    parsed = statement.parsed
    subject, root = parsed.subject(), parsed.words[parsed.root]
    if subject is None or root.lemma not in _VERBS or root.tag not in ("VBZ", "VBP") or statement.speaks_of_authors:
        return
    span = term_at(parsed, subject)
    children = [(n, parsed.words[n]) for n in parsed.children[parsed.root]]
    if parsed.words[0].lemma in ("a", "an") or material.source.is_handout:  # a handout's sentences: `taught_items`
        return  # "a neural network contains ...": what everybody knows
    if (
        span is None
        or not is_telling(parsed, span)
        or any(w.dep in ("aux", "auxpass", "neg", "conj", "advcl", "advmod", "prt") for _, w in children)
    ):
        return
    name = parsed.phrase(subject)
    short = _SHORT_FORM.search(name)
    if (
        any(
            parsed.words[c].dep in ("relcl", "acl", "conj") or (parsed.words[c].dep in ("appos", "punct") and not short)
            for c in parsed.children[subject]
        )
        or parsed.span(subject)[0] != 0
    ):
        return
    said = next((n for n, w in children if w.dep in ("dobj", "ccomp", "xcomp") and n > parsed.root), None)
    if said is None:
        return
    start, end = root.end, len(statement.text)
    answer = statement.text[start:end].strip(" .")
    later = parsed.words[parsed.root + 1 :]
    if any(w.dep == "conj" and w.tag in ("VBZ", "VBP", "VBD") for w in later) or re.search(
        r"\b(?:and|but|then) (?:[A-Z][\w-]* )?[a-z]+s (?:only|the|an?|all|its|each)\b",
        answer,
    ):
        return  # a second verb: "freezes the weights and trains ..."
    if len(answer.split()) < _FEWEST or not stands_alone(answer):
        return
    name = in_sentence(parsed, _SHORT_FORM.sub("", name), material)
    if not (material.is_own(name) or run_together(text_of(parsed, span)) in material.prominent):
        return
    if 2 * len(term_stems(name) & term_stems(answer)) >= len(term_stems(name)):
        return  # "instruction tuning" makes it "understand instructions"
    auxiliary = "does" if root.tag == "VBZ" else "do"
    item = make(
        Kind.SHORT, f"What {auxiliary} {name} {root.lemma}, according to {where(statement, material)}?",
        f"{answer[:1].upper()}{answer[1:]}.", statement, material, asks="action", rubric=(answer,),
    )  # fmt: skip
    yield Candidate(item, statement, statement.text, answer)
