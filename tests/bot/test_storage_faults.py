"""Disk full, read-only data: brought about for real in a mount namespace, where this machine allows one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

INGEST = f'{sys.executable} -c "from bot.cli import main; main()" --data-dir "$DATA" ingest'


def in_namespace(script: str, data: Path) -> "subprocess.CompletedProcess[str]":
    """Run a shell script that may mount what it likes; its mounts end with it."""
    unshare = shutil.which("unshare")
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    probe = [unshare or "unshare", *user, "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]
    if unshare is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("needs a mount namespace (unshare), which this machine does not allow")
    environment = {**os.environ, "DATA": str(data), "LECTOR_SOURCES__ARXIV__ENABLED": "false", "PYTHONPATH": str(ROOT)}
    command = [unshare, *user, "--mount", "sh", "-c", script]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_full_disk_is_one_line_and_the_next_run_finishes(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "papers").mkdir(parents=True)
    (corpus / "readings.yaml").write_text("readings: []\n")
    for name in ("attention-is-all-you-need", "lora", "qlora", "llama", "instructgpt", "theme-scaling"):
        shutil.copy(ROOT / "corpus" / "handouts" / f"{name}.md", corpus / "papers")
    script = f"""
    export LECTOR_CORPUS__DIR="{corpus}"
    mkdir -p "$DATA" && mount -t tmpfs -o size=900k none "$DATA"
    {INGEST} 2>"{tmp_path}/first"; echo "first $?"
    mount -o remount,size=100m "$DATA"
    {INGEST} --json >"{tmp_path}/second"; echo "second $?"
    """
    ran = in_namespace(script, tmp_path / "data")
    first = (tmp_path / "first").read_text()
    assert "first 1" in ran.stdout
    assert "is full: free some space and run the command again" in first
    assert "Traceback" not in first
    assert "second 0" in ran.stdout
    report = json.loads((tmp_path / "second").read_text())
    assert len(report["added"]) + len(report["unchanged"]) == 6
    assert report["failed"] == []


def test_a_read_only_data_folder_is_one_line(tmp_path: Path) -> None:
    script = f"""
    mkdir -p "$DATA" && mount -t tmpfs none "$DATA" && mount -o remount,ro "$DATA"
    {INGEST}; echo "code $?"
    """
    ran = in_namespace(script, tmp_path / "data")
    assert "code 1" in ran.stdout
    assert "make the folder writable or choose another with --data-dir" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_index_can_be_asked_while_it_is_read_only_or_says_so(tmp_path: Path, copied_data: Path) -> None:
    script = f"""
    mount --bind "$DATA" "$DATA" && mount -o remount,ro,bind "$DATA"
    {INGEST.replace("ingest", "search heads -k 1")} --json; echo "code $?"
    """
    ran = in_namespace(script, copied_data)
    assert '"passages"' in ran.stdout or "make the folder writable" in ran.stderr
    assert "Traceback" not in ran.stderr
