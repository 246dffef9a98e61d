"""Items as files: GIFT, QTI 2.1, YAML, CSV, Anki, PDF. `files` is the way in; each format has a module of its own.

All but the PDF are read again without loss. What a format has no word for (evidence, rubric, ...) travels in a place that other
programs pass over, see `extras`. An item's id is made anew on reading: it follows from what is asked.
"""
