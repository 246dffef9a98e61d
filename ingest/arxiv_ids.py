"""arXiv ids in the forms that people paste and files are named by. https://info.arxiv.org/help/arxiv_identifier.html"""

import re
from dataclasses import dataclass

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_PATTERN = re.compile(rf"(?:arxiv[:.]|arxiv\.org/(?:abs|pdf|html)/|^|[\s(/])({_NEW}|{_OLD})(v\d+)?(?:\.pdf)?(?![\d.]*\d)", re.IGNORECASE)


@dataclass(frozen=True)
class ArxivId:
    """An id without its version, and the version ("v7") where one was given."""

    id: str
    version: str | None = None

    @property
    def file_stem(self) -> str:
        """The id as a file's name: the slash of an old id becomes an underscore."""
        return self.id.replace("/", "_")


def parse_arxiv_id(text: str) -> ArxivId | None:
    """The first arXiv id in `text`: bare, `arXiv:…v7`, or inside an abs, pdf or html link. None if there is none."""
    match = _PATTERN.search(text.strip())
    return ArxivId(match[1], match[2]) if match else None
