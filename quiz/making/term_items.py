"""Items on terms: a term of a statement is the gap, to be written; or its definition is asked.

Terms are not asked by choice: a reading seldom names three more things of the key's own kind (2026-11-25: 0 of 3 such items accepted).
"""

import random
import re
from collections.abc import Iterator

from quiz.items import Kind
from quiz.making.candidates import Candidate, filled, gapped, make, where
from quiz.making.language import Parsed, Word
from quiz.making.material import Material
from quiz.making.number_items import is_on_the_matter
from quiz.making.statements import Statement, is_setup
from quiz.making.terms import is_general, is_general_word, is_telling, term_at, text_of
from quiz.making.worth import HARDWARE, definition_fault, gap_fault, is_step
from rag.claims import run_together, term_stems

_OF_ALL = 3  # so many names that a reading uses most are no gap: everybody fills it
_ROLES = ("nsubj", "nsubjpass", "dobj", "attr", "pobj", "oprd", "appos")
_OFTEN = 4  # times that a single word must stand in the reading to be a gap
_NAMED = 3  # the same for a name
_MEASURES = frozenset("range variety number series set amount collection family kind majority subset".split())
_NO_KIND = frozenset("number reason goal question limitation problem dataset set collection benchmark corpus task library website".split())
# Nouns that papers are written with: no term of a matter.
_TALK = re.compile(
    r"(?:\b|^)(?:fine|pre)-?(?:tuning|training)$|\b(?:analys[ie]s|degradations?|regressions?|criteri(?:a|on)|configurations?|performance|index|benefits?|results?|abilit(?:y|ies)|"
    r"requirements?|costs?|improvements?|stud(?:y|ies)|comparisons?|experiments?|quality|effects?|gains?|limitations?|findings?|"
    r"contributions?|directions?|settings?|baselines?|examples?|perspectives?|applications?|scale|size|number|strateg(?:y|ies)|scenarios?|"
    r"capabilit(?:y|ies)|capacit(?:y|ies))$",
    re.IGNORECASE,
)
_NOTATION = re.compile(r"\b(?:refers?|denotes?|abbreviat\w+|notations?)\b|\bto (?:refer|denote)\b")
_MOST_NAMES = 6  # words that are names; a statement with more lists a set-up
_RATED = re.compile(r"(?:strong|weak|large|small|big|good|bad|high|low|long|short|simple|complex|better|best) ", re.IGNORECASE)
_SEEN = 2  # times that a term must stand in the reading


