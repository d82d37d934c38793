"""What people ask and which sentences answer it: a corpus' `phrasings.jsonl`, read and tied to passages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorpusError
from index.records import Passage
from index.vocabulary import Vocabulary

FILE = "phrasings.jsonl"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Questions, each of which any of the quotations of a document answers, or all of them together."""

    document_id: str
    quotes: tuple[str, ...]
    questions: tuple[str, ...]


def read_phrasings(path: Path | None) -> tuple[Phrasing, ...]:
    """The lines of the file, in order; none when there is no file.

    Raises:
        CorpusError: the file cannot be read, or a line is no JSON object with `document`, `quotes` and `questions`.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if path is not None else []
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{FILE} ne peut pas être lu : enregistrez-le en UTF-8 et vérifiez ses droits.") from error
    return tuple(_phrasing(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _phrasing(number: int, line: str) -> Phrasing:
    try:
        entry = json.loads(line)
        quotes, questions = (tuple(map(_text, entry[key])) for key in ("quotes", "questions"))
        return Phrasing(_text(entry["document"]), quotes, questions)
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{FILE}, ligne {number} : une ligne est un objet JSON avec « document », « quotes » et « questions » "
            "(deux listes de textes). Corrigez-la, ou retirez-la."
        ) from error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value


@dataclass(frozen=True, slots=True)
class Placed:
    """Distinct questions, each with the (row of its passage, number of the sentence in it) of what answers it.

    Terms bear their own names in them. `warnings` are French sentences about quotations that stand nowhere.
    """

    questions: tuple[str, ...]
    targets: tuple[tuple[tuple[int, int], ...], ...]
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, phrasings: Iterable[Phrasing], passages: Sequence[Passage], vocabulary: Vocabulary) -> Placed:
        """The phrasings tied to the passages of the documents that they quote."""
        sentences = _sentences(passages)
        found: dict[str, dict[tuple[int, int], None]] = {}
        lost: list[tuple[str, str]] = []
        for one in phrasings:
            places = {quote: _places(quote, sentences.get(one.document_id, ())) for quote in one.quotes}
            lost += [(one.document_id, quote) for quote, where in places.items() if not where]
            answering = dict.fromkeys(place for where in places.values() for place in where)
            for question in one.questions if answering else ():
                found.setdefault(vocabulary.in_own_names(" ".join(question.split())), {}).update(answering)
        warnings = tuple(
            f"{FILE} : « {_start(quote)} » ne se trouve pas (ou plus) dans le document « {name} » : ses questions ne "
            "servent pas. Corrigez la citation, ou retirez la ligne."
            for name, quote in dict.fromkeys(lost)
        )
        return cls(tuple(found), tuple(map(tuple, found.values())), warnings)


def _start(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN].rstrip()}…"


def _sentences(passages: Sequence[Passage]) -> Mapping[str, list[tuple[str, tuple[int, int]]]]:
    found: dict[str, list[tuple[str, tuple[int, int]]]] = {}
    for row, passage in enumerate(passages):
        for number, (start, end) in enumerate(passage.sentences):
            text = _plain(passage.text[start - passage.start : end - passage.start])
            found.setdefault(passage.document_id, []).append((text, (row, number)))
    return found


def _places(quote: str, sentences: Iterable[tuple[str, tuple[int, int]]]) -> list[tuple[int, int]]:
    """The sentences that the quotation is, lies in, or is made of."""
    plain = _plain(quote)
    same = [place for text, place in sentences if text == plain]
    return same or [place for text, place in sentences if plain in text or text in plain]


def _plain(text: str) -> str:
    return " ".join(text.split())
