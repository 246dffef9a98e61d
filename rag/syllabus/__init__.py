"""Questions about the course, looked up in its syllabus: never generated, each line as it stands there.

`lookup` is the way in. It asks `direct` first, which answers from the plan's data where every word of the question is accounted for:
`periods` and `selection` read words for time, `subjects` what is asked for, `plan` holds sessions and deadlines in the order of days,
`cuts` picks the lines to show. What is left over is matched by likeness. Code adds only days and counts, in a fixed form. `present` is
the plan as its files are now, for faces that show it without a question; `hours` gives its instants. `notes` is what it says in
words of its own, as data.
"""

from rag.syllabus.entries import Entry, Found, Shown
from rag.syllabus.lookup import SyllabusLookup

__all__ = ["Entry", "Found", "Shown", "SyllabusLookup"]
