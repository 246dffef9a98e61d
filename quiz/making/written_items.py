"""Items whose question a language model writes, and code lets pass: for models that are bigger than the embedded one.

The answer is a phrase of the statement, chosen by its grammar; the model only puts the rest of the statement as a question, under
a JSON schema. The question passes if it says nothing that the statement does not, says most of it, and does not say the answer; if
the model, asked it beside the statement, finds the answer again; and if it does not find it without. So a weak model makes
few items or none.
"""

import random
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, where
from quiz.making.clauses import stands_alone
from quiz.making.language import Parsed
from quiz.making.material import Material
from quiz.making.statements import Statement, is_setup
from quiz.making.terms import is_general
from quiz.making.worth import HARDWARE, is_circular, is_step
from rag.claims import term_stems
from rag.numerals import holds, numerals

_ASKED = 2  # phrases of one statement that a question is written for, at most
_MOST_KEY = 12  # words
_TELLING = 4  # words of an answer on a general noun: "a stack of six layers"
_MOST_WORDS = 40  # of a question
_KEPT = 0.6  # least share of the statement's other stems that the question holds
_SAME = 0.6  # least overlap of two answers' stems (Jaccard) that are the same
_QUESTION = re.compile(r"^(?:[A-Z][^?“”\"]*)\?$")
_INTERROGATIVE = re.compile(r"\b(?:what|which|who|whom|whose|how|why|when|where)\b", re.IGNORECASE)
_NEGATIONS = re.compile(r"\b(?:not|no|never|without|neither|nor|cannot)\b|n['’]t\b", re.IGNORECASE)
# Words that put a statement as a question, and those for who wrote it.
_OF_QUESTIONS = term_stems(
    "what which who whom whose how why when where kind type thing name do does did authors paper much many way purpose reason"
)

_WRITE = SystemMessage(
    "You turn a sentence into one exam question. The question must be answered by the given answer and by nothing else. Use the words of "
    "the sentence, all that matter, and no others. Do not say the answer. Write “the authors” for “we”."
)
_EXAMPLE: list[BaseMessage] = [
    HumanMessage(
        "Sentence: Each worker sends its gradients to the parameter server after every tenth batch.\nAnswer: the parameter server"
    ),
    AIMessage('{"question": "Where does each worker send its gradients after every tenth batch?"}'),
]
_ANSWER = SystemMessage("You answer a question in as few words as you can, with words of the text where there is one.")


class Filler(Protocol):
    """A language model that replies with an object of a JSON schema."""

    def fill(self, messages: list[BaseMessage], schema: Mapping[str, Any]) -> dict[str, Any] | None:
        """See `rag.chat.Chat.fill`."""
        ...


class Writer:
    """A maker of short-answer items by a language model; slow: up to six calls a statement. Not for two threads at once."""

    def __init__(self, model: Filler) -> None:
        self._model = model

    def __call__(self, statement: Statement, material: Material, chance: random.Random, /) -> Iterator[Candidate]:
        """See `Maker`.

        Raises:
            ModelError: The model failed.
        """
        for key, question, reason in self.tried(statement, material):
            if reason:
                continue
            asked = re.sub(r"\bthe authors\b", "its authors", question)
            item = make(
                Kind.SHORT, f"According to {where(statement, material)}: {asked}", f"{key[:1].upper()}{key[1:]}.", statement, material,
                asks="written", rubric=(key,),
            )  # fmt: skip
            yield Candidate(item, statement, statement.text, key)

    def tried(self, statement: Statement, material: Material) -> Iterator[tuple[str, str, str]]:
        """Answers, the questions that the model writes for them, and why each does not pass, "" if it does."""
        if is_setup(statement.sentence.section) or is_step(statement.parsed) or HARDWARE.search(statement.text):
            return
        for key in answers(statement.parsed)[:_ASKED]:
            question = self._written(statement.text, key)
            yield key, question, question_fault(question, key, statement, material) or self._answer_fault(question, key, statement.text)

    def _written(self, text: str, key: str) -> str:
        messages = [_WRITE, *_EXAMPLE, HumanMessage(f"Sentence: {text}\nAnswer: {key}")]
        return " ".join(str((self._model.fill(messages, _schema("question")) or {}).get("question", "")).split())

    def _answer_fault(self, question: str, key: str, text: str) -> str:
        """The model must find the answer with the statement, and not without."""
        if not self._answers(f"Text: {text}\nQuestion: {question}", key):
            return "the model does not find the answer beside the statement"
        return "the model finds the answer without the statement" if self._answers(f"Question: {question}", key) else ""

    def _answers(self, asked: str, key: str) -> bool:
        found = self._model.fill([_ANSWER, HumanMessage(asked)], _schema("answer"))
        return found is not None and same_answer(str(found.get("answer", "")), key)


def answers(parsed: Parsed) -> list[str]:
    """Phrases of a statement that can be asked for, its subject last: several words that say something, and stand without the rest."""
    found: list[str] = []
    near = parsed.children[parsed.root]
    behind = [m for n in near if parsed.words[n].dep == "prep" and n > parsed.root for m in parsed.children[n]]
    for n in sorted((*near, *behind), key=lambda n: n < parsed.root):
        word, phrase = parsed.words[n], parsed.phrase(n)
        numbers = parsed.subtree(n)
        if word.dep not in ("dobj", "attr", "oprd", "pobj", "nsubj", "nsubjpass") or word.pos not in ("NOUN", "PROPN"):
            continue
        if numbers != list(range(numbers[0], numbers[-1] + 1)) or not 2 <= len(phrase.split()) <= _MOST_KEY:
            continue
        general = is_general(word) and len(phrase.split()) < _TELLING
        if not general and stands_alone(phrase) and not re.search(r"\b(?:we|our|us)\b|[“”\"();:]", phrase):
            found.append(phrase)
    return found


def question_fault(question: str, key: str, statement: Statement, material: Material) -> str:
    """Why a written question does not pass; "" if it does."""
    asked, said, answer = term_stems(question), term_stems(statement.text), term_stems(key)
    rest = said - answer
    if not _QUESTION.match(question) or not _INTERROGATIVE.search(question) or len(question.split()) > _MOST_WORDS:
        return "it is no question"
    if asked & answer:
        return "it says the answer, or a part of it"
    known = said | term_stems(f"{material.source.name} {statement.heading}") | _OF_QUESTIONS
    if asked - known or not all(holds(number, numerals(statement.text)) for number in numerals(question)):
        return "it says what the statement does not"
    if len(asked & rest) < _KEPT * len(rest):
        return "it leaves out much of the statement"
    if len(_NEGATIONS.findall(question)) != len(_NEGATIONS.findall(statement.text.replace(key, " "))):
        return "it denies what the statement does not, or the other way round"
    if is_circular(key, f"{material.source.name} {statement.heading}"):
        return "the title or the heading says the answer"
    return "" if stands_alone(question) else "it leans on what stands around it"


def same_answer(one: str, other: str) -> bool:
    """Do two answers hold the same words, but for a few?"""
    first, second = term_stems(one), term_stems(other)
    return bool(first | second) and len(first & second) >= _SAME * len(first | second)


def _schema(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string", "maxLength": 300}}, "required": [name], "additionalProperties": False}
