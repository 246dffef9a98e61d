"""Tells follow-ups from questions that are complete, by their words. Rules for English; none knows a paper or a course."""

import re

WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
AUX = r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)"
OPENER = re.compile(r"^(?:(?:and|but|or|so|then|also|ok(?:ay)?|alright|now)[,\s]+)+", re.IGNORECASE)
PRONOUN = re.compile(r"\b(it|its|they|them|their|theirs|he|him|his|she|her|hers)\b", re.IGNORECASE)
WHOLE = re.compile(rf"^(?:{WH}|{AUX}|tell|explain|describe|list|give|show|compare|define|name|summari[sz]e|please|remind)\b", re.IGNORECASE)


def _one_of(*alternatives: str) -> str:
    return rf"(?:{'|'.join(alternatives)})"


_MORE = _one_of(
    r"why|how|when|where|who|which(?: one)?|how so|how come|why not|since when|by whom|for what|in what way|meaning|really|are you sure",
    r"how (?:much|many|long|often|big|large)",
    r"what else|anything else|who else|where else|and then|then what|what then|how exactly|why exactly",
    r"(?:for|by|in|with|on|at|to|from|until|since|under|after) (?:how|what|which|whom|whose)(?: \w+){0,2}",
    r"(?:for )?example|(?:an |any |some )?(?:examples?|details)|(?:please )?(?:explain|elaborate|go on|continue)",
    r"source|(?:which|what) page",
    r"(?:can|could) you (?:please )?(?:explain|elaborate|say more|clarify|give (?:me )?an example)",
    r"(?:tell me |say |explain )?more(?: details| about (?:it|that|this))?|give (?:me )?(?:an|another|some|more) (?:example|detail)s?",
)
_BARE = re.compile(rf"^{_MORE}(?:\s+(?:please|then|exactly|though))*$", re.IGNORECASE)
_COURTESY = re.compile(
    r"(?:ok(?:ay)?|thanks?|thank you|thx|great|cool|hi|hello|hey|bye|yes|no|got it|nice)(?:[\s,!.]+\w+){0,3}", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(r"^(?:(?:and|but|so|or|then)\s+)?(?:what|how) about\b", re.IGNORECASE)

# "this" and "that" before what they stand for; "this week" tells a time, "papers that" and "say that" join clauses.
_THINGS = _one_of(
    "talk|paper|model|method|class|week|lecture|number|result|score|table|figure|case|data|dataset|approach|technique|work|homework",
    "assignment|project|topic|speaker|session|reading|article|step|layer|loss|value|experiment|algorithm",
)
_TIMES = r"(?:week|month|year|semester|term|course|class|quarter|morning|afternoon|evening|weekend|days|\w+day)"
_BEFORE_THAT = rf"(?:{WH}|{AUX}|and|or|than|like|as|from|of|in|on|at|for|with|about|to|by|gives?|gave|explains?|uses?|into|after|before)"
_DEMONSTRATIVES = (
    re.compile(rf"(?:^|\b{_BEFORE_THAT}\s+)(?:that|those)(?:\s|$)", re.IGNORECASE),
    re.compile(rf"\b(?:that|those)\s+{_THINGS}s?\b", re.IGNORECASE),
    re.compile(rf"\b(?:this|these)\b(?!\s+{_TIMES}\b)", re.IGNORECASE),
)
_SAYS = r"(?:says?|said|claims?|shows?|shown|finds?|found|argues?|means?|states?|suggests?|reports?|knows?|thinks?|believes?|ensures?)"
_JOINED = re.compile(rf"\b(?:{_SAYS}|such|so|fact|given|note)\s+that\b", re.IGNORECASE)

_SIZES = _one_of(
    "first|second|third|last|next|other|big|bigger|biggest|large|larger|largest|small|smaller|smallest|best|better|previous|new|old|base|full"
)
_ELLIPSES = (
    # "how many does the decoder have"; "how much is the project worth" is whole
    re.compile(rf"\bhow many\s+{AUX}\b", re.IGNORECASE),
    re.compile(rf"\bhow much\s+{AUX}\s+(?:the|a|an|each|both)\b(?!.*\b(?:costs?|worth|weighs?|weight|of|left|count)\b)", re.IGNORECASE),
    re.compile(r"\bwhich (?:is|are|was|were|works?|performs?|does|has|wins?)\b(?!.*\bor\b)", re.IGNORECASE),
    re.compile(
        r"\b(?:each|both|either|neither|(?<!each )(?<!one an)others?|the (?:other|rest|same)|too|instead|otherwise|as well|then|there)$",
        re.IGNORECASE,
    ),
    re.compile(r"\bthe (?:former|latter|same|other)\b(?!\s+\w+)|\belse\b", re.IGNORECASE),
    re.compile(rf"\b(?:which|another|other|(?:the|a)\s+{_SIZES})\s+ones?\b", re.IGNORECASE),
)
# "it" that stands for nothing: "is it possible to", "how long does it take to".
_FIT = _one_of(
    "possible|true|important|necessary|better|best|worth|common|allowed|required|mandatory|ok|okay|fine|enough|matter|mean|make sense",
    "take|helpful|useful|safe|hard|easy|cost",
)
_EXPLETIVE = re.compile(
    rf"\b(?:is|was|does|do|did|will|would|can|could|might|makes?)\s+it\s+(?:\w+\s+)?{_FIT}\s+(?:to|that|if|for|when|whether)\b",
    re.IGNORECASE,
)
# What always belongs to something, which a whole question names: "the learning rate of ...".
_BELONGS = _one_of(
    "learning rate|dropout|batch size|rank|accuracy|optimizer|context (?:length|window|size)|vocabulary(?: size)?|loss(?: function)?",
    "training (?:data|set|time|cost)|dataset|architecture|limitations?|drawbacks?|(?:dis)?advantages?|results?|conclusions?|baselines?",
    r"hyperparameters?|hidden size|difference|abstract|contributions?|number of (?:\w+\s+)?(?:layers|heads|parameters|steps|epochs|gpus)",
)
_ATTRIBUTE = re.compile(
    rf"\b(?:the|what|which)\s+(?:\w+\s+)?{_BELONGS}\b(?!\s+(?:of|for|in|on|between|by|behind|from)\s+\w)", re.IGNORECASE
)
_KNOWN_THING = re.compile(
    r"\bthe\s+(?:talk|paper|article|authors?|speaker|method|approach)\b(?!\s+(?:of|for|in|on|by|from|about|that|which|to|at)\s+\w|\s+after)",
    re.IGNORECASE,
)
_ON_COURSE = re.compile(
    r"\b(?:due|deadlines?|exam|midterm|grading|grades?|syllabus|holidays?|instructors?|homework|final project|course|class|lecture|week"
    r"|next|today|tomorrow)\b",
    re.IGNORECASE,
)
# "there" stands for the course: "how many homeworks are there?" is whole, "how many heads are there?" is not.
_THERE_IN_COURSE = re.compile(
    r"^(?:how many|what|which)\s+(?:\w+\s+)?(?:homeworks?|assignments?|deadlines?|exams?|tests?|quiz(?:zes)?|projects?|class(?:es)?"
    r"|lectures?|sessions?|weeks?|readings?|speakers?|guests?|talks?|holidays?|breaks?|instructors?|tas?)\s+(?:are|is|were|will)\s+there\b",
    re.IGNORECASE,
)
# "why do they divide by ...": the authors, in a question that says all the rest itself.
_IMPERSONAL = re.compile(rf"^(?:(?:why|how|when|where|what|which)\s+(?:\w+\s+)?)?{AUX}\s+they\s+(.+)$", re.IGNORECASE)
_FEWEST_OF_ITS_OWN = 4  # words with a meaning, from which on a question says all the rest itself
_WHO_DID = re.compile(r"^(?:and\s+)?(?:who|what)\s+\w+\s*$", re.IGNORECASE)  # "who wrote it": a verb, nothing that is named
_PIECE = re.compile(r"^(?:the|a|an|in|on|for|with|without|only|at|by|from|of|its|same)\b", re.IGNORECASE)
_SMALL = re.compile(
    rf"\b(?:(?:i|we|you|there|that|which)\s+\w+|{WH}|{AUX}|and|but|so|if|the|a|an|not|also|then|that|of|in|on|for|with|to|by|from|about|tell|me|explain"
    r"|describe|you|i|we|much|many|mean|because|give|list|show|name|compare|at|as|than|while|happens?|happened)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z0-9][\w+-]*(?:\.\d+)*")
_DATED = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)[a-z]*", re.IGNORECASE)
_STARTERS = frozenset(
    "who whom whose what which when where why how is are was were do does did can could will would should has have had may might must and "
    "but so or then also tell explain describe list give show compare define please in on for the a an it if name summarize only".split()
)
_NO_NAMES = ("I", "PDF", "TA", "HW", "GPU", "GPUs", "CPU")


