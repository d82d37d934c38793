"""Question sets → measured quality. The rules of right, wrong and withheld are those of CONTRACT."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any, Literal, Protocol

from assistant.answers import Answer, to_json
from assistant.errors import QuestionSetError
from index.dating import normalise_dates
from index.error_words import reason_of
from index.words import fold

Verdict = Literal["right", "wrong", "withheld"]
LONGEST_PLAIN_ANSWER = 1500
_LONG_TYPES = frozenset({"list", "calendar", "ambiguous", "comparison"})
_ASKS_LIST = re.compile(
    r"\bquel(?:le)?s\b|\bliste|\bcalendrier|\btou(?:s|tes)\b|\bechances?\b|\becheances\b|\betapes\b|\bcomment\b"
)
_SEPARATORS = re.compile(r"[\s\-‐-–—'’ʼ\u00a0\u202f]+")
_THOUSANDS = re.compile(r"(?<![\d.,-])\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?![\d]|[.,]\d)")
_SIGN = re.compile(r"\s*([%€])")


class Answering(Protocol):
    """What is measured."""

    def answer(self, question: str, *, after: Sequence[str] = (), day: date | None = None) -> Answer:
        """The answer to a question."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One question of a set, with what its answer must and must not hold."""

    id: str
    question: str
    after: tuple[str, ...]
    day: date | None
    answerable: bool
    gold: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    type: str
    half: str


@dataclass(frozen=True, slots=True)
class Result:
    """A question, its answer and the verdict; `why` names what was missing or should not be there."""

    golden: Golden
    answer: Answer
    verdict: Verdict
    why: str


def read_questions(path: Path) -> tuple[Golden, ...]:
    """The questions of a JSON Lines file.

    Raises:
        QuestionSetError: the file is missing or a line is not a question; the line's number is named.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"Le jeu de questions « {path} » ne peut pas être lu : {reason_of(error)}.") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(_golden(json.loads(line), number))
        except KeyError as error:
            raise QuestionSetError(f"{path.name}, ligne {number} : le champ {error} manque. Ajoutez-le.") from error
        except (AttributeError, TypeError, ValueError) as error:
            is_json = isinstance(error, json.JSONDecodeError)
            why = reason_of(error) if is_json else "un champ n'a pas la forme attendue"
            raise QuestionSetError(f"{path.name}, ligne {number} : {why}. Corrigez cette ligne.") from error
    return tuple(questions)


def _golden(entry: Mapping[str, Any], number: int) -> Golden:
    after = entry.get("after") or ()
    alternatives = entry.get("gold_alt") or {}
    day = entry.get("day")
    return Golden(
        id=str(entry.get("id", number)),
        question=str(entry["question"]),
        after=(after,) if isinstance(after, str) else tuple(after),
        day=date.fromisoformat(day) if day else None,
        answerable=bool(entry["answerable"]),
        gold=tuple((str(gold), *alternatives.get(gold, ())) for gold in entry.get("gold", ())),
        must_not=tuple(entry.get("must_not", ())),
        type=str(entry.get("type", "")),
        half=str(entry.get("half", "")),
    )


def evaluate(
    questions: Iterable[Golden], assistant: Answering, *, progress: Callable[[int], None] | None = None
) -> tuple[Result, ...]:
    """Asks every question and judges every answer, in order."""
    results = []
    for number, golden in enumerate(questions, 1):
        answer = assistant.answer(golden.question, after=golden.after, day=golden.day)
        results.append(Result(golden, answer, *judge(golden, answer)))
        if progress is not None:
            progress(number)
    return tuple(results)


def judge(golden: Golden, answer: Answer) -> tuple[Verdict, str]:
    """The verdict on one answer, and why when it is not right."""
    said = normal(" \n ".join([answer.text, *(quote for c in answer.citations for quote in _quotes(c))]))
    banned = next((one for one in golden.must_not if _holds(said, one)), None)
    if not golden.answerable:
        if answer.outcome in ("not_found", "clarify", "out_of_scope"):
            return "right", ""
        if answer.outcome == "partial" and banned is None:
            return "right", ""
        return "wrong", f"affirme : {banned or 'une réponse'}"
    if answer.outcome in ("not_found", "clarify", "out_of_scope"):
        return "withheld", ""
    if banned is not None:
        return "wrong", f"contient : {banned}"
    lacking = next((gold[0] for gold in golden.gold if not any(_holds(said, spelling) for spelling in gold)), None)
    if lacking is not None:
        return "wrong", f"manque : {lacking}"
    if not answer.citations:
        return "wrong", "aucune citation"
    if len(answer.text) > LONGEST_PLAIN_ANSWER and not _may_be_long(golden):
        return "wrong", f"{len(answer.text)} caractères"
    return "right", ""


def _quotes(citation: Any) -> list[str]:
    return [citation.span.quote, *(header.quote for header in citation.headers)]


def _may_be_long(golden: Golden) -> bool:
    return golden.type in _LONG_TYPES or bool(_ASKS_LIST.search(fold(golden.question).casefold()))


def _holds(said: str, wanted: str) -> bool:
    text = normal(wanted)
    return bool(text) and re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", said) is not None


def normal(text: str) -> str:
    """The text as answers are compared: dates in one spelling, no case, accent, hyphen, apostrophe, thousands mark."""
    dated = _SIGN.sub(r" \1", normalise_dates(text))
    joined = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), dated)
    return _SEPARATORS.sub(" ", fold(joined).casefold()).strip()


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """The figures of CONTRACT: counts per type, shares of right and of wrong among the asserted, milliseconds."""
    asserted = [r for r in results if r.answer.outcome in ("answered", "partial")]
    answerable = [r for r in results if r.golden.answerable]
    unanswerable = [r for r in results if not r.golden.answerable]
    times = sorted(r.answer.timings_ms["total"] for r in results)
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else [*times] * 19
    types = sorted({r.golden.type for r in results})
    return {
        "questions": len(results),
        "types": {kind: _counts([r for r in results if r.golden.type == kind]) for kind in types},
        "all": _counts(results),
        "share_right": _share(sum(r.verdict == "right" for r in results), len(results)),
        "share_right_answerable": _share(sum(r.verdict == "right" for r in answerable), len(answerable)),
        "share_withheld_unanswerable": _share(sum(r.verdict == "right" for r in unanswerable), len(unanswerable)),
        "share_wrong_among_asserted": _share(sum(r.verdict == "wrong" for r in asserted), len(asserted)),
        "p50_ms": round(cuts[9], 2) if cuts else 0.0,
        "p95_ms": round(cuts[18], 2) if cuts else 0.0,
    }


def _counts(results: Sequence[Result]) -> dict[str, int]:
    return {verdict: sum(r.verdict == verdict for r in results) for verdict in ("right", "wrong", "withheld")}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def report_lines(results: Iterable[Result]) -> str:
    """One JSON line per question: its id, the verdict, why, and the whole answer."""
    lines = [
        json.dumps(
            {"id": r.golden.id, "verdict": r.verdict, "why": r.why, "answer": to_json(r.answer)}, ensure_ascii=False
        )
        for r in results
    ]
    return "".join(f"{line}\n" for line in lines)
