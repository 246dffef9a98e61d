"""A practice card as a student sees it, before and after the answer. Pure.

A card is named by what everybody may see of its item, since the item's own id is a hash of its key.
"""

import hashlib
import json
import random
from collections.abc import Iterable
from datetime import datetime

from quiz.grading.closed import Given, shown
from quiz.grading.grades import Grade
from quiz.items import Item, Kind
from quiz.records.practice import Card
from quiz.records.quizzes import Quiz
from quiz.taking import ItemResult, PublicItem

_NAME = 16  # hex digits


def card_name(item: Item) -> str:
    """Of its kind, stem and options, in any order: not of its key."""
    parts = [item.kind.value, item.stem, *sorted(item.options)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:_NAME]


def option_order(card: Card) -> list[int]:
    """Numbers of the options as they are shown; another order at each repetition."""
    order = list(range(len(card.item.options)))
    if card.item.kind is Kind.CHOICE:
        random.Random(f"{card_name(card.item)}:{card.number}").shuffle(order)
    return order


def public_card(card: Card) -> PublicItem:
    """What is shown before the answer."""
    item = card.item
    return PublicItem(1, 1, item.kind, item.stem, tuple(item.options[n] for n in option_order(card)), item.unit)


def to_own_order(card: Card, given: Given) -> Given:
    """A place among the options shown becomes the option's number in the item's own order."""
    return option_order(card)[int(given)] if card.item.kind is Kind.CHOICE else given


def card_result(item: Item, given: Given | None, grade: Grade) -> ItemResult:
    """An answered card, to be rendered as an item of a quiz."""
    return ItemResult(1, item, None if given is None else shown(item, given), grade, void=False)


def new_items(quizzes: Iterable[Quiz], known: Iterable[Item], reading: str | None, count: int, now: datetime) -> list[Item]:
    """Items to begin to practise: of quizzes that are over, that still count and that the student does not practise yet."""
    names = {card_name(item) for item in known}
    found: dict[str, Item] = {}
    for quiz in quizzes:
        for entry in quiz.asked if quiz.is_over(now) else ():
            of = entry.item.evidence.reading if entry.item.evidence is not None else None
            if not entry.void and entry.retired is None and (reading is None or of == reading) and card_name(entry.item) not in names:
                found.setdefault(card_name(entry.item), entry.item)
    return list(found.values())[:count]
