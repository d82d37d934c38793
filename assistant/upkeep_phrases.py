"""Pure: the French sentences of upkeep: what the gate found, for the commands and the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build_report import Difference

CHANGES = {"lost": "perdue", "wrong": "devenue fausse", "better": "meilleure"}
VERDICTS = {"right": "juste", "wrong": "fausse", "withheld": "sans réponse"}
_ANSWER_CHARS = 300
_BEYOND = " : c'est plus que la tolérance."
_REFUSED = " : c'est plus que la tolérance, le nouvel index est refusé."
CANCELLED = "Construction annulée : ce qu'elle avait écrit est effacé, l'index en service n'a pas changé."
CANCELLED_TOO_LATE = (
    "Annulation trop tardive : le nouvel index était déjà en service. L'historique permet d'en revenir."
)
ALREADY_BUILDING = "Une construction est déjà en cours : attendez sa fin, ou annulez-la."
NO_BUILD_TO_CANCEL = "Aucune construction lancée d'ici n'est en cours : il n'y a rien à annuler."
TOO_LONG = "la comparaison a pris plus de {minutes} minutes ; lancez plutôt la construction."


def gate_summary(unchanged: int, better: int, lost: int, wrong: int, *, is_accepted: bool) -> str:
    """« Questions de référence : 148 inchangées, 3 meilleures, 1 perdue » and what follows from it."""
    parts = [
        counted(unchanged, "inchangée"),
        counted(better, "meilleure"),
        counted(lost, "perdue"),
        *([counted(wrong, "devenue fausse", "devenues fausses")] if wrong else ()),
    ]
    return f"Questions de référence : {', '.join(parts)}{'.' if is_accepted else _REFUSED}"


def not_asked(count: int) -> list[str]:
    """How many answers rest on nothing that changed; nothing when all were asked."""
    if not count:
        return []
    many = count > 1
    return [
        f"  dont {count} non reposée{'s' if many else ''} : rien de ce qui change ne {'les' if many else 'la'} touche."
    ]


def gate_line(difference: Difference) -> str:
    """A question that two indexes answer otherwise, with both answers."""
    before, after = difference.before, difference.after
    return "\n".join(
        [
            f"  {CHANGES[difference.change]} : {after.id} « {after.question} »",
            f"    avant ({VERDICTS[before.verdict]}) : {_short(before.text)}",
            f"    après ({VERDICTS[after.verdict]}{f', {after.why}' if after.why else ''}) : {_short(after.text)}",
        ]
    )


def accepted_summary(refused: str, reason: str) -> str:
    """What the gate said when it refused, of an index that a maintainer took nevertheless."""
    return f"{refused.replace(_REFUSED, _BEYOND)}\n{accepted_because(reason)}"


def accepted_because(reason: str) -> str:
    """What is said of an index that a maintainer took against the gate's verdict."""
    return f"Pris malgré tout, pour cette raison : {reason}"


def unexpected_end(error: Exception) -> str:
    """What is kept of an error that nobody thought of."""
    return f"Erreur inattendue ({type(error).__name__} : {error}). L'index en service n'a pas changé."


def no_preview(reason: str) -> str:
    """Why it cannot be said what a build would change."""
    return f"Ce qu'une construction changerait n'a pas pu être établi : {reason}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """« 1 perdue », « 3 perdues », « 0 perdue »."""
    return f"{count} {singular if count < 2 else plural or singular + 's'}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _ANSWER_CHARS else words[: _ANSWER_CHARS - 1].rstrip() + "…"
