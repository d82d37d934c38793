"""The ASGI application: Streamlit's screens and our routes on one port, behind the security headers."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import routes
from assistant.errors import AssistantError
from assistant.headers import AllowedHosts, BodyLimit, FrenchShell, SecurityHeaders, content_security_policy
from assistant.settings import CHECKOUT, Settings
from index.errors import IndexingError

if TYPE_CHECKING:
    import streamlit as st

SCRIPT = CHECKOUT / "app.py"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound
OPEN = "L’assistant est ouvert : {address} (Ctrl+C pour arrêter)"
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
    _check_port(host, port)
    application(settings, host, port=port).run(config=configuration(host, port))


def application(
    settings: Settings,
    host: str = "127.0.0.1",
    *,
    port: int = 8501,
    script: Path = SCRIPT,
    assistant: routes.AssistantSource | None = None,
) -> st.App:
    """The screens and the routes, sharing one assistant; a test gives its own `script` and `assistant`."""
    import streamlit as st
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from assistant.screens.session import shared_assistant

    opened = assistant or (lambda: shared_assistant(settings))
    site = routes.create_site(opened, settings)
    shell = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    return st.App(
        script,
        routes=[Route(path, endpoint=site) for path in routes.PATHS],
        middleware=[
            Middleware(AllowedHosts, hosts=allowed_hosts(host)),
            Middleware(SecurityHeaders, policy=content_security_policy(shell)),
            Middleware(BodyLimit, paths=routes.PREFIXES),
            Middleware(FrenchShell),
        ],
        lifespan=_lifespan(opened, f"http://{'localhost' if host in EVERYWHERE else _in_address(host)}:{port}"),
    )


def _lifespan(opened: routes.AssistantSource, address: str) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """At the start: opens the assistant aside, so that the first question does not wait, and says the address."""

    def warm_up() -> None:
        with suppress(AssistantError, IndexingError):  # the pages say it to whoever comes
            opened()

    @asynccontextmanager
    async def started(_: Any) -> AsyncIterator[None]:
        threading.Thread(target=warm_up, daemon=True).start()
        print(OPEN.format(address=address), flush=True)
        yield

    return started


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AssistantError(NO_PORT.format(host=host, port=port, reason=error.strerror)) from error


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def configuration(host: str, port: int) -> dict[str, Any]:
    """Streamlit's options, given in code: a config file beside the script is not read from every folder."""
    return {
        "server.port": port,
        "server.address": host,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 20,
        "server.enableAgentApi": False,
        "server.enableXsrfProtection": True,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
        **THEME,
    }


def allowed_hosts(host: str) -> Sequence[str]:
    """The Host headers that are answered: bound to one address, that one and this machine's; bound to all, any."""
    if host in EVERYWHERE:
        return ("*",)
    own = socket.gethostname() if host not in {*LOCAL_HOSTS, "::1"} else "localhost"
    return (_in_address(host), own, *LOCAL_HOSTS)
