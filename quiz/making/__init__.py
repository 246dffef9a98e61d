"""How quiz items are made from readings, by rules on grammar and numbers; no language model writes a word.

`drafting` (what the index holds) -> `reading` (sentences to `statements`) -> the makers (`number_items`, `truth_items` with `flips` and
`swaps`, `cloze_items`, `definition_items`, `reason_items`, `action_items`) -> `checks` (what every item must pass) -> `draft` (which to
take). `language` is the one file that knows spaCy. Start at `draft.py`.
"""
