"""Pure: « s'arrête demain à midi »: a day counted from that of the document, where words before it open or close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from index.dating_atoms import clock
from index.dating_cues import Place, kind_of
from index.dating_words import HOUR_AFTER
from index.records import DateKind

_AWAY = {"apres-demain": 2, "demain": 1, "hier": -1, "avant-hier": -2}
# « l'école de demain » is no day.
_NEAR = re.compile(r"(?<![\w'-])(?<!\bde )(?:apres-demain|demain|avant-hier|hier)(?![\w-])")


def near_days(lower: str, flat: str, day: date) -> Iterator[tuple[int, int, date, str | None, DateKind]]:
    """Start, end, day, hour and kind of each such day in a flattened text; `day` is that of the document."""
    for match in _NEAR.finditer(flat):
        kind = kind_of(Place(lower, flat, match.start(), match.end(), 0, match.end()), is_window=False, context="")
        if kind not in ("opens", "closes"):
            continue
        hour = HOUR_AFTER.match(flat, match.end())
        said = clock(hour) if hour else None
        end = hour.end() if hour and said else match.end()
        yield match.start(), end, day + timedelta(days=_AWAY[match.group()]), said, kind
