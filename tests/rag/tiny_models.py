"""Tiny models with random weights, made on the spot: real files for the real library, without a download."""

import string
from collections.abc import Sequence
from pathlib import Path

from common.section import ModelFile

_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
_WIDTH = 32
_LONGEST = 64


def cross_encoder(folder: Path, labels: Sequence[str] = (), bias: Sequence[float] | None = None, *, seed: int = 0) -> ModelFile:
    """A cross-encoder with these labels, or with a single score.

    Args:
        bias: What the head gives each label whatever it reads; None: the head is random too.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(seed)
    names = dict(enumerate(labels or ("LABEL_0",)))
    config = BertConfig(
        vocab_size=_tokenizer(folder), hidden_size=_WIDTH, num_hidden_layers=1, num_attention_heads=2, intermediate_size=_WIDTH,
        max_position_embeddings=_LONGEST, id2label=names, label2id={name: n for n, name in names.items()}, initializer_range=0.5,
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    if bias is not None:
        model.classifier.weight.data.zero_()
        model.classifier.bias.data = torch.tensor(bias)
    model.save_pretrained(folder)
    return ModelFile(path=folder, file="model.safetensors")


def embedding_model(folder: Path) -> ModelFile:
    """A sentence-transformers model that takes the first token's vector for the text's, as bge does."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    plain = folder / "plain"
    config = BertConfig(
        vocab_size=_tokenizer(plain), hidden_size=_WIDTH, num_hidden_layers=1, num_attention_heads=2, intermediate_size=_WIDTH,
        max_position_embeddings=_LONGEST, initializer_range=0.5,
    )  # fmt: skip
    BertModel(config).save_pretrained(plain)
    words = Transformer(str(plain))
    SentenceTransformer(modules=[words, Pooling(_WIDTH, pooling_mode="cls")], device="cpu").save(str(folder / "whole"))
    return ModelFile(path=folder / "whole", file="model.safetensors")


def _tokenizer(folder: Path) -> int:
    """Letters and pieces of words; the size of the vocabulary."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    characters = string.ascii_lowercase + string.digits + string.punctuation
    vocabulary = {token: n for n, token in enumerate([*_SPECIAL, *characters, *(f"##{c}" for c in characters)])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", model_max_length=_LONGEST
    ).save_pretrained(folder)
    return len(vocabulary)
