from evals.readers import Signs, signs
from ingest.documents import Block, Document, Kind


def test_signs_count_what_is_there_and_what_is_promised() -> None:
    blocks = (
        Block("Ants carry leaves into their nests. And they never do it but so", 1, "1 Intro"),
        Block("an atten- tion with\ufb01ne print", 1, "3 Methods"),
        Block("Table 1: Ants.", 1, "3 Methods", Kind.CAPTION),
        Block("Table 3: Bees.", 2, "3 Methods", Kind.CAPTION),
        Block("ant 1.5", 2, "3 Methods", Kind.TABLE, "Table 1: Ants. | ant | Weight: 1.5"),
        Block("7", 2, "3 Methods"),
    )
    found = signs(Document(blocks, pages=2), 0.5, {"ants", "carry", "leaves"}, ["carry leaves into their nests"])
    assert found == Signs(
        pages_per_s=4.0, broken=1, odd=1, known=3 / 14, glued=0, left=1, heads=(2, 3), captions=(2, 3, 0), ends=1 / 3,
        rows=(1, 1.0), notes=1,
    )  # fmt: skip
