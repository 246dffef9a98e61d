"""The faces: Discord and the terminal. Thin: each command parses, awaits one call, renders one message.

May import every room below (`quiz`, `rag`, `ingest`, `common`); of `evals` only the command line does. Start at
`cli/app.py` or `discord/client.py`; what they need is built in `rag/compose.py`.
"""
