"""A corpus → a generation: read → split → tag → encode → store, only what changed, aside, then one swap."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import deadlines, facts, generations, splitting
from index.acronyms import learn_acronyms
from index.attribution import TermReader
from index.build_plan import Plan, Task, plan
from index.build_report import BuildReport, GateVerdict, Refusal
from index.candidate import Origin, write_candidate
from index.corpus import Corpus, load_corpus
from index.corpus_reading import read_corpus_document
from index.earlier import Earlier
from index.encoding import Encoder
from index.error_words import reason_of
from index.errors import IndexingError, UnreadableDocument
from index.generation_contents import Contents, DocumentParts, Found, as_of, tagging_hash
from index.isolation import IsolatedReader
from index.phrasings import Placed, read_phrasings
from index.publishing import Gate, examine, put_on_server, swap_in
from index.sentence_vectors import encoded_texts
from index.tagging import tag_passages
from index.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]


def _now() -> datetime:
    return datetime.now(UTC)


def build(
    corpus_folder: Path,
    index_folder: Path,
    *,
    encoder: Encoder,
    vocabulary_path: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
    gate: Gate | None = None,
    dry_run: bool = False,
    chroma_url: str | None = None,
    announce: generations.Announce | None = None,
    today: date | None = None,
    by: str = "",
    now: Callable[[], datetime] = _now,
) -> BuildReport:
    """Makes the corpus the index in use, unless it already is; one broken document never stops it.

    `progress` is told (French stage, done, total). `gate` sees the candidate and the index in use before the swap.
    `by` names who asked for it, in the generation's manifest.
    `today` bounds how recent the corpus can be said to be; by default it is the day of `now`, which is only noted in
    the generation: nothing is decided by a clock. `announce` tells the other machines of the new generation.

    Raises:
        BuildInProgress: another process is building.
        CorpusError: the corpus cannot be used as a whole.
        GateRefused: the gate said no; the index in use stays.
        IndexingError: the disk is full or cannot be written; the index in use stays.
    """
    started = time.monotonic()
    with generations.writing(index_folder):
        leftovers = () if dry_run else generations.clear_leftovers(index_folder)
        corpus = load_corpus(corpus_folder, vocabulary_path=vocabulary_path)
        earlier = Earlier.current(index_folder)
        work = plan(corpus, earlier, model=encoder.identity, force=force)
        running = _Build(
            index_folder, corpus, earlier, work, encoder, progress or _silent, chroma_url, announce, by, force=force
        )
        if dry_run or (work.is_unchanged and earlier is not None):
            report = running.report_without_work(is_dry_run=dry_run)
            if chroma_url and earlier is not None and not dry_run:
                put_on_server(earlier.folder, earlier.folder.name, chroma_url)
        else:
            report = running.run(gate, today or now().date(), now())
    return replace(report, leftovers=leftovers, seconds=round(time.monotonic() - started, 3))


def _silent(_stage: str, _done: int, _total: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class _Build:
    index_folder: Path
    corpus: Corpus
    earlier: Earlier | None
    work: Plan
    encoder: Encoder
    progress: Progress
    chroma_url: str | None
    announce: generations.Announce | None
    by: str
    force: bool

    def report_without_work(self, *, is_dry_run: bool) -> BuildReport:
        earlier = self.earlier
        warnings = tuple(earlier.manifest["warnings"]) if earlier and self.work.is_unchanged else self.corpus.warnings
        refused = tuple(task.refusal for task in self.work.tasks if task.refusal is not None)
        counts = earlier.manifest["counts"] if earlier else {"passages": 0, "deadlines": 0}
        return replace(
            self._report(refused, warnings),
            generation=earlier.folder.name if earlier else None,
            is_unchanged=self.work.is_unchanged,
            is_dry_run=is_dry_run,
            passages=counts["passages"],
            deadlines=counts["deadlines"],
        )

    def run(self, gate: Gate | None, today: date, built_at: datetime) -> BuildReport:
        candidate = self.index_folder / f"building-{os.getpid()}"
        try:
            parts, refused = self._read()
            contents = self._contents(parts, refused, today)
            vectors, encoded = self._encoded(contents)
            name = self._write(candidate, contents, vectors, built_at)
            verdict = examine(candidate, self.index_folder, encoder=self.encoder, gate=gate)
            swap_in(candidate, self.index_folder, name, chroma_url=self.chroma_url, announce=self.announce)
        except OSError as error:
            raise IndexingError(
                f"L'index n'a pas pu être écrit dans « {self.index_folder} » ({reason_of(error)}) : "
                "libérez de la place ou vérifiez les droits, puis relancez. L'index en service n'a pas changé."
            ) from error
        finally:
            shutil.rmtree(candidate, ignore_errors=True)
        return replace(
            self._report(refused, contents.warnings),
            generation=name,
            passages=len(contents.passages),
            encoded=encoded,
            deadlines=len(contents.deadlines),
            gate=replace(verdict, results=()) if verdict else None,
        )

    def _report(self, refused: Sequence[Refusal], warnings: Sequence[str]) -> BuildReport:
        return BuildReport(
            generation=None,
            is_unchanged=False,
            is_dry_run=False,
            added=self.work.added(self.earlier),
            changed=self.work.changed(self.earlier),
            removed=self.work.removed,
            unchanged=self.work.unchanged(),
            refused=tuple(refused),
            warnings=tuple(warnings),
            leftovers=(),
            passages=0,
            encoded=0,
            deadlines=0,
            gate=None,
            seconds=0.0,
            reread=self.work.reread(self.earlier),
            reused=self.work.reused(self.earlier),
            causes=self.work.causes(self.earlier),
        )

    def _read(self) -> tuple[tuple[DocumentParts, ...], tuple[Refusal, ...]]:
        """Every document, read now or taken over, and those refused."""
        parts: list[DocumentParts] = []
        refused: list[Refusal] = []
        with IsolatedReader() as reader:
            for number, task in enumerate(self.work.tasks):
                self.progress("lecture", number, len(self.work.tasks))
                found = task.refusal or self._read_one(reader, task)
                if isinstance(found, Refusal):
                    refused.append(found)
                else:
                    parts.append(found)
        self.progress("lecture", len(self.work.tasks), len(self.work.tasks))
        return tuple(parts), tuple(refused)

    def _read_one(self, reader: IsolatedReader, task: Task) -> DocumentParts | Refusal:
        if task.is_same and self.earlier is not None:
            return DocumentParts.taken_over(self.earlier, task.info.id)
        try:
            document = read_corpus_document(reader, self.corpus.file_of(task.info), task.info, task.content_hash)
        except UnreadableDocument as refusal:
            return Refusal(task.info.path, refusal.reason)
        except Exception as error:  # noqa: BLE001 - one broken file never stops a build
            return Refusal(task.info.path, f"erreur inattendue à la lecture ({type(error).__name__} : {error}).")
        acronyms = learn_acronyms("\n".join(page.text for page in document.pages))
        return DocumentParts.read(document, acronyms)

    def _contents(self, parts: tuple[DocumentParts, ...], refused: tuple[Refusal, ...], today: date) -> Contents:
        """What the generation holds: tagged passages and deadlines."""
        acronyms: dict[str, str] = {}
        for part in parts:
            for acronym, expansion in part.acronyms.items():
                acronyms.setdefault(acronym, expansion)
        vocabulary = Vocabulary.load(self.corpus.vocabulary_path).with_acronyms(acronyms)
        tagging = tagging_hash(self.work.inputs, vocabulary)
        found = self._found(parts, vocabulary, tagging)
        infos = {part.info.id: part.info for part in parts}
        self.progress("échéances", 0, 1)
        statements = [statement for one in found for statement in one.statements]
        settled = deadlines.settle(statements, infos, vocabulary, self.corpus.settled)
        passages = [passage for one in found for passage in one.passages]
        stated = facts.collect(passages, infos, TermReader(vocabulary))
        self.progress("échéances", 1, 1)
        return Contents(
            corpus=self.corpus,
            parts=parts,
            found=found,
            deadlines=settled,
            facts=stated,
            vocabulary=vocabulary,
            known=Placed.of(read_phrasings(self.corpus.phrasings_path), passages, vocabulary),
            refused=refused,
            refused_hashes={task.info.path: (task.info.id, task.content_hash) for task in self.work.tasks},
            inputs={**self.work.inputs, "tagging": tagging},
            corpus_as_of=as_of(infos.values(), today),
        )

    def _found(self, parts: Sequence[DocumentParts], vocabulary: Vocabulary, tagging: str) -> tuple[Found, ...]:
        """What is in each document; those taken over keep it when what tags them is the same."""
        earlier = self.earlier
        is_same_tagging = earlier is not None and not self.force and earlier.inputs.get("tagging") == tagging
        reader = TermReader(vocabulary)
        found: list[Found] = []
        for number, part in enumerate(parts):
            self.progress("découpage", number, len(parts))
            if earlier is not None and is_same_tagging and part.is_taken_over:
                rows = earlier.rows_of(part.info.id)
                statements = earlier.statements[earlier.number(part.info.id)]
                found.append(Found(earlier.passages[rows.start : rows.stop], statements, is_taken_over=True))
                continue
            passages = tag_passages(splitting.split(part.document()), {part.info.id: part.info}, vocabulary)
            statements = deadlines.statements_of(passages, part.info, reader)
            found.append(Found(passages, statements, is_taken_over=False))
        self.progress("découpage", len(parts), len(parts))
        return tuple(found)

    def _encoded(self, contents: Contents) -> tuple[NDArray[np.float16], int]:
        """The vectors of the passages' sentences, then of the known questions; how many texts had to be encoded.

        They are taken over where the same model encoded the same text.
        """
        texts = [*encoded_texts(contents.passages), *contents.known.questions]
        known: Mapping[str, int] = {}
        if self.earlier is not None and not self.force and self.earlier.inputs["model"] == self.encoder.identity:
            known = self.earlier.encoded_rows
        vectors = np.empty((len(texts), self.encoder.dimension), np.float16)
        old = [row for row, text in enumerate(texts) if text in known]
        new = [row for row, text in enumerate(texts) if text not in known]
        if old and self.earlier is not None:
            vectors[old] = self.earlier.encoded([known[texts[row]] for row in old])
        distinct = list(dict.fromkeys(texts[row] for row in new))
        if distinct:
            encoded = self.encoder.encode_passages(distinct, lambda done: self.progress("calcul", done, len(distinct)))
            places = {text: place for place, text in enumerate(distinct)}
            vectors[new] = encoded[[places[texts[row]] for row in new]]
        return vectors, len(distinct)

    def _write(self, candidate: Path, contents: Contents, vectors: NDArray[np.float16], built_at: datetime) -> str:
        self.progress("écriture", 0, 1)
        name = generations.next_name(self.index_folder, contents.content_hash)
        origin = Origin(name, built_at, self.encoder, self.by)
        write_candidate(candidate, origin, contents, vectors, earlier=self.earlier)
        self.progress("écriture", 1, 1)
        return name


__all__ = ["BuildReport", "Gate", "GateVerdict", "Progress", "build"]
