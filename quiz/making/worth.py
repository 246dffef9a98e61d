"""What is true and whole, and yet not worth a question: steps of an experiment without a finding, settings, praise, talk.

`statements` asks whether a sentence can be understood alone; here it is asked whether a student should know it. Each rule is pure,
gives its reason ("" if it has none against), and knows no paper: it looks at verbs, and at what a number counts.
"""

import re

from quiz.making.figures import Figure, figures
from quiz.making.language import Parsed, Word
from rag.claims import term_stems

# "We compare ...", "... was measured": what was done to find out, not what was found.
_STUDIES = frozenset(
    "compare evaluate measure test conduct replicate reproduce reuse repeat rerun run ask let analyze analyse experiment study inspect "
    "check verify monitor perform probe scale sample hire recruit instruct average count select visualize benchmark follow adopt try "
    "take claim argue seek aim attempt decide want wonder tune ablate validate quantify".split()
)
# One of these in the sentence, and it says what came of it.
_FINDINGS = re.compile(
    r"\b(?:(?:find|finds|found) (?:that|[^,.;\d]+ (?:to|is|are|was|were|can|do(?:es)?|has|have|\w+s)\b)|"
    r"shows?|showed|(?:ha(?:s|ve)|been|we) shown|"
    r"observ\w+|reveal\w*|demonstrat(?:e|es|ed|ing)|outperform\w*|underperform\w*|improv\w+|achiev\w+|reach\w*|"
    r"reduc\w+|surpass\w*|exceed\w*|match(?:es|ed)?|because|results? in|leads? to|suffer\w*|degrad\w+|fails?|beats?|prevents?|"
    r"without (?:sacrific|degrad|los)\w+)\b",
    re.IGNORECASE,
)
# Steps of preparing data and runs: the numbers in them are settings that nobody needs by heart.
_STEPS = _STUDIES | frozenset(
    "keep remove filter limit set preprocess deduplicate collect choose pick take draw discard drop truncate pad split chunk divide "
    "initialize encode tokenize label annotate generate clip stop manually contain batch fix cap crop subsample "
    "collate curate construct gather assume apply estimate calculate compute pay invite gather crawl scrape download exclude retain".split()
)
_SETTINGS = frozenset(
    "step epoch second minute batch trial run iteration seed vocabulary gpu tpu core machine dump website demonstration contractor worker "
    "annotator labeler labeller rater volunteer vote fold crop warmup shard thread process page version interface "
    "example sample instance prompt expert participant student crowdworker question conversation dialogue dialog community chunk article "
    "document dataset corpus category class topic entity problem title post".split()
)
_PEOPLE = frozenset("expert annotator labeler labeller rater volunteer contractor worker crowdworker participant evaluator".split())
# Beside one of these, even the number of a setting is a result: how little was enough, how much it brought.
_BROUGHT = re.compile(
    r"\b(?:accuracy|error|score[sd]?|BLEU|F1|speed-?ups?|faster|slower|cheaper|better|worse|higher|lower|fewer|smaller|larger|outperform\w*|"
    r"improv\w+|reduc\w+|surpass\w*|exceed\w*|match(?:es|ed)?|achiev\w+|reach\w*|drops?|gains?|increas\w+|decreas\w+|as little as|"
    r"as few as|as low as|even|enough|suffic\w+|can|agreement|win rate|of (?:the )?(?:cases|time))\b|"
    r"\b(?:only|just) (?:about |around )?\w*\d",
    re.IGNORECASE,
)
_OWN_MAKING = frozenset("create introduce propose present release build develop".split())  # its size is a claim of the reading
_PRAISE = re.compile(
    r"^(?:one of the (?:most|key|main|best|first)|(?:an?|the) (?:\w+ )?(?:important|key|crucial|critical|essential|promising|popular|"
    r"common|vital|fundamental|prominent|powerful|notable|major|representative|typical|active|hot|challenging|difficult|non-?trivial|"
    r"well-known|recent|main|core)(?![-\w]))",
    re.IGNORECASE,
)
# "BERT is conceptually simple and empirically powerful."
_GOOD = frozenset(
    "simple powerful effective efficient flexible general robust novel elegant intuitive strong good great important useful valuable "
    "helpful competitive promising practical attractive appealing scalable versatile popular common".split()
)
_VAGUE_PRAISE = re.compile(
    r"\b(?:some (?:margins?|extent|degree|improvements?|gains?)|strong (?:successor|competitor|candidate|alternative)|"
    r"plays? an? (?:\w+ )?role|very (?:common|rare|popular))\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:has|have) (?:been|also been) (?:shown|proven|demonstrated|proposed|widely|used)\b|\brecent work\b", re.IGNORECASE
)
_SPOKEN = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ours|[Yy]ourself|I|[Mm]y|[Mm]ine|[Mm]e|I'm|I'll|Let's|let's|[Pp]lease)\b(?!\.)")
_INTENT = re.compile(
    r"\b(?:would like to|interested in|curious (?:about|whether)|not (?:claim|suggest|argu)\w+|to see (?:if|whether)|"
    r"evaluate (?:if|whether)|"
    r"(?:promising|interesting|exciting|fruitful) (?:future )?(?:path|direction|avenue|topic|area)s?|"
    r"in-depth (?:study|analysis)|thorough (?:study|analysis|evaluation)|fair comparison|"
    r"(?:inspired|motivated) by|make the \w+ (?:comparable|fair)|we use (?:various|several|many|different)|"
    r"prior (?:work|setups?)|whenever possible|do(?:es)? not have (?:control|access))\b|^as an? (?:final|first|last|additional|further) ",
    re.IGNORECASE,
)
HARDWARE = re.compile(r"\b(?:GPUs?|TPUs?|[AVHP]100s?|NVIDIA|Nvidia|CUDA)\b")
_FOR_EACH = re.compile(r"^(?:for|in|within|on) (?:each|every)\b", re.IGNORECASE)
_UNSAID = frozenset(
    "training inference evaluation fine-tuning finetuning pretraining pre-training decoding annotation optimization".split()
)
_ANYWHERE = term_stems(
    "improve increase enhance boost further train training performance efficiency efficient model method result procedure process approach "
    "quality better modify use using our make work experiment task data effectiveness scalability superiority strong good"
)
_WHOLE = 100  # percent
_TELLING = 2  # stems of a reason that are of its own
_FEWEST_AROUND = 10  # words beside the gap of a statement that says enough


