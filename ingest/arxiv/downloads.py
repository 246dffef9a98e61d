"""A paper's PDF, whole or not at all.

What has arrived is kept in `.<id>.part`, with the validator of its bytes beside it, so that the next try or the next run
asks for the rest (Range, If-Range: RFC 9110, 13.1.5 and 14). A file that is there is asked for again only if it has changed
(If-None-Match). Names are made of our id alone; nothing that the server says becomes a path.
"""

import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from common.errors import SourceError
from common.models import sha256_of
from ingest.arxiv.pacing import Clock
from ingest.arxiv_ids import ArxivId

_LOG = logging.getLogger(__name__)
_HEAD_BYTES = 1024  # %PDF- stands within them
_PAGE_BYTES = 65_536  # enough of an HTML page to see what it says
_UNAVAILABLE = re.compile(rb"withdrawn|file unavailable for", re.IGNORECASE)  # arXiv's page in a withdrawn paper's place, sent with 200
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True)
class Origin:
    """Where the bytes of a file came from; kept beside it.

    Attributes:
        validator: The name of these bytes at the server, an ETag or a date; None if it gave none that can be relied on.
        version: The version that was asked for; None if it was the newest.
        sha256: Of the whole file; None of a part.
    """

    url: str
    validator: str | None
    version: str | None
    sha256: str | None = None


