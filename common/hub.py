"""Fetching a named model from the hub: resumed, checked by the hub's own checksums, whole or not at all.

huggingface_hub finds the file, its commit, size and checksum. The bytes are fetched here: its `hf_hub_download` (1.33, seen
2026-11) throws away what has arrived when the process ends (its pull request 4228), and begins 2.5 GB anew.
"""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar

import httpx
from filelock import FileLock, Timeout

from common.errors import ModelError
from common.files import write_whole
from common.hub_models import RECORD, HubModel, Pulled, PulledFile, as_record
from common.models import sha256_of

if TYPE_CHECKING:
    from huggingface_hub import HfFileMetadata

_TRIES = 5  # in a row without a new byte
_REST_MAX_S = 60.0  # asked for a longer rest: give up, and say so
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_SPARE_BYTES = 100_000_000
_SMALL_FILES = (".json", ".txt", ".model")  # what stands around the weights; not the same weights in other formats
_OTHER_FORMATS = ("onnx", "openvino")

T = TypeVar("T")


class Progress(Protocol):
    """Who is told how far it is."""

    def file(self, name: str, size: int, have: int) -> None:
        """A file of `size` bytes is being fetched, of which `have` are here; told again after each break."""

    def advance(self, count: int) -> None:
        """So many more bytes are here."""


def pull(model: HubModel, models: Path, progress: Progress, *, sleep: Callable[[float], None] = time.sleep) -> Pulled:
    """Fetch a model into `models/<name>/`, or make sure that what is there is what the hub has.

    The hub is the one of the variable HF_ENDPOINT, else Hugging Face's. Stopped or failed, it goes on where it was when called again.

    Raises:
        ModelError: It cannot be had, or what came is not what the hub names; nothing of that is left.
    """
    folder = models / model.name
    endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or None
    with _disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(folder / ".lock", timeout=0):
                return _Pull(model, folder, progress, endpoint, sleep).run()
        except Timeout as exc:
            raise ModelError(f"{model.name} is being fetched by another `lector models pull`: wait for it") from exc


