"""What an answer is worth. Pure functions of an item and an answer; nothing here knows of students or databases.

`closed` grades choices, truths, numbers and gaps by the key; `quantities` reads numbers with units; `short` holds a sentence against
the rubric and the reading. Start reading at `grades`.
"""
