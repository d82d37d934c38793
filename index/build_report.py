"""What a build did, for people and for programs. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Tag


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that could not be indexed; `reason` is a French sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer was made from: what must differ for it to change.

    `understood` is a hash of all that was understood; `sought` and `tags` are what was searched for, nothing when the
    answer needed no search. `least` is the score of the last passage that was looked at, 0 when there was room for
    more. `passages` are the ids of those looked at or quoted. `is_told` when days or sums were asked for. `age` counts
    the generations that took the answer over without asking again.
    """

    understood: str
    sought: str
    tags: tuple[Tag, ...]
    least: float
    passages: tuple[str, ...]
    is_told: bool
    confidence: float
    age: int = 0


@dataclass(frozen=True, slots=True)
class GoldenResult:
    """What an index answers to a golden question: `verdict` is right, wrong or withheld, `why` what is amiss.

    `asked` is a hash of the question with all that is wanted of its answer. A verified answer has no `basis`.
    """

    id: str
    asked: str
    question: str
    verdict: str
    why: str
    text: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A golden question that two indexes answer otherwise: `change` is « lost », « wrong » or « better »."""

    change: str
    before: GoldenResult
    after: GoldenResult


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What the gate says of a candidate; `summary` is shown whatever it decides.

    `accepted_because` is the maintainer's reason for taking a candidate that would have been refused. `results` are
    the candidate's own, kept in the generation: the next build need not ask again what is answered alike, and cannot
    ask when the model has changed. `made_by` is a hash of the program and settings that gave them.
    """

    is_accepted: bool
    summary: str
    accepted_because: str | None = None
    differences: tuple[Difference, ...] = ()
    results: tuple[GoldenResult, ...] = ()
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was read, kept and refused. Documents are named by their path under `documents/`, in the corpus's order.

    `generation` is the one now in use (None when none is). `encoded` counts the texts (passages and sentences) that the
    model had to encode, `leftovers` names what killed builds had left and this one removed. `reread` are those of
    `changed` whose file is as before, `reused` counts the passages of documents that are not read again, and `causes`
    names what else than a document differs: code, vocabulary, programme, settled, model.
    """

    generation: str | None
    is_unchanged: bool
    is_dry_run: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[str, ...]
    leftovers: tuple[str, ...]
    passages: int
    encoded: int
    deadlines: int
    gate: GateVerdict | None
    seconds: float
    reread: tuple[str, ...] = ()
    reused: int = 0
    causes: tuple[str, ...] = ()
