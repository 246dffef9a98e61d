"""Rectangles of words."""

import pytest

from ingest.pictures.marks import box_of, marks_of
from ingest.readers.layout.page import Word


def word(x0: float, x1: float, y: float, size: float = 10.0, *, turned: bool = False) -> Word:
    return Word("w", x0, x1, y, size, turned=turned)


def spans(*words: Word, numbers=None) -> list[tuple[float, float]]:
    return [(box.x0, box.x1) for box in marks_of(zip(numbers or range(len(words)), words, strict=True), 792)]


def test_words_of_a_line_are_one_mark_and_the_next_line_is_another() -> None:
    assert spans(word(100, 130, 50), word(134, 170, 50), word(72, 90, 62)) == [(100, 170), (72, 90)]


def test_raised_and_lowered_words_belong_to_their_line() -> None:
    assert spans(word(72, 90, 50), word(90, 94, 46, 7), word(95, 120, 50)) == [(72, 120)]


def test_a_jump_to_the_other_column_begins_a_mark_unless_it_is_the_next_word_of_a_row() -> None:
    assert spans(word(72, 90, 50), word(320, 340, 50)) == [(72, 90), (320, 340)]
    assert spans(word(72, 90, 50), word(200, 240, 50)) == [(72, 240)]
    assert spans(word(72, 90, 50), word(200, 240, 50), numbers=[3, 9]) == [(72, 90), (200, 240)]


@pytest.mark.parametrize(("y", "x0", "x1", "box"), [(300, 100, 150, (292, 642, 302.4, 692)), (-300, -150, -100, (297.6, 642, 308, 692))])
def test_words_that_read_up_or_down_stand_upright(y: float, x0: float, x1: float, box: tuple[float, ...]) -> None:
    found = box_of(word(x0, x1, y, turned=True), 792)
    assert (found.x0, found.y0, found.x1, found.y1) == pytest.approx(box)
