"""Pure: a digest as HTML: what a generation changes for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.digest import CellChange, Contradiction, Dated, DeadlineChange, Digest, DocumentChange
from assistant.digest_text import DEADLINES, DOCUMENTS, KINDS, SENTENCES, summary, verdict
from assistant.markup import Html, element, join
from assistant.screens import upkeep_wording


def digest(one: Digest) -> Html:
    """The whole digest; a part without changes is left out."""
    if one.is_empty:
        return element("p", upkeep_wording.NOTHING_CHANGES, class_="kept-to")
    return join(
        element("p", summary(one), class_="lead"),
        _part("deadlines", (_deadline(change) for change in one.deadlines)),
        _part("cells", (_cell(change) for change in one.cells)),
        _part("contradictions", (_contradiction(pair) for pair in one.contradictions)),
        _part("documents", (_document(change) for change in one.documents)),
    )


def _part(name: str, items: Iterable[Html]) -> Html | None:
    found = list(items)
    if not found:
        return None
    title = element("h2", f"{upkeep_wording.DIGEST_PARTS[name]} ({len(found)})", class_="section")
    return element(
        "details", element("summary", title), element("ul", *found, class_=f"changes {name}"), class_="part", open=True
    )


def _deadline(change: DeadlineChange) -> Html:
    kind = f" ({KINDS[change.date_kind]})" if change.date_kind in KINDS else ""
    told = change.after or change.before
    head = element("p", _badge(DEADLINES[change.change], change.change), " ", f"{change.label}{kind}")
    days = _from_to(change.before.text if change.before else "", change.after.text if change.after else "")
    return element("li", days, element("div", head, _quoted(told) if told else None))


def _from_to(before: str, after: str) -> Html:
    """What was, then what is; what is no more is struck through."""
    old = element("del", before) if before else None
    new = element("strong", after) if after else None
    return element("p", old, " → " if before and after else None, new, class_="from-to")


def _quoted(dated: Dated) -> Html:
    return element("p", f"« {dated.quote} » ({dated.document})", class_="meta")


def _cell(change: CellChange) -> Html:
    quote = element("p", f"« {change.quote} »", class_="meta") if change.quote else None
    verdicts = _from_to(verdict(change.before), verdict(change.after))
    return element("li", verdicts, element("div", element("p", f"{change.who}, {change.wave}"), quote))


def _contradiction(pair: Contradiction) -> Html:
    days = element(
        "p", element("strong", pair.one.text), f" {upkeep_wording.AGAINST} ", element("strong", pair.other.text)
    )
    return element("li", element("p", pair.label), days, _quoted(pair.one), _quoted(pair.other))


def _document(change: DocumentChange) -> Html:
    head = element(
        "p",
        _badge(DOCUMENTS[change.change], change.change),
        " ",
        change.title,
        " ",
        element("code", change.id),
    )
    if change.change != "changed":
        return element("li", head)
    if not change.came and not change.went:
        return element("li", head, element("p", upkeep_wording.ONLY_ENTRY, class_="meta"))
    return element("li", head, _sentences("del", change.went), _sentences("ins", change.came))


def _sentences(name: str, sentences: Sequence[str]) -> Html | None:
    if not sentences:
        return None
    left = len(sentences) - SENTENCES
    items = [element("li", element(name, sentence)) for sentence in sentences[:SENTENCES]]
    more = element("li", upkeep_wording.MORE_SENTENCES.format(number=left), class_="meta") if left > 0 else None
    return element("ul", *items, more, class_=f"sentences {name}")


def _badge(label: str, change: str) -> Html:
    return element("span", label, class_=f"badge change {change}")
