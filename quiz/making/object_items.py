"""Items on what the authors did to what: "We add positional encodings to the input embeddings" becomes "What do they add to ...?".

The question is the statement with its object taken out, or what stands behind a preposition that the verb asks for ("we treat X as Y":
"As what ...?"). It is asked only where the rest tells which thing is meant: what it was done for, or to what.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.items import Kind
from quiz.making.candidates import Candidate, make, place_of
from quiz.making.clauses import stands_alone
from quiz.making.language import Parsed
from quiz.making.material import Material
from quiz.making.statements import Statement, is_appended, is_setup
from quiz.making.subjects import subject_of, within
from quiz.making.terms import is_general_word
from quiz.making.worth import definition_fault
from rag.claims import term_stems

_MOST = 16  # words of a key
_FEWEST_OWN = 2  # words of a key that say something by themselves, or one name
_FEWEST_LEFT = 2  # stems of the question that the key has not
_LEAK = 0.5  # share of a key's stems that the question may have
# What is done to a thing, and says something of how the work was made.
_VERBS = frozenset(
    "use employ add append insert inject introduce modify replace substitute normalize remove prevent avoid mask predict minimize "
    "maximize optimize penalize combine concatenate incorporate leverage exploit adopt share tie freeze quantize prompt subtract".split()
)
# Verbs of which what stands behind a preposition is the point.
_TAKES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("treat", "formulate", "cast", "frame", "model", "represent", "parameterize", "use", "define"), ("as",)),
    **dict.fromkeys(("replace", "substitute"), ("by", "with")),
    **dict.fromkeys(("split", "divide", "segment", "decompose", "chunk", "break"), ("into",)),
    **dict.fromkeys(("endow", "augment", "equip", "supplement", "tokenize", "encode", "pair", "combine"), ("with",)),
    **dict.fromkeys(("convert", "transform", "map", "project"), ("to", "into", "onto")),
    **dict.fromkeys(("add", "append"), ("to",)),
    "initialize": ("with", "from", "to"),
}  # fmt: skip
_ANY = ("with", "by", "into", "as", "under")  # of a handout's sentences, each of which is meant to be learnt
_NO_QUESTION = frozenset("be have do call give make say take come go get".split())
_USES = frozenset("use employ adopt leverage exploit".split())  # of these all up to the purpose is the object
_USED_FOR = re.compile(r",| (?:(?:in order )?to [a-z-]{2,}|as|for|when|while|because|since) ")
_ENDS = re.compile(
    r",| (?:to|into|onto|in|on|from|at|as|with|by|for|during|before|after|when|while|because|since|instead|rather) "
)  # of an object
_PASSED_OVER = frozenset("also then further additionally first finally therefore thus simply".split())  # adverbs
_DESIGNED = re.compile(  # in a section on data and settings, what a thing was chosen for
    r"(?:in order )?to (?:prevent|avoid|reduce|mitigate|improve|stabilize|limit|preserve|ensure|encourage)\b", re.IGNORECASE
)
_PLACE = re.compile(r"(?:for|on|in|during|after|before|at) ", re.IGNORECASE)
# From here on the sentence says more than what was done to what.
_MORE = re.compile(
    r"(?:, |; | [–—] |: ).*$|,? (?:as|because|since|so that|so|while|whereas|although|though|which|where|when) .*$|"
    r",? and (?:\w+ly|then|(?:\w+s?|\w+ed) (?:the|an?|it|them|all)) .*$"
)
_BARE = re.compile(
    r"^(?:an? )?(?:small|large|subset|set|number|variety)\b|"
    r"^(?:two|three|four|five|six|more|several|various|many|different|other|another|both|all|each|few|any|such|similar|the same|additional|"
    r"publicly)\b|"
    r"\b(?:we|us|our|ours|the following|same|authors?|results?|analys[ie]s|evaluations?|experiments?|"
    r"where|that|which|who)\b",  # of a clause within the key a purpose behind it may be said
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deed:
    """What the authors did, or what a thing of the reading does, in parts.

    Attributes:
        who: The thing as it stands within a sentence; "" for the authors.
        verb: Its dictionary form.
        auxiliary: For a question: "do", "does", "did".
        what: The object, as it stands.
        before: What stands before "we": a purpose or a place; "" where nothing does.
        after: What stands behind the object.
        purpose: What it was done for, from "to" on, before or behind; "" where that is not said.
    """

    who: str
    verb: str
    auxiliary: str
    what: str
    before: str
    after: str
    purpose: str

    def rest(self, middle: str) -> str:
        """What the question says behind its subject.

        Args:
            middle: What follows the verb.
        """
        before = f"{self.before[:1].lower()}{self.before[1:]}"
        return re.sub(r"\bour\b", "their", " ".join(part for part in (self.verb, middle, before) if part))

    def asked(self, opening: str, place: str, middle: str) -> str:
        """The question.

        Args:
            opening: "What", or a preposition with it: "As what".
            place: The reading and its section, as a stem names them.
            middle: As of `rest`.
        """
        if self.who:
            return f"{opening} {self.auxiliary} {self.who} {self.rest(middle)}, according to {place}?"
        return f"{opening} {self.auxiliary} the authors of {place} {self.rest(middle)}?"


def objects(statement: Statement, material: Material, _chance: random.Random) -> Iterator[Candidate]:
    """A sentence of one's own on what the authors, or a thing of the reading, did to what."""
    yield from _passive(statement, material)
    deed = deed_of(statement, material)
    if deed is None:
        return
    if is_setup(statement.sentence.section) and not _DESIGNED.match(deed.purpose):
        return
    if deed.purpose and _PLACE.match(deed.before):
        return  # "for X, we use Y to replace Z": with "for X" behind it, it would say something else
    any_ = _ANY if material.source.is_handout and deed.verb not in _NO_QUESTION else ()
    for preposition in _TAKES.get(deed.verb, any_):
        found = re.match(rf"{preposition} (?P<what>[^,;:]+)$", _cut(deed.after))
        if found:
            key, to, purpose = found["what"].partition(f" {deed.purpose}" if deed.purpose else "\n")
            middle = f"{deed.what}{to}{purpose}"
            yield from _item(f"{preposition.capitalize()} what", middle, key, deed, statement, material)
    if deed.verb in _VERBS:
        middle = _cut(deed.after)
        if (deed.before and deed.purpose == deed.before and not middle) or re.match(r"(?!by |such )[a-z]", middle):
            yield from _item("What", middle, deed.what, deed, statement, material)


