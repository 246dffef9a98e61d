"""The faces: Discord and the terminal. Thin: each command parses, awaits one call, renders one message.

May import every room below (`quiz`, `rag`, `ingest`, `common`); of `evals` only the command line does. Start at
`compose.py`, which builds everything once and hands it on.
"""