class Download:
    """One PDF on its way from `url` to `target`.

    Args:
        limit: Largest size, in bytes.
    """

    def __init__(self, url: str, paper: ArxivId, target: Path, limit: int, clock: Clock) -> None:
        self._url = url
        self._paper = paper
        self._target = target
        self._limit = limit
        self._clock = clock
        self._part = target.with_name(f".{target.stem}.part")
        self._part_origin = target.with_name(f".{target.stem}.part.json")

    def headers(self) -> dict[str, str]:
        """What to ask for now: the rest of a part, a changed file, or all of it."""
        validator = self._resumable()
        if validator is not None:
            return {"Range": f"bytes={self._part.stat().st_size}-", "If-Range": validator}
        origin = origin_of(self._target)
        if origin is not None and origin.url == self._url and origin.validator is not None:
            return {"If-None-Match" if origin.validator.startswith('"') else "If-Modified-Since": origin.validator}
        return {}

    def receive(self, response: httpx.Response, deadline: float) -> bool:
        """Read an answer to the end and put the file in its place.

        Returns:
            Whether there is a new file; False where the server says that the one here is still right.

        Raises:
            SourceError: It is no PDF, too large, or not there.
            httpx.HTTPError: It broke off; what arrived is kept.
        """
        with _disk_errors(self._target):
            if response.status_code == httpx.codes.NOT_MODIFIED and any(
                h in response.request.headers for h in ("if-none-match", "if-modified-since")
            ):
                return False
            start = self._start(response)
            self._check_length(response, start)
            if start == 0:
                self._write_origin(self._part_origin, Origin(self._url, _validator(response), self._paper.version))
            self._read(response, start, deadline)
            self._check_whole(response)
            origin = Origin(self._url, _validator(response), self._paper.version, sha256_of(self._part))
            os.replace(self._part, self._target)
            self._write_origin(_beside(self._target), origin)
            self._part_origin.unlink(missing_ok=True)
        _LOG.info("fetched %s: %d bytes", self._paper, self._target.stat().st_size)
        return True

    def _resumable(self) -> str | None:
        """The validator of the part that is here, if the rest can be asked for."""
        try:
            origin = _read_origin(self._part_origin)
            return origin.validator if origin is not None and origin.url == self._url and self._part.stat().st_size > 0 else None
        except OSError:
            return None

    def _start(self, response: httpx.Response) -> int:
        """The place in the file at which the answer's bytes begin."""
        status = response.status_code
        if status == httpx.codes.OK:
            return 0
        if status == httpx.codes.PARTIAL_CONTENT:
            match = _RANGE.fullmatch(response.headers.get("content-range", ""))
            known = _read_origin(self._part_origin)
            same = known is not None and _validator(response) in (known.validator, None)
            if (
                match
                and same
                and "range" in response.request.headers
                and self._part.is_file()
                and int(match[1]) == self._part.stat().st_size
            ):
                return int(match[1])
        if status in (httpx.codes.PARTIAL_CONTENT, httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE):
            self._discard()
            raise httpx.RemoteProtocolError("the part here does not fit the file there", request=response.request)
        self._discard()
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            raise SourceError(f"{self._url} does not exist: check the id and the version")
        if status == httpx.codes.FORBIDDEN:
            raise SourceError(f"{self._url} answered 403: arXiv turns this network or client away; put the PDF into {self._target.parent}")
        raise SourceError(f"{self._url} answered {status}: open the link in a browser to see why")

    def _check_length(self, response: httpx.Response, start: int) -> None:
        length = response.headers.get("content-length", "")
        if length.isdecimal() and start + int(length[:15]) > self._limit:
            raise self._too_large()

    def _read(self, response: httpx.Response, start: int, deadline: float) -> None:
        size, head = start, b""
        with self._part.open("ab" if start else "wb") as file:
            for chunk in response.iter_bytes():
                if self._clock.now() > deadline:
                    raise httpx.ReadTimeout("the time for this paper is over", request=response.request)
                size += len(chunk)
                if size > self._limit:
                    raise self._too_large()
                file.write(chunk)
                head = (head + chunk)[:_PAGE_BYTES] if len(head) < _PAGE_BYTES else head
                if start == 0 and len(head) == _PAGE_BYTES and not _is_pdf(head):
                    break
            file.flush()
            os.fsync(file.fileno())

    def _check_whole(self, response: httpx.Response) -> None:
        """That the part here is a PDF, and all of it.

        Where the server gives a length, httpx has counted; where it does not, a PDF ends with %%EOF.
        """
        with self._part.open("rb") as file:
            head = file.read(_PAGE_BYTES)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 2048))
            tail = file.read()
        if not _is_pdf(head):
            self._discard()
            if _UNAVAILABLE.search(head):
                earlier = f"{self._paper.id}v1"
                raise SourceError(
                    f"arXiv has no file of {self._paper}: it is withdrawn, or has no PDF; ask for an earlier version, such as {earlier}"
                )
            what = "a web page" if b"<html" in head[:4096].lower() or b"<!doctype html" in head[:4096].lower() else "something else"
            raise SourceError(f"{self._url} gave no PDF but {what}: open the link in a browser to see what")
        match = _RANGE.fullmatch(response.headers.get("content-range", ""))
        if match and match[2] != "*" and size != int(match[2]):
            raise httpx.RemoteProtocolError("the file is shorter than was said", request=response.request)
        if "content-length" not in response.headers and b"%%EOF" not in tail:
            raise httpx.RemoteProtocolError("the file ends without %%EOF", request=response.request)

    def _too_large(self) -> SourceError:
        self._discard()
        return SourceError(f"{self._url} is larger than {self._limit // 1_000_000} MB: raise sources.arxiv.max_mb if you want it")

    def _discard(self) -> None:
        self._part.unlink(missing_ok=True)
        self._part_origin.unlink(missing_ok=True)

    def _write_origin(self, path: Path, origin: Origin) -> None:
        path.write_text(json.dumps(asdict(origin)), "utf-8")


def origin_of(path: Path) -> Origin | None:
    """Where a file came from; None if Lector did not fetch it, or someone has changed it since."""
    try:
        origin = _read_origin(_beside(path))
        return origin if origin is not None and origin.sha256 == sha256_of(path) else None
    except OSError:
        return None


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.stem}.origin.json")


def _read_origin(path: Path) -> Origin | None:
    try:
        return Origin(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _validator(response: httpx.Response) -> str | None:
    """A strong ETag, else the date of the last change; None of bytes that are not the file's own (compressed on the way)."""
    if response.headers.get("content-encoding", "identity") != "identity":
        return None
    tag: str = response.headers.get("etag", "")
    if tag.startswith('"'):
        return tag
    date: str | None = response.headers.get("last-modified")
    return date


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:_HEAD_BYTES]


@contextmanager
def _disk_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise SourceError(f"cannot write {target} ({exc.strerror}): make room, or the folder writable") from exc
