"""Questions on a reading as a whole, or on two that are to be compared.

`forms` tells what is asked by its form, `likeness` by examples, `parts` which sentences of a reading say it; `told` goes from the one to
the other.
"""

from rag.whole.likeness import Likeness
from rag.whole.told import Told, told

__all__ = ["Likeness", "Told", "told"]
