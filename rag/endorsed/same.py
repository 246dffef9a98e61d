"""Whether two questions ask the same, as far as their words show: pure rules for English in general words, none knows a course.

Meaning alone, as an embedding sees it, puts "how many heads in BERT" beside "how many heads in the Transformer". So whatever
tells two questions apart must agree: numbers, names, denials, what is asked for, which way it points, the order of what is
compared, and, but for words that any question may have, the words. A question that the rules take for another one is merely
answered from the readings, so they err to that side.
"""

import re
from functools import lru_cache

from rag.claims import Claim, denies, direction, run_together, term_stems
from rag.lexical import stems
from rag.numerals import numerals

_POINTER = re.compile(r"\b(?:sections?|tables?|figures?|chapters?|equations?|pages?|weeks?|steps?)\s+(?=\d)", re.IGNORECASE)
_ORDINALS = {word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)}|(\d+)(?:st|nd|rd|th))\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-‐‑_'’][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑_]")

# What is asked for: a text that asks for one of these asks for no other.
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:who|whom|whose)\b|\bwhich (?:person|people|guest|speaker|author|ta)s?\b",
        r"(?:^|[,;])\W*(?:(?:and|so|by|until|since) )?when (?:is|are|was|were|do|does|did|will|can|should|must|may|has|have)\b"
        r"|\b(?:what|which) (?:time|date|day)\b|\bby when\b|\bdeadline\b|\bdue\b",
        r"\bwhere\b|\b(?:which|what) (?:room|place|location|building)\b",
        r"\bwhy\b|\breasons?\b|\bhow come\b|\bcause[sd]?\b",
        r"\b(?:purpose|role|effect|use) of\b|\bwhat (?:is|are|'s) [^?]*\bfor\W*$|\bwhat (?:does|do|did) [^?]*\bdo\b",
        r"\bhow (?:many|few)\b|\bnumber of\b|\bcount of\b|\bmaximum size\b",
        r"\bhow long (?:do|does|did|will|can|is the wait)\b|\bhow much time\b|\bhow fast\b|\blatency of\b",
        r"\bhow much (?:\w+ )?(?:memory|v?ram|space)\b",
        r"\bhow much (?:does|do|did|is|will)\b|\b(?:cost|price)\b",
        r"\b(?:how (?:large|big|small|long)|size|length|dimension)\b",
        r"\b(?:difference|differs?|different|compared? to|versus|vs)\b",
    )
)
_HEAD = re.compile(r"\b(?:which|what|how many|how much)\s+((?:[^\W_]+[-‐‑ ]?){1,3})", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|do|does|did|can|could|may|might|must|should|would|will|has|have|had|to|in|of|for|at)\b.*", re.IGNORECASE
)
_HOW_LARGE = re.compile(r"\bhow (?:large|big|small|long|many|much)\b", re.IGNORECASE)
_PERMITTED = re.compile(
    r"^\W*(?:can|could|may|am i|are we|is it (?:ok|okay|fine|alright|possible))\b|\ballowed\b|\bpermitted\b", re.IGNORECASE
)
_OBLIGED = re.compile(
    r"^\W*(?:must|should|shall|need)\b|\b(?:have|need) to\b|\b(?:mandatory|required|necessary|compulsory|obligatory)\b", re.IGNORECASE
)

_YES_OR_NO = re.compile(
    r"^\W*(?:(?:can|could|would|will)(?! you (?:please )?(?:explain|tell|describe|define))"
    r"|is|are|am|was|were|do|does|did|has|have|may|might|must|should|shall)\b",
    re.IGNORECASE,
)

# Of each pair one question must not have the one where the other has the other.
_CONTRASTS = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        ("before", "after"), ("early|earlier", "late|later"), ("minimum|least|min", "maximum|most|max"), ("with", "without"),
        ("inputs?", "outputs?"), ("encoders?", "decoders?"), ("train(?:ing)?", "test(?:ing)?|inference|eval(?:uation)?"),
        ("advantages?|benefits?|pros", r"disadvantages?|drawbacks?|downsides?|cons"), ("start|begin", "end|finish|stop"),
        ("helps?", "hurts?|harms?"), ("slow(?:er)?", "fast(?:er)?"), ("allowed", "forbidden"), ("(?-i:I)", "members?"),
    )
)  # fmt: skip
_SIDES = re.compile(r"\b(?:than|over|if|before|after|without|instead of|rather than|outperforms?|beats?|versus|into|from)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b.*\b(?:by|\w+(?:ed|en))\b", re.IGNORECASE)
_CONDITION = re.compile(r"^\W*((?:if|when|after|before)\b[^,]*),(.*)$", re.IGNORECASE)

