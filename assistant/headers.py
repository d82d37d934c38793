"""Pure ASGI middleware of the web app: security headers, French page language, body size, accepted hosts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Collection, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from assistant.errors import AssistantError
from assistant.limits import TooMany

if TYPE_CHECKING:
    from assistant.access import Access

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

UPLOADS = "/_stcore/upload_file"
MAX_API_BYTES = 256 * 1024
SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)
REFUSED_HOST = "Nom d’hôte refusé : l’assistant ne répond qu’aux adresses prévues."
TOO_LARGE = "Demande trop longue : 256 ko au plus."
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_LANGUAGE = re.compile(rb"<html lang=\"en\"")
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_AGENT_LINK = re.compile(rb"<link rel=\"service-desc\"[^>]*>")
_WITHOUT_SCRIPT = (
    '<noscript><p>Cette page a besoin de JavaScript. <a href="/simple">La version simple</a> s’en passe.</p></noscript>'
).encode()
_OWN_SCRIPT = b'<script src="/simple/page.js" defer></script>'


def content_security_policy(shell: bytes) -> str:
    """The policy for Streamlit's pages; `shell` is its index.html, whose inline scripts are allowed by their hash."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE_SCRIPT.findall(shell))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the security headers to every answer that does not carry its own."""

    def __init__(self, app: App, policy: str) -> None:
        self.app = app
        self.headers = (*SECURITY, (b"content-security-policy", policy.encode("latin-1")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                missing = [(name, value) for name, value in self.headers if name not in present]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        await self.app(scope, receive, completed if scope["type"] == "http" else send)


class FrenchShell:
    """Says in Streamlit's own page that its language is French, which no option does."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; only pages that a browser asks for as HTML are held and rewritten."""
        if scope["type"] != "http" or not _asks_for_html(scope):
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name not in _CONDITIONAL]
        await self.app({**scope, "headers": plain}, receive, _Rewriting(send))


_CONDITIONAL = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})


class _Rewriting:
    """A `send` that holds an HTML answer until it is whole, then passes it on in French."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message["headers"]):
            self.start = message
        elif self.start is not None and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)
        else:
            await self.send(message)

    async def _finish(self, start: Message) -> None:
        body = french(self.body)
        dropped = {b"content-length", b"etag", b"last-modified"}
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in dropped]
        start["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def french(page: bytes) -> bytes:
    """Streamlit's page in French: its language, our script for labels, a sentence for browsers without JavaScript."""
    if b'<div id="root">' not in page:
        return page
    spoken = _NOSCRIPT.sub(_WITHOUT_SCRIPT, _LANGUAGE.sub(b'<html lang="fr"', page, count=1), count=1)
    spoken = _AGENT_LINK.sub(b"", spoken)
    return spoken.replace(b"</head>", _OWN_SCRIPT + b"</head>", 1)


class BodyLimit:
    """Refuses bodies over `max_bytes` on the routes of `paths`, said or streamed."""

    def __init__(self, app: App, paths: Sequence[str], max_bytes: int = MAX_API_BYTES) -> None:
        self.app = app
        self.paths = tuple(paths)
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads the body up to the limit before passing the request on."""
        if scope["type"] != "http" or not scope["path"].startswith(self.paths):
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more and len(body) <= self.max_bytes:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if len(body) > self.max_bytes:
            await send_error(send, 413, TOO_LARGE)
            return
        await self.app(scope, _replayed(body, receive), send)


class AllowedHosts:
    """Refuses requests for a Host that is not ours, against pages of others that point a name at this machine."""

    def __init__(self, app: App, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on when its host is known; "*" knows all."""
        if scope["type"] not in {"http", "websocket"} or "*" in self.hosts or _host(scope) in self.hosts:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await send_error(send, 400, REFUSED_HOST)


class SameOrigin:
    """Refuses sockets that a page of another site opens; the site itself may stand behind a proxy at `address`.

    Streamlit refuses them too, but asks a server on the internet first what its own address is.
    """

    def __init__(self, app: App, address: str | None) -> None:
        self.app = app
        self.name = urlsplit(address).hostname if address else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, unless it opens a socket from elsewhere."""
        given = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
        if scope["type"] != "websocket" or self._is_ours(given.get(b"origin"), given.get(b"host", "")):
            await self.app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})

    def _is_ours(self, origin: str | None, host: str) -> bool:
        if origin is None:  # no browser
            return True
        try:
            parts = urlsplit(origin)
            return parts.netloc.lower() == host.lower() or (parts.hostname is not None and parts.hostname == self.name)
        except ValueError:
            return False


async def send_error(send: Send, status: int, sentence: str) -> None:
    """An error as the routes give them: JSON with a French sentence."""
    body = json.dumps({"error": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body already read, then whatever comes."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


def _host(scope: Scope) -> str:
    """The name in the Host header, without its port."""
    header = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1").lower()
    return header.rsplit(":", 1)[0] if not header.endswith("]") else header


def _asks_for_html(scope: Scope) -> bool:
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"*/*")
    return scope["method"] == "GET" and (b"text/html" in accept or b"*/*" in accept) and "." not in scope["path"]


def _is_html(headers: Sequence[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()


class StaffUploads:
    """Keeps Streamlit's upload route, by which any page could fill the memory, to those who may change documents."""

    def __init__(self, app: App, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on when it is no upload, or one of somebody who may."""
        if scope["type"] != "http" or not scope["path"].startswith(UPLOADS) or scope["method"] in {"OPTIONS", "DELETE"}:
            await self.app(scope, receive, send)
            return
        caller = HTTPConnection(scope)
        try:
            self.access.admit_upload(caller.cookies, caller.client.host if caller.client else "")
        except TooMany as error:
            await send_error(send, 429, str(error))
        except AssistantError as error:
            await send_error(send, 403, str(error))
        else:
            await self.app(scope, receive, send)
