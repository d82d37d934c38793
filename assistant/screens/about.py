"""The about screen: what the assistant is, what it does not do, what happens to questions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.examining import index_status
from assistant.markup import element
from assistant.screens import parts, phrasing, session, wording

if TYPE_CHECKING:
    from assistant.answering import Assistant


TEXT = Path(__file__).with_name("about.md")


def screen(assistant: Assistant) -> None:
    """The whole screen."""
    programme = assistant.programme
    parts.title(wording.ABOUT, programme.description)
    for heading, paragraphs in sections(TEXT.read_text(encoding="utf-8")):
        body = [element("p", paragraph) for paragraph in paragraphs]
        parts.show(element("section", element("h2", heading), *body, class_="prose"))
    parts.show(element("section", element("h2", wording.ABOUT_MODEL), element("p", _model(assistant)), class_="prose"))
    state = index_status(assistant)
    rows = [
        element("div", element("dt", label), element("dd", _shown(name, state[name])))
        for name, label in wording.STATE_LABELS.items()
        if state[name] is not None
    ]
    card = element("div", element("dl", *rows), class_="document-card")
    parts.show(element("section", element("h2", wording.INDEX_IN_USE), card, class_="prose"))


def _model(assistant: Assistant) -> str:
    """Which language model words answers, and what leaves this machine for it."""
    if assistant.language_model is None:
        return wording.NO_MODEL
    told = wording.LOCAL_MODEL if assistant.keeps_questions else wording.REMOTE_MODEL
    return told.format(model=assistant.language_model)


def _shown(name: str, value: object) -> str:
    return phrasing.day(datetime.fromisoformat(str(value)).date()) if name == "built_at" else str(value)


def sections(text: str) -> list[tuple[str, list[str]]]:
    """Headings (« ## ») with the paragraphs below each."""
    found = []
    for section in text.split("## ")[1:]:
        heading, *paragraphs = (part.strip() for part in section.split("\n\n"))
        found.append((heading, [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph]))
    return found


if __name__ == "__main__":
    screen(session.current_assistant())
