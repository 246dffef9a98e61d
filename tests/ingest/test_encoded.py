"""Sentences as numbers: the real model's vectors, whatever the batches, and the signs of its words."""

from pathlib import Path

import numpy as np
import pytest

from common.configuration import load_settings
from common.settings import Embeddings
from ingest.embeddings import Embedder, model_identity
from ingest.encoded import Encoded, products, signs
from ingest.vectors import VectorFiles
from tests.conftest import ROOT
from tests.rag.tiny_models import embedding_model

TEXTS = ["An owl hears a mouse under the snow.", "Bees", "A hive of bees makes 27 kilograms of honey a year, says the keeper.", "of the"]


@pytest.fixture(scope="module")
def settings() -> Embeddings:
    return load_settings(ROOT / "config.yaml").embeddings


@pytest.fixture(scope="module")
def embedder(settings: Embeddings) -> Embedder:
    return Embedder(settings)


def test_vectors_are_those_of_sentence_transformers_in_the_order_of_the_texts(embedder: Embedder) -> None:
    expected = embedder._model.encode(TEXTS, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
    found = embedder.embed(TEXTS)
    assert found.shape == (4, 384)
    assert np.allclose((found * expected).sum(axis=1), 1, atol=0.01)  # bfloat16
    assert embedder.embed([]).shape == (0, 0)


def test_small_batches_change_nothing_but_roundings(settings: Embeddings, embedder: Embedder) -> None:
    small = Embedder(settings.model_copy(update={"batch_tokens": 8}))
    told: list[int] = []
    one, other = embedder.encode(TEXTS), small.encode(TEXTS, done=told.append)
    assert told == [1, 1, 2]
    assert np.allclose((one.vectors * other.vectors).sum(axis=1), 1, atol=0.01)
    assert one.ends.tolist() == other.ends.tolist()
    assert np.unpackbits(one.bits ^ other.bits).mean() < 0.03


def test_only_words_that_carry_meaning_have_bits(embedder: Embedder) -> None:
    encoded = embedder.encode(TEXTS)
    lengths = np.diff(encoded.ends, prepend=0)
    assert lengths[1] == 1
    assert lengths[3] == 0
    vector, words, spelt = embedder.words("Which owls hear mice?")
    assert [w.lower() for w in dict.fromkeys(spelt)] == ["owls", "hear", "mice"]
    assert np.allclose(np.linalg.norm(words, axis=1), 1, atol=1e-3)
    assert float(vector @ encoded.vectors[0]) > float(vector @ encoded.vectors[2])


def test_a_prefix_stands_before_questions_and_is_none_of_their_words(settings: Embeddings, embedder: Embedder) -> None:
    prefix = "Represent this sentence for searching relevant passages: "
    prefixed = Embedder(settings.model_copy(update={"query_prefix": prefix}))
    plain, other = embedder.words("Which owls hear mice?"), prefixed.words("Which owls hear mice?")
    assert other[2] == plain[2]
    assert other[1].shape == plain[1].shape
    assert np.allclose(other[0], embedder.embed([f"{prefix}Which owls hear mice?"])[0], atol=0.02)
    assert float(other[0] @ plain[0]) < 0.99
    assert np.allclose(prefixed.embed(TEXTS), embedder.embed(TEXTS))  # passages have none
    assert model_identity(settings.model_copy(update={"query_prefix": prefix})) == model_identity(settings)  # so the index holds


def test_another_model_with_other_dimensions_and_its_first_token_for_the_text(settings: Embeddings, tmp_path: Path) -> None:
    model = settings.model_copy(update={"model": embedding_model(tmp_path), "dtype": "float32", "query_prefix": "Find this: "})
    embedder = Embedder(model)
    encoded = embedder.encode(TEXTS)
    vector, words, spelt = embedder.words("owls")
    assert encoded.vectors.shape == (4, 32)
    assert encoded.bits.shape[1] == 4
    assert np.allclose(vector, embedder.embed(["Find this: owls"])[0], atol=1e-5)
    assert set(spelt) == {"owls"}  # a letter a token
    assert words.shape == (len(spelt), 32)
    assert model_identity(model) != model_identity(settings)


@pytest.mark.parametrize("rows", [0, 1, 700])  # more than are unpacked at a time
def test_products_with_signs_are_those_of_vectors_of_one_size(rows: int) -> None:
    random = np.random.default_rng(0)
    vectors, others = random.normal(size=(rows, 24)).astype(np.float32), random.normal(size=(3, 24)).astype(np.float32)
    signed = np.where(vectors > 0, 1, -1) / 24**0.5
    assert np.allclose(products(signs(vectors), others), signed @ others.T, atol=1e-6)


def test_what_is_stored_is_read_back_in_parts(embedder: Embedder, tmp_path: Path) -> None:
    encoded = embedder.encode(TEXTS).spread([0, 2, 3, 5], 6)
    assert not encoded.vectors[[1, 4]].any()
    bounds, passages = np.array([[0, 4, 0], [3, 6, 1]], np.int32), encoded.vectors[:2]
    files = VectorFiles(tmp_path / "vectors")
    (tmp_path / "vectors").mkdir()
    files.write("r1", bounds, encoded, passages)
    stored = files.stored("r1", 6, 2)
    assert stored.bounds().tolist() == bounds.tolist()
    with stored.opened() as opened:
        assert np.allclose(opened.of_sentences(0, 6), encoded.vectors, atol=1e-3)
        assert np.allclose(opened.of_passages(1, 2), passages[1:], atol=1e-3)
        bits, ends = opened.of_tokens(2, 5)
    assert ends.tolist() == (encoded.ends[2:5] - encoded.ends[1]).tolist()
    assert (bits == encoded.bits[encoded.ends[1] : encoded.ends[4]]).all()
    with stored.path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(ValueError, match="size"):
        stored.bounds()


def test_sentences_that_are_left_out_are_empty() -> None:
    part = Encoded(np.ones((1, 8), np.float32), np.array([2], np.int32), np.zeros((2, 1), np.uint8))
    assert part.spread([1], 3).ends.tolist() == [0, 2, 2]
