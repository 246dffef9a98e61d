"""Names of one kind, told by lists: "Gopher, Chinchilla and PaLM" are rivals, whatever they are.

Coordinated names as evidence of a shared class: Riloff and Shepherd 1997, https://aclanthology.org/W97-0313.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quiz.making.terms import is_general_word
from rag.claims import run_together

# A name as written: "PaLM", "GPT-3", "Natural Questions", "The Pile", "SQuAD 2.0".
NAME = r"(?:[A-Za-z]+-)?[A-Z]\w*(?:[-.+/][A-Za-z0-9]\w*)*(?: (?:[A-Z][\w-]*|\d+(?:\.\d+)?[BM]?))?"
_LIST = re.compile(rf"(?<![\w-])({NAME})((?:, (?:the )?{NAME})*),? (?:and|or) (?:the )?({NAME})(?![\w-])")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SHORTEST = 2  # characters of a name
_SURE = 2  # times that two names are listed together, plus names that are listed with both
_LONGEST = 12  # names of a list of rivals; a longer one names people, or languages


@dataclass(frozen=True)
class Kin:
    """Of each name those that are listed beside it.

    Attributes:
        beside: How often, by letters and digits alone (`rag.claims.run_together`), in the spelling that is most frequent.
        spelt: Spellings of the names.
    """

    beside: dict[str, Counter[str]]
    spelt: dict[str, Counter[str]]

    def of(self, name: str) -> list[str]:
        """The names of a name's kind, the surest first: listed beside it twice, or with a third that is listed beside both.

        Other spellings and versions of it are none.
        """
        own = run_together(name)
        mine = self.beside.get(own, Counter())
        sure = {other: times + len(mine.keys() & self.beside[other].keys()) for other, times in mine.items()}
        found = sorted((other for other in sure if sure[other] >= _SURE), key=lambda other: (-sure[other], other))
        return [self.spelt[other].most_common(1)[0][0] for other in found if other not in own and own not in other]


NO_KIN = Kin({}, {})


def listed(text: str) -> Iterator[tuple[str, ...]]:
    """The lists of names in a sentence, sources and other asides left out."""
    text = _ASIDE.sub("", text)
    for found in _LIST.finditer(text):
        names = [found[1], *[part.removeprefix("the ").strip() for part in found[2].split(", ") if part.strip()], found[3]]
        if re.match(r" [A-Z]", text[found.end() :]):
            names.pop()  # a longer name's beginning
        before = text[: found.start()]
        if re.search(r"\S [A-Z][\w-]* $", before) or (not before and not _is_marked(names[0])):
            names = names[1:]  # a longer name's end, or "Unlike RNNs and CNNs"
        names = [name for name in names if len(name) >= _SHORTEST and not is_general_word(name)]
        if 2 <= len(names) <= _LONGEST:
            yield tuple(names)


def kin_of(lists: Iterable[tuple[str, ...]]) -> Kin:
    """What lists of names tell of their kinds."""
    beside: dict[str, Counter[str]] = {}
    spelt: dict[str, Counter[str]] = {}
    for names in lists:
        for name in names:
            spelt.setdefault(run_together(name), Counter())[name] += 1
        letters = dict.fromkeys(map(run_together, names))
        for one in letters:
            beside.setdefault(one, Counter()).update(other for other in letters if other != one)
    return Kin(beside, spelt)


def _is_marked(name: str) -> bool:
    """Is it a name by its letters, also where it opens a sentence: "BoolQ", "GPT-3"?"""
    return " " not in name and any(c.isupper() or c.isdigit() for c in name[1:])
