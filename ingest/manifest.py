"""The course's list of readings, `corpus/readings.yaml`, and what else lies in the corpus folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from common.errors import ConfigError
from ingest.arxiv_ids import ArxivId, parse_arxiv_id
from ingest.catalog import SourceKind
from ingest.names import slug
from ingest.readers import SUFFIXES
from ingest.syllabus import find_syllabus


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    title: str
    week: int | None = None
    file: str | None = None


class _Paper(_Entry):
    id: str
    title: str | None = None  # type: ignore[assignment]  # a paper's may come from arXiv
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
        same_as: The reading of which this is another file; it is reported and not indexed.
        listed: The manifest names it; else it lies in papers/, and its id may turn out to be what arXiv has stamped on it.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    kind: SourceKind
    week: int | None = None
    required: bool = False
    version: str | None = None
    authors: tuple[str, ...] = ()
    file: Path | None = None
    about: str | None = None
    url: str | None = None
    stand_in: "Item | None" = None
    same_as: str | None = None
    listed: bool = True


def load_items(corpus: Path, titles: Mapping[str, str] = MappingProxyType({})) -> list[Item]:
    """Everything the corpus asks to be indexed, the syllabus first.

    Args:
        titles: Of papers by arXiv id, for those that the manifest gives no title.

    Raises:
        ConfigError: The folder or a listed file is missing, or readings.yaml is wrong; the message names the entry.
    """
    if not corpus.is_dir():
        raise ConfigError(f"no corpus folder at {corpus}: set corpus.dir or run from the project's folder")
    items = []
    syllabus = find_syllabus(corpus)
    if syllabus is not None:
        items.append(Item(id="syllabus", title="Syllabus", kind=SourceKind.SYLLABUS, file=syllabus))
    manifest = _load(corpus / "readings.yaml")
    for paper in manifest.readings:
        items.append(_paper(corpus, paper, titles))
    for entry in manifest.handouts:
        items.append(_handout(corpus, entry.title, entry.file or "", entry.week))
    items.extend(_unlisted(corpus / "papers", items, titles))
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise ConfigError(f"{corpus / 'readings.yaml'}: {item.id} ({item.title}) stands in it twice: remove one")
        seen.add(item.id)
    return items


def _unlisted(papers: Path, listed: list[Item], titles: Mapping[str, str]) -> Iterator[Item]:
    """Files in papers/ that the manifest does not list; of several for one reading, all but one as its duplicates."""
    known = {item.id for item in listed}
    files = {item.file for item in listed}
    present = [p for p in papers.glob("*") if p.suffix.lower() in SUFFIXES and not p.name.startswith(".") and p not in files]
    for path in sorted(present, key=lambda p: (id_of(p), len(p.stem), p.name)):
        arxiv, found = arxiv_id_of(path), id_of(path)
        if found in known:
            if arxiv is None or path.stem not in (arxiv.file_stem, f"{arxiv.file_stem}{arxiv.version or ''}"):
                yield Item(
                    id=f"{found}:{_stem(path)}{path.suffix}",
                    title=f"{_stem(path)}{path.suffix}",
                    kind=SourceKind.PAPER,
                    file=path,
                    same_as=found,
                )
            continue  # by this name `sources` looks for the file of a paper that is listed
        known.add(found)
        url = f"https://arxiv.org/abs/{found}" if arxiv else None
        title = titles.get(found, found) if arxiv else _stem(path)
        yield Item(id=found, title=title, kind=SourceKind.PAPER, version=arxiv.version if arxiv else None, file=path, url=url, listed=False)


def id_of(path: Path) -> str:
    """The id of a file that the manifest does not list, from its name."""
    arxiv = arxiv_id_of(path)
    return arxiv.id if arxiv else slug(_stem(path))


def _stem(path: Path) -> str:
    """A file's name as text; on Linux a name is any bytes, and `sources` refuses one that is no UTF-8."""
    return path.stem.encode("utf-8", "replace").decode()


def arxiv_id_of(path: Path) -> ArxivId | None:
    """The arXiv id that a file is named by: an underscore stands for the slash of an old id."""
    name = _stem(path)
    return parse_arxiv_id(name.replace("_", "/") if "_" in name else name)


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


def _paper(corpus: Path, paper: _Paper, titles: Mapping[str, str]) -> Item:
    arxiv = parse_arxiv_id(paper.id)
    found = arxiv.id if arxiv else slug(paper.id)
    version = paper.version or (arxiv.version if arxiv else None)
    title = paper.title or titles.get(found, found)
    stand_in = _handout(corpus, f"{title}: handout", paper.handout, paper.week, found) if paper.handout else None
    return Item(
        id=found,
        title=title,
        kind=SourceKind.PAPER,
        week=paper.week,
        required=paper.required,
        version=f"v{version.lstrip('v')}" if version else None,
        authors=paper.authors,
        file=corpus / paper.file if paper.file else None,
        url=f"https://arxiv.org/abs/{found}" if arxiv else None,
        stand_in=stand_in,
    )


def _handout(corpus: Path, title: str, file: str, week: int | None, about: str | None = None) -> Item:
    path = corpus / file
    if not file or not path.is_file():
        raise ConfigError(f"{corpus / 'readings.yaml'}: {title}: no file {file or '(none given)'} in {corpus}")
    return Item(id=slug(title), title=title, kind=SourceKind.HANDOUT, week=week, file=path, about=about)
