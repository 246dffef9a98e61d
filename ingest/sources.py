"""Where a reading comes from: what a person names as its source, and the file of a paper.

A paper's file is looked for in `corpus/papers/`, in the mirrors, then at arXiv. Where arXiv cannot be reached the first
paper finds that out within the connect timeout, and the others are told at once.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from common.errors import SourceError
from common.settings import Sources
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.downloads import origin_of
from ingest.arxiv_ids import ArxivId, parse_arxiv_id, version_number
from ingest.manifest import Item
from ingest.readers import SUFFIXES

_ARXIV_SITES = ("arxiv.org", "ar5iv.org")
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")  # ends as a file's name does


def parse_source(text: str) -> ArxivId | Path:
    """What a person gave as a reading's source: an arXiv id or link, or a file.

    Nothing is looked up: whether the file or the paper is there shows later.

    Raises:
        SourceError: It is neither; the message says what is taken.
    """
    given = text.strip().strip("<>").strip()
    found = parse_arxiv_id(given)
    host = _host(given)
    if host is not None:
        if found is not None and _is_at(host, (*_ARXIV_SITES, "doi.org")):
            return found
        if _is_at(host, _ARXIV_SITES):
            raise SourceError(f"no paper's id in {given}: give the link of its page, such as https://arxiv.org/abs/1706.03762")
        raise SourceError(f"{given} is not at arXiv: only arXiv and files are taken; download it yourself and add the file")
    if found is not None and not _FILE.search(given):
        return found
    if _FILE.search(given) or any(mark in given for mark in "/\\"):
        return Path(given).expanduser()
    text = f"{given!r} is neither an arXiv id or link nor a file: give one such as 1706.03762, or a path to a PDF, .md or .txt"
    raise SourceError(text, code="corpus-no-source", source=given)


class Finder:
    """Finds files of papers, fetching each at most once a run."""

    def __init__(self, corpus: Path, settings: Sources, client: ArxivClient | None = None) -> None:
        self._papers = corpus / "papers"
        self._settings = settings
        self._client = client or ArxivClient(settings.arxiv, self._papers)

    def find(self, item: Item) -> Path:
        """The item's file.

        A copy that Lector fetched in another version than the one asked for is fetched again; a copy that a person put
        there is taken as it is.

        Raises:
            SourceError: It is nowhere to be had; the message says why.
        """
        if item.file is not None:
            if not item.file.is_file():
                raise SourceError(f"no file at {_shown(item.file)}: put it there or correct readings.yaml")
            if _shown(item.file) != str(item.file):
                raise SourceError(f"{_shown(item.file)}: the name is not UTF-8: give the file another one")
            return item.file
        arxiv = parse_arxiv_id(item.id)
        if arxiv is None:
            path = _local([self._papers, *self._settings.mirrors], item.id)
            if path is None:
                raise SourceError(f"not an arXiv id, and no {item.id}.pdf in {self._papers}: put the file there")
            return path
        version = item.version or arxiv.version
        path = _local([self._papers, *self._settings.mirrors], arxiv.file_stem, version)
        if path is not None and not self._is_other_version(path, version):
            return path
        if not self._settings.arxiv.enabled:
            raise SourceError(f"not in corpus/papers or a mirror{f' as {version}' if version else ''}, and sources.arxiv.enabled is false")
        return self._client.fetch(arxiv.id, version)

    def _is_other_version(self, path: Path, version: str | None) -> bool:
        if version is None or path.parent != self._papers:
            return False
        origin = origin_of(path)
        return origin is not None and origin.version is not None and origin.version != version


def _local(folders: list[Path], stem: str, version: str | None = None) -> Path | None:
    """A file named by the stem, or by stem and version (`1706.03762v7.pdf`); the newest where no version is asked for."""
    for folder in folders:
        for suffix in SUFFIXES:
            names = [f"{stem}{version}{suffix}", f"{stem}{suffix}"] if version else [f"{stem}{suffix}"]
            for name in names:
                if (folder / name).is_file():
                    return folder / name
        if version is None:
            named = [p for p in folder.glob(f"{stem}v*.pdf") if re.fullmatch(r"v[1-9][0-9]{0,2}", p.stem.removeprefix(stem))]
            if named:
                return max(named, key=lambda p: version_number(p.stem.removeprefix(stem)))
    return None


def _host(text: str) -> str | None:
    """The host of a link, with or without a scheme; "" of one that is broken, None of what is no link."""
    if "://" in text:
        try:
            return urlsplit(text).hostname or ""
        except ValueError:
            return ""
    host, slash, _rest = text.lower().partition("/")
    return host if slash and _is_at(host, (*_ARXIV_SITES, "doi.org")) else None


def _is_at(host: str, sites: tuple[str, ...]) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in sites)


def _shown(path: Path) -> str:
    """A path as text; bytes that are no UTF-8, which a name may hold on Linux, as question marks."""
    return str(path).encode("utf-8", "replace").decode()
