"""Questions on a reading as a whole, told by their form; readings' names are left out of them, as `rag.named.without` does."""

import pytest

from rag.whole.forms import Form, Part, compares, form_of, words_beside


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("What is the        paper about?", Form(Part.ABSTRACT)),
        ("can someone summarise        for me?", Form(Part.ABSTRACT)),
        ("tl;dr?", Form(Part.ABSTRACT)),
        ("give me an overview of        please", Form(Part.ABSTRACT)),
        ("In simple terms, what problem is the        paper trying to solve?", Form(Part.ABSTRACT)),
        ("what does the big survey on        cover", Form(Part.ABSTRACT)),
        ("main idea or hypothesis of        ?", Form(Part.ABSTRACT)),
        ("what is the main contribution of       ", Form(Part.CONTRIBUTIONS)),
        ("whats new in        compared to what existed before", Form(Part.CONTRIBUTIONS)),
        ("What did the authors find?", Form(Part.RESULTS)),
        ("Key findings of the        paper?", Form(Part.RESULTS)),
        ("how does        actually work", Form(Part.METHOD)),
        ("how was        pretrained?", Form(Part.TRAINING)),
        ("how did they evaluate       ", Form(Part.EVALUATION)),
        ("for my notes I need the purpose of the        paper", Form(Part.ABSTRACT)),
        ("which paper introduced       ", Form(Part.ABSTRACT)),
        ("does the        paper admit any weak points", Form(Part.LIMITATIONS)),
        ("explain the approach of        step by step", Form(Part.METHOD)),
        ("What do they conclude?", Form(Part.CONCLUSION)),
        ("what are the limitations of       ", Form(Part.LIMITATIONS)),
        ("Which limitations do the authors of        discuss?", Form(Part.LIMITATIONS)),
        ("what can        still not do well according to its authors", Form(Part.LIMITATIONS)),
        ("what future work do        suggest?", Form(Part.FUTURE)),
        ("Who wrote the        paper and at which university?", Form(Part.AUTHORS)),
        ("authors of       ", Form(Part.AUTHORS)),
        ("what company is behind the        paper", Form(Part.AFFILIATIONS)),
        ("where do the        authors work", Form(Part.AFFILIATIONS)),
        ("when and where was        published?", Form(Part.DATED)),
        ("what year and venue for       ?", Form(Part.DATED)),
        ("at which conference was        presented", Form(Part.PUBLISHED)),
        ("in which journal did        come out", Form(Part.PUBLISHED)),
        ("did the        paper win a best paper award?", Form(Part.RECEPTION)),
        ("how many citations does the        paper have", Form(Part.RECEPTION)),
        ("what does section 3 of the        paper say?", Form(Part.SECTION, "3")),
        ("explain section 4.1", Form(Part.SECTION, "4.1")),
        ("what does appendix B say", Form(Part.SECTION, "B")),
        ("Summarise the related work section of the        paper please", Form(Part.SECTION, "related work")),
        ("what does the section on data collection in        say", Form(Part.SECTION, "data collection")),
        ("summarise the introduction", Form(Part.SECTION, "introduction")),
    ],
)
def test_a_form_and_nothing_beside_it(question: str, form: Form) -> None:
    assert form_of(question) == form
    assert words_beside(question, form) == []


@pytest.mark.parametrize(
    "question", ["How many owls are there?", "What did they find in the snow?", "What is       ?", "is the section long"]
)
def test_no_form(question: str) -> None:
    assert form_of(question) is None


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("what is the main finding on feathers?", ["feathers"]),
        ("summarise the section on feathers in snow for owls", ["snow", "owls"]),
        ("when is the summary due", ["due"]),
        ("what does section 4 say about feathers", ["feathers"]),
        ("explain the trick of double moulting", ["double", "moulting"]),
        ("what limitation of nets does        mention", ["nets"]),
        ("who wrote the feathers of       ", ["feathers"]),
    ],
)
def test_what_else_is_asked_stands_beside_the_form(question: str, beside: list[str]) -> None:
    assert words_beside(question, form_of(question)) == beside


def test_a_reading_s_own_words_say_nothing() -> None:
    assert words_beside("compare        and       , both are on owls, right?", None, frozenset({"owl"})) == []
    assert compares("How does        differ from       ?")
    assert compares("what have        and        in common")
    assert not compares("what is       ?")
