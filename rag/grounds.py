"""What is wrong with a claim of a draft: as data with its English, so that a face may say it in another language."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """A kind of fault."""

    NOTHING_NEAR = "nothing-near"
    STANDS_NOWHERE = "stands-nowhere"  # what
    STANDS_ELSEWHERE = "stands-elsewhere"  # what, places
    NEAREST_HAS = "nearest-has"  # what: the nearest sentence's own numbers
    OPPOSITE = "opposite"
    DENIED = "denied"
    NOT_ENTAILED = "not-entailed"


_TEXTS = {
    Fault.NOTHING_NEAR: "nothing in the reading is near enough to it",
    Fault.STANDS_NOWHERE: "{what} stands nowhere in the reading",
    Fault.STANDS_ELSEWHERE: "{what} stands in other sentences ({places})",
    Fault.NEAREST_HAS: "the nearest sentence has {what}",
    Fault.OPPOSITE: "a sentence with the same words says the opposite, as far as words show",
    Fault.DENIED: "this sentence denies it, by the model of entailment",
    Fault.NOT_ENTAILED: "it does not follow from the nearest sentences, by the model of entailment",
}


@dataclass(frozen=True)
class Ground:
    """One thing that is wrong with a claim.

    Attributes:
        what: The number or name that it is about; several numbers with commas between; "" where it is about none.
        places: Where that stands: pages as numbers, sections of readings without pages by name.
        elsewhere: It stands in more places than those.
    """

    fault: Fault
    what: str = ""
    places: tuple[int | str, ...] = ()
    elsewhere: bool = False

    @property
    def text(self) -> str:
        """In English, without a full stop."""
        places = ", ".join(f"p. {place}" if isinstance(place, int) else place for place in self.places)
        return _TEXTS[self.fault].format(what=self.what, places=places + " and elsewhere" * self.elsewhere)

    def as_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {"code": self.fault.value, "what": self.what or None, "places": list(self.places), "elsewhere": self.elsewhere}


def in_english(grounds: Sequence[Ground]) -> str:
    """All of them in one line; "" for none."""
    return "; ".join(ground.text for ground in grounds)
