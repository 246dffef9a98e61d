"""Who runs the course, with the role as it is written."""

import re
from collections.abc import Sequence

from ingest.syllabus.columns import header_role, read_columns
from ingest.syllabus.document import Block, Kind, Line, Table
from ingest.syllabus.model import Person
from ingest.syllabus.people import is_name, listed, plausible, without_title

_STAFF = re.compile(
    r"\b(?:staff|instructors?|co-instructors?|teaching (?:team|assistants?|fellows?)|lecturers?|professors?|people|team|TAs?|tutors?"
    r"|course assistants?|personnel|faculty|teachers?|contacts?|who|organizers?|organisers?|dozent\w*|graders?|coordinators?"
    r"|convenors?)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<![\w-])(?:(?:co-?|head|lead|course|graduate|undergraduate|primary|main|senior|guest|visiting|adjunct|assistant|associate"
    r"|section|student|module|lab|teaching)[ -]?)*"
    r"(?:instructors?|professors?|prof\.?|lecturers?|teaching assistants?|teaching fellows?|TAs?|CAs?|GSIs?|UGTAs?|tutors?|course "
    r"assistants?|graders?|coordinators?|convenors?|assistants?|teachers?|organi[sz]ers?|responsible|dozent(?:in|en)?"
    r"|übungsleiter(?:in)?|fellows?|leaders?|mentors?)"
    r"(?!\w)(?:\s*\((?:s|es)\))?",
    re.IGNORECASE,
)
_ROLE_LABEL = re.compile(rf"^\W*(?P<role>{_ROLE.pattern})\s*(?:\([^)]*\))?\s*[:–—-]\s*(?P<names>\S.*)$", re.IGNORECASE)


def find_staff(blocks: Sequence[Block], trail: Sequence[Sequence[Line]], skipped: set[int]) -> list[Person]:
    """Who runs the course, with the role as written; names of a section about staff, or behind a label such as "Instructor:"."""
    found: dict[str, str] = {}
    pending = ""  # a name that waits for the line with its role
    for at, block in enumerate(blocks):
        if at in skipped:
            continue
        above = trail[at]
        section = next(
            (
                line.text
                for line in reversed(above)
                if _STAFF.search(line.text)
                and len(line.text.split()) <= 6
                and not re.search(r"guest|speaker|office hours", line.text, re.IGNORECASE)
            ),
            "",
        )
        if isinstance(block, Table):
            found |= {name: role for name, role in _named_rows(block).items() if name not in found}
            if section or _has_roles(block):
                found |= {name: role for name, role in _table_staff(block, section).items() if name not in found}
            continue
        text = block.text
        match = _ROLE_LABEL.match(text)
        if match and not (block.kind is Kind.HEADING and above and at > 60):
            for name in listed(
                re.split(
                    r"\s[–—|·•]\s|(?:(?<=[a-z]{3})(?<!soc)(?<!Prof)|(?<=\)))\.\s(?=[A-Z])|\boffice hours?\b|\bemail\b",
                    match["names"],
                    flags=re.IGNORECASE,
                )[0]
            ):
                found.setdefault(name, _singular(match["role"]))
            continue
        if not section or (block.kind is Kind.HEADING and not is_name(text)):
            continue
        if pending and (role := _whole_role(text)):
            found[pending] = role
            pending = ""
            continue
        name, extra = _name_of(text)
        if (
            name
            and name not in found
            and len(text.split()) < 25
            and not re.search(r"office hours", " ".join(line.text for line in above[-1:]), re.IGNORECASE)
        ):
            heading = next((line.text for line in reversed(above) if _whole_role(line.text)), "")
            role = _singular(_whole_role(heading))
            found[name] = f"{role} ({extra})" if role and extra and extra.lower() != role.lower() else extra or role
            pending = name if not found[name] else ""
    return [Person(name, role) for name, role in found.items() if role or name]


