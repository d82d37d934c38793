"""The ASGI application: Streamlit's screens and our routes on one port, behind the security headers."""

from __future__ import annotations

import ctypes
import gc
import logging
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant import routes
from assistant.access import Access, is_local_name
from assistant.errors import AssistantError
from assistant.headers import (
    AllowedHosts,
    BodyLimit,
    FrenchShell,
    SameOrigin,
    SecurityHeaders,
    StaffUploads,
    content_security_policy,
)
from assistant.login_page import PATH as LOGIN
from assistant.settings import CHECKOUT, Settings
from index.error_words import reason_of
from index.errors import IndexingError

if TYPE_CHECKING:
    import streamlit as st

LOGGER = logging.getLogger("assistant.serving")
SCRIPT = CHECKOUT / "app.py"
TENDING_S, KEEPING_UP_S = 3600, 0.5
_M_ARENA_MAX = -8  # of malloc.h
_OBJECTS_BETWEEN = (700, 10, 10)  # Python's own: while starting, a command looks for garbage less often
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound
OPEN = "L’assistant est ouvert : {address} (Ctrl+C pour arrêter)"
STAFF_LINK = (
    "Écrans de l’équipe, lien à usage unique, depuis cette machine : {address}{path}?lien={link}\n"
    "(« assistant password » donne un mot de passe à l’équipe et remplace ce lien.)"
)
NO_PORT = "Impossible d’écouter sur {host}:{port} ({reason}). Choisissez un autre port avec --port."

ACCENT, ACCENT_DARK = "#0f5a6b", "#6fc6d6"
THEME = {
    "theme.font": "sans-serif",
    "theme.baseFontSize": 16,
    "theme.baseRadius": "0.5rem",
    "theme.buttonRadius": "0.5rem",
    "theme.headingFontWeights": [650, 650, 600],
    "theme.light.primaryColor": ACCENT,
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f2f6f7",
    "theme.light.textColor": "#14232b",
    "theme.light.linkColor": ACCENT,
    "theme.light.borderColor": "#c9d6da",
    "theme.dark.primaryColor": ACCENT_DARK,
    "theme.dark.backgroundColor": "#10181c",
    "theme.dark.secondaryBackgroundColor": "#18242a",
    "theme.dark.textColor": "#e9f0f2",
    "theme.dark.linkColor": ACCENT_DARK,
    "theme.dark.borderColor": "#34464e",
}


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serves until stopped; what cannot be served (no index yet) is said by the pages themselves.

    Raises:
        AssistantError: the port is taken or may not be used.
    """
    _share_arenas()
    _check_port(host, port)
    application(settings, host, port=port).run(config=configuration(host, port, settings.access.address))


def application(
    settings: Settings,
    host: str = "127.0.0.1",
    *,
    port: int = 8501,
    script: Path = SCRIPT,
    assistant: routes.AssistantSource | None = None,
    desk: routes.DeskSource | None = None,
) -> st.App:
    """The screens and the routes, sharing one desk; a test gives its own `script`, `assistant` and perhaps `desk`."""
    import streamlit as st
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from assistant.screens.guard import shared_access
    from assistant.screens.session import shared_assistant, shared_desk

    # Streamlit reads all the settings at each call to find what it keeps: asked once here. Failures are not kept.
    opened = assistant or cache(lambda: shared_assistant(settings))
    access = shared_access(settings)
    kept = desk or (None if assistant else cache(lambda: shared_desk(settings)))
    site = routes.create_site(opened, settings, access, kept)
    shell = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    return st.App(
        script,
        routes=[Route(path, endpoint=site) for path in routes.PATHS],
        middleware=[
            Middleware(AllowedHosts, hosts=allowed_hosts(host, settings.access.address)),
            Middleware(SameOrigin, address=settings.access.address),
            Middleware(SecurityHeaders, policy=content_security_policy(shell)),
            Middleware(BodyLimit, paths=routes.PREFIXES),
            Middleware(StaffUploads, access=access),
            Middleware(FrenchShell),
        ],
        secrets=login_secrets(access),
        lifespan=_lifespan(
            opened, kept, access, f"http://{'localhost' if host in EVERYWHERE else _in_address(host)}:{port}"
        ),
    )


def login_secrets(access: Access) -> dict[str, Any] | None:
    """What Streamlit's login needs to know of the OIDC provider; None without one."""
    oidc = access.settings.oidc
    if oidc is None:
        return None
    return {
        "auth": {
            "redirect_uri": f"{access.settings.address}/oauth2callback",
            "cookie_secret": access.passwords.cookie_secret(),
            "client_id": oidc.client,
            "client_secret": oidc.secret,
            "server_metadata_url": oidc.metadata_url,
        }
    }


