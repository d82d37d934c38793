"""Pure: who may do what. Three roles, the least role of every screen and action, and the role that claims give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.errors import AssistantError

Role = Literal["public", "support", "maintainer"]
ROLES: tuple[Role, ...] = ("public", "support", "maintainer")

# Everything that can be done, and the least role that may do it. What is not named here may be done by nobody.
ACTIONS: Mapping[str, Role] = {
    "ask": "public",
    "give-opinion": "public",
    "see-review": "support",
    "see-gaps": "support",
    "see-audit": "support",
    "assign": "support",
    "note": "support",
    "judge-citation": "support",
    "judge-exchange": "support",
    "replay": "support",
    "verify-answer": "support",
    "withdraw-answer": "support",
    "start-document": "support",
    "see-upkeep": "maintainer",
    "change-corpus": "maintainer",
    "build-index": "maintainer",
    "erase": "maintainer",
}
# The screens by their path in the address → the action of opening them.
STAFF_SCREENS: Mapping[str, str] = {
    "verification": "see-review",
    "manques": "see-gaps",
    "actions": "see-audit",
    "entretien": "see-upkeep",
}


class Refused(AssistantError):
    """The person may not do this; the text says which role it needs."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is there. `name` is what the audit trail keeps; `how` tells the way in: OIDC, password, local link, none."""

    name: str
    role: Role
    how: Literal["oidc", "password", "link", "none"]


NOBODY = Person("", "public", "none")
ROLE_NAMES: Mapping[Role, str] = {"public": "public", "support": "assistance", "maintainer": "maintenance"}


@dataclass(frozen=True, slots=True)
class Rules:
    """Who has which role by OIDC: entries are e-mail addresses, `@domain`, or `claim=value`."""

    support: tuple[str, ...] = ()
    maintainers: tuple[str, ...] = ()


def allows(role: Role, action: str) -> bool:
    """True when the role may do the action; an unknown action is allowed to nobody."""
    least = ACTIONS.get(action)
    return least is not None and ROLES.index(role) >= ROLES.index(least)


def require(person: Person, action: str) -> Person:
    """The person, when they may do the action.

    Raises:
        Refused: with the role that is needed.
    """
    if allows(person.role, action):
        return person
    least = ACTIONS.get(action)
    needed = f"le rôle « {ROLE_NAMES[least]} »" if least else "un droit que personne n’a"
    raise Refused(f"Ceci demande {needed} : connectez-vous avec un compte qui l’a.")


def person_of_claims(claims: Mapping[str, Any], rules: Rules, now: float, *, max_age_s: float) -> Person:
    """The person that the claims of a signed OIDC token describe; public when nothing gives more, or too long ago.

    `now` and the claim `iat` are seconds since 1970. An e-mail address counts only when the provider says that it was
    verified: at some providers anybody can write anybody's address into their own account.
    """
    issued = claims.get("iat")
    is_fresh = isinstance(issued, int | float) and not isinstance(issued, bool) and now - issued <= max_age_s
    name = str(claims.get("email") or claims.get("name") or claims.get("sub") or "")[:200]
    if not is_fresh or not name:
        return NOBODY
    for role, entries in (("maintainer", rules.maintainers), ("support", rules.support)):
        if any(_matches(claims, entry) for entry in entries):
            return Person(name, role, "oidc")  # type: ignore[arg-type]
    return Person(name, "public", "oidc")


def _matches(claims: Mapping[str, Any], entry: str) -> bool:
    claim, equals, value = entry.partition("=")
    if equals:
        return value in _values(claims.get(claim))
    address = str(claims.get("email") or "").casefold()
    if claims.get("email_verified") is not True or address.count("@") != 1:
        return False
    return address.endswith(entry.casefold()) if entry.startswith("@") else address == entry.casefold()


def _values(claim: Any) -> Sequence[str]:
    """A claim as texts: groups and roles come as lists, others as one value."""
    several = claim if isinstance(claim, list | tuple) else [claim]
    return [str(value) for value in several if isinstance(value, str | int) and not isinstance(value, bool)]
