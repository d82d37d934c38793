"""What a model is told: the French files of `prompts/`, with passages and question set apart as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from index.records import Passage

Strategy = Literal["quote", "write"]

_FOLDER = Path(__file__).parent / "prompts"
# What sets data apart; a text that holds such marks has them taken out.
_FENCE = re.compile(r"<{2,}|>{2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: the rules, then the data."""

    rules: str
    told: str


def answer_prompt(question: str, passages: Sequence[Passage], strategy: Strategy) -> Prompt:
    """Asks for an answer from the passages, numbered from 1 in their order."""
    shown = "\n\n".join(
        f"<<< PASSAGE {number}\n{_as_data(passage.searchable)}\n{number} >>>"
        for number, passage in enumerate(passages, 1)
    )
    # One pass: what a passage holds is never taken for a place to fill.
    data = {"passages": shown, "question": _as_data(question)}
    told = re.sub(r"\{(passages|question)\}", lambda place: data[place[1]], read("question"))
    return Prompt(read(strategy), told)


def standalone_prompt(question: str, after: Sequence[str]) -> Prompt:
    """Asks for the question as it reads without the ones before it, oldest first."""
    told = "\n".join(f"<<< QUESTION {n}\n{_as_data(one)}\n{n} >>>" for n, one in enumerate((*after, question), 1))
    return Prompt(read("standalone"), told)


@cache
def read(name: str) -> str:
    """The text of a prompt."""
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()


def _as_data(text: str) -> str:
    return _FENCE.sub(" ", _CONTROL.sub(" ", text))
