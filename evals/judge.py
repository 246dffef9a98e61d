"""A language model as a judge of answers, and whether it can judge at all.

Two answers are compared, each order is asked, and a verdict counts only where both orders agree: the conservative remedy for position
bias of Zheng et al. 2023 (arXiv 2306.05685). The judge writes no prose: what counts is whether "A" or "B" is the likelier next token.
Beside its score stands how often it agrees with LLMBar, whose better answers are known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from evals.intervals import Interval, mean, share
from evals.llmbar import LabelledPair
from evals.questions import Question
from evals.run import Row

_SHOWN_WORDS = 80  # of the passage that an answer is held against: an answer is no longer either
_CHANCE = 0.5
_SYSTEM = "You compare two answers to the same request. You reply with one letter: A or B."
_USER = """Request:
{request}

Answer A:
{first}

Answer B:
{second}

Which answer carries out the request better and more correctly? Length and order do not matter. Reply with A or B."""


class Chooser(Protocol):
    """A chat model that says how probable each option is as its reply."""

    def choose(self, messages: list[BaseMessage], options: Sequence[str]) -> list[float] | None:
        """See `rag.llm.LlamaCppChat.choose`."""
        ...


class Verdict(Enum):
    """What both orders together say."""

    FIRST = "first"
    SECOND = "second"
    PLACE_A = "place a"  # whichever answer stood first won: position bias
    PLACE_B = "place b"


_PLACES = (Verdict.PLACE_A, Verdict.PLACE_B)


@dataclass(frozen=True)
class Pair:
    """Two answers to a request."""

    request: str
    first: str
    second: str


@dataclass(frozen=True)
class Judged:
    """What the judge made of a pair; `first` is the first answer's probability, the mean over both orders."""

    verdict: Verdict
    first: float


@dataclass
class Tally:
    """The verdicts on pairs; `expected` is what a perfect judge says, or the answer that is hoped for."""

    all: list[tuple[Judged, Verdict]] = field(default_factory=list)
    too_long: int = 0

    def add(self, judged: Judged | None, expected: Verdict) -> None:
        """Count one; None is a pair that does not fit the judge's window."""
        if judged is None:
            self.too_long += 1
        else:
            self.all.append((judged, expected))

    @property
    def agreement(self) -> Interval | None:
        """Of the verdicts on which both orders agree: the share that is as expected. None where they never agree."""
        counted = [j.verdict is expected for j, expected in self.all if j.verdict in (Verdict.FIRST, Verdict.SECOND)]
        return share(sum(counted), len(counted)) if counted else None

    @property
    def mean_agreement(self) -> Interval | None:
        """Of all pairs: where the answer likelier over both orders is as expected; a constant bias for a place cancels."""
        counted = [(j.first > _CHANCE) is (expected is Verdict.FIRST) for j, expected in self.all]
        return share(sum(counted), len(counted)) if counted else None

    @property
    def accuracy(self) -> Interval | None:
        """The share of orders that are as expected, so half for a pair on which they disagree: LLMBar's own figure."""
        values = [_CHANCE if j.verdict in _PLACES else float(j.verdict is expected) for j, expected in self.all]
        return mean(values) if values else None

    @property
    def position_bias(self) -> Interval | None:
        """The share of pairs where the place decided, not the answer."""
        return share(sum(j.verdict in _PLACES for j, _ in self.all), len(self.all)) if self.all else None

    def as_json(self, score: str) -> dict[str, Any]:
        """`pairs`, the share as expected under the name `score`, `position_bias`, `too_long`; null where nothing was counted."""
        place_a = sum(j.verdict is Verdict.PLACE_A for j, _ in self.all)
        figures = {
            score: self.agreement,
            f"{score}_by_mean_probability": self.mean_agreement,
            "accuracy_of_both_orders": self.accuracy,
            "position_bias": self.position_bias,
        }
        shown = {name: interval.as_json() if interval else None for name, interval in figures.items()}
        return {"pairs": len(self.all), **shown, "always_the_first_place": place_a, "too_long": self.too_long}


def judge(model: Chooser, pair: Pair) -> Judged | None:
    """The verdict of both orders; None where the pair is longer than the judge's window."""
    one = model.choose(messages(pair), "AB")
    other = model.choose(messages(Pair(pair.request, pair.second, pair.first)), "AB")
    if one is None or other is None:
        return None
    a_won, a_won_swapped = one[0] >= one[1], other[0] >= other[1]
    verdicts = {
        (True, True): Verdict.PLACE_A,
        (False, False): Verdict.PLACE_B,
        (True, False): Verdict.FIRST,
        (False, True): Verdict.SECOND,
    }
    return Judged(verdicts[a_won, a_won_swapped], (one[0] + other[1]) / 2)


def messages(pair: Pair) -> list[BaseMessage]:
    """What the judge is asked, in one order."""
    return [SystemMessage(_SYSTEM), HumanMessage(_USER.format(request=pair.request, first=pair.first, second=pair.second))]


def judge_benchmark(model: Chooser, pairs: Iterable[LabelledPair]) -> Iterator[tuple[Judged | None, Verdict]]:
    """What the judge made of each pair, and which answer is the better one."""
    for pair in pairs:
        expected = Verdict.FIRST if pair.label == 1 else Verdict.SECOND
        yield judge(model, Pair(pair.input, pair.output_1, pair.output_2)), expected


def pairs_to_judge(questions: Sequence[Question], rows: Sequence[Row], against: Mapping[str, str] | None = None) -> list[Pair]:
    """Each answer that was given to an answerable question (first) beside what it is held against (second).

    Args:
        against: Texts by question id, such as another run's answers; None: the first passage that the search found, cut to an
            answer's length, which is what a plain search would show. Pairs of equal texts are left out.
    """
    by_id = {row["id"]: row for row in rows}
    pairs = []
    for question in questions:
        row = by_id.get(question.id)
        if row is None or "ask" not in row or not question.answerable or row["ask"]["status"] == "refused":
            continue
        passages = row["search"]["passages"]
        plain = " ".join(passages[0]["text"].split()[:_SHOWN_WORDS]) if passages else ""
        other = plain if against is None else against.get(question.id, "")
        if other and other != row["ask"]["text"]:
            pairs.append(Pair(question.question, row["ask"]["text"], other))
    return pairs


def can_judge(agreement: Interval | None) -> bool:
    """Is the judge's agreement above chance by more than its interval?"""
    return agreement is not None and agreement.low is not None and agreement.low > _CHANCE


def finding(name: str, benchmark: Tally) -> str:
    """One line on whether the judge's score may be used."""
    agreement = benchmark.agreement
    shown = "gives no verdict that holds in both orders"
    if agreement is not None:
        shown = f"agrees with LLMBar in {agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f}) of {agreement.n} verdicts"
    if can_judge(agreement):
        return f"{name} {shown}: better than chance (0.5), read its score with that in mind."
    return f"{name} cannot judge: it {shown}; chance is 0.5. Its score is not to be used."
