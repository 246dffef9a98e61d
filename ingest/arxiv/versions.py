"""Is there a newer version? Asked of arXiv only when the last answer is old."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ingest.arxiv.bibliography import Bibliography
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.metadata import PaperInfo
from ingest.arxiv_ids import parse_arxiv_id, version_number


def check_versions(
    ids: Iterable[str], client: ArxivClient, bibliography: Bibliography, check_hours: float, now: datetime
) -> dict[str, PaperInfo]:
    """What is known of papers now, after arXiv was asked about those whose last answer is older than `check_hours`.

    One request for up to a hundred papers. Ids that are not arXiv's are left out.

    Raises:
        SourceError: arXiv cannot be asked; what is remembered is unchanged (`Bibliography.infos`).
    """
    wanted = arxiv_ids(ids)
    due = bibliography.due(wanted, timedelta(hours=check_hours), now)
    if due:
        bibliography.remember(client.metadata(due, licences=False).values(), now)
    return bibliography.infos(wanted)


def arxiv_ids(ids: Iterable[str]) -> list[str]:
    """Those of some readings' ids that are arXiv's."""
    return [id for id in ids if (found := parse_arxiv_id(id)) is not None and str(found) == id]


def version_note(version: str | None, info: PaperInfo | None) -> str:
    """How a reading's version is shown: "v5", "v5, newer: v7"; empty where none is known."""
    if info is None:
        return version or ""
    if version is None:
        note = f"newest: {info.latest}"
    elif version_number(info.latest) > version_number(version):
        note = f"{version}, newer: {info.latest}"
    else:
        note = version
    return f"{note}, withdrawn" if info.withdrawn else note
