"""The about screen: what the assistant is, what it does not do, what happens to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.markup import element, join
from assistant.screens import parts, session, wording

if TYPE_CHECKING:
    from assistant.answering import Assistant


def screen(assistant: Assistant) -> None:
    """The whole screen."""
    programme = assistant.programme
    parts.title(wording.ABOUT, programme.description)
    for heading, paragraphs in wording.ABOUT_SECTIONS:
        parts.show(
            element(
                "section",
                element("h2", heading),
                join(*(element("p", paragraph) for paragraph in paragraphs)),
                class_="prose",
            )
        )


if __name__ == "__main__":
    screen(session.current_assistant())
