"""Takes the README's picture: an answer of the real bot in the simulated Discord. `make readme` runs it.

    python scripts/screenshot.py [--question "..."] [--out docs/images/answer.png]

Needs Chromium (Debian: `apt-get install chromium`) and an index (`lector ingest`).
"""

import argparse
import asyncio
import shutil
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

from bot.discord.preview import open_preview
from common.configuration import load_settings

ANSWER_TIMEOUT_MS = 60_000
# Without these, Chromium as root does not start, and looks up hosts of its maker at every start.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Where Chromium is installed, if it is."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


async def ask(page: Page, question: str) -> Locator:
    """Run `/ask` as a student does, with the keyboard; the message that answers."""
    composer = page.locator("#channel-composer-input")
    await composer.click()
    await composer.press_sequentially("/ask")
    await expect(page.get_by_text("Ask about the course's readings or the syllabus").first).to_be_visible()
    await composer.press("Enter")
    option = page.locator("input[data-option=question]")
    await option.fill(question)
    await option.press("Enter")
    answer = page.locator("article, li, div").filter(has_text=question).filter(has=page.get_by_role("button", name="[1]")).last
    await expect(answer).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    return answer


async def take(question: str, out: Path, config: Path, data_dir: Path | None) -> None:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("screenshot: no Chromium is installed: apt-get install chromium")
    settings = load_settings(config, data_dir=data_dir)
    async with open_preview(settings, port=8766) as preview, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        page = await browser.new_page(viewport={"width": 1000, "height": 900})
        await page.goto(preview.url)
        answer = await ask(page, question)
        await answer.get_by_role("button", name="[1]").first.click()
        await page.wait_for_timeout(1500)
        out.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=out)
        await browser.close()
    print(out)


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the README's picture.")
    parser.add_argument("--question", default="How many attention heads does the base Transformer use, and how large is each?")
    parser.add_argument("--out", type=Path, default=Path("docs/images/answer.png"))
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path)
    arguments = parser.parse_args()
    asyncio.run(take(arguments.question, arguments.out, arguments.config, arguments.data_dir))


if __name__ == "__main__":
    main()
