"""The model of entailment: real library, tiny models. How good a real one is, no test can say."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from common.errors import ModelError
from common.section import ModelFile
from common.settings import Settings
from ingest.catalog import Reading
from ingest.documents import Kind, Sentence
from rag.checking import Verdict
from rag.compose import Parts, open_assistant
from rag.drafts import DraftCheck, check_draft
from rag.entailment import Entailment, Relation
from rag.evidence import Evidence
from rag.verify import Verifier
from tests.rag.tiny_models import cross_encoder

PAIR = ("Bees make honey.", "Honey is made by bees.")


@pytest.mark.parametrize(
    ("labels", "bias", "relation"),
    [
        (("entailment", "neutral", "contradiction"), (9.0, 0.0, 0.0), Relation.ENTAILED),
        (("contradiction", "entailment", "neutral"), (9.0, 0.0, 0.0), Relation.CONTRADICTED),
        (("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), (0.0, 0.0, 9.0), Relation.ENTAILED),
        (("neutral", "contradiction", "entailment"), (9.0, 0.0, 0.0), Relation.NEITHER),
        (("neutral", "contradiction", "entailment"), (0.2, 0.0, 0.1), Relation.NEITHER),
    ],
)
def test_labels_are_read_from_the_model_whatever_their_order(
    tmp_path: Path, labels: Sequence[str], bias: Sequence[float], relation: Relation
) -> None:
    model = Entailment(cross_encoder(tmp_path, labels, bias), 0.5, "cpu")
    assert model.relate([PAIR, PAIR]) == [relation, relation]
    assert model.relate([]) == []


def test_the_probability_that_is_asked_for_is_a_setting(tmp_path: Path) -> None:
    file = cross_encoder(tmp_path, ("entailment", "neutral", "contradiction"), (1.0, 0.0, 0.0))  # 0.58 of 1
    assert Entailment(file, 0.55, "cpu").relate([PAIR]) == [Relation.ENTAILED]
    assert Entailment(file, 0.6, "cpu").relate([PAIR]) == [Relation.NEITHER]


def test_both_texts_are_read_and_a_long_one_is_cut(tmp_path: Path) -> None:
    model = Entailment(cross_encoder(tmp_path, ("entailment", "neutral", "contradiction"), seed=3), 0.0, "cpu")
    one, other = model._encoder.scores([PAIR, (PAIR[1], PAIR[0])])
    assert one.tolist() != other.tolist()
    assert len(model.relate([("word " * 500, "word " * 500)])) == 1


def test_a_model_without_such_labels_is_an_error_of_one_line(tmp_path: Path) -> None:
    file = cross_encoder(tmp_path, ("LABEL_0", "LABEL_1", "LABEL_2"))
    with pytest.raises(ModelError, match=r"answering\.nli: .* tells label_0, label_1, label_2 apart, not entailment and contradiction"):
        Entailment(file, 0.5, "cpu")


def test_a_model_that_is_not_there_or_is_none_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"answering\.nli: no file at"):
        Entailment(ModelFile(path=tmp_path, file="model.safetensors"), 0.5, "cpu")
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"answering\.nli: .* does not load") as raised:
        Entailment(ModelFile(path=tmp_path, file="model.safetensors"), 0.5, "cpu")
    assert "\n" not in raised.value.user_message


def _evidence(text: str) -> Evidence:
    row = Reading(reading="bees", title="Bees")
    return Evidence(Sentence("bees", 0, text, 1, "", Kind.PROSE, True), row, 1.0, 0.9)


@pytest.mark.parametrize(("bias", "passes"), [((9.0, 0.0, 0.0), True), ((0.5, 0.3, 0.2), False), ((0.0, 0.0, 9.0), False)])
def test_a_sentence_of_the_model_is_dropped_where_it_does_not_follow(
    parts: Parts, tmp_path: Path, bias: Sequence[float], passes: bool
) -> None:
    model = Entailment(cross_encoder(tmp_path, ("entailment", "neutral", "contradiction"), bias), 0.5, "cpu")
    embed = parts.assistant.library._worker.call(lambda: parts.assistant.library._current().retriever.embed)
    verifier = Verifier("What do bees make?", [_evidence("Bees make 27 kilograms of honey.")], 0.6)
    assert (verifier.check("Bees make 27 kilograms of honey.", embed, model.relate) is not None) is passes


def _check(settings: Settings, text: str, bias: Sequence[float] | None, folder: Path) -> DraftCheck:
    """With a model of entailment of this bias, or with none; the index is the handouts'."""
    nli = None if bias is None else cross_encoder(folder, ("contradiction", "entailment", "neutral"), bias)
    with open_assistant(settings.model_copy(update={"answering": settings.answering.model_copy(update={"nli": nli})})) as parts:
        return asyncio.run(check_draft(parts.assistant.library, [text], "2106.09685"))


@pytest.mark.parametrize(
    ("bias", "verdict", "why"),
    [
        (None, Verdict.SUPPORTED, ""),
        ((0.0, 9.0, 0.0), Verdict.SUPPORTED, ""),
        ((9.0, 0.0, 0.0), Verdict.CONTRADICTED, "denies it, by the model of entailment"),
        ((0.0, 0.0, 9.0), Verdict.NOT_SUPPORTED, "does not follow from the nearest sentences, by the model of entailment"),
    ],
)
def test_a_claim_of_a_draft_must_follow_too(
    handout_settings: Settings, tmp_path: Path, bias: Sequence[float] | None, verdict: Verdict, why: str
) -> None:
    found = _check(handout_settings, "LoRA keeps the pretrained weights frozen and trains a small low-rank update.", bias, tmp_path)
    (judged,) = found.judged
    assert (judged.verdict, found.by_meaning) == (verdict, bias is not None)
    assert why in judged.why
    assert judged.nearest is not None
    assert found.as_json(1.0)["by_meaning"] is (bias is not None)


def test_what_words_find_wrong_stays_wrong_whatever_the_model_says(handout_settings: Settings, tmp_path: Path) -> None:
    wrong = "LoRA training on GPT-3 175B ran about 45% faster than full fine-tuning."
    (judged,) = _check(handout_settings, wrong, (0.0, 9.0, 0.0), tmp_path).judged
    assert judged.verdict is Verdict.NUMBER_CONTRADICTED
