"""The face in Discord, by discord.py.

`client` is the bot, `exts/` has a file a feature (loaded by walking the folder), `render` turns answers into
messages (pure), `store` keeps what buttons need after a restart, `start` connects, `preview` simulates Discord.
"""
