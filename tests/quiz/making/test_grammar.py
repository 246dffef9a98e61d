"""Rules on grammar: what turns a statement round, what gives its reason."""

from pathlib import Path

import pytest

from common.errors import ModelError
from common.section import ModelFile
from quiz.making.clauses import Link, linked
from quiz.making.flips import flips
from quiz.making.language import Parser


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("LoRA has fewer trainable parameters than adapters.", "LoRA has more trainable parameters than adapters."),
        ("LoRA outperforms Adapters on WikiSQL.", "LoRA underperforms Adapters on WikiSQL."),
        ("A larger batch makes training slower.", "A larger batch makes training faster."),
        ("Adapters are not needed for the task.", "Adapters are needed for the task."),
        ("Prefix tuning does not clearly reduce the latency.", "Prefix tuning clearly reduces the latency."),
        ("Adapters do not apply to the task.", "Adapters apply to the task."),
        ("LoRA does not modify the weights.", "LoRA modifies the weights."),
        ("LoRA is right twice as often as Adapters.", "LoRA is right half as often as Adapters."),
        ("LoRA outperforms Adapters on all tasks but WikiSQL.", "LoRA underperforms Adapters on all tasks but WikiSQL."),
    ],
)
def test_one_change_turns_a_statement_round(text: str, turned: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert turned in [" ".join(f"{text[: f.start]}{f.instead}{text[f.end :]}".split()) for f in flips(parsed)]


def test_a_thing_is_not_compared_with_itself(parser: Parser) -> None:
    (parsed,) = parser.parse(["A smaller hive gives honey for more days than a larger hive."])
    assert {parsed.text[f.start : f.end] for f in flips(parsed)} == {"more"}


@pytest.mark.parametrize(
    "text",
    [
        "We ask whether bees improve the honey.",
        "All hives together cost far more than any single hive.",  # less they cannot
        "The best hive stands in the garden.",
        "The bees were flown over a significantly wider garden.",
        "State-of-the-art well-known high-quality hives win.",
        "Prefix tuning does not reduce the latency or any other cost.",
        "RAG works well without expensive training.",
        "We train more than 1,000 models.",
        "LoRA can be combined with prefix tuning.",
        "LoRA outperforms Adapters in three out of six tasks, and lowers the cost.",
        "Unlike Adapters, LoRA gives better results with few parameters.",
        "Our method outperforms Adapters, presenting a new way to tune.",
    ],
)
def test_nothing_is_turned_where_the_opposite_says_nothing(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert flips(parsed) == []


@pytest.mark.parametrize(
    ("text", "link", "clause", "main"),
    [
        (
            "LoRA adds no latency because its matrices can be merged before deployment.",
            Link.REASON, "its matrices can be merged before deployment", "LoRA adds no latency.",
        ),
        (
            "The decoder masks future positions, so a prediction can depend only on earlier outputs.",
            Link.REASON, "The decoder masks future positions", "A prediction can depend only on earlier outputs.",
        ),
        (
            "User feedback is sparse and biased, so it should be read as a trend.",
            Link.REASON, "User feedback is sparse and biased", "User feedback should be read as a trend.",
        ),
        (
            "To ensure a fair comparison, we change how we evaluate LoRA.",
            Link.PURPOSE, "To ensure a fair comparison", "We change how we evaluate LoRA.",
        ),
    ],
)  # fmt: skip
def test_reasons_and_purposes_are_found(text: str, link: Link, clause: str, main: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    (found,) = linked(parsed)
    assert (found.link, found.clause, found.main) == (link, clause, main)


@pytest.mark.parametrize(
    "text",
    [
        "LoRA has been tested on four models since the spring of 2021.",
        "The keeper lifts the boxes, so called supers of the hive, in May.",
        "A test score is an estimate, so a report should give an interval beside it.",  # beside what?
        "Since bees are small, nobody sees them, so a keeper should look twice.",  # two reasons
    ],
)
def test_without_one_reason_none_is_found(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert linked(parsed) == []


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        ("QLoRA cuts the memory needed to fine-tune a 65B model to less than 48GB.", "QLoRA", "cuts"),
        ("A language model stores facts in its parameters, but it cannot easily revise them.", "A language model", "stores"),
        ("Large language models age quickly.", "Large language models", "age"),
        ("The first model outputs labels for the whole set.", "The first model", "outputs"),
        ("With the LLaMA-13B/65B models, QLoRA+ cuts the costs in 2,500M runs.", "QLoRA+", "cuts"),
        ("LLM-as-a-judge means asking a strong language model to grade the answers.", "LLM-as-a-judge", "means"),
        ("Doubling the training set does not improve response quality.", "Doubling the training set", "improve"),
    ],
)
def test_a_verb_behind_an_unknown_name_or_a_clause_is_seen(text: str, subject: str, verb: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    found = parsed.subject()
    assert found is not None
    assert (parsed.phrase(found), parsed.words[parsed.root].text) == (subject, verb)
    assert all(text[w.start : w.end] == w.text for w in parsed.words)


@pytest.mark.parametrize(
    "text", ["Models with Hundreds of Billions of Parameters.", "Repeating the human annotations with GPT-4.", "(1) 4 GB"]
)
def test_what_has_no_verb_gets_none(text: str, parser: Parser) -> None:
    (parsed,) = parser.parse([text])
    assert parsed.subject() is None or parsed.words[parsed.root].pos not in ("VERB", "AUX")


def test_a_parser_that_is_no_pipeline_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"no model")
    for model in (ModelFile(path=tmp_path / "weights"), ModelFile(path=tmp_path / "none")):
        with pytest.raises(ModelError, match=r"quiz\.parser"):
            Parser(model)
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'xx")
    with pytest.raises(ModelError, match="spaCy cannot load"):
        Parser(ModelFile(path=tmp_path / "weights"))
