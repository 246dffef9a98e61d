"""How many questions that the configured language model writes for quiz items pass the checks, and why the others do not.

    python -m evals.quiz_writer [--config FILE] [--data-dir DIR] [--reading ID ...] [-n STATEMENTS]

So it can be told what `quiz.model_writes` is worth with a model. What passes is printed: read it before you rely on it.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import track

from common.configuration import load_settings
from common.errors import LectorError
from ingest.catalog import SourceKind
from quiz.making.drafting import Drafter
from quiz.making.written_items import Writer
from rag.compose import Parts, open_assistant


def written(parts: Parts, readings: list[str], count: int, out: Console) -> Counter[str]:
    """Have questions written on the worthiest statements of each reading; how many failed for which reason, those that pass under "".

    Args:
        readings: Ids; empty for all of the course.
        count: Statements of each reading.
    """
    drafter, writer = Drafter(parts.settings.quiz, parts.assistant.library), Writer(parts.assistant.chat)
    rows = parts.assistant.library.call(lambda view: list(view.retriever.snapshot.readings.values()))
    found: Counter[str] = Counter()
    for reading in readings or [row.reading for row in rows if row.kind != SourceKind.SYLLABUS]:
        material = drafter.material(reading)
        for statement in track(material.statements[:count], reading, console=Console(stderr=True)):
            for key, question, reason in writer.tried(statement, material):
                found[reason] += 1
                if not reason:
                    out.print(f"{question} [{key}]", markup=False, soft_wrap=True)
    return found


def main() -> None:
    """Write and count."""
    parser = argparse.ArgumentParser(description="How many questions of the language model pass.")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--reading", action="append", default=[])
    parser.add_argument("-n", "--count", type=int, default=25, help="statements of each reading")
    arguments = parser.parse_args()
    out = Console()
    try:
        settings = load_settings(arguments.config)
        if arguments.data_dir:
            settings = settings.model_copy(update={"storage": settings.storage.model_copy(update={"dir": arguments.data_dir})})
        began = time.monotonic()
        with open_assistant(settings) as parts:
            found = written(parts, arguments.reading, arguments.count, out)
            model = parts.assistant.chat.name_shown
    except LectorError as exc:
        raise SystemExit(f"evals.quiz_writer: {exc.user_message}") from exc
    asked = found.total()
    out.print(f"{model}: {found['']} of {asked} questions pass; {(time.monotonic() - began) / max(asked, 1):.1f} s each, all included")
    for reason, number in found.most_common():
        if reason:
            out.print(f"{number:5}  {reason}", markup=False)


if __name__ == "__main__":
    main()
