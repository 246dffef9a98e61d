"""From a question to an answer that the readings bear out.

May import `ingest` and `common`. The way of a question: `assistant` (the chain) -> `syllabus` (dates, grades,
people: looked up) or `retrieval` (dense + `lexical`, fused) -> `evidence` (the few sentences that matter) ->
`gate` (is there evidence at all?) -> `prompts` -> `llm` -> `verify` (each sentence against what it cites) ->
`answers` (what is shown). LangChain is the grammar of this room and does not leave it. Start at `assistant.py`.
"""
