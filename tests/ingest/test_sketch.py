"""The same text is recognised through corrections, and a text that shares a passage with another is not the same."""

from ingest.sketch import is_same, similarity, sketch


def text(first: int, count: int) -> list[str]:
    return [
        f"Sentence number {n} of this paper says thing {n * 7} about subject {n * 13} in some words." for n in range(first, first + count)
    ]


def test_a_text_is_like_itself_and_unlike_another() -> None:
    one = sketch(text(0, 200))
    assert similarity(one, one) == 1.0
    assert similarity(one, sketch(text(1000, 200))) == 0.0
    assert len(one) == 256


def test_a_corrected_version_is_the_same() -> None:
    paper = text(0, 200)
    corrected = [sentence.replace("says", "states") if n % 10 == 0 else sentence for n, sentence in enumerate(paper)]
    assert is_same(sketch(paper), sketch([*corrected, *text(500, 20)]))


def test_the_estimate_is_near_the_truth() -> None:
    one, other = sketch(text(0, 300)), sketch(text(150, 300))  # a third of all runs stands in both
    assert abs(similarity(one, other) - 1 / 3) < 0.1


def test_a_short_note_that_is_part_of_another_is_not_the_same() -> None:
    assert not is_same(
        sketch(["An owl hears a mouse under 40 centimetres of snow."]),
        sketch(["Bees: 27 kg. An owl hears a mouse under 40 centimetres of snow."]),
    )
    assert is_same(
        sketch(["An owl hears a mouse under 40 centimetres of snow."]), sketch(["an owl hears a mouse under 40 centimetres of snow"])
    )


def test_an_empty_text_is_like_nothing() -> None:
    assert similarity(sketch([]), sketch([])) == 0.0