def _passive(statement: Statement, material: Material) -> Iterator[Candidate]:
    """ "LLaMA was trained on public data" becomes "On what was LLaMA trained?"."""
    parsed = statement.parsed
    root, name = parsed.words[parsed.root], subject_of(parsed)
    be = [w for w in (parsed.words[n] for n in parsed.children[parsed.root]) if w.dep in ("aux", "auxpass", "neg")]
    if name is None or root.tag != "VBN" or [w.lemma for w in be] != ["be"] or be[0].tag not in ("VBZ", "VBP", "VBD"):
        return
    if not material.is_its_matter(name) or root.lemma in _NO_QUESTION or is_setup(statement.sentence.section) or _does_more(parsed):
        return
    found = re.match(r" (?:only |solely |together )?(?P<by>with|by|into|as|on|from) (?P<key>.+)$", parsed.text[root.end :].strip("."))
    if found:
        asked = f"{be[0].text} {within(name, material)} {root.text}"
        end = _ENDS.search(f"{found['key']} ")
        key = found["key"][: end.start()] if end else found["key"]
        if (end and end[0] == ",") or re.search(r"\b(?:and|or)\b", found["key"]):
            return  # one of several
        place = place_of(key, statement, material)
        yield from _checked(
            f"{found['by'].capitalize()} what {asked}, according to {place}?", asked, _telling(asked), key, statement, material
        )


def _cut(after: str) -> str:
    """What stands behind an object, up to where the sentence says more."""
    opening = "as " if after.startswith("as ") else ""
    return opening + _MORE.sub("", f" {after.removeprefix(opening)}").strip()


def _item(opening: str, middle: str, key: str, deed: Deed, statement: Statement, material: Material) -> Iterator[Candidate]:
    place = place_of(key, statement, material)
    asked = f"{deed.who} {deed.rest(middle)}"
    said = _telling(asked) - term_stems(deed.verb)
    if opening == "By what" and re.match(r"\w+ing\b", key):
        return  # "by removing ...": how, not by what
    yield from _checked(deed.asked(opening, place, middle), asked, said, key, statement, material)


