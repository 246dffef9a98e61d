"""What a line gives to read: links to papers and chapters, addresses, citations without a link; not slides, videos, code, forms."""

import re
from itertools import pairwise

from ingest.arxiv_ids import parse_arxiv_id
from ingest.syllabus.document import Kind, Line, Link
from ingest.syllabus.labels import BREAK, WORK, bare_text, is_none, split_label
from ingest.syllabus.model import ReadingRef

_GENERIC = re.compile(
    r"\W*(?:arxiv(?:\s*(?:link|paper|preprint|abs|pdf))?|pdf|link|paper|here|html|url|web|website|webpage|page|doi|acl|anthology"
    r"|openreview|article|text|download|ps|blog|post|abs|preprint|online|"
    r"version|paper link|official|source|1|2|3)\W*",
    re.IGNORECASE,
)
MATERIAL = re.compile(
    r"\W*(?:(?:\w+['’]s?|lecture|class|project|intro\w*|annotated|course|lab|tutorial|blank|complete|full|talk|guest|session|week"
    r"|lec\.?|\d+|part|final|midpoint|our|the|download)\s+){0,3}"
    r"(?:slides?|slide deck|deck|ppt|pptx|powerpoint|keynote|videos?|recordings?|recorded|livestream|live stream|stream|youtube|zoom"
    r"|panopto|code|source code|colab|notebooks?|jupyter|ipynb|quiz(?:zes)?|"
    r"forms?|leaderboard|preview|solutions?|starter(?: code)?|templates?|sign[- ]?up\w*|canvas|gradescope|piazza|github"
    r"|repo(?:sitory)?|demos?|posters?|audio|podcast|whiteboard|worksheets?|"
    r"lecture notes?|notes?|handouts?|submission|submit|rubric|instructions?|data|dataset|exercises?|assignments?|homeworks?|hw|pset"
    r"|problem set|labs?|spec|poll|survey|outline|agenda|"
    r"lecture[ _]?\d+(?:\.\w+)?|\w+\.py|\w+\.ipynb|calendar|map|syllabus|transcript|handwritten|scribe)\b[\s\d:.#)\]]*(?:\(.*\))?\W*",
    re.IGNORECASE,
)
MATERIAL_START = re.compile(
    r"\W*(?:slides?|videos?|recordings?|livestream|youtube|quiz|code|colab|notebook|demo|zoom|tutorial video|starter code)\b", re.IGNORECASE
)
MATERIAL_URL = re.compile(
    r"youtube\.com|youtu\.be|vimeo\.com|forms\.gle|docs\.google\.com/(?:forms|presentation)|zoom\.us|colab\.research|panopto"
    r"|gradescope|piazza|kahoot|loom\.com|bilibili|\.pptx?\b|\.ipynb\b|\.py$|\.key$|\.zip$|\.mp4$",
    re.IGNORECASE,
)
_CODE_URL = re.compile(
    r"github\.com|gitlab\.|/slides?[/_.-]|slides?\.pdf|bitbucket|kaggle\.com|drive\.google|docs\.google|canvas|moodle|/lectures?/"
    r"|/notes/|/hw|/assignment|/labs?/",
    re.IGNORECASE,
)
_PAPER_URL = re.compile(
    r"arxiv\.org|ar5iv|alphaxiv|aclanthology|aclweb\.org|openreview\.net|doi\.org|/doi/|proceedings|papers\.nips|neurips\.cc|jmlr\.org"
    r"|mlr\.press|semanticscholar|nature\.com/articles|science\.org|"
    r"dl\.acm\.org|ieeexplore|springer|sciencedirect|pubmed|ncbi\.nlm|biorxiv|medrxiv|ssrn\.com|jstor|tandfonline|wiley|plos|pnas\.org"
    r"|usenix\.org|isca-|cell\.com|frontiersin|mitpress|huggingface\.co/papers|"
    r"distill\.pub|transformer-circuits|thecvf|ojs\.aaai|cdn\.openai\.com",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\b(?:chapters?|chs?\.|ch\s?\d|sections?|secs?\.|pp?\.\s?\d|pages?\s\d|§|kapitel|kap\.)", re.IGNORECASE)
_CITED = re.compile(r"[A-Z][^:]*,\s*(?:chapters?|chs?\.|pp\.|sections?)\s*\d")  # "Prince, Understanding Deep Learning, chapter 14"
_FLAG = re.compile(
    r"^\W*(?:\[|\()?(?:optional|required|recommended|suggested|background|further|additional)(?: readings?)?\s*(?:\]|\)|:)\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:[\s•·●○▪*–—-]+|\(?\d{1,2}[.)]\s+|\[\d{1,2}\]\s*)+")


def readings_of(line: Line, *, certain: bool = True) -> list[ReadingRef]:
    """The readings of a line.

    Args:
        certain: The line lists readings, so that every link but slides and the like counts, and words without a link too. Otherwise
            only links to papers count, and items that are nothing but one link.
    """
    found: list[ReadingRef] = []
    for piece in _pieces(line) if certain else [line]:
        links = [link for link in piece.links if link.url.strip("#") and not link.url.startswith(("#", "mailto:", "javascript:", "tel:"))]
        kept = [link for link in links if not is_material(link.text, link.url, certain=certain or bool(_PAPER_URL.search(link.url)))]
        if not certain:
            kept = [
                link
                for link in kept
                if _PAPER_URL.search(link.url) or _stands_alone(piece, link) or (link.bare and _CITED.match(piece.text))
            ]
        end = 0
        for link in kept:
            before = _title_before(piece.text[end : link.start])
            end = link.end
            _add(found, piece, link, before, certain)
        if not links:
            found += _unlinked(piece, certain)
    return found


def only_material(line: Line) -> bool:
    """Is a line nothing but links to slides, videos and the like?"""
    links = line.links
    if not links:
        return bool(MATERIAL.fullmatch(line.text)) and len(line.text.split()) <= 3
    left = line.text
    for link in reversed(links):
        left = left[: link.start] + left[link.end :]
    return not re.search(r"\w{2,}", left) and all(is_material(link.text, link.url, certain=False) for link in links)


def is_material(text: str, url: str, *, certain: bool) -> bool:
    """Slides, videos, code, forms; `certain` where the line is known to list readings."""
    if MATERIAL_URL.search(url) or MATERIAL_START.match(text):
        return True
    if certain:
        return False
    return bool(MATERIAL.fullmatch(text) or _CODE_URL.search(url))


def _add(found: list[ReadingRef], piece: Line, link: Link, before: str, certain: bool) -> None:
    arxiv = _arxiv(link.url)
    if not (link.bare or _GENERIC.fullmatch(link.text)):
        if certain and before and _CHAPTER.search(before) and re.search(r"[,;]\s*$|\band\s*$", piece.text[: link.start]):
            found.append(ReadingRef(before, None, None))
        found.append(ReadingRef(_title(link.text), arxiv, link.url))
    elif before or not found or link.bare:
        if link.bare and not certain:
            label, behind = split_label(piece.cut(0, link.start))
            before = bare_text(behind.text) if label else before
        found.append(ReadingRef(before, arxiv, link.url))
    elif arxiv and found[-1].arxiv is None:
        found[-1] = ReadingRef(found[-1].title, arxiv, link.url)


def _arxiv(url: str) -> str | None:
    """The arXiv id that an address or a text names itself; figures of other addresses only look like one."""
    if not re.search(r"arxiv|ar5iv|huggingface\.co/papers", url, re.IGNORECASE):
        return None
    parsed = parse_arxiv_id(
        re.sub(
            r"ar5iv(?:\.labs)?\.\w+(?:\.\w+)?/html|(?:www\.)?alphaxiv\.org|huggingface\.co/papers",
            "arxiv.org/abs",
            url,
            flags=re.IGNORECASE,
        )
    )
    return parsed.id if parsed else None


def _stands_alone(piece: Line, link: Link) -> bool:
    """An item that is one link and nothing else, and that is no piece of work."""
    left = bare_text(piece.text[: link.start] + piece.text[link.end :])
    if left or not link.url.startswith("http"):
        return False
    return link.bare or (
        piece.kind is Kind.ITEM and len(link.text.split()) > 1 and not WORK.match(link.text.strip()) and not BREAK.search(link.text)
    )


def _pieces(line: Line) -> list[Line]:
    """Readings that stand on one line, parted at semicolons and bullets."""
    inside = [(link.start, link.end) for link in line.links]
    cuts = [
        m.end()
        for m in re.finditer(r";\s+|\s[•·▪]\s|\s\|\s|(?<=\s)(?:and|AND)\s(?=\[)", line.text)
        if not any(a < m.start() < b for a, b in inside)
    ]
    bounds = [0, *cuts, len(line.text)]
    return [piece for a, b in pairwise(bounds) if (piece := line.cut(a, b))]


def _unlinked(piece: Line, certain: bool) -> list[ReadingRef]:
    text = _title(piece.text)
    arxiv = _arxiv(text) if re.search(r"arxiv[:\s]", text, re.IGNORECASE) else None
    if arxiv:
        title = bare_text(
            re.sub(r"[\s\[(,]*arxiv[:\s]*(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?[\])]?", "", text, flags=re.IGNORECASE)
        )
        return [ReadingRef(title, arxiv, None)]
    if (
        (not certain and not (piece.kind is Kind.ITEM and _CITED.match(text)))
        or is_none(text)
        or not re.search(r"\w{2}|\d", text)
        or MATERIAL.fullmatch(text)
        or MATERIAL_START.match(text)
    ):
        return []
    return [ReadingRef(text, None, None)]


def _title(text: str) -> str:
    """A reading's title without bullets, "(optional)" and the quotation marks around all of it."""
    text = _FLAG.sub("", _LEAD.sub("", text)).strip()
    text = bare_text(text).rstrip(";, ")
    if len(text) > 1 and text[0] in "\"“'‘[" and text[-1] in "\"”'’]" and not any(c in text[1:-1] for c in '"“”[]'):
        text = text[1:-1].strip()
    return text


def _title_before(text: str) -> str:
    """The words in front of a link or an address, as the title of what it leads to."""
    text = re.sub(r"[\[(<]\s*$", "", text.strip()).rstrip(" :–—-,(")
    text = re.sub(r"^[\])>]\s*", "", text)
    text = re.sub(r"\(\s*$", "", text)
    return _title(re.sub(r"\barxiv\s*$", "", text, flags=re.IGNORECASE)) if re.search(r"\w{2}", text) else ""
