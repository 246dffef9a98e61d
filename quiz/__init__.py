"""The weekly reading quiz: items and how they are made, attempts, grading, statistics.

May import `rag`, `ingest` and `common`. Start at `items.py`: what a quiz consists of; `making` drafts items from the readings.
"""
