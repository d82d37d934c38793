"""The doors of reading and dating, fed with what nobody would write, for as long as one likes.

Run: python tests/benchmarks/fuzzing.py [--minutes 60] [--seed 1]
A find is an error that is no refusal, a date that is not where it says, text that takes longer than a second to date, a
reader that died or passed its time. Each is printed with the seed that brings it back; exit code 1 when there is one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from file_makers import info
from french_texts import PARAGRAPHS
from hostile_files import fuzzed, spliced, truncated

from index.dating import find_dates, normalise_dates, parse_day_expression
from index.errors import UnreadableDocument
from index.isolation import IsolatedReader
from index.records import DayRange
from index.splitting import split

_PIECES = (
    *"lundi mardi 1er 2 3 12 28 29 30 31 32 0 janvier février mars avril mai juin août sept. déc. décembre".split(),  # noqa: SIM905
    *"2023 2024 24 1900 9999 10000 '23 T1 T4 trimestre printemps été hiver début mi- fin courant semestre".split(),  # noqa: SIM905
    *"14h 14 h 30 14:00 25h 23h59 minuit midi du au et ou à entre jusqu'au avant après le la dès reporté".split(),  # noqa: SIM905
    *"prévu initialement décalé prolongé clos ouvre / - – . , ; : ( ) « » | n° art. € % x² ½ Ⅷ ⅓ ١٢".split(),  # noqa: SIM905
    *("\n", "\t", "\u00a0", "\u202f", "\u202e", "\u0301", "\U0001f600", "İ", "ŉ", "ﬁ", "ẞ"),
)
_SLOW_S = 1.0
_FILE_S = 20.0


def main(minutes: float, seed: int) -> int:
    ends, number = time.monotonic() + 60 * minutes, seed * 1_000_000
    counts: Counter[str] = Counter()
    finds: list[str] = []
    with IsolatedReader(timeout_s=_FILE_S) as reader, tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < ends:
            number += 1
            found = (
                _file(reader, Path(folder) / str(number), number, counts)
                if number % 10 == 0
                else _dated(number, counts)
            )
            if found:
                finds.append(f"{number}: {found}")
                print(finds[-1], flush=True)
    print(f"{minutes:.0f} minutes: {dict(counts)}, {len(finds)} finds")
    return 1 if finds else 0


def text_of(number: int) -> str:
    """A text made of pieces of dates, of prose, or of both."""
    chance = random.Random(number)
    pieces = [chance.choice(_PIECES) for _ in range(chance.choice((3, 8, 30, 300)))]
    if chance.random() < 0.3:
        words = chance.choice(PARAGRAPHS).split()
        pieces = [chance.choice((chance.choice(pieces), word)) for word in words]
    return chance.choice((" ", "", " ")).join(pieces)


def _dated(number: int, counts: Counter[str]) -> str:
    text, started = text_of(number), time.process_time()
    counts["texts"] += 1
    written = random.Random(number).choice((None, DayRange(date(2024, 2, 29), date(2024, 2, 29))))
    try:
        mentions = find_dates(text, written=written)
        normalise_dates(text)
        parse_day_expression(text)
    except Exception as error:  # noqa: BLE001 whatever it is, it is a find
        return f"{type(error).__name__}: {error}: {text[:200]!r}"
    counts["dates"] += len(mentions)
    wrong = [one for one in mentions if text[one.start : one.end] != one.text or (one.first and one.first > one.last)]
    elapsed_s = time.process_time() - started
    return f"misplaced {wrong[0]}: {text[:200]!r}" if wrong else f"{elapsed_s:.1f} s" if elapsed_s > _SLOW_S else ""


def _file(reader: IsolatedReader, folder: Path, number: int, counts: Counter[str]) -> str:
    chance = random.Random(number)
    folder.mkdir()
    path = chance.choice((fuzzed, fuzzed, truncated, spliced))(folder, chance)
    counts["files"] += 1
    try:
        document = reader.read(path, info(path))
    except UnreadableDocument as refusal:
        counts["refused"] += 1
        is_find = "échouer" in refusal.reason or "dépassé" in refusal.reason
        return f"{path.name}: {refusal.reason}" if is_find else ""
    except Exception as error:  # noqa: BLE001 whatever it is, it is a find
        return f"{path.name}: {type(error).__name__}: {error}"
    finally:
        path.unlink()
    frames = {page.number: page.text for page in document.pages}
    wrong = [one for one in split(document) if frames[one.page][one.start : one.end] != one.text]
    return f"{path.name}: a passage that is not in its page: {wrong[0].id}" if wrong else ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(main(options.minutes, options.seed))
