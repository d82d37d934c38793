"""The review screen: the exchanges to check."""

from __future__ import annotations

from assistant.screens import parts, wording


def screen() -> None:
    """The whole screen."""
    parts.title(wording.REVIEW)


if __name__ == "__main__":
    screen()
