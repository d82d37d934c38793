"""What a paper is made of: its paragraphs. Values only; `paper` makes the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "heading", "subheading", "about", "text", "item", "quote", "meta", "notice"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its role on the page, its plain text, where a click on it leads."""

    role: Role
    text: str
    address: str | None = None
