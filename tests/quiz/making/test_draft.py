"""Drafts over the repository's own handouts: items pass every check, quotes stand in the files, the same seed gives the same."""

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.discord.quiz.library_drafting import LibraryDrafting
from common.errors import UsageError
from common.settings_bot import Quiz
from quiz.items import GAP, Item, Kind
from quiz.making.checks import CHECKS, asks_the_same, gives_away
from quiz.making.draft import Draft
from quiz.making.drafting import Drafter, Progress, chosen_readings
from quiz.making.language import Parsed, Parser
from quiz.making.reading import lists_of
from rag.claims import run_together
from rag.compose import Parts
from tests.quiz.making.conftest import Reading

SEEDS = (1, 2)


@pytest.fixture(scope="session")
def drafter(parts: Parts) -> Drafter:
    return Drafter(Quiz(), parts.assistant.library)


@pytest.fixture(scope="session")
def drafts(drafter: Drafter) -> dict[tuple[int, int], Draft]:
    """By week and seed."""
    return {(week, seed): drafter.draft(12, week=week, seed=seed) for week in (2, 9, 12) for seed in SEEDS}


def test_every_item_passes_every_check(drafter: Drafter, drafts: dict[tuple[int, int], Draft]) -> None:
    """The checks are run again on what was drafted, on a reading that is read again."""
    count = 0
    for draft in drafts.values():
        for candidate in draft.candidates:
            assert candidate.item.evidence is not None
            reading = candidate.item.evidence.reading
            material = drafter.material(reading)
            assert [check.__name__ for check in CHECKS if check(candidate, material)] == []
            count += 1
    assert count > 20


def test_quotes_stand_verbatim_in_the_files(parts: Parts, drafts: dict[tuple[int, int], Draft]) -> None:
    view = asyncio.run(parts.assistant.library.run(lambda view: view))
    for draft in drafts.values():
        for item in draft.items:
            assert item.evidence is not None
            text = re.sub(r"\s+", " ", Path(view.retriever.snapshot.readings[item.evidence.reading].path).read_text("utf-8"))
            assert re.sub(r"\s+", " ", item.evidence.quote) in text


def test_no_two_items_of_a_draft_ask_the_same(drafts: dict[tuple[int, int], Draft]) -> None:
    for draft in drafts.values():
        chosen = draft.candidates
        pairs = [(a, b) for n, a in enumerate(chosen) for b in chosen[n + 1 :]]
        assert not any(asks_the_same(a.item, b.item, (a.statement.text, b.statement.text)) for a, b in pairs)
        assert not any(gives_away(a, b) or gives_away(b, a) for a, b in pairs)


def test_kinds_are_mixed_and_spread(drafts: dict[tuple[int, int], Draft]) -> None:
    items = [item for draft in drafts.values() for item in draft.items]
    assert {item.kind for item in items} >= {Kind.SHORT, Kind.TRUE_FALSE, Kind.CLOZE}  # numbers, the choices of papers, are not asked here
    assert {item.key for item in items if item.kind is Kind.TRUE_FALSE} == {True, False}
    sections = Counter((item.evidence.reading, item.evidence.section) for item in items if item.evidence)
    assert len(sections) >= 6
    assert all(GAP in item.stem for item in items if item.kind is Kind.CLOZE)


def test_whoever_always_says_true_does_not_win(drafts: dict[tuple[int, int], Draft]) -> None:
    for draft in drafts.values():
        keys = Counter(item.key for item in draft.items if item.kind is Kind.TRUE_FALSE)
        assert keys[True] <= 3 + keys[False]


def test_gaps_are_few(drafts: dict[tuple[int, int], Draft]) -> None:
    for draft in drafts.values():
        assert sum(item.kind is Kind.CLOZE for item in draft.items) <= max(1, round(0.1 * draft.wanted))


