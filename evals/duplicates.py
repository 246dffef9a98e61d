"""How alike papers are to the sketch that recognises the same text: versions of one paper beside different papers.

    python -m evals.duplicates FOLDER

Reads `<id>.pdf` of the folder and other copies in its `alt/`, named `<id>v<version>…`.
"""

import argparse
import json
from itertools import combinations
from pathlib import Path

from common.errors import LectorError, SourceError
from ingest.manifest import arxiv_id_of
from ingest.readers import read
from ingest.sketch import similarity, sketch


def main() -> None:
    """Print the least alike versions and the most alike papers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    sketches = {}
    for path in [*sorted(folder.glob("*.pdf")), *sorted((folder / "alt").glob("*.pdf"))]:
        try:
            sketches[path.name] = sketch(block.text for block in read(path).blocks)
        except SourceError as exc:
            print(f"left out: {exc.user_message}")
    same: list[tuple[float, str, str]] = []
    different: list[tuple[float, str, str]] = []
    for one, other in combinations(sketches, 2):
        ids = [arxiv_id_of(Path(name)) for name in (one, other)]
        alike = round(similarity(sketches[one], sketches[other]), 3)
        (same if ids[0] and ids[1] and ids[0].id == ids[1].id else different).append((alike, one, other))
    print(
        json.dumps({"versions of one paper": sorted(same), "different papers, most alike": sorted(different, reverse=True)[:3]}, indent=1)
    )


if __name__ == "__main__":
    try:
        main()
    except LectorError as exc:
        raise SystemExit(f"lector: {exc.user_message}") from exc
