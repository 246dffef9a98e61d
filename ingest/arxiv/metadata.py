"""What arXiv knows of papers: the Atom feed by the `arxiv` package, the licence by OAI-PMH.

The package builds the query and reads the feed; it does not touch the network here. Its own session (4.0.2, seen 2026-11)
has no timeout, follows redirects to anywhere, retries at once and keeps its pause for itself alone, so ours stands in its
place. It also reads broken XML as far as it goes, so a feed is checked before.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode
from xml.etree import ElementTree
from xml.parsers import expat

from common.errors import SourceError
from ingest.arxiv_ids import parse_arxiv_id

_BATCH = 100  # ids in one request: the link stays below 2,000 characters
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
# The feed has no field for it: authors and moderators say so at the start of the comment or the abstract.
_WITHDRAWN = re.compile(r"\s*(?:this (?:paper|article|submission|manuscript|work) (?:has been|was|is) )?withdrawn\b", re.IGNORECASE)
Get = Callable[[str], bytes]


@dataclass(frozen=True)
class PaperInfo:
    """A paper as arXiv describes it now.

    Attributes:
        id: Without version.
        licence: The licence's URL; None if it was not asked for or is not stated.
        latest: The newest version, such as "v7".
        published: When the first version came out; `updated`: the newest.
        withdrawn: The newest version says so; an earlier one may still be had.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    latest: str
    published: datetime
    updated: datetime
    licence: str | None = None
    withdrawn: bool = False


def query_papers(ids: Sequence[str], api_url: str, get: Get) -> dict[str, PaperInfo]:
    """Ask the API for papers by their ids without version, a hundred at once.

    Raises:
        SourceError: The answer is no feed.
    """
    import arxiv  # imported here: it brings requests and lxml, which `lector --help` need not wait for

    client = arxiv.Client(page_size=_BATCH, delay_seconds=0, num_retries=0)
    client.query_url_format = api_url + "?{}"
    client._session = cast(Any, _Session(get))  # private: there is no public way to give it a session
    found: dict[str, PaperInfo] = {}
    for start in range(0, len(ids), _BATCH):
        batch = list(ids[start : start + _BATCH])
        try:
            for result in client.results(arxiv.Search(id_list=batch, max_results=len(batch))):
                info = _paper(result)
                if info is not None and info.id in batch:
                    found[info.id] = info
        except (arxiv.ArxivError, ValueError) as exc:
            raise SourceError(f"{api_url} gave a feed that cannot be read ({' '.join(str(exc).split())[:200]}): run again later") from exc
    return found


def query_record(info: PaperInfo, oai_url: str, get: Get) -> PaperInfo:
    """Ask for a paper's record: licence, newest version, and whether that is withdrawn.

    Raises:
        SourceError: The answer is no record.
    """
    url = f"{oai_url}?{urlencode({'verb': 'GetRecord', 'identifier': f'oai:arXiv.org:{info.id}', 'metadataPrefix': 'arXivRaw'})}"
    root = ElementTree.fromstring(checked_xml(get(url), url))
    record = root.find(f"{_OAI}GetRecord/{_OAI}record/{_OAI}metadata/{_RAW}arXivRaw")
    if record is None or record.findtext(f"{_RAW}id", "").strip() != info.id:
        return info
    licence = record.findtext(f"{_RAW}license", "").strip()
    versions = [v for v in record.iterfind(f"{_RAW}version") if re.fullmatch(r"v[1-9][0-9]{0,2}", v.get("version", ""))]
    newest = max(versions, key=lambda v: int(v.get("version", "v0")[1:]), default=None)
    if newest is not None:
        # "I": all files are to be ignored, arXiv's own sign (SourceFlag.ignore in its open source) of a withdrawn version
        info = replace(info, latest=newest.get("version", ""), withdrawn="I" in newest.findtext(f"{_RAW}source_type", ""))
    return replace(info, licence=licence if re.fullmatch(r"https?://[\x21-\x7e]{1,300}", licence) else None)


def checked_xml(body: bytes, url: str) -> bytes:
    """The same bytes, if they are whole XML that declares nothing: no entities to expand, nothing to load from elsewhere.

    Raises:
        SourceError: They are not.
    """

    def refuse(*_declaration: object) -> None:
        raise SourceError(f"{url} gave XML with a document type, which arXiv's has not: it was not read")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as exc:  # not XML, or in an encoding that is none
        raise SourceError(f"{url} gave something else than XML: open it in a browser to see what, or run again later") from exc
    return body


@dataclass(frozen=True)
class _Answer:
    content: bytes
    status_code: int = 200


class _Session:
    """Stands where the package keeps its requests.Session: of that it uses `get`, `status_code` and `content` alone."""

    def __init__(self, get: Get) -> None:
        self._get = get

    def get(self, url: str, headers: object = None) -> _Answer:
        return _Answer(checked_xml(self._get(url), url))


def _paper(result: Any) -> PaperInfo | None:
    """An entry of the feed; None for one that is no paper: arXiv reports errors as entries, too."""
    found = parse_arxiv_id(result.entry_id)
    if found is None or found.version is None or "/api/errors" in result.entry_id:
        return None
    return PaperInfo(
        id=found.id,
        title=_line(result.title, 500),
        authors=tuple(_line(author.name, 200) for author in result.authors),
        abstract=_line(result.summary, 10_000),
        latest=found.version,
        published=result.published.astimezone(UTC),
        updated=result.updated.astimezone(UTC),
        withdrawn=any(_WITHDRAWN.match(text or "") for text in (result.comment, result.summary)),
    )


def _line(text: str, limit: int) -> str:
    """Text of theirs as one line of at most `limit` characters, nothing in it that a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:limit]
