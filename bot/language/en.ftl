# What Lector says in English. Each file has the same messages; see bot/language/__init__.py.

## Courses

no-course-here = This server has no course. The bot's owner names it in the settings (`discord.guilds`).
no-course-known = I don't know which course you are in. Use a command of mine once on your course's server, then come back.

## Errors

error-unknown = Something went wrong on my side. Please ask again in a moment.
