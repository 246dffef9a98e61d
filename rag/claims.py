"""What a sentence of a draft claims: its terms, its numbers, its names; whether it can be checked; whether a text says the opposite.

Pure rules in general words for English; none knows a paper.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rag.lexical import stems
from rag.numerals import Numeral, numerals

# Of sentences, "(Hu et al., 2021)" and the year of "Hu et al. (2021)".
_SOURCES = re.compile(r"\s*\((?:[^()]*[^\d()])?(?:19|20)\d\d[a-z]?\)")
_BRACKETED = re.compile(r"\([^()]*\)")
# "10 000" as some write it; the readings' own are left alone, where "6 512" are two cells of a table.
_SPACED_THOUSANDS = re.compile(r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})*[ \u00a0\u202f]000)(?![\w,]|\.\d)")
_HYPHENED = re.compile(r"\b([A-Za-z]+)[-‐‑_]([A-Za-z]+)\b")
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations)\b)")  # "raize" is no word, but the same on both sides
_NAME = re.compile(r"[^\W\d_][\w.]*(?:-[\w.]+)*")
_OPENS = re.compile(r"(?:^|[.:!?])[\s\"'“”‘’(\[•*–-]*$")
# What a summary says of its paper, whatever the paper is on.
_FRAME = frozenset(
    stems(
        "author authors paper article study work researcher researchers result results show shows find finds found use uses used using "
        "method approach"
    )
)  # fmt: skip
# Written with capitals, but no names that a reading must hold.
_COMMON = frozenset(
    "table tables figure figures fig section sections appendix chapter week equation step page ai ml nlp llm llms lm gpu gpus cpu "
    "kb mb gb tb i".split()
)  # fmt: skip
_DENIALS = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|cannot|nobody|nothing|unable|lacks?|lacked|lacking|fails?|failed)\b|n['’]t\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:improv\w*|increas\w*|better|best|higher|more|larger|outperform\w*|superior|faster|grows?|rais\w*|beats?|"
    r"surpass\w*)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:hurts?|decreas\w*|degrad\w*|reduc\w*|worse|worst|lower|less|fewer|smaller|behind|inferior|slower|drops?|falls?|"
    r"harms?)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:than|over|superior|outperform\w*|beats?|surpass\w*|exceed\w*|inferior|behind)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:()–—]\s|\s(?:and|but|while|whereas|although|though|because|since|which|so that)\s", re.IGNORECASE)
_OPINION = re.compile(
    r"\b(?:i|i['’](?:m|d|ve|ll)|my|me|personally|imho|opinion|hopefully)\b|"
    r"\b(?:hard|easy|difficult|fun|pleasure) to (?:follow|read|understand|see)\b|\bwould (?:be|have been|like|have liked)\b|"
    r"\b(?:interesting|impressive|convincing|fascinating|exciting|elegant|brilliant|boring|disappoint\w+|"
    r"well[- ]written|too (?:narrow|short|long|broad))\b",
    re.IGNORECASE,
)
_CLAUSE_TERMS = 3  # a piece of a sentence with fewer is no clause to be judged alone
_FEWEST_TERMS = 2  # a sentence with fewer words that mean something ("As follows.") claims nothing


@dataclass(frozen=True)
class Claim:
    """A sentence of a draft, as the student wrote it."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The sentence without sources in brackets, whose years are no claims, and with "10 000" as one number."""
        return _SPACED_THOUSANDS.sub(lambda match: re.sub(r"\s", ",", match[0]), _SOURCES.sub("", self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Stems of its words, without numbers and without what every summary says ("the authors show")."""
        return frozenset(stem for stem in term_stems(self.plain) if not stem[0].isdigit()) - _FRAME

    @cached_property
    def numbers(self) -> tuple[Numeral, ...]:
        """Its numbers, each value once."""
        return tuple({numeral.value: numeral for numeral in numerals(self.plain)}.values())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names, acronyms and versions, as far as their letters show them."""
        return tuple(dict.fromkeys(_names(self.plain)))

    @cached_property
    def parts(self) -> tuple["Claim", ...]:
        """Its clauses, each as a claim of its own, short ones joined to the one before; none where it has only one."""
        found: list[str] = []
        for clause in _clauses(self.plain):
            if found and (len(Claim(clause).terms) < _CLAUSE_TERMS or len(Claim(found[-1]).terms) < _CLAUSE_TERMS):
                found[-1] = f"{found[-1]}, {clause}"
            else:
                found.append(clause)
        return tuple(map(Claim, found)) if len(found) > 1 else ()

    @property
    def is_checkable(self) -> bool:
        """Could a reading bear it out? A question or an opinion could not; an opinion that gives numbers could."""
        if self.text.rstrip(" \"'”’)").endswith("?"):
            return False
        if self.numbers:
            return bool(self.terms)
        return len(self.terms) >= _FEWEST_TERMS and _OPINION.search(self.text) is None


def term_stems(text: str) -> set[str]:
    """Stems as in `rag.lexical`, British spellings as American ones; "fine-tune" is "finetune" too."""
    joined = " ".join(a + b for a, b in _HYPHENED.findall(text))
    return set(stems(_BRITISH.sub("iz", f"{text} {joined}".lower())))


def run_together(text: str) -> str:
    """Letters and digits alone, so that "GPT-2", "GPT 2" and "gpt2" are the same, and "TPUs" is "TPU"."""
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"(?<=[A-Z]{2})s\b", "", text).lower())


