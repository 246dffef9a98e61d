import re

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message

from bot.language import LANGUAGES, catalogue, known, language_of, say


def messages(language: str) -> dict[str, set[str]]:
    """Each message of a language with the values that it needs."""
    found = {}
    for entry in FluentParser().parse(catalogue(language)).body:
        assert not isinstance(entry, Junk), entry.content
        if isinstance(entry, Message):
            text = catalogue(language)[entry.span.start : entry.span.end]
            found[entry.id.name] = set(re.findall(r"\$(\w+)", text))
    return found


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_the_same_with_the_same_values(language: str) -> None:
    english, other = messages("en"), {name: values for name, values in messages(language).items() if not name.startswith("command-")}
    assert other == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_said_twice(language: str) -> None:
    names = re.findall(r"^([a-z][\w-]*) =", catalogue(language), re.M)
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("locale", "language"), [("en-GB", "en"), ("zh-CN", "zh"), ("zh-TW", "zh"), ("zh", "zh"), ("fr", "en"), ("pt-BR", "en")]
)
def test_a_locale_has_a_language(locale: str, language: str) -> None:
    assert language_of(locale) == language


def test_a_message_is_said_in_the_language_of_the_locale() -> None:
    assert say("en-US", "error-unknown").startswith("Something went wrong")
    assert say("zh-CN", "error-unknown").startswith("我这边出错了")


def test_a_message_that_is_not_there_is_an_error() -> None:
    assert not known("en", "no-such-message")
    with pytest.raises(LookupError):
        say("en", "no-such-message")
