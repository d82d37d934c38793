"""Pure: a digest as Markdown, in French. Words of documents are escaped: they format and load nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.copying import escape
from assistant.digest import CellChange, Contradiction, Dated, DeadlineChange, Digest, DocumentChange
from assistant.screens.wording import VERDICTS
from assistant.upkeep_phrases import counted

DEADLINES = {"added": "Nouvelle", "moved": "Déplacée", "withdrawn": "Retirée"}
DOCUMENTS = {"added": "Ajouté", "changed": "Modifié", "removed": "Retiré"}
KINDS = {"opens": "ouverture", "closes": "date limite", "takes_place": "a lieu", "expected": "attendu"}
SENTENCES = 40


def as_markdown(one: Digest) -> str:
    """The whole digest; a part without changes is left out."""
    since = f" depuis la génération {one.before}" if one.before else ", la première"
    parts = [
        f"# Ce que change la génération {one.after}{since}",
        summary(one),
        _part("Échéances", (_deadline(change) for change in one.deadlines)),
        _part("Périmètres", (_cell(change) for change in one.cells)),
        _part("Nouvelles contradictions", (_contradiction(pair) for pair in one.contradictions)),
        _part("Documents", (_document(change) for change in one.documents)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(one: Digest) -> str:
    """All of it in a sentence: « 2 échéances nouvelles, 1 document modifié »."""
    if one.is_empty:
        return "Rien ne change."
    deadlines = [change.change for change in one.deadlines]
    documents = [change.change for change in one.documents]
    counts = [
        (deadlines.count("added"), "échéance nouvelle", "échéances nouvelles"),
        (deadlines.count("moved"), "échéance déplacée", "échéances déplacées"),
        (deadlines.count("withdrawn"), "échéance retirée", "échéances retirées"),
        (len(one.cells), "case des périmètres changée", "cases des périmètres changées"),
        (len(one.contradictions), "contradiction nouvelle", "contradictions nouvelles"),
        (documents.count("added"), "document ajouté", "documents ajoutés"),
        (documents.count("changed"), "document modifié", "documents modifiés"),
        (documents.count("removed"), "document retiré", "documents retirés"),
    ]
    told = [counted(count, singular, plural) for count, singular, plural in counts if count]
    return f"{', '.join(told)}."


def _part(title: str, items: Iterable[str]) -> str:
    lines = list(items)
    return "\n".join([f"## {title}", "", *lines]) if lines else ""


def _deadline(change: DeadlineChange) -> str:
    kind = f" ({KINDS[change.date_kind]})" if change.date_kind in KINDS else ""
    days = " → ".join(escape(dated.text) for dated in (change.before, change.after) if dated)
    told = change.after or change.before
    source = f"\n  {_quoted(told)}" if told else ""
    return f"- **{DEADLINES[change.change]}** : {escape(change.label)}{kind} : {days}{source}"


def _quoted(dated: Dated) -> str:
    return f"« {escape(dated.quote)} » ({escape(dated.document)})"


def _cell(change: CellChange) -> str:
    quote = f"\n  « {escape(change.quote)} »" if change.quote else ""
    return f"- {escape(change.who)}, {escape(change.wave)} : {verdict(change.before)} → {verdict(change.after)}{quote}"


def verdict(name: str) -> str:
    """Whether someone is concerned, in words."""
    return VERDICTS.get(name, "contesté")


def _contradiction(pair: Contradiction) -> str:
    days = f"{escape(pair.one.text)} contre {escape(pair.other.text)}"
    return f"- {escape(pair.label)} : {days}\n  {_quoted(pair.one)}\n  {_quoted(pair.other)}"


def _document(change: DocumentChange) -> str:
    head = f"- **{DOCUMENTS[change.change]}** : {escape(change.title)} (`{escape(change.id)}`)"
    if change.change != "changed":
        return head
    if not change.came and not change.went:
        return f"{head}\n  - seule son entrée du manifeste ou sa mise en forme change"
    return "\n".join([head, *_sentences("−", change.went), *_sentences("+", change.came)])


def _sentences(sign: str, sentences: Sequence[str]) -> list[str]:
    lines = [f"  - {sign} {escape(sentence)}" for sentence in sentences[:SENTENCES]]
    left = len(sentences) - SENTENCES
    return [*lines, f"  - {sign} et {left} de plus"] if left > 0 else lines
