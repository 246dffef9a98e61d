"""Reads a reading for a quiz: from its sentences to the statements that can be asked about, and a reason for each that cannot."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from ingest.documents import Kind, Sentence
from ingest.embeddings import Vectors
from quiz.making.cleaning import cleaned
from quiz.making.draft import Dropped
from quiz.making.figures import figures
from quiz.making.glossary import Defined
from quiz.making.kin import NO_KIN, Kin, listed
from quiz.making.language import Parsed, Parser
from quiz.making.material import Material, Source, ranked
from quiz.making.statements import (
    Statement,
    candidates,
    familiar_nouns,
    grammar_fault,
    heading,
    is_appended,
    is_asked,
    misspelt,
    proper_nouns,
    respelt,
    run_in,
    section_worth,
    text_fault,
)
from quiz.making.worth import worth_fault

_ADDED = re.compile(r":\s*(?:theme )?handout$", re.IGNORECASE)
_CLAIMS = re.compile(
    r"\b(?:outperform\w*|improv\w*|achiev\w*|reduc\w*|because|since|due to|propos\w*|introduc\w*|consists?|compos\w*|allows?|enabl\w*|than|"
    r"instead of|without|requir\w*|freez\w*|learns?|find that|show that|observe that|best|most|state-of-the-art|defin\w*|"
    r"refers? to|called)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:may|might|could|would|possibly|perhaps|future|plan|excited|promising|various|several|many|often|usually)\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<![\w-])[A-Z][a-z]+(?![\w-])")  # a word of a name; no part of "LLaMA"
_ENOUGH = 110  # sentences that read well by their letters, from which on no appendix is asked about
_CAPITALS = 0.6  # share of a title's letters, from which on it is set in capitals
_MOST_FRONT = 30  # words of a title


def title_of(title: str, reading: str, sentences: Sequence[Sentence]) -> str:
    """A reading's title as stems name it; where the course knows none but an id, the first lines of its first page.

    Args:
        title: As the catalog has it.
    """
    known = _ADDED.sub("", title).strip()
    if known and known != reading and not re.fullmatch(r"[\d.v]+|[a-z-]+/\d+", known):
        return known
    for sentence in sentences[:12]:
        words = sentence.text.split()
        if 2 <= len(words) <= _MOST_FRONT and not sentence.section and not sentence.text.endswith(".") and "@" not in sentence.text:
            spellings = Counter(w for s in sentences if s.section for w in re.findall(r"[^\W_]+", s.text))
            return _in_title_case(" ".join(words), spellings)
    return known or reading


def read(
    source: Source,
    sentences: Sequence[Sentence],
    vectors: Vectors,
    parser: Parser,
    rarity: Callable[[str], float],
    kin: Kin = NO_KIN,
    glossary: tuple[Defined, ...] = (),
) -> tuple[Material, list[Dropped]]:
    """A reading with its statements, and the sentences that were set aside with their reasons.

    Args:
        kin, glossary: As of `Material`.
    """
    dropped: list[Dropped] = []
    running = [s for s in sentences if is_asked(s)]
    spellings = Counter(word for s in running for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", s.text))
    texts: list[tuple[Sentence, str]] = []
    for sentence, text in candidates(sentences):
        if is_appended(sentence) and len(texts) >= _ENOUGH:
            break  # the main text bears a quiz
        reason = text_fault(text, is_typed=sentence.page is None, is_handout=source.is_handout)
        if not reason and (run_in(text, sentence.text, spellings) or _opens_with(heading(sentence.section), text)):
            reason = "a heading or a label runs into it"
        if not reason and (typo := misspelt(text, spellings)):
            reason = f"“{typo}” is misspelt"
        if reason:
            dropped.append(Dropped(sentence.text, reason))
        else:
            texts.append((sentence, text))
    parsed = [p for p in parser.parse([cleaned(s.text) for s in running]) if p.words]  # without sources: authors are no terms
    familiar, names = familiar_nouns(parsed), proper_nouns(sentences)
    people = {w for s in sentences if not s.section for w in _NAME.findall(_plain(s.text))} - set(re.findall(r"\w+", source.name))
    statements = []
    for (sentence, text), grammar in zip(texts, parser.parse([text for _, text in texts]), strict=True):
        reason = grammar_fault(grammar, familiar, names, is_handout=source.is_handout) or (
            "it tells of its authors" if people & subject_names(grammar) else ""
        )
        reason = reason or worth_fault(grammar)
        if reason:
            dropped.append(Dropped(sentence.text, reason))
        else:
            statements.append(Statement(sentence, text, grammar, heading=respelt(heading(sentence.section), spellings)))
    about = _about(sentences, vectors)
    material = Material(source, tuple(sentences), vectors, ranked(statements, vectors, about, worth), tuple(parsed), rarity, kin, glossary)
    return material, dropped


def _opens_with(heading: str, text: str) -> bool:
    """Is a heading of several words still there before the sentence: "Model Architecture BERT's model ..."?"""
    return " " in heading and re.match(rf"{re.escape(heading)}:? [A-Z]", text) is not None


def lists_of(sentences: Sequence[Sentence]) -> tuple[tuple[str, ...], ...]:
    """The lists of names in a reading's running text."""
    return tuple(names for sentence in sentences if is_asked(sentence) for names in listed(cleaned(sentence.text)))


