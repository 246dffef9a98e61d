from pathlib import Path

import pytest

from bot.plan.readings import Abstract, abstract_of, find_reading, reading_card, reading_choices, readings_card, week_readings
from common.errors import UsageError
from common.settings import Chunking
from ingest.catalog import Reading
from ingest.chunking import chunk
from ingest.documents import Kind, Sentence
from ingest.readers import read
from tests.bot.plan.conftest import OWN


def row(reading: str, title: str, **values) -> Reading:
    return Reading(**{"reading": reading, "title": title, "kind": "paper", "week": None, "required": False, "about": None, "version": None,
                      "url": None, "pages": 15} | values)  # fmt: skip


ATTENTION = row("1706.03762", "Attention Is All You Need", week=1, required=True, version="v7", url="https://arxiv.org/abs/1706.03762")
LORA = row("lora-handout", "LoRA: Low-Rank Adaptation: handout", kind="handout", about="2106.09685", week=2, pages=0)
QLORA = row("2305.14314", "QLoRA: Efficient Finetuning of Quantized LLMs", week=2, url="https://arxiv.org/abs/2305.14314")
ESSAY = row("essay", "An Essay on Reading")
PLAN = row("syllabus", "Syllabus", kind="syllabus")
ALL = [ATTENTION, LORA, QLORA, ESSAY, PLAN]


def sentence(text: str, section: str = "Abstract", page: int | None = 1, **values) -> Sentence:
    return Sentence("r", 0, text, page, section, Kind.PROSE, False, **values)


def test_the_abstract_s_sentences_are_the_paper_s_own_words_with_their_page(shared: Path) -> None:
    path = shared / "papers" / "1706.03762.pdf"
    if not path.is_file():
        pytest.skip("needs the shared paper")
    document = read(path)
    found = abstract_of(chunk("1706.03762", document.blocks, Chunking())[0][:80])
    assert found is not None
    assert found.pages == "1"
    assert found.sentences[0].startswith("The dominant sequence transduction models")
    page = " ".join(document.page_texts[0].split())
    assert all(" ".join(s.split()) in page for s in found.sentences)


def test_an_abstract_is_cut_between_sentences_and_where_there_is_none_the_opening_is_shown() -> None:
    long = [sentence("x" * 500, page=1), sentence("y" * 500, page=2, last_page=3), sentence("z")]
    assert abstract_of(long) == Abstract(("x" * 500,), "1", False)
    assert abstract_of([sentence("One.", page=1), sentence("Two.", page=1, last_page=2)]) == Abstract(("One.", "Two."), "1-2", True)
    assert abstract_of([sentence("One.", page=None)]) == Abstract(("One.",), None, True)
    opening = [sentence("Intro.", page=1, section="1 Introduction"), sentence("Abstraction.", page=1, section="Abstractions")]
    assert abstract_of(opening) == Abstract(("Intro.",), "1", True, called_so=False)
    assert abstract_of([sentence("A title without end", page=1, section="")]) is None
    assert abstract_of([]) is None


def test_a_card_has_authors_week_abstract_and_link(table) -> None:
    card = reading_card(ATTENTION, ["Ashish Vaswani", "Noam *Shazeer*"], Abstract(("We propose.",), "1", False), table(OWN), "en")
    assert card.title == "Attention Is All You Need"
    assert card.lines[0] == r"Ashish Vaswani, Noam \*Shazeer\*"
    assert card.lines[1] == "Week 1: no class · required · 15 pages · v7"
    assert card.lines[3:5] == ("> We propose. …", "— from its abstract, p. 1")
    assert card.lines[-1] == "[https://arxiv.org/pdf/1706.03762v7](<https://arxiv.org/pdf/1706.03762v7>)"
    handout = reading_card(LORA, [], Abstract(("It adapts.",), None, True, called_so=False), table(OWN), "en")
    assert handout.lines[2:4] == ("> It adapts.", "— how it begins")
    assert card.footer == "Ask about it: /ask … reading:1706.03762"


