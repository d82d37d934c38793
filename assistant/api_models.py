"""What the routes take and give, as OpenAPI describes it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_QUESTION_CHARS = 20_000
MAX_AFTER = 50
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_day(value: object) -> object:
    """A day is written AAAA-MM-JJ; a number would be taken for a count of seconds."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("AAAA-MM-JJ")


Day = Annotated[date | None, Field(strict=False), BeforeValidator(_written_day)]


class Asked(BaseModel):
    """A question, what was asked before it (oldest first), the day (today by default), its conversation."""

    model_config = ConfigDict(extra="forbid", strict=True)
    question: str = Field(max_length=MAX_QUESTION_CHARS)
    after: list[Annotated[str, Field(max_length=MAX_QUESTION_CHARS)]] = Field(default=[], max_length=MAX_AFTER)
    day: Day = None
    conversation: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] | None = None


class DeadlineFilter(BaseModel):
    """Ids of terms by kind, and the days between which a deadline falls, both included."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)
    wave: str | None = None
    lane: str | None = None
    software: str | None = None
    milestone: str | None = None
    profession: str | None = None
    programme: str | None = None
    first: Day = Field(default=None, alias="from")
    last: Day = Field(default=None, alias="to")


class Failure(BaseModel):
    """What every error looks like: a French sentence."""

    error: str


class State(BaseModel):
    """Whether the server lives or can answer."""

    status: str


TOO_OFTEN = {"model": Failure, "description": "Trop de questions en peu de temps ; Retry-After dit combien attendre"}
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Failure, "description": words}
    for status, words in (
        (400, "Demande refusée"),
        (404, "Rien de ce nom"),
        (413, "Demande trop longue"),
        (422, "Demande invalide"),
        (503, "Aucun index n’est ouvert"),
    )
}
