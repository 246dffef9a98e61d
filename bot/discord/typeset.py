"""Text of the readings as Discord shows it best: prose with nothing that formats it, formulas and code in a fixed width. Pure.

Discord sets no LaTeX. In a code span, what is written there is at least read as it is written: `_`, `*`, `^` and `\\` stay.
"""

import re

from discord.utils import escape_markdown, escape_mentions

_SPANS = re.compile(
    r"```\w*\n?(?P<block>.+?)```"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>[^`\n]+?)(?P=ticks)(?!`)"
    r"|\$\$(?P<display>[^$]+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<paren>.+?)\\\)"
    r"|\$(?P<inline>[^\s$](?:[^$\n]*[^\s$])?)\$",
    re.DOTALL,
)
_FORMULA = re.compile(r"[\\^_={}]|^\w$")  # what is between two dollars, and none of it: two prices


def plain(text: str) -> str:
    """Text of others with nothing in it that Discord would format or notify."""
    return escape_mentions(escape_markdown(text))


def typeset(text: str) -> str:
    """Text of a reading: as `plain`, with its formulas and its code in a fixed width."""
    made, end = [], 0
    for span in _SPANS.finditer(text):
        inline = span["inline"]
        if inline is not None and not _FORMULA.search(inline):
            continue
        block = span["block"]
        inside = block or span["code"] or span["display"] or span["bracket"] or span["paren"] or inline or ""
        made += [plain(text[end : span.start()]), _fixed(inside, block=block is not None)]
        end = span.end()
    return "".join([*made, plain(text[end:])])


def _fixed(text: str, *, block: bool) -> str:
    if block and "```" not in text:
        return f"```\n{text.strip(chr(10))}\n```"
    flat = " ".join(text.split())
    return f"`` {flat} ``" if "`" in flat else f"`{flat}`"
