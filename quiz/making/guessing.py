"""Who has not read the page guesses by words: the lexical baseline that no item may yield to.

It takes the option that shares most of the stem's rarer words. An item that it
answers for a clear reason is no question on the page.
"""

from collections.abc import Callable, Sequence

from rag.claims import term_stems

_CLEAR = 1.5  # by how many times more an option must share with the stem than the next one


def lexical_guess(stem: str, options: Sequence[str], rarity: Callable[[str], float]) -> int | None:
    """The option that its words alone speak for; None where they speak for none.

    Args:
        rarity: Weight of a stem (inverse document frequency).
    """
    asked = term_stems(stem)
    shares = [sum(rarity(word) for word in term_stems(option) & asked) for option in options]
    best = max(range(len(options)), key=lambda n: shares[n])
    rest = max((share for n, share in enumerate(shares) if n != best), default=0.0)
    return best if shares[best] > 0 and shares[best] >= _CLEAR * rest else None
