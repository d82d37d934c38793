"""Pure: which terms belong with which, from their `within` links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.records import Tag, TagKind
from index.terms import Term


class Kinship:
    """The `within` links of a vocabulary, closed upward and downward. The links hold no circle."""

    def __init__(self, terms: Iterable[Term]) -> None:
        direct = {term.tag: term.within for term in terms}
        self._above: dict[Tag, frozenset[Tag]] = {}
        for tag in direct:
            self._close(tag, direct)
        self._below: dict[Tag, set[Tag]] = {tag: set() for tag in direct}
        for tag, above in self._above.items():
            for parent in above:
                self._below[parent].add(tag)
        self._kin = {tag: frozenset((tag, *self._above[tag], *self._below[tag])) for tag in direct}

    def _close(self, tag: Tag, direct: Mapping[Tag, tuple[Tag, ...]]) -> frozenset[Tag]:
        if tag not in self._above:
            parents = direct[tag]
            self._above[tag] = frozenset(parents).union(*(self._close(parent, direct) for parent in parents))
        return self._above[tag]

    def belonging(self, tag: Tag) -> frozenset[Tag]:
        """Everything that the term is within, at any remove, itself excluded; empty for an unknown tag."""
        return self._above.get(tag, frozenset())

    def kin(self, tag: Tag) -> frozenset[Tag]:
        """The term itself, everything that it is within and everything within it, at any remove."""
        return self._kin.get(tag) or frozenset((tag,))

    def members(self, tag: Tag) -> frozenset[Tag]:
        """Everything within the term, at any remove, itself excluded; empty for an unknown tag."""
        return frozenset(self._below.get(tag, ()))

    def related(self, a: Tag, b: Tag) -> bool:
        """Whether both can be said of one thing: the same, one within the other, or at odds in no kind.

        They are at odds in a kind when each says something of it and nothing that one says is the same as, within or
        around what the other says: a dentist and the pharmacies' software differ in their lanes.
        """
        if self._fits(a, b):
            return True
        if a.kind == b.kind:
            return False
        mine, theirs = self._lowest(a), self._lowest(b)
        return all(
            any(self._fits(x, y) for x in mine[kind] for y in theirs[kind]) for kind in mine.keys() & theirs.keys()
        )

    def _fits(self, a: Tag, b: Tag) -> bool:
        return b in self.kin(a)

    def _lowest(self, tag: Tag) -> dict[TagKind, list[Tag]]:
        """What a term says of each kind, the narrowest only."""
        said = {tag, *self.belonging(tag)}
        lowest: dict[TagKind, list[Tag]] = {}
        for one in sorted(said):
            if not any(one in self.belonging(other) for other in said if other.kind == one.kind):
                lowest.setdefault(one.kind, []).append(one)
        return lowest
