"""Slips of the pen in questions on the course."""

import pytest

from rag.syllabus.spelling import Spelling

ENGLISH = frozenset("when is the due where what mandatory parking fine test rest tests week large".split())


def _known(word: str) -> bool:
    return word in ENGLISH


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(
        ["Final project: a poster", "Guest talk by Matthias Gallé", "lectures and a lecture", "marking, homework, taken, token"], _known
    )


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("when is the finel poject due", "when is the final project due"),
        ("where is the Homewrok?", "where is the homework?"),
        ("when is the lectuer", "when is the lecture"),
        ("parking mandatory", "parking mandatory"),  # words of the language, an edit away or not
        ("when is the test", "when is the test"),  # too short for it to be sure
        ("when is teken", "when is teken"),  # "taken" or "token"
        ("what is Wavelet-2", "what is Wavelet-2"),
        ("", ""),
    ],
)
def test_slips_are_put_right_where_one_word_is_meant(spelling: Spelling, question: str, corrected: str) -> None:
    assert spelling.corrected(question) == corrected
