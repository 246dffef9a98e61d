"""How the course is graded: weights in percent, from tables, lists and sentences; no letter scales, penalties or pass marks."""

import re
from collections.abc import Sequence

from ingest.syllabus.columns import read_columns
from ingest.syllabus.document import Block, Kind, Line, Table
from ingest.syllabus.labels import bare_text, sentences_of

_GRADING = re.compile(
    r"\b(?:grad(?:e|es|ing)|assessments?|evaluation|marks?|marking|weights?|weighting|breakdown|requirements|coursework|notenbildung"
    r"|bewertung|évaluation|evaluación|composition)\b",
    re.IGNORECASE,
)
_PERCENT = r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent|per cent|pct\b)"
_BEFORE = re.compile(
    rf"^\W*(?P<item>[^\W\d_].*?)\s*(?:[:–—=|-]|\.{{2,}}|…|\(|\[|\bis\b|\bcounts?(?: for)?\b|\baccounts? for\b|\s)\s*(?:worth\s+|for\s+"
    rf"|up to\s+)?{_PERCENT}(?P<rest>.*)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"^\W*{_PERCENT}\s*(?:[:–—=|-]|\bfor\b|\bof (?:the )?(?:final |total |course )?grade\b|\bof\b)?\s*(?:[:–—=-]|\bfor\b"
    rf"|\bis\b)?\s*(?P<item>[^\W\d_].*)$",
    re.IGNORECASE,
)
_IN_LIST = re.compile(rf"(?P<item>[^\W\d_][^,;:()%\n]{{1,60}}?)\s*(?:\(|:|–|—|-|=)?\s*{_PERCENT}\s*\)?")
_NO_WEIGHT = re.compile(
    r"\b(?:late|penalt\w+|per day|each day|deduct\w*|at least|minimum|no more than|more than|less than|or (?:above|higher|more|better)"
    r"|below|pass(?:es|ing)?|to pass|curve|attend at|drop(?:ped)?|bonus of|extra credit|"
    r"up to|within|reduced|reduction|loses?|lose|needs?|admitted|must|required to|threshold|top|cutoff|cut-off)\b",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"^\W*(?:[A-F][+–-]?|pass|fail|distinction|merit|first|[1-5][.,]\d)\W+(?:\(?[≥>]|\d|is|=|from)|\d\s*%?\s*(?:-|–|to)\s*\d+\s*%",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^\W*(?:total|sum|summe|overall)\b", re.IGNORECASE)


def find_grading(blocks: Sequence[Block], trail: Sequence[Sequence[Line]], skipped: set[int]) -> list[tuple[str, float]]:
    """(item, percent) of the grading: from the section that is about grades, else from a list whose weights sum to a hundred."""
    groups: dict[tuple[bool, str], list[tuple[str, float, int]]] = {}
    for at, block in enumerate(blocks):
        if at in skipped:
            continue
        above = trail[at]
        name = above[-1].text if above else ""
        about = any(_GRADING.search(line.text) for line in above)
        if isinstance(block, Table):
            rows = _table_weights(block)
            header = any(re.search(r"weight|percent|%|grade|points|share|marks", h, re.IGNORECASE) for h in read_columns(block).headers)
            if rows:
                groups.setdefault((about or header, f"{name}#{at}"), []).extend((item, percent, 0) for item, percent in rows)
        elif block.kind is not Kind.HEADING:
            told = about or bool(
                re.match(
                    r"\W*(?:grad(?:es?|ing)|assessment|evaluation)\b[^.]{0,40}:|(?:final )?grades?\b.{0,12}[.:]\s|.*\b(?:final "
                    r")?(?:grade|mark)s? (?:is|are|will be|consists?|comprises)\b|.*\bcounts?\s+(?:for\s+)?\d+\s*%",
                    block.text,
                    re.IGNORECASE,
                )
            )
            groups.setdefault((told, name), []).extend((item, percent, block.level) for item, percent in _line_weights(block, told))
    best: list[tuple[str, float]] = []
    for (about, _), found in sorted(groups.items(), key=lambda pair: not pair[0][0]):
        weights = _outer(found)
        total = sum(percent for _, percent in weights)
        if (
            weights
            and ((about and (len(weights) > 1 or total == 100)) or (abs(total - 100) < 0.5 and len(weights) > 1))
            and (not best or abs(total - 100) < 0.5 < abs(sum(p for _, p in best) - 100))
        ):
            best = weights
    return best


def _outer(found: Sequence[tuple[str, float, int]]) -> list[tuple[str, float]]:
    """The weights of a list; of a nested one those of the outer level, if they are the whole."""
    flat = list(dict.fromkeys((item, percent) for item, percent, _ in found))
    if abs(sum(percent for _, percent in flat) - 100) < 0.5:
        return flat
    least = min((level for _, _, level in found), default=0)
    outer = list(dict.fromkeys((item, percent) for item, percent, level in found if level == least))
    return outer if outer and sum(percent for _, percent in outer) >= 99.5 and len(outer) > 1 else flat


def _table_weights(table: Table) -> list[tuple[str, float]]:
    columns = read_columns(table)
    found = []
    for row in columns.body or table.rows:
        percents = [(n, percent) for n, cell in enumerate(row) if (percent := _percent(cell.text, columns.headers[n])) is not None]
        names = [cell.text for n, cell in enumerate(row) if re.search(r"[^\W\d_]", cell.text) and all(n != at for at, _ in percents)]
        if len(percents) == 1 and names and not _TOTAL.match(names[0]) and not _SCALE.search(f"{names[0]} 1"):
            found.append((bare_text(names[0]), percents[0][1]))
    return found


def _percent(text: str, header: str) -> float | None:
    """The weight that is all a cell says: "30%", "2 × 15%", or "30" below "Weight (%)"."""
    if match := re.fullmatch(rf"\W*(?:(\d)\s*[x×]\s*)?{_PERCENT}\W*", text):
        return int(match[1] or 1) * float(match[2].replace(",", "."))
    if re.search(r"%|percent|weight", header, re.IGNORECASE) and (match := re.fullmatch(r"\W*(\d{1,3}(?:[.,]\d+)?)\W*", text)):
        return float(match[1].replace(",", "."))
    return None


def _line_weights(line: Line, about: bool) -> list[tuple[str, float]]:
    text = re.sub(r"\b(\d)\s*[x×]\s*(\d+)\s*%", lambda m: f"{int(m[1]) * int(m[2])}%", line.text)  # "2 × 15%"
    count = len(re.findall(_PERCENT, text, re.IGNORECASE))
    if not count or _SCALE.search(text):
        return []
    if count > 1:
        return (
            []
            if not about
            else [
                found for sentence in sentences_of(text) if "%" in sentence or "percent" in sentence for found in _listed_weights(sentence)
            ]
        )
    if len(text.split()) > 40:
        return []
    if re.search(r"\d\s*%?\s*[-–]\s*\d", text):
        return []
    for pattern in (_BEFORE, _AFTER):
        match = pattern.match(text)
        if match:
            percent = float(match[2 if pattern is _BEFORE else 1].replace(",", "."))
            item = match["item"] if pattern is _BEFORE else re.split(r"\s*(?:[.;:(–—]|,\s|\s-\s)\s*", match["item"])[0]
            rest = match.groupdict().get("rest") or ""
            if pattern is _BEFORE:
                item = re.sub(r"\s*(?:\(\s*|\bworth|\bcounts?|\bis|\bfor|\s[–—-])\s*$", "", item)
            item = bare_text(item)
            plain = pattern is _AFTER or not _NO_WEIGHT.search(item + " " + rest[:30])
            if (
                item
                and plain
                and not _TOTAL.match(item)
                and len(item.split()) <= 12
                and not re.search(r"\b(?:you|we|students|will|if)\b", item, re.IGNORECASE)
                and not _NO_WEIGHT.search(item)
            ):
                return [(item, percent)]
    return []


def _listed_weights(text: str) -> list[tuple[str, float]]:
    """Weights of a sentence: "homework (40%), midterm (25%) and final (35%)", "40% homework, 60% exam"."""
    head = text.split(":", 1)[1] if re.match(r"[^%]{0,60}:", text) else text
    first = re.search(r"[^\W_]+", head)
    if first and first[0][0].isdigit():
        pairs = [
            (m[2], m[1])
            for m in re.finditer(
                rf"{_PERCENT}\s*(?:for|of|on|:|–|-)?\s*(?:the\s+)?([^\W\d_][^,;%()]*?)(?=\s*(?:,|;|\+|\band\b\s*\d|\.\s|\.?$|\())",
                head,
                re.IGNORECASE,
            )
        ]
    else:
        pairs = [(m["item"], m[2]) for m in _IN_LIST.finditer(head)]
    found = []
    for item, percent in pairs:
        item = re.sub(
            r"^.*\b(?:consists? of|based on|determined by|as follows|comprises|made up of|from|composed of)\b[: ]*",
            "",
            item,
            flags=re.IGNORECASE,
        )
        item = bare_text(re.sub(r"^(?:and|the|a|an|plus|\+)\s+", "", re.sub(r"^(?:and|,)\s+", "", item.strip()), flags=re.IGNORECASE))
        item = re.sub(r"\s+(?:is|are|for|worth|counts?|at|makes? up)$", "", item)
        if item and not _NO_WEIGHT.search(item) and not _TOTAL.match(item) and len(item.split()) <= 8:
            found.append((item, float(percent.replace(",", "."))))
    return found if sum(percent for _, percent in found) <= 130 else []
