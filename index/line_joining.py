"""Lines of print become running text: words cut at a line end are joined, real compounds keep their hyphen. Pure."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

_WORD = re.compile(r"[\w'’-]+")
_CUT = re.compile(r"([\w'’-]*\w)-$")
_FIRST = re.compile(r"[\w-]+")
_SOFT = "\u00ad"


class Joiner:
    """Joins lines of one document, whose own words decide whether a hyphen stays."""

    def __init__(self, words: Iterable[str]) -> None:
        """Takes all the words of the document, those cut at line ends included."""
        listed = tomllib.loads(files("index").joinpath("hyphens.toml").read_text("utf-8"))
        self._before = frozenset(listed["before"])
        self._after = frozenset(listed["after"])
        self._counts: Counter[str] = Counter()
        for word in words:
            if not word.endswith(("-", _SOFT)):
                self._counts.update(part.strip("'’-") for part in _WORD.findall(word.casefold()))

    def join(self, lines: Sequence[str]) -> str:
        """One line of text."""
        text = ""
        for line in lines:
            text = self._joined(text, line.strip()) if text else line.strip()
        return text.removesuffix(_SOFT).replace(_SOFT, "")

    def _joined(self, text: str, line: str) -> str:
        if not line:
            return text
        if text.endswith(_SOFT):
            return text[:-1] + line
        cut = _CUT.search(text)
        if not cut or not line[0].isalnum():
            return f"{text} {line}"
        if line[0].isupper() or line[0].isdigit() or cut[1][-1].isdigit() or cut[1].isupper():
            return text + line
        first = _FIRST.match(line)
        keeps = self._keeps_hyphen(cut[1].casefold(), first[0].casefold() if first else "")
        return text + line if keeps else text[:-1] + line

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        """By what the document writes elsewhere, then by the reviewed lists, then by whether both halves are words."""
        before = re.split(r"['’]", before)[-1]
        joined, hyphened = self._counts[before + after], self._counts[f"{before}-{after}"]
        if joined or hyphened:
            return hyphened >= joined
        last, first = before.rsplit("-", 1)[-1], after.split("-", 1)[0]
        if last in self._before or first in self._after:
            return True
        return len(last) > 3 and len(first) > 3 and bool(self._counts[last] and self._counts[first])
