"""Pictures of PDF pages with a quote marked on them.

`alignment` finds the quote among the page's words (pure), `marks` makes rectangles of them (pure), `drawing` draws, in a worker
process, `cache` keeps what was drawn, and `renderer` is the way in.
"""
