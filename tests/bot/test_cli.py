"""The command line as people and programs use it; the JSON contract; bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.output import show_places
from common.settings import Settings
from rag.answers import Answer, Citation, Status, Timings
from rag.compose import Parts
from tests.conftest import ROOT

LECTOR = (sys.executable, "-c", "from bot.cli import main; main()")
QUESTION = "How many attention heads does the base Transformer use?"


def one_line(text: str) -> str:
    assert "Traceback" not in text
    lines = [line for line in text.splitlines() if line.startswith("lector: ")]
    assert len(lines) == 1, text
    return lines[0]


@pytest.fixture
def data(handout_settings: Settings) -> Path:
    return handout_settings.storage.dir


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from bot.cli import main\ntry: main()\nexcept SystemExit: pass\nprint(sorted(m for m in sys.modules if '.' not in m))"
    )
    ran = subprocess.run([sys.executable, "-c", code, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = ran.stdout.splitlines()[-1]
    for heavy in ("torch", "chromadb", "llama_cpp", "sentence_transformers", "langchain_core", "discord", "sqlalchemy", "pydantic"):
        assert f"'{heavy}'" not in loaded
    for command in ("ingest", "corpus", "search", "ask", "chat", "eval", "bot", "doctor", "preview", "run"):
        assert f"  {command} " in ran.stdout


def test_ask_json_is_the_contract(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "ask", QUESTION, "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert set(answer) >= {"status", "text", "sentences", "citations", "standalone_question", "timings", "model"}
    assert answer["status"] in ("answered", "quoted")
    assert set(answer["sentences"][0]) == {"text", "citations"}
    assert set(answer["citations"][0]) >= {"n", "reading", "title", "page", "section", "quote", "url"}
    assert set(answer["timings"]) == {"retrieve_s", "first_token_s", "total_s"}
    assert "8 attention heads" in answer["text"]


def test_ask_goes_by_the_day_that_is_given(lector, data: Path) -> None:
    asked = ("--data-dir", data, "ask", "What is due next week?", "--json", "--today")
    march, autumn = (json.loads(lector(*asked, day).out) for day in ("2024-03-05", "2026-11-24"))
    assert [march["status"], autumn["status"]] == ["syllabus", "syllabus"]
    assert march["text"].startswith("Week 7, Mar 15: LLM project proposal (2024-03-15)")
    assert autumn["text"] == "The plan runs from 2024-01-26 to 2024-04-26: it lists nothing due from 2026-11-30 to 2026-12-06."
    assert [c["section"][:7] for c in autumn["citations"]] == ["Week 1,", "Week 12"]
    assert lector(*asked, "soon").code == 2


def test_search_json_is_the_contract(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "search", "position bias", "-k", "3", "--json")
    found = json.loads(ran.out)
    assert set(found) == {"passages", "seconds"}
    assert len(found["passages"]) == 3
    assert set(found["passages"][0]) >= {"reading", "page", "section", "text", "score"}


def test_corpus_list_json_is_the_contract(lector, data: Path) -> None:
    readings = json.loads(lector("--data-dir", data, "corpus", "list", "--json").out)["readings"]
    assert len(readings) == 17
    assert set(readings[0]) >= {"id", "title", "week", "version", "pages", "chunks", "sha256"}
    assert "Attention Is All You Need: handout" in lector("--data-dir", data, "corpus", "list").out


def test_ingest_json_is_the_contract_and_lists_what_failed(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "ingest", "--json")
    report = json.loads(ran.out)
    contract = {"added", "updated", "unchanged", "removed", "failed", "pages", "chunks", "seconds"}
    assert set(report) == contract | {"restored", "duplicates", "weeks"}
    assert (ran.code, len(report["unchanged"]), len(report["failed"])) == (1, 17, 10)
    assert set(report["failed"][0]) == {"source", "reason"}


def test_a_person_reads_sentences_and_places(lector, data: Path) -> None:
    ran = lector("--data-dir", data, "ask", QUESTION)
    assert "[1]" in ran.out
    assert "Attention Is All You Need: handout, p. 1, 3 Attention and positions" in ran.out


def test_run_without_a_terminal_asks_the_samples(data: Path) -> None:
    environment = {**os.environ, "LECTOR_SOURCES__ARXIV__ENABLED": "false"}
    command = [*LECTOR, "--data-dir", str(data), "run"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("?") >= 3
    assert "h = 8 attention heads" in ran.stdout
    assert "Mar 15" in ran.stdout
    assert "readings don't say" in ran.stdout


def test_chat_answers_follow_ups_and_survives_a_bad_question(data: Path) -> None:
    lines = f"{QUESTION}\n?!\nand how large is each?\nexit\nWhat is LoRA?\n"
    command = [*LECTOR, "--data-dir", str(data), "chat"]
    ran = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "8 attention heads" in ran.stdout
    assert "the question is empty" in ran.stderr
    assert ran.stdout.count("p. 1") >= 2
    assert "LoRA" not in ran.stdout


def test_a_chat_shows_a_rows_columns_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    row = Citation(1, "bees", "Bees", "7", "Honey", "Lime 12 3", "Lime 12 3", None, columns="Kilograms: 12 | Hives: 3")
    answer = Answer(Status.QUOTED, (), (row,), "How much?", "How much?", Timings(0.0, None, 0.0))
    show_places(answer, columns=True)
    assert "Kilograms: 12 | Hives: 3" in capsys.readouterr().out
    show_places(answer)
    assert "Kilograms" not in capsys.readouterr().out


def test_a_terminal_says_what_is_only_near(lector, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTOR_ANSWERING__SURE", "1")
    ran = lector("--data-dir", data, "ask", QUESTION)
    first, *quotes = ran.out.splitlines()
    assert first == "The nearest that I found. It may not answer the question:"
    assert "8 attention heads" in "".join(quotes)
    assert first not in "".join(quotes)
    command = [*LECTOR, "--data-dir", str(data), "chat"]
    asked = f"What is LoRA and when is the class of week 5?\nWhen is the class of week 5? And what is LoRA?\n{QUESTION}\n"
    chat = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, check=False).stdout
    assert chat.count(first) == 3
    assert "8 attention heads" in chat[chat.rindex(first) :]
    for reply in chat.split("\n? ")[1:]:
        lines = reply.splitlines()
        assert len(set(lines)) == len(lines), reply


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ask", ""), 2, "the question is empty"),
        (("ask", "\x01\x02"), 2, "the question is empty"),
        (("ask", "x" * 10_000), 2, "10000 characters, at most 1000"),
        (("search", " "), 2, "the question is empty"),
        (("ask", "What?", "--reading", "nope"), 2, "no reading 'nope' is indexed"),
        (("ask", "What?", "--history", "nowhere.json"), 2, "no such file: the history must be a JSON list in a file"),
        (("eval", "nowhere.jsonl"), 2, "cannot be read"),
        (("bot",), 2, "no Discord token: set LECTOR_DISCORD__TOKEN"),
        (("--config", "nowhere.yaml", "ask", "What?"), 2, "no configuration file at nowhere.yaml"),
    ],
)
def test_wrong_use_is_exit_2_and_one_line(lector, data: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    ran = lector("--data-dir", data, *arguments)
    assert ran.code == code
    assert says in one_line(ran.err)
    assert ran.out == ""


def test_an_unknown_option_is_exit_2(lector) -> None:
    ran = lector("ask", "--colour", "red")
    assert ran.code == 2
    assert "No such option" in ran.err


def test_no_index_yet(lector, tmp_path: Path) -> None:
    for arguments in (("ask", "What?"), ("search", "What?"), ("chat",)):
        ran = lector("--data-dir", tmp_path / "new", *arguments)
        assert ran.code == 1
        assert "nothing is indexed yet: run `lector ingest`" in one_line(ran.err)
    assert "Nothing is indexed yet" in lector("--data-dir", tmp_path / "new", "corpus", "list").out


def test_an_index_of_another_embedding_model(lector, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTOR_EMBEDDINGS__DTYPE", "float32")
    ran = lector("--data-dir", data, "ask", "What?")
    assert ran.code == 1
    assert "another embedding model or by an older Lector: run `lector ingest`" in one_line(ran.err)


@pytest.mark.parametrize("section", ["LLM", "EMBEDDINGS"])
def test_a_model_with_the_wrong_hash_or_missing(lector, data: Path, monkeypatch: pytest.MonkeyPatch, section: str) -> None:
    monkeypatch.setenv(f"LECTOR_{section}__MODEL__PACKAGE", "no_such_package")
    ran = lector("--data-dir", data, "ask", QUESTION)
    assert ran.code == 1
    assert "no_such_package is not installed" in one_line(ran.err)
    monkeypatch.delenv(f"LECTOR_{section}__MODEL__PACKAGE")
    monkeypatch.setenv(f"LECTOR_{section}__MODEL__SHA256", ("b179c9523d0e" if section == "LLM" else "53aa51172d14") + "0" * 52)
    ran = lector("--data-dir", data, "ask", QUESTION)
    assert ran.code == 1
    assert "the file is damaged or another one" in one_line(ran.err)


def test_doctor_says_what_to_do(lector, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lector("--data-dir", data, "doctor").code == 0
    ran = lector("--data-dir", tmp_path / "new", "doctor", "--json")
    checks = {check["name"]: check for check in json.loads(ran.out)["checks"]}
    assert ran.code == 1
    assert (checks["index"]["ok"], checks["index"]["advice"]) == (False, "run `lector ingest`")
    monkeypatch.setenv("LECTOR_EMBEDDINGS__DTYPE", "float32")
    assert "another embedding model" in lector("--data-dir", data, "doctor").out
    monkeypatch.delenv("LECTOR_EMBEDDINGS__DTYPE")
    monkeypatch.setenv("LECTOR_CHUNKING__WORDS", "100")
    assert "another version of the pipeline" in lector("--data-dir", data, "doctor").out
    monkeypatch.setenv("LECTOR_LLM__MODEL__SHA256", "0" * 64)
    assert "correct llm.model" in lector("--data-dir", data, "doctor").out


def test_eval_writes_a_row_a_question_and_scores(lector, data: Path, tmp_path: Path) -> None:
    gold, rows = tmp_path / "gold.jsonl", tmp_path / "rows.jsonl"
    questions = [
        {"id": "a", "reading": "syllabus", "question": "Which room are we in?", "must_include": ["202"], "answerable": True, "page": None},
        {"id": "b", "reading": None, "question": "Best temperature for sourdough?", "answerable": False, "kind": "offtopic"},
        {"id": "c", "reading": "1706.03762", "question": QUESTION, "must_include": ["8"], "evidence": "8 heads", "page": 1},
    ]
    gold.write_text("\n".join(json.dumps(q) for q in questions))
    ran = lector("--data-dir", data, "eval", gold, "--rows", rows, "--in-week", "--json")
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert (result["questions"], result["syllabus_right"], result["refused_offtopic"], result["right"]) == (3, 1.0, 1.0, 1.0)
    written = [json.loads(line) for line in rows.read_text().splitlines()]
    assert [set(row) for row in written] == [{"id", "search", "ask"}] * 3
    gold.write_text('{"id": 1}')
    assert "line 1: not a question (id: Input should be a valid string)" in one_line(lector("--data-dir", data, "eval", gold).err)


def test_eval_interrupted_keeps_its_rows(parts: Parts, tmp_path: Path) -> None:
    from evals.questions import Question
    from evals.run import run_questions

    rows = tmp_path / "rows.jsonl"
    running = run_questions(parts.assistant, [Question(id=str(n), question=QUESTION) for n in range(5)], path=rows)
    next(running)
    next(running)
    running.close()  # what Ctrl-C does to it
    assert [json.loads(line)["id"] for line in rows.read_text().splitlines()] == ["0", "1"]


def test_a_table_s_row_is_shown_with_its_columns_under_it() -> None:
    from bot.cli.output import out, show_answer
    from rag.answers import Answer, Citation, Line, Status, Timings

    row = Citation(1, "r", "Bees", "2", "", "big 28.4 2.3", "big 28.4 2.3", None, "big | BLEU: 28.4 | Cost: 2.3")
    answer = Answer(Status.QUOTED, (Line("big 28.4 2.3", (1,)),), (row,), "?", "?", Timings(0, 0, 0))
    with out.capture() as captured:
        show_answer(answer)
    assert captured.get() == "big 28.4 2.3 [1]\n  big | BLEU: 28.4 | Cost: 2.3\n  [1] Bees, p. 2\n"