def leans(question: str) -> bool:
    """Does it need the question before it to be understood?"""
    text = stripped(question)
    if _COURTESY.fullmatch(text):
        return False
    text = re.sub(r"^((?:what (?:is|are)|explain|define|describe)\b.*\w)\s+then$", r"\1", text, flags=re.IGNORECASE)
    bare = OPENER.sub("", text) or text
    if _THERE_IN_COURSE.match(bare):
        return False
    if _BARE.match(bare) or _WHAT_ABOUT.match(text) or points_back(text) or leaves_out(text) or has_free_pronoun(text):
        return True
    if not names(bare):
        if _ATTRIBUTE.search(bare) or (_KNOWN_THING.search(bare) and len(bare.split()) <= 8):
            return True
        if bare != text and not (WHOLE.match(bare) and _ON_COURSE.search(bare)):
            return True  # "and what was the rank?"
    return is_fragment(bare, opened=bare != text)


def stripped(question: str) -> str:
    """Without the marks at its end."""
    return question.strip().rstrip("?!. ").strip()


def points_back(text: str) -> bool:
    """Does it hold "this", "that" or "those" for something said before?"""
    text = _JOINED.sub(" ", text)
    return any(pattern.search(text) for pattern in _DEMONSTRATIVES)


def leaves_out(text: str) -> bool:
    """Does it leave out a noun, as "how many does the decoder have" and "which is better" do?"""
    return any(pattern.search(text) for pattern in _ELLIPSES)


