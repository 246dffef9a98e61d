"""The sheet of labelled quiz items is whole, and is counted right."""

from evals.quiz_items import QUESTIONS, SHEET, is_accepted, read_sheet, table


def test_an_item_is_accepted_where_all_four_answers_are_yes() -> None:
    yes = {"set": "dev", "reader": "second", "seed": 5, "kind": "choice", "asks": "number", **dict.fromkeys(QUESTIONS, True)}
    no = {**yes, "worth": False}
    assert is_accepted(yes)
    assert not is_accepted(no)
    assert list(table([yes, no, no])) == [("dev second 5", "choice: number", 1, 3), ("dev second 5", "all", 1, 3)]


def test_the_sheet_has_at_least_100_items_and_quotes_nobody() -> None:
    labels = read_sheet(SHEET)
    assert len(labels) >= 100
    assert all(set(QUESTIONS) <= set(label) and len(str(label["why"])) < 70 for label in labels)
    tens = ("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
            "seventeenth eighteenth nineteenth twentieth")  # fmt: skip
    ones = "first second third fourth fifth sixth seventh eighth ninth".split()
    readers = {"maker", *tens.split(), *(f"twenty-{one}" for one in ones), "thirtieth", *(f"thirty-{one}" for one in ones[:8])}
    assert {label["reader"] for label in labels} == readers
    assert all(bool(label["why"]) != is_accepted(label) for label in labels)
