"""Leads the real bot through a student's day in the simulated Discord, and stores the pictures of docs/tour.md. `make tour` runs it.

    python -m scripts.tour [--out docs/images] [--config config.yaml] [--data-dir data]

Needs Chromium (Debian: `apt-get install chromium`) and an index of the handouts alone (no paper may stand in a picture).
The day is March 12, 2024 in Hong Kong, three days before the course's first deadline.
"""

import argparse
import asyncio
import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.discord.preview import SimulatedServer, open_server
from common.configuration import load_settings

ANSWER_TIMEOUT_MS = 180_000  # on a machine that does much else
START = datetime(2024, 3, 12, 0, 58, tzinfo=UTC)  # 8:58 in Hong Kong: reminders of March 15 go out at 9:00
PORT = 8766
# Without these, Chromium as root does not start, and looks up hosts of its maker at every start.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_COLOURS = 128  # of a picture's palette; its text stays sharp
_MARGIN = 8  # pixels
_PICTURES_SHOWN = "() => [...document.images].every(image => image.complete && image.naturalWidth > 0)"
_BOXES = """() => {
    document.activeElement.blur();
    return [...document.querySelectorAll("#channel-message-list > article")].map(one => one.getBoundingClientRect().toJSON());
}"""


def find_chromium() -> str | None:
    """Where Chromium is installed, if it is."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


async def command(page: Page, name: str, shown: str, **options: str) -> None:
    """Run a slash command as a person does, with the keyboard.

    Args:
        name: Such as "remind me".
        shown: Its description, by which it is known to be the one chosen.
    """
    composer = page.locator("#channel-composer-input")
    await composer.click()
    await composer.press_sequentially(f"/{name}")
    await expect(page.get_by_text(shown).first).to_be_visible()
    await composer.press("Enter")
    for option, value in options.items():
        field = page.locator(f"input[data-option={option}]")
        await field.fill(value)
        await field.press("Enter")
    if not options:
        await page.locator("#send-message").click()


async def ask(page: Page, question: str) -> Locator:
    """Run `/ask`; the message that answers."""
    await command(page, "ask", "Ask about the course's readings or the syllabus", question=question)
    answer = (
        page.locator("#channel-message-list > article").filter(has_text=question).filter(has=page.get_by_role("button", name="👎")).last
    )
    await expect(answer).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
    return answer


async def press(where: Locator | Page, name: str) -> None:
    """Click a button, and wait until the simulated Discord is at rest."""
    await where.get_by_role("button", name=name, exact=True).last.click()
    await at_rest(where.page if isinstance(where, Locator) else where)


async def at_rest(page: Page) -> None:
    """Wait until what was done last is over: the page says so itself."""
    await page.wait_for_timeout(500)
    await expect(page.get_by_text("Completing action")).to_be_hidden(timeout=ANSWER_TIMEOUT_MS)
    await page.wait_for_timeout(500)  # a picture is fetched and laid out


class Camera:
    """Takes pictures of what stands in the channel, small ones."""

    def __init__(self, out: Path) -> None:
        self._out = out

    async def messages(self, page: Page, name: str, first: int = -1) -> None:
        """The channel's messages from one on, counted as in a list."""
        await page.mouse.move(0, 0)  # no button of the page itself over the message
        for _ in range(40):  # by polling: the page's policy forbids playwright's own wait for a function
            if await page.evaluate(_PICTURES_SHOWN):
                break
            await page.wait_for_timeout(250)
        boxes = (await page.evaluate(_BOXES))[first:]
        top, bottom = min(box["y"] for box in boxes), max(box["y"] + box["height"] for box in boxes)
        left, width = boxes[0]["x"], boxes[0]["width"]
        self._keep(await page.screenshot(clip={"x": left, "y": top - _MARGIN, "width": width, "height": bottom - top + _MARGIN}), name)

    async def form(self, page: Page, name: str) -> None:
        """The window that is open."""
        self._keep(await page.locator("dialog, [role=dialog]").last.screenshot(), name)

    def _keep(self, png: bytes, name: str) -> None:
        path = self._out / f"{name}.png"
        Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS).save(path, optimize=True)
        print(path, path.stat().st_size // 1000, "kB", flush=True)


@dataclass(frozen=True)
class Tour:
    """The simulated server, a browser, and where the pictures go."""

    server: SimulatedServer
    browser: Browser
    camera: Camera

    @asynccontextmanager
    async def page(self, channel: Any, viewer: Any, height: int = 4000) -> AsyncIterator[Page]:
        """A channel as one person sees it, in a window so high that nothing scrolls."""
        async with self.server.show(channel, [viewer], PORT) as preview:
            page = await self.browser.new_page(viewport={"width": 760, "height": height})
            page.set_default_timeout(ANSWER_TIMEOUT_MS)
            await page.goto(preview.url)
            there = page.locator("#channel-message-list > article").or_(page.get_by_text("No messages in this channel"))
            await expect(there.last).to_be_visible()
            await at_rest(page)
            try:
                yield page
            finally:
                await page.close()

    async def asking(self) -> None:
        """An answer, the page it rests on, what is done with a bad one."""
        async with self.page(self.server.channel, self.server.student) as page:
            answer = await ask(page, "How many attention heads does the base Transformer use, and how large is each?")
            await at_rest(page)
            await self.camera.messages(page, "ask", 0)
            await press(answer, "[1] See p. 1")
            await self.camera.messages(page, "page")
            await press(answer, "Discuss")
            await press(answer, "👎")
            await self.camera.messages(page, "vote")
            await press(page, "Say why")
            await self.camera.form(page, "why")

    async def following_up(self) -> None:
        """The thread under the answer, in which a question leans on the one before."""
        (thread,) = self.server.channel.threads
        async with self.page(thread, self.server.student) as page:
            await press(page.locator("#channel-message-list > article").last, "Reply")
            composer = page.locator("#channel-composer-input")
            await composer.press_sequentially("And how large is its feed-forward layer?")
            await composer.press("Enter")
            await expect(page.get_by_role("button", name="👎")).to_be_visible(timeout=ANSWER_TIMEOUT_MS)
            await at_rest(page)
            await self.camera.messages(page, "follow-up", 0)

    async def endorsing(self) -> None:
        """A question that the readings don't answer goes to a person, and comes back for all."""
        question = "May we write the one-page reports in Chinese?"
        async with self.page(self.server.channel, self.server.student) as page:
            answer = await ask(page, question)
            await at_rest(page)
            await self.camera.messages(page, "refused")
            await press(answer, "Ask a person")
            await self.camera.form(page, "person")
            await press(page, "Submit")
        async with self.page(self.server.channel, self.server.instructor) as page:
            await self.camera.messages(page, "staff")
            await press(page, "Answer and endorse")
            await page.locator("#modal-root textarea").last.fill("Yes, in Chinese or English, as you like. Say so in the first line.")
            await self.camera.form(page, "endorse")
            await press(page, "Submit")
        async with self.page(self.server.channel, self.server.student) as page:
            await self.camera.messages(page, "told")
            await ask(page, "Can we write our one-page reports in Chinese?")
            await at_rest(page)
            await self.camera.messages(page, "endorsed")

    async def planning(self) -> None:
        """What is due, and the private message that says so in time."""
        async with self.page(self.server.channel, self.server.student) as page:
            await command(page, "deadlines", "What is still due, the nearest first")
            await at_rest(page)
            await self.camera.messages(page, "deadlines")
            await command(page, "remind me", "Remind me of deadlines by private message")
            await at_rest(page)
            await self.camera.messages(page, "remind")
        await self.server.env.advance_time(5 * 60)
        user = self.server.student.user
        async with self.page(user.dm_channel, user) as page:
            await self.camera.messages(page, "reminder", 0)


async def lead(out: Path, config: Path, data_dir: Path | None) -> None:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("tour: no Chromium is installed: apt-get install chromium")
    expect.set_options(timeout=ANSWER_TIMEOUT_MS)
    settings = load_settings(config, data_dir=data_dir)
    async with open_server(settings, START) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        tour = Tour(server, browser, Camera(out))
        for part in (tour.asking, tour.following_up, tour.endorsing, tour.planning):
            await part()
        await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of docs/tour.md.")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    asyncio.run(lead(arguments.out, arguments.config, arguments.data_dir))


if __name__ == "__main__":
    main()
