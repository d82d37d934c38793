"""The route by which staff comes in without OIDC: the login page, and the one-time link of a fresh install."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant import login_page
from assistant.access import COOKIE, Access
from assistant.errors import AssistantError
from assistant.limits import TooMany

ELSEWHERE = "La demande vient d’un autre site : ouvrez la page de connexion vous-même."
_OWN_SITE = {None, "same-origin", "none"}
_FIELD_CHARS = 1000


def add_staff_routes(site: FastAPI, access: Access) -> None:
    """Adds `/connexion`. No other route serves staff: the screens are guarded by themselves."""

    @site.get(login_page.PATH, include_in_schema=False)
    def login(request: Request, vers: str = "", lien: str = "") -> Response:
        if not lien:
            return _page(access, vers)
        try:
            cookie = access.enter_by_link(lien, client_address(request), request.headers.get("host", ""))
        except AssistantError as error:
            return _page(access, vers, error)
        return _inside(access, cookie, vers)

    @site.post(login_page.PATH, include_in_schema=False)
    async def enter(request: Request) -> Response:
        body = await request.body()
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
        name, word, wanted = ((fields.get(key) or [""])[0][:_FIELD_CHARS] for key in ("nom", "mot", "vers"))
        if request.headers.get("sec-fetch-site") not in _OWN_SITE:
            return _page(access, wanted, AssistantError(ELSEWHERE))
        try:
            cookie = await run_in_threadpool(access.enter, name, word, client_address(request))
        except AssistantError as error:
            return _page(access, wanted, error)
        return _inside(access, cookie, wanted)


def client_address(request: Request) -> str:
    """The network address that a request comes from, as the server (or the proxy it trusts) tells it."""
    return request.client.host if request.client else ""


def _page(access: Access, wanted: str, error: AssistantError | None = None) -> Response:
    way_in = "oidc" if access.has_oidc else "password" if access.has_password() else "link"
    page = login_page.render(way_in, wanted, str(error) if error else "")
    waiting = {"retry-after": str(error.wait_s)} if isinstance(error, TooMany) else {}
    status = 200 if error is None else 429 if waiting else 403
    return HTMLResponse(page, status, headers={**login_page.HEADERS, **waiting})


def _inside(access: Access, cookie: str, wanted: str) -> Response:
    """On to the staff screen, with a cookie kept from scripts and other sites, and to https where there is."""
    answer = RedirectResponse(login_page.target(wanted), 303, headers={"cache-control": "no-store"})
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=3600 * access.settings.session_hours,
        path="/",
        secure=access.settings.is_https,
        httponly=True,
        samesite="lax",
    )
    return answer
