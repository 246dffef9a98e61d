"""From documents to passages that can be cited, and the index that keeps them.

May import `common` only. The way of a document: `manifest` (what the course reads) -> `sources` (where its
file is) -> `readers` (file to blocks of text, run by `extraction` in worker
processes) -> `chunking` (blocks to passages) -> `embeddings` -> `index`;
`sync` drives all of it and `catalog` says which revision of each reading is live. `syllabus` reads the
course's own plan. Start reading at `sync.py`.
"""