class _Pull:
    def __init__(self, model: HubModel, folder: Path, progress: Progress, endpoint: str | None, sleep: Callable[[float], None]) -> None:
        self._model = model
        self._folder = folder
        self._progress = progress
        self._endpoint = endpoint
        self._sleep = sleep

    def run(self) -> Pulled:
        weights = self._metadata(self._model.file, "main")
        revision = str(weights.commit_hash)  # all files of one commit, whatever is pushed meanwhile
        others = [] if self._model.one_file else self._small_files(revision)
        # Small files first: what is missing or refused is known before the long wait.
        files = [self._file(name, self._metadata(name, revision)) for name in others]
        files.append(self._file(self._model.file, weights))
        found = Pulled(self._model.name, self._model.repo, revision, tuple(files))
        write_whole(self._folder / RECORD, as_record(found))
        return found

    def _metadata(self, file: str, revision: str) -> "HfFileMetadata":
        from huggingface_hub import get_hf_file_metadata, hf_hub_url  # imported here: slow, and only a pull needs it

        url = hf_hub_url(self._model.repo, file, revision=revision, endpoint=self._endpoint)
        found = self._again(lambda: get_hf_file_metadata(url, timeout=_TIMEOUT.read, endpoint=self._endpoint), file)
        if found.commit_hash is None or found.etag is None or found.size is None:
            raise self._no_hub()
        return found

    def _no_hub(self) -> ModelError:
        return ModelError(
            f"{self._host} does not answer as a model hub: a login page of this network may stand in between, or HF_ENDPOINT is wrong"
        )

    def _small_files(self, revision: str) -> list[str]:
        from huggingface_hub import HfApi

        api = HfApi(endpoint=self._endpoint)
        try:
            info = self._again(lambda: api.model_info(self._model.repo, revision=revision, timeout=_TIMEOUT.read), "list of files")
        except (ValueError, KeyError, TypeError) as exc:  # a page in the list's place
            raise self._no_hub() from exc
        names = [entry.rfilename for entry in info.siblings or []]
        for name in names:
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or re.search(r"[\\:\0]", name):
                raise ModelError(
                    f"{self._model.repo} on the hub holds a file called {name!r}, which is not taken: tell Lector's developers"
                )
        return sorted(n for n in names if n.endswith(_SMALL_FILES) and n.split("/")[0] not in _OTHER_FORMATS)

    def _file(self, name: str, meta: "HfFileMetadata") -> PulledFile:
        """Fetch and check one file, unless it is here already."""
        from huggingface_hub import hf_hub_url

        etag, size = str(meta.etag), int(meta.size or 0)
        target = self._folder / name
        if not (target.is_file() and target.stat().st_size == size and _matches(target, etag)):
            target.parent.mkdir(parents=True, exist_ok=True)
            # Named by the checksum: a part of another revision is never continued.
            part = target.with_name(f".{target.name}.{re.sub(r'[^0-9a-zA-Z]', '', etag)[:16]}.part")
            self._check_room(size - _size(part))
            url = hf_hub_url(self._model.repo, name, revision=meta.commit_hash, endpoint=self._endpoint)
            self._fetch(url, name, part, size)
            if not _matches(part, etag):
                part.unlink()
                raise ModelError(
                    f"{name} came with another checksum than {self._host} names ({etag[:12]}…) and was thrown away: "
                    "pull it again; if that goes on, a proxy of this network changes files"
                )
            os.replace(part, target)
        return PulledFile(name, size, etag if len(etag) == 64 else sha256_of(target), etag)

    def _fetch(self, url: str, name: str, part: Path, size: int) -> None:
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # documented, but not in __all__ (1.33)

        headers = {**build_hf_headers(), "Accept-Encoding": "identity"}  # a range must be one of the file, not of its compressed form
        self._progress.file(name, size, min(_size(part), size))
        # Each try asks the hub anew: the address in the content network that it redirects to is good for a while only.
        with httpx.Client(follow_redirects=True, timeout=_TIMEOUT, headers=headers) as client:
            while _size(part) != size or not part.exists():
                self._again(lambda: self._receive(client, url, name, part, size), name, lambda: _size(part))

    def _receive(self, client: httpx.Client, url: str, name: str, part: Path, size: int) -> None:
        have = _size(part)
        with client.stream("GET", url, headers={"Range": f"bytes={have}-"} if have else {}) as response:
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
                raise httpx.RemoteProtocolError("the part here does not fit the file there", request=response.request)
            response.raise_for_status()
            if "text/html" in response.headers.get("content-type", ""):
                raise ModelError(
                    f"{response.url.host} gave a web page in place of {name}: a login page or a proxy of this network stands in between; "
                    "open the address in a browser, or use another network"
                )
            goes_on = have > 0 and response.headers.get("content-range", "").startswith(f"bytes {have}-")
            if response.status_code == httpx.codes.PARTIAL_CONTENT and have and not goes_on:
                part.unlink()
                raise httpx.RemoteProtocolError("another part of the file than was asked for", request=response.request)
            if have and not goes_on:  # the server takes no ranges: all of it again
                self._progress.file(name, size, 0)
            with part.open("ab" if goes_on else "wb") as file:
                for chunk in response.iter_bytes():
                    if file.tell() + len(chunk) > size:
                        file.truncate(0)
                        raise ModelError(f"{name} is longer than {self._host} says ({size} bytes): pull it again, or use another network")
                    file.write(chunk)
                    self._progress.advance(len(chunk))
                file.flush()
                os.fsync(file.fileno())
        if _size(part) < size:
            raise httpx.RemoteProtocolError("the file is shorter than was said", request=response.request)

    def _again(self, action: Callable[[], T], what: str, arrived: Callable[[], int] = lambda: 0) -> T:
        """What `action` gives, tried again where that may help; a try that brought bytes counts as the first."""
        tries, before = 0, arrived()
        while True:
            try:
                return action()
            except (httpx.HTTPError, ConnectionError) as exc:
                now = arrived()
                tries, before = (1 if now > before else tries + 1), now
                wait_s = _wait_s(exc, tries, begun=now > 0)
                if wait_s is None or tries >= _TRIES:
                    raise self._said(exc, what, now) from exc
                self._sleep(wait_s)

    def _said(self, exc: Exception, what: str, arrived: int) -> ModelError:
        """The error in words, with what to do."""
        response = getattr(exc, "response", None)
        kept = "; what has arrived is kept" if arrived else ""
        if response is None:
            if type(exc).__name__ == "OfflineModeIsEnabled":
                return ModelError("HF_HUB_OFFLINE is set, so nothing is fetched: unset it, and pull again")
            return ModelError(f"{self._host} is out of reach or broke off ({type(exc).__name__}): connect, and pull again{kept}")
        status = int(response.status_code)
        if status in (401, 403):
            return ModelError(
                f"{self._host} refuses {self._model.repo} ({status}): it is gone or wants an account: set HF_TOKEN or run `hf auth login`"
            )
        if status == httpx.codes.NOT_FOUND:
            return ModelError(
                f"{self._host} has no {what} in {self._model.repo} (404): renamed or removed there; take another of `lector models list`"
            )
        rest_s = _rest_s(response)
        when = f"in {rest_s:.0f} s" if rest_s else "later"
        why = "asks for fewer requests" if status == httpx.codes.TOO_MANY_REQUESTS else "is not well"
        return ModelError(f"{self._host} {why} ({status}): pull again {when}{kept}")

    @property
    def _host(self) -> str:
        from huggingface_hub.constants import ENDPOINT

        return httpx.URL(self._endpoint or ENDPOINT).host or str(self._endpoint)

    def _check_room(self, missing: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < missing + _SPARE_BYTES:
            raise ModelError(
                f"{self._model.name} needs {(missing + _SPARE_BYTES) // 1_000_000} MB, {free // 1_000_000} MB are free in {self._folder}: "
                "make room, or set storage.models to another disk"
            )


def _wait_s(exc: Exception, tries: int, *, begun: bool) -> float | None:
    """Seconds before the next try; None where another would not help."""
    response = getattr(exc, "response", None)
    if response is not None:
        if response.status_code not in (408, 429) and response.status_code < 500:
            return None
        rest_s = _rest_s(response)
        return max(rest_s, 2.0 ** (tries - 1)) if rest_s <= _REST_MAX_S else None
    if not isinstance(exc, httpx.TransportError) or isinstance(exc, httpx.UnsupportedProtocol):
        return None
    if isinstance(exc, httpx.ConnectError | httpx.ConnectTimeout) and not begun:
        return None  # no network at all; one that comes and goes during a long download is waited for
    return 2.0 ** (tries - 1)


def _rest_s(response: httpx.Response) -> float:
    """Seconds that an answer asks to wait: Retry-After, or `t` of RateLimit, which the hub sends; 0 if it does not say."""
    after = response.headers.get("retry-after", "").strip()
    limit = re.search(r";\s*t\s*=\s*(\d{1,9})", response.headers.get("ratelimit", ""))
    return float(after[:9]) if after.isdecimal() else float(limit[1]) if limit else 0.0


def _matches(path: Path, etag: str) -> bool:
    """Has the file the checksum by which the hub names it?

    Raises:
        ModelError: The hub names none: neither a sha256 nor git's hash of a blob.
    """
    if re.fullmatch("[0-9a-f]{64}", etag):
        return sha256_of(path) == etag
    if re.fullmatch("[0-9a-f]{40}", etag):
        content = path.read_bytes()
        return hashlib.sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest() == etag
    raise ModelError(
        f"the hub names no checksum for {path.name.split('.part')[0]} ({etag[:20]!r}): unchecked files are not taken; is HF_ENDPOINT a hub?"
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise ModelError(
            f"cannot write to {folder} ({exc.strerror or exc}): make room or the folder writable, or set storage.models"
        ) from exc
