"""The text of a section, for readings that have no pages to be shown."""

from ingest.documents import make_passage
from rag.answers import Citation
from rag.library import View


def section_around(view: View, citation: Citation) -> str:
    """All of the section that a citation stands in; what was kept with it where that section is no more, or has become another."""
    snapshot = view.retriever.snapshot
    if citation.reading not in snapshot.readings:
        return citation.passage
    sentences = [s for s in snapshot.sentences(citation.reading) if s.section == citation.section]
    text = make_passage(sentences, 0).text if sentences else ""
    return text if citation.quote in text else citation.passage