# Words that a question may have or lack and still ask the same.
_FRAME = frozenset(
    stems(
        "use used using make made do done take taken go going work works need needed require required want allow allowed permit "
        "permitted able possible okay ok fine alright mandatory compulsory choose chosen choice pick picked select selected right "
        "proper recommend recommended suggest explain describe define definition mean meaning meant exactly actually "
        "really please know understand wonder question thing kind sort type purpose reason cause role effect number amount "
        "quantity count happen happens difference differ different differs still currently there is are be include included keep "
        "kept someone somebody anyone they authors author paper content contents maximum max length size time due model deadline "
        "way ways rather instead one held hold find found see put us contain contains become becomes consider considered part "
        "well come comes place placed necessary"
    )
)  # fmt: skip
# Words of one meaning in any course; the first stands for all.
_ALIKE = {
    stem: group.split()[0]
    for group in (
        "submit deliver", "email contact mail", "group team", "alon solo individu", "cost price", "comput calcul", "attend attendanc",
        "chang switch", "record video", "write written wrote", "freez frozen froze", "hold held", "teach taught", "give given gave",
        "draw drawn", "show shown", "read reread", "speak spoken spoke", "see seen", "import matter",
    )
    for stem in group.split()
}  # fmt: skip
_PHRASES = (
    (re.compile(r"\bhand(?:ed|ing)? (?:\w+ )?in\b|\bturn(?:ed|ing)? (?:\w+ )?in\b", re.IGNORECASE), "submit"),
    (re.compile(r"\bby (?:myself|ourselves|oneself)\b|\bon my own\b", re.IGNORECASE), "alone"),
    (re.compile(r"\bsquare root of\b", re.IGNORECASE), "sqrt"),
    (re.compile(r"\bwrite to\b", re.IGNORECASE), "email"),
)


def content(question: str) -> frozenset[str]:
    """Stems of the words that make a question the one that it is; empty for "why?" and the like."""
    return _content(_plain(question)) - _FRAME


def difference(one: str, other: str) -> str | None:
    """What tells two questions apart, for a log; None where nothing does. It does not matter which comes first."""
    one, other = _plain(one), _plain(other)
    one, other = _hyphened(one, other), _hyphened(other, one)
    if _WORD.findall(one.casefold()) == _WORD.findall(other.casefold()):
        return None
    if _numbers(one) != _numbers(other):
        return "numbers"
    if not _names_agree(one, other):
        return "names"
    if denies(one) != denies(other):
        return "a denial"
    if direction(one) * direction(other) < 0 or any(_opposed(one, other, *pair) for pair in _CONTRASTS):
        return "opposites"
    if [bool(p.search(one)) for p in _ASKED] != [bool(p.search(other)) for p in _ASKED] or _modes_differ(one, other):
        return "what is asked for"
    if _turned_round(one, other):
        return "the order"
    mine, theirs = _content(one) - _FRAME, _content(other) - _FRAME
    if _head_missing(one, other) or _head_missing(other, one):
        return "what is asked for"
    return "words" if mine != theirs else None


def _plain(question: str) -> str:
    for phrase, word in _PHRASES:
        question = phrase.sub(word, question)
    return question.replace("’", "'")


def _hyphened(text: str, other: str) -> str:
    """The text with the hyphens that the other has between the same words."""
    for word in _WORD.findall(other):
        parts = _HYPHEN.split(word)
        if len(parts) > 1:
            text = re.sub(rf"\b{' '.join(map(re.escape, parts))}\b", word, text, flags=re.IGNORECASE)
    return text


def _numbers(text: str) -> frozenset[float]:
    """Values of all numbers, those of weeks and sections too; ordinals as negative ones."""
    ordinals = {-float(m[1] or _ORDINALS[m[0].lower()]) for m in _ORDINAL.finditer(text)}
    return frozenset(ordinals | {n.value for n in numerals(_POINTER.sub("", _ORDINAL.sub(" ", text)))})


