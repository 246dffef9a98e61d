"""Questions on what a thing is ("What is LoRA?"), and how much a sentence reads like the answer.

Such a question has one content word, which stands in a hundred sentences, and nearly all of them speak of the thing without
saying what it is. So here the form counts: "X is a …", "X, which …", "we call it X", "… (X)". Rules for English after the
patterns of Hearst (1992) and of definition questions in TREC QA; none knows a term.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.documents import Kind, Sentence

_WORD = r"[A-Za-z0-9][\w.+-]*"
_TERM = rf"(?:the (?:term|word|concept|notion|idea) (?:of )?)?(?:an? |(?P<the>the ))?(?P<term>{_WORD}(?: {_WORD}){{0,5}}?)"
_OPENING = re.compile(
    r"^(?:(?:so|ok(?:ay)?|and|but|hi|hello|hey|please|quick question|can you|could you|would you|just|btw)\b[\s,:.-]*)+", re.IGNORECASE
)
_CLOSING = re.compile(
    r"(?:[\s,]+(?:please|pls|plz|thanks|thank you|thx|btw|then|briefly|to me|exactly|really|actually|here|anyway|again|in simple terms"
    r"|in (?:this|the) (?:paper|reading|context|survey)))+$",
    re.IGNORECASE,
)
_QUESTIONS = tuple(
    re.compile(rf"^{pattern}$", re.IGNORECASE)
    for pattern in (
        rf"what(?:'?s| is| are| was| were| exactly is| exactly are) (?:meant (?:by|with) |the (?:meaning|definition) of )?{_TERM}",
        rf"(?:explain|define)(?: briefly)?(?: to me)?(?: what(?: is| are)?)? {_TERM}(?: is| are| means?| stands? for)?",
        rf"tell me what {_TERM} (?:is|are|means?|stands? for)",
        rf"(?P<means>what (?:does|do|did)) {_TERM} (?:stand for|refer to|mean)",
        rf"what do(?:es)? (?:you|they|the authors) mean (?:by|with) {_TERM}",
        rf"(?:the )?(?:meaning|definition) of {_TERM}",
    )
)
_STANDS_FOR = re.compile(r"\bstands? for\b", re.IGNORECASE)
# What no name of a thing holds: "what is used for …", "what is the best …", "what is due next week", "what is homework 2".
_NO_TERM = re.compile(
    r"(?:for|in|on|at|from|by|with|about|between|behind|over|under|than|and|or|not|if|when|where|why|how|what|who|which|that|this|these|those"
    r"|it|its|they|them|their|he|she|we|us|our|you|your|my|i|is|are|was|were|be|do|does|did|has|have|had|can|could|will|would|should|the"
    r"|may|might|must|used|use|uses|best|most|main|due|new|different|differences?|same|wrong|going|happening|better|left|up|vs|versus|briefly"
    r"|possible|optimal|two|three|four|five|six|seven|eight|nine|ten|today|tomorrow|yesterday|tonight|homeworks?|hw\d*|assignments?|exams?"
    r"|midterm|quiz(?:zes)?|syllabus|office|lectures?|class|project|paper|survey|article|handout|readings?)",
    re.IGNORECASE,
)
_JOINS = frozenset(("of", "as", "a", "to"))  # within a name, not at its edges: "LLM as a judge", "chain of thought"
# Of what follows "of": "advantages of LoRA" is no name.
_RELATES = re.compile(
    r"(?:effect|advantage|disadvantage|benefit|limit|limitation|role|purpose|goal|impact|example|type|kind|part|step|number|size|cost|result|source"
    r"|cause|reason|value|pro|con|component|stage|list|name|history|point|share|rate|amount|form|use|way|state|best|rest|end)s?",
    re.IGNORECASE,
)
# What belongs to a thing and is asked for by its value: "what is the learning rate?"
_VALUE = re.compile(
    r"\b(?:rate|size|length|width|number|count|score|accuracy|loss|cost|price|time|date|deadline|page|rank|dimension|name|title|answer|result"
    r"|budget|speed|weight|grade|point|percentage|ratio|temperature|threshold|objective|metric|data|dataset|function|setup|policy|hour|step"
    r"|stage|footprint|hyperparameter|topic)s?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:table|fig(?:ure)?|section|eq(?:uation)?|week|chapter|page|part|step|question|appendix)(?:\.? (?-i:[\dA-Z])|\d)", re.IGNORECASE
)
_PARTICIPLE = re.compile(r"[a-z]+ed|found|shown|known|done|seen|said|given")
_APART = r"[ \u2010\u2011\u2013-]?"  # between the parts of a name: "fine-tuning", "fine tuning", "finetuning"
_PREFIX = re.compile(r"(fine|pre|multi|self|cross|semi|auto|meta|non|few|zero|post|over|under|co)(\w{4,})", re.IGNORECASE)

_FEWEST_AFTER_NEXT = 3  # words of a name that begins with "next" or "one": "next token prediction", not "next week"
_SHORTEST_PLURAL = 3
_MARK = "\ue000"  # stands for the term, so that the forms are compiled once; of no word and on no page
_BRACKETS = r"(?: ?[(\[][^()\[\]]{0,120}[)\]])*"  # behind a term: an abbreviation, a reference
_ALSO = r"(?:,? (?:sometimes |also |often |or |hereafter |henceforth )[^,.;]{1,60},?|,(?= (?:is|are|means?|refers)))?"  # , or X,
_HEDGED = r"(?: (?:\w+ly|often|also|thus|then|therefore|here|now))?"
# What may stand before a sentence's subject; a capital may end a heading that runs on into the sentence.
_HEAD = (
    rf"(?:^|{_MARK} |[.:;,(] |[–—] |, or |\b(?:the|an?|that|where|while|since|because|but|and|when|although|is|are|namely|paper"
    r"|work|section|survey|(?-i:(?!(?:With|In|Unlike|Like|For|As|By|To|On|From|Of|Whether|If|Via|Given|Under|Than|After|Before|Both|[A-Z]\w*ing)\b)[A-Z])"
    r"[\w-]*) )"
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
        return any(self._spelt(found) for found in self._term.finditer(text))

    def strength_of(self, text: str) -> float:
        """As `strength`, of running text."""
        if not self.stands_in(text) or text.endswith("?"):
            return 0.0
        marked = self._term.sub(lambda found: _MARK if self._spelt(found) else found.group(), " ".join(text.split()))
        return max((self._weighed(value, found) for value, pattern in _FORMS for found in pattern.finditer(marked)), default=0.0)

    def _weighed(self, value: float, found: re.Match[str]) -> float:
        if "long" in found.groupdict():
            return max(value, self.long_form) if _initials(self.term, found["long"]) else 0.0
        untold = "said" in found.groupdict() and _UNTOLD.match(found["said"]) is not None
        return value / 2 if untold or self.long_form == 1 else value

    def _spelt(self, found: re.Match[str]) -> bool:
        """Is it the name, and not the everyday word: "REALM" is no realm? Small capitals may be lost, so that one capital is enough."""
        return not any(c.isupper() for c in self.term[1:]) or any(c.isupper() for c in found.group())

    @cached_property
    def _term(self) -> re.Pattern[str]:
        *words, last = [word for word in re.split(r"[\s-]+", self.term) if word]
        parts = [_spellings(word) for word in words]
        return re.compile(rf"(?<![\w-])(?:{_APART.join([*parts, _plural(last)])})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=64)  # asked of one question by those who find and those who weigh
def asked(question: str) -> Asked | None:
    """The term that a question asks the meaning of; None if it asks something else."""
    text = re.sub(r"[“”\"`]|(?<!\w)['‘’]|['‘’](?!\w)", "", question.replace("’", "'"))
    text = re.sub(r"[\s?？!:.,;()…]+$", "", " ".join(re.sub(r"[?？!]+(?=\s)", " ", text).split()))
    text = _CLOSING.sub("", _OPENING.sub("", text))
    for pattern in _QUESTIONS:
        found = pattern.match(text)
        if found is not None and _is_name(found["term"], told=found["the"] is not None):
            shortened = re.sub(r"(?<=\w) (?:method|technique|approach|algorithm)$", "", found["term"])
            term = shortened if any(c.isupper() for c in shortened[1:]) else found["term"]
            means = found.groupdict().get("means") is not None and _is_short(term)
            return Asked(term, 1.0 if _STANDS_FOR.search(text) else 0.9 if means else 0.0)
    return None


def _is_name(term: str, *, told: bool) -> bool:
    """May it be the name of a thing?

    Args:
        told: "the" stands before it.
    """
    words = term.lower().split()
    if any(_NO_TERM.fullmatch(word) for word in words) or _NUMBERED.match(term):
        return False
    joined = [word in _JOINS for word in words]
    if any(joined) and (told or joined[0] or joined[-1] or _RELATES.fullmatch(words[0])):
        return False
    if words[0] in ("next", "one") and len(words) < _FEWEST_AFTER_NEXT:
        return False
    if len(words) == 1 and _PARTICIPLE.fullmatch(term):
        return False
    return not (told and (_VALUE.search(term) or (term.islower() and len(words) == 1)))


def _spellings(word: str) -> str:
    """A pattern of a word, whose prefix may stand apart."""
    found = _PREFIX.fullmatch(word)
    return re.escape(word) if found is None else rf"{found[1]}{_APART}{re.escape(found[2])}"


def _plural(word: str) -> str:
    """A pattern of a name's last word, in the singular and the plural."""
    low = word.lower()
    if len(word) < _SHORTEST_PLURAL:
        return re.escape(word)
    if low.endswith("ies"):
        return _spellings(word[:-3]) + "(?:y|ies)"
    if low.endswith("y") and low[-2] not in "aeiou":
        return _spellings(word[:-1]) + "(?:y|ies)"
    if low.endswith(("ses", "xes", "ches", "shes")):
        return _spellings(word[:-2]) + "(?:e?s)?"
    one = word[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is", "as")) else word
    return _spellings(one) + "(?:e?s)?"


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
