"""Which sentences of a reading say what is asked of it as a whole; the readings are invented."""

import pytest

from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag.whole.forms import Form, Part
from rag.whole.parts import abstract, evidence_of
from tests.bot.plan.test_readings import row

OWLS: Reading = row("2401.00001", "OwlNet: Hearing Mice under Snow")


def _text(*sentences: tuple[str, str]) -> list[Sentence]:
    return [Sentence("2401.00001", n, text, 1, section, Kind.PROSE, True) for n, (section, text) in enumerate(sentences)]


def _told(part: Part, text: list[Sentence], heading: str = "") -> list[str]:
    return [e.sentence.text for e in evidence_of(Form(part, heading), OWLS, text)]


PAPER = _text(
    ("", "OwlNet: Hearing Mice under Snow"),
    ("", "Permission to copy is given by the publisher alone."),
    ("", "Ada Strix∗ Bob B. Bubo†"),
    ("", "∗University of Snow"),
    ("Abstract", "Owls hunt at night in all seasons of the year."),
    ("Abstract", "We propose OwlNet, which hears mice under snow."),
    ("Abstract", " ".join(["Feathers"] * 75) + "."),
    ("Abstract", "OwlNet outperforms all other owls by 12%."),
    ("1 Introduction", "Snow is deep in the woods of the north."),
    ("1 Introduction", "Our contributions are two devices:"),
    ("1 Introduction", "An ear that turns to the mouse."),
    ("3 Method > 3.1 Ears", "An ear is a disk of feathers."),
    ("3 Method > 3.1 Ears", "It turns by itself towards a mouse."),
    ("3 Method > 3.2 Wings", "A wing is silent when it beats."),
    ("7 Conclusion", "We have shown that owls hear mice well."),
    ("7 Conclusion", "We plan to teach bats the same in spring."),
    ("Appendix B Limitations of snow", "Snow melts in spring and is not there."),
    ("8 Limitations", "OwlNet was not tested on bats in caves."),
)


@pytest.mark.parametrize(
    ("part", "positions"),
    [
        (Part.ABSTRACT, [5, 7]),  # from where it says what it proposes; the third would be too much
        (Part.CONTRIBUTIONS, [9, 10]),
        (Part.RESULTS, [4, 5, 7]),
        (Part.METHOD, [5, 7]),
        (Part.TRAINING, []),
        (Part.EVALUATION, []),
        (Part.CONCLUSION, [14, 15]),
        (Part.LIMITATIONS, [17]),
        (Part.FUTURE, [15]),
        (Part.AUTHORS, [2, 3]),
        (Part.AFFILIATIONS, [2, 3]),
        (Part.PUBLISHED, []),
        (Part.DATED, []),
        (Part.RECEPTION, []),
    ],
)
def test_parts(part: Part, positions: list[int]) -> None:
    assert [e.sentence.position for e in evidence_of(Form(part), OWLS, PAPER)] == positions


@pytest.mark.parametrize(
    ("heading", "positions"),
    [("3", [11, 12, 13]), ("3.1", [11, 12]), ("ears", [11, 12]), ("introduction", [8, 9, 10]), ("b", [16]), ("4", []), ("beaks", [])],
)
def test_a_section_by_its_number_or_by_words_of_its_heading(heading: str, positions: list[int]) -> None:
    assert [e.sentence.position for e in evidence_of(Form(Part.SECTION, heading), OWLS, PAPER)] == positions


def test_what_does_not_fit_is_left_out_those_first_that_tell() -> None:
    text = _text(
        ("Abstract", "Snow is " + "very " * 40 + "deep."), ("Abstract", "Mice are " + "very " * 40 + "small."),
        ("Abstract", "OwlNet outperforms all other owls."), ("Abstract", "We propose OwlNet, an owl."),
    )  # fmt: skip
    assert [e.sentence.position for e in evidence_of(Form(Part.RESULTS), OWLS, text)] == [0, 2, 3]
    assert [e.sentence.position for e in evidence_of(Form(Part.RESULTS), OWLS, text, room=10)] == [2, 3]


