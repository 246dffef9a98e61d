"""Answers of persons that a course's staff has endorsed: kept with every version, and found for whoever asks the same.

`records` says what is known of one, `store` is the table, `same` tells whether two questions ask the same (pure), and
`lookup` is the step of `rag.assistant` before the readings. Nothing here is written by a model: what is shown is a
person's words, with who stands for them.
"""

from rag.endorsed.lookup import EndorsedAnswers
from rag.endorsed.records import LONGEST, Endorsed, Person, Place, State, Version, checked_text
from rag.endorsed.store import EndorsedStore

__all__ = ["LONGEST", "Endorsed", "EndorsedAnswers", "EndorsedStore", "Person", "Place", "State", "Version", "checked_text"]
