"""Text in cells of a spreadsheet: a cell that begins with "=" would be run as a formula, so it is marked, and unmarked on reading."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def to_cell(text: str) -> str:
    """Safe to open in a spreadsheet."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_cell(text: str) -> str:
    """What `to_cell` was given; a cell that people wrote is left as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
