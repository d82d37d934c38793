"""Which day it is where the programme is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def today(fixed: date | None, timezone: str) -> date:
    """The day that the settings fix, else today in the time zone (in UTC when there is none of that name)."""
    if fixed is not None:
        return fixed
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.now(zone).date()
