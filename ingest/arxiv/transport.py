"""The one way to arXiv: only to hosts on the allow-list, politely, and again when that may help.

Tried again, with a growing wait: 429, 5xx, no answer in time, an answer that breaks off. Never again: everything else.
Redirects are followed here, hop by hop, because each hop must stand on the allow-list and waits for its own turn.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar, cast

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception

from common.errors import SourceError
from common.settings import Arxiv
from ingest.arxiv.pacing import Clock, Pace

_REDIRECTS = 3
_BACKOFF_MAX_S = 60.0
_OUT_OF_REACH = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
_PASSING = (httpx.HTTPStatusError, httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)

T = TypeVar("T")


class Transport:
    """Requests of one run to arXiv.

    A host that cannot be reached, or that asks for a long rest, is not asked again in this run: the next paper is told at once.

    Args:
        folder: Where the lock of the pace lies; see `Pace`.
    """

    def __init__(self, settings: Arxiv, folder: Path, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._pace = Pace(folder, settings.pause_s, settings.retry_after_max_s, clock)
        self._folder = folder
        self._closed: dict[str, str] = {}
        self._waited_s = 0.0

    def exchange(
        self,
        url: str,
        receive: Callable[[httpx.Response, float], T],
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> T:
        """Ask for `url` and have the answer read.

        Args:
            receive: Reads an answer that is neither a redirect, 429 nor 5xx, by the deadline that it is given (seconds since
                the epoch). It may raise httpx.RemoteProtocolError for one that is not whole, which is then tried again.
            headers: Made anew for each try.

        Raises:
            SourceError: It cannot be had; the message says why and what to do.
        """
        target = _checked(httpx.URL(url), self._settings)
        if not self._settings.enabled:
            raise SourceError("sources.arxiv.enabled is false: switch it on to ask arXiv")
        if target.host in self._closed:
            raise SourceError(self._closed[target.host])
        deadline = self._clock.now() + self._settings.fetch_max_s
        retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=self._wait_s,
            stop=lambda state: self._is_over(state, deadline),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return cast(T, retrying(self._attempt, target, receive, headers, deadline))
        except httpx.HTTPError as exc:
            raise self._give_up(target, exc, int(retrying.statistics["attempt_number"])) from exc

    def _attempt(
        self,
        target: httpx.URL,
        receive: Callable[[httpx.Response, float], T],
        headers: Callable[[], Mapping[str, str]],
        deadline: float,
    ) -> T:
        asked = target
        for _hop in range(1 + _REDIRECTS):
            with self._pace.turn(deadline) as turn, self._client() as client, client.stream("GET", target, headers=headers()) as response:
                if response.has_redirect_location:
                    target = self._next(target, response.headers["location"])
                    continue
                if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
                    turn.rest_s = self._retry_after_s(response)
                    response.raise_for_status()
                return receive(response, deadline)
        raise SourceError(f"{asked} is redirected more than {_REDIRECTS} times: open it in a browser to see where")

    def _client(self) -> httpx.Client:
        timeout = httpx.Timeout(self._settings.read_timeout_s, connect=self._settings.connect_timeout_s)
        # identity: a range of bytes must be one of the file, not of its compressed form
        headers = {"User-Agent": "lector/0.1 (course assistant)", "Accept-Encoding": "identity"}
        # httpx (0.28.1) looks at the target of a redirect even where it is not to follow it, and calls a broken one a broken
        # connection; the hook comes first and says what it is.
        hooks = {"response": [self._check_redirect]}
        return httpx.Client(timeout=timeout, follow_redirects=False, headers=headers, event_hooks=hooks)

    def _check_redirect(self, response: httpx.Response) -> None:
        if response.has_redirect_location:
            self._next(response.url, response.headers["location"])

    def _next(self, current: httpx.URL, location: str) -> httpx.URL:
        try:
            return _checked(current.join(location), self._settings)
        except (httpx.InvalidURL, ValueError) as exc:
            raise SourceError(f"{current} is redirected to something that is no link: open it in a browser to see what") from exc

    def _retry_after_s(self, response: httpx.Response) -> float:
        """Seconds that the answer asks to wait, 0 if it does not say (RFC 9110, 10.2.3: seconds or a date)."""
        given: str = response.headers.get("retry-after", "").strip()
        if re.fullmatch("[0-9]+", given):
            return float(given[:9])
        try:
            when = parsedate_to_datetime(given)
        except (ValueError, OverflowError):
            return 0.0
        return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - self._clock.now())

    def _wait_s(self, state: RetryCallState) -> float:
        """Doubled with each try; half of it by chance, so that many who were turned away do not come back together."""
        whole = min(_BACKOFF_MAX_S, self._settings.backoff_s * 2.0 ** (state.attempt_number - 1))
        return max(whole * (0.5 + 0.5 * self._clock.jitter()), self._rest_s(_raised(state)))

    def _is_over(self, state: RetryCallState, deadline: float) -> bool:
        wait_s = state.upcoming_sleep
        return (
            state.attempt_number >= self._settings.attempts
            or self._rest_s(_raised(state)) > self._settings.retry_after_max_s
            or self._waited_s + wait_s > self._settings.retry_budget_s
            or self._clock.now() + wait_s > deadline
        )

    def _sleep(self, seconds: float) -> None:
        self._waited_s += seconds
        self._clock.sleep(seconds)

    def _rest_s(self, exc: BaseException | None) -> float:
        return self._retry_after_s(exc.response) if isinstance(exc, httpx.HTTPStatusError) else 0.0

    def _give_up(self, target: httpx.URL, exc: httpx.HTTPError, tries: int) -> SourceError:
        site = f"{target.scheme}://{target.netloc.decode('ascii')}"
        times = f"{tries} tries" if tries > 1 else "one try"
        if isinstance(exc, _OUT_OF_REACH):
            self._closed[target.host] = f"{site} is out of reach ({type(exc).__name__}): connect, or put the PDF into {self._folder}"
            return SourceError(self._closed[target.host])
        if isinstance(exc, httpx.HTTPStatusError):
            status, rest_s = exc.response.status_code, self._rest_s(exc)
            if rest_s > self._settings.retry_after_max_s:
                when = datetime.fromtimestamp(self._clock.now() + rest_s).strftime("%H:%M")
                self._closed[target.host] = f"{site} answers {status} and asks to be left alone until {when}: run again after that"
                return SourceError(self._closed[target.host])
            return SourceError(f"{target} answered {status} ({times}): run again later")
        if isinstance(exc, httpx.TimeoutException):
            return SourceError(f"{target} answers too slowly ({times}): run again later")
        if isinstance(exc, _PASSING):
            return SourceError(f"{target} broke off ({times}): run again later")
        return SourceError(f"{target} gave an answer that cannot be read ({type(exc).__name__}): run again later")


def _checked(url: httpx.URL, settings: Arxiv) -> httpx.URL:
    """The URL, if Lector may ask it: https to a host on the list, or exactly where the settings point on this machine.

    Raises:
        SourceError: It may not.
    """
    configured = [httpx.URL(x) for x in (settings.base_url, settings.api_url, settings.oai_url)]
    if any((url.scheme, url.host, url.port) == (c.scheme, c.host, c.port) for c in configured):
        return url
    if url.scheme == "https" and url.host in settings.hosts and url.port is None and not url.userinfo:
        return url
    raise SourceError(f"{url.scheme}://{url.host} is not on the list of hosts that Lector asks (sources.arxiv.hosts): it was not followed")


def _may_pass(exc: BaseException) -> bool:
    return isinstance(exc, _PASSING) and not isinstance(exc, _OUT_OF_REACH)


def _raised(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None
