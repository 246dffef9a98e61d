"""What moment it is: passed to whatever stores moments, so that tests and the simulated Discord can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]  # gives a moment with a time zone


def utc_now() -> datetime:
    """The server's clock."""
    return datetime.now(UTC)
