"""arXiv ids in the forms that people paste, that files are named by, and that arXiv stamps on page 1.

What an id looks like: https://info.arxiv.org/help/arxiv_identifier.html. As arXiv itself does, an old id is kept without
its subject class (math.GT/0309136 is math/0309136): one paper, one id.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

# All archives that had ids of the old form (https://arxiv.org/archive); the list keeps "docs/1234567" from being one.
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga funct-an gr-qc "
    "hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int "
    "supr-con"
).split()
_ARCHIVE = "|".join(sorted(_ARCHIVES, key=len, reverse=True))

_NEW = r"(?P<new>[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5})"
_OLD = rf"(?P<archive>{_ARCHIVE})(?:\.[a-z][a-z-]+)?/(?P<number>[0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{3}})"
_VERSION = r"(?P<version>v[1-9][0-9]{0,2})?"
_END = r"(?:\.pdf)?(?![0-9A-Za-z%]|[.-][0-9A-Za-z])"
_ID = f"(?:{_NEW}|{_OLD}){_VERSION}"
_SITE = r"(?:[a-z0-9-]+\.)*(?:arxiv|ar5iv)\.org/(?:abs|pdf|html|format|ps|src|e-print)/+(?:arxiv:)?"
_NAMED = r"arxiv[\s:._/-]*"  # arXiv:…, arXiv …, 10.48550/arXiv.…
_LINKED = re.compile(rf"(?<![A-Za-z0-9.-])(?:{_SITE}|{_NAMED}){_ID}{_END}", re.IGNORECASE)
_BARE = re.compile(rf"(?:^|(?<=[\s(<\[{{\"'`“‘«*|,;:/_])){_ID}{_END}", re.IGNORECASE)
_ELSEWHERE = re.compile(r"://|(?:^|\W)10\.[0-9]{4,}/|\bdoi\b|[a-z]\.[a-z]{2,}/", re.IGNORECASE)  # another site's link or DOI
_DATE = r"[0-9]{1,2}\s+[A-Z][a-z]{2}\s+[0-9]{4}"
_STAMP = re.compile(rf"arXiv:\s*(?:{_NEW}|{_OLD})\s?{_VERSION}\s*(?:\[[a-z.-]+\])?\s*{_DATE}", re.IGNORECASE)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))


@dataclass(frozen=True)
class ArxivId:
    """An id without its version, and the version ("v7") where one was given."""

    id: str
    version: str | None = None

    def __str__(self) -> str:
        return f"{self.id}{self.version or ''}"

    @property
    def file_stem(self) -> str:
        """The id as a file's name: the slash of an old id becomes an underscore."""
        return self.id.replace("/", "_")

    @property
    def url(self) -> str:
        """Its page at arXiv, for people."""
        return f"https://arxiv.org/abs/{self}"


def parse_arxiv_id(text: str) -> ArxivId | None:
    """The first arXiv id in `text`; None if there is none.

    Bare, `arXiv:…v7`, a link to any of arXiv's pages of a paper or to ar5iv, arXiv's own DOI; inside a sentence, brackets
    or quotes too. A number inside another site's link, or in the DOI of another publisher, is none.
    """
    plain = text.translate(_FULL_WIDTH).strip()
    if "%2f" in plain.lower():
        plain = unquote(plain)
    matches = [*_LINKED.finditer(plain), *(m for m in _BARE.finditer(plain) if not _ELSEWHERE.search(_before(plain, m.start())))]
    for match in sorted(matches, key=lambda m: m.start()):
        found = _checked(match)
        if found is not None:
            return found
    return None


def stamp_of(text: str) -> ArxivId | None:
    """The id with its version that arXiv stamps on page 1 ("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023"), in that page's text.

    A reference to another paper ("arXiv preprint arXiv:1607.06450") has no date, and is none.
    """
    for match in _STAMP.finditer(text):
        found = _checked(match)
        if found is not None and found.version is not None:
            return found
    return None


def version_number(version: str | None) -> int:
    """7 for "v7"; 0 where no version is known."""
    return int(version.lstrip("vV")) if version else 0


def _before(text: str, start: int) -> str:
    """What stands before `start` without a space between: the link or path that the match is a part of."""
    return re.split(r"\s", text[:start])[-1]


def _checked(match: re.Match[str]) -> ArxivId | None:
    """The id of a match whose month and length arXiv's rules allow."""
    version = match["version"].lower() if match["version"] else None
    if match["new"]:
        month, _, number = match["new"].partition(".")
        five_digits = int(month) >= 1501
        allowed = 704 <= int(month) < 9100 and len(number) == (5 if five_digits else 4) and int(number) > 0
        return ArxivId(match["new"], version) if allowed else None
    month = match["number"][:4]
    return ArxivId(f"{match['archive'].lower()}/{match['number']}", version) if month >= "9107" or month <= "0703" else None
