"""Things that a reading speaks of by name, and which of them are of one kind."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.making.language import Parsed, Word

_SHORTEST = 6  # letters of a single common noun that is a term
_LONGEST = 4  # words
_GENERAL = frozenset(
    "model method approach result task dataset paper author system problem idea work technique algorithm experiment goal way "
    "value number case "
    "figure table example input output one architecture framework procedure process finding performance baseline question data set group "
    "time part step type kind sort amount range order way thing people use section appendix variety majority lot addition "
    "fact term use end "
    "parameter training token text sequence language word sentence information research knowledge document passage query "
    "prompt sample instance "
    "response dimension size length feature capability ability behavior understanding study user human person researcher "
    "machine learning generation "
    "benchmark evaluation experiment metric llm llms lm lms plm plms nlp gpu gpus cpu ai ml api "
    "terms detail details respect contrast setting level quality improvement difference score point year day reason role rest".split()
)


@dataclass(frozen=True)
class Term:
    """A noun with what makes it a term of its own: "multi-head attention", "BLEU".

    Attributes:
        text: As it stands most often, without its article.
        head: Its noun's dictionary form.
        plural: Does it stand in the plural?
        is_name: Has its head a capital or a digit?
        count: How often it stands in the reading.
    """

    text: str
    head: str
    plural: bool
    is_name: bool
    count: int


def term_at(parsed: Parsed, noun: int) -> tuple[int, int] | None:
    """Numbers of first and last word of the term whose head is this noun, without its article; None where it is none."""
    first, last = parsed.name(noun)
    while first < last and (
        parsed.words[first].dep in ("det", "poss", "nummod", "quantmod", "predet")
        or parsed.words[first].pos in ("DET", "NUM", "PUNCT", "PRON")
    ):
        first += 1
    words = parsed.words[first : last + 1]
    if words[0].start and parsed.text[words[0].start - 1] in "-/":
        return None  # the end of "16-bit Float"
    if not 1 <= len([w for w in words if w.pos != "PUNCT"]) <= _LONGEST:
        return None
    if any(w.pos not in ("NOUN", "PROPN", "ADJ", "VERB", "PUNCT", "X", "NUM") for w in words) or any(
        w.text in "“”\"'()[],.;:" for w in words
    ):
        return None
    if any(w.tag in ("JJR", "JJS") for w in words) or re.match(
        r"(?:other|many|several|such|same|different|various|certain|own|new|first|last|next|more|most|previous|prior|recent|particular|specific|few|proposed|novel|original|base|entire|whole|single|final|resulting|corresponding|existing|given|proper)\b",
        words[0].text.lower(),
    ):
        return None
    return first, last


def text_of(parsed: Parsed, span: tuple[int, int]) -> str:
    """The words from the first to the last number."""
    return parsed.text[parsed.words[span[0]].start : parsed.words[span[1]].end]


def terms_of(sentences: Iterable[Parsed]) -> tuple[Term, ...]:
    """The terms of a reading's sentences, the most frequent first; general nouns alone ("the method") are none."""
    spellings: dict[str, Counter[str]] = {}
    kinds: dict[str, tuple[str, bool, bool]] = {}
    for parsed in sentences:
        for n, word in enumerate(parsed.words):
            if word.pos not in ("NOUN", "PROPN") or (word.dep == "compound" and word.pos == "NOUN"):
                continue
            span = term_at(parsed, n)
            if span is None or not is_telling(parsed, span):
                continue
            text = text_of(parsed, span)
            key = text.lower()
            spellings.setdefault(key, Counter())[text if span[0] else _lower_opening(text)] += 1
            kinds.setdefault(key, (word.lemma, word.tag in ("NNS", "NNPS"), _is_name(word.text)))
    found = [Term(spelt.most_common(1)[0][0], *kinds[key], sum(spelt.values())) for key, spelt in spellings.items()]
    return tuple(sorted(found, key=lambda t: (-t.count, t.text)))


def is_general(word: Word) -> bool:
    """Is it a noun that says little by itself, such as "task"?"""
    return word.lemma in _GENERAL or is_general_word(word.text)


def is_general_word(word: str) -> bool:
    """Does a word as it is written say little by itself, such as "LLM"?"""
    return word.lower() in _GENERAL


def is_telling(parsed: Parsed, span: tuple[int, int]) -> bool:
    """More than a general noun alone, and long enough to be a word."""
    words = parsed.words[span[0] : span[1] + 1]
    if len(words) == 1 and (is_general(words[0]) or len(words[0].text) < (_SHORTEST if words[0].text.islower() else 3)):
        return False
    return any(c.isalpha() for c in words[-1].text)


def _is_name(word: str) -> bool:
    return any(c.isupper() for c in word[1:]) or (word[:1].isupper() and len(word) > 1)


def _lower_opening(text: str) -> str:
    """A term that opens a sentence, as it would stand within one."""
    first, _, others = text.partition(" ")
    named = any(c.isupper() or c.isdigit() for c in first[1:]) or any(word[:1].isupper() for word in others.split())
    return text if named else text[:1].lower() + text[1:]