def worth_fault(parsed: Parsed) -> str:
    """Why nobody should be asked about a statement that can be understood; "" where nothing speaks against it."""
    text, root = parsed.text, parsed.words[parsed.root]
    if _SPOKEN.search(text):
        return "words of a conversation, a prompt or an example"
    if _INTENT.search(text):
        return "an intention or an excuse, not a finding"
    if _VAGUE_PRAISE.search(text) or _is_praise(parsed):
        return "praise, or what says how much of nothing"
    if _OF_OTHERS.search(text):
        return "what others have shown"
    if _FOR_EACH.search(text):
        return "“for each …”: of which?"
    if root.lemma in _STUDIES and _is_done(parsed) and not _FINDINGS.search(text) and not re.search(r"\bshould\b", text):
        return "a step of an experiment without what was found"
    subject = parsed.subject()
    if subject is not None and root.tag == "VBD" and parsed.words[subject].lemma in _UNSAID and not _modifiers(parsed, subject):
        return f"“{parsed.words[subject].text}”: of what?"
    return ""


def number_fault(parsed: Parsed, figure: Figure) -> str:
    """Why nobody should know a number by heart: it sets up a run or a data set, and the sentence gives no result."""
    made = parsed.words[parsed.root].lemma in _OWN_MAKING
    if figure.counted in _PEOPLE:
        return f"how many “{figure.counted}” there were"
    if figure.counted in _SETTINGS and not (_BROUGHT.search(parsed.text) or made):
        return f"a setting: the number of “{figure.counted}”"
    shares = [other.value for other in figures(parsed) if other.unit.strip() == "%" and other != figure]
    if figure.unit.strip() == "%" and any(figure.value + share == _WHOLE for share in shares):
        return "it follows from another number: the rest of 100%"
    if is_step(parsed) or parsed.words[parsed.root].lemma == "set":
        return "a number of the preparation, not of a result"
    if re.search(
        r"\b(?:all|each|both) (?:of the |the )?(?:models?|methods?|baselines?|runs?|systems?|variants?) (?:ha(?:s|ve)|use)\b|"
        r"\b(?:training|test|dev\w*|validation|evaluation) (?:set|split)s? of\b|\btemperature\b|\bblock ?-?size\b|"
        r"\bspecial tokens\b|\bin-context examples\b|"
        r"\bvocabular(?:y|ies)\b|\b(?:splits?|batch(?:es)?|cut-?off|threshold|window|buffer|maximum (?:output )?length)\b",
        parsed.text,
        re.IGNORECASE,
    ):
        return "a setting"
    return ""


