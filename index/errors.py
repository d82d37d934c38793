"""Every error of `index`, in one tree. Messages are French sentences: what happened, to which document, the remedy.

IndexingError
├── CorpusError            the corpus folder or its manifest or vocabulary cannot be used
│   └── EditRefused        a change of the corpus was not made: read-only, changed meanwhile, or not acceptable
├── UnreadableDocument     one file is refused; the others go on
├── ModelUnavailable       an embedding model or a reranker cannot be loaded
├── GenerationMissing      no index has been built yet
├── GenerationDamaged      the index in use cannot be opened
├── BuildInProgress        another process is building
└── GateRefused            the candidate would answer worse than the index in use
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build_report import GateVerdict


class IndexingError(Exception):
    """Base of all errors of `index`; its text can be shown to a user as it is."""


class CorpusError(IndexingError):
    """The corpus folder, its manifest or its vocabulary cannot be used."""


class EditRefused(CorpusError):
    """A change of the corpus was not made, and nothing was written."""


class UnreadableDocument(IndexingError):
    """One file is refused; `reason` is the French sentence without the file's name."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} : {reason}")
        self.path = path
        self.reason = reason


class ModelUnavailable(IndexingError):
    """An embedding model or a reranker cannot be loaded."""


class GenerationMissing(IndexingError):
    """No index has been built yet."""


class GenerationDamaged(IndexingError):
    """The index in use cannot be opened."""


class BuildInProgress(IndexingError):
    """Another process is building in the same folder."""


class GateRefused(IndexingError):
    """The candidate generation would answer worse than the one in use; `verdict` says where."""

    def __init__(self, verdict: GateVerdict) -> None:
        super().__init__(
            f"{verdict.summary}\nL'index en service n'a pas changé. Corrigez le corpus, ou prenez le nouvel index tel "
            'qu\'il est avec « assistant build --accept "RAISON" ».'
        )
        self.verdict = verdict
