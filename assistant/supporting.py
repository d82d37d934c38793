"""How well shown sentences are supported by their citations, as the checker judges it: ALCE's definitions.

Gao et al., « Enabling Large Language Models to Generate Text with Citations », EMNLP 2023: the *citation recall* of a
statement is 1 when its citations together support it; the *citation precision* of a citation is 1 when its statement
has recall 1 and the citation supports it alone, or the others do not support it without it. ALCE asks a model of
inference; here `proving.fault` is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Citation, Statement
from assistant.new_words import Rules
from assistant.proving import Proof, fault
from assistant.rules import rules_of
from index.records import Passage
from index.searching import Index


@dataclass(frozen=True, slots=True)
class Support:
    """Counts over one or more answers; `supported` of `statements`, `precise` of `citations`."""

    statements: int = 0
    supported: int = 0
    citations: int = 0
    precise: int = 0

    def __add__(self, other: Support) -> Support:
        return Support(
            self.statements + other.statements,
            self.supported + other.supported,
            self.citations + other.citations,
            self.precise + other.precise,
        )

    @property
    def recall(self) -> float:
        """The share of statements that their citations support."""
        return round(self.supported / self.statements, 4) if self.statements else 0.0

    @property
    def precision(self) -> float:
        """The share of citations that their statement needs."""
        return round(self.precise / self.citations, 4) if self.citations else 0.0


def support(answer: Answer, index: Index) -> Support:
    """The counts of one answer."""
    by_number = {citation.number: citation for citation in answer.citations}
    rules = rules_of(index)
    total = Support()
    for statement in answer.statements:
        cited = [by_number[number] for number in statement.citations]
        if not why_unsupported(statement, cited, index, rules):
            precise = sum(_is_needed(statement, one, cited, index, rules) for one in cited)
            total += Support(1, 1, len(cited), precise)
        else:
            total += Support(1, 0, len(cited), 0)
    return total


def why_unsupported(statement: Statement, cited: Sequence[Citation], index: Index, rules: Rules) -> str:
    """What the checker has against the statement with these citations; empty when they support it."""
    if not cited:
        return "marker"
    derived = [f"{value.value} {value.how}" for value in statement.derived]
    quoted = "\n".join((*(_quoted(one) for one in cited), *derived))
    proof = Proof(
        quoted, "\n".join(_frame(one, index) for one in cited), lambda: _nearest(statement.text, cited, index)
    )
    bare = _bare(statement, cited)
    if any(_words(bare) == _words(one.span.quote) for one in cited):
        return ""
    return fault(bare, proof, rules) or ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _bare(statement: Statement, cited: Sequence[Citation]) -> str:
    """What is stated, without the heading said before it, which is quoted too, and what is told as derived."""
    text = statement.text
    for heading in (header.quote for one in cited for header in one.headers):
        text = text.removeprefix(f"{' '.join(heading.split())} — ")
    for value in statement.derived:
        text = text.replace(f" ({value.value})", "")
    return text


def _is_needed(statement: Statement, one: Citation, cited: Sequence[Citation], index: Index, rules: Rules) -> bool:
    others = [other for other in cited if other is not one]
    return not why_unsupported(statement, [one], index, rules) or bool(
        not others or why_unsupported(statement, others, index, rules)
    )


def _quoted(citation: Citation) -> str:
    return "\n".join((*(header.quote for header in citation.headers), citation.span.quote))


def _frame(citation: Citation, index: Index) -> str:
    """What a reader sees around a quotation: who says it and when, the headings above."""
    source = citation.document.evidence
    about = f"{source.publisher} {source.published_as_written} {citation.document.title}"
    return "\n".join((about, *index.passage(citation.passage_id).headings))


def _nearest(text: str, cited: Sequence[Citation], index: Index) -> float:
    return max(_nearness(text, one, index) for one in cited)


def _nearness(text: str, citation: Citation, index: Index) -> float:
    passage: Passage = index.passage(citation.passage_id)
    return max(index.sentence_deviations(text, passage), default=0.0)
