"""What the bot says, in each language of its interface: Fluent catalogues (projectfluent.org), one a language.

`say` gives a text; the catalogues `en.ftl` and `zh.ftl` hold the same messages, which a test sees to. What the readings
say is never translated. English is what a language that is not here falls back to.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from common.errors import UsageError

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LANGUAGES = ("en", "zh")


class SaidError(UsageError):
    """Wrong use, told in words of the catalogue: ready to be shown in Discord, with what others wrote in it escaped."""


def say(language: str, message: str, **values: str | int | float) -> str:
    """A message of the catalogue.

    Args:
        language: One of `LANGUAGES`, or a locale such as "zh-CN"; any other gives English.
        message: The message's id.
        values: What stands in its places. Text of others must be escaped by the caller.

    Raises:
        KeyError: There is no such message, or a value that it needs is missing.
    """
    bundle = _bundle(language_of(language))
    pattern = bundle.get_message(message).value
    if pattern is None:
        raise KeyError(message)
    text, faults = bundle.format_pattern(pattern, values)
    if faults:
        raise KeyError(f"{message}: {faults[0]}")
    return str(text)


def load() -> None:
    """Read the catalogues now, which takes some 50 ms: not when the first student asks."""
    for language in LANGUAGES:
        _bundle(language)


def known(language: str, message: str) -> bool:
    """Whether the catalogue of a language has a message."""
    return bool(_bundle(language_of(language)).has_message(message))


def language_of(locale: str) -> str:
    """The language of the catalogues that serves a locale of Discord's, such as "zh-TW"."""
    language = locale.split("-")[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


def catalogue(language: str) -> str:
    """The text of a language's catalogue."""
    return (files(__name__) / f"{language}.ftl").read_text("utf-8")


@cache
def _bundle(language: str) -> "FluentBundle":
    from fluent.runtime import FluentBundle, FluentResource  # imported here: a tenth of a second that the terminal need not pay

    # Discord lays text out by itself; the marks that isolate each value would be copied with it.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(catalogue(language)))
    return bundle
