"""Readings that a question names; the titles are invented."""

import pytest

from rag.named import NamedReadings

TITLES = {
    "2401.00001": "GnuNet: Fast Grazing in Dry Grass",
    "2401.00002": "Grazing GNUs Faster with HerdLM-2",
    "2401.00003": "A Survey of Owls and Their Hearing",
    "2401.00004": "Honey Is Not Enough: Bees under Scaling Laws",
}
FIRST_PAGES = {"2401.00003": "A Survey of Owls and Their Hearing. Ada Strix, Bob Bubo", "2401.00004": "Honey Is Not Enough. Cleo Apis"}


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
    ],
)
def test_what_is_named(question: str, named: set[str]) -> None:
    assert NamedReadings(TITLES, lambda reading: FIRST_PAGES.get(reading, "")).find(question) == named


def test_a_name_of_two_titles_names_neither() -> None:
    titles = {"a": "GnuNet: Grazing", "b": "Better Fodder for GnuNet"}
    assert NamedReadings(titles, lambda _: "").find("How fast is GnuNet?") == frozenset()
