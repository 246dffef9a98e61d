"""`lector bot`, `lector preview`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import Options, app
from common.errors import ConfigError

if TYPE_CHECKING:
    from common.settings import Settings


@app.command("bot")
def start_bot(context: typer.Context) -> None:
    """Log in to Discord and answer there until stopped. Needs LECTOR_DISCORD__TOKEN."""
    options: Options = context.obj
    run_bot(options.settings())


@app.command()
def preview(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", help="On this machine only.", min=1024, max=65535)] = 8765,
) -> None:
    """Open the bot in a simulated Discord in the browser: no token, no network."""
    from bot.discord.preview import run_preview

    options: Options = context.obj
    run_preview(options.settings(), port)


def run_bot(settings: "Settings") -> None:
    """Run the bot until it is stopped.

    Raises:
        ConfigError: There is no token, or Discord refuses it.
    """
    if settings.discord.token is None:
        raise ConfigError("no Discord token: set LECTOR_DISCORD__TOKEN in the environment or .env (or try `make preview`)")
    from bot.discord.start import serve

    serve(settings)
