"""The weekly reading quiz: items, checks, attempts, statistics. Nothing of it is built yet.

May import `rag`, `ingest` and `common`.
"""
