"""Models that read two texts at once, by sentence-transformers: for `rag.entailment` and `rag.reranking`, where one is configured."""

import os
from collections.abc import Sequence
from typing import Any

from common.errors import ModelError
from common.models import locate
from common.section import ModelFile
from ingest.embeddings import Vectors

_BATCH = 16  # pairs read at once; more wait for the longest among them


class CrossEncoder:
    """A loaded cross-encoder. Not for use by two threads at once."""

    def __init__(self, model: ModelFile, setting: str, device: str) -> None:
        """Load the model.

        Args:
            setting: The section's name in the settings (`answering.nli`), for messages.
            device: Of torch, such as "cpu".

        Raises:
            ModelError: Its file is missing, damaged or no such model.
        """
        weights = locate(model, setting)
        self.name = f"{setting}: {weights.parent}"  # as messages name it
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        # Imported here: torch takes seconds, and only who has set such a model pays.
        from sentence_transformers import CrossEncoder as Model
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # as in ingest.embeddings
        try:
            self._model: Model = Model(str(weights.parent), device=device, local_files_only=True)
            self._model.eval()
        except (OSError, ValueError, RuntimeError, KeyError, AssertionError) as exc:
            raise ModelError(f"{self.name} does not load ({exc}): name a cross-encoder and a device of this machine") from exc

    @property
    def labels(self) -> tuple[str, ...]:
        """What its scores stand for, in their order, in lower case; "label_0" and so on where the model does not say."""
        config: Any = self._model.config
        return tuple(str(config.id2label[n]).lower() for n in range(config.num_labels))

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """What the model gives each pair of texts, before any scaling: shape (pairs, labels); too long a pair is cut at its end.

        Raises:
            ModelError: The model failed.
        """
        import numpy as np
        import torch

        try:
            found = self._model.predict(list(pairs), batch_size=_BATCH, show_progress_bar=False, activation_fn=torch.nn.Identity())
        except (RuntimeError, ValueError, IndexError) as exc:
            raise ModelError(f"{self.name} failed ({exc}): try another model, or set null") from exc
        return np.asarray(found, dtype=np.float32).reshape(len(pairs), len(self.labels))
