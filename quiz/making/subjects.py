"""What a sentence is about: its subject, where that opens it and names something, and how it is written within a question."""

import re

from quiz.making.language import Parsed
from quiz.making.material import Material

MOST_WORDS = 8  # of a subject
# Whose subject is a text or who wrote it, not its matter.
TEXTS = frozenset("survey paper author work study lecture handout article".split())
LEANS = re.compile(
    r"\b(?:this|these|those|such|former|latter|here|there|the same|otherwise)\b|^(?:\S+ ){0,2}(?:it|they|them)\b", re.IGNORECASE
)
ARTICLE = re.compile(r"^(?:an?|the|every|each) ", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"^(?:other|another|some|many|most|few|several|one|two|three|both|all)\b", re.IGNORECASE)


def subject_of(parsed: Parsed) -> str | None:
    """The subject, where it opens the sentence and names something; None otherwise."""
    subject = parsed.subject()
    if subject is None or parsed.span(subject)[0] != 0:
        return None
    if parsed.words[subject].pos not in ("NOUN", "PROPN") and (parsed.words[subject].tag, parsed.words[subject].dep) != ("VBG", "csubj"):
        return None
    if any(parsed.words[c].dep in ("relcl", "acl", "appos", "conj") for c in parsed.children[subject]):
        return None
    name = parsed.phrase(subject)
    between = parsed.text[len(name) : parsed.words[parsed.root].start]
    cut = not between.startswith(" ") or len(between.split()) > 2 or re.search(r"[^a-z ]", between)  # the "sub" of "sub-layer"
    clear = len(name.split()) <= MOST_WORDS and not LEANS.search(name) and not re.search(r"[,;:()]", name) and not _ONE_OF_MANY.match(name)
    return name if clear and not cut else None


def within(name: str, material: Material) -> str:
    """A subject that opens a sentence as it stands within one."""
    first = (name.split() or [""])[0]
    if not (first[:1].isupper() and (first[1:].islower() or len(first) == 1)):
        return name
    if ARTICLE.match(f"{first} "):
        return name[:1].lower() + name[1:]
    is_name = any(re.search(rf"[a-z,] {re.escape(first)}\b", s.text) for s in material.sentences) if len(first) > 1 else False
    return name if is_name else name[:1].lower() + name[1:]
