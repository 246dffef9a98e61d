"""The prompts, whole and readable; tests/rag/test_prompts.py holds them as snapshots.

What never changes comes first, so that llama.cpp's cache of the prefix holds from question to question.
"""

from collections.abc import Sequence

from langchain_core.prompts import ChatPromptTemplate

from rag.evidence import Evidence

ANSWER = ChatPromptTemplate.from_messages(
    [
        (
            "system",
            "You are a teaching assistant. Answer the question in one short sentence with the words and numbers of the notes. "
            "If the notes do not answer it, say so.",
        ),
        ("human", "Notes:\n{notes}\n\nQuestion: {question}\nAnswer:"),
    ]
)


def notes(evidence: Sequence[Evidence]) -> str:
    """Evidence as the prompt shows it, a line a sentence. Unnumbered: the checker sets the citations, not the model."""
    return "\n".join(item.sentence.text for item in evidence)
