"""One change that makes a statement say the opposite, or something else than its reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.making.language import Parsed

_OPPOSITE = {
    "more": "fewer", "fewer": "more", "less": "more", "higher": "lower", "lower": "higher", "larger": "smaller", "smaller": "larger",
    "greater": "smaller", "bigger": "smaller", "better": "worse", "worse": "better", "faster": "slower", "slower": "faster",
    "stronger": "weaker", "weaker": "stronger", "longer": "shorter", "shorter": "longer", "easier": "harder", "harder": "easier",
    "cheaper": "more expensive",
    "highest": "lowest", "lowest": "highest", "best": "worst", "worst": "best",
    "increase": "decrease", "increases": "decreases", "increased": "decreased", "increasing": "decreasing",
    "decrease": "increase", "decreases": "increases", "decreased": "increased", "decreasing": "increasing",
    "reduce": "increase", "reduces": "increases", "reduced": "increased", "reducing": "increasing",
    "improve": "degrade", "improves": "degrades", "improved": "degraded", "improving": "degrading",
    "outperform": "underperform", "outperforms": "underperforms", "outperformed": "underperformed",
    "outperforming": "underperforming", "always": "never", "never": "always",
    "strong": "weak", "weak": "strong", "high": "low", "low": "high", "parallel": "sequence",
    "positive": "negative", "negative": "positive", "positively": "negatively", "negatively": "positively",
    "sequentially": "in parallel", "maximum": "minimum", "minimum": "maximum", "easy": "difficult", "difficult": "easy",
    "hard": "easy", "frozen": "trainable",
    "trainable": "frozen", "supervised": "unsupervised", "unsupervised": "supervised",
    "beneficial": "harmful", "harmful": "beneficial", "possible": "impossible", "impossible": "possible",
    "necessary": "unnecessary", "unnecessary": "necessary",
    "similar": "very different", "effective": "ineffective", "efficient": "inefficient", "sparse": "dense", "dense": "sparse",
    "simple": "complex", "complex": "simple", "expensive": "cheap", "cheap": "expensive", "feasible": "infeasible", "common": "rare",
    "rare": "common",
    "twice": "half",
    "independent": "dependent on", "advantageous": "disadvantageous", "lowers": "raises", "raises": "lowers", "exceeds": "falls short of",
}  # fmt: skip
# What stands beside a change and only makes sense without it: "A is worse, and further improves ...".
_ECHO = re.compile(
    r"\b(?:further(?:more)?|still|unfortunately|due to the|nonetheless|nevertheless|at the cost of|trade-?off|thus|therefore|hence|"
    r"despite|in spite of|owing to|thanks to|equally|any (?:single|other|one))\b",
    re.IGNORECASE,
)
# A statement with one of these says more than one thing, or is said against something: beside the rest a change shows.
_TWOFOLD = re.compile(
    r"\b(?:unlike|different from|while|whereas|just|even|only|also|yet|but|when|although|though|since|because|given that|so that|which)\b|"
    r",? as (?:we|they|it)\b|, (?:\w+ly )?\w+ing\b",
    re.IGNORECASE,
)
ALL_BUT = re.compile(r"(?<=[a-z]) but [A-Z][\w-]*(?=[.,])")  # "on all benchmarks but BoolQ"
_SAY = frozenset("find show observe reveal demonstrate indicate suggest note see".split())
_LONGEST = 30  # words of a statement that is turned into its opposite
_SIZES = frozenset("more fewer less larger smaller bigger greater higher lower longer shorter".split())
STRENGTH = (
    "more",
    "fewer",
    "less",
    "higher",
    "lower",
    "larger",
    "smaller",
    "greater",
    "better",
    "worse",
    "faster",
    "slower",
    "stronger",
    "weaker",
    "longer",
    "shorter",
    "cheaper",
)

# Only where they are said of the subject: "is effective", not "an effective method".
_STATES = frozenset(
    "high low hard strong weak dense sparse complex simple similar efficient effective possible necessary positive negative "
    "easy difficult beneficial harmful expensive cheap feasible common rare advantageous".split()
)


@dataclass(frozen=True)
class Flip:
    """A change: the characters from `start` to `end` become `instead`.

    Attributes:
        what: The kind of the change, for the explanation.
        strength: How surely the result is contradicted, 0 to 1.
    """

    start: int
    end: int
    instead: str
    what: str
    strength: float


def flips(parsed: Parsed) -> list[Flip]:
    """Changes of a statement, those that turn its main claim first."""
    if not is_single(parsed):
        return []
    found = [*_directions(parsed), *_denials(parsed)]
    return sorted((flip for flip in found if not _gives_itself_away(parsed, flip)), key=lambda flip: -flip.strength)


def is_single(parsed: Parsed) -> bool:
    """Does it make one claim, in one clause ("we find that" may stand before it), and no long one? Beside another the change shows."""
    if len(parsed.words) > _LONGEST or _TWOFOLD.search(ALL_BUT.sub("", parsed.text)):
        return False
    root = parsed.words[parsed.root]
    for word in parsed.words:
        if word.dep in ("advcl", "relcl", "pcomp") or (word.dep == "conj" and word.pos in ("VERB", "AUX")):
            return False
        if word.dep == "ccomp" and word.tag in ("VBZ", "VBP", "VBD") and root.lemma not in _SAY:
            return False
    return True


def _gives_itself_away(parsed: Parsed, flip: Flip) -> bool:
    """Does the rest of the statement contradict the change, so that it is known to be false without the reading?"""
    text = parsed.text
    rest = f"{text[: flip.start]} {text[flip.end :]}"
    if _ECHO.search(rest):
        return True
    low = text[flip.start : flip.end].lower()
    compared = re.search(r"\bthan\b", text[flip.end :])
    if compared and low.split()[-1:] and low.split()[-1] in _SIZES:
        before, after = text[: flip.start], text[flip.end + compared.end() :]
        if re.search(r"\d", before) and re.search(r"\d", after):
            return True  # "33B has more parameters than 13B"
    if re.search(rf"\b{re.escape(flip.instead)}\b", rest, re.IGNORECASE) and re.search(r"\bthan\b", rest):
        return True  # "a larger model costs more than a larger model"
    if low in ("more", "larger", "higher", "longer") and re.search(r"\b(?:better|improv\w+|stronger)\b", rest):
        return True  # "more training data would achieve better performance"
    others = [w for w in parsed.words if w.text.lower() in STRENGTH and not flip.start <= w.start < flip.end]
    return low in STRENGTH and bool(others) and re.search(r"\b(?:and|but)\b", rest) is not None


def _directions(parsed: Parsed) -> Iterator[Flip]:
    words = parsed.words
    found = [n for n, word in enumerate(words) if word.text.lower() in _OPPOSITE]
    for n in found:
        word = words[n]
        low = word.text.lower()
        instead = _OPPOSITE[low]
        if low in ("more", "less"):
            instead = _degree(parsed, n) or ""
        if not instead or not _fits(parsed, n, low) or _is_denied(parsed, n):
            continue
        if word.dep == "amod" and words[word.head].dep == "conj":
            continue  # the end of a list that is true but for it
        if word.text[:1].isupper():
            instead = instead[:1].upper() + instead[1:]
        start, end = word.start, word.end
        if low == "independent":
            end += len(" of")
        # "a similar" becomes "a very different", "an easy" "a difficult"
        before = re.search(r"\b(an?) $", parsed.text[:start], re.IGNORECASE)
        if before:
            article = "an" if instead[:1].lower() in "aeiou" else "a"
            start, instead = before.start(1), f"{article if before[1].islower() else article.capitalize()} {instead}"
        yield Flip(start, end, instead, "direction", _strength(parsed, n, low))


def _is_denied(parsed: Parsed, n: int) -> bool:
    """Does a denial, a "whether" or an "if" bear on it? Then its opposite says something else, or nothing."""
    m = n
    for _ in range(4):
        if any(
            w.dep == "neg" or w.text.lower() in ("whether", "if", "no", "nor", "neither")
            for w in (parsed.words[c] for c in parsed.children[m])
        ):
            return True
        m = parsed.words[m].head
    return False


def _degree(parsed: Parsed, n: int) -> str | None:
    """The opposite of a "more" or "less": before a plural noun "fewer", before an adjective "less"."""
    word = parsed.words[n]
    low = word.text.lower()
    head = parsed.words[word.head]
    if low == "less":
        return "more"
    if word.dep == "advmod":
        return None if head.pos == "ADV" and "than" not in parsed.text else "less"
    if word.dep == "amod":
        return "fewer" if head.tag in ("NNS", "NNPS") and head.lemma not in ("data", "datum") else "less"
    return None


def _fits(parsed: Parsed, n: int, low: str) -> bool:
    """Does the change leave a sentence that somebody could write?"""
    word, text = parsed.words[n], parsed.text
    after, before = text[word.end :], text[: word.start]
    if before.endswith((" and ", " or ")):  # "13B and more"
        return False
    if low == "twice":
        return re.match(r" as \w+ as ", after) is not None
    if low == "independent":
        return after.startswith(" of ") and word.dep == "acomp"
    if low in ("parallel", "sequence"):
        return before.endswith("in ")
    if low in _STATES:
        return word.dep in ("acomp", "oprd") and parsed.words[word.head].pos in ("AUX", "VERB") and not after.startswith("-")
    if low in ("frozen", "trainable", "supervised", "unsupervised"):
        return word.pos == "VERB" and word.dep in ("ROOT", "conj", "ccomp", "relcl", "advcl", "acl") and not after.startswith("-")
    if low[:6] in ("increa", "decrea", "improv", "reduce", "reduci"):
        finite = word.tag in ("VBZ", "VBP", "VBD") and any(parsed.words[c].dep == "dobj" for c in parsed.children[n])
        subject = parsed.subject(n)
        if subject is not None and parsed.words[subject].lemma == "we":
            return False  # "we degrade ..."
        if re.search(r"^\S* [^,.;]{0,60} (?:to|from) (?:our|the|an?|its)\b", parsed.text[parsed.words[n].start :]) and low[:6] != "improv":
            return False  # "reduces the system to the baseline"
        return finite and re.search(r"\bfrom \D{0,12}\d.* to \D{0,12}\d", text) is None
    if low.startswith("outperform"):
        return re.search(r"\beven (?:\w+ )?$", before) is None
    if re.match(r" than (?:about |roughly )?[$€]?\d", after):
        return False  # "less than 1,000 models"
    if low in ("best", "worst"):
        return word.dep in ("advmod", "acomp") and parsed.words[word.head].pos in ("VERB", "AUX")
    if low in ("better", "worse"):
        compared = re.search(r"\bthan\b|\bcompared\b", text) is not None or word.dep in ("acomp", "advmod")
        return compared and re.match(r" (?:understand|known|suited|than nothing)\b|-", after) is None and not before.endswith("or ")
    if low in ("maximum", "minimum", "longer", "shorter"):
        return not after.startswith(("-", " term"))
    return not after.startswith("-") and not before.endswith(("-", "no "))


def _strength(parsed: Parsed, n: int, low: str) -> float:
    """Nearer to the main verb and in a comparison, a change is surer to be contradicted."""
    depth, m = 0, n
    while parsed.words[m].head != m and depth < 6:
        depth += parsed.words[m].dep in ("relcl", "acl", "advcl", "ccomp", "pcomp")
        m = parsed.words[m].head
    compares = low in STRENGTH and re.search(r"\bthan\b|\bcompared (?:to|with)\b|\bover\b", parsed.text) is not None
    verb = parsed.words[n].pos == "VERB"
    return max(0.1, 0.6 + 0.3 * compares + 0.2 * verb - 0.2 * depth)


def _denials(parsed: Parsed) -> Iterator[Flip]:
    """A "not" of the main verb goes, where it leaves plain English ("is not", "cannot", "does not improve").

    None is put in: "should not be examined" reads like the false statement that it is.
    """
    words, root = parsed.words, parsed.root
    if any(
        w.dep == "neg"
        or w.text.lower() in ("no", "nor", "neither", "without", "never", "unable", "only", "cannot", "few", "little", "hardly", "rarely")
        for w in words
    ):
        for n in parsed.children[root]:
            word = words[n]
            if re.search(r"\b(?:instead|but|rather|any|either|at all|yet|anymore|much)\b", parsed.text):
                break
            if any(words[c].lemma == "do" for c in parsed.children[root]):
                yield from _affirmed(parsed)
                break
            if word.dep == "neg" and word.text.lower() == "not" and sum(w.dep == "neg" for w in words) == 1:
                start = word.start - 1 if parsed.text[word.start - 1] == " " else word.start
                if words[n - 1].end == word.start:  # "cannot" is two words of the parser's
                    yield Flip(word.start, word.end, "", "denial", 0.75)
                else:
                    yield Flip(start, word.end, "", "denial", 0.75)


def _affirmed(parsed: Parsed) -> Iterator[Flip]:
    """ "A does not clearly improve" becomes "A clearly improves", "they do not improve" "they improve"."""
    words, root = parsed.words, parsed.root
    found = re.search(r"\b(do|does) not ", parsed.text)
    verb = words[root]
    if found is None or verb.tag != "VB" or not found.end() <= verb.start or sum(w.dep == "neg" for w in words) != 1:
        return
    between = parsed.text[found.end() : verb.start]
    if len(between.split()) > 1:
        return
    said = verb.text if found[1] == "do" else _third_person(verb.text)
    yield Flip(found.start(), verb.end, f"{between}{said}", "denial", 0.75)


def _third_person(verb: str) -> str:
    """ "improve": "improves"."""
    if verb in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[verb]
    if re.search(r"(?:s|sh|ch|x|z)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"
