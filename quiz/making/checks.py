"""What every item must pass before anybody sees it. Each check is pure and gives the reason for which an item is dropped, "" if it passes.

The makers aim at items that pass; the checks do not trust them, nor any model: they look at the item, its evidence and the reading.
"""

import re
from collections.abc import Callable, Sequence

from ingest.embeddings import Vectors
from quiz.items import GAP, Item, Kind
from quiz.making.candidates import Candidate
from quiz.making.cleaning import cleaned
from quiz.making.guessing import lexical_guess
from quiz.making.material import Material
from rag.claims import run_together, term_stems
from rag.numerals import holds, numerals

Check = Callable[[Candidate, Material], str]

_OPTIONS = 4
_LONGER = 1.75  # times the shortest option's length that the longest may have, for options of several words
_STANDS_OUT = 1.35  # times the next longest (shortest) that the key may be longer (shorter)
_SAME_WORDS, _SAME_MEANING = 0.65, 0.77  # of two claims, from which on they ask the same
_MUCH = 0.5  # share of a statement's other words beside a distractor in one sentence, from which on it may be right too
_NEARLY_ALL = 0.75  # share of a false claim's words in a sentence that also has the changed one
_LEANING = re.compile(
    r"\b(?:the|these|our) (?:authors?|researchers)\b(?! of “)|\bthis (?:table|figure|section|paper|work|example|equation)\b|"
    r"\b(?:table|figure|fig\.|section|equation|appendix) \d|\[\d+\]|\bet al\b|\b(?:above|below)\b|\bthe (?:table|figure)\b",
    re.IGNORECASE,
)


def quote_stands(candidate: Candidate, material: Material) -> str:
    """The evidence is on its page, word for word."""
    evidence = candidate.item.evidence
    if evidence is None or not evidence.quote:
        return "it has no evidence"
    if evidence.reading != material.source.reading:
        return "its evidence is of another reading"
    pages = candidate.statement.sentence.pages or (None,)
    there = " ".join(material.pages.get(page, "") for page in dict.fromkeys(pages))
    return "" if evidence.quote in there else "its evidence does not stand on the page"


def key_follows(candidate: Candidate, _material: Material) -> str:
    """The evidence says what the item says with its key; for a false statement it says all but the change."""
    evidence = candidate.item.evidence
    said = _level(cleaned(evidence.quote)) if evidence else ""
    claim = _level(candidate.claim)
    if candidate.item.kind is Kind.TRUE_FALSE and candidate.item.key is False:
        if claim == said:
            return "the evidence says what is called false"
        head = next((n for n, (a, b) in enumerate(zip(claim, said, strict=False)) if a != b), min(len(claim), len(said)))
        tail = next((n for n, (a, b) in enumerate(zip(claim[::-1], said[::-1], strict=False)) if a != b), 0)
        changed = max(len(claim), len(said)) - head - tail
        return "" if changed <= max(6, 0.7 * len(said)) and head + tail >= 3 else "more than one thing is changed"
    if claim != said:
        return "the evidence does not say it in these words"
    key = candidate.key_text if candidate.item.kind is not Kind.TRUE_FALSE else candidate.claim
    return "" if _contains(said, _level(key)) else "the key does not stand in the evidence"


def no_distractor_follows(candidate: Candidate, material: Material) -> str:
    """No wrong option stands in the evidence, or in what the reading says of the same elsewhere."""
    item, statement = candidate.item, candidate.statement
    if item.kind is Kind.TRUE_FALSE or not candidate.wrong:
        return ""
    own = _level(statement.text)
    rest = statement.text.replace(candidate.key_text, " ", 1)
    near = material.akin(rest, statement.sentence) if item.asks == "number" else []
    for wrong in candidate.wrong:
        if item.asks != "number" and _contains(own, _level(wrong)):
            return f"“{wrong}” stands in the evidence too"
        if item.asks == "number":
            wanted = numerals(wrong) or numerals(f"{wrong} things")
            if any(holds(number, material.numbers[n]) for number in wanted for n in near):
                return f"{wrong} stands in a sentence about the same"
        elif item.asks == "term" and material.says_of(wrong, rest, _MUCH):
            return f"the reading says much of it of “{wrong}” too"
    return ""


def false_is_contradicted(candidate: Candidate, material: Material) -> str:
    """A false statement is said nowhere in the reading."""
    item = candidate.item
    if item.kind is not Kind.TRUE_FALSE or item.key is True:
        return ""
    claim = _level(candidate.claim)
    if any(_contains(_level(s.text), claim) for s in material.sentences):
        return "the reading says what is called false"
    wrong = candidate.wrong[0] if candidate.wrong else ""
    own = candidate.statement.sentence.position
    changed = _level(wrong)
    for n, sentence in enumerate(material.sentences):
        if n != own and changed and _contains(_level(sentence.text), changed) and material.share(candidate.claim, n) >= _NEARLY_ALL:
            return "another sentence nearly says what is called false"
    if any(c.isdigit() for c in wrong):
        rest = candidate.statement.text.replace(candidate.key_text, " ", 1)
        near = material.akin(rest, candidate.statement.sentence)
        if any(holds(number, material.numbers[n]) for number in numerals(wrong) for n in near):
            return f"{wrong} stands in a sentence about the same"
    return ""


