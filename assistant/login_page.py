"""Pure: the page where staff comes in by password, server-rendered and without any script."""

from __future__ import annotations

import re

from assistant.markup import Html, document, element, plain_head
from assistant.roles import STAFF_SCREENS
from assistant.screens import wording

PATH = "/connexion"
HOME = "verification"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"content-security-policy": POLICY, "cache-control": "no-store"}


_PARAMETERS = re.compile(r"(?:[a-z]+=[A-Za-z0-9-]*(?:&|$))*")


def target(wanted: str) -> str:
    """The staff screen to go to after coming in, with plain parameters; never an address of elsewhere."""
    screen, _, parameters = wanted.partition("?")
    if screen not in STAFF_SCREENS or not _PARAMETERS.fullmatch(parameters):
        return f"/{HOME}"
    return f"/{wanted}"


def render(way_in: str, wanted: str = "", failure: str = "") -> str:
    """The page; `way_in` is "password", "oidc" or "link"."""
    said = {"oidc": wording.LOGIN_BY_OIDC, "link": wording.LOGIN_BY_LINK}.get(way_in)
    main = element(
        "main",
        element("h1", wording.LOGIN),
        element("p", failure, class_="reason", role="alert") if failure else None,
        _form(wanted) if said is None else element("p", said),
        element("p", element("a", wording.OPEN_STAFF_SCREEN, href=target(wanted))) if way_in == "oidc" else None,
        element("p", element("a", wording.BACK_TO_QUESTIONS, href="/")),
        id="contenu",
    )
    return document(plain_head(wording.LOGIN), element("body", main), lang="fr")


def _form(wanted: str) -> Html:
    return element(
        "form",
        element("input", type="hidden", name="vers", value=target(wanted).removeprefix("/")),
        element("label", wording.YOUR_NAME, for_="nom"),
        element(
            "div",
            element("input", id="nom", name="nom", required=True, autocomplete="username", aria_describedby="pourquoi"),
            class_="box",
        ),
        element("p", wording.WHY_YOUR_NAME, id="pourquoi", class_="meta"),
        element("label", wording.PASSWORD, for_="mot"),
        element(
            "div",
            element("input", type="password", id="mot", name="mot", required=True, autocomplete="current-password"),
            class_="box",
        ),
        element("div", element("button", wording.LOG_IN, type="submit"), class_="box"),
        action=PATH,
        method="post",
        class_="login",
    )
