"""What kind of thing would answer a question, as far as its words show (a number, a reason, an amount of money, a person …), and
which sentences give one.

Nearness of meaning finds the sentences that speak of the same things; the one that answers is, of those, the one that gives what is
asked for: "How many heads has it?" wants a number, whatever else is said of heads. Rules in general words for English questions,
after the answer types of question classification (Li and Roth 2002); none knows a paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.asked import counted, number_distance
from rag.leaning import AUX, WH
from rag.numerals import Numeral, each_numeral, holds, numerals

_DIGIT_OR_WORD = re.compile(r"\d|\b(?:t[ewh]|f[oi]|s[ei]|eigh|nin)", re.IGNORECASE)  # of what no number begins with is left out early


@dataclass(frozen=True)
class _Kind:
    """Something that is asked for, and what must stand in a sentence that gives it."""

    asked: re.Pattern[str]
    given: re.Pattern[str]


def _kind(asked: str, given: str) -> _Kind:
    return _Kind(re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))


# Kinds of which little stands in a paper: where no sentence gives one, the question is likely not answered (`Expected.missing`).
_KINDS = (
    _kind(
        r"\b(?:costs?|price|dollars?|usd|euros?|paid|pay|expensive|wages?|salary|money|fee)\b",
        r"[$€£]\s?\d|\d[\d,.]*k?\s*(?:dollars?|usd|euros?|cents?)\b|\b(?:cost|price|wage|salary|paid)\b.*\d|\d.*\b(?:cost|price|wage|salary|paid)\b",
    ),
    _kind(
        r"\bhow (?:many|much)\b.*\b(?:hours?|days?|weeks?|months?|minutes?|seconds?|time)\b|\bhow long\b.*\b(?:take|took|last|run|train)|"
        r"\bhow fast\b|\blatency\b|\bin seconds\b",
        r"\d.*\b(?:hours?|days?|weeks?|months?|minutes?|seconds?|ms|years?|faster|slower)\b|\d\s?(?:h|s|ms)\b|\d.*/\s?s\b|\d\s?[x×]",
    ),
    _kind(
        r"\bhow (?:much|many|big|large)\b.*\b(?:memory|v?ram|disk|storage)\b|\b(?:memory|disk|storage) (?:size|space|footprint)\b",
        r"\d\s?(?:[kmgt]i?b|bytes?)\b|\d.*\b(?:memory|v?ram|disk)\b",
    ),
    _kind(
        r"\b(?:energy|electricity|kwh|mwh|watts?|carbon|co2|emissions?|emitted?)\b",
        r"\d\s?(?:[kmg]wh?|wh|watts?|joules?)\b|\d.*\b(?:t?co2\w*|carbon|emissions?|energy)\b|\b(?:co2|carbon|emissions?|energy|electricity)\b.*\d",
    ),
    _kind(r"\blicen[cs]ed?\b", r"\blicen[cs]|\bapache\b|\bcc[- ]by|\bopen[- ]source|\bcommercial|\bproprietary\b|\bpublic(?:ly)?\b"),
    _kind(
        r"\b(?:which|what) (?:kinds? of |types? of )?(?:gpus?|tpus?|hardware|accelerators?|graphics cards?|cards?|chips?|machines?)\b",
        r"\b(?:gpus?|tpus?|cpus?|hardware|accelerators?|cuda|nvidia|amd|[a-z]{1,3}\d{2,4}s?|machines?|chips?|cards?|clusters?)\b",
    ),
    _kind(
        r"\b(?:tokens|words|queries|examples|samples|steps|iterations) (?:per|a|an|each) (?:second|minute|hour|day)\b|\bthroughput\b",
        r"\d.*(?:\bper\b|/\s?(?:s|sec|second|h|hour|day|ms)\b|\btimes\b|[x×])",
    ),
    _kind(r"\b(?:average|mean|median|typical) age\b|\bhow old\b", r"\b(?:ages?|aged|years old|\d+\s?-\s?\d+ years)\b"),
    _kind(r"\b(?:which|what) year\b|\bin what year\b|\bwhat date\b", r"\b(?:19|20)\d\d\b"),
    _kind(
        r"^(?:who|whose)\b|\bwhich (?:author|person|people)\b",
        r"\b(?:authors?|labell?ers?|annotators?|people|workers?|students?|humans?|linguists?|researchers?|experts?|users?|engineers?|we)\b"
        r"|\b(?-i:[A-Z][a-z]+ [A-Z][a-z]+)\b",
    ),
)  # fmt: skip
# Of these much stands in any paper, so that they tell which sentence answers, not whether one does.
_REASON = _kind(
    r"\bwhy\b|\breasons?\b|\bhow come\b|\bwhat(?:'?s| is| are| was)? .*\bfor$|\bpurpose\b|\bwhat (?:stops|prevents|keeps|causes?)\b"
    r"|\bmotivat|\bthe (?:point|idea|benefit|advantage)s? of\b",
    r"\b(?:because|since|due to|so that|so as to|therefore|thus|hence|thereby|in order to|as a result|as (?:it|this|these|they|we)|owing to"
    r"|given that|caus\w+|reason\w*|motivat\w+|suspect\w*|hypothes\w+|intuiti\w+|explain\w*|attribut\w+|prevent\w*|avoid\w*|ensur\w+"
    r"|allow\w*|enabl\w+|lead\w* to|result\w* in|suggest\w*|help\w*"
    r"|to (?:reduce|improve|make|facilitate|counteract|mitigate|address|preserve|encourage|keep))\b",
)
_YES_OR_NO = re.compile(rf"\W*{AUX}\b(?!.*\b{WH}\b)", re.IGNORECASE)  # not "can you tell me how long it took?"
_NUMBER = re.compile(
    r"\bhow (?:many|much|big|large|long|far|high|fast|deep|wide|often|small|few|tall|old)\b|\bby how\b|%|\b(?:percent(?:age)?s?|share"
    r"|fraction|proportion|number|size|rate|ratio|score|accuracy|bleu|rouge|f1|perplexity|length|dimension\w*|temperature|threshold|probability"
    r"|correlation|speed-?up|amount|total|budget|margin)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """What a question asks for.

    Attributes:
        kinds: Kinds of thing of which little stands in a paper.
        reason: Does it ask for a reason?
        number: Does it ask for a number?
        known: The numbers of the question itself, which answer nothing.
        question: As asked.
    """

    kinds: tuple[_Kind, ...]
    reason: bool
    number: bool
    known: tuple[Numeral, ...]
    question: str

    @property
    def most(self) -> int:
        """How many things are asked for; 0 where nothing of a kind is."""
        return len(self.kinds) + self.reason + self.number

    def given_by(self, sentence: str) -> int:
        """How many of the things asked for the sentence gives."""
        given = sum(kind.given.search(sentence) is not None for kind in self.kinds)
        given += self.reason and _REASON.given.search(sentence) is not None
        return given + (self.number and self._counts(sentence))

    def nearness_of_number(self, sentence: str) -> float:
        """How near a number stands to what is to be counted: 0.75 side by side, towards 0 for farther; 0 where nothing is counted."""
        return 1 - number_distance(self.question, [sentence]) if self.number and counted(self.question) else 0.0

    def missing(self, sentences: Iterable[str]) -> bool:
        """Is there one of `kinds` of which no sentence gives any?"""
        texts = list(sentences)
        return any(not any(kind.given.search(text) for text in texts) for kind in self.kinds)

    def _counts(self, sentence: str) -> bool:
        return _DIGIT_OR_WORD.search(sentence) is not None and any(not holds(numeral, self.known) for numeral in each_numeral(sentence))


@lru_cache(maxsize=64)
def expected(question: str) -> Expected:
    """What would answer a question.

    One for a reason asks for no number: "why does a larger batch size help?"; one for yes or no for nothing of a kind:
    "does it add latency?".
    """
    reason = _REASON.asked.search(question.rstrip("?!. ")) is not None
    return Expected(
        kinds=() if _YES_OR_NO.match(question) else tuple(kind for kind in _KINDS if kind.asked.search(question)),
        reason=reason,
        number=not reason and _NUMBER.search(question) is not None,
        known=tuple(numerals(question)),
        question=question,
    )