def test_names_of_one_kind_are_known_from_lists_of_other_readings(drafter: Drafter, parts: Parts) -> None:
    readings = parts.assistant.library.call(lambda view: list(view.retriever.snapshot.readings.values()))
    reading = min(row.reading for row in readings if row.kind != "syllabus")
    mine = drafter.material(reading)
    own = {name for names in lists_of(mine.sentences) for name in names}
    assert mine.kin.beside.keys() - {run_together(name) for name in own}
    assert len(drafter._told) == len([row for row in readings if row.kind != "syllabus"])
    before = dict(drafter._told)
    drafter.material(reading)
    assert drafter._told == before  # each reading is searched once


def test_a_short_draft_says_why(drafts: dict[tuple[int, int], Draft]) -> None:
    for draft in drafts.values():
        assert (len(draft.items) == draft.wanted) == (draft.shortfall == "")
        if draft.shortfall:
            assert f"{len(draft.items)} of 12 items" in draft.shortfall
        assert all(dropped.reason and dropped.what for dropped in draft.dropped)


def test_the_same_seed_gives_the_same_draft_and_another_another(drafter: Drafter, drafts: dict[tuple[int, int], Draft]) -> None:
    again = drafter.draft(12, week=2, seed=1)
    assert again.items == drafts[2, 1].items
    assert drafts[2, 2].items != drafts[2, 1].items
    assert [Item.from_json(item.as_json()) for item in again.items] == list(again.items)


def test_progress_is_told(drafter: Drafter) -> None:
    read: list[str] = []
    made: list[int] = []
    watch = Progress(reads=lambda title, _n, _of: read.append(title), makes=lambda n, _of: made.append(n))
    drafter.draft(3, reading="2106.09685", seed=1, progress=watch)
    assert read
    assert made == [1, 2, 3]


@pytest.mark.parametrize(("wanted", "week", "reading"), [(0, 2, None), (1000, 2, None), (5, 99, None), (5, None, "9999.99999")])
def test_what_cannot_be_drafted_is_one_line(drafter: Drafter, wanted: int, week: int | None, reading: str | None) -> None:
    with pytest.raises(UsageError):
        drafter.draft(wanted, week=week, reading=reading)


def test_weeks_that_have_readings_are_named(parts: Parts) -> None:
    rows = asyncio.run(parts.assistant.library.run(lambda view: list(view.retriever.snapshot.readings.values())))
    with pytest.raises(UsageError, match=r"week 99 has no indexed readings.*2"):
        chosen_readings(rows, 99, None)


def test_a_reading_with_too_little_text_gives_no_items_and_says_so(reading: Reading) -> None:
    from quiz.making.draft import draft

    material, dropped = reading("It is so.", "The method works well.")
    made = draft([material], 5, 1, dropped)
    assert made.items == ()
    assert "0 of 5 items" in made.shortfall
    assert len(made.dropped) == 2


async def test_the_bot_drafts_over_the_library_and_avoids_what_was_there(drafter: Drafter) -> None:
    drafting = LibraryDrafting(drafter)
    told: list[tuple[str, int, int]] = []
    first = await drafting.draft(2, None, 3, frozenset(), lambda *what: told.append(what))
    again = await drafting.draft(2, None, 3, frozenset(item.id for item in first.items), lambda *_what: None)
    assert len(first.items) == len(again.items) == 3
    assert not {item.id for item in first.items} & {item.id for item in again.items}
    assert told[-1][1:] == (3, 3)


async def test_questions_are_answered_while_a_draft_is_made(parts: Parts, drafter: Drafter, monkeypatch: pytest.MonkeyPatch) -> None:
    parsing, answered = threading.Event(), threading.Event()
    parse = Parser.parse

    def held(self: Parser, texts: Sequence[str]) -> Iterator[Parsed]:
        parsing.set()
        assert answered.wait(60)
        return parse(self, texts)

    monkeypatch.setattr(Parser, "parse", held)
    drafting = asyncio.create_task(LibraryDrafting(drafter).draft(2, None, 3, frozenset(), lambda *_what: None))
    await asyncio.to_thread(parsing.wait, 60)
    assert await parts.assistant.library.search("What is LoRA?")
    answered.set()
    assert len((await drafting).items) == 3
