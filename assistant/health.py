"""How a process stands beside the others: the generation it serves and the one agreed on, the journal, the vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.desk import Desk

LAGS = "La génération « {named} » est en service et n’est pas encore complète sur cette machine, qui sert « {served} »."
JOURNAL_AWAY = "Le journal ne répond pas : {waiting} échange(s) l’attendent sur le disque de cette machine."
WAITING = "{waiting} échange(s) attendent sur le disque d’être écrits dans le journal."
REFUSED = "{refused} échange(s) n’ont pas pu entrer dans le journal et sont mis de côté."
EXACT = "La collection de vecteurs ne répond pas : la recherche exacte la remplace."


@dataclass(frozen=True, slots=True)
class Health:
    """`generation` is what this process serves, `agreed` what all machines are to serve; None where there is only one.

    `waiting` and `refused` count exchanges that are not in the journal yet, or cannot be. Troubles are French sentences
    that name no address and no folder: anybody may read them.
    """

    status: Literal["ok", "degraded"]
    generation: str
    agreed: str | None
    journal: Literal["ok", "away"]
    waiting: int
    refused: int
    troubles: tuple[str, ...]


def health(desk: Desk) -> Health:
    """How the process around this desk stands."""
    kept = desk.keeping.state()
    agreed = desk.shared.standing.named if desk.shared else None
    with desk.assistant.reading() as index:
        served, is_exact = index.generation, bool(index.trouble)
    troubles = (
        *((LAGS.format(named=agreed, served=served),) if agreed not in (None, served) else ()),
        *((JOURNAL_AWAY.format(waiting=kept.waiting),) if kept.is_away else ()),
        *((WAITING.format(waiting=kept.waiting),) if kept.waiting and not kept.is_away else ()),
        *((REFUSED.format(refused=kept.refused),) if kept.refused else ()),
        *((EXACT,) if is_exact else ()),
    )
    return Health(
        "degraded" if troubles else "ok",
        served,
        agreed,
        "away" if kept.is_away else "ok",
        kept.waiting,
        kept.refused,
        troubles,
    )
