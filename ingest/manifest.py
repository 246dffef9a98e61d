"""The course's list of readings, `corpus/readings.yaml`, and what else lies in the corpus folder."""

import hashlib
import re
import unicodedata
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from common.errors import ConfigError
from ingest.arxiv_ids import parse_arxiv_id
from ingest.catalog import SourceKind


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    title: str
    week: int | None = None
    file: str | None = None


class _Paper(_Entry):
    id: str
    authors: tuple[str, ...] = ()
    required: bool = False
    version: str | None = None
    licence: str = ""
    handout: str | None = Field(default=None, description="stands in while the paper cannot be had")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    readings: tuple[_Paper, ...] = ()
    handouts: tuple[_Entry, ...] = ()


class Item(BaseModel):
    """One thing to index.

    Attributes:
        id: arXiv id without version, or a slug of the title.
        file: Its file where it lies in the corpus; None for a paper that `sources` must find.
        about: For a handout that stands in for a paper: the paper's id.
        stand_in: What to index instead while the paper cannot be had.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    kind: SourceKind
    week: int | None = None
    required: bool = False
    version: str | None = None
    file: Path | None = None
    about: str | None = None
    url: str | None = None
    stand_in: "Item | None" = None


def slug(title: str) -> str:
    """A title as an id: letters without accents, digits and hyphens; a hash of a title that has none of these."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80]
    return short or f"reading-{hashlib.sha256(title.encode()).hexdigest()[:8]}"


def load_items(corpus: Path) -> list[Item]:
    """Everything the corpus asks to be indexed, the syllabus first.

    Raises:
        ConfigError: The folder or a listed file is missing, or readings.yaml is wrong; the message names the entry.
    """
    if not corpus.is_dir():
        raise ConfigError(f"no corpus folder at {corpus}: set corpus.dir or run from the project's folder")
    items = []
    syllabus = corpus / "syllabus.md"
    if syllabus.is_file():
        items.append(Item(id="syllabus", title="Syllabus", kind=SourceKind.SYLLABUS, file=syllabus))
    manifest = _load(corpus / "readings.yaml")
    for paper in manifest.readings:
        items.append(_paper(corpus, paper))
    for entry in manifest.handouts:
        items.append(_handout(corpus, entry.title, entry.file or "", entry.week))
    known = {item.id for item in items}
    for path in sorted((corpus / "papers").glob("*")):
        if path.suffix.lower() in (".pdf", ".md", ".txt") and not path.name.startswith("."):
            arxiv = parse_arxiv_id(path.stem.replace("_", "/") if "_" in path.stem else path.stem)
            found = arxiv.id if arxiv else slug(path.stem)
            if found not in known:
                known.add(found)
                url = f"https://arxiv.org/abs/{found}" if arxiv else None
                items.append(Item(id=found, title=found if arxiv else path.stem, kind=SourceKind.PAPER, file=path, url=url))
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise ConfigError(f"{corpus / 'readings.yaml'}: {item.id} ({item.title}) stands in it twice: remove one")
        seen.add(item.id)
    return items


def _load(path: Path) -> _File:
    try:
        return _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except FileNotFoundError as exc:
        raise ConfigError(
            f"no {path.name} in {path.parent}: write the list of readings there (it may be empty), or correct corpus.dir"
        ) from exc
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        raise ConfigError(f"{path} cannot be read: {exc}") from exc
    except ValidationError as exc:
        error = exc.errors()[0]
        where = ".".join(str(x) for x in error["loc"]) or "the whole file"
        raise ConfigError(f"{path}: {where}: {error['msg'].replace('_File', 'sections')}") from exc


def _paper(corpus: Path, paper: _Paper) -> Item:
    arxiv = parse_arxiv_id(paper.id)
    found = arxiv.id if arxiv else slug(paper.id)
    version = paper.version or (arxiv.version if arxiv else None)
    stand_in = _handout(corpus, f"{paper.title}: handout", paper.handout, paper.week, found) if paper.handout else None
    return Item(
        id=found,
        title=paper.title,
        kind=SourceKind.PAPER,
        week=paper.week,
        required=paper.required,
        version=f"v{version.lstrip('v')}" if version else None,
        file=corpus / paper.file if paper.file else None,
        url=f"https://arxiv.org/abs/{found}" if arxiv else None,
        stand_in=stand_in,
    )


def _handout(corpus: Path, title: str, file: str, week: int | None, about: str | None = None) -> Item:
    path = corpus / file
    if not file or not path.is_file():
        raise ConfigError(f"{corpus / 'readings.yaml'}: {title}: no file {file or '(none given)'} in {corpus}")
    return Item(id=slug(title), title=title, kind=SourceKind.HANDOUT, week=week, file=path, about=about)
