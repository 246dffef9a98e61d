"""A sentence of a paper as it can be quoted alone: without sources, pointers into the paper, and openings that lean on what stood before.

Pure rules in general words for English; none knows a paper. Words are only taken out at borders where the rest stays a sentence.
"""

import re

_SOURCE = re.compile(
    r"\s*\((?:[^()]*?\b(?:19|20)\d\d[a-z]?\b[^()]*|[^()]*\bet al\b[^()]*)\)"  # (Hu et al., 2021)
    r"|\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]"
)  # [12, 3]
# "Su et al. (2021)", where a sentence names it and is whole without.
_AUTHOR = r"(?:[A-Z][\w’'-]+)(?: et al\.?| (?:and|&) [A-Z][\w’'-]+)? ?\((?:19|20)\d\d[a-z]?\)"
_AUTHORS = rf"{_AUTHOR}(?:(?:,| and|, and) {_AUTHOR})*"
_NAMED_SOURCE = re.compile(
    r",? (?:as |(?:was |were )?(?:first |originally |recently )?)?"
    rf"(?:introduced|proposed|suggested|described|inspired|following|similar to) (?:by |in )?{_AUTHORS}"
)
_AFTER_OTHERS = re.compile(rf"^(?:Following|Similar to|As in|Like|Inspired by) {_AUTHORS}, (?=\w)")
_POINTER = re.compile(
    r"\s*[(\[](?:see |c\.?f\.? |e\.g\., |shown in |in |also )*(?:the )?(?:sections?|secs?\.|tables?|tabs?\.|figures?|figs?\.|"
    r"appendix|appendices|app\.|equations?|eqs?\.|eqns?\.|"
    r"algorithms?|§|footnotes?|lines?)\s*[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
_SEE = re.compile(r"\s*\((?:see|cf\.?|refer to) [^()]*(?:\([^()]*\)[^()]*)*\)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\((?:e\.g\.|i\.e\.|for example|for instance|such as)[,:]? [^()]*\)", re.IGNORECASE)
_TRAILING_POINTER = re.compile(
    r",? (?:as|which is|as is|and is|and are)? ?(?:shown|seen|illustrated|depicted|described|detailed|listed|reported|"
    r"summarized|discussed|explained) "
    r"(?:below|above|in (?:detail in )?(?:section|table|figure|fig\.|appendix|equation|eq\.|algorithm) ?[\w.]*)(?= ?[.,])",
    re.IGNORECASE,
)
_OPENING_POINTER = re.compile(
    r"^(?:as|and as)?\s*(?:(?:can be |is |we )?(?:shown|seen|show|see|illustrated|depicted|described|detailed|listed|reported|"
    r"summarized|discussed|explained|demonstrated|mentioned|noted)|in|from)\s+"
    r"(?:(?:in|by|from|above|earlier|previously)\s*)*(?:the )?(?:sections?|tables?|figures?|figs?\.|appendix|equations?|"
    r"eqs?\.|algorithms?)?\s*(?:\d[\w.]*|[A-Z]\b(?:\.\d+)?)?(?:\s*\([a-z]+\))?, (?=\w)"
    r"|^In (?:figure|fig\.|table|section|appendix) (?:\d[\w.]*|[A-Z]\b(?:\.\d+)?) (?=we\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:however|moreover|furthermore|additionally|in addition|specifically|more specifically|in particular|(?:most )?notably|importantly|"
    r"more importantly|interestingly|surprisingly|finally|overall|in summary|in general|therefore|thus|hence|consequently|as a result|"
    r"first|firstly|second|secondly|third|thirdly|lastly|in this (?:paper|work|study|article|survey)|to this end|in contrast|"
    r"on the other hand|at the same time|further|in fact|critically|perhaps \w+|"
    r"conversely|nevertheless|nonetheless|indeed|concretely|crucially|unsurprisingly|empirically|in other words|"
    r"(?:more )?fundamentally|of course|"
    r"later|as can be seen|as expected|besides|meanwhile|by contrast|accordingly|in practice|in short|to summarize|in "
    r"conclusion|generally|typically), (?=\w)"
    r"|^in this (?:paper|work|study|article|survey) (?=we\b)"
    r"|^(?:note|notice|recall) that (?=\w)|^(?:but|and|yet|so|thus|hence) (?=[a-z])",
    re.IGNORECASE,
)
# "This means that X": X stands alone, and the reading says it. Not "suggests", which says less.
_SAID_THAT = re.compile(
    r"^(?:(?:this|it|(?:these|the|our) (?:experimental )?(?:results?|findings?|observations?|experiments?)|the (?:left|right|top|bottom)? ?"
    r"(?:table|figure|plot|panel)|(?:table|figure|fig\.) \d+[a-z]?(?: ?\([a-z]+\))?)\s+"
    r"(?:clearly |also |thus |again |further )?(?:means|shows?|demonstrates?|indicates?|implies|imply|confirms?|reveals?|illustrates?)|"
    r"we can (?:see|observe|note)|we (?:see|observe|find|note) (?:from|in) (?:table|figure|fig\.) \d+[a-z]?(?: ?\([a-z]+\))?)"
    r" that,? (?:surprisingly, |interestingly, |indeed, |in fact, )?(?=\w)",
    re.IGNORECASE,
)
_INSTANCE = re.compile(r"^For (?:example|instance), (?=\w*[A-Z][\w-]*[A-Z\d])")  # of a thing with a name: a finding of its own
_LEADING_MARK = re.compile(r"^(?:[•∗*†‡–-]\s*|\(?(?:\d{1,2}|[ivx]{1,4}|[a-e])\)\s*)")
_FOOTNOTE = re.compile(r"(?<=[a-z)”\"])([.,;:])\d{1,2}(?=\s|$)|(?<=[a-z]{5})\d{1,2}(?=[ .,])|(?<=[a-z]{3})[†‡∗]")
# After a heading that runs into its paragraph ("Adapter Layers There are many ..."), a word that opens sentences only.
_RUN_IN = re.compile(
    r"^(?:[A-Z0-9][\w/()-]*|and|of|for|the|in|to|on|with|a|vs\.?|&|-|–)(?: (?:[A-Z0-9][\w/()-]*|and|of|for|the|in|to|on|with|"
    r"a|vs\.?|&|-|–)){0,9}[.:]? "
    r"(?=(?:We|There|This|These|It|Our|Although|While|When|If|Since|As|In|For|To|By|The|An?|Each|Given|Prior|Recent|Previous|Existing|Several|Most|Many|Some|Both|On|At|From|With|Unlike|Because|During|"
    r"After|Following) )"
)


# Words with a capital that may stand before "we" or "the" without being a heading.
# A heading that is a sentence of its own runs into its paragraph: "It improves QA We also find ...".
_SAID_AFTER = re.compile(r"(?<=[A-Za-z0-9)]) (?=(?:We|Our|In our|In this|This|These|There|Although|While|When|Since) [a-z])")
_ALONE = frozenset(
    "And But So As For In On To With While When If Since Both All Here Thus Hence Yet Also Then Now That What How Not "
    "Because Given By From At".split()
)


def cleaned(text: str) -> str:
    """The sentence without what does not stand alone; its end and its words are otherwise those of the reading."""
    text = _LEADING_MARK.sub("", " ".join(text.split()))
    text = re.sub(r"(?<=\d)- (?=[a-z]{3})(?!and\b|or\b|to\b)", "-", text)  # "16- bit": a line's end
    text = _FOOTNOTE.sub(lambda match: match[1] or "", text)  # the mark alone goes
    text = _AFTER_OTHERS.sub("", _NAMED_SOURCE.sub("", text))
    text = _ASIDE.sub("", _SEE.sub("", _POINTER.sub("", _SOURCE.sub("", text))))
    text = _TRAILING_POINTER.sub("", _OPENING_POINTER.sub("", text))
    text = re.sub(r"^[A-Z][\w -]{2,40}: (?=[A-Z])", "", text)
    run_in = _RUN_IN.match(text)
    if run_in and not run_in[0].rstrip().endswith((",", ";")) and (len(run_in[0].split()) >= 2 or run_in[0].strip() not in _ALONE):
        text = text[run_in.end() :]
    said_after = _SAID_AFTER.search(text)
    if said_after:
        text = text[said_after.end() :]
    text = re.sub(r"^((?:Our|The|All) \w+), (?=(?:reveal|show|suggest|indicate|demonstrate)s?\b)", r"\1 ", text)
    text = re.sub(r"^((?:[A-Z][\w-]* ){1,4})\1", r"\1", text)  # a heading that is the paragraph's first words too
    text = _OPENING_POINTER.sub("", text)
    for _ in range(2):
        text = _SAID_THAT.sub("", _INSTANCE.sub("", _OPENING.sub("", text)))
    text = re.sub(r",\s*(?=[,.;:])", "", re.sub(r"\s+([,.;:)])", r"\1", text)).strip()
    return text[:1].upper() + text[1:] if text[:1].islower() and not re.match(r"[a-z]+[A-Z]", text) else text
