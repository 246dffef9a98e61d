"""`lector feedback`."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.discord.store import AnswerStore
from bot.feedback.votes import Reason, VoteStore
from common.configuration import load_settings
from common.database import open_database
from rag.answers import Answer, Line, Status, Timings
from tests.conftest import ROOT, Ran


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one refusal and one answer that is only near, neither of which somebody liked."""
    settings = load_settings(ROOT / "config.yaml", data_dir=tmp_path / "data")
    engine, key = open_database(settings.storage), settings.course.key
    refusal = Answer(Status.REFUSED, (Line("No.", ()),), (), "Who won [bold]?", "Who won?", Timings(0, 0, 0))
    near = Answer(Status.QUOTED, (Line("Owls.", (), sure=False),), (), "Who lost?", "Who lost?", Timings(0, 0, 0), chance=0.4)

    async def fill() -> None:
        kept = await AnswerStore(engine, key).save(refusal)
        await VoteStore(engine, key).explain(kept, 1, Reason.MISSING, "I need\nthis.")
        kept = await AnswerStore(engine, key).save(near)
        await VoteStore(engine, key).explain(kept, 1, Reason.WRONG, "")

    asyncio.run(fill())
    return tmp_path / "data"


def test_the_instructor_reads_counts_reasons_and_the_worst_questions(lector: Callable[..., Ran], data: Path) -> None:
    shown = lector("--data-dir", data, "feedback")
    assert shown.out.splitlines() == [
        "2 answers (1 refused, 1 quoted); 1 of them shown as only the nearest found",
        "0 👍, 2 👎 (1 missing, 1 wrong)",
        "0 sent to a person, 0 of them answered",
        "",
        "1 👎 0 👍 Who lost? (quoted, only near; 1 wrong)",
        "",
        "1 👎 0 👍 Who won [bold]? (refused; 1 missing)",
        "    “I need this.”",
    ]
    report = json.loads(lector("--data-dir", data, "feedback", "--json").out)
    assert report["near"] == 1
    assert [(rated["near"], rated["notes"]) for rated in report["worst"]] == [(True, []), (False, ["I need\nthis."])]
    assert json.loads(lector("--data-dir", data, "feedback", "--json", "--since", "2999-01-01").out)["answers"] == 0


def test_the_rates_are_drawn(lector: Callable[..., Ran], data: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert lector("--data-dir", data, "feedback", "--plot", tmp_path / "rates.png").code == 0
    assert (tmp_path / "rates.png").read_bytes().startswith(b"\x89PNG")
    nothing = lector("--data-dir", data, "feedback", "--since", "2999-01-01", "--plot", tmp_path / "none.png")
    assert (nothing.code, nothing.err) == (2, "lector: nothing was asked in this time: there is nothing to draw\n")
    wrong = lector("--data-dir", data, "feedback", "--plot", tmp_path / "rates.docx")
    assert (wrong.code, "name a .png" in wrong.err) == (2, True)
