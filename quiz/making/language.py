"""Sentences as words that know their part of speech and what they depend on; the one file that knows spaCy.

Quiz items are made by rules on grammar (what is the subject, does a "because" open a clause of its own?); a small pipeline of
spaCy (tagger and parser, 12 MB) reads a paper's sentences in two seconds and is the same on every machine.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from common.errors import ModelError
from common.models import locate
from common.section import ModelFile

_SETTING = "quiz.parser"
# A name with capitals or digits within, which no newspaper has: "QLoRA", "LLaMA-65B", "LLM-as-a-judge"; no plural.
_ODD_NAME = re.compile(r"(?<![\w.,-])(?=[A-Za-z])(?=[\w-]*[A-Z][\w-]*[A-Z\d])(?![A-Z]+s\b)\w+(?:-\w+(?:\.\d+)?)*")
_JOHN, _IT, _THEY = "John", "It", "They"
_MOST_OPENING = 7  # words before a main verb that was not seen
_ADVERB = 16  # characters between these and the verb: a space, or an adverb
# What the words before a noun are to it.
_WITHIN = {"DET": "det", "ADJ": "amod", "NUM": "nummod", "PUNCT": "punct"}


@dataclass(frozen=True)
class Word:
    """A word or a sign of a sentence.

    Attributes:
        start, end: Its offsets in the sentence.
        lemma: Its dictionary form, in small letters.
        pos: Universal part of speech, such as NOUN, PROPN, VERB (universaldependencies.org/u/pos).
        tag: Penn Treebank tag, such as VBZ.
        dep: What it is to its head, in ClearNLP's labels: nsubj, dobj, advcl, mark, ...
        head: The number of the word that it depends on; its own for the root.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True)
class Parsed:
    """A sentence with its words."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def root(self) -> int:
        """The number of the main verb (of the first, where the parser saw two sentences)."""
        return next((n for n, word in enumerate(self.words) if word.head == n), 0)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the numbers of those that depend on it, in order."""
        found: list[list[int]] = [[] for _ in self.words]
        for n, word in enumerate(self.words):
            if word.head != n:
                found[word.head].append(n)
        return tuple(map(tuple, found))

    def subject(self, verb: int | None = None) -> int | None:
        """The number of the head of the subject of a verb (the root if None), which may be a clause; None where there is none."""
        verb = self.root if verb is None else verb
        return next((n for n in self.children[verb] if self.words[n].dep in ("nsubj", "nsubjpass", "csubj", "csubjpass")), None)

    def subtree(self, n: int) -> list[int]:
        """The numbers of a word and of all that depend on it, in order."""
        found, todo = [], [n]
        while todo:
            m = todo.pop()
            found.append(m)
            todo.extend(self.children[m])
        return sorted(found)

    def span(self, n: int) -> tuple[int, int]:
        """Start and end, in the sentence, of a word with all that depends on it."""
        all_ = self.subtree(n)
        return self.words[all_[0]].start, self.words[all_[-1]].end

    def phrase(self, n: int) -> str:
        """The text of a word with all that depends on it."""
        start, end = self.span(n)
        return self.text[start:end]

    def name(self, n: int) -> tuple[int, int]:
        """Numbers of first and last word of a noun with what directly modifies it before it: "the scaled attention" of "attention"."""
        first = n
        near = ("det", "amod", "compound", "nummod", "nmod", "poss", "advmod", "quantmod", "punct", "npadvmod", "dep")
        while first > 0:
            word = self.words[first - 1]
            if not (first <= word.head <= n and (word.dep in near)):
                break
            first -= 1
        return first, n