def subject_names(parsed: Parsed) -> set[str]:
    """Capitalised words of a statement's subject, without accents."""
    subject = parsed.subject()
    return set(_NAME.findall(_plain(parsed.phrase(subject)))) if subject is not None else set()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("Ł", "L").replace("ł", "l")).encode("ascii", "ignore").decode()


def worth(statement: Statement) -> float:
    """How much a statement is worth asking by its section and its words, about 0 to 1.6."""
    found = section_worth(statement.sentence.section)
    found += 0.15 * min(len(_CLAIMS.findall(statement.text)), 3)
    found += 0.15 * bool(figures(statement.parsed))
    found -= 0.2 * min(len(_HEDGES.findall(statement.text)), 2)
    found -= 0.6 * is_appended(statement.sentence)
    found -= 0.25 * statement.speaks_of_authors + 0.4 * (" whether " in statement.text)
    words = len(statement.text.split())
    return found - 0.02 * max(words - 28, 0)


def _about(sentences: Sequence[Sentence], vectors: Vectors) -> Vectors:
    """The mean of its first section's sentences (an abstract, as a rule), unit length."""
    named = [s for s in sentences if s.section and s.kind is Kind.PROSE]
    if not named:
        return np.zeros(vectors.shape[1], dtype=vectors.dtype)
    first = [s.position for s in named if s.section == named[0].section]
    mean: Vectors = vectors[first].mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _in_title_case(title: str, spellings: Counter[str]) -> str:
    """A title as it is written within a text: without words all in capitals, and with names as the reading spells them."""
    small = {"a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "with", "from", "by", "via", "as", "at"}
    known: dict[str, tuple[int, str]] = {}
    for spelt, count in spellings.items():
        known[spelt.lower()] = max(known.get(spelt.lower(), (0, "")), (count, spelt))
    # Small capitals come apart: "REAC T" is "ReAct" where the text says so.
    for one, other in re.findall(r"(?=\b([A-Za-z]{1,5}) ([A-Z]{1,3})\b)", title):
        joined = known.get((one + other).lower())
        if joined and joined[0] > known.get(other.lower(), (0, ""))[0] and joined[1].lower() not in small:
            title = title.replace(f"{one} {other}", joined[1], 1)
    if sum(c.isupper() for c in title) < _CAPITALS * sum(c.isalpha() for c in title):
        return title
    words = []
    for n, word in enumerate(title.split()):
        plain = re.sub(r"\W", "", word)
        name = known.get(plain.lower(), (0, plain))[1]
        if n and word.lower() in small:
            words.append(word.lower())
        elif any(c.isupper() for c in name[1:]) and not name.isupper():
            words.append(word.replace(plain, name))
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(words)
