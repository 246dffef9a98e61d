import sys
from pathlib import Path

import pytest

from common.errors import UsageError
from evals.check_claims import main, precision_recall


def test_precision_is_of_what_is_flagged_and_recall_of_what_is_false() -> None:
    assert precision_recall([(True, False), (True, False), (True, True), (False, False)]) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert precision_recall([]) == (1.0, 1.0)


def test_a_row_that_is_none_is_named(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"id": "a"}\n')
    monkeypatch.setattr(sys, "argv", ["check_claims", str(tmp_path / "pairs.jsonl"), "--data-dir", str(tmp_path)])
    with pytest.raises(UsageError, match="line 1: not a row"):
        main()
