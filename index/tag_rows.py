"""Which passages carry which terms, as arrays: a wanted term costs a question a few array operations, never a scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.plain_files import map_array, read_json, write_array, write_json
from index.records import Passage, Tag


class TagRows:
    """Rows of the passages by term, ascending; `said` by the text itself, or only by what is `around` it."""

    def __init__(self, passages: int, tags: Sequence[Tag], starts: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        self._passages = passages
        self._numbers = {tag: number for number, tag in enumerate(tags)}
        self._starts = starts
        self._rows = rows

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> TagRows:
        """The arrays for passages in row order."""
        found: dict[Tag, list[int]] = {}
        count = 0
        for row, passage in enumerate(passages):
            count = row + 1
            for tag in dict.fromkeys((*passage.tags, *passage.context_tags)):
                found.setdefault(tag, []).append(row)
        tags = sorted(found)
        starts = np.zeros(len(tags) + 1, np.int64)
        np.cumsum([len(found[tag]) for tag in tags], out=starts[1:])
        return cls(count, tags, starts, np.array([row for tag in tags for row in found[tag]], np.int64))

    @classmethod
    def open(cls, folder: Path) -> TagRows:
        """What `save` wrote; the rows are memory-mapped."""
        plain = read_json(folder / "tags.json")
        tags = [Tag(kind, name) for kind, name in plain["tags"]]
        return cls(plain["passages"], tags, map_array(folder / "tags.starts.npy"), map_array(folder / "tags.rows.npy"))

    def save(self, folder: Path) -> None:
        """Writes the terms as JSON and two arrays into the folder."""
        write_json(
            folder / "tags.json",
            {"passages": self._passages, "tags": [[tag.kind, tag.id] for tag in self._numbers]},
        )
        write_array(folder / "tags.starts.npy", self._starts)
        write_array(folder / "tags.rows.npy", self._rows)

    def rows(self, tag: Tag) -> NDArray[np.int64]:
        """The rows of the passages that carry the term, ascending."""
        number = self._numbers.get(tag)
        return (
            self._rows[:0] if number is None else self._rows[int(self._starts[number]) : int(self._starts[number + 1])]
        )

    def preference(self, wanted: Mapping[Tag, frozenset[Tag]], *, bonus: float, penalty: float) -> NDArray[np.float32]:
        """For each passage, `bonus` for each wanted term it carries, and `-penalty` for each kind that it contradicts.

        `wanted` gives for each term those that count as it. A passage contradicts a kind when it carries terms of that
        kind and none that is wanted.
        """
        preference = np.zeros(self._passages, np.float32)
        for kind in {tag.kind for tag in wanted}:
            accepted = {tag: {tag, *others} for tag, others in wanted.items() if tag.kind == kind}
            carries = [self._mask(tags) for tags in accepted.values()]
            for mask in carries:
                preference[mask] += bonus
            is_other = self._mask(tag for tag in self._numbers if tag.kind == kind)
            preference[is_other & ~np.logical_or.reduce(carries)] -= penalty
        return preference

    def _mask(self, tags: Iterable[Tag]) -> NDArray[np.bool_]:
        mask = np.zeros(self._passages, np.bool_)
        for tag in tags:
            mask[self.rows(tag)] = True
        return mask

    def carrying(self, wanted: Mapping[Tag, frozenset[Tag]]) -> NDArray[np.int64]:
        """The rows of the passages that carry every wanted term, ascending."""
        masks = [self._mask({tag, *accepted}) for tag, accepted in wanted.items()]
        return np.flatnonzero(np.logical_and.reduce(masks)).astype(np.int64)
