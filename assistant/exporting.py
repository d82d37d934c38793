"""Verified answers as documents of the corpus (Markdown and manifest entry) and as golden questions. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.citations import values
from assistant.desk_records import VerifiedAnswer
from index.records import DocumentInfo, Programme

_AUTHORITY = 6


def document_of(verified: VerifiedAnswer, titles: Mapping[str, str]) -> str:
    """The answer as Markdown: the question, what it says, and the quotations it stands on with their documents."""
    lines = [f"# {_plain(verified.question)}", ""]
    lines += [f"{_plain(one.text)}" + "\n" for one in verified.statements]
    lines += ["## Sources", ""]
    lines += [f"- {_plain(titles.get(b.document_id, b.document_id))} : « {_plain(b.quote)} »" for b in verified.bound]
    return "\n".join((*lines, ""))


def entry_of(verified: VerifiedAnswer, programme: Programme) -> str:
    """The answer's entry of `manifest.toml`."""
    day = verified.verified_at.date().isoformat()
    fields: dict[str, str | int] = {
        "id": f"reponse-{verified.id[:12]}",
        "path": file_of(verified),
        "title": _plain(verified.question),
        "publisher": f"Équipe d’appui, {programme.short_name}",
        "kind": "reponse",
        "authority": _AUTHORITY,
        "published_on": day,
        "retrieved_on": day,
        "origin": "original",
    }
    return "\n".join(("[[document]]", *(f"{name} = {_toml(value)}" for name, value in fields.items()), ""))


def file_of(verified: VerifiedAnswer) -> str:
    """Where the answer's document goes, relative to `documents/`."""
    return f"reponses/reponse-{verified.id[:12]}.md"


def golden_of(verified: VerifiedAnswer) -> tuple[dict[str, Any], ...]:
    """A golden question for each wording: the numbers and dates of the answer must be in what is answered.

    A sentence without any must have its first quotation quoted.
    """
    gold = [value for one in verified.statements for value in _gold(verified, one.quotes[0], one.text)]
    after = {"after": list(verified.after)} if verified.after else {}
    base = {"answerable": True, "gold": list(dict.fromkeys(gold)), "must_not": [], "type": "verified"}
    first = {"id": f"v-{verified.id[:12]}", "question": verified.question, **after, **base}
    others = [
        {"id": f"v-{verified.id[:12]}-{place}", "question": wording, **base}
        for place, wording in enumerate(verified.wordings, 2)
    ]
    return (first, *others)


def golden_lines(answers: Iterable[VerifiedAnswer]) -> str:
    """The golden questions of the answers, as JSON Lines."""
    golden = (one for answer in answers for one in golden_of(answer))
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in golden)


def titles_of(documents: Iterable[DocumentInfo]) -> dict[str, str]:
    """The title of each document by its id."""
    return {info.id: info.title for info in documents}


def _gold(verified: VerifiedAnswer, number: int, text: str) -> list[str]:
    found = sorted(values(text))
    return found or [verified.bound[number - 1].quote]


def _plain(text: str) -> str:
    """The text on one line, without what Markdown would take for marks."""
    return " ".join(text.replace("<", "‹").replace(">", "›").replace("`", "'").split()).lstrip("#-*| ")


def _toml(value: str | int) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
