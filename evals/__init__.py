"""How good is it? Question sets, metrics, benchmarks.

May import `quiz`, `rag`, `ingest` and `common`; never `bot`. Evaluations print figures and are not tests. Start at
`run.py`; what the figures mean: docs/evaluation.md.
"""
