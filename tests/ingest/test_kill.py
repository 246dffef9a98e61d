"""kill -9 at the steps of a sync: readers see the old reading or the new one, and the next run makes what was meant."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_it_is_whole_and_the_next_run_finishes_it(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ingest.kill_points", str(tmp_path), "2"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stdout, ended.stderr
    result = json.loads(ended.stdout.splitlines()[-1])
    assert result["faults"] == []
    assert ended.returncode == 0
    assert result["kills"] >= 15
