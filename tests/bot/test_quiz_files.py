import json
from collections.abc import Callable
from pathlib import Path

import pytest

from common.configuration import load_settings
from quiz.compose import Quizzes, open_quizzes
from quiz.items import Kind
from quiz.records.tables import Review
from tests.conftest import ROOT, Ran
from tests.quiz.conftest import items

Lector = Callable[..., Ran]

YAML = """
- stem: Is it recurrent?
  answer: false
  week: 3
- stem: How many heads?
  options: [4, 8]
  answer: 8
  week: 3
"""


@pytest.fixture
def quiz_lector(lector: Lector, tmp_path: Path) -> Lector:
    """Runs `lector --data-dir … quiz …`."""
    return lambda *arguments: lector("--data-dir", tmp_path / "data", "quiz", *arguments)


@pytest.fixture
def quizzes(tmp_path: Path) -> Quizzes:
    return open_quizzes(load_settings(ROOT / "config.yaml", data_dir=tmp_path / "data"))


@pytest.fixture
def published(quizzes: Quizzes) -> str:
    """A quiz that two students have taken, one of them to the end."""
    key = quizzes.bank.create("Week 3", items(), "prof", week=3)
    for item in items():
        quizzes.bank.review(key, item.id, Review.DROPPED if item.kind is Kind.SHORT else Review.KEPT, "prof")
    quizzes.bank.approve(key, "prof")
    quizzes.bank.publish(key, "prof")
    for student in ("101", "102"):
        sitting = quizzes.attempts.start(key, student)
        for number in range(1, 5):
            shown, _ = quizzes.attempts.item(sitting.attempt, student, number)
            if shown.kind is Kind.CHOICE:
                quizzes.attempts.answer(sitting.attempt, student, number, shown.options.index("8"))
    quizzes.attempts.finish(quizzes.attempts.start(key, "101").attempt, "101")
    return key


def test_a_file_becomes_a_draft_and_goes_out_again(quiz_lector: Lector, tmp_path: Path) -> None:
    (tmp_path / "week_3.yaml").write_text(YAML, "utf-8")
    made = json.loads(quiz_lector("import", tmp_path / "week_3.yaml", "--json").out)
    assert (made["title"], made["week"], made["state"], len(made["items"])) == ("week 3", 3, "draft", 2)
    listed = json.loads(quiz_lector("list", "--json").out)["quizzes"]
    assert [(q["id"], q["items"], q["kept"]) for q in listed] == [(made["id"], 2, 0)]
    assert quiz_lector("list").out == f"{made['id']}\tdraft\t3\t2\t\t\tweek 3\n"
    for name in ("out.gift", "out.zip", "out.csv", "out.apkg", "out.yaml"):
        assert quiz_lector("export", made["id"], tmp_path / name).code == 0
        again = json.loads(quiz_lector("import", tmp_path / name, "--json").out)
        assert again["items"] == made["items"], name
    written = json.loads(quiz_lector("export", made["id"], tmp_path / "out.pdf", "--no-keys", "--json").out)
    assert (written["format"], written["items"]) == ("pdf", 2)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_quiz_is_shown_with_keys_and_log(quiz_lector: Lector, published: str) -> None:
    shown = json.loads(quiz_lector("show", published, "--json").out)
    assert [item["review"] for item in shown["items"]] == ["kept"] * 4 + ["dropped"]
    assert shown["items"][0]["answer"] == "8"
    assert [event["what"] for event in shown["log"]][-2:] == ["approved", "published"]
    text = quiz_lector("show", published).out
    assert "1. [kept] How many heads are there?\n   - 4\n   * 8\n" in text
    assert "Attention Is All You Need, p. 5: “We employ h = 8 parallel heads.”" in text


def test_a_published_quiz_goes_out_without_what_was_dropped(quiz_lector: Lector, published: str, tmp_path: Path) -> None:
    written = json.loads(quiz_lector("export", published, tmp_path / "q.yaml", "--json").out)
    assert written["items"] == 4
    assert "softmax" not in (tmp_path / "q.yaml").read_text("utf-8")


def test_results_are_shown_written_and_drawn(quiz_lector: Lector, published: str, tmp_path: Path) -> None:
    found = json.loads(quiz_lector("results", published, "--json", "--csv", tmp_path / "s.csv", "--chart", tmp_path / "s.png").out)
    assert (found["finished"], found["in_progress"], found["mean"], found["retired"]) == (1, 1, 25.0, [])
    assert found["students"][0]["credits"] == [1.0, None, None, None]
    assert [f["difficulty"] for f in found["items"]] == [0.0, 1.0, 1.0, 1.0]
    assert (tmp_path / "s.csv").read_text("utf-8-sig").splitlines()[1].startswith(",101,25.00,no,1,no,1,")
    assert (tmp_path / "s.png").read_bytes().startswith(b"\x89PNG")
    assert "1 finished, 1 in progress, mean 25.0%, 0 over 70%" in quiz_lector("results", published, "--retire").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "nowhere"), "lector: there is no quiz 'nowhere': `lector quiz list` shows those there are\n"),
        (("import", "nowhere.yaml"), "lector: cannot read nowhere.yaml (No such file or directory)\n"),
        (("import", "README.md"), "lector: 'README.md' is no format of quizzes"),
        (("import", "README.md", "--format", "gift"), "lector: README.md, line "),
        (("export", "nowhere", "q.yaml"), "lector: there is no quiz"),
    ],
)
def test_a_mistake_is_one_line(quiz_lector: Lector, arguments: tuple[str, ...], says: str) -> None:
    ran = quiz_lector(*arguments)
    assert ran.code == 2
    assert ran.err.startswith(says)
    assert ran.err.count("\n") == 1


def test_only_a_pdf_can_be_without_keys(quiz_lector: Lector, published: str, tmp_path: Path) -> None:
    ran = quiz_lector("export", published, tmp_path / "q.gift", "--no-keys")
    assert (ran.code, "only a pdf can be without" in ran.err) == (2, True)
    assert not (tmp_path / "q.gift").exists()


def test_a_damaged_file_makes_no_draft(quiz_lector: Lector, tmp_path: Path, quizzes: Quizzes) -> None:
    (tmp_path / "q.yaml").write_text(YAML + "- stem: third\n", "utf-8")
    ran = quiz_lector("import", tmp_path / "q.yaml")
    assert (ran.code, ran.err) == (2, "lector: q.yaml, line 9: an item needs answer; nothing was imported\n")
    assert quizzes.bank.quizzes() == []
