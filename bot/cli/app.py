"""The Typer application: global options, the commands, and the one place where an error becomes a message."""

import importlib
import pkgutil
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from common.errors import LectorError

if TYPE_CHECKING:
    from common.settings import Settings

INTERRUPTED = 130  # what shells give for Ctrl-C

app = typer.Typer(
    name="lector",
    help="A course's teaching assistant: answers from the syllabus and the readings alone, with the page.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@dataclass(frozen=True)
class Options:
    """The global options."""

    config: Path
    data_dir: Path | None
    course: str | None = None

    def settings(self) -> "Settings":
        """The settings, read and checked; logging follows them.

        Raises:
            ConfigError: See `common.configuration.load_settings`.
        """
        from common.configuration import load_settings
        from common.logs import set_up_logging

        settings = load_settings(self.config, data_dir=self.data_dir, course=self.course)
        set_up_logging(settings.logs.level)
        return settings


JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object for programs.")]
ReadingOption = Annotated[
    str | None, typer.Option("--reading", help="The reading asked about, by id, link or words of its title; others still count.")
]
TodayOption = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help='The day that "next week" goes by, such as 2024-03-01; else the present one.'),
]


@app.callback()
def _options(
    context: typer.Context,
    config: Annotated[Path, typer.Option("--config", help="The settings file.")] = Path("config.yaml"),
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of index and database.")] = None,
    course: Annotated[str | None, typer.Option("--course", help="Key of the course, where the settings name several.")] = None,
) -> None:
    context.obj = Options(config, data_dir, course)


def add_commands() -> None:
    """Import the modules of this folder: each adds its commands to `app`."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name != "output":  # has no commands but what they print with, and is slow to import
            importlib.import_module(f"{__package__}.{module.name}")


def main() -> None:
    """Run `lector`; the exit code is 0 done, 1 done with listed failures or failed, 2 wrong use or configuration."""
    add_commands()

    try:
        code = app(standalone_mode=False)
    except LectorError as exc:
        print(f"lector: {exc.user_message}", file=sys.stderr)
        sys.exit(exc.exit_code)
    except KeyboardInterrupt:
        print("lector: interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(INTERRUPTED)
    except OSError as exc:
        print(f"lector: cannot write the output ({exc.strerror}): make room or write elsewhere", file=sys.stderr)
        sys.exit(1)
    except Exception as exc:
        sys.exit(_foreign(exc))
    sys.exit(code if isinstance(code, int) else 0)


def _foreign(exc: Exception) -> int:
    """Typer's own complaints are shown its way; anything else is a fault of ours, said in one line."""
    show = getattr(exc, "show", None)
    if callable(show):
        show()
        return int(getattr(exc, "exit_code", 2))
    if isinstance(exc, typer.Exit | typer.Abort):
        return int(getattr(exc, "exit_code", INTERRUPTED))
    import logging

    logging.getLogger("lector").info("unexpected error", exc_info=exc)
    print(f"lector: unexpected {type(exc).__name__}: {exc} (LECTOR_LOGS__LEVEL=info shows where)", file=sys.stderr)
    return 1
