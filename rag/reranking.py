"""A second look at the first passages by a model that reads question and passage together, where `retrieval.reranker` names one."""

from collections.abc import Sequence

from common.errors import ModelError
from common.section import ModelFile
from ingest.embeddings import Vectors
from rag.cross_encoder import CrossEncoder


class Reranker:
    """A loaded cross-encoder with one score: how well a passage answers. Owned by the index thread."""

    def __init__(self, model: ModelFile, device: str) -> None:
        """Load the model.

        Raises:
            ModelError: It does not load, or it gives more than one score.
        """
        self._encoder = CrossEncoder(model, "retrieval.reranker", device)
        if len(self._encoder.labels) != 1:
            raise ModelError(
                f"{self._encoder.name} gives {len(self._encoder.labels)} scores a pair, a re-ranker one: "
                "name a cross-encoder for re-ranking, or set null"
            )

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """How well each passage answers the question, higher is better: shape (passages,)."""
        return self._encoder.scores([(question, passage) for passage in passages])[:, 0]
