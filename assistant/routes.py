"""The routes beside the screens: health, questions and deadlines as JSON, the calendar, the plain page."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from assistant import document_view
from assistant.access import Access
from assistant.agenda import agenda
from assistant.api_models import ERRORS, TOO_OFTEN, Asked, DeadlineFilter, State
from assistant.calendars import to_ics
from assistant.calendars import to_json as to_deadline_json
from assistant.currency import is_current
from assistant.days import today
from assistant.desk import desk_in_memory, exchange_json
from assistant.desk_records import Exchange
from assistant.document_view import Opening
from assistant.dues import FILTERS
from assistant.errors import UNEXPECTED, AssistantError, DocumentUnknown
from assistant.health import Health
from assistant.health import health as health_of
from assistant.limits import TooMany
from assistant.loading import load_access
from assistant.login_page import PATH as LOGIN
from assistant.page_pictures import PagePictures, Wanted
from assistant.plain_routes import add_plain_routes
from assistant.settings import Settings
from assistant.staff_routes import add_staff_routes, client_address
from assistant.turns import PLACES, Busy
from index.errors import IndexingError
from index.records import Deadline

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.desk import Desk

LOGGER = logging.getLogger("assistant.routes")

PATHS = (
    "/health",
    "/ready",
    "/api",
    "/api/{rest:path}",
    "/deadlines.ics",
    "/page-image",
    "/simple",
    "/simple/{rest:path}",
    LOGIN,
)
PREFIXES = ("/health", "/ready", "/api", "/deadlines.ics", "/page-image", "/simple", LOGIN)

NOT_FOUND = "Cette adresse n’existe pas."
WRONG_METHOD = "Cette adresse n’accepte pas cette méthode."
INVALID = "Demande invalide : {fields}."
NO_PICTURE = "Cette page n’a pas d’image."
REFUSED = "La demande est refusée."
_ASKING_THREADS, _MODEL_THREADS = 8, 16
# Whoever accepts lines gets the answer by quotation at once, then, on a second line, the one that replaces it.
LINES = "application/x-ndjson"

AssistantSource = Callable[[], "Assistant"]
DeskSource = Callable[[], "Desk"]


class TermUnknown(AssistantError):
    """A filter names a term that the vocabulary does not have."""


def create_site(
    assistant: AssistantSource, settings: Settings, access: Access | None = None, desk: DeskSource | None = None
) -> FastAPI:
    """All the routes; `assistant` opens it, or raises the error whose sentence says what to do.

    Questions go by `desk`; without one, by a desk around the assistant whose journal is in memory.
    """
    desk = desk or cache(lambda: desk_in_memory(assistant()))
    access = access or load_access(settings)
    site = FastAPI(
        title="Assistant",
        version="1",
        description="Questions et échéances d’un programme, avec leurs citations exactes.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    _add_error_handlers(site)
    _add_health(site, assistant, desk)
    _add_api(site, desk, access)
    _add_deadlines(site, assistant, settings)
    _add_page_images(site, assistant)
    add_plain_routes(site, desk, settings, access)
    add_staff_routes(site, access)
    return site


def _add_health(site: FastAPI, assistant: AssistantSource, desk: DeskSource) -> None:
    @site.get("/health", summary="Le serveur vit")
    def health() -> State:
        return State(status="ok")

    @site.get("/ready", summary="Un index est ouvert", responses={503: ERRORS[503]})
    def ready() -> State:
        _ = assistant().programme  # an opened index is what says whose it is
        return State(status="ok")

    @site.get("/api/health", summary="Ce que cette machine sert, et ce qui lui manque", responses={503: ERRORS[503]})
    def standing() -> Health:
        return health_of(desk())

    @site.get("/api", include_in_schema=False)
    def description() -> JSONResponse:
        return JSONResponse(site.openapi())


def _add_api(site: FastAPI, desk: DeskSource, access: Access) -> None:
    # Questions that wait hold none of the threads that serve the other routes; those that wait for a language model
    # hold none that a question needs.
    threads, model_threads = CapacityLimiter(_ASKING_THREADS), CapacityLimiter(_MODEL_THREADS)

    @site.post(
        "/api/ask",
        summary="Une question, une réponse prouvée",
        response_model=dict[str, Any],
        responses={200: {"content": {LINES: {}}}, **ERRORS, 429: TOO_OFTEN},
    )
    async def ask(asked: Asked, request: Request) -> Response:
        access.count_question(client_address(request))
        if threads.statistics().tasks_waiting >= PLACES:
            raise Busy
        first = await to_thread.run_sync(answered, asked, limiter=threads)
        if LINES in request.headers.get("accept", ""):
            return StreamingResponse(lines(first), media_type=LINES)
        return JSONResponse(exchange_json(await reworded(first) or first))

    def answered(asked: Asked) -> Exchange:
        after = tuple(asked.after)
        return desk().ask(asked.question, after=after, day=asked.day, conversation=asked.conversation)

    async def reworded(first: Exchange) -> Exchange | None:
        if desk().assistant.language_model is None:  # no thread for nothing
            return None
        return await to_thread.run_sync(desk().reword, first, limiter=model_threads)

    async def lines(first: Exchange) -> AsyncIterator[str]:
        yield json.dumps(exchange_json(first), ensure_ascii=False) + "\n"
        worded = await reworded(first)
        if worded is not None:
            yield json.dumps(exchange_json(worded), ensure_ascii=False) + "\n"


def _add_deadlines(site: FastAPI, assistant: AssistantSource, settings: Settings) -> None:
    @site.get("/api/deadlines", summary="Les échéances en vigueur", responses=ERRORS)
    def deadlines(asked: Annotated[DeadlineFilter, Query()]) -> list[dict[str, Any]]:
        opened = assistant()
        documents = {info.id: info for info in opened.documents()}
        day = today(settings.day, opened.programme.timezone)
        return [to_deadline_json(one, documents[one.document_id], day) for one in _agenda(opened, asked)]

    @site.get(
        "/deadlines.ics",
        summary="Les échéances en vigueur, pour un agenda",
        response_class=Response,
        responses={200: {"content": {"text/calendar": {}}}, **ERRORS},
    )
    def calendar(asked: Annotated[DeadlineFilter, Query()]) -> Response:
        opened = assistant()
        documents = {info.id: info for info in opened.documents()}
        made = to_ics(_agenda(opened, asked), documents, opened.vocabulary, opened.programme)
        return Response(made, media_type="text/calendar; charset=utf-8", headers={"cache-control": "max-age=600"})


def _agenda(assistant: Assistant, asked: DeadlineFilter) -> tuple[Deadline, ...]:
    terms = {kind: getattr(asked, kind) for kind in FILTERS}
    try:
        return agenda(assistant.deadlines(), assistant.vocabulary, terms, first=asked.first, last=asked.last)
    except AssistantError as error:
        raise TermUnknown(str(error)) from error


def _add_page_images(site: FastAPI, assistant: AssistantSource) -> None:
    pictures = PagePictures()

    @site.get(
        document_view.PAGE_IMAGE,
        summary="La page d’un PDF en image, la citation marquée",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, **ERRORS},
    )
    def page_image(
        doc: Annotated[str, Query(max_length=500)],
        page: Annotated[int, Query(ge=1, le=1_000_000)],
        start: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
        end: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
        scale: Annotated[float, Query(ge=0.5, le=4)] = 2.0,
        cropped: bool = False,
    ) -> Response:
        opened = assistant()
        path = opened.document_path(doc)
        pages = opened.pages(doc)
        if path.suffix.lower() not in document_view.PICTURED or all(read.number != page for read in pages):
            raise DocumentUnknown(NO_PICTURE)
        is_still = is_current(opened, doc)
        quoted = document_view.span_of(pages, Opening(doc, page, start, end)) if is_still else None
        wanted = Wanted(path, page, scale, quoted.quote if quoted else "", quoted.start if quoted else None, cropped)
        made = pictures.picture(wanted)
        return Response(made.png, media_type="image/png", headers={"cache-control": "private, max-age=300"})


def _add_error_handlers(site: FastAPI) -> None:
    @site.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        sentence = {404: NOT_FOUND, 405: WRONG_METHOD}.get(error.status_code, REFUSED)
        return JSONResponse({"error": sentence}, error.status_code, headers=error.headers)

    @site.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        fields = ", ".join(sorted({".".join(map(str, problem["loc"][1:])) or "corps" for problem in error.errors()}))
        return JSONResponse({"error": INVALID.format(fields=fields)}, 422)

    @site.exception_handler(TermUnknown)
    @site.exception_handler(DocumentUnknown)
    async def unknown(_: Request, error: AssistantError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 404)

    @site.exception_handler(TooMany)
    async def too_often(_: Request, error: TooMany) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 429, headers={"retry-after": str(error.wait_s)})

    @site.exception_handler(Busy)
    async def busy(_: Request, error: Busy) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 503, headers=error.headers)

    @site.exception_handler(AssistantError)
    @site.exception_handler(IndexingError)
    async def unavailable(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 503)

    @site.exception_handler(Exception)
    async def unexpected(_: Request, error: Exception) -> JSONResponse:
        LOGGER.error("route failed", exc_info=error)
        return JSONResponse({"error": UNEXPECTED}, 500)