def test_a_card_without_anything_says_what_it_lacks() -> None:
    card = reading_card(ESSAY, [], None, None, "zh")
    assert card.lines == ("延伸阅读 · 15 页", "", "文件中没有找到摘要。")
    handout = reading_card(LORA, [], None, None, "en")
    assert "the course's handout" in handout.lines[0]
    assert handout.lines[-1] == "[https://arxiv.org/abs/2106.09685](<https://arxiv.org/abs/2106.09685>)"


@pytest.mark.parametrize(
    ("name", "found"),
    [("1706.03762", ATTENTION), ("https://arxiv.org/abs/1706.03762v5", ATTENTION), ("attention need", ATTENTION), ("2106.09685", LORA),
     ("qlora", QLORA), ("An Essay on Reading", ESSAY)],
)  # fmt: skip
def test_a_reading_is_found_by_id_link_or_words(name: str, found: Reading) -> None:
    assert find_reading(ALL, name, "en") is found


def test_what_could_be_several_or_none_is_told() -> None:
    with pytest.raises(UsageError, match=r"Several could be meant: LoRA: .* \(`lora-handout`\); QLoRA"):
        find_reading(ALL, "lor", "en")
    assert find_reading(ALL, "lora", "en") is LORA  # a whole word of one title, a part of another's
    with pytest.raises(UsageError, match="Did you mean Attention"):
        find_reading(ALL, "Atention is al you ned", "en")  # offered, not taken for sure
    assert find_reading(ALL, ' "Attention Is All You Need" ', "en") is ATTENTION
    for name in ("sourdough", "syllabus", " "):
        with pytest.raises(UsageError, match="No reading is called"):
            find_reading(ALL, name, "en")


def test_a_week_s_readings_are_the_plan_s_and_the_index_s_each_once(table) -> None:
    card = readings_card(table(OWN), ALL, 1)
    assert card.lines == (
        "**Week 1**",
        "• [Attention Is All You Need](<https://arxiv.org/pdf/1706.03762v7>) · required · `1706.03762`",
        '• [GPT-3.5 (InstructGPT), "Training language models to follow instructions with human feedback"](<https://arxiv.org/abs/2203.02155>)',
    )
    every = readings_card(table(OWN), ALL, None).body
    for text in ("**Week 2**", "QLoRA", "A Survey of Large Language Models", "Qingming", "**For no particular week**", "An Essay"):
        assert text in every
    assert "Syllabus" not in every


def test_weeks_without_readings_and_weeks_that_are_not_there_differ(table) -> None:
    with pytest.raises(UsageError, match="names no reading for week 4"):
        readings_card(table(OWN), ALL, 4)
    with pytest.raises(UsageError, match="There is no week 33"):
        readings_card(table(OWN), ALL, 33)
    assert readings_card(table("# Nothing\n\nSoon."), [], None).lines == ("The course has no readings yet.",)


def test_readings_are_offered_by_title_in_the_order_of_weeks() -> None:
    assert [id_ for _, id_ in reading_choices(ALL, "")] == ["1706.03762", "lora-handout", "2305.14314", "essay"]
    assert reading_choices(ALL, "quantized") == [("QLoRA: Efficient Finetuning of Quantized LLMs", "2305.14314")]
    assert len(reading_choices([row("long", "word " * 60)], "")[0][0]) == 100


def test_the_readings_of_a_week_for_its_channel(table) -> None:
    assert week_readings(table(OWN), ALL, 1) == {"1706.03762"}
    survey = row("survey-handout", "A Survey: handout", kind="handout", about="2303.18223")
    assert week_readings(table(OWN), [*ALL, survey], 5) == {"survey-handout"}
    assert week_readings(table(OWN), ALL, 2) == {"lora-handout", "2305.14314"}
    assert week_readings(table(OWN), ALL, 33) == frozenset()
