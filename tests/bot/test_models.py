"""`lector models` against a server that behaves like the hub, and what `lector doctor` says of models."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.cli.output import download_bar
from bot.doctor import examine
from common.configuration import load_settings
from common.hub_models import HUB_MODELS, config_lines, hub_model
from common.models import locate
from common.section import ModelFile
from common.settings import Llm, Settings
from tests.common.fake_hub import COMMIT, FakeHub, status
from tests.conftest import ROOT

LLM = hub_model("qwen3-4b")
WEIGHTS = b"GGUF" + bytes(50_000)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    with FakeHub() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        server.add(LLM.repo, {LLM.file: WEIGHTS}, {LLM.file})
        bge = hub_model("bge-base")
        server.add(bge.repo, {bge.file: WEIGHTS, "config.json": b"{}"}, {bge.file})
        yield server


def test_the_list_needs_no_network(lector, tmp_path: Path) -> None:
    ran = lector("--data-dir", tmp_path, "models", "list", "--json")
    models = json.loads(ran.out)["models"]
    assert ran.code == 0
    assert [model["name"] for model in models] == [model.name for model in HUB_MODELS]
    assert models[0] == {
        "name": "qwen3-4b",
        "kind": "llm",
        "repo": "unsloth/Qwen3-4B-Instruct-2507-GGUF",
        "file": "Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        "licence": "Apache-2.0",
        "size_mb": 2500,
        "installed": False,
        "recommended": True,
    }
    lines = lector("--data-dir", tmp_path, "models", "list").out.splitlines()
    assert lines[0].split("\t") == ["qwen3-4b", "llm", "2500", "Apache-2.0", "", "unsloth/Qwen3-4B-Instruct-2507-GGUF"]


def test_a_pull_prints_lines_for_config_yaml_that_hold(hub: FakeHub, lector, tmp_path: Path) -> None:
    ran = lector("--data-dir", tmp_path, "models", "pull", "qwen3-4b")
    assert ran.code == 0
    assert "licence Apache-2.0" in ran.err
    section = yaml.safe_load(ran.out)["llm"]["model"]
    assert locate(ModelFile(**section), "llm.model").read_bytes() == WEIGHTS
    assert Path(section["path"]) == tmp_path / "models" / "qwen3-4b"
    assert json.loads(lector("--data-dir", tmp_path, "models", "list", "--json").out)["models"][0]["installed"]


@pytest.mark.parametrize(
    ("name", "section", "key", "prefix"),
    [
        ("bge-base", "embeddings", "model", "Represent this sentence for searching relevant passages: "),
        ("minilm-cross-encoder", "retrieval", "reranker", None),
        ("nli-minilm", "answering", "nli", None),
    ],
)
def test_the_lines_of_every_kind_of_model_are_settings_that_use_it(
    name: str, section: str, key: str, prefix: str | None, tmp_path: Path
) -> None:
    model = hub_model(name)
    lines = yaml.safe_load(config_lines(model, ModelFile(path=tmp_path / name, file=model.file, sha256="0" * 64)))
    content = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
    content[section].update(lines.pop(section))
    assert not lines
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(content), "utf-8")
    settings = load_settings(tmp_path / "config.yaml")
    assert getattr(getattr(settings, section), key).path == tmp_path / name
    assert settings.embeddings.query_prefix == (prefix or "")


def test_a_pull_says_as_json_what_was_checked(hub: FakeHub, lector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTOR_STORAGE__MODELS", str(tmp_path / "weights"))
    ran = lector("--data-dir", tmp_path / "data", "models", "pull", "bge-base", "--json")
    said = json.loads(ran.out)
    assert (said["name"], said["revision"], said["folder"]) == ("bge-base", COMMIT, str(tmp_path / "weights" / "bge-base"))
    assert [(entry["file"], entry["bytes"], len(entry["sha256"])) for entry in said["files"]] == [
        ("config.json", 2, 64),
        ("model.safetensors", len(WEIGHTS), 64),
    ]
    assert set(yaml.safe_load(said["config"])) == {"embeddings"}


@pytest.mark.parametrize(
    ("name", "fault", "code", "says"),
    [
        ("qwen3-4", None, 2, "no model is called qwen3-4; did you mean qwen3-4b?"),
        ("qwen3-4b", status(404), 1, "has no Qwen3-4B-Instruct-2507-Q4_K_M.gguf in unsloth/"),
        ("qwen3-4b", status(401), 1, "refuses unsloth/"),
    ],
)
def test_a_pull_that_fails_says_why_in_one_line(hub: FakeHub, lector, tmp_path: Path, name: str, fault, code: int, says: str) -> None:
    hub.misbehave("HEAD", LLM.file, *([fault] if fault else []))
    ran = lector("--data-dir", tmp_path, "models", "pull", name)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err.splitlines()[-1]


def test_the_bar_shows_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from rich.console import Console

    shown = io.StringIO()
    monkeypatch.setattr("bot.cli.output.err", Console(file=shown, force_terminal=True, width=160))
    clock = iter(float(second) for second in range(10_000))
    with download_bar() as bar:
        bar._progress.get_time = lambda: next(clock)
        bar.file("weights.gguf", 2_500_000_000, 500_000_000)
        for _ in range(20):
            bar.advance(10_000_000)
        bar._progress.refresh()
    text = shown.getvalue()
    assert "weights.gguf" in text
    assert "0.7/2.5 GB" in text
    assert "MB/s" in text
    assert any(f"0:{minute:02d}:" in text for minute in range(1, 60))


def test_doctor_names_the_command_for_a_model_that_is_not_here(settings: Settings, tmp_path: Path) -> None:
    def check(**changes: object) -> tuple[bool, str, str]:
        model = ModelFile(**changes)
        checks = {c.name: c for c in examine(settings.model_copy(update={"llm": settings.llm.model_copy(update={"model": model})}))}
        found = checks["language model"]
        return found.ok, found.detail, found.advice

    for place in ({"repo": LLM.repo}, {"path": tmp_path / "models" / LLM.name}):
        ok, detail, advice = check(file=LLM.file, **place)
        assert not ok
        assert detail.startswith("llm.model: ")
        assert advice == "run `lector models pull qwen3-4b`"
    assert check(path=tmp_path / "mine.gguf")[2] == "correct llm.model"
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    assert check(path=tmp_path / "mine.gguf")[:2] == (True, "mine.gguf, unchecked: no sha256 is set")


def crash(_llm: Llm) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def test_doctor_outlives_a_llama_cpp_that_crashes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doctor.try_out", crash)
    found = next(check for check in examine(settings) if check.name == "llama.cpp")
    assert not found.ok
    assert found.detail == f"it crashed when the model was to write a word (exit code {-signal.SIGSEGV})"
    assert "`make setup`" in found.advice


def test_doctor_tries_the_model(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    for model, ok, detail in (
        (settings.llm.model, True, "the model writes"),
        (ModelFile(path=tmp_path / "mine.gguf"), False, "llm.model: llama.cpp cannot load mine.gguf"),
    ):
        tried = settings.model_copy(update={"llm": settings.llm.model_copy(update={"model": model})})
        found = next(check for check in examine(tried) if check.name == "llama.cpp")
        assert (found.ok, found.detail[: len(detail)]) == (ok, detail)


def test_doctor_looks_at_the_models_that_are_set_besides(settings: Settings, tmp_path: Path) -> None:
    assert not {"re-ranker", "entailment model"} & {check.name for check in examine(settings)}
    reranker, nli = hub_model("minilm-cross-encoder"), hub_model("nli-minilm")
    changed = settings.model_copy(
        update={
            "retrieval": settings.retrieval.model_copy(update={"reranker": ModelFile(repo=reranker.repo, file=reranker.file)}),
            "answering": settings.answering.model_copy(update={"nli": ModelFile(path=tmp_path / nli.name, file=nli.file)}),
        }
    )
    checks = {check.name: check for check in examine(changed)}
    assert checks["re-ranker"].advice == "run `lector models pull minilm-cross-encoder`"
    assert checks["entailment model"].advice == "run `lector models pull nli-minilm`"
    assert not checks["entailment model"].ok