def _whole_role(text: str) -> str:
    text = text.strip(" :()[]*")
    return (
        text
        if _ROLE.fullmatch(text)
        or (_ROLE.match(text) and len(text.split()) <= 5 and len(text) < 50 and _ROLE.search(text) and not re.search(r"[.@]", text))
        else ""
    )


def _singular(role: str) -> str:
    role = re.sub(r"\s*\((?:s|es)\)", "", role.strip(" :"))
    return role[:-1] if role.endswith("s") and not role.endswith(("ss", "us")) and not role.isupper() else role


def _name_of(text: str) -> tuple[str, str]:
    """(name, what a bracket or a dash says of it) of a line that starts with a name."""
    together = re.fullmatch(rf"(\S+(?:\s\S+){{1,3}}?)\s+({_ROLE.pattern})", text.strip(" -•*"), re.IGNORECASE)
    if together and plausible(together[1]):  # a card's name and post
        return without_title(together[1]), together[2]
    head = re.split(r"\s*(?:,|\(|:|;|\||<|\[|\s[–—-]\s|–|—|•|·)\s*|\s+\S+@\S+|\s+https?:", text.strip(" -•*"))[0].strip()
    if (
        not plausible(head)
        or len(head.split()) < 2
        or len(head.split()) > 5
        or _ROLE.search(head)
        or header_role(head) in ("reading", "work", "topic", "material", "time", "place")
    ):
        return "", ""
    tail = text.strip(" -•*")[len(head) :]
    bracket = re.match(r"\s*\(([^()]{2,60})\)", tail)
    if bracket and plausible(bracket[1]):  # another spelling of the name
        tail, bracket = tail[bracket.end() :], None
    behind = re.match(rf"\s*(?:,|:|–|—|-|\|)\s*({_ROLE.pattern}[^.@;]*)$", tail, re.IGNORECASE)
    extra = bracket[1] if bracket and not re.search(r"@|he/|she/|they/|\d{3}|https?", bracket[1]) else behind[1].strip() if behind else ""
    return without_title(head), extra.split(",")[0].strip() if behind and not bracket else extra


def _named_rows(table: Table) -> dict[str, str]:
    """Names below a header such as "Who", with what the next column says of them."""
    columns = read_columns(table)
    if (
        not re.fullmatch(r"\W*(?:who|names?|persons?|staff|people|instructors?)\W*", columns.headers[0], re.IGNORECASE)
        or len(columns.headers) > 4
    ):
        return {}
    rows = [(row[0].text, row[1].text) for row in columns.body if plausible(without_title(row[0].text)) and len(row[0].text.split()) > 1]
    return {without_title(name): role for name, role in rows}


def _has_roles(table: Table) -> bool:
    return sum(bool(_ROLE.fullmatch(cell.text.strip(" :"))) for row in table.rows for cell in row) >= 1


def _table_staff(table: Table, section: str) -> dict[str, str]:
    """Names of a table: a role beside them, above them in their column, or a column's header."""
    found: dict[str, str] = {}
    titles = _whole_role(section)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell.from_left or cell.from_above:
                continue
            label = row[c - 1].text.strip(" :") if c else ""
            if c and _ROLE.fullmatch(label) and len(names := listed(cell.text)) > 1:
                found |= {name: _singular(label) for name in names if name not in found}
                continue
            for line in cell.lines[:2]:
                name, extra = _name_of(line.text)
                if not name and c and _ROLE.fullmatch(row[c - 1].text.strip(" :")) and plausible(line.text):
                    name = line.text
                if name:
                    beside = next((other.text for other in row if other is not cell and _ROLE.fullmatch(other.text.strip(" :"))), "")
                    above = next(
                        (table.rows[k][c].text for k in range(r - 1, -1, -1) if _ROLE.fullmatch(table.rows[k][c].text.strip(" :"))), ""
                    )
                    inside = next((other.text for other in cell.lines if other is not line and _whole_role(other.text)), "")
                    role = beside or inside or extra or _singular(above) or _singular(titles)
                    if role and name not in found:
                        found[name] = role
    return found
