"""Pure: an answer with its sources as text or Markdown, to paste into a letter or a ticket."""

from __future__ import annotations

import re

from assistant.answers import Answer, Citation
from assistant.markup import web_address
from assistant.screens import phrasing, wording

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|!~$])")


def as_text(answer: Answer) -> str:
    """Question, answer with its markers, notices, sources with their quotations, how recent the documents are."""
    blocks = [
        answer.question.strip(),
        answer.text,
        "\n".join(_derived(answer)),
        "\n".join(answer.notices),
        "\n".join(_source(citation) for citation in answer.citations),
        phrasing.up_to(answer.corpus_as_of),
    ]
    return "\n\n".join(block for block in blocks if block)


def as_markdown(answer: Answer) -> str:
    """The same as Markdown; words of documents are escaped and format or load nothing when pasted."""
    blocks = [
        f"**{escape(answer.question.strip())}**",
        escape(answer.lead),
        "\n".join(
            f"- {escape(statement.text)} {''.join(f'[{number}]' for number in statement.citations)}"
            for statement in answer.statements
        ),
        "\n".join(f"- {escape(line)}" for line in _derived(answer)),
        "\n".join(f"> {escape(notice)}" for notice in answer.notices),
        "\n".join(f"{citation.number}. {escape(_source(citation, numbered=False))}" for citation in answer.citations),
        f"*{phrasing.up_to(answer.corpus_as_of)}*",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _derived(answer: Answer) -> list[str]:
    return [
        f"{wording.DERIVED} {derived.value} : {derived.how}"
        for statement in answer.statements
        for derived in statement.derived
    ]


def _source(citation: Citation, *, numbered: bool = True) -> str:
    info = citation.document
    parts = [info.title, info.evidence.publisher, phrasing.published(info.evidence)]
    if info.summarised is not None:
        parts.append(wording.SUMMARY)
    if citation.span.page is not None:
        parts.append(wording.PAGE.format(number=citation.span.page))
    address = web_address(info.evidence.url)
    quote = phrasing.gist(citation.span.quote)
    replaced = "" if citation.is_current else f" ({phrasing.replaced(citation)})"
    line = f"{', '.join(parts)}{replaced} : « {quote} »" + (f" {address}" if address else "")
    return f"[{citation.number}] {line}" if numbered else line


def escape(text: str) -> str:
    """Words of a document in one line of Markdown that formats and loads nothing."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))
