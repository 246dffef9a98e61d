"""Readings that a question names; the titles are invented."""

import pytest

from rag.named import NamedReadings, points_at_one

TITLES = {
    "2401.00001": "GnuNet: Fast Grazing in Dry Grass",
    "2401.00002": "Grazing GNUs Faster with HerdLM-2",
    "2401.00003": "A Survey of Owls and Their Hearing",
    "2401.00004": "Honey Is Not Enough: Bees under Scaling Laws",
    "2401.00005": "Grass-Augmented Milking for Zero-Shot Cows and LLMs",
}
FIRST_PAGES = {"2401.00003": "A Survey of Owls and Their Hearing. Ada Strix, Bob Bubo", "2401.00004": "Honey Is Not Enough. Cleo Apis"}


OPENINGS = {
    "2401.00003": "A Survey of Owls. We review OwlEar, a device (OE), and compare it with WoodMic.",
    "2401.00004": "Honey Is Not Enough. We call the resulting hive SweetGPT-2. WoodMic (Strix) is not used.",
}


def _openings(word: str) -> dict[str, str]:
    return {reading: text for reading, text in OPENINGS.items() if word in text}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How fast is GnuNet on wet grass?", {"2401.00001"}),
        ("does gnunet need water", {"2401.00001"}),
        ("Is HerdLM-2 faster than GnuNet?", {"2401.00001", "2401.00002"}),
        ("What does the owl hearing survey say about mice?", {"2401.00003"}),
        ("What do the authors of the paper say?", set()),
        ("In 2401.00004v2, how much honey is made?", {"2401.00004"}),
        ("What did Strix et al. measure?", {"2401.00003"}),
        ("How do the owls of Strix hear?", set()),
        ("How much honey do bees make?", set()),
        ("is honey is not enough on bees?", {"2401.00004"}),
        ("tell me of Survey of owls and their hearing", {"2401.00003"}),
        ("what does GAM feed?", {"2401.00005"}),
        ("is it tested zero-shot?", set()),
        ("are LLMs tested?", set()),
        ("how large is SweetGPT-2?", {"2401.00004"}),  # by its opening
        ("is WoodMic any good?", set()),  # named there, not given as a name
    ],
)
def test_what_is_named(question: str, named: set[str]) -> None:
    assert NamedReadings(TITLES, lambda reading: FIRST_PAGES.get(reading, ""), _openings).find(question) == named


def test_a_name_of_two_titles_names_neither() -> None:
    titles = {"a": "GnuNet: Grazing", "b": "Better Fodder for GnuNet"}
    assert NamedReadings(titles, lambda _: "", _openings).find("How fast is GnuNet?") == frozenset()


@pytest.mark.parametrize(
    "question",
    [
        "Why did the authors stop early?",
        "what results do the authors report?",
        "What does this paper conclude?",
        "is the proposed grazing network fast?",
        "With this technique, can gnus fly?",
        "Is this sentence true?",
        "what is shown in this figure?",
    ],
)
def test_a_question_that_depends_on_which_reading_is_meant(question: str) -> None:
    assert points_at_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "which author came up with grazing?",
        "how many authors are there",
        "who are the authors of GnuNet?",
        "what does the paper on owls say?",
        "do all of these models graze?",
        "is there a new method for grazing?",
        "In the GrazeBetter paper, why did the authors stop?",
        "why do the GNU authors use grass?",
        "what do the authors of week 3 conclude?",
        "In week 3's paper, what do the authors conclude?",
        "when is the paper due?",
        "how long should the paper be?",
        "do I list co-authors on the project?",
        "can I use this technique in my project?",
        "how do herds watch their model?",
    ],
)
def test_a_question_that_does_not(question: str) -> None:
    assert not points_at_one(question)