def options_are_alike(candidate: Candidate, _material: Material) -> str:
    """Four different options of one kind and near one length."""
    item = candidate.item
    if item.kind is not Kind.CHOICE:
        return ""
    options = item.options
    if len(options) != _OPTIONS or len({_plain(o) for o in options}) != len(options):
        return "its options are not four different ones"
    digits = [any(c.isdigit() for c in o) and not any(c.isalpha() for c in o) for o in options]
    if any(digits) and not all(digits):
        return "numbers and words among the options"
    if len({o[:1].isupper() for o in options if o[:1].isalpha()}) > 1 and item.asks != "term":
        return "some options open with a capital, some do not"
    if all(digits):
        return "" if len({len(o.partition(".")[2]) for o in options}) == 1 else "numbers of different precision"
    lengths = [len(o) for o in options]
    if max(len(o.split()) for o in options) > 3 and max(lengths) > _LONGER * min(lengths):
        return "its options differ much in length"
    return ""


def key_is_not_given_away(candidate: Candidate, _material: Material) -> str:
    """Neither length nor grammar nor the words of the stem tell the key from the distractors."""
    item = candidate.item
    if item.kind is Kind.CHOICE:
        key, wrong = item.answer, [o for n, o in enumerate(item.options) if n != item.key]
        if len(key.split()) > 3 and not min(map(len, wrong)) / _STANDS_OUT <= len(key) <= _STANDS_OUT * max(map(len, wrong)):
            return "the key is much longer or shorter than the other options"
        article = re.search(rf"\b(an?) {GAP}", item.stem)
        if article and not all(_takes(o, article[1]) for o in item.options):
            return f"“{article[1]}” before the gap gives options away"
    if item.asks == "number":
        around = item.stem.replace(GAP, " ")
        if re.search(rf"(?<![\d.,]){re.escape(candidate.key_text)}(?![\d]|[.,]\d)", around, re.IGNORECASE):
            return "the key stands in the stem"
    if item.kind in (Kind.CHOICE, Kind.CLOZE) and item.asks in ("term", "explained"):
        if run_together(item.answer) in run_together(item.stem):
            return "the key stands in the stem"
        others = [term_stems(o) for n, o in enumerate(item.options) if n != item.key] if item.kind is Kind.CHOICE else []
        shared = frozenset.intersection(*map(frozenset, others)) if others else frozenset()
        if (term_stems(item.answer) & term_stems(item.stem.replace(GAP, " "))) - shared:
            return "words of the key stand in the stem"
    return ""


def stem_stands_alone(candidate: Candidate, material: Material) -> str:
    """It names its subject and points to nothing that a student does not see."""
    stem = candidate.item.stem
    if material.source.name not in stem:
        return "the stem does not name what it is about"
    asked = stem.replace(material.source.name, "").replace(f"(section “{candidate.statement.heading}”)", "")
    leaning = _LEANING.search(asked)
    return f"“{leaning[0]}” does not stand alone" if leaning else ""


def is_not_guessed(candidate: Candidate, material: Material) -> str:
    """The lexical baseline does not pick the key without the page."""
    item = candidate.item
    if item.kind is not Kind.CHOICE:
        return ""
    guess = lexical_guess(item.stem, item.options, material.rarity)
    return "its words give the key away to whoever has not read the page" if guess == item.key else ""


CHECKS: tuple[Check, ...] = (
    quote_stands, key_follows, no_distractor_follows, false_is_contradicted, options_are_alike, key_is_not_given_away,
    stem_stands_alone, is_not_guessed,
)  # fmt: skip


def fault(candidate: Candidate, material: Material) -> str:
    """The first reason against an item; "" where it passes all checks."""
    return next((reason for check in CHECKS if (reason := check(candidate, material))), "")


def asks_the_same(one: Item, other: Item, said: Sequence[str], vectors: Vectors | None = None) -> bool:
    """Do two items rest on one sentence, or on two that say the same?

    Args:
        said: What each says with its key put in.
        vectors: Of these two, shape (2, dimensions); None: words alone count.
    """
    if one.evidence and other.evidence and one.evidence.reading == other.evidence.reading and one.evidence.quote == other.evidence.quote:
        return True
    first, second = term_stems(said[0]), term_stems(said[1])
    if len(first & second) >= _SAME_WORDS * max(min(len(first), len(second)), 1):
        return True
    return vectors is not None and float(vectors[0] @ vectors[1]) >= _SAME_MEANING


def gives_away(one: Candidate, other: Candidate) -> bool:
    """Does one item show the number that the other asks for?"""
    if other.item.asks == one.item.asks == "term" and run_together(one.key_text) == run_together(other.key_text):
        return True
    if other.item.asks not in ("number", "truth") or other.item.key is True or not other.key_text[:1].isdigit():
        return False
    if one.item.key is not True and one.key_text == other.key_text:
        return True
    if len(re.sub(r"\D", "", other.key_text)) < 2:
        both = one.item.asks == other.item.asks == "number"  # "7 out of the _" and "_ out of 8"
        return both and _stands(other.key_text, one.item.stem) and _stands(one.key_text, other.item.stem)
    return _stands(other.key_text, one.item.stem if one.item.asks == "number" else f"{one.item.stem} {one.claim}")


def _stands(number: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", text) is not None


def _level(text: str) -> list[str]:
    """Words in small letters, signs as words of their own."""
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_", text.lower().replace("’", "'").replace("“", '"').replace("”", '"'))


def _contains(words: Sequence[str], part: Sequence[str]) -> bool:
    part = [word for word in part if word != "."] or list(part)
    return any(list(words[n : n + len(part)]) == part for n in range(len(words) - len(part) + 1))


def _plain(option: str) -> str:
    return re.sub(r"[\W_]+", "", option).casefold() or option


def _takes(option: str, article: str) -> bool:
    return (option[:1].lower() in "aeiou") == (article.lower() == "an")
