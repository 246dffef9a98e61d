"""The readings and their changes as staff read them, in both languages."""

from datetime import UTC, datetime

import pytest

from bot.corpus_job import Preview, Step
from bot.discord.render import MESSAGE_LIMIT
from bot.discord.render_corpus import render_history, render_outcome, render_preview, render_readings, render_step
from ingest.arxiv.metadata import PaperInfo
from ingest.changes import Outcome
from ingest.edits import Edit
from ingest.sync import Report
from tests.bot.plan.test_readings import ATTENTION, LORA, row

DAY = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
EDIT = Edit(3, DAY, "ann#1", "add", "1706.03762", (1, 2), {})


def info(latest: str, *, withdrawn: bool = False) -> PaperInfo:
    return PaperInfo("1706.03762", "Attention", (), "", latest, DAY, DAY, None, withdrawn)


def report(**values) -> Report:
    return Report(**{"added": ["1706.03762"], "weeks": [1, 2], "pages": 1500, "chunks": 41, "seconds": 12.4} | values)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "**Adding \\*a\\***\n▰▰▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱ 1500 of 3000 pages, 30.0 pages/s, about 50 s left\nAttention"),
        ("zh-CN", "**Adding \\*a\\***\n▰▰▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱ 共 3000 页，已完成 1500 页，每秒 30.0 页，约剩 50 秒\nAttention"),
    ],
)
def test_progress_shows_rate_and_time_left(language: str, says: str) -> None:
    assert render_step("Adding *a*", Step(1500, 3000, "Attention"), 50, language) == says
    assert render_step("Adding *a*", Step(0, None, ""), 0, language).count("\n") == 1


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            "**Adding**: done (edit 3)\nno title is known\nadded: 1706.03762\nweeks touched: 1, 2\n"
            "not indexed twice: a.pdf says what b.pdf says\n⚠ c.pdf: it is encrypted\n1500 pages, 41 passages, 12 s",
        ),
        (
            "zh-TW",
            "**Adding**：完成（第 3 次更改）\nno title is known\n已添加：1706.03762\n周次：1、2\n"
            "没有重复收录：a.pdf 与 b.pdf 内容相同\n⚠ c.pdf: it is encrypted\n1500 页，41 个段落，12 秒",
        ),
    ],
)
def test_an_outcome_names_readings_weeks_and_failures(language: str, says: str) -> None:
    done = report(duplicates=[{"source": "a.pdf", "same_as": "b.pdf"}], failed=[{"source": "c.pdf", "reason": "it is encrypted"}])
    assert render_outcome("Adding", Outcome(EDIT, done, ("no title is known",)), language) == says


def test_a_sync_without_changes_says_so_and_a_large_one_is_cut() -> None:
    assert render_outcome("Syncing", Report(), "en") == "**Syncing**: done\nNothing has changed in the index."
    failed = [{"source": f"{n}.pdf", "reason": f"{'x' * 300} {n}"} for n in range(30)]
    many = render_outcome("Syncing", report(added=[str(n) for n in range(30)], failed=failed), "en")
    assert "added: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 20 more" in many
    assert len(many) <= MESSAGE_LIMIT


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            "**b.md** has a plan of 3 entries. In the place of the present syllabus it would change:\nweek 3: Owls\n1 line found no place",
        ),
        ("zh", "**b.md** 的安排有 3 项。用它替换现在的教学大纲会改变：\nweek 3: Owls\n有 1 行在安排中找不到位置，例如：???"),
    ],
)
def test_a_preview_of_a_syllabus(language: str, says: str) -> None:
    assert render_preview("b.md", Preview(("week 3: Owls",), 3, ("???",)), language).startswith(says)
    many = render_preview("b.md", Preview(tuple(f"week {n}" for n in range(20)), 20, ()), "en")
    assert many.endswith("week 11\nand 8 more")
    assert "nothing that Lector knows of" in render_preview("b.md", Preview((), 3, ()), "en")


def test_readings_with_their_weeks_versions_and_sizes() -> None:
    rows = [ATTENTION, row(LORA.reading, LORA.title, kind="handout", pages=0, chunks=7)]
    assert render_readings(rows, {"1706.03762": info("v9", withdrawn=True)}, 0, "en").splitlines() == [
        "**Readings**, page 1 of 1",
        "**Attention Is All You Need** · `1706.03762` · week 1 · required · v7, newest: v9, withdrawn · 15 pages",
        "**LoRA: Low-Rank Adaptation: handout** · `lora-handout` · handout · 7 passages",
    ]
    assert "第 1 周 · 必读 · v7、最新：v9 · 15 页" in render_readings(rows, {"1706.03762": info("v9")}, 0, "zh")
    assert "· v7 ·" in render_readings(rows, {"1706.03762": info("v7")}, 0, "en")
    assert render_readings([], {}, 0, "zh") == "还没有收录任何材料：`/corpus sync`。"


def test_the_history_begins_with_the_newest() -> None:
    later = Edit(4, DAY, "ben", "remove", "x" * 300, (), {})
    first, second, third = render_history([EDIT, later], 0, "en").splitlines()
    assert first == "**Changes of the readings**, page 1 of 1"
    assert second.startswith("`4` <t:1709285400:f> ben: remove x")
    assert third == "`3` <t:1709285400:f> ann#1: add 1706.03762 · weeks 1, 2"
    assert render_history([], 0, "en") == "No change of the readings has been noted yet."