def _checked(stem: str, asked: str, said: frozenset[str], key: str, statement: Statement, material: Material) -> Iterator[Candidate]:
    """The item, where its key says something of its own and the question enough to tell which thing is meant.

    Args:
        asked: What the question says, without its place.
        said: The stems of it that tell something.
    """
    key = key.strip(' ,."“”')
    own = _telling(key)
    if (
        is_appended(statement.sentence)  # what was used for what, in an appendix, nobody need know
        or len(key.split()) > _MOST
        or (len(own) < _FEWEST_OWN and not re.search(r"\b[A-Z][\w-]*[A-Z\d]", key))
        or len(said - own) < _FEWEST_LEFT
        or len(own & said) > _LEAK * len(own)
        or len(own & term_stems(material.source.name)) >= _LEAK * len(own)
        or _BARE.search(key)
        or definition_fault(key)
        or re.search(r"\b(?:we|us|its?|them|they|results|analysis)\b", asked)
        or not stands_alone(key)
        or re.search(r"(?<![\w.-])\d|[=/]|\b[A-Z]\b", key)
        or re.search(r"\b[a-z]+[A-Z]{2,}\d+\b", asked)  # notation that a line of text garbles
        or key.count("(") != key.count(")")
    ):
        return
    answer = f"{key[:1].upper()}{key[1:]}."
    yield Candidate(make(Kind.SHORT, stem, answer, statement, material, asks="object", rubric=(key,)), statement, statement.text, key)


def deed_of(statement: Statement, material: Material) -> Deed | None:
    """What a sentence says that "we" did, or a thing of the reading does; None where it says something else, or that and more."""
    parsed = statement.parsed
    words, root, subject = parsed.words, parsed.root, parsed.subject()
    if subject is None or words[root].tag not in ("VBP", "VBD", "VBZ"):
        return None
    name = ""
    if words[subject].text.lower() != "we":
        name = subject_of(parsed) or ""
        own = material.source.is_handout or (material.is_own(name) and not statement.speaks_of_authors)
        if not name or not own:
            return None
    elif material.is_expository:
        return None
    children = [(n, words[n]) for n in parsed.children[root]]
    if any(w.dep in ("neg", "auxpass", "aux") for _, w in children) or _does_more(parsed):
        return None
    between = parsed.text[words[subject].end : words[root].start].split()
    if not set(between) <= _PASSED_OVER:
        return None
    before = "" if name else parsed.text[: words[subject].start].strip(" ,")
    purposes = _purposes(parsed)
    if before and not (0 in purposes or _PLACE.match(before)):
        return None
    auxiliary = {"VBD": "did", "VBZ": "does"}.get(words[root].tag, "do")
    verb = words[root].lemma
    start = words[root].end + 1
    ends = _USED_FOR if verb in _USES and not name else _ENDS
    end = next((m.start() for m in ends.finditer(f"{parsed.text} ", start) if _is_end(m, verb, purposes)), len(parsed.text.rstrip(" .")))
    what, after = parsed.text[start:end], parsed.text[end:].strip(" .")
    after = re.sub(r"^, (?=(?:in order )?to )", "", after)
    behind = min((at for at in purposes if at > end), default=None)
    purpose = before if 0 in purposes else _cut(parsed.text[behind:].strip(" .")) if behind is not None else ""
    return Deed(within(name, material) if name else "", verb, auxiliary, what, before, after, purpose)


def _purposes(parsed: Parsed) -> set[int]:
    """Where clauses of a purpose begin ("to prevent ...", "in order to ..."): before a verb, and behind no adjective or participle."""
    words = parsed.words
    found = set()
    for n, word in enumerate(words):
        hyphened = [w.text for w in words[n + 2 : n + 3]] == ["-"]  # "to fine-tune": the tagger sees a "fine"
        if word.text.lower() != "to" or not (hyphened or (words[word.head].tag == "VB" and word.head > n)):
            continue
        first = n - 2 if parsed.text[: word.start].lower().endswith("in order ") else n
        if first == 0 or words[first - 1].tag not in ("JJ", "JJR", "VBN", "VBD", "RB"):
            found.add(words[first].start)
    return found


def _is_end(found: re.Match[str], verb: str, purposes: set[int]) -> bool:
    """Does an object end here: at a purpose, at a "to" that the verb takes, or at any other of the words that end one?"""
    if re.match(r" (?:in order )?to ", found[0]):
        return found.start() + 1 in purposes or "to" in _TAKES.get(verb, ())
    return True


def _does_more(parsed: Parsed) -> bool:
    """Is there a second main verb? The small parser takes the "function" of "activation function" for one: an "and" must tell."""
    words = parsed.words
    joined = any(words[n].dep == "cc" for n in parsed.children[parsed.root])
    return joined and any(words[n].dep == "conj" and words[n].pos in ("VERB", "AUX") for n in parsed.children[parsed.root])


def _telling(text: str) -> frozenset[str]:
    """Stems of words that say something by themselves."""
    return frozenset(term_stems(" ".join(w for w in re.findall(r"[\w-]+", text) if not is_general_word(w))))
