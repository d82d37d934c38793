"""The review screen: the exchanges to check."""

from __future__ import annotations

from assistant.screens import guard, parts, wording


def screen() -> None:
    """The whole screen."""
    guard.admit("see-review")
    parts.title(wording.REVIEW)


if __name__ == "__main__":
    screen()
