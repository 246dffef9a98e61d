"""arXiv: files of papers, what is known of them, and which version is the newest. Start at `client`.

    pacing         one request at a time and a pause after it, between processes too
    transport      the one way out: allow-list, redirects by hand, retries, limits
    downloads      a PDF, whole or not at all: resumed, conditional, checked
    metadata       title, authors, licence, versions out of arXiv's two feeds
    bibliography   what is remembered of papers, in SQL
    versions       is there a newer one?

Only this package speaks HTTP for the corpus; only `metadata` imports the `arxiv` package.
"""
