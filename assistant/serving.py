"""The ASGI application: Streamlit's screens and our routes on one port, behind the security headers."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import routes
from assistant.headers import AllowedHosts, BodyLimit, FrenchShell, SecurityHeaders, content_security_policy
from assistant.settings import CHECKOUT, Settings

if TYPE_CHECKING:
    import streamlit as st

SCRIPT = CHECKOUT / "app.py"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound

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
    """Serves until stopped; what cannot be served (no index yet) is said by the pages themselves."""
    application(settings, host).run(config=configuration(host, port))


def application(
    settings: Settings,
    host: str = "127.0.0.1",
    *,
    script: Path = SCRIPT,
    assistant: routes.AssistantSource | None = None,
) -> st.App:
    """The screens and the routes, sharing one assistant; a test gives its own `script` and `assistant`."""
    os.environ["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] = "false"
    import streamlit as st
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from assistant.screens.session import shared_assistant

    site = routes.create_site(assistant or (lambda: shared_assistant(settings)))
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
    )


def configuration(host: str, port: int) -> dict[str, Any]:
    """Streamlit's options, given in code: a config file beside the script is not read from every folder."""
    return {
        "server.port": port,
        "server.address": host,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 20,
        "server.enableXsrfProtection": True,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "logger.level": "warning",
        **THEME,
    }


def allowed_hosts(host: str) -> Sequence[str]:
    """The Host headers that are answered: bound to one address, that one and this machine's; bound to all, any."""
    if host in EVERYWHERE:
        return ("*",)
    named = f"[{host}]" if ":" in host else host
    own = socket.gethostname() if host not in {*LOCAL_HOSTS, "::1"} else "localhost"
    return (named, own, *LOCAL_HOSTS)
