import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.metrics import contains, holds_evidence, on_gold_page, score
from evals.questions import Question, read_questions
from evals.run import run_questions
from rag.compose import Parts


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("It has eight heads.", "8", True),
        ("It has 18 heads.", "8", False),
        ("4,000 steps", "4000", True),
        ("It costs 3 640 units, or 3,640", "3,640", True),
        ("GPT-3 is large", "3", False),
        ("213 million", "213m", True),
        ("35 MB each", "35MB", True),
        ("350 MB each", "35MB", False),
        ("self-attention over a se-\nquence", "sequence", True),
        ("on 27.30 points", "27.3", True),
        ("127.3", "27.3", False),
        ("No class that week", "no class", True),
    ],
)
def test_contains(text: str, key: str, expected: bool) -> None:
    assert contains(text, key) is expected


@pytest.mark.parametrize(
    ("passage", "holds"),
    [
        ("We use eight pre-trained heads–wide.", True),
        ("We use eight pre-\ntrained heads-wide.", False),  # "pretrained": another word, as the shared scorer has it
        ("We use 8 pre-trained heads.", False),  # a number is found as it is written
        ("WE USE EIGHT PRE-TRAINED HEADS", True),
    ],
)
def test_evidence_stands_in_a_passage_by_its_words_as_written(passage: str, holds: bool) -> None:
    question = Question(id="a", question="?", reading="p", evidence="eight pre-trained heads", page=5)
    assert holds_evidence(question, {"reading": "p", "text": passage}) is holds
    assert not holds_evidence(question, {"reading": "q", "text": passage})


def row(identifier: str, status: str, text: str = "", page: str | None = None) -> dict:
    place = {"reading": "p", "page": page, "text": text, "section": None, "score": 1.0}
    answer = {"status": status, "text": text, "citations": [place] if page else [], "timings": {"first_token_s": 1.0, "total_s": 2.0}}
    return {"id": identifier, "search": {"passages": [place] if page else [], "seconds": 0.1}, "ask": answer}


def test_without_evidence_to_look_for_there_is_no_figure_of_it() -> None:
    figures = score([Question(id="a", question="?", reading="p", must_include=("8",), page=5)], [row("a", "quoted", "8 heads", "5")])
    assert figures["page@1"] == 1.0
    assert not [name for name in figures if name.startswith("evidence")]


def test_scores_of_known_rows() -> None:
    questions = [
        Question(id="a", question="?", reading="p", must_include=("8",), evidence="has 8 heads", page=5),
        Question(id="b", question="?", reading="p", must_include=("9",), evidence="has 9 heads", page=6),
        Question(id="c", question="?", answerable=False, kind="offtopic"),
        Question(id="d", question="?", reading="syllabus", must_include=("202",)),
    ]
    rows = [row("a", "quoted", "it has 8 heads", "4-5"), row("b", "refused"), row("c", "quoted", "x"), row("d", "syllabus", "Room 202")]
    result = score(questions, rows)  # type: ignore[arg-type]
    assert {k: v for k, v in result.items() if "@" not in k} == {
        "questions": 4, "refused_of_answerable": 0.333, "right": 0.5, "right_within_80_words": 0.5, "a_citation_on_the_gold_page": 1.0,
        "refused_of_unanswerable": 0.0, "refused_offtopic": 0.0, "syllabus_right": 1.0, "good": 0.5,
        "shown_as_sure_of_answerable": 0.667, "shown_as_sure_of_unanswerable": 1.0, "right_where_sure": 1.0,
        "evidence_mrr": 0.5, "citations_on_the_gold_page": 1.0, "first_token_s_median": 1.0, "total_s_median": 2.0,
    }  # fmt: skip
    assert (result["page@1"], result["evidence@5"]) == (0.5, 0.5)


def test_what_is_called_only_near_is_counted_apart() -> None:
    questions = [Question(id=i, question="?", reading="p", must_include=("8",), page=5) for i in "ab"]
    questions += [Question(id=i, question="?", answerable=False, kind="near_miss") for i in "cd"]
    rows = [row("a", "quoted", "it has 8 heads", "5"), row("b", "quoted", "x"), row("c", "quoted", "x"), row("d", "quoted", "x")]
    for n, sure in enumerate((True, False, False, None)):
        rows[n]["ask"]["sure"] = sure  # type: ignore[index]
    result = score(questions, rows)  # type: ignore[arg-type]
    assert (result["shown_as_sure_of_answerable"], result["shown_as_sure_of_unanswerable"]) == (0.5, 0.5)
    assert (result["right_where_sure"], result["right_where_unsure"]) == (1.0, 0.0)


def test_where_a_reading_has_no_pages_its_section_is_the_place() -> None:
    question = Question(id="a", question="?", reading="p", evidence="x", section="The life cycle")
    place = {"reading": "p", "page": None, "section": "LLMOps > 3.1 The life cycle"}
    assert question.has_place
    assert on_gold_page(question, place)
    assert not on_gold_page(question, place | {"section": "Versioning"})
    assert not on_gold_page(question, place | {"section": None})
    assert not on_gold_page(question, place | {"reading": "q"})


def test_a_false_premise_is_well_met_by_a_refusal_or_by_what_puts_it_right() -> None:
    questions = [Question(id=i, question="?", must_include=("frozen",), answerable=False, kind="false_premise") for i in "abc"]
    rows = [row("a", "refused"), row("b", "quoted", "It leaves them frozen."), row("c", "quoted", "It trains them.")]
    result = score(questions, rows)  # type: ignore[arg-type]
    assert (result["false_premise_corrected_or_refused"], result["refused_false_premise"], result["good"]) == (0.667, 0.333, 0.667)


def test_our_figures_are_those_of_the_shared_scorer(shared: Path, parts: Parts, tmp_path: Path) -> None:
    gold = shared / "evals" / "questions-dev.jsonl"
    questions = read_questions(gold)[::10]
    rows_file = tmp_path / "rows.jsonl"
    rows = list(run_questions(parts.assistant, questions, path=rows_file))
    subset = tmp_path / "gold.jsonl"
    wanted = {q.id for q in questions}
    subset.write_text("\n".join(line for line in gold.read_text("utf-8").splitlines() if json.loads(line)["id"] in wanted), "utf-8")
    ran = subprocess.run(
        [sys.executable, str(shared / "evals" / "score.py"), str(subset), str(rows_file)], capture_output=True, text=True, check=True
    )
    theirs, ours = json.loads(ran.stdout), score(questions, rows)
    common = set(theirs) & set(ours) - {"questions"}
    assert len(common) >= 12
    assert {k: ours[k] for k in common} == pytest.approx({k: theirs[k] for k in common}, abs=0.002)