def tells_a_finding(text: str) -> bool:
    """Does a statement say what came of something, or what can be done?"""
    return _FINDINGS.search(text) is not None or re.search(r"\b(?:can|cannot|neither|whereas|all|any|requires?)\b", text) is not None


def is_step(parsed: Parsed) -> bool:
    """Does a statement tell a step of the preparation, and no result of it?"""
    return parsed.words[parsed.root].lemma in _STEPS and _is_done(parsed) and not _FINDINGS.search(parsed.text)


def definition_fault(said: str) -> str:
    """Why what is said of a thing is no definition: it praises or ranks it and does not say what it is."""
    rates = _PRAISE.search(said) or re.match(
        r"(?:the|an?) (?:gold|good|poor|first|best|largest|most|state|efficient|effective|simple|strong|fast|cheap|better|powerful|"
        r"flexible)\b",
        said,
        re.IGNORECASE,
    )
    if re.search(r"\b(?:two|three|four|five|several) (?:\w+ )?(?:changes|differences|improvements|ideas|innovations)\b", said):
        return "it counts what it does not name"
    return "it rates the thing and does not say what it is" if rates else ""


def gap_fault(parsed: Parsed, start: int, end: int) -> str:
    """Why a gap between two offsets is not worth filling: too little stands around it to tell what is meant."""
    around = [w for w in parsed.words if not (start <= w.start < end) and w.pos != "PUNCT"]
    if len(around) < _FEWEST_AROUND:
        return "too little stands around the gap"
    return ""


def is_circular(clause: str, main: str) -> bool:
    """Does a reason or a purpose say little: a third of its stems stand in the main statement, or all but one could stand anywhere?"""
    stems = term_stems(clause)
    return len(stems & term_stems(main)) > 0.34 * len(stems) or len(stems - _ANYWHERE) < _TELLING


def _is_praise(parsed: Parsed) -> bool:
    """Does it say of a thing only that it is important, common or the like?"""
    words, root = parsed.words, parsed.words[parsed.root]
    if root.lemma != "be":
        return False
    said = [n for n in parsed.children[parsed.root] if words[n].dep in ("attr", "acomp") and n > parsed.root]
    if any(words[n].dep == "attr" and _PRAISE.search(parsed.phrase(n)) for n in said):
        return True
    rest = {w.lemma for n in said for w in (words[m] for m in parsed.subtree(n)) if w.pos not in ("ADV", "CCONJ", "PUNCT", "DET")}
    return bool(rest) and rest <= _GOOD


def is_study(parsed: Parsed) -> bool:
    """Is what is told a step of finding out or of preparing: "we conduct", "we filter"?"""
    return parsed.words[parsed.root].lemma in _STEPS


def _is_done(parsed: Parsed) -> bool:
    """Is the main verb what "we" do, or what was done to the subject?"""
    children = [parsed.words[n] for n in parsed.children[parsed.root]]
    return any((w.dep == "nsubj" and w.lemma in ("we", "i")) or w.dep in ("nsubjpass", "auxpass") for w in children)


def _modifiers(parsed: Parsed, n: int) -> list[Word]:
    return [parsed.words[c] for c in parsed.children[n] if parsed.words[c].dep != "punct"]
