"""Days and instants as Discord shows them.

An instant becomes `<t:…>`, which each reader sees in their own time zone. A day without a time becomes words: no instant lies on
the same day everywhere (zones reach from UTC-12 to UTC+14, 26 hours), so that any `<t:…:D>` would show somebody another day.
"""

from datetime import date, datetime

from babel.dates import format_skeleton

from bot.language import language_of, say


def day_words(day: date, language: str) -> str:
    """A day with its weekday: "Fri, Jan 26, 2024", "2024年1月26日周五"."""
    return format_skeleton("yMMMEd", day, locale=language_of(language))


def moment(at: datetime, style: str = "F") -> str:
    """An instant, such as "Friday, 26 January 2024 09:00" in the reader's time zone; style "R" gives "in 3 days".

    Args:
        at: With a time zone.
        style: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    """
    return f"<t:{int(at.timestamp())}:{style}>"


def distance(day: date, today: date, language: str) -> str:
    """How far a day is from today: "today", "in 3 days", "2 days ago"."""
    days = (day - today).days
    if days == 0:
        return say(language, "day-today")
    return say(language, "days-ahead", days=days) if days > 0 else say(language, "days-ago", days=-days)
