"""Makes a follow-up stand alone, by rules: what it leans on is put in from the questions before it.

Three things can happen. A question that says all it needs stays as it is, byte for byte. Where the place of what it leans on is certain
("its dropout" after a question on one model, "and in week 7?" after one on week 5), that is put in its place. Elsewhere the question
before follows in brackets, "why? (after: ...)": nothing is lost and no meaning is made up.
"""

import re
from collections.abc import Sequence

from rag.leaning import AUX, OPENER, PRONOUN, WH, WHOLE, has_free_pronoun, is_fragment, leans, leaves_out, names, points_back, stripped

_MOST_TURNS = 4  # that a chain of follow-ups is traced back
_LONGEST_BEFORE = 300  # characters of what is put in brackets
_ABOUT = re.compile(r"^(?:(?:and|but|or|so|then|ok(?:ay)?)[,\s]+)*(?:what|how) about\s+|^(?:(?:and|or|but|so|then)[,\s]+)", re.IGNORECASE)
# Pairs that papers set against each other: one of them alone in a follow-up takes the place of the other.
_CONTRASTS = tuple(
    frozenset(words.split())
    for words in (
        "encoder decoder",
        "base big large small medium tiny",
        "training test validation evaluation inference",
        "pretraining pre-training finetuning fine-tuning",
        "input output",
        "first second third fourth fifth last final",
        "minimum maximum",
        "precision recall",
        "query queries key keys value values",
        "smaller larger smallest largest biggest",
        "teacher student",
        "english german french chinese",
        "retriever generator",
        "homework project participation exam midterm test proposal quiz",
    )
)
_WEEK = r"weeks?\s+#?\d{1,2}"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME = re.compile(
    rf"\b(?:in\s+|on\s+|for\s+|during\s+)?(?:{_WEEK}|{_MONTH}|(?:the\s+)?(?:week after next|day after tomorrow)|"
    rf"(?:this|next|last|coming)\s+(?:week|month|{_WEEKDAYS})|{_WEEKDAYS}|today|tomorrow|yesterday|"
    r"(?:the\s+)?(?:next|previous|last|first|second|third|fourth|fifth|final)\s+(?:week|class|lecture|session))\b",
    re.IGNORECASE,
)
_WEEK_LATER = re.compile(r"^(?:in\s+)?the (?:week after|following week|next week|week after that|one after(?: that)?)$", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?:in|on|for|during)\s+", re.IGNORECASE)


def standalone_of(question: str, before: Sequence[str]) -> str:
    """The question so that it can be understood without the ones before it.

    Args:
        question: As typed.
        before: The questions before it, oldest first.
    """
    context = ""
    for earlier in before[-_MOST_TURNS:]:
        context = _completed(earlier, context)
    return _completed(question, context)


def _completed(question: str, context: str) -> str:
    if not context or not leans(question):
        return question
    core, behind = _parts(context)
    return _replaced(question, core) or _bracketed(question, core, behind)


def _bracketed(question: str, core: str, behind: str) -> str:
    whole = f"{core} {behind}".strip() if leans(core) else core
    return f"{question} (after: {whole[:_LONGEST_BEFORE]})"


def _parts(context: str) -> tuple[str, str]:
    core, _, behind = context.partition(" (after: ")
    return core, behind.removesuffix(")")


def _replaced(question: str, core: str) -> str | None:
    """The whole question where what is to be put in and where is certain."""
    if leans(core):
        return None
    text = stripped(question)
    return _other_time(text, core) or _contrast(text, core) or _counted(text, core) or _owner(question, core)


def _other_time(text: str, core: str) -> str | None:
    """ "and in week 7?" after "What do we read in week 5?"."""
    fragment = _ABOUT.sub("", text)
    times = list(_TIME.finditer(core))
    if len(times) != 1:
        return None
    if _WEEK_LATER.match(fragment):
        number = re.search(r"\bweek\s+#?(\d{1,2})", times[0].group(), re.IGNORECASE)
        if number:
            at = times[0].start() + number.start(1)
            return f"{core[:at]}{int(number[1]) + 1}{core[at + len(number[1]) :]}"
        if re.search(r"\bnext week$", times[0].group(), re.IGNORECASE):
            return f"{core[: times[0].end() - len('next week')]}the week after next{core[times[0].end() :]}"
        return None
    if not _TIME.fullmatch(fragment):
        return None
    old = times[0].group()
    led = _PREPOSITION.match(old)
    new = fragment if _PREPOSITION.match(fragment) or not led else _led(led.group(), fragment)
    return f"{core[: times[0].start()]}{new}{core[times[0].end() :]}"


def _led(preposition: str, time: str) -> str:
    """With the preposition of the one that it replaces, where one belongs."""
    return (
        time if re.match(r"^(?:this|next|last|today|tomorrow|yesterday|the week after)\b", time, re.IGNORECASE) else f"{preposition}{time}"
    )


