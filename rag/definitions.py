"""Questions on what a thing is ("What is LoRA?"), and how much a sentence reads like the answer.

Such a question has one content word, which stands in a hundred sentences, and nearly all of them speak of the thing without
saying what it is. So here the form counts: "X is a …", "X, which …", "we call it X", "… (X)". Rules for English after the
patterns of Hearst (1992) and of definition questions in TREC QA; none knows a term.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.documents import Kind, Sentence

_WORD = r"[A-Za-z0-9][\w.+-]*"
_TERM = rf"(?P<term>{_WORD}(?: {_WORD}){{0,5}}?)"
_TAIL = r"(?: (?:mean|exactly|really|actually|here|anyway|in (?:this|the) (?:paper|reading|context|survey)|in simple terms|again))*"
_QUESTIONS = tuple(
    re.compile(rf"^(?:(?:so|ok|and|hi|hey|please|can you|could you)[, ]+)*{pattern}{_TAIL}$", re.IGNORECASE)
    for pattern in (
        rf"what(?:['’]?s| is| are| was| were) (?:(?:meant by|the (?:meaning|definition) of) )?(?:an? |the )?{_TERM}",
        rf"(?:please )?(?:define|explain(?: to me)?)(?: what)? (?:an? |the )?{_TERM}(?: is| are)?",
        rf"what (?:does|do|did) (?:an? |the |you mean by )?{_TERM}(?: stand for| refer to| mean)?",
        rf"(?:the )?(?:meaning|definition) of (?:an? |the )?{_TERM}",
        rf"(?:explain|tell me) what (?:an? |the )?{_TERM} (?:is|are|means?|stands? for)",
    )
)
_MEANS = re.compile(r"^what do(?:es)? ", re.IGNORECASE)  # "what does X do" is another question
_STANDS_FOR = re.compile(r"\bstands? for\b", re.IGNORECASE)
# What no name of a thing holds: "what is used for …", "what is the best …", "what is due next week".
_NO_TERM = re.compile(
    r"(?:of|for|in|on|at|to|from|by|with|about|between|behind|over|under|than|as|and|or|not|if|when|where|why|how|who|which|that|this|these"
    r"|those|it|its|they|them|their|he|she|we|us|our|you|your|my|i|is|are|was|were|be|do|does|did|has|have|had|can|could|will|would|should"
    r"|may|might|must|used|use|uses|best|most|main|next|due|new|different|difference|same|one|wrong|going|happening|better|left|up)",
    re.IGNORECASE,
)
_THE = re.compile(r"^what(?:['’]?s| is| are) the (?!meaning of|definition of)", re.IGNORECASE)
# What belongs to a thing and is asked for by its value: "what is the learning rate?"
_VALUE = re.compile(
    r"\b(?:rate|size|length|width|number|count|score|accuracy|loss|cost|price|time|date|deadline|page|rank|dimension|name|title|answer|result|budget"
    r"|speed|weight|grade|points?|percentage|ratio|temperature|threshold)s?$",
    re.IGNORECASE,
)

_MARK = "\ue000"  # stands for the term, so that the forms are compiled once; of no word and on no page
_BRACKETS = r"(?: ?[(\[][^()\[\]]{0,120}[)\]])*"  # behind a term: an abbreviation, a reference
_ALSO = r"(?:,? (?:sometimes |also |often |or |hereafter |henceforth )[^,.;]{1,60},?|,(?= (?:is|are|means?|refers)))?"  # , or X,
_HEDGED = r"(?: (?:\w+ly|often|also|thus|then|therefore|here|now))?"
# What may stand before a sentence's subject; a capital may end a heading that runs on into the sentence.
_HEAD = (
    rf"(?:^|{_MARK} |[.:;,(] |[–—] |, or |\b(?:the|an?|that|where|while|since|because|but|and|when|although|is|are|namely|paper"
    r"|work|section|survey|(?-i:[A-Z])[\w-]*) )"
)
_MAKING = r"\b(?:propos|introduc|present|develop|releas|construct|creat|defin|describ|buil[dt]|design|collect|call)\w*\b"
_OFFERING = r"\b(?:propose|introduce|present|develop|release|create|define)d?\b"
_NAMING = (
    r"\b(?:called|termed|named|dubbed|coined|known as|referred to as|refer to [^.;]{1,60}? as|we call [^.;,]{0,60}?"
    r"|denoted(?: as| by)?)"
)
_MEANING = r"(?:means?|refers? to|denotes?|stands? for|(?:is|are) (?:defined|known|understood) as)\b"
_CONSISTING = r"(?:consists? of|aims? (?:to|at)|(?:is|are) (?:\w+ly )?(?:designed|developed|trained|built|based|composed|made)\b)"
# Verbs that say how good a thing is, not what it does.
_JUDGING = r"(?:possesses|has|was|is|achieves|performs|outperforms|shows|becomes|plays|makes|gives|gets|needs|requires|lacks|reaches)"
_DOING = r"(?:(?-i:[a-z]{3,}(?<!s)s)|allow|enable|let|use|combine|take|treat|add|insert|replace|store|map|predict|measure|capture)"
_OBJECT = r"(?:an?|the|some|its|each|all|two|three|both|to|us|you|only|multiple|any|every|random|\w+ing|\w+ly)\b"
# Praise and place where the meaning should be: "LoRA is a promising way".
_UNTOLD = re.compile(
    r"^(?:an? |the |one of the )?(?:\w+ )?(?:key|common|important|promising|popular|powerful|strong|competitive|simple|challenging|open"
    r"|active|good|best|most|first|second|same|only|main|major|central|critical|crucial|effective|efficient|useful|hard|difficult)\b",
    re.IGNORECASE,
)


def _forms() -> tuple[tuple[float, re.Pattern[str]], ...]:
    """The forms of a definition with what each is worth; `_MARK` stands for the term."""
    term = rf"[“\"‘(]?{_MARK}[”\"’)]?"
    subject = rf"{_HEAD}{term}{_BRACKETS}{_ALSO}"
    follows = r"(?:,| [—–-]) (?!(?:and|or)\b)(?:an?|the|which|that|our|\w+s which)\b"
    forms = (
        (1.0, rf"{subject}{_HEDGED} (?:is|are|was){_HEDGED} (?P<said>(?:an?|the|one of|any|when|where|what) \w.*)"),
        (1.0, rf"{subject}{_HEDGED} {_MEANING}"),
        (0.9, rf"{_MAKING} (?:[^.;]{{0,80}} )?{term}{_BRACKETS}{_ALSO}{follows}"),
        (0.8, rf"{subject}, (?:which|an?|i\.e\.|that is|namely)\b"),
        (0.8, rf"{_NAMING} (?:the |an? )?{term}"),
        (0.7, rf"{subject}{_HEDGED} {_CONSISTING}"),
        (0.6, rf"(?P<long>\w[^().;:]{{3,100}}?),? (?:[(\[]|or )[“\"]?{_MARK}(?=[”\")\]:;,])"),
        (0.6, rf"{_MARK} [(\[](?P<long>[A-Za-z][^()\d]{{3,80}})[)\]]"),
        (0.5, rf"\b(?:we|this paper|this work){_HEDGED} {_OFFERING} (?:[^.;]{{0,40}} )?{term}"),
        (0.3, rf"^(?:the |an? )?{term}{_BRACKETS}{_HEDGED} (?!{_JUDGING}\b){_DOING} {_OBJECT}"),
    )
    return tuple((value, re.compile(pattern, re.IGNORECASE)) for value, pattern in forms)


_FORMS = _forms()


@dataclass(frozen=True)
class Asked:
    """A term that a question asks the meaning of.

    Attributes:
        term: As typed, without its article.
        long_form: How much it is asked what its letters stand for, 0 to 1.
    """

    term: str
    long_form: float = 0.0

    def strength(self, sentence: Sentence) -> float:
        """How much the sentence reads like saying what the term is, 0 (not at all) to 1; 0 for all but running text."""
        return self.strength_of(sentence.text) if sentence.kind is Kind.PROSE else 0.0

    def strongest(self, sentences: Iterable[Sentence]) -> float:
        """The largest of theirs, 0 for none."""
        return max((self.strength(sentence) for sentence in sentences), default=0.0)

    def stands_in(self, text: str) -> bool:
        """Does the text hold the term, in any of its spellings?"""
        return self._term.search(text) is not None

    def strength_of(self, text: str) -> float:
        """As `strength`, of running text."""
        if not self.stands_in(text) or text.endswith("?"):
            return 0.0
        marked = self._term.sub(_MARK, " ".join(text.split()))
        return max((self._weighed(value, found) for value, pattern in _FORMS for found in pattern.finditer(marked)), default=0.0)

    def _weighed(self, value: float, found: re.Match[str]) -> float:
        if "long" in found.groupdict():
            return max(value, self.long_form) if _initials(self.term, found["long"]) else 0.0
        untold = "said" in found.groupdict() and _UNTOLD.match(found["said"]) is not None
        return value / 2 if untold or self.long_form == 1 else value

    @cached_property
    def _term(self) -> re.Pattern[str]:
        words = [re.escape(word) for word in re.split(r"[\s-]+", self.term)]
        last = words.pop()
        singular = last[:-1] if len(last) > 3 and last.lower().endswith("s") and not last.lower().endswith("ss") else last
        return re.compile(rf"(?<![\w-])(?:{'[ -]?'.join([*words, singular])})(?:s|es)?(?![\w-])", re.IGNORECASE)


def asked(question: str) -> Asked | None:
    """The term that a question asks the meaning of; None if it asks something else."""
    text = re.sub(r"[?!.\s]+$", "", " ".join(question.split()))
    text = re.sub(r"[“”\"‘]|(?<=\w)’(?=\s|$)", "", text)
    for pattern in _QUESTIONS:
        found = pattern.match(text)
        if found is None:
            continue
        term = found["term"]
        if _MEANS.match(text) and not re.search(r"\b(?:mean|stand for|refer to)\b", text, re.IGNORECASE):
            continue
        if any(_NO_TERM.fullmatch(word) for word in term.split()) or (
            _THE.match(text) and (_VALUE.search(term) or (term.islower() and " " not in term))
        ):
            continue
        return Asked(term, 1.0 if _STANDS_FOR.search(text) else 0.9 if _MEANS.match(text) and _is_short(term) else 0.0)
    return None


def _is_short(term: str) -> bool:
    """Does it look like an abbreviation?"""
    return " " not in term and sum(c.isupper() for c in term) >= 2


def _initials(short: str, long: str) -> bool:
    """May `short` stand for the end of `long`? Its letters stand there in order, the first at the head of a word.

    After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text".
    """
    letters = [c.lower() for c in short if c.isalnum()]
    words = long.split()[-(len(letters) + 5) :]
    if len(letters) < 2 or len(words) < 2:
        return False
    tail = " ".join(words).lower()
    at = len(tail)
    for n, letter in enumerate(reversed(letters)):
        at -= 1
        is_first = n == len(letters) - 1
        while at >= 0 and not (tail[at] == letter and (not is_first or at == 0 or not tail[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return True
