"""One file a feature of the bot; each has `async def setup(bot)`. A new file here is loaded, nothing else to register."""
