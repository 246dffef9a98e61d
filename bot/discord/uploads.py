"""Fetches what people attach in Discord to a file under a name made here."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from common.errors import SourceError
from ingest.manifest import arxiv_id_of
from ingest.names import slug

if TYPE_CHECKING:
    from bot.discord.client import LectorBot


async def fetched(
    interaction: discord.Interaction["LectorBot"], file: discord.Attachment, kinds: Sequence[str], folder: Path, *, private: bool = False
) -> Path:
    """The attachment as a file in `folder`, which is made; the interaction is deferred, for its asker alone if `private`.

    The name keeps an arXiv id, else it is a slug of the attachment's: nothing of a remote name becomes a path.

    Args:
        private: The reply is for the uploader alone.

    Raises:
        SourceError: It is of a kind that is not taken, too large, or cannot be fetched.
    """
    suffix = Path(file.filename).suffix.lower()
    limit = (await interaction.client.course_of(interaction)).settings.discord.max_upload_mb
    if suffix not in kinds:
        taken, kind = ", ".join(kinds), suffix or "(none)"
        text = f"{file.filename}: files of type {kind} are not taken here; use {taken}"
        raise SourceError(text, code="upload-kind", file=file.filename, kind=kind, kinds=taken)
    if file.size > limit * 1_000_000:
        text = f"{file.filename} is larger than {limit} MB (discord.max_upload_mb)"
        raise SourceError(text, code="upload-size", file=file.filename, limit=limit)
    await interaction.response.defer(ephemeral=private, thinking=True)
    arxiv = arxiv_id_of(Path(file.filename))
    stem = f"{arxiv.file_stem}{arxiv.version or ''}" if arxiv else slug(Path(file.filename).stem)
    path = folder / f"{stem}{suffix}"
    await asyncio.to_thread(folder.mkdir, parents=True)
    try:
        await file.save(path)
    except (discord.HTTPException, OSError) as exc:
        text = f"{file.filename} could not be fetched from Discord ({exc}): upload it again"
        raise SourceError(text, code="upload-fetch", file=file.filename) from exc
    return path