def cloze_items(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A term to write; its first letters are given, so that no other word that means the same fits.

    Not of steps of an experiment: a term of a list of settings is no knowledge.
    """
    if is_setup(statement.sentence.section) or is_step(statement.parsed) or not is_on_the_matter(statement, material):
        return
    if (
        _NOTATION.search(statement.text)
        or HARDWARE.search(statement.text)
        or sum(w.pos == "PROPN" for w in statement.parsed.words) > _MOST_NAMES
    ):
        return
    for _, span in _gaps(statement, material):
        start, end = _borders(statement.parsed, span)
        key = statement.text[start:end]
        if len(key.split()) > 2:
            continue
        count = len(key.split())
        hint = f"{'one word' if count == 1 else f'{count} words'}, beginning with “{key[: 2 if len(key) > 4 else 1]}”"
        stem = f"Fill the gap in this statement from {where(statement, material)} ({hint}): “{gapped(statement.text, start, end)}”"
        item = make(
            Kind.CLOZE, stem,
            key, statement, material, asks="term", accepted=tuple(spellings(key, material)),
        )  # fmt: skip
        yield Candidate(item, statement, statement.text, key)


def definitions(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own on what a thing is: of statements such as "self-attention is an attention mechanism relating ..."."""
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
    said = statement.text[parsed.span(attribute)[0] :].rstrip(".")
    if not is_defined_here(name, material):
        return  # what everybody knows, or what another work made
    if len(said.split()) < 5 or definition_fault(said):
        return
    item = make(
        Kind.SHORT, f"What {root.text.lower()} {in_sentence(parsed, name, material)}, according to {where(statement, material)}?",
        f"{said[:1].upper()}{said[1:]}.", statement, material, asks="definition", rubric=(said,),
    )  # fmt: skip
    yield Candidate(item, statement, statement.text, said)


def _situation(statement: Statement, material: Material, said: str) -> Iterator[Candidate]:
    """What a thing is, where its sentence says when it is the case: "position bias is when a judge ..."."""
    parsed = statement.parsed
    subject = parsed.subject()
    assert subject is not None
    name = parsed.phrase(subject)
    if len(said.split()) < 5 or parsed.words[parsed.subtree(subject)[0]].start > 0 or not is_defined_here(name, material):
        return
    item = make(
        Kind.SHORT, f"What is {in_sentence(parsed, name, material)}, according to {where(statement, material)}?",
        f"It is {said}.", statement, material, asks="definition", rubric=(said,),
    )  # fmt: skip
    yield Candidate(item, statement, statement.text, said)


def is_defined_here(name: str, material: Material) -> bool:
    """Is it the reading's own thing, or a term of several words in its title, its headings or its abstract?"""
    bare = re.sub(r"^(?:an?|the) ", "", name, flags=re.IGNORECASE)
    return material.is_own(name) or (bool(re.search(r"[ -]", bare)) and run_together(bare) in material.prominent)


def spellings(term: str, material: Material) -> list[str]:
    """Other ways to write a term: without its hyphens, run together, without a size or a general noun behind its name, in short."""
    found = [term.replace("-", " "), term.replace("-", ""), re.sub(r"[\s-]+", "-", term)]
    found += [re.sub(r"[- ]\d+(?:\.\d+)?[BMK]$", "", term)]  # "Vicuna-13B"
    name, _, noun = term.rpartition(" ")
    found += [name] if is_general_word(noun) and any(c.isupper() for c in name) else []  # "PPO algorithm"
    short = "".join(c for c in term if c.isupper() or c.isdigit())
    found += [short] if len(short) > 2 and material.words[short.lower()] else []  # "BF16"
    return [other for other in dict.fromkeys(found) if other != term]


def spelt(term: str, material: Material) -> str:
    """A term that opens a sentence as it is spelt within one."""
    return next((t.text for t in material.terms if t.text.lower() == term.lower()), term)


def in_sentence(parsed: Parsed, name: str, material: Material) -> str:
    """A subject that opens a sentence as it stands within one, its article kept."""
    if parsed.words[0].pos == "DET":
        return name[:1].lower() + name[1:]
    return spelt(name, material)


def _gaps(statement: Statement, material: Material) -> list[tuple[int, tuple[int, int]]]:
    """The nouns of a statement whose terms can be a gap, the most telling first."""
    parsed, text = statement.parsed, statement.text
    title = run_together(material.source.name)
    found: list[tuple[float, int, tuple[int, int]]] = []
    for n, word in enumerate(parsed.words):
        if word.pos not in ("NOUN", "PROPN") or word.dep not in _ROLES:
            continue
        span = term_at(parsed, n)
        if span is None or not is_telling(parsed, span):
            continue
        term = text_of(parsed, span)
        start, end = _borders(parsed, span)
        rest = filled(text, start, end, " ")
        if re.search(r"\b(?:our|their|its|your|my) $", text[:start], re.IGNORECASE):
            continue
        if material.words[term.lower()] + material_count(material, term) < _SEEN or len(term) < 4:
            continue
        after = parsed.words[n + 1] if n + 1 < len(parsed.words) else None
        if after is not None and after.pos in ("NOUN", "PROPN", "VERB") and after.text.endswith("ing") | (after.pos != "VERB"):
            continue  # half of a longer term
        if re.search(r"\b(?:such as|like|including|e\.g\.,?|for example,?) $", text[:start]):
            continue
        if _TALK.search(term) or _RATED.match(term) or any(w.tag in ("VB", "VBP", "VBZ") for w in parsed.words[span[0] : span[1] + 1]):
            continue
        if re.match(r"(?:fine-?tune|pre-?train|finetune)\b", term, re.IGNORECASE):
            continue  # a verb
        if not start and ((term[1:].islower() and term.isalpha()) or material.is_expository or not word.dep.startswith("nsubj")):
            continue  # a common noun that opens the sentence, or one of the many names of a field
        if not term[0].isalpha() or text[:start].rstrip()[-1:] == ":":
            continue
        if material.is_expository and (word.pos == "PROPN" or not re.search(r"[ -]", term)):
            continue  # of a field's many names and single words none is the one
        if _is_misspelt(term, material):
            continue
        if not _is_key_term(term, word, material) or _is_named_after(term, material) or run_together(term) in _most_named(material):
            continue
        if gap_fault(parsed, start, end):
            continue
        if (
            term_stems(term) & term_stems(rest)
            or run_together(term) in title
            or text[end : end + 1] in ("-", "/", "’", "'")
            or (start and text[start - 1] in "-/")
        ):
            continue
        if re.match(r"\s?\d", text[end:]):
            continue
        if _is_person(term, start, statement) or text[end : end + 2] in (" =", " <", " >"):
            continue
        if re.match(r"\s?\(", text[end:]) or text[:start].rstrip().endswith("("):  # its short form or its long one stands beside it
            continue
        if re.search(r"(?:\b(?:or|and)|,)\s*$", text[:start]) or re.match(r"\s*(?:,|and\b|or\b)", text[end:]):  # one of a list
            continue
        rarity = max((material.rarity(stem) for stem in term_stems(term)), default=0.0)
        is_subject = word.dep.startswith("nsubj") and word.head == parsed.root
        capital = any(c.isupper() for c in term[1:]) or (word.pos == "PROPN" and term[0].isupper())
        found.append((rarity + 1.5 * is_subject + 1.0 * capital, n, span))
    return [(n, span) for _, n, span in sorted(found, key=lambda f: -f[0])]


def _most_named(material: Material) -> list[str]:
    """The names that a reading uses most; of one that tells of a field all are worth a gap."""
    if material.is_expository:
        return []
    return [run_together(t.text) for t in material.terms if t.is_name][:_OF_ALL]


def _is_named_after(term: str, material: Material) -> bool:
    """Is it the reading's own thing, or a version of it ("BERT-large")? Its title says that already."""
    letters = run_together(term)
    return any(letters.startswith(own) for own in material.own)


def _is_misspelt(term: str, material: Material) -> bool:
    """Does the reading also have one of its words with two letters the other way round: "casual" for "causal"?"""
    swapped = [
        word[:n] + word[n + 1] + word[n] + word[n + 2 :]
        for word in re.findall(r"[a-z]{5,}", term.lower())
        for n in range(len(word) - 1)
        if word[n] != word[n + 1]
    ]
    return any(material.words[other] for other in swapped)


def _is_person(term: str, start: int, statement: Statement) -> bool:
    """Is it an author that the sentence cites: "introduced by Shazeer (2020)"?"""
    if not re.fullmatch(r"[A-Z][a-z’'-]+(?: (?:and|&) [A-Z][a-z]+)?", term):
        return False
    cited = re.search(rf"{re.escape(term)}(?:\s+(?:et al\.?|(?:and|&) \w+))?,?\s+\(?(?:19|20)\d\d", statement.sentence.text)
    return cited is not None or re.search(r"\b(?:by|of|from|following|follow|in) $", statement.text[:start]) is not None


def _is_key_term(term: str, word: Word, material: Material) -> bool:
    """A name, or a term that the reading comes back to: in its headings, in its first section, or often."""
    if any(c.isupper() for c in term[1:]) or (word.pos == "PROPN" and term[0].isupper()):
        return run_together(term) in material.prominent or material_count(material, term) >= _NAMED
    if word.lemma in _MEASURES or is_general(word):
        return False
    if not re.search(r"[ -]", term):
        return False  # of common nouns alone, others often fit too
    count, letters = material_count(material, term), run_together(term)
    return count >= _OFTEN or (count >= _SEEN and letters in material.prominent)


def material_count(material: Material, term: str) -> int:
    """How often a term of the reading stands in it."""
    return next((t.count for t in material.terms if t.text.lower() == term.lower()), 0)


def _borders(parsed: Parsed, span: tuple[int, int]) -> tuple[int, int]:
    return parsed.words[span[0]].start, parsed.words[span[1]].end