def _names_agree(one: str, other: str) -> bool:
    """Does each hold the names of the other, however they are written?"""
    for mine, there in ((one, other), (other, one)):
        words = {run_together(word) for word in _WORD.findall(there)} | {
            run_together(p) for w in _WORD.findall(there) for p in _HYPHEN.split(w)
        }
        together = run_together(there)
        for name in [*Claim(mine).names, *(w for w in _WORD.findall(mine) if any(c.isdigit() for c in w) and any(c.isalpha() for c in w))]:
            short = run_together(name.removesuffix("'s"))
            if short in words or f"{short}s" in words:
                continue
            # "GPT 4" for "GPT-4": in two words, so never a part of one.
            if not (any(c.isdigit() for c in short) and short in together):
                return False
    return True


def _opposed(one: str, other: str, pole: re.Pattern[str], against: re.Pattern[str]) -> bool:
    """Has one text only the one pole, and the other only the other?"""
    here, there = (bool(pole.search(one)), bool(against.search(one))), (bool(pole.search(other)), bool(against.search(other)))
    return here != there and here != (False, False) and there != (False, False)


def _modes_differ(one: str, other: str) -> bool:
    """Does one ask whether something is so and the other more than that, or one whether it may be and the other whether it must?"""
    may, must = (
        (bool(_PERMITTED.search(t)) and not _OBLIGED.search(t) for t in (one, other)),
        (bool(_OBLIGED.search(t)) for t in (one, other)),
    )
    (may_one, may_other), (must_one, must_other) = may, must
    if _is_yes_or_no(one) != _is_yes_or_no(other):
        return True
    return (may_one and must_other) or (may_other and must_one)


def _is_yes_or_no(text: str) -> bool:
    condition = _CONDITION.match(text)
    return _YES_OR_NO.match(condition[2] if condition else text) is not None


def _head_missing(one: str, other: str) -> bool:
    """Does "which", "what" or "how many" ask for something of which the other question has no word?"""
    heads = (_content(_VERB.sub("", words)) - _FRAME for words in _HEAD.findall(one))
    return any(head and not head & _content(other) for head in heads)


def _turned_round(one: str, other: str) -> bool:
    """Do both set the same things against each other, but the other way round?"""
    (left, right), (left_too, right_too) = _sides(one), _sides(other)
    crossed = left & right_too and right & left_too
    return _swapped(one, other) or (bool(crossed) and not (left & left_too - right and right & right_too - left))


def _swapped(one: str, other: str) -> bool:
    """Do both say the same words in the same order, but for two with others between them: "A calls B", "B calls A"?"""
    if _PASSIVE.search(one) or _PASSIVE.search(other):
        return False
    mine, theirs = _sequence(one), _sequence(other)
    if len(mine) != len(theirs):
        return False
    places = [n for n, pair in enumerate(zip(mine, theirs, strict=True)) if pair[0] != pair[1]]
    return len(places) == 2 and places[1] - places[0] > 1 and (mine[places[0]], mine[places[1]]) == (theirs[places[1]], theirs[places[0]])


@lru_cache(maxsize=4096)
def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words before and after what compares or conditions; what stands on both sides is on neither."""
    first = _CONDITION.match(text)
    if first is not None:
        before, after = first[2], first[1]
    else:
        cue = _SIDES.search(text)
        if cue is None:
            return frozenset(), frozenset()
        before, after = text[: cue.start()], text[cue.end() :]
    left, right = _content(before) - _FRAME, _content(after) - _FRAME
    return left - right, right - left


def _sequence(text: str) -> list[str]:
    """What `_content` has, in order."""
    return [stem for word in _WORD.findall(text) for stem in sorted(_content(word) - _FRAME)]


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    """Stems; words with a hyphen as one, those of one meaning as the first of them."""
    joined = " ".join(_HYPHEN.sub("", word) for word in _WORD.findall(_HOW_LARGE.sub(" ", text)))
    return frozenset(_ALIKE.get(stem, stem) for stem in term_stems(joined) if not stem[0].isdigit() and stem not in _ORDINALS)
