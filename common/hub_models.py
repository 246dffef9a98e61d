"""The models that Lector knows by name: where they lie on the hub, under which licence, and which of them are here.

A model lies in a folder of its own, `<storage.models>/<name>/`, with `pulled.json` beside its files: what was fetched and by
which checksum of the hub it was checked. `common.hub` fetches.
"""

import difflib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from common.errors import UsageError
from common.section import ModelFile

RECORD = "pulled.json"


class Kind(StrEnum):
    """What a model is for."""

    LLM = "llm"
    EMBEDDINGS = "embeddings"
    CROSS_ENCODER = "cross-encoder"
    NLI = "nli"


@dataclass(frozen=True)
class HubModel:
    """A named model of the hub.

    Attributes:
        file: The weights inside the repository; a GGUF is all of a language model, the others need the small files around it too.
        licence: Its SPDX id, as the model's authors state it.
        size_mb: About how much is fetched, in 10^6 bytes; the hub says exactly.
        query_prefix: What its authors put before a question.
    """

    name: str
    kind: Kind
    repo: str
    file: str
    licence: str
    size_mb: int
    recommended: bool = False
    query_prefix: str = ""

    @property
    def one_file(self) -> bool:
        """Are the weights all there is to fetch?"""
        return self.kind is Kind.LLM


# Only licences that let a class use, copy and change the model without asking: Apache-2.0 and MIT.
HUB_MODELS = (
    HubModel("qwen3-4b", Kind.LLM, "unsloth/Qwen3-4B-Instruct-2507-GGUF", "Qwen3-4B-Instruct-2507-Q4_K_M.gguf", "Apache-2.0", 2500, True),
    HubModel("smollm2-1.7b", Kind.LLM, "HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF", "smollm2-1.7b-instruct-q4_k_m.gguf", "Apache-2.0", 1060),
    HubModel("phi-4-mini", Kind.LLM, "unsloth/Phi-4-mini-instruct-GGUF", "Phi-4-mini-instruct-Q4_K_M.gguf", "MIT", 2490),
    HubModel(
        "bge-base", Kind.EMBEDDINGS, "BAAI/bge-base-en-v1.5", "model.safetensors", "MIT", 440,
        query_prefix="Represent this sentence for searching relevant passages: ",
    ),
    HubModel("minilm-cross-encoder", Kind.CROSS_ENCODER, "cross-encoder/ms-marco-MiniLM-L6-v2", "model.safetensors", "Apache-2.0", 92),
    HubModel("nli-minilm", Kind.NLI, "cross-encoder/nli-MiniLM2-L6-H768", "model.safetensors", "Apache-2.0", 330),
)  # fmt: skip
_SETTINGS = {
    Kind.LLM: ("llm", "model"), Kind.EMBEDDINGS: ("embeddings", "model"), Kind.CROSS_ENCODER: ("retrieval", "reranker"),
    Kind.NLI: ("answering", "nli"),
}  # fmt: skip


@dataclass(frozen=True)
class PulledFile:
    """A file as it was when it was checked.

    Attributes:
        sha256: Of its bytes here.
        hub_checksum: What the hub names the file by: the sha256 of a large one, git's blob hash of a small one.
    """

    file: str
    bytes: int
    sha256: str
    hub_checksum: str


@dataclass(frozen=True)
class Pulled:
    """What was fetched of a model. `revision` is the commit of the hub's repository."""

    name: str
    repo: str
    revision: str
    files: tuple[PulledFile, ...]


def hub_model(name: str) -> HubModel:
    """The model of that name.

    Raises:
        UsageError: There is none.
    """
    names = [model.name for model in HUB_MODELS]
    if name not in names:
        close = difflib.get_close_matches(name, names, n=1)
        raise UsageError(f"no model is called {name}; {f'did you mean {close[0]}?' if close else 'known: ' + ', '.join(names)}")
    return HUB_MODELS[names.index(name)]


def pulled(models: Path, model: HubModel) -> Pulled | None:
    """What is here of a model; None unless all its files are, at their sizes. Checksums are compared at load, not here."""
    folder = models / model.name
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        files = tuple(PulledFile(**entry) for entry in record["files"])
        whole = all((folder / entry.file).stat().st_size == entry.bytes for entry in files)
        return Pulled(record["name"], record["repo"], record["revision"], files) if whole and files else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def as_record(model: Pulled) -> bytes:
    """The text of `pulled.json`."""
    return (json.dumps(asdict(model), indent=1, ensure_ascii=False) + "\n").encode()


def model_file(models: Path, model: HubModel, found: Pulled) -> ModelFile:
    """The setting that names a fetched model, with the sha256 that was checked."""
    sha256 = next(entry.sha256 for entry in found.files if entry.file == model.file)
    return ModelFile(path=models / model.name, file=model.file, sha256=sha256)


def config_lines(model: HubModel, setting: ModelFile) -> str:
    """The lines for config.yaml that make Lector use the model."""
    values = {"package": None, "path": str(setting.path), "repo": None, "file": setting.file, "sha256": setting.sha256}
    section, key = _SETTINGS[model.kind]
    content: dict[str, dict[str, object]] = {section: {key: values}}
    if model.query_prefix:
        content[section]["query_prefix"] = model.query_prefix
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=200)


def pull_command(model: ModelFile) -> str | None:
    """The command that fetches a configured model, if Lector knows it by name."""
    for known in HUB_MODELS:
        folder = model.path.parts if model.path is not None else ()
        named = model.file == known.file and (model.repo == known.repo or known.name in folder)
        if named or (folder[-2:] == (known.name, known.file)) or (known.one_file and folder[-1:] == (known.file,)):
            return f"lector models pull {known.name}"
    return None
