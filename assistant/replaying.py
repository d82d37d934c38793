"""An exchange asked again of the index in use: what differs from what was answered then, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.answers import Answer
from assistant.desk_records import Exchange, Versions

if TYPE_CHECKING:
    from assistant.answering import Assistant

Field = Literal["outcome", "understood", "lead", "statement", "citation", "notice", "confidence", "writer"]
CauseKind = Literal["document", "index", "model", "vocabulary", "verified", "masked", "program"]

# Confidences nearer than this are told as the same.
_SAME_CONFIDENCE = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one part of the answer; `before` is empty for what is new, `after` for what is gone."""

    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the answers differ, as far as it shows; `subject` is a document's id or empty; `text` a French sentence."""

    kind: CauseKind
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What is answered now, how that differs, and the causes; both are empty when nothing differs."""

    answer: Answer
    differences: tuple[Difference, ...]
    causes: tuple[Cause, ...]


def replay(assistant: Assistant, exchange: Exchange) -> Replay:
    """The exchange asked again, as on its day, with no verified answer and nothing kept."""
    answer = assistant.answer(
        exchange.question,
        after=exchange.after,
        day=exchange.day,
        documents=exchange.documents,
        without=exchange.without,
    )
    found = differences(exchange.answer, answer)
    if not found:
        return Replay(answer, (), ())
    cited = {citation.document.id for citation in answer.citations}
    now = assistant.versions(cited | set(exchange.versions.documents))
    titles = {info.id: info.title for info in assistant.documents()}
    return Replay(answer, found, tuple(_causes(exchange, answer, now, titles)))


def differences(before: Answer, after: Answer) -> tuple[Difference, ...]:
    """What differs between two answers, in the order in which they are read."""
    return (
        *_changed("outcome", before.outcome, after.outcome),
        *_sets("understood", (t.label for t in before.understood), (t.label for t in after.understood)),
        *_changed("lead", before.lead, after.lead),
        *_sets("statement", (s.text for s in before.statements), (s.text for s in after.statements)),
        *_sets("citation", _quotes(before), _quotes(after)),
        *_sets("notice", before.notices, after.notices),
        *_confidence(before.confidence, after.confidence),
        *_changed("writer", before.written_by, after.written_by),
    )


def _changed(field: Field, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(field, before, after)


def _sets(field: Field, before: Iterable[str], after: Iterable[str]) -> Iterator[Difference]:
    """What is gone, then what is new, each in its order."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    yield from (Difference(field, text, "") for text in old if text not in new)
    yield from (Difference(field, "", text) for text in new if text not in old)


def _confidence(before: float, after: float) -> Iterator[Difference]:
    if abs(before - after) > _SAME_CONFIDENCE:
        yield Difference("confidence", f"{before:.2f}".replace(".", ","), f"{after:.2f}".replace(".", ","))


def _quotes(answer: Answer) -> Iterator[str]:
    return (f"{citation.document.title} : « {citation.span.quote} »" for citation in answer.citations)


def _causes(exchange: Exchange, answer: Answer, now: Versions, titles: dict[str, str]) -> Iterator[Cause]:
    then = exchange.versions
    if exchange.verified is not None:
        yield Cause("verified", exchange.verified.id, "La réponse donnée était une réponse vérifiée.")
    elif exchange.answer.written_by != answer.written_by:
        yield Cause("model", "", f"La réponse donnée était rédigée par « {exchange.answer.written_by} ».")
    if "masqué]" in exchange.question:
        yield Cause("masked", "", "Un numéro personnel de la question a été masqué avant d’être gardé.")
    if then.model != now.model:
        yield Cause("model", "", f"Le modèle de recherche a changé : « {then.model} », puis « {now.model} ».")
    if then.vocabulary != now.vocabulary:
        yield Cause("vocabulary", "", "Le vocabulaire a changé.")
    of_documents = tuple(_document_causes(exchange, answer, now, titles))
    yield from of_documents
    if then.generation == now.generation:
        yield Cause("program", "", "L’index est le même : c’est le programme ou ses réglages qui ont changé.")
    elif then.splitter != now.splitter or not of_documents:
        yield Cause("index", "", f"L’index a été reconstruit : « {then.generation} », puis « {now.generation} ».")


def _document_causes(exchange: Exchange, answer: Answer, now: Versions, titles: dict[str, str]) -> Iterator[Cause]:
    then = exchange.versions.documents
    for name, version in then.items():
        if name not in now.documents:
            yield Cause("document", name, f"Le document « {name} » a été retiré du corpus.")
        elif now.documents[name] != version:
            yield Cause("document", name, f"Le document « {titles.get(name, name)} » a changé.")
    for name in dict.fromkeys(citation.document.id for citation in answer.citations):
        if name not in then:
            yield Cause("document", name, f"Le document « {titles.get(name, name)} » est cité maintenant.")
