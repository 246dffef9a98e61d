"""What all tests share: settings that touch neither the network nor the working tree, one index, one loaded assistant."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from common.configuration import load_settings
from common.settings import Settings
from evals.postgres import Cluster, cluster
from rag.compose import Parts, open_assistant, run_sync

ROOT = Path(__file__).parent.parent
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
THREADS = {"LECTOR_LLM__THREADS", "LECTOR_EMBEDDINGS__THREADS"}
if WORKERS > 1:  # llama.cpp's threads wait in a loop: more of them than cores, and everything crawls
    os.environ.update(dict.fromkeys(THREADS, str(max(1, (os.cpu_count() or 1) // WORKERS))))
hypothesis_settings.register_profile(
    "lector", deadline=None, database=None, derandomize=True
)  # slow machines are no failures; chance is for `make fuzz`
hypothesis_settings.load_profile("lector")
SHARED = Path(os.environ.get("LECTOR_SHARED", ROOT.parent / "shared")).absolute()


class Silence:
    """A `Progress` that nobody watches."""

    def found(self, pages: int) -> None: ...
    def indexed(self, pages: float, title: str) -> None: ...
    def stopped(self) -> bool:
        return False


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the machine that runs the tests must not change what they say."""
    for name in list(os.environ):
        if name.upper().startswith("LECTOR_") and name != "LECTOR_SHARED" and not (WORKERS > 1 and name in THREADS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)


@pytest.fixture
def shared() -> Path:
    """Other people's papers and question sets; the test is skipped where they are not."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared papers and question sets (LECTOR_SHARED; not at {SHARED.name})")
    return SHARED


def offline_settings(data: Path, **sections: dict[str, Any]) -> Settings:
    """The settings of config.yaml with an own data folder, no mirror and no arXiv; `sections` change single keys."""
    settings = load_settings(ROOT / "config.yaml", data_dir=data)
    changes: dict[str, dict[str, Any]] = {"corpus": {"dir": ROOT / "corpus"}, "sources": {"mirrors": ()}}
    changes["sources"]["arxiv"] = settings.sources.arxiv.model_copy(update={"enabled": False})
    for name, values in sections.items():
        changes.setdefault(name, {}).update(values)
    return settings.model_copy(update={name: getattr(settings, name).model_copy(update=values) for name, values in changes.items()})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Offline settings with an empty data folder."""
    return offline_settings(tmp_path / "data")


@pytest.fixture(scope="session")
def handout_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data folder holds an index of the repository's own corpus. Read only."""
    made = offline_settings(tmp_path_factory.mktemp("handouts") / "data")
    report = run_sync(made, Silence())
    assert len(report.added) == 17
    return made


@pytest.fixture(scope="session")
def parts(handout_settings: Settings) -> Iterator[Parts]:
    """The assistant over the repository's own corpus, with the real models; loaded once for all tests."""
    with open_assistant(handout_settings) as opened:
        yield opened


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A small corpus of two Markdown readings and a syllabus, to change at will."""
    folder = tmp_path / "corpus"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "bees.md").write_text("# Bees\n\n## Honey\n\nA hive of bees makes 27 kilograms of honey a year.\n", "utf-8")
    (folder / "papers" / "owls.md").write_text("# Owls\n\n## Hearing\n\nAn owl hears a mouse under 40 centimetres of snow.\n", "utf-8")
    (folder / "readings.yaml").write_text("readings: []\n", "utf-8")
    (folder / "syllabus.md").write_text("# Zoo\n\n## Course\n\n- Term: Spring 2024\n\n## Schedule\n\n### Week 1, Jan 26: Bees\n", "utf-8")
    return folder


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def lector(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `lector ARGS` in this process, from the project's folder, without arXiv."""

    def run(*arguments: str | Path) -> Ran:
        from bot.cli import main

        monkeypatch.setattr(sys, "argv", ["lector", *map(str, arguments)])
        if "LECTOR_SOURCES__ARXIV__ENABLED" not in os.environ:
            monkeypatch.setenv("LECTOR_SOURCES__ARXIV__ENABLED", "false")
        with pytest.raises(SystemExit) as exit_:
            main()
        captured = capfd.readouterr()
        return Ran(int(exit_.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def copied_data(handout_settings: Settings, tmp_path: Path) -> Path:
    """A data folder with an index of the repository's own corpus, to spoil at will.

    Another process copies it: were the open database read and closed by this one, its locks would be lost, and the next
    program to open it would cut the write-ahead log from under the tests (sqlite.org/howtocorrupt.html, 2.2).
    """
    subprocess.run(["cp", "-R", str(handout_settings.storage.dir), str(tmp_path / "copied")], check=True)
    return tmp_path / "copied"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL of our own on a Unix socket; the test is skipped where its binaries are not installed."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(cluster())
        except FileNotFoundError as exc:
            pytest.skip(str(exc))
        yield server
