"""What people think of answers: votes with reasons, questions sent to a person, and what the instructor reads of both.

Nothing here knows Discord's library; `bot/discord/feedback.py` and `bot/discord/persons.py` do. `votes` and `persons` are the
tables, `report` is pure, `plot` draws it.
"""
