"""What is known of each document of a generation, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.plain_files import JsonLines
from index.records import DocumentInfo


class Documents(Mapping[str, DocumentInfo]):
    """What is known of each document, by id, in the corpus's order; decoded when asked for."""

    def __init__(self, ids: Sequence[str], lines: JsonLines[DocumentInfo]) -> None:
        self._rows = {name: row for row, name in enumerate(ids)}
        self._lines = lines
        self._read: dict[str, DocumentInfo] = {}

    def __getitem__(self, name: str) -> DocumentInfo:
        if name not in self._read:
            self._read[name] = self._lines[self._rows[name]]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, name: str) -> int:
        """The document's row; KeyError when there is no such document."""
        return self._rows[name]
