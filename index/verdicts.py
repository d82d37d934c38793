"""What the gate said of a generation, kept in it beside the files that are sealed."""

from __future__ import annotations

import json
from pathlib import Path

from index.build_report import GateVerdict
from index.plain_files import read_json, write_atomically
from index.record_files import from_plain, to_plain

VERDICT = "gate.json"


def keep_verdict(folder: Path, verdict: GateVerdict) -> None:
    """Writes what the gate said of a sealed candidate beside its files."""
    write_atomically(folder / VERDICT, json.dumps(to_plain(verdict), ensure_ascii=False, indent=1) + "\n")


def verdict_on(folder: Path) -> GateVerdict | None:
    """What the gate said of a generation; None when it was not asked, or when that cannot be read."""
    try:
        return from_plain(GateVerdict, read_json(folder / VERDICT))
    except (OSError, ValueError, KeyError, TypeError):
        return None
