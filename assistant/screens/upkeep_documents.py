"""The part « Documents » of the upkeep screen."""

from __future__ import annotations


def show() -> None:
    """The whole part."""
