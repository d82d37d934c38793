"""Pure: what was asked in a conversation, and its form in the address of the page. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.answers import Answer
from assistant.desk_records import Exchange as KeptExchange

ADDRESS_CHARS = 1500
MAX_AFTER = 8


@dataclass(frozen=True, slots=True)
class Request:
    """One question to ask: those before it (oldest first), the terms taken away, the documents it is kept to."""

    question: str
    after: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()

    @property
    def fits_address(self) -> bool:
        """True when the request can stand in the address of the page."""
        return bool(self.question) and len(self.question) + sum(map(len, self.after)) <= ADDRESS_CHARS


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, or the French sentence that says why there is none; `kept` is what the journal has.

    `suggestions` are questions beside it that have an answer.
    """

    request: Request
    answer: Answer | None
    failure: str = ""
    kept: KeptExchange | None = None
    suggestions: tuple[str, ...] = ()


def follow_up(question: str, so_far: Sequence[Exchange], documents: frozenset[str] = frozenset()) -> Request:
    """A question that comes after those of the conversation."""
    after = tuple(exchange.request.question for exchange in so_far)[-MAX_AFTER:]
    return Request(question, after, (), documents)


def without(request: Request, term: str) -> Request:
    """The same question, without the term of that id."""
    return Request(request.question, request.after, (*request.without, term), request.documents)


def to_parameters(request: Request) -> dict[str, list[str]]:
    """The parameters of the address that reproduce the request; none when it is too long for one."""
    if not request.fits_address:
        return {}
    named = {
        "q": [request.question],
        "after": list(request.after),
        "without": list(request.without),
        "doc": sorted(request.documents),
    }
    return {name: values for name, values in named.items() if values}


def from_parameters(parameters: Mapping[str, Sequence[str]]) -> Request | None:
    """The request of an address, or None when it asks nothing."""
    question = next((text for text in parameters.get("q", ()) if text.strip()), None)
    if question is None:
        return None
    return Request(
        question,
        tuple(text for text in parameters.get("after", ()) if text.strip())[-MAX_AFTER:],
        tuple(parameters.get("without", ())),
        frozenset(parameters.get("doc", ())),
    )


def address(path: str, request: Request) -> str:
    """A link that asks the request again."""
    return f"{path}?{urlencode(to_parameters(request), doseq=True)}"
