"""From a question to an answer that the readings bear out.

May import `ingest` and `common`. The way of a question: `assistant` (the chain) -> `endorsed` (did a person answer it, for
whom the staff stands?) -> `requests` (is it a question on the course?) -> `syllabus` (dates, grades, people: looked up;
`policies`: what it never mentions) or `retrieval` (dense + `lexical`, fused; `reranking` where it is set) -> `evidence` (the
few sentences that matter) -> `gate` (is there evidence at all? `asked`: of what is asked for?) -> `prompts` -> `llm` ->
`verify` (each sentence against what it cites; `entailment` where it is set) -> `answers` (what is shown). LangChain is the
grammar of this room and does not leave it. Start at `assistant.py`.
"""
