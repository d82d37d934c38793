"""What of an answer is not proven, judged apart from the program: by plain text comparison of its own."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answers import Answer
    from index.searching import Index

_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
# Of the longer words of a sentence, so many stand in its quotations.
LEAST_HELD = 0.5
_HOSTILE = re.compile(r"<[a-z/!]|\]\(|!\[|https?:|javascript:|\[\d", re.IGNORECASE)


def unproven(answer: Answer, index: Index) -> list[str]:
    """What is wrong with the answer: quotations not in their documents, numbers and markup of a model's own."""
    faults = []
    by_number = {citation.number: citation for citation in answer.citations}
    for citation in answer.citations:
        for span in (citation.span, *citation.headers):
            pages = {page.number: page.text for page in index.document_pages(citation.document.id)}
            if pages[span.page][span.start : span.end] != span.quote:
                faults.append(f"not in its document: {span.quote}")
    if answer.written_by == "quotation":
        return faults
    for statement in answer.statements:
        cited = [by_number[number] for number in statement.citations]
        if not cited:
            faults.append(f"without a citation: {statement.text}")
        told = " ".join(span.quote for one in cited for span in (one.span, *one.headers))
        told += " ".join(f" {derived.value} {derived.how}" for derived in statement.derived)
        if _HOSTILE.search(statement.text):
            faults.append(f"markup: {statement.text}")
        if lacking := numbers(statement.text) - numbers(told):
            faults.append(f"{sorted(lacking)} not in its quotations: {statement.text}")
        long, held = words(statement.text), words(told)
        if not long or len(long & held) < LEAST_HELD * len(long):
            faults.append(f"hardly a word of its quotations: {statement.text}")
    return faults


def words(text: str) -> set[str]:
    """The beginnings of the longer words of a text."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", plain)}


def numbers(text: str) -> set[str]:
    """The numbers of a text and the names of its months, leading zeros apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    joined = re.sub(r"(?<=\d)[ .\u202f\u00a0](?=\d{3}\b)", "", plain)
    found = {number.lstrip("0") or "0" for number in re.findall(r"\d+", joined)}
    months = {str(n) for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}\b", plain)}
    return found | months
