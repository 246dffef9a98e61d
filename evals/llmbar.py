"""LLMBar (Zeng et al. 2023, arXiv 2310.07641): 419 instructions, each with two answers of which one carries it out and one does not."""

from itertools import chain, zip_longest
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from common.errors import UsageError


class LabelledPair(BaseModel):
    """Two answers to an instruction; `label` is the number of the better one."""

    model_config = ConfigDict(frozen=True)

    input: str
    output_1: str
    output_2: str
    label: Literal[1, 2]


def read_llmbar(folder: Path, limit: int) -> list[LabelledPair]:
    """The first `limit` pairs, taken in turn from each of the benchmark's sets, so that few of them are a fair sample.

    Raises:
        UsageError: The folder does not hold the benchmark.
    """
    files = sorted(folder.glob("**/dataset.json"))
    if not files:
        raise UsageError(f"no LLMBar at {folder}: name the folder that holds its dataset.json files with --judge-bench")
    sets = []
    for file in files:
        try:
            sets.append(TypeAdapter(list[LabelledPair]).validate_json(file.read_bytes()))
        except (OSError, ValidationError) as exc:
            raise UsageError(f"{file}: not a set of LLMBar: fetch the benchmark again") from exc
    return [pair for pair in chain.from_iterable(zip_longest(*sets)) if pair is not None][:limit]
