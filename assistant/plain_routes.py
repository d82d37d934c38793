"""The routes of the plain site: questions, documents and answers as PDF, for browsers without JavaScript."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from assistant import document_view, simple_document, simple_page
from assistant.access import Access
from assistant.api_models import ERRORS, TOO_OFTEN
from assistant.days import today
from assistant.errors import UNEXPECTED, AssistantError
from assistant.limits import TooMany
from assistant.screens import conversation
from assistant.screens.wording import NO_SUCH_DOCUMENT
from assistant.settings import Settings
from assistant.staff_routes import client_address
from assistant.turns import Busy
from index.errors import IndexingError

if TYPE_CHECKING:
    from assistant.desk import Desk

LOGGER = logging.getLogger("assistant.plain_routes")

DeskSource = Callable[[], "Desk"]


def add_plain_routes(site: FastAPI, desk: DeskSource, settings: Settings, access: Access) -> None:
    """Adds the routes; questions go by the desk and count against the asker's limit."""
    _add_questions(site, desk, access)
    _add_pdf(site, desk, settings, access)
    _add_documents(site, desk)
    _add_files(site)


def _add_questions(site: FastAPI, desk: DeskSource, access: Access) -> None:
    @site.get(simple_page.PATH, response_class=HTMLResponse, summary="La page sans JavaScript")
    def simple(
        asker: Request,
        q: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
        after: Annotated[list[str], Query()] = [],  # noqa: B006
        without: Annotated[list[str], Query()] = [],  # noqa: B006
        doc: Annotated[list[str], Query()] = [],  # noqa: B006
        wording: bool = False,
    ) -> HTMLResponse:
        request = conversation.from_parameters({"q": q, "after": after, "without": without, "doc": doc})
        try:
            if request is not None:
                access.count_question(client_address(asker))
        except TooMany as error:
            waiting = {**simple_page.HEADERS, "retry-after": str(error.wait_s)}
            return HTMLResponse(simple_page.refusal(str(error)), 429, headers=waiting)
        documents = frozenset(doc)
        return _page(lambda: (200, simple_page.render(desk(), request, documents, is_worded=wording)))


def _add_pdf(site: FastAPI, desk: DeskSource, settings: Settings, access: Access) -> None:
    @site.get(
        simple_page.PDF,
        summary="La réponse en PDF",
        response_class=Response,
        responses={200: {"content": {"application/pdf": {}}}, **ERRORS, 429: TOO_OFTEN},
    )
    def simple_pdf(
        asker: Request,
        q: Annotated[str, Query(max_length=2000)],
        after: Annotated[list[str], Query()] = [],  # noqa: B006
        without: Annotated[list[str], Query()] = [],  # noqa: B006
        doc: Annotated[list[str], Query()] = [],  # noqa: B006
    ) -> Response:
        request = conversation.from_parameters({"q": [q], "after": after, "without": without, "doc": doc})
        if request is None:
            raise HTTPException(404)
        access.count_question(client_address(asker))
        opened = desk()
        made = simple_page.as_pdf(opened, request, today(settings.day, opened.assistant.programme.timezone))
        headers = {"content-disposition": 'attachment; filename="reponse.pdf"', "cache-control": "no-store"}
        return Response(made, media_type="application/pdf", headers=headers)


def _add_documents(site: FastAPI, desk: DeskSource) -> None:
    @site.get(
        document_view.PLAIN_DOCUMENTS,
        summary="Les documents sans JavaScript",
        response_class=HTMLResponse,
        responses={404: {"content": {"text/html": {}}, "description": NO_SUCH_DOCUMENT}},
    )
    def simple_documents(
        doc: str | None = None, page: str | None = None, start: str | None = None, end: str | None = None
    ) -> HTMLResponse:
        opened = document_view.opened(doc, page, start, end)
        return _page(lambda: simple_document.render(desk().assistant, opened))


def _add_files(site: FastAPI) -> None:
    @site.get("/simple/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(simple_page.style(), media_type="text/css", headers={"cache-control": "max-age=3600"})

    @site.get("/simple/page.js", include_in_schema=False)
    def script() -> Response:
        return Response(simple_page.script(), media_type="text/javascript", headers={"cache-control": "max-age=3600"})


def _page(render: Callable[[], tuple[int, str]]) -> HTMLResponse:
    """A page of the plain site, or the sentence that says why there is none."""
    try:
        status, page = render()
    except (AssistantError, IndexingError) as error:
        status, page = 503, simple_page.failure(str(error))
    except Exception:
        LOGGER.exception("plain page failed")
        status, page = 500, simple_page.failure(UNEXPECTED)
    again = Busy().headers if status == 503 else {}
    return HTMLResponse(page, status, headers={**simple_page.HEADERS, **again})
