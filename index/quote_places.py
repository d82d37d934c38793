"""Where a quotation stands in a page's characters, though two readers wrote them differently. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from index.frames import CELL_SEPARATOR

_LEAST_SCORE = 85.0
_SHORT_CHARS, _LEAST_SCORE_OF_SHORT = 60, 95.0
_LEAST_FUZZY_CHARS = 8
_LEAST_LAST_CHARS = 3
_MOST_PIECES = 16
_FOLDED_AWAY = frozenset("-‐‑‒–—―−\u00ad\ufffe\x02\u200b\u200c\u200d\ufeff|")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "œ": "oe", "æ": "ae"})


def find_quote(characters: str, quote: str, expected_start: int | None = None) -> tuple[tuple[int, int], ...]:
    """The (start, end) runs of characters that hold the quotation, empty when it is not there.

    A row « a | b | c » gives one run per cell, all after one another or close by; prose gives one, or one per line
    where the file holds its lines apart (columns drawn line by line).
    """
    folded, places = _folded(characters)
    wanted = _folded(quote)[0]
    whole = _nearest(folded, wanted, places, expected_start)
    if whole:
        return (_run(whole, places),)
    runs = _cells(folded, quote.split(CELL_SEPARATOR), places, expected_start) if CELL_SEPARATOR in quote else []
    runs = runs or _pieces(folded, wanted, places, expected_start)
    alike = _alike(folded, wanted) if not runs else None
    runs = runs or ([alike] if alike else [])
    return tuple(_run(run, places) for run in runs)


def _folded(text: str) -> tuple[str, list[int]]:
    """Letters, figures and marks without case, accents, blanks or hyphens, and the place of each in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if character.isspace() or character in _FOLDED_AWAY:
            continue
        for letter in unicodedata.normalize("NFKD", character).casefold().translate(_ALIKE):
            if not (letter.isspace() or unicodedata.combining(letter)):
                letters.append(letter)
                places.append(at)
    return "".join(letters), places


def _run(found: tuple[int, int], places: list[int]) -> tuple[int, int]:
    return places[found[0]], places[found[1] - 1] + 1


def _occurrences(folded: str, wanted: str) -> Iterator[tuple[int, int]]:
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = folded.find(wanted, at + 1)


def _nearest(folded: str, wanted: str, places: list[int], expected: int | None) -> tuple[int, int] | None:
    found = list(_occurrences(folded, wanted))
    if expected is None or not found:
        return found[0] if found else None
    return min(found, key=lambda run: abs(places[run[0]] - expected))


def _alike(folded: str, wanted: str) -> tuple[int, int] | None:
    """The stretch that is most alike, read back: it must be about as long as what is wanted."""
    if len(wanted) < _LEAST_FUZZY_CHARS or len(folded) < _LEAST_FUZZY_CHARS:
        return None
    found = fuzz.partial_ratio_alignment(wanted, folded, score_cutoff=_LEAST_SCORE)
    if found is None or found.dest_end <= found.dest_start or len(folded) < len(wanted) * 0.8:
        return None
    read_back = folded[found.dest_start : found.dest_end]
    least = _LEAST_SCORE if len(wanted) >= _SHORT_CHARS else _LEAST_SCORE_OF_SHORT
    return (found.dest_start, found.dest_end) if fuzz.ratio(wanted, read_back) >= least else None


def _pieces(folded: str, wanted: str, places: list[int], expected: int | None) -> list[tuple[int, int]]:
    """The quotation as a few stretches of the page, each as long as can be; none unless they make all of it."""
    runs: list[tuple[int, int]] = []
    near = expected
    while wanted and len(runs) < _MOST_PIECES:
        length = _longest_prefix(folded, wanted)
        if length < (_LEAST_FUZZY_CHARS if length < len(wanted) else _LEAST_LAST_CHARS):
            return []
        run = _nearest(folded, wanted[:length], places, near)
        if run is None:
            return []
        runs.append(run)
        near = places[run[1] - 1]
        wanted = wanted[length:]
    return [] if wanted else runs


def _longest_prefix(folded: str, wanted: str) -> int:
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in folded else (low, middle - 1)
    return low


def _cells(folded: str, cells: list[str], places: list[int], expected: int | None) -> list[tuple[int, int]]:
    """The cells in one row: the occurrences that lie closest together around those of the longest cell."""
    wanted = [text for text in (_folded(cell)[0] for cell in cells) if text]
    found = [list(_occurrences(folded, text)) or [run for run in [_alike(folded, text)] if run] for text in wanted]
    if not wanted or any(not runs for runs in found):
        return []
    rarest = min(range(len(wanted)), key=lambda at: (len(found[at]), -len(wanted[at])))
    choices = [_around(anchor, rarest, found) for anchor in found[rarest][:200]]

    def spread(choice: list[tuple[int, int]]) -> tuple[int, int]:
        starts = [run[0] for run in choice]
        apart = abs(places[min(starts)] - expected) if expected is not None else 0
        return max(starts) - min(starts), apart

    return min(choices, key=spread)


def _around(anchor: tuple[int, int], place: int, found: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """For each cell the occurrence nearest to `anchor` (the one of the cell at `place`), on letters of its own."""
    chosen = {place: anchor}
    for at in sorted(range(len(found)), key=lambda at: found[at][0][0] - found[at][0][1]):  # the longest first
        if at != place:
            free = [
                run for run in found[at] if all(run[1] <= other[0] or other[1] <= run[0] for other in chosen.values())
            ]
            chosen[at] = min(free or found[at], key=lambda run: abs(run[0] - anchor[0]))
    return [chosen[at] for at in range(len(found))]
