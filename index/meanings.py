"""Pure: what a sentence or row says an acronym means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.acronyms import learn_acronyms, spells_out
from index.words import content_words

_ACRONYM = r"[A-Z][A-Z0-9]+(?:[-'’][A-Z0-9]+)*"
_SAID = re.compile(
    rf"(?<![\w-])(?P<acronym>{_ACRONYM})(?:\s*,)?\s+"
    r"(?:signifie\w*|veut dire|(?:est |sont )?présentée?s? (?:[\w-]+ ){0,4}comme)\s+"
    r"(?:la |le |les |l['’])?[«\"“]?\s*(?P<meaning>[^»\"”.,;:()]{8,90}?)\s*(?=[»\"”.,;:()]|&|$)"
)
_SAME = 0.6
_LIKE = 0.3
_ROOT = 5


def meanings_of(text: str) -> Iterator[tuple[str, str]]:
    """Each acronym that the sentence spells out, with its meaning."""
    found = dict(learn_acronyms(text))
    for match in _SAID.finditer(text):
        found.setdefault(match["acronym"], match["meaning"])
    yield from found.items()


def meaning_of_row(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The acronym of a glossary's row, whose next cell spells it out."""
    if len(cells) > 1 and re.fullmatch(_ACRONYM, cells[0].strip()) and spells_out(cells[0].strip(), cells[1]):
        yield cells[0].strip(), " ".join(cells[1].split())


def is_same_meaning(one: str, other: str) -> bool:
    """Whether two meanings say the same in nearly the same words; the shorter may leave words out."""
    mine, theirs = _roots(one), _roots(other)
    if not mine or not theirs or mine <= theirs or theirs <= mine:
        return True
    return len(mine & theirs) >= _SAME * len(mine | theirs)


def is_like_meaning(one: str, other: str) -> bool:
    """Whether two meanings may be two wordings of one thing: some of their words are the same."""
    mine, theirs = _roots(one), _roots(other)
    return len(mine & theirs) >= _LIKE * len(mine | theirs)


def _roots(meaning: str) -> frozenset[str]:
    """The beginnings of its words, by which singular and plural are the same."""
    return frozenset(word[:_ROOT] for word in content_words(meaning))
