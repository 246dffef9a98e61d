"""A small Discord on loopback, for the real discord.py to log in to: REST and gateway, one server, one channel, one student.

Hand-written from Discord's documentation (https://discord.com/developers/docs) and from what discord.py 2.7.1 reads. It
keeps the rules that a bot is likely to break: a wrong token, no answer within 3 seconds, two first responses, a message
over 2,000 characters, a followup that fills the deferred message, the text of messages for those who may read it, more than
five edits of a bucket in five seconds. What it does not know it answers with 404 and lists in `unknown`. It has no files.
It is longer than other files because it is one state: what comes by REST is seen over the gateway, and the other way round.
"""

import asyncio
import itertools
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

from aiohttp import web

T = TypeVar("T")
Json = dict[str, Any]

TOKEN = "fake-token.of.the-bot"
APPLICATION, BOT, GUILD, CHANNEL, STUDENT, STAFF, DM = "1001", "1002", "1003", "1004", "1005", "1006", "1007"
SLASH, COMPONENT = 2, 3  # types of interactions
EPHEMERAL, LOADING = 1 << 6, 1 << 7  # flags of messages
DEADLINE_S = 3.0  # for the first response to an interaction
AVATAR = b"not really a picture"
_BODY: web.RequestKey[Any] = web.RequestKey("body", object)


@dataclass(frozen=True)
class Request:
    """One request as it came; `at` is on the clock of `time.monotonic`."""

    method: str
    path: str
    body: Any
    at: float


@dataclass
class Interaction:
    """A student's slash command or click, and what the bot made of it.

    Attributes:
        callback: Type of the first response, None before it.
        message: The original response as it is shown now; None while there is none or while the bot "is thinking".
        followups: Further messages, in order.
    """

    id: str
    token: str
    kind: int
    at: float
    callback: int | None = None
    flags: int = 0
    channel: str = CHANNEL
    deleted: bool = False
    message: Json | None = None
    followups: list[Json] = field(default_factory=list)


@dataclass
class Fault:
    """What the server does instead, to the next `times` requests of a kind; where `late`, it does what is asked and hangs then."""

    method: str
    part: str
    times: int
    status: int = 500
    code: int = 0
    hang: bool = False
    late: bool = False
    retry_after_s: float | None = None


class _RefusedError(Exception):
    """Answers a request as Discord refuses it: status, Discord's own code, text."""


