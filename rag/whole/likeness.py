"""Questions on a whole reading that have no clean form, told by their likeness to examples: "hey can sb tell me what it's about, thx".

A question that asks for something in the reading is far from them (docs/evaluation.md).
"""

import re
from collections.abc import Callable, Sequence, Set

from ingest.embeddings import Vectors
from rag import definitions
from rag.leaning import WH
from rag.named import Mention
from rag.whole.forms import Form, Part, form_of, words_beside

_LEAST, _SURE = 0.72, 0.8  # cosine with the nearest example; from the second on it is surely of its kind
_MOST_BESIDE = 2  # words of a plain question that say something: with more it asks for something in the reading, and no vector is needed
_FAR = 0.5  # below this a question is none on the whole
_FEWEST_WORDS = 3  # of a part of a message that may be the question
_EXAMPLES = {
    Part.ABSTRACT: (
        "what is the paper about",
        "summarise the paper in two sentences",
        "tl;dr of the paper",
        "the paper in a nutshell",
        "what is the main idea of the paper",
        "what is the purpose of the paper, what do they want to achieve",
        "which problem does the paper solve",
        "why did they write the paper, what is their goal",
        "what is the motivation of the paper",
        "what's the point of the paper",
        "what does the paper try to do",
        "give me a short overview of the paper",
        "what topics does the paper cover",
    ),
    Part.CONTRIBUTIONS: (
        "what are the contributions of the paper",
        "what is new in the paper compared to earlier work",
        "what is novel about the paper",
        "what do the authors contribute",
    ),
    Part.RESULTS: (
        "what are the main findings of the paper",
        "what did they find in the paper",
        "what are the main results",
        "how well does it work, how good are the results",
        "does it work and what did they find",
        "what is the key takeaway of the paper",
        "how well does it perform compared to others",
    ),
    Part.METHOD: (
        "how does it work",
        "explain the method of the paper in simple words",
        "explain their approach step by step",
        "what are the main steps of the approach",
        "what is the key idea of the approach",
        "what is the trick behind it",
    ),
    Part.TRAINING: ("how was it trained", "how is the model trained, what is the recipe"),
    Part.EVALUATION: (
        "how did they evaluate it",
        "how is the approach evaluated, on which tasks",
        "what experiments did they do",
    ),
    Part.CONCLUSION: ("what do they conclude in the paper", "what is the conclusion of the paper"),
    Part.LIMITATIONS: (
        "what are the limitations of the paper",
        "which weaknesses or drawbacks do the authors admit",
        "what are the shortcomings of the approach",
        "what can it not do well",
        "what risks or downsides do they mention",
    ),
    Part.FUTURE: (
        "what future work do the authors suggest",
        "what is left open in the paper",
        "what do they plan to do next",
    ),
    Part.AUTHORS: (
        "who wrote the paper",
        "who are the authors of the paper",
        "I need the authors of the paper for my bibliography",
        "who are the authors and where are they from",
    ),
    Part.AFFILIATIONS: (
        "which university is the paper from",
        "which company is behind the paper",
        "where do the authors work",
    ),
    Part.DATED: ("when was the paper published", "which year is the paper from"),
    Part.PUBLISHED: ("at which conference was the paper published",),
    Part.RECEPTION: (
        "how often has the paper been cited",
        "what did the reviewers say about the paper",
        "did the paper win an award",
    ),
}
_NOUN = re.compile(r"(?:['’]s)?\s+(?:paper|article|study|work|survey|report|handout|authors?|people|ppl|folks|team|guys)\b", re.IGNORECASE)
_ASKS = re.compile(
    rf"\W*(?:(?:and|but|so|also) )?(?:(?:on|in|at|for|with) )?{WH}\b", re.IGNORECASE
)  # the rest of the message asks for something else
_NEXT_SENTENCE = re.compile(r"\s+[A-Z]")
_BRACKETS = re.compile(r"\([^)]*\)")
_ENDS = re.compile(r"[?!.;:,\n]+(?=\s|$)|\s[-–—]+\s|\.\.+|…")


class Likeness:
    """Examples of each part. Make it on the thread that owns the embedding model."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        """Embed the examples: half a second."""
        self._parts = [part for part, texts in _EXAMPLES.items() for _ in texts]
        self._vectors = embed([text for texts in _EXAMPLES.values() for text in texts])

    def form_of(
        self, question: str, mentions: Sequence[Mention], own: Set[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> tuple[Form, bool] | None:
        """The clean form of a part of the question, or of the example that it or a part of it is near to, and whether that is sure.

        Args:
            question: As asked.
            mentions: What in it names readings.
            own: Stems that are the reading's own.
            embed: Unit vectors of texts, shape (texts, dimensions).
        """
        if definitions.asked(question) is not None:
            return None
        text = _neutral(question, mentions)
        parts = [piece.strip() for piece in _ENDS.split(text) if piece.strip()]
        # A message of one part, "how does it work?", is compared once, not again without its mark.
        texts = [text, *(piece for piece in parts if len(piece.split()) >= _FEWEST_WORDS)] if len(parts) > 1 else [text]
        if len(texts) == 1 and len(words_beside(text, form_of(text), own)) > _MOST_BESIDE:
            return None
        cosines = embed(texts) @ self._vectors.T

        def asks_more(n: int) -> bool:
            """Does this piece ask for something in the reading?"""
            form = form_of(texts[n])
            return _ASKS.match(texts[n]) is not None and cosines[n].max() < _FAR and bool(words_beside(texts[n], form, own))

        pieces = range(1, len(texts))
        if any(asks_more(n) for n in pieces):
            return None
        clean = (form for n in pieces if (form := form_of(texts[n])) and not words_beside(texts[n], form, own))
        if (first := next(clean, None)) is not None:
            return first, True
        best, example = divmod(int(cosines.argmax()), len(self._parts))
        likeness = cosines[best, example]
        return (form_of(texts[best]) or Form(self._parts[example]), bool(likeness >= _SURE)) if likeness >= _LEAST else None


def _neutral(question: str, mentions: Sequence[Mention]) -> str:
    """The question with "the paper" for what names readings, and without what stands in brackets."""
    beyond = len(question)
    for mention in sorted(mentions, key=lambda m: -m.start):
        if mention.end > beyond:
            continue  # words that name two
        behind, beyond = question[mention.end :], mention.start
        ends = "." if question[mention.end - 1] == "." and _NEXT_SENTENCE.match(behind) else ""  # "by Lewis et al. Can someone ..."
        question = question[: mention.start] + ("" if _NOUN.match(behind) else f" the paper{ends} ") + behind
    text = re.sub(r" (?=[?!.,;:'’])", "", " ".join(bare(question).split()))
    return re.sub(r"\b(?:the|this|a) (?=the paper\b)", "", text, flags=re.IGNORECASE)


def bare(question: str) -> str:
    """The question without what stands in brackets; as it is where nothing else does."""
    text = _BRACKETS.sub(" ", question)
    return text if re.search(r"\w", text) else question
