"""Items on what a thing does: "LoRA adds ... to ..." becomes "What does LoRA add?"."""

import random
import re
from collections.abc import Iterator

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import stands_alone
from quiz.making.language import Parsed
from quiz.making.material import Material
from quiz.making.statements import Statement, tells_of_others
from quiz.making.subjects import within
from quiz.making.terms import is_telling, term_at, text_of
from rag.claims import run_together, term_stems

_FEWEST = 4  # words of an answer
_SHORT_FORM = re.compile(r"\s*\([A-Z][\w-]*\)$")  # "prefix-embedding tuning (PreEmbed)"
# Verbs of which "what does it ...?" asks for something of substance.
_VERBS = frozenset(
    "add aim allow augment balance apply avoid cause combine compress contain cover create distribute drop eliminate "
    "employ enable encode encourage "
    "exploit "
    "extend facilitate freeze generate include incorporate inject insert introduce involve keep learn "
    "leverage limit lower "
    "maximize measure minimize mitigate modify normalize optimize predict prevent produce propagate "
    "quantize overcome reduce remove replace "
    "represent require retain retrieve reuse sample save share simplify store support take train transform update yield".split()
)
# Verbs that ask for their preposition: "consists of" becomes "Of what does it consist?".
_TAKES = {"consist": "of", "refer": "to", "focus": "on", "rely": "on", "depend": "on", "build": "on"}
_PASSED_OVER = frozenset("naturally inherently typically usually commonly often mainly heavily also simply".split())  # adverbs
_MORE = re.compile(r", (?:which|where|while|whereas|but|thus|so|making|improving|leading|thereby|and (?:has|is|can|does)) .*$")
_SECOND = re.compile(r"\b(?:and|but|then) (?:[A-Z][\w-]* )?[a-z]+s (?:only|the|an?|all|its|each)\b")  # a second verb
_UNASKED = re.compile(r"^not\b|(?<![\w-])[$€>~]?\d", re.IGNORECASE)  # numbers have their own makers
_MOST_NAME = 6  # words
_OFTEN = 2  # times that a term of several words must stand in a reading to be a thing of its own there


def actions(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own on what a term of the reading does."""
    parsed = statement.parsed
    subject, root = parsed.subject(), parsed.words[parsed.root]
    taken = _TAKES.get(root.lemma, "")
    if (
        subject is None
        or not (root.lemma in _VERBS or taken)
        or root.tag not in ("VBZ", "VBP")
        or statement.speaks_of_authors
        or tells_of_others(statement.sentence.section)
        or material.source.is_handout  # whose sentences are asked otherwise: `taught_items`
        or parsed.words[0].lemma in ("a", "an")  # "a neural network contains ...": what everybody knows
    ):
        return
    span = term_at(parsed, subject)
    if span is None or not is_telling(parsed, span) or not _stands_first(parsed, subject) or not _does_one_thing(parsed, taken):
        return
    name = within(_SHORT_FORM.sub("", parsed.phrase(subject)), material)
    said = statement.text[root.end :].strip(" .")
    more = _MORE.search(said)
    if more is not None and more[0].count(", ") > 1:
        return  # an aside: the sentence goes on behind it
    said = said[: more.start()] if more else said
    auxiliary = "does" if root.tag == "VBZ" else "do"
    if taken:
        key = said.removeprefix(f"{taken} ")
        question = f"{taken.capitalize()} what {auxiliary} {name} {root.lemma}"
    elif root.lemma == "aim":
        key = said.removeprefix("to ")
        question = f"What {auxiliary} {name} aim to do"
    else:
        key = said
        question = f"What {auxiliary} {name} {root.lemma}"
    if (
        (key == said and (taken or root.lemma == "aim"))  # "focuses here on"
        or len(key.split()) < _FEWEST
        or len(name.split()) > _MOST_NAME
        or _UNASKED.search(key)
        or not stands_alone(key)
        or not _is_of_its_own(name, text_of(parsed, span), material)
        or 2 * len(term_stems(name) & term_stems(key)) >= len(term_stems(name))  # "instruction tuning" makes it "understand instructions"
    ):
        return
    item = make(
        Kind.SHORT, f"{question}, according to {where(statement, material)}?", f"{key[:1].upper()}{key[1:]}.", statement, material,
        asks="action", rubric=(key,),
    )  # fmt: skip
    yield Candidate(item, statement, statement.text, key)


def _stands_first(parsed: Parsed, subject: int) -> bool:
    """Does the subject open the sentence, with nothing within it that tells more of it?"""
    short = _SHORT_FORM.search(parsed.phrase(subject))
    return parsed.span(subject)[0] == 0 and not any(
        parsed.words[c].dep in ("relcl", "acl", "conj") or (parsed.words[c].dep in ("appos", "punct") and not short)
        for c in parsed.children[subject]
    )


def _does_one_thing(parsed: Parsed, taken: str) -> bool:
    """Is there one main verb, in the affirmative, with an object or a clause, or with the preposition that it takes?"""
    words, root = parsed.words, parsed.words[parsed.root]
    children = [(n, words[n]) for n in parsed.children[parsed.root]]
    if any(w.dep in ("aux", "auxpass", "neg", "conj", "advcl", "prt") for _, w in children):
        return False
    if any(w.dep == "advmod" and not (n < parsed.root and w.text.lower() in _PASSED_OVER) for n, w in children):
        return False
    wanted = ("prep",) if taken else ("dobj", "ccomp", "xcomp")
    if not any(w.dep in wanted and n > parsed.root and taken in ("", w.text) for n, w in children):
        return False
    second = any(w.dep == "conj" and w.tag in ("VBZ", "VBP", "VBD") for w in words[parsed.root + 1 :])
    return not second and not _SECOND.search(parsed.text[root.end :])  # "freezes the weights and trains ..."


def _is_of_its_own(name: str, term: str, material: Material) -> bool:
    """Is it the reading's own thing, a term of its headings or first section, or one of several words that it comes back to?"""
    if material.is_own(name) or run_together(term) in material.prominent:
        return True
    times = next((t.count for t in material.terms if t.text.lower() == term.lower()), 0)
    return bool(re.search(r"[ -]", term)) and times >= _OFTEN
