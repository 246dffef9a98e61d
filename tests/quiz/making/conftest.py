"""A parser loaded once, and readings made of a few sentences."""

import math
import zlib
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from common.settings import Chunking
from common.settings_bot import Quiz
from ingest.chunking import chunk
from ingest.documents import Block
from ingest.embeddings import Vectors
from quiz.making.draft import Dropped
from quiz.making.glossary import Defined
from quiz.making.kin import NO_KIN, Kin
from quiz.making.language import Parser
from quiz.making.material import Material, Source
from quiz.making.reading import read
from quiz.making.statements import Statement
from rag.claims import term_stems


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser(Quiz().parser)


def embed(texts: Sequence[str]) -> Vectors:
    """Stems, hashed: near where words are shared. The real model is used in the tests over the handouts."""
    found = np.zeros((len(texts), 256), np.float32)
    for row, text in zip(found, texts, strict=True):
        for stem in term_stems(text):
            row[zlib.crc32(stem.encode()) % 256] += 1
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


Reading = Callable[..., tuple[Material, list[Dropped]]]


@pytest.fixture
def reading(parser: Parser) -> Reading:
    """Makes a reading of paragraphs, each of one section."""

    def make(
        *paragraphs: str,
        title: str = "Bees: How They Live",
        page: int | None = 3,
        kin: Kin = NO_KIN,
        handout: bool = False,
        heading: str = "Life of the hive",
        glossary: tuple[Defined, ...] = (),
    ) -> tuple[Material, list[Dropped]]:
        blocks = [Block(text, page, f"{n} {heading}") for n, text in enumerate(paragraphs, 1)]
        sentences, _ = chunk("bees", blocks, Chunking())
        counts = Counter(stem for s in sentences for stem in term_stems(s.text))

        def rarity(stem: str) -> float:
            return math.log(1 + (len(sentences) - counts[stem] + 0.5) / (counts[stem] + 0.5))

        source = Source("bees", title, title, "https://arxiv.org/abs/2401.00001", 2, handout)
        return read(source, sentences, embed([s.searched for s in sentences]), parser, rarity, kin, glossary)

    return make


def only(material: Material) -> Statement:
    """The one statement of a reading."""
    (statement,) = material.statements
    return statement
