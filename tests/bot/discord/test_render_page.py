"""The words above a picture, for those who see it and those who do not."""

from dataclasses import replace

import pytest

from bot.discord.page_desk import Missing, Sight
from bot.discord.render import MESSAGE_LIMIT
from bot.discord.render_page import render_alt, render_sight
from ingest.pictures.alignment import Found
from ingest.pictures.picture import Header, Picture
from tests.bot.discord.test_render import citation


def sight(page: int, found: Found, *, marked: bool, pages: str = "4-5", **changes: object) -> Sight:
    home = (int(pages[0]), int(pages[-1]))
    return Sight(citation(page=pages, **changes), home, Picture(Header(page, 9, found, marked), b""))


@pytest.mark.parametrize(
    ("shown", "says", "quotes"),
    [
        (sight(5, Found.EXACT, marked=True), "-# Page 5 of 9. The passage is marked in yellow.", True),
        (sight(5, Found.FUZZY, marked=True), "-# Page 5 of 9. What I could find of the passage is marked in yellow.", True),
        (sight(4, Found.NOT, marked=False), "-# Page 4 of 9. Nothing is marked: I could not find the passage's words on the page.", True),
        (sight(4, Found.EXACT, marked=False), "-# Page 4 of 9. The passage is on p. 4-5.", True),
        (sight(7, Found.NOT, marked=False), "-# Page 7 of 9. The passage is on p. 4-5.", False),
    ],
)
def test_what_is_marked_is_said(shown: Sight, says: str, *, quotes: bool) -> None:
    lines = render_sight(shown, "en").split("\n")
    assert lines[0].startswith("**[1]** [Attention Is All You Need, p. 4-5")
    assert lines[-1] == says
    assert ("> We use h = 8 heads." in lines) == quotes


def test_in_chinese() -> None:
    assert render_sight(sight(5, Found.EXACT, marked=True), "zh-CN").endswith("-# 第 5 页，共 9 页。引文已用黄色标出。")


@pytest.mark.parametrize("missing", Missing)
def test_without_a_picture_there_is_the_text_within_a_message(missing: Missing) -> None:
    long = citation(quote="word " * 30, passage="a *b* " * 2000 + "word " * 30 + "c_d " * 2000)
    for language in ("en", "zh"):
        text = render_sight(Sight(long, None, missing=missing), language)
        assert len(text) <= MESSAGE_LIMIT
        assert "word word" in text


def test_a_quote_formats_and_notifies_nothing_and_is_no_longer_than_a_message() -> None:
    shown = sight(5, Found.EXACT, marked=True, quote="@everyone\n# **bold** " * 200)
    text = render_sight(shown, "en")
    assert "@everyone" not in text
    assert text.count("\n") == 2
    assert len(text) <= MESSAGE_LIMIT


def test_the_description_is_for_screen_readers() -> None:
    shown = sight(5, Found.EXACT, marked=True)
    assert shown.picture
    assert (
        render_alt(shown, shown.picture.header, "en")
        == "Page 5 of “Attention Is All You Need”, on which this is marked: We use h = 8 heads."
    )
    assert render_alt(shown, replace(shown.picture.header, marked=False), "en") == "Page 5 of “Attention Is All You Need”."
    long = sight(5, Found.EXACT, marked=True, quote="word " * 500)
    assert long.picture
    assert len(render_alt(long, long.picture.header, "en")) <= 1024
