"""Reads the settings: `config.yaml` < `.env` < environment, each checked, each misspelling named."""

import os
from pathlib import Path
from typing import Any

import yaml
from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from common.errors import ConfigError
from common.guesses import did_you_mean
from common.settings import PREFIX, Settings

NOT_SETTINGS = {"LECTOR_SHARED"}  # read by the tests: where other people's papers and question sets lie

_SECRETS = (("discord", "token"), ("llm", "server", "api_key"))


def load_settings(path: Path, *, data_dir: Path | None = None, course: str | None = None) -> Settings:
    """Read and check all settings.

    Args:
        path: The YAML file. It must exist: pydantic-settings would silently take the defaults.
        data_dir: Put index and database here, whatever the settings say.
        course: Key of the course that is meant; None for the first.

    Raises:
        ConfigError: One line that names the file or the variable and the key.
    """
    content = _read_yaml(path)
    _refuse_secrets(content, path)
    _check_variables(os.environ, "environment")
    _check_variables(dotenv_values(".env"), ".env")

    class FromFile(Settings):
        model_config = SettingsConfigDict(yaml_file=path, yaml_file_encoding="utf-8")

    try:
        settings: Settings = FromFile()  # type: ignore[call-arg]  # the file and the environment give them
    except ValidationError as exc:
        raise ConfigError(_first_problem(exc, path)) from exc
    except ValueError as exc:  # pydantic-settings: a variable that should hold JSON does not
        raise ConfigError(f'environment: {exc}: lists and sections are written as JSON, such as ["/papers"]') from exc
    if data_dir is not None:
        settings = settings.model_copy(update={"storage": settings.storage.model_copy(update={"dir": data_dir})})
    return settings if course is None else _of_course(settings, course)


def _of_course(settings: Settings, key: str) -> Settings:
    found = {each.course.key: each for each in settings.each_course()}
    if key not in found:
        raise ConfigError(f"--course: there is no course {key!r}{did_you_mean(key, list(found))}; there are {', '.join(found)}")
    return found[key]


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise ConfigError(f"no configuration file at {path}: run from the project's folder or pass --config PATH") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"cannot read {path}: {exc}") from exc
    except yaml.YAMLError as exc:
        raise ConfigError(f"{path} is not valid YAML: {' '.join(str(exc).split())}") from exc
    if not isinstance(content, dict):
        raise ConfigError(f"{path} must hold sections such as `course:`, not a {type(content).__name__}")
    return content


def _refuse_secrets(content: dict[str, Any], path: Path) -> None:
    for keys in _SECRETS:
        value: Any = content
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            name, variable = ".".join(keys), PREFIX + "__".join(keys).upper()
            raise ConfigError(f"{path}: {name}: keep the {keys[-1].split('_')[-1]} out of YAML; set {variable} in the environment or .env")


def _check_variables(variables: Any, where: str) -> None:
    """pydantic-settings ignores unknown variables (2.16, seen 2026-11): a misspelt one must not pass in silence."""
    for name in variables:
        upper = name.upper()
        if not upper.startswith(PREFIX) or upper in NOT_SETTINGS:
            continue
        parts = upper.removeprefix(PREFIX).lower().split("__")
        model: Any = Settings
        for depth, part in enumerate(parts):
            fields = getattr(model, "model_fields", None)
            if fields is None:
                break
            if part not in fields:
                shown = PREFIX + "__".join([*parts[:depth], part]).upper()
                raise ConfigError(f"{where}: {shown} is no setting{did_you_mean(part, list(fields))}")
            model = fields[part].annotation


def _first_problem(exc: ValidationError, path: Path) -> str:
    error = exc.errors()[0]
    where = [str(x) for x in error["loc"]]
    key = ".".join(where)
    variable = PREFIX + "__".join(where).upper()
    place = str(path)
    if any(name.upper().startswith(variable) for name in os.environ):
        place, key = "environment", variable
    elif any(name.upper().startswith(variable) for name in dotenv_values(".env")):
        place, key = ".env", variable
    if error["type"] == "extra_forbidden":
        return f"{place}: {key} is no setting{did_you_mean(where[-1], _siblings(where))}"
    if error["type"] == "missing":
        return f"{place}: {key} is missing"
    value = error.get("input")
    secret = tuple(part.lower() for part in where) in _SECRETS or "password or key" in error["msg"]
    shown = f" (got {value!r})" if isinstance(value, str | int | float | bool) and not secret else ""
    return f"{place}: {key}: {error['msg'].removeprefix('Value error, ')}{shown}"


def _siblings(where: list[str]) -> list[str]:
    model: Any = Settings
    for part in where[:-1]:
        field = getattr(model, "model_fields", {}).get(part)
        model = field.annotation if field else None
    return list(getattr(model, "model_fields", {}))
