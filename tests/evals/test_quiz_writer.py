"""What a model's questions are worth is counted over the real index, with the real model and with one that fails."""

import pytest
from rich.console import Console

from evals.quiz_writer import written
from rag.compose import Parts


def test_each_question_is_counted_once_and_what_passes_is_shown(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    (reading,) = [name for name in parts.assistant.library.call(lambda view: list(view.retriever.snapshot.readings)) if "llmops" in name]
    found = written(parts, [reading], 4, Console())
    shown = [line for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert found.total() >= 2
    assert len(shown) == found[""]