class Parser:
    """Reads sentences; loaded once, 15 MB. Not safe under concurrent calls."""

    def __init__(self, model: ModelFile) -> None:
        """Load it.

        Raises:
            ModelError: It is not there, damaged, or no pipeline of spaCy's.
        """
        weights = locate(model, _SETTING)
        folder = next((parent for parent in weights.parents if (parent / "config.cfg").is_file()), None)
        if folder is None:
            raise ModelError(f"{_SETTING}: no pipeline of spaCy lies around {weights.name} (no config.cfg above it): correct the setting")
        import spacy  # imported here: two seconds that `lector --help` must not pay

        try:
            self._pipeline: Any = spacy.load(folder, exclude=["ner", "senter"])
        except (OSError, ValueError, ImportError) as exc:
            raise ModelError(
                f"{_SETTING}: spaCy cannot load {folder.name} ({' '.join(str(exc).split())[:200]}): correct the setting"
            ) from exc

    def parse(self, texts: Sequence[str]) -> Iterator[Parsed]:
        """One by one, in order."""
        for text, doc in zip(texts, self._pipeline.pipe(texts), strict=True):
            parsed = _parsed(text, doc)
            yield parsed if _is_clause(parsed) else self._read_again(parsed)

    def _read_again(self, parsed: Parsed) -> Parsed:
        """A sentence in which the pipeline saw no clause, read with everyday words for what misled it; as it was, where that helps nothing.

        The tagger takes the verb behind a compound or a name that it does not know for a noun: "a language model stores ..." is read as
        "it stores ...", "static benchmarks age" as "they age", "with QLoRA, GPT-4 cuts ..." as "with John, John cuts ...".
        """
        for spans, plain in _stand_ins(parsed):
            again = self._with(parsed, spans, plain)
            if again is None or not _is_clause(again):
                continue
            verb, behind = again.words[again.root], again.words[again.root + 1 : again.root + 2]
            subject = again.subject()
            opens = subject is not None and again.words[subject].end == spans[0][1] and verb.start - spans[0][1] <= _ADVERB
            if plain == _JOHN or (
                opens and verb.tag in ("VBZ", "VBP") and [w.text for w in behind] != ["of"]
            ):  # "the training costs of ..."
                return again
        return parsed

    def _with(self, parsed: Parsed, spans: Sequence[tuple[int, int]], plain: str) -> Parsed | None:
        """A sentence as it is read with a plain word in the place of some spans; None where these are no words of their own there.

        The words of a span hang on its last, which hangs where the plain word did.
        """
        put, at, starts = "", 0, []
        for start, end in spans:
            put += parsed.text[at:start]
            starts.append(len(put))
            put, at = put + plain, end
        put += parsed.text[at:]
        read = _parsed(put, self._pipeline(put)).words
        shown: list[tuple[int, Word]] = []  # the number of the word that was read, and a word of the sentence
        for n, word in enumerate(read):
            before = sum(start < word.start for start in starts)
            by = spans[before - 1][1] - starts[before - 1] - len(plain) if before else 0
            if word.start not in starts:
                shown.append((n, replace(word, start=word.start + by, end=word.end + by)))
            elif word.text == plain:
                start, end = spans[starts.index(word.start)]
                shown += [(n, own) for own in parsed.words if start <= own.start and own.end <= end]
        last = {n: place for place, (n, _) in enumerate(shown)}
        if "".join(word.text for _, word in shown) != re.sub(r"\s", "", parsed.text) or len(last) != len(read):
            return None  # the pipeline parted "GPT-4+QLoRA" otherwise than here
        words = []
        for place, (n, word) in enumerate(shown):
            if place != last[n]:
                words.append(replace(word, head=last[n], dep=_WITHIN.get(word.pos, "compound")))
            else:
                is_noun = word.pos in ("NOUN", "PROPN") or read[n].text != plain
                pos, tag = (word.pos, word.tag) if is_noun else ("NOUN", "NN")
                words.append(replace(word, pos=pos, tag=tag, head=last[read[n].head], dep=read[n].dep))
        return Parsed(parsed.text, tuple(words))


def _stand_ins(parsed: Parsed) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """What to put a plain word for, and which: the words before what may be the main verb, the longest first; then the odd names."""
    words = parsed.words
    openings = []
    for n in range(1, min(_MOST_OPENING, len(words))):
        before = words[n - 1]
        if before.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "VERB") or words[0].tag == "VBG":
            break  # "repeating the annotations corroborates ..."
        plural = before.tag in ("NNS", "NNPS")
        if before.pos in ("NOUN", "PROPN") and words[n].pos in ("NOUN", "PROPN", "ADJ", "VERB") and plural != words[n].text.endswith("s"):
            openings.append(([(0, before.end)], _THEY if plural else _IT))
    yield from reversed(openings)
    names = [m.span() for m in _ODD_NAME.finditer(parsed.text)]
    if names:
        yield names, _JOHN


def _parsed(text: str, doc: Any) -> Parsed:
    words = (Word(t.text, t.idx, t.idx + len(t.text), t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i) for t in doc)
    return Parsed(text, () if any(t.is_space for t in doc) else tuple(words))


def _is_clause(parsed: Parsed) -> bool:
    """Has it a main verb with a subject?"""
    return bool(parsed.words) and parsed.words[parsed.root].pos in ("VERB", "AUX") and parsed.subject() is not None
