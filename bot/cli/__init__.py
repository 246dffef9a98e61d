"""`lector`, the command line: does everything that the bot does, with `--json` for programs.

One file a group of commands; each reads its options, awaits one call and renders. Heavy libraries are imported
inside the commands, so that `lector --help` is there at once. Logs and progress go to stderr, answers to stdout.
"""

from bot.cli.app import main

__all__ = ["main"]
