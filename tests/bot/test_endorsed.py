"""`lector endorsed`, and how the terminal shows a person's answer."""

import json
from collections.abc import Callable
from pathlib import Path

from bot.cli.output import show_answer
from rag.answers import Answer, Citation, Line, Status, Timings
from tests.conftest import Ran


def test_the_staff_endorses_edits_and_withdraws_in_the_terminal(lector: Callable[..., Ran], tmp_path: Path) -> None:
    def run(*arguments: str) -> Ran:
        return lector("--data-dir", tmp_path / "data", "endorsed", *arguments)

    assert run("add", "How long is the summary?", "One page.", "--by", "Ann").code == 0
    assert "version 2" in run("edit", "1", "Two pages.", "--by", "Bob").out
    assert run("list").out.startswith("1\tactive\tEndorsed by Bob on ")
    assert run("withdraw", "1", "--by", "Ann").out == "answer 1 is withdrawn\n"
    (row,) = json.loads(run("list", "--json").out)["answers"]
    assert (row["question"], row["text"], row["state"], row["version"]) == ("How long is the summary?", "Two pages.", "withdrawn", 3)
    again = run("withdraw", "1", "--by", "Ann")
    assert (again.code, again.err) == (2, "lector: answer 1 is withdrawn already\n")
    assert run("restore", "1", "--by", "Ben").out.startswith("answer 1: Endorsed by Ben on 20")
    again = run("restore", "1", "--by", "Ben")
    assert (again.code, again.err) == (2, "lector: answer 1 is not withdrawn\n")
    assert run("add", "How long?", " ", "--by", "Ann").code == 2


def test_a_person_s_answer_is_set_apart(capsys) -> None:
    citation = Citation(
        1, "endorsed-1", "Endorsed by Ann on 2026-11-25", None, "How long?", "One page.\nOr two.", "", None, kind="endorsed"
    )
    answer = Answer(Status.ENDORSED, (Line(citation.quote, (1,)),), (citation,), "How long is it?", "How long is it?", Timings(0, None, 0))
    show_answer(answer)
    assert capsys.readouterr().out.splitlines() == [
        "A person's answer, not the readings'. Endorsed by Ann on 2026-11-25, to: How long?",
        "  │ One page.",
        "  │ Or two.",
    ]
