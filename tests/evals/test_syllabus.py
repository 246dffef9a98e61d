import json
from pathlib import Path

import pytest

from common.errors import UsageError
from evals.syllabus import hash_gold, hashed, pair_weeks, read_gold, same_reading, same_text, score, score_folder, total

WEEK = {"number": 1, "date": "2025-01-06", "topic": "Owls at night", "speakers": ["Ada Byron"], "due": ["HW1 due"],
        "readings": [{"title": "On Owls", "arxiv": None, "url": "https://o.org/a"}]}  # fmt: skip


def entry(**changes: object) -> dict[str, object]:
    return {**WEEK, **changes}


def test_texts_are_the_same_up_to_case_marks_and_parts() -> None:
    assert same_text("HW1 due", "Homework: hw1 DUE!")
    assert same_text("Owls, at night (in barns)", "owls at night")
    assert not same_text("Owl", "Owls")
    assert same_text(None, "")
    assert not same_text(None, "x")
    assert same_text(hashed("HW1 due"), "Homework: hw1 DUE!")
    assert not same_text(hashed("HW1 due"), "HW2 due")


def test_readings_are_the_same_by_id_then_address_then_title() -> None:
    gold = {"title": "A", "arxiv": "1706.03762", "url": "https://a.org"}
    assert same_reading(gold, {"title": "other", "arxiv": "1706.03762", "url": None})
    assert not same_reading(gold, {"title": "A", "arxiv": "1706.03763", "url": "https://a.org"})
    assert same_reading(hash_gold(WEEK["readings"])[0], {"title": "x", "arxiv": None, "url": "https://o.org/a"})


def test_weeks_are_paired_by_date_and_number_before_topic() -> None:
    said = [entry(date=None, number=None), entry(topic="x")]
    assert pair_weeks([WEEK], said)[0][1] is said[1]


def test_counts() -> None:
    said = {
        "weeks": [
            entry(topic="Larks", due=[], readings=[*WEEK["readings"], {"title": "B", "arxiv": None, "url": None}]),
            entry(number=2, date=None),
        ]
    }
    counts = score({"weeks": [WEEK], "deadlines": [{"date": "2025-01-06", "what": "HW1"}]}, said)
    assert (counts["weeks"].right, counts["weeks"].said, counts["weeks"].labelled) == (1, 2, 1)
    assert counts["topic"].f1 == 0
    assert (counts["readings"].right, counts["readings"].said) == (1, 3)
    assert counts["deadlines"].misses == ['missed {"date": "2025-01-06", "what": "HW1"}']
    assert counts["breaks"].f1 is None


def test_what_is_optional_or_also_accepted_counts_neither_way() -> None:
    gold = {
        "weeks": [entry(readings=[], readings_optional=WEEK["readings"], speakers=["Ada"])],
        "title": None,
        "accept": {"title": ["Birds"], "speakers": {"2025-01-06": ["A. Byron"]}},
    }
    counts = score(gold, {"weeks": [entry(speakers=["A. Byron"])], "title": "Birds"})
    assert (counts["readings"].said, counts["speakers"].right, counts["title"].said) == (0, 1, 0)


def test_hashed_gold_scores_as_plain_gold_and_holds_no_words() -> None:
    gold = {"weeks": [WEEK], "staff": [{"name": "Ada Byron", "role": "Instructor"}], "term": "Fall 2024", "unplaced": ["heron"]}
    said = {"weeks": [WEEK], "staff": [{"name": "Ada Byron", "role": ""}], "term": "Fall 2024"}
    secret = hash_gold(gold)
    assert {name: c.as_json() for name, c in score(secret, said).items()} == {name: c.as_json() for name, c in score(gold, said).items()}
    for word in ("Owls", "Ada", "HW1", "o.org", "Fall", "heron"):
        assert word not in json.dumps(secret)


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no gold files"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(UsageError, match="is no gold file"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps({"weeks": [entry(due=[], speakers=[], readings=[], topic="Owls")]}))
    with pytest.raises(UsageError, match=r"holds no syllabus a\."):
        score_folder(tmp_path, tmp_path)
    (tmp_path / "a.md").write_text("# Birds, Spring 2025\n\n## Week 1 (Jan 6): Owls\n")
    assert total(score_folder(tmp_path, tmp_path))["topic"].f1 == 1
