"""Readings that a question names; the titles are invented."""

import pytest

from rag.named import NamedReadings, points_at_one, unnamed_work, without

TITLES = {
    "2401.00001": "GnuNet: Fast Grazing in Dry Grass",
    "2401.00002": "Grazing GNUs Faster with HerdLM-2",
    "2401.00003": "A Survey of Owls and Their Hearing",
    "2401.00004": "Honey Is Not Enough: Bees under Scaling Laws",
    "2401.00005": "Grass-Augmented Milking for Zero-Shot Cows and LLMs",
}
OPENINGS = {
    "2401.00003": "A Survey of Owls and Their Hearing. Ada Strix, Bob Bubo. We review OwlEar, a device (OwE), and compare it with WoodMic.",
    "2401.00004": "Honey Is Not Enough. Cleo Apis. We call the net SweetGPT-2 and introduce the Hive. WoodMic (Strix) is not used.",
}


def _openings(word: str) -> dict[str, str]:
    return {reading: text for reading, text in OPENINGS.items() if word.lower() in text.lower()}


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
        ("what is new in the sweetgpt-2 paper", {"2401.00004"}),
        ("who funds the sweetgpt-2 authors?", {"2401.00004"}),
        ("is sweetgpt2 good, and owe?", {"2401.00003", "2401.00004"}),  # names with capitals inside, however they are written
        ("what is Self-OwE?", set()),
        ("is the hive paper long?", {"2401.00004"}),  # a name with a capital counts before "paper"
        ("is the hive long?", set()),
        ("what did strix et al 2023 measure?", {"2401.00003"}),
        ("is 'under scaling laws' any good?", {"2401.00004"}),
        ("grass augmented milking for zero-shot cows n llms", {"2401.00005"}),
        ("what does the paper on fast grazing in grass say?", {"2401.00001"}),
        ("summarise the paper about honey under scaling", {"2401.00004"}),
        ("what is bees under scaling laws about?", {"2401.00004"}),  # behind its colon
        ("is the grazing paper good?", set()),  # two titles
        ("what does the moon paper say?", set()),
        ("how do Bubo and colleagues hear?", {"2401.00003"}),
    ],
)
def test_what_is_named(question: str, named: set[str]) -> None:
    assert NamedReadings(TITLES, lambda reading: OPENINGS.get(reading, ""), _openings).find(question) == named


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


def test_a_paper_is_none_of_the_course_s_own_handouts() -> None:
    titles = {
        "a": "Judging Gnus as Grazers",
        "b": "Gnus, a handout",
        "c": "A Survey of Large Gnu Herds",
        "d": "A Survey of Large Gnu Herds in Rain",
    }
    named = NamedReadings(titles, lambda _: "", _openings, frozenset("b"))
    assert named.find("what does the gnus as grazers paper find?") == {"a"}
    assert named.find("what does the gnus handout say?") == {"b"}
    assert named.find("the LGH survey in short") == {"c"}  # all of its title, in initials
    assert named.find("what does the big survey on large gnu herds cover?") == {"c"}  # all of its title is said
    assert named.find("the survey of large gnu herds in rain") == {"d"}


def test_of_those_who_have_an_author_the_first_author_s_is_meant() -> None:
    pages = {"a": "Grazing. Ada Strix, Cleo Gnu", "b": "Milking. Cleo Gnu, Bob Bubo. We follow Bubo et al. and Strix (2023)."}
    named = NamedReadings({"a": "Grazing", "b": "Milking"}, lambda reading: pages[reading], _openings)
    assert named.find("What did Gnu et al. find?") == {"b"}
    assert named.find("What did Bubo et al. find?") == {"b"}
    assert named.find("What did Strix et al. find?") == {"a"}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is the GnuNet paper about?", "GnuNet"),
        ("is Honey is not enough: bees under scaling laws long?", "Honey is not enough: bees under scaling laws"),
        ("Strix et al. in short", "Strix et al."),
        ("what is new in the sweetgpt-2 paper?", "sweetgpt-2"),
    ],
)
def test_where_it_is_named(question: str, name: str) -> None:
    named = NamedReadings(TITLES, lambda reading: OPENINGS.get(reading, ""), _openings)
    assert without(question, named.mentions(question)) == question.replace(name, " " * len(name))


@pytest.mark.parametrize(
    ("question", "work"),
    [
        ("summarise the Mamba paper", "Mamba"),
        ("who wrote that second tree of gnus article?", None),  # "tree" is no paper
        ("what limits does the chain-of-thought prompting paper have", "chain-of-thought prompting"),
        ("how do they get it to summarise articles?", None),
        ("what does the paper say?", None),
        ("how well do the summaries do on arxiv papers", None),
        ("what is the gist of the original paper", None),
    ],
)
def test_a_work_that_is_none_of_them(question: str, work: str | None) -> None:
    assert unnamed_work(question) == work


def test_words_that_name_a_reading_in_two_ways_are_one_mention() -> None:
    assert len(NamedReadings(TITLES, lambda _: "", _openings).mentions("is the GnuNet paper long?")) == 1
