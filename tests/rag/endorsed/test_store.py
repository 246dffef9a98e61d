from pathlib import Path

import pytest

from common.database import open_database
from common.errors import UsageError
from common.settings import Storage
from rag.endorsed import LONGEST, EndorsedStore, Person, Place, State, checked_text

ANN, BOB = Person(1, "Ann"), Person(2, "Bob")


@pytest.fixture
def store(tmp_path: Path) -> EndorsedStore:
    return EndorsedStore(open_database(Storage(dir=tmp_path)), "zoo")


def test_every_version_is_kept_with_who_made_it(store: EndorsedStore) -> None:
    first = store.add("How long?", "One page.", ANN, BOB, source=7)
    assert (first.number, first.version, first.state) == (1, 1, State.ACTIVE)
    edited = store.edit(1, "How long is the summary?", "Two pages.", ANN)
    assert (edited.text, edited.endorser, edited.author) == ("Two pages.", ANN, ANN)
    assert store.withdraw(1, BOB).state is State.WITHDRAWN
    assert [(v.version, v.question, v.text, v.state.value, v.by.name) for v in store.versions(1)] == [
        (1, "How long?", "One page.", "active", "Bob"),
        (2, "How long is the summary?", "Two pages.", "active", "Ann"),
        (3, "How long is the summary?", "Two pages.", "withdrawn", "Bob"),
    ]
    assert store.all(active=True) == []
    with pytest.raises(UsageError, match="withdrawn already"):
        store.withdraw(1, BOB)
    with pytest.raises(UsageError, match="/endorsed list"):
        store.edit(9, "a", "b", ANN)


def test_a_message_that_is_endorsed_again_is_another_version_and_active(store: EndorsedStore) -> None:
    store.add("How long?", "One page.", ANN, BOB, source=7)
    store.withdraw(1, BOB)
    again = store.add("How long?", "One page, please.", ANN, BOB, source=7)
    assert (again.number, again.version, again.state) == (1, 3, State.ACTIVE)
    assert store.add("How long?", "Two.", ANN, BOB, source=8).number == 2


def test_the_stamp_changes_with_every_change_and_only_then(store: EndorsedStore) -> None:
    stamps = [store.stamp()]
    store.add("How long?", "One page.", ANN, BOB)
    stamps.append(store.stamp())
    store.edit(1, "How long?", "Two.", ANN)
    stamps.append(store.stamp())
    store.withdraw(1, ANN)
    stamps.append(store.stamp())
    assert len(set(stamps)) == 4
    store.set_shown(1, Place(1, 2, None))
    assert store.stamp() == stamps[-1]


def test_another_course_sees_nothing(store: EndorsedStore, tmp_path: Path) -> None:
    store.add("How long?", "One page.", ANN, BOB, source=7)
    other = EndorsedStore(open_database(Storage(dir=tmp_path)), "savanna")
    assert (other.all(), other.stamp(), other.export(1)) == ([], 0, [])
    assert other.delete(1) == 0
    with pytest.raises(UsageError):
        other.get(1)
    assert other.add("How fast?", "Fast.", ANN, BOB, source=7).number == 1
    assert store.get(1).text == "One page."


def test_who_leaves_takes_their_name_with_them_but_not_the_course_s_answer(store: EndorsedStore) -> None:
    store.add("How long?", "One page.", ANN, BOB)
    assert [row["author"] for row in store.export(1)] == ["Ann"]
    assert store.delete(1) == 1
    assert store.delete(2) == 1
    row = store.get(1)
    assert (row.text, row.author.name, row.endorser.name) == ("One page.", "a former member", "a former member")
    assert {v.by.name for v in store.versions(1)} == {"a former member"}
    assert (store.export(1), store.export(2)) == ([], [])


def test_the_title_says_who_stands_for_it_and_whose_words_they_are(store: EndorsedStore) -> None:
    row = store.add("How long?", "See https://arxiv.org/abs/1706.03762, p. 3, and (https://arxiv.org/abs/1706.03762).", ANN, BOB)
    assert row.title == f"Endorsed by Bob on {row.endorsed_at:%Y-%m-%d} (words of Ann)"
    assert row.links == ("https://arxiv.org/abs/1706.03762",)
    assert "words of" not in store.add("Q?", "A.", ANN, ANN).title


@pytest.mark.parametrize(("text", "says"), [(" \n ", "no words"), ("x" * (LONGEST + 1), f"at most {LONGEST}")])
def test_what_cannot_be_endorsed(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        checked_text(text)
