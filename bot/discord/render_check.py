"""A checked draft as a message, or as a file where it is longer: pure functions from a `DraftCheck`."""

from collections.abc import Callable

from bot.discord.own_words import ground_text
from bot.discord.render import MESSAGE_LIMIT
from bot.discord.typeset import plain
from bot.language import say
from ingest.catalog import Reading
from rag.answers import page_url
from rag.checking import Judged
from rag.drafts import DraftCheck

_Escape = Callable[[str], str]


def check_message(checked: DraftCheck, language: str) -> tuple[str, str | None]:
    """What is said, and the text of a file with all of it where a message does not hold it."""
    whole = check_text(checked, language, plain)
    if len(whole) <= MESSAGE_LIMIT:
        return whole, None
    head = "\n".join(
        [*_head(checked, language, plain), say(language, "check-in-file", faults=len(checked.faults)), _caution(checked, language)]
    )
    return head, check_text(checked, language, lambda text: text)


def check_text(checked: DraftCheck, language: str, escape: _Escape) -> str:
    """Which sentences the reading does not bear out, each with the nearest passage; which sections are left out."""
    lines = _head(checked, language, escape)
    for n, fault in enumerate(checked.faults, start=1):
        lines += ["", f"{n}. **{escape(fault.claim.text)}**", *_details(fault, checked.reading, language, escape)]
    left = checked.checked - len(checked.faults)
    if checked.faults:
        lines += ["", say(language, "check-others", count=left) if left else say(language, "check-no-others")]
    elif checked.checked:
        lines += ["", say(language, "check-nothing-wrong")]
    if checked.missing_sections:
        lines += ["", say(language, "check-missing"), *(f"- {escape(section)}" for section in checked.missing_sections)]
    return "\n".join([*lines, "", _caution(checked, language)])


def _head(checked: DraftCheck, language: str, escape: _Escape) -> list[str]:
    title, id_ = escape(checked.reading.title), checked.reading.reading
    lines = [say(language, "check-head", count=checked.checked, title=title, id=id_)]
    return lines if checked.named else [*lines, say(language, "check-nearest")]


def _details(fault: Judged, reading: Reading, language: str, escape: _Escape) -> list[str]:
    why = say(language, "semicolon").join(ground_text(ground, language) for ground in fault.grounds)
    lines = [f"   {say(language, f'check-{fault.verdict.name.lower().replace(chr(95), chr(45))}')}: {escape(why)}"]
    if fault.nearest is not None:
        page = say(language, "check-page", page=fault.nearest.page_shown) if fault.nearest.page_shown else ""
        place = ", ".join(part for part in (page, escape(fault.nearest.section.split(" > ")[-1])) if part)
        url = page_url(reading, fault.nearest.page)
        shown = f"[{place.replace('[', '(').replace(']', ')')}](<{url}>)" if url and place else place
        lines.append(f"   {say(language, 'check-passage')}{f' {shown}' if shown else ''}: “{escape(fault.nearest.quote)}”")
    return lines


def _caution(checked: DraftCheck, language: str) -> str:
    return say(language, "check-caution-meanings" if checked.by_meaning else "check-caution")
