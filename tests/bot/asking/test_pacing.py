from hypothesis import given
from hypothesis import strategies as st

from bot.asking.pacing import EditPace


def test_the_first_edit_is_free_and_the_next_waits_a_second() -> None:
    pace = EditPace()
    assert pace.wait_s("c", "m", 0.0) == 0.0
    pace.spend("c", "m", 0.0)
    assert pace.wait_s("c", "m", 0.25) == 0.75
    assert pace.wait_s("c", "another", 0.25) == 0.0


def test_five_messages_of_one_channel_share_its_five_edits() -> None:
    pace = EditPace()
    for n in range(5):
        pace.spend("c", str(n), 0.1 * n)
    assert pace.wait_s("c", "5", 1.0) == 5.0
    assert pace.wait_s("another channel", "6", 1.0) == 0.0


def test_what_can_wait_leaves_room() -> None:
    pace = EditPace()
    for n in range(3):
        pace.spend("c", str(n), float(n))
    assert pace.wait_s("c", "x", 3.0) == 0.0
    assert pace.wait_s("c", "x", 3.0, spare=True) == 3.0


def test_what_is_long_past_is_forgotten() -> None:
    pace = EditPace()
    for n in range(3000):
        pace.spend(f"c{n}", f"m{n}", 10.0 * n)
    assert len(pace._messages) + len(pace._edits) < 1100


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans(), st.floats(0, 2)), max_size=80))
def test_whoever_waits_as_told_stays_under_the_rate(edits: list[tuple[str, str, bool, float]]) -> None:
    pace, now = EditPace(), 0.0
    made: list[tuple[str, str, float]] = []
    for bucket, name, spare, pause in edits:
        message = bucket + name
        now += pause
        now += pace.wait_s(bucket, message, now, spare=spare)
        pace.spend(bucket, message, now)
        made.append((bucket, message, now))
    slack = 1e-6  # of adding up seconds
    for bucket, message, at in made:
        assert sum(b == bucket and at <= t < at + 6.0 - slack for b, _, t in made) <= 5
        assert sum(m == message and at <= t < at + 1.0 - slack for _, m, t in made) <= 1