def _lifespan(
    opened: routes.AssistantSource, desk: routes.DeskSource | None, access: Access, address: str
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """At the start: opens and warms the assistant aside, so that no question waits for it, and says the address.

    As long as it serves: what is too old is erased from the journal, and what no longer holds is sent back; the
    generation that the machines agreed on is taken into use, and what waited for the journal is written.
    """
    is_over = threading.Event()

    def warm_up() -> None:
        with suppress(AssistantError, IndexingError):  # the pages say it to whoever comes
            opened().warm()
        _settle()

    def tend() -> None:
        while desk is not None and not is_over.is_set():
            with suppress(AssistantError, IndexingError):  # tried again in an hour
                desk().tend()
            is_over.wait(TENDING_S)

    def keep_up() -> None:
        while desk is not None and not is_over.wait(KEEPING_UP_S):
            try:
                desk().keep_up()
            except (AssistantError, IndexingError):  # the journal cannot be opened yet
                is_over.wait(10 * KEEPING_UP_S)
            except Exception:
                LOGGER.exception("keeping up failed")

    @asynccontextmanager
    async def started(_: Any) -> AsyncIterator[None]:
        for work in (warm_up, tend, keep_up):
            threading.Thread(target=work, daemon=True).start()
        print(OPEN.format(address=address), flush=True)
        link = access.new_link() if is_local_name(urlsplit(address).netloc) else None
        if link is not None:
            print(STAFF_LINK.format(address=address, path=LOGIN, link=link), flush=True)
        yield
        is_over.set()

    return started


def _settle() -> None:
    """What was made until now stays: looking through it for garbage would hold up everybody for 0.13 s at a time.

    What it costs: after the first swap, the vocabulary of the index that was open stays in memory.
    """
    gc.freeze()
    gc.set_threshold(*_OBJECTS_BETWEEN)


def _share_arenas() -> None:
    """Has the C library keep two pools of memory instead of eight a core: 25 MB less with 10,000 passages."""
    with suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AssistantError(NO_PORT.format(host=host, port=port, reason=reason_of(error))) from error


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def configuration(host: str, port: int, address: str | None = None) -> dict[str, Any]:
    """Streamlit's options, given in code: a config file beside the script is not read from every folder."""
    return {
        "server.port": port,
        "server.address": host,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 50,
        "server.enableAgentApi": False,
        "server.enableXsrfProtection": True,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
        **THEME,
        # Behind a proxy that does not pass the Host header on, sockets come from here all the same.
        **({"browser.serverAddress": urlsplit(address).hostname} if address else {}),
    }


def allowed_hosts(host: str, address: str | None = None) -> Sequence[str]:
    """The Host headers that are answered: of the address bound, the site and this machine; bound to all, any."""
    if host in EVERYWHERE:
        return ("*",)
    own = socket.gethostname() if host not in {*LOCAL_HOSTS, "::1"} else "localhost"
    public = urlsplit(address).hostname if address else None
    return (_in_address(host), own, *LOCAL_HOSTS, *([public] if public else []))
