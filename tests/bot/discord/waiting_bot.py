"""A bot for `test_killed` to kill: it takes questions in, and gives no answer.

    python -m tests.bot.discord.waiting_bot FOLDER SETTINGS

FOLDER holds its database; SETTINGS is the section `discord` as JSON.
"""

import asyncio
import json
import sys
from pathlib import Path

from bot.discord.client import LectorBot
from bot.discord.start import point_at
from common.database import open_database
from common.settings import Storage
from rag.compose import open_assistant
from tests.bot.discord.assistants import Held
from tests.bot.discord.fake_discord import TOKEN
from tests.bot.discord.wire import course_over
from tests.conftest import offline_settings


def main(folder: Path, section: dict[str, str]) -> None:
    settings = offline_settings(folder / "index")
    settings = settings.model_copy(update={"discord": type(settings.discord).model_validate(section)})
    point_at(settings.discord)
    with open_assistant(settings) as parts:  # loads nothing

        async def run() -> None:
            course = course_over(settings, Held(parts), open_database(Storage(dir=folder)))
            async with LectorBot([course]) as bot:
                await bot.start(TOKEN)

        asyncio.run(run())


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