def opposition(claim: Claim, text: str) -> tuple[float, bool]:
    """How far a clause of `text` is about what a clause of the claim is about, and whether it then says the opposite.

    The opposite: the same words with a denial more or less, with comparing words that point the other way, or
    with the compared names in the other order.

    Returns:
        The share of the clause's terms that the other clause holds, 0 to 1, of the pair that shares most; and whether that pair is opposed.
    """
    # "freeze X (so they are not trained)" denies nothing.
    text = _BRACKETED.sub(lambda match: " " if denies(match[0]) else match[0], text)
    if _is_reversed(claim.plain, text, claim.names):
        return 1.0, True
    found = [(0.0, False)]
    for clause in claim.parts or (claim,):
        if len(clause.terms) >= _CLAUSE_TERMS:
            share, other = max(
                ((len(clause.terms & _stems(run)) / len(clause.terms), run) for run in _runs(text)), key=lambda pair: pair[0]
            )
            found.append((share, _differs(clause, other)))
    return max(found)


def _differs(clause: Claim, other: str) -> bool:
    there = _stems(other)
    undone = any(f"un{term}" in there and term not in there for term in clause.terms)
    return undone or denies(other) != denies(clause.plain) or direction(clause.plain) * direction(other) < 0


def _clauses(text: str) -> list[str]:
    return [piece for piece in _CLAUSES.split(text) if piece.strip()] or [text]


@lru_cache(maxsize=512)
def _runs(text: str) -> tuple[str, ...]:
    """One, two and three neighbouring clauses of a text, the shorter runs first."""
    pieces = _clauses(text)
    return tuple(" ".join(pieces[i : i + n]) for n in (1, 2, 3) for i in range(len(pieces) - n + 1))


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    return frozenset(term_stems(text))


def denies(text: str) -> bool:
    """Whether the text says "not" an odd number of times."""
    return len(_DENIALS.findall(text)) % 2 == 1


def direction(text: str) -> int:
    """1 where all its comparing words point up, -1 where all point down, else 0."""
    return int(_UP.search(text) is not None) - int(_DOWN.search(text) is not None)


def _is_reversed(one: str, other: str, names: tuple[str, ...]) -> bool:
    """Do both compare the same two names, but the other way round?"""
    if not (_COMPARES.search(one) and _COMPARES.search(other)) or denies(one) != denies(other):
        return False
    low, there = one.lower(), other.lower()
    shared = [name.lower() for name in names if re.search(rf"\b{re.escape(name.lower())}\b", there)]
    if len(shared) != 2:
        return False
    first, second = sorted(shared, key=low.find)
    cue = _COMPARES.search(there)
    assert cue is not None
    return there.rfind(second, 0, cue.start()) != -1 and there.find(first, cue.end()) != -1


def _names(text: str) -> list[str]:
    """ "GPT-3" is one name; "MT-bench" and "English-to-German" are taken apart."""
    found: list[str] = []
    for match in _NAME.finditer(text):
        word = match[0].rstrip(".")
        opens = _OPENS.search(text[: match.start()]) is not None
        parts = word.split("-")
        if len(parts) == 2 and re.fullmatch(r"\d[\d.]*", parts[1]) and any(c.isupper() for c in parts[0]):
            found.append(word)
            continue
        found += [part for n, part in enumerate(parts) if part.lower() not in _COMMON and _is_name(part, opens and n == 0)]
    return found


def _is_name(word: str, opens: bool) -> bool:
    """Capitals within, or a digit after a capital; or a capital that opens no sentence."""
    if len(word) < 2 or not word[0].isalpha():
        return False
    inner = any(c.isupper() for c in word[1:]) or (word[0].isupper() and any(c.isdigit() for c in word))
    return inner or (word[0].isupper() and not opens)
