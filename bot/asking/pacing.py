"""How often messages may be edited: Discord allows five requests in five seconds for each bucket, and asks not to go near it. Pure."""

from collections import deque

_WINDOW_S = 6.0  # one more than Discord's: a request may take longer than those after it
_GAP_S = 1.0  # between two edits of one message
_SPARE = 2  # of the five, kept for answers: what only tells a place waits for a quieter moment


class EditPace:
    """Remembers the last edits of every bucket: the channel of a bot's own messages, the token of an interaction's.

    Every `now` is in seconds, on one clock that never goes back.
    """

    def __init__(self, most: int = 5) -> None:
        """`most` edits in any six seconds, so that no delay on the way makes six of them in five."""
        self._most = most
        self._edits: dict[str, deque[float]] = {}
        self._messages: dict[str, float] = {}

    def wait_s(self, bucket: str, message: str, now: float, *, spare: bool = False) -> float:
        """How long to wait before the next edit of a message; 0 when it may be now.

        Args:
            spare: The edit can wait: leave room for others.
        """
        most = self._most - _SPARE if spare else self._most
        edits = self._edits.get(bucket, ())
        wait = self._messages.get(message, float("-inf")) + _GAP_S - now
        if len(edits) >= most:
            wait = max(wait, edits[len(edits) - most] + _WINDOW_S - now)
        return max(wait, 0.0)

    def spend(self, bucket: str, message: str, now: float) -> None:
        """An edit is being made."""
        self._forget(now)
        self._edits.setdefault(bucket, deque(maxlen=self._most)).append(now)
        self._messages[message] = now

    def _forget(self, now: float) -> None:
        if len(self._messages) + len(self._edits) > 1000:
            self._messages = {message: at for message, at in self._messages.items() if now - at < _GAP_S}
            self._edits = {bucket: edits for bucket, edits in self._edits.items() if now - edits[-1] < _WINDOW_S}