def is_fragment(text: str, *, opened: bool) -> bool:
    """Has it no clause of its own: "the decoder", "in week 7", "with dropout"?

    Args:
        text: Without "and" before it and marks behind it.
        opened: There was an "and".
    """
    if WHOLE.match(text) or re.search(rf"\b{WH}\b", text, re.IGNORECASE):
        return False
    words = len(text.split())
    return opened or words <= 2 or (words <= 6 and _PIECE.match(text) is not None)


def has_free_pronoun(text: str) -> bool:
    """Does it hold a pronoun that nothing before it in the question can be meant by?"""
    text = _EXPLETIVE.sub(" ", text)
    impersonal = _IMPERSONAL.match(text)
    if impersonal and len(re.findall(r"\w{3,}", _SMALL.sub(" ", impersonal[1]))) >= _FEWEST_OF_ITS_OWN:
        text = impersonal[1]
    return any(not _antecedent(text[: match.start()]) for match in PRONOUN.finditer(text))


def _antecedent(ahead: str) -> bool:
    """Does what stands before a pronoun name something? What a wh-word counts or asks for ("how many layers does it") is not meant."""
    if _WHO_DID.match(ahead):
        return False
    asked = re.match(rf"^(?:\w+\s+)?{WH}\b(?:(?!\b{AUX}\b).)*\b{AUX}\b\s*", ahead, re.IGNORECASE)
    left = _SMALL.sub(" ", ahead[asked.end() :] if asked else ahead)
    return bool(re.search(r"[A-Za-z]{2,}", left))


def names(text: str) -> list[str]:
    """Words that are names by their looks ("GPT-3", "LoRA", "Adam"), but for the first of a sentence and those of days."""
    found = []
    for n, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        begins = n == 0 and word.lower() in _STARTERS
        if any(c.isupper() for c in word) and not begins and word not in _NO_NAMES and not _DATED.fullmatch(word):
            found.append(word)
    return found