def _contrast(text: str, core: str) -> str | None:
    """ "what about the big model?" after "How many layers does the base model have?"; "and GPT-2?" after one on GPT-3."""
    fragment = _ABOUT.sub("", text)
    if fragment == text and not is_fragment(text, opened=False):
        return None
    if re.match(rf"^(?:{WH}|{AUX})\b", fragment, re.IGNORECASE) or len(fragment.split()) > 4:
        return None
    if PRONOUN.search(fragment) or leaves_out(fragment) or points_back(fragment):
        return None
    new_names, old_names = names(fragment), names(core)
    named = re.sub(r"^(?:of|for|in|on|with|by)\s+", "", fragment, flags=re.IGNORECASE).removeprefix("the ")
    if len(new_names) == 1 and len(old_names) == 1 and named == new_names[0] and _alike(new_names[0], old_names[0]):
        return _swap(core, old_names[0], new_names[0])
    if new_names:
        return None
    words = re.sub(
        r"^(?:in|on|for|with|during|at|the|a|an)\s+", "", re.sub(r"^(?:in|on|for|with|during|at)\s+", "", fragment.lower())
    ).split()
    for pair in _CONTRASTS:
        new = [word for word in words if word in pair]
        old = [word for word in re.findall(r"[\w-]+", core.lower()) if word in pair]
        if (
            len(new) == 1
            and len(old) == 1
            and new != old
            and all(word == new[0] or re.search(rf"\b{re.escape(word)}\b", core, re.IGNORECASE) for word in words)
        ):
            # In "the final project" the word alone is not what is replaced.
            alone = re.search(rf"\b(?:the|an?|of|for|in|on|is|are|does|do|our|my|your|this)\s+{re.escape(old[0])}\b", core, re.IGNORECASE)
            return _swap(core, old[0], new[0]) if alone else None
    return None


def _swap(core: str, old: str, new: str) -> str | None:
    pattern = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])", re.IGNORECASE)
    return pattern.sub(lambda _match: new, core) if len(pattern.findall(core)) == 1 else None


def _alike(one: str, other: str) -> bool:
    """Names of one sort by their looks: versions of one name, or both with capitals inside, or both plain."""
    if one == other:
        return False
    shared = re.match(r"[A-Za-z]+", one)
    if shared and other.startswith(shared.group()) and len(shared.group()) >= 2:
        return True
    return all(sum(c.isupper() for c in word) >= 2 for word in (one, other))


def _counted(text: str, core: str) -> str | None:
    """ "how many does the decoder have" after "How many layers does the encoder have?"."""
    asked = re.search(rf"\bhow (many|much)\s+((?:(?!\b{AUX}\b)[\w-]+\s+)+)(?={AUX}\b)", core, re.IGNORECASE)
    gap = re.match(rf"^(?:(?:and|but|so|then)\s+)?how (many|much)\s+(?={AUX}\s+(?!it\b|they\b))", text, re.IGNORECASE)
    if asked is None or gap is None or asked[1].lower() != gap[1].lower() or has_free_pronoun(text) or points_back(text):
        return None
    return f"How {gap[1].lower()} {asked[2]}{text[gap.end() :]}?"


def _owner(question: str, core: str) -> str | None:
    """ "its dropout" and "does it work" after a question on one named thing, which is its subject."""
    subject = _subject(core)
    pronouns = PRONOUN.findall(question)
    if subject is None or len(pronouns) != 1 or pronouns[0].lower() not in ("it", "its"):
        return None
    at = PRONOUN.search(question)
    assert at is not None
    if names(OPENER.sub("", question[: at.start()])) or points_back(stripped(question)) or leaves_out(stripped(question)):
        return None
    if pronouns[0].lower() == "its":
        fragment = _ABOUT.sub("", question)
        if fragment != question and not WHOLE.match(fragment) and re.match(r"^its\b", fragment, re.IGNORECASE):
            return re.sub(r"^its\b", lambda _m: f"What about {subject}'s", fragment, flags=re.IGNORECASE)
        return re.sub(r"\bits\b", lambda _m: f"{subject}'s", question, flags=re.IGNORECASE)
    acts = re.search(r"\b(?:do|does|did|can|could|will|would)\s+it\b", question, re.IGNORECASE)
    defined = re.match(
        r"^(?:what (?:is|are)|what's|who (?:is|are)|define|explain|describe)\s+(?:the\s+)?[\w+-]+(?:\.\d+)*\s*\??$", core, re.IGNORECASE
    )
    if acts or defined:
        return re.sub(r"\bit\b", lambda _m: subject, question, flags=re.IGNORECASE)
    return None


def _subject(core: str) -> str | None:
    """The one name in a question, if it is the question's subject: "What is LoRA?", "How many layers does BERT have?"."""
    named = list(dict.fromkeys(names(core)))
    if len(named) != 1:
        return None
    verbs = r"(?:do|does|did|is|are|was|were|can|has|have|explain|describe|define)"
    # "the BERT paper" and "BERT's" are other subjects.
    subject = re.search(rf"\b{verbs}\s+(?:the\s+)?{re.escape(named[0])}(?![\w'’-])(?!\s+paper)", core, re.IGNORECASE)
    return named[0] if subject else None