def test_without_a_section_on_them_only_limits_of_its_own_are_told() -> None:
    text = _text(
        ("2 Owls", "Other devices have their limitations in the snow."),
        ("2 Owls", "OwlNet also has its limitations."),
        ("2 Owls", "For example, it hears no bats."),
        ("5 Discussion > 5.1 Bats", "We found that bats are silent to it."),
    )
    assert _told(Part.LIMITATIONS, text) == ["OwlNet also has its limitations.", "For example, it hears no bats."]
    assert _told(Part.CONCLUSION, text) == ["We found that bats are silent to it."]


def test_a_text_without_an_abstract_is_told_by_how_its_sections_begin() -> None:
    text = _text(
        ("", "About: owls."), ("The owl", "Owls hunt at night."), ("The owl", "They rest by day."), ("The mouse", "Mice live under snow.")
    )
    assert _told(Part.ABSTRACT, text) == ["Owls hunt at night.", "Mice live under snow."]
    assert _told(Part.LIMITATIONS, text) == []
    assert abstract([]) == ([], False)


def test_the_first_page_tells_where_and_when_it_was_published() -> None:
    text = [*PAPER, *_text(("1 Introduction", "14th Conference on Owls (CO 2024), Uppsala."), ("1 Introduction", "In May we saw an owl."))]
    assert _told(Part.PUBLISHED, text) == _told(Part.DATED, text) == ["14th Conference on Owls (CO 2024), Uppsala."]
    dated = [*text, *_text(("", "November 9, 2023"))]
    assert _told(Part.DATED, dated) == ["November 9, 2023"]


def test_the_imprint_tells_it_first() -> None:
    stamp, venue = (
        Sentence("2401.00001", 90 + n, text, 1, "", Kind.IMPRINT, True)
        for n, text in enumerate(("arXiv:2401.00001v2 [cs.CL] 3 Jan 2024", "Published as a conference paper at CO 2024"))
    )
    text = [*PAPER, *_text(("1 Introduction", "The 13th Conference on Owls met on 2 May 2023."))]
    assert _told(Part.PUBLISHED, [*text, stamp, venue]) == [venue.text]
    assert _told(Part.DATED, [*text, stamp, venue]) == [stamp.text, venue.text]
    assert _told(Part.DATED, [*text, stamp]) == [stamp.text]
    assert _told(Part.PUBLISHED, [*PAPER, stamp]) == []  # no conference
    assert _told(Part.AUTHORS, [*PAPER, stamp, venue]) == _told(Part.AUTHORS, PAPER)


def test_training_and_evaluation_are_told_from_where_they_stand() -> None:
    text = _text(
        ("Abstract", "We train OwlNet on mice."), ("2 Training", "Snow is white there."), ("2 Training", "It was trained with Adam."),
        ("3 Experiments", "Bats are mute animals."), ("3 Experiments", "We evaluate OwlNet on ten mice."),
        ("4 End", "The owls were tuned by hand."),
    )  # fmt: skip
    assert [e.sentence.position for e in evidence_of(Form(Part.TRAINING), OWLS, text)] == [0, 2, 5]
    assert [e.sentence.position for e in evidence_of(Form(Part.TRAINING), OWLS, text, room=10)] == [0, 2]
    assert [e.sentence.position for e in evidence_of(Form(Part.EVALUATION), OWLS, text, room=6)] == [4]


def test_what_is_proposed_begins_a_clause() -> None:
    text = _text(("Abstract", "Owls changed the way how we develop ears."), ("Abstract", "In this survey, we review owls."))
    assert _told(Part.ABSTRACT, text) == ["In this survey, we review owls."]


def test_without_its_own_limits_risks_that_it_discusses_are_told() -> None:
    text = _text(
        ("2 Snow", "Snow is a risk to owls."), ("6 Broader Impact", "OwlNet may harm mice."), ("6 Broader Impact", "Mice are small.")
    )
    assert _told(Part.LIMITATIONS, text) == ["OwlNet may harm mice."]
