"""Zip archives from outside, opened with care: small, whole, no path that leads out of them."""

import io
import zipfile
import zlib

from quiz.formats.extras import LineError

_MOST_FILES, _MOST_BYTES = 2000, 50_000_000  # unpacked


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name.

    Raises:
        LineError: It is damaged, encrypted, or would unpack to more than a quiz can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise LineError(1, "the archive unpacks to more than a quiz can be")
            found, left = {}, _MOST_BYTES
            for entry in entries:
                with archive.open(entry) as file:
                    found[entry.filename] = file.read(left + 1)
                left -= len(found[entry.filename])
                if left < 0:
                    raise LineError(1, "the archive unpacks to more than a quiz can be")
            return found
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as exc:
        raise LineError(1, f"this archive cannot be opened ({exc})") from exc
