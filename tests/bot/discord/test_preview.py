"""The preview page in a real browser: a question is typed, its answer and citation stand on the page."""

import pytest

pytest.importorskip("simcord")
from playwright.async_api import async_playwright, expect

from bot.discord.preview import open_preview, open_server
from common.settings import Settings
from scripts.tour import CHROMIUM_FLAGS, START, ask, find_chromium

QUESTION = "How many attention heads does the base Transformer use?"


@pytest.mark.timeout(180)
async def test_a_question_in_the_browser_is_answered_with_its_citation(handout_settings: Settings) -> None:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    async with open_preview(handout_settings, port=8799) as preview, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        page = await browser.new_page()
        await page.goto(preview.url)
        answer = await ask(page, QUESTION)
        await expect(answer).to_contain_text("8 attention heads")
        await expect(answer).to_contain_text("Attention Is All You Need: handout, p. 1")
        await answer.get_by_role("button", name="[1]").first.click()
        await expect(page.get_by_text("Only you can see this").first).to_be_visible()
        await browser.close()


@pytest.mark.timeout(180)
async def test_the_simulated_server_may_stand_at_another_day(handout_settings: Settings) -> None:
    async with open_server(handout_settings, START) as server:
        (card,) = (await server.student.slash(server.channel, "deadlines")).response.embeds
        assert "Mar 15, 2024" in (card.description or "") + "".join(f"{field.name} {field.value}" for field in card.fields)
        await server.env.advance_time(60)
        assert (server.bot.now() - START).total_seconds() >= 60