class FakeDiscord:
    """The server. Use it as `async with FakeDiscord() as fake`, in the loop of the test.

    Attributes:
        requests: Every REST request, in order.
        unknown: Those of them that no handler knows.
        received: Every payload that came over the gateway.
        connections: The path of every gateway connection; "/resume" is where READY sends those who resume.
        commands: What the bot registered: global commands under "", others under their server's id.
        permissions: What the bot may do on the server.
        accepts: While it is cleared, new gateway connections wait for their HELLO.
        roles: Of the student; `STAFF` is the role "Instructor".
        messages: Those in channels, by id; those that show answers to interactions are the interactions'.
        pinged: Who was notified by messages, in order.
        too_fast: Buckets that saw more than five edits in five seconds.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.requests: list[Request] = []
        self.unknown: list[Request] = []
        self.received: list[Json] = []
        self.connections: list[str] = []
        self.commands: dict[str, list[Json]] = {}
        self.permissions = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 16  # view, send, embed links, read history
        self.accepts = asyncio.Event()
        self.accepts.set()
        self.roles: list[str] = []
        self.messages: dict[str, Json] = {}
        self.threads: dict[str, Json] = {}
        self.heartbeat_ms = 41_250
        self.pinged: list[str] = []
        self.too_fast: list[str] = []
        self._edits: dict[str, list[float]] = {}
        self._faults: list[Fault] = []
        self._released = asyncio.Event()
        self._interactions: dict[str, Interaction] = {}
        self._expired: set[str] = set()
        self._events: list[Json] = []
        self._socket: web.WebSocketResponse | None = None
        self._session = "session-1"
        self._count = itertools.count(1)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._record])
        api = "/api/v10"
        app.router.add_get("/", self._gateway)
        app.router.add_get("/resume", self._gateway)
        app.router.add_get(f"/cdn/avatars/{BOT}/{{file}}", self._avatar)
        app.router.add_get(f"{api}/users/@me", self._me)
        app.router.add_get(f"{api}/users/@me/guilds", self._guilds)
        app.router.add_get(f"{api}/oauth2/applications/@me", self._application)
        app.router.add_put(f"{api}/applications/{APPLICATION}/commands", self._put_commands)
        app.router.add_put(f"{api}/applications/{APPLICATION}/guilds/{{guild}}/commands", self._put_commands)
        app.router.add_post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback)
        app.router.add_patch(f"{api}/webhooks/{APPLICATION}/{{token}}/messages/@original", self._edit_original)
        app.router.add_patch(f"{api}/webhooks/{APPLICATION}/{{token}}/messages/{{message}}", self._edit_original)
        app.router.add_get(f"{api}/webhooks/{APPLICATION}/{{token}}/messages/@original", self._get_original)
        app.router.add_post(f"{api}/webhooks/{APPLICATION}/{{token}}", self._follow_up)
        app.router.add_delete(f"{api}/webhooks/{APPLICATION}/{{token}}/messages/{{message}}", self._delete_original)
        app.router.add_post(f"{api}/channels/{{channel}}/messages", self._post_message)
        app.router.add_patch(f"{api}/channels/{{channel}}/messages/{{message}}", self._edit_message)
        app.router.add_delete(f"{api}/channels/{{channel}}/messages/{{message}}", self._delete_message)
        app.router.add_post(f"{api}/channels/{{channel}}/messages/{{message}}/threads", self._open_thread)
        app.router.add_delete(f"{api}/channels/{{channel}}", self._delete_thread)
        app.router.add_post(f"{api}/users/@me/channels", self._open_dm)
        app.router.add_get(f"{api}/users/{{user}}", self._get_user)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.api_base, self.gateway_url = f"http://127.0.0.1:{port}{api}", f"ws://127.0.0.1:{port}/"
        self.cdn_base = f"http://127.0.0.1:{port}/cdn"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        if self._socket is not None:
            await self._socket.close(code=1001)
        await self._runner.cleanup()

    # What tests do.

    async def slash(self, name: str, *, student: str = STUDENT, **options: str | bool) -> Interaction:
        """A student runs a registered slash command, or "group command". If the bot is not connected, it hears of it when it resumes."""
        name, *sub = name.split()
        guild, command = next((guild, c) for guild, all_ in self.commands.items() for c in all_ if c["name"] == name)
        data: Json = {"id": command["id"], "name": name, "type": 1}
        inner = next(c for c in command["options"] if c["name"] == sub[0]) if sub else command
        kinds = {option["name"]: option["type"] for option in inner.get("options", [])}
        given = [{"name": key, "type": kinds[key], "value": value} for key, value in options.items()]
        data["options"] = [{"name": sub[0], "type": 1, "options": given}] if sub else given
        return await self._interact(SLASH, data | ({"guild_id": guild} if guild else {}), student=student)

    async def click(self, custom_id: str, *, student: str = STUDENT, message: Json | None = None) -> Interaction:
        """A student clicks a button of a message that the bot has shown."""
        if message is None:
            shown = [i.message for i in self._interactions.values() if i.message is not None] + list(self.messages.values())
            message = next(m for m in shown if custom_id in {b["custom_id"] for b in buttons(m)})
        return await self._interact(COMPONENT, {"component_type": 2, "custom_id": custom_id}, student=student, message=message)

    async def say(
        self, content: str, *, channel: str = CHANNEL, mention: bool = False, reply_to: Json | None = None, student: str = STUDENT
    ) -> Json:
        """A student writes a message; the bot hears of it, with its text if it may read it."""
        message = self._message({"content": content}, 0, channel) | {"author": _user(student, "ann"), "type": 19 if reply_to else 0}
        if mention:
            message |= {"content": f"<@{BOT}> {content}", "mentions": [_user(BOT, "Lector", bot=True) | {"member": _member({})}]}
        if reply_to is not None:
            message |= {"referenced_message": reply_to, "message_reference": {"message_id": reply_to["id"], "channel_id": channel}}
        self.messages[message["id"]] = message
        await self._dispatch("MESSAGE_CREATE", self._seen(message))
        return message

    async def edit(self, message: Json, content: str) -> None:
        """A student edits a message."""
        message |= {"content": content, "edited_timestamp": _timestamp(time.time())}
        await self._dispatch("MESSAGE_UPDATE", self._seen(message))

    async def delete(self, message: Json) -> None:
        """Somebody deletes a message."""
        self.messages.pop(message["id"], None)
        for interaction in self._interactions.values():
            if interaction.message is not None and interaction.message["id"] == message["id"]:
                interaction.message, interaction.deleted = None, True
        deleted = {"id": message["id"], "channel_id": message["channel_id"]}
        await self._dispatch("MESSAGE_DELETE", deleted | ({"guild_id": GUILD} if message["channel_id"] != DM else {}))

    def fail(self, method: str, part: str, *, times: int = 1, **how: Any) -> Fault:
        """Have the next requests of this method, with `part` in their path, fail: see `Fault`."""
        self._faults.append(Fault(method, part, times, **how))
        return self._faults[-1]

    async def kick(self) -> None:
        """Take the bot off the server."""
        await self._dispatch("GUILD_DELETE", {"id": GUILD})

    async def invite(self) -> None:
        """Take it back."""
        await self._dispatch("GUILD_CREATE", self._guild())

    async def invalidate(self) -> None:
        """Tell the client that its session is no more: it has to identify anew."""
        assert self._socket is not None, "nobody is connected"
        await self._socket.send_json({"op": 9, "d": False})

    def shown(self, part: str) -> list[Json]:
        """The bot's messages in channels whose text has `part` in it."""
        return [m for m in self.messages.values() if m["author"]["id"] == BOT and part in m["content"]]

    def expire(self, interaction: Interaction) -> None:
        """Have 15 minutes pass for an interaction: its token is refused from now on."""
        self._expired.add(interaction.token)

    async def drop(self, code: int = 4000) -> None:
        """Close the gateway connection; the client may resume after 4000."""
        assert self._socket is not None, "nobody is connected"
        socket, self._socket = self._socket, None
        await socket.close(code=code)

    async def until(self, condition: Callable[[], T], *, within_s: float = 90.0) -> T:
        """Wait until `condition()` is true, and give its value."""
        deadline = time.monotonic() + within_s
        while not (value := condition()):
            seen = [(request.method, request.path) for request in self.requests[-8:]]
            assert time.monotonic() < deadline, f"waited {within_s} s in vain; the last requests: {seen}, unknown: {self.unknown}"
            await asyncio.sleep(0.005)
        return value

    def sent(self, method: str, part: str) -> list[Request]:
        """The bot's requests of this method with `part` in their path."""
        return [request for request in self.requests if request.method == method and part in request.path]

    def ops(self, op: int) -> list[Json]:
        """What came over the gateway with this op code (1 heartbeat, 2 IDENTIFY, 6 RESUME)."""
        return [payload for payload in self.received if payload["op"] == op]

    @property
    def connected(self) -> bool:
        """Does a client listen, who would hear of what happens now?"""
        return self._socket is not None

    @property
    def sequence(self) -> int:
        """Number of the newest event."""
        return len(self._events)

    @property
    def settings(self) -> dict[str, str]:
        """Values of the section `discord` that lead here."""
        return {"token": self.token, "api_base": self.api_base, "gateway_url": self.gateway_url, "cdn_base": self.cdn_base}

    # REST.

    @web.middleware
    async def _record(self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw and request.content_type == "application/json" else None
        recorded = Request(request.method, request.path, body, time.monotonic())
        self.requests.append(recorded)
        request[_BODY] = body
        try:
            late = await self._fail(recorded)
            # Interactions and webhooks carry their token in the path instead.
            if request.path.startswith(("/api/v10/users", "/api/v10/oauth2", "/api/v10/applications")):
                _check(request.headers.get("Authorization") == f"Bot {self.token}", 401, 0, "401: Unauthorized")
            response = await handler(request)
            if late:
                await self._released.wait()
            return response
        except _RefusedError as refused:
            status, code, message = refused.args
            if status == 429:
                return _json({"message": message, "retry_after": code, "global": False}, status, {"Via": "1.1 fake"})
            return _json({"code": code, "message": message}, status)
        except web.HTTPException as exc:
            self.unknown.append(recorded)
            return _json({"code": 0, "message": f"{exc.status}: {exc.reason}"}, 404)

    async def _fail(self, request: Request) -> bool:
        """Do a fault's work; True if it comes after the request's."""
        for fault in self._faults:
            if fault.times and fault.method == request.method and fault.part in request.path:
                fault.times -= 1
                if fault.late:
                    return True
                if fault.hang:
                    await self._released.wait()
                if fault.retry_after_s is not None:
                    raise _RefusedError(429, fault.retry_after_s, "You are being rate limited.")
                raise _RefusedError(fault.status, fault.code, "made to fail")
        return False

    async def _me(self, _: web.Request) -> web.Response:
        return _json(_user(BOT, "Lector", bot=True))

    async def _application(self, _: web.Request) -> web.Response:
        made = {"id": APPLICATION, "name": "Lector", "description": "", "icon": None, "verify_key": "0" * 64}
        return _json(made | {"bot_public": False, "bot_require_code_grant": False, "flags": 0, "owner": _user("1006", "owner")})

    async def _guilds(self, _: web.Request) -> web.Response:
        guild = {"id": GUILD, "name": "Course", "icon": None, "owner": False, "features": [], "permissions": str(self.permissions)}
        return _json([guild])

    async def _avatar(self, _: web.Request) -> web.Response:
        return web.Response(body=AVATAR, content_type="image/png")

    async def _put_commands(self, request: web.Request) -> web.Response:
        guild = request.match_info.get("guild", "")
        _check(guild in ("", GUILD), 403, 50001, "Missing Access")
        given = {"application_id": APPLICATION, "version": "1"} | ({"guild_id": guild} if guild else {})
        self.commands[guild] = [{"description": ""} | command | given | {"id": self._snowflake()} for command in request[_BODY]]
        return _json(self.commands[guild])

    async def _callback(self, request: web.Request) -> web.Response:
        interaction, body = self._interaction(request), request[_BODY]
        _check(interaction.id == request.match_info["id"], 404, 10062, "Unknown interaction")
        _check(interaction.callback is None, 400, 40060, "Interaction has already been acknowledged.")
        _check(time.monotonic() - interaction.at <= DEADLINE_S, 404, 10062, "Unknown interaction")
        kind, data = body["type"], body.get("data") or {}
        if kind == 6:  # nothing is shown; the message that was clicked may be edited later
            interaction.callback = kind
            return _json({"interaction": {"id": interaction.id, "type": interaction.kind}})
        if kind not in (4, 5):  # a message, or one that follows
            raise web.HTTPNotFound
        message = self._message(data, data.get("flags", 0) | (LOADING if kind == 5 else 0), interaction.channel)
        interaction.callback, interaction.flags = kind, data.get("flags", 0)
        interaction.message = message if kind == 4 else None
        return _json({"interaction": {"id": interaction.id, "type": interaction.kind}, "resource": {"type": kind, "message": message}})

    async def _edit_original(self, request: web.Request) -> web.Response:
        interaction = self._interaction(request)
        _check(interaction.callback is not None, 404, 10015, "Unknown Webhook")
        _check(not interaction.deleted, 404, 10008, "Unknown Message")
        if (named := request.match_info.get("message")) is not None:
            _check(interaction.message is not None and interaction.message["id"] == named, 404, 10008, "Unknown Message")
        self._count_edit(interaction.token)
        interaction.message = self._edited(interaction.message, request[_BODY], interaction.flags)
        return _json(interaction.message)

    async def _get_original(self, request: web.Request) -> web.Response:
        interaction = self._interaction(request)
        _check(interaction.message is not None, 404, 10008, "Unknown Message")
        return _json(interaction.message)

    async def _edit_message(self, request: web.Request) -> web.Response:
        """The bot edits a message of its own in the channel."""
        shown = (i for i in self._interactions.values() if i.message and i.message["id"] == request.match_info["message"])
        interaction = next(shown, None)
        self._count_edit(request.match_info["channel"])
        if interaction is not None:
            interaction.message = self._edited(interaction.message, request[_BODY], interaction.flags)
            return _json(interaction.message)
        message = self.messages.get(request.match_info["message"])
        _check(message is not None, 404, 10008, "Unknown Message")
        assert message is not None
        message |= {name: request[_BODY][name] or [] for name in ("content", "components") if name in request[_BODY]}
        return _json(message)

    async def _delete_original(self, request: web.Request) -> web.Response:
        interaction = self._interaction(request)
        interaction.message, interaction.deleted = None, True
        return web.Response(status=204)

    async def _post_message(self, request: web.Request) -> web.Response:
        channel, body = request.match_info["channel"], request[_BODY]
        _check(channel in (CHANNEL, DM, *self.threads), 404, 10003, "Unknown Channel")
        _check(channel == DM or bool(self.permissions & 1 << 11), 403, 50013, "Missing Permissions")
        twice = (m for m in self.messages.values() if m["nonce"] is not None and m["nonce"] == body.get("nonce"))
        if body.get("enforce_nonce") and (known := next(twice, None)) is not None:
            return _json(known)
        message = self._message(body, 0, channel) | {"nonce": body.get("nonce"), "message_reference": body.get("message_reference")}
        if not message["message_reference"]:
            del message["message_reference"]
        self.messages[message["id"]] = message
        self.pinged += [str(user) for user in (body.get("allowed_mentions") or {}).get("users", [])]
        return _json(message)

    async def _delete_message(self, request: web.Request) -> web.Response:
        _check(self.messages.pop(request.match_info["message"], None) is not None, 404, 10008, "Unknown Message")
        return web.Response(status=204)

    async def _open_thread(self, request: web.Request) -> web.Response:
        id_ = request.match_info["message"]
        _check(bool(self.permissions & 1 << 35), 403, 50013, "Missing Permissions")
        _check(id_ not in self.threads, 400, 160004, "A thread has already been created for this message")
        self.threads[id_] = self._thread(id_, request[_BODY]["name"])  # a thread has its message's number
        await self._dispatch("THREAD_CREATE", self.threads[id_] | {"newly_created": True})
        return _json(self.threads[id_])

    async def _delete_thread(self, request: web.Request) -> web.Response:
        thread = self.threads.pop(request.match_info["channel"], None)
        _check(thread is not None, 404, 10003, "Unknown Channel")
        return _json(thread)

    async def _open_dm(self, request: web.Request) -> web.Response:
        return _json({"id": DM, "type": 1, "recipients": [_user(request[_BODY]["recipient_id"], "ann")], "last_message_id": None})

    async def _get_user(self, request: web.Request) -> web.Response:
        return _json(_user(request.match_info["user"], "ann"))

    def _thread(self, id_: str, name: str) -> Json:
        made: Json = {"id": id_, "type": 11, "guild_id": GUILD, "parent_id": CHANNEL, "owner_id": BOT, "name": name, "message_count": 0}
        archive = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": _timestamp(time.time()), "locked": False}
        return made | {"member_count": 1, "thread_metadata": archive, "rate_limit_per_user": 0, "flags": 0}

    def _seen(self, message: Json) -> Json:
        """A message as the bot sees it: without the privileged intent its text only where it is spoken to."""
        ours = any(user["id"] == BOT for user in message["mentions"]) or message["channel_id"] == DM
        seen = message if ours else message | {"content": ""}
        return seen if message["channel_id"] == DM else seen | {"guild_id": GUILD, "member": _member({})}

    def _count_edit(self, bucket: str) -> None:
        edits = self._edits.setdefault(bucket, [])
        edits.append(time.monotonic())
        if len(edits) > 5 and edits[-1] - edits[-6] < 5.0:
            self.too_fast.append(bucket)

    async def _follow_up(self, request: web.Request) -> web.Response:
        interaction = self._interaction(request)
        _check(interaction.callback is not None, 404, 10015, "Unknown Webhook")
        if interaction.callback == 5 and interaction.message is None:
            # "The loading message will be edited instead. The ephemeral flag will be ignored" (Create Followup Message).
            return await self._edit_original(request)
        interaction.followups.append(self._message(request[_BODY], request[_BODY].get("flags", 0), interaction.channel))
        return _json(interaction.followups[-1])

    def _interaction(self, request: web.Request) -> Interaction:
        _check(request.match_info["token"] in self._interactions, 404, 10015, "Unknown Webhook")
        _check(request.match_info["token"] not in self._expired, 401, 50027, "Invalid Webhook Token")
        return self._interactions[request.match_info["token"]]

    def _edited(self, message: Json | None, body: Json, flags: int) -> Json:
        made = self._message(body, flags)
        return made if message is None else message | made | {"id": message["id"]}

    def _message(self, body: Json, flags: int, channel: str = CHANNEL) -> Json:
        content = body.get("content") or ""
        _check(len(content) <= 2000, 400, 50035, "Invalid Form Body: content: Must be 2000 or fewer in length.")
        made: Json = {"id": self._snowflake(), "channel_id": channel, "author": _user(BOT, "Lector", bot=True), "type": 0, "flags": flags}
        made |= {"content": content, "components": body.get("components") or [], "embeds": [], "attachments": [], "mentions": []}
        made |= {"mention_roles": [], "mention_everyone": False, "pinned": False, "tts": False, "edited_timestamp": None}
        return made | {"timestamp": _timestamp(time.time()), "nonce": None}

    def _snowflake(self) -> str:
        return str((int(time.time() * 1000) - 1_420_070_400_000) << 22 | next(self._count) % 4096)

    # The gateway.

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections.append(request.path)
        await self.accepts.wait()
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
        async for frame in socket:
            payload = json.loads(frame.data)
            self.received.append(payload | {"at": time.monotonic()})
            match payload["op"]:
                case 1:
                    await socket.send_json({"op": 11})
                case 2 | 6 if payload["d"]["token"] != self.token:
                    await socket.close(code=4004, message=b"Authentication failed.")
                case 2:
                    self._socket = socket
                    await self._greet()
                case 6 if payload["d"]["session_id"] == self._session and payload["d"]["seq"] <= self.sequence:
                    missed = payload["d"]["seq"]
                    while missed < self.sequence:
                        await socket.send_json(self._events[missed])
                        missed += 1
                    self._socket = socket
                    await self._dispatch("RESUMED", {})
                case 6:
                    await socket.send_json({"op": 9, "d": False})
        self._socket = None if self._socket is socket else self._socket
        return socket

    async def _greet(self) -> None:
        bot = _user(BOT, "Lector", bot=True)
        ready: Json = {"v": 10, "user": bot, "guilds": [{"id": GUILD, "unavailable": True}], "application": {"id": APPLICATION, "flags": 0}}
        await self._dispatch("READY", ready | {"session_id": self._session, "resume_gateway_url": f"{self.gateway_url}resume"})
        await self._dispatch("GUILD_CREATE", self._guild())

    def _guild(self) -> Json:
        channel = {"id": CHANNEL, "type": 0, "name": "readings", "position": 0}
        guild: Json = {"id": GUILD, "name": "Course", "unavailable": False, "roles": [{"id": GUILD, "name": "@everyone"}]}
        guild["roles"].append({"id": STAFF, "name": "Instructor", "permissions": "0", "position": 1, "color": 0, "hoist": False})
        guild["roles"][-1] |= {"managed": False, "mentionable": False, "flags": 0}
        return guild | {"channels": [channel], "members": [_member(_user(BOT, "Lector", bot=True))]}

    async def _dispatch(self, name: str, data: Json) -> None:
        event = {"op": 0, "t": name, "s": self.sequence + 1, "d": data}
        self._events.append(event)
        if self._socket is not None:
            await self._socket.send_json(event)

    async def _interact(self, kind: int, data: Json, *, student: str = STUDENT, **more: Any) -> Interaction:
        interaction = Interaction(self._snowflake(), f"interaction-{next(self._count)}", kind, time.monotonic())
        self._interactions[interaction.token] = interaction
        event: Json = {"id": interaction.id, "application_id": APPLICATION, "type": kind, "token": interaction.token, "version": 1}
        event |= {
            "guild_id": GUILD,
            "channel": {"id": CHANNEL, "type": 0},
            "member": _member(_user(student, "ann")) | {"roles": self.roles},
        }
        await self._dispatch("INTERACTION_CREATE", event | {"data": data, "attachment_size_limit": 10_485_760} | more)
        return interaction


def buttons(message: Json) -> list[Json]:
    """The buttons of a message, row after row."""
    return [button for row in message["components"] for button in row["components"]]


def _user(id_: str, name: str, *, bot: bool = False) -> Json:
    return {"id": id_, "username": name, "discriminator": "0", "global_name": None, "avatar": "a" * 32 if bot else None, "bot": bot}


def _member(user: Json) -> Json:
    return {"user": user, "roles": [], "flags": 0, "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False}


def _check(holds: bool, status: int, code: int, message: str) -> None:
    if not holds:
        raise _RefusedError(status, code, message)


def _timestamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # Not web.json_response: with its charset in the Content-Type, discord.py takes the body for text.
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json", headers=headers)
