"""Logging to stderr, one line an event; libraries are kept quiet unless asked for."""

import logging
import os
import sys
import warnings

NOISY = (
    "httpx",
    "httpcore",
    "chromadb",
    "sentence_transformers",
    "transformers",
    "alembic",
    "pypdf",
    "discord",
    "bm25s",
    "asyncio",
    "matplotlib",
    "urllib3",
)


def set_up_logging(level: str) -> None:
    """Send Lector's log to stderr at `level`; other libraries speak from `error` up, or as asked when `level` is debug."""
    logging.basicConfig(stream=sys.stderr, level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else "ERROR")
    # Progress bars and telemetry of the libraries would mix with Lector's own output.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    warnings.filterwarnings("ignore", category=ResourceWarning)
