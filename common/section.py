"""What every section of the settings has in common."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]


class Section(BaseModel):
    """A frozen group of settings that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


class ModelFile(Section):
    """Where a model lies: exactly one of `package`, `path` and `repo`."""

    package: str | None = None
    path: Path | None = None
    repo: str | None = None
    revision: str = "main"
    file: str = ""
    sha256: str | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "ModelFile":
        if sum(x is not None for x in (self.package, self.path, self.repo)) != 1:
            raise ValueError("name exactly one of package, path and repo")
        if self.path is None and not self.file:
            raise ValueError("package and repo need file")
        return self
