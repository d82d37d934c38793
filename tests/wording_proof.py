"""The checks of a model's wording over one index, and a count of the false replies that they catch."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from false_replies import RULES

from assistant.composing import prove
from assistant.evaluating import read_questions
from assistant.leaning import lean, units_quoted
from assistant.replies import Point

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.units import Units
    from index.records import Passage
    from index.searching import Index

CHECKOUT = Path(__file__).resolve().parents[1]
QUESTIONS = CHECKOUT / "corpus" / "questions.jsonl"
# So many false sentences of a rule are made of one true one.
MOST_OF_A_RULE = 4
# An item of a list without one of these is no sentence: « la qualité de l'annuaire ; ».
VERB = re.compile(r"\b(?:est|sont|a|ont|doit|doivent|peut|peuvent|était|étaient|qui|se|ne|il|elle)\b|\b[sn]['’]")
# « 1. » and « - le scanner ; » are no sentences.
LEAST_WORDS, LEAST_ITEM_WORDS = 4, 8


@dataclass(frozen=True)
class True_:  # noqa: N801
    """A true sentence: the words that it quotes and their passage."""

    sentence: str
    span: str
    passage: Passage


@dataclass
class Proving:
    """The checks over one index."""

    index: Index
    units: Units

    def fault(self, sentence: str, span: str, passage: Passage, number: int = 1) -> str:
        _, checked = prove([Point(sentence, (number,), span)], [passage], self.index, self.units)
        return checked[0].fault if checked else ""

    def quotation(self, one: True_) -> str:
        """What the sentence is proven by: the sentences or the row around its words, with their headers."""
        quoted = units_quoted(one.span, one.passage, self.units)
        headers = [header.quote for header in one.passage.headers if header]
        return " ".join((lean(one.sentence, quoted, self.index, is_exact=True).quotation.span.quote, *headers))

    @cached_property
    def tidied(self) -> list[tuple[str, Passage]]:
        return [(_tidy(one.text), one) for one in self.index.passages]

    def fault_of(self, paraphrase: Mapping[str, str], *, in_prose: bool = False) -> str:
        """What the check has against a sentence written by hand, in the best passage that holds its span.

        In prose the span tells the passage alone.
        """
        span = _tidy(paraphrase["span"])
        passages = [one for text, one in self.tidied if span in text]
        quoted = "" if in_prose else paraphrase["span"]
        found = {self.fault(paraphrase["sentence"], quoted, passage) for passage in passages}
        return "" if "" in found else min(found, default="absent")

    def golden(
        self, assistant: Assistant, every: int, *, half: str | None = None, questions: Path = QUESTIONS
    ) -> Iterator[True_]:
        """What the golden answers quote, as a model that copies would say it: each unit once."""
        seen: set[str] = set()
        asked = [one for one in read_questions(questions) if one.answerable and half in (None, one.half)]
        for golden in asked[::every]:
            for citation in assistant.answer(golden.question, after=golden.after, day=golden.day).citations:
                passage = self.index.passage(citation.passage_id)
                for unit in self.units.of(passage):
                    inside = citation.span.start <= unit.start and unit.end <= citation.span.end
                    if inside and unit.text not in seen and is_sentence(unit.text, passage):
                        seen.add(unit.text)
                        yield True_(as_said(unit.text, passage), unit.text, passage)


def _tidy(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def paraphrases(path: Path, programme: str | None = None) -> list[dict[str, str]]:
    """The sentences of a file that a person wrote of one programme's documents; of the default one without a name."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("programme") == programme]


def is_sentence(text: str, passage: Passage) -> bool:
    """Whether a model could say it as it is: no opening of a list, no short item (« 2. le scanner ; ») or bare one."""
    is_item = text.rstrip().endswith(";") or re.match(r"\s*(?:\d+[.)]|[-•–])\s", text) is not None
    if is_item and not VERB.search(text):
        return False
    return passage.kind == "row" or (
        not text.rstrip().endswith(":") and len(text.split()) >= (LEAST_ITEM_WORDS if is_item else LEAST_WORDS)
    )


def as_said(text: str, passage: Passage) -> str:
    if passage.kind == "prose":
        return " ".join(text.split()).removeprefix("- ").removeprefix("• ")
    cells = [(h.quote if h else "", c.quote) for c, h in zip(passage.cells, passage.headers, strict=True) if c.quote]
    rest = " ; ".join(f"{header} : {cell}" if header else cell for header, cell in cells[1:])
    return f"{cells[0][1]} — {rest}"


@dataclass
class Count:
    """False replies by rule, made and caught; true sentences, and those rejected with why."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    true: int = 0
    escaped: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rejected = f"true ones: {self.true}, rejected: {dict(self.rejected)}"
        escaped = f"escaped: {dict(self.made - self.caught)}"
        made = f"false replies: {self.made.total()} {dict(self.made)}, caught: {self.caught.total()}"
        return f"{made}, {escaped}; {rejected}"


def count(proving: Proving, true: Iterable[True_], most: int = MOST_OF_A_RULE) -> Count:
    """What becomes of the false replies made from true ones."""
    counted = Count()
    for one in true:
        counted.true += 1
        if why := proving.fault(one.sentence, one.span, one.passage):
            counted.rejected[f"{why}: {one.sentence[:90]}"] += 1
            continue
        text = proving.quotation(one)
        for name, rule in RULES.items():
            for false in islice(rule(one.sentence, text, proving.index.vocabulary), most):
                counted.made[name] += 1
                if proving.fault(false, one.span, one.passage):
                    counted.caught[name] += 1
                else:
                    counted.escaped.append(f"{name}: {false}\n      from: {one.sentence}")
        for number in (0, 2, 7, 999):
            counted.made["marker"] += 1
            counted.caught["marker"] += proving.fault(one.sentence, one.span, one.passage, number) == "marker"
    return counted
