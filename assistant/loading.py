"""Wires everything once: settings → encoder, index, assistant. Everything else receives what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import days
from assistant.answering import Assistant
from assistant.fitted import threshold_for
from assistant.settings import Settings
from index import storage
from index.encoding import Encoder, Reranker, load_encoder, load_reranker
from index.holding import IndexHolder
from index.vector_cache import CachedEncoder

if TYPE_CHECKING:
    from assistant.access import Access
    from assistant.composing import Composing
    from assistant.desk import Desk
    from assistant.desk_records import VerifiedAnswer
    from assistant.shared_generation import SharedGeneration
    from index.build_report import BuildReport
    from index.building import Progress

# Where exchanges wait for a journal that is away, beside the generations.
WAITING = "waiting"


def load_assistant(
    settings: Settings, *, notify: Callable[[str], None] | None = None, searches: bool = False
) -> Assistant:
    """The assistant over the index in use; it follows later builds by itself.

    With `searches`, chromadb is imported while the model is loaded: a search comes at once and would wait for both.

    Raises:
        ModelUnavailable: the embedding model cannot be loaded.
    """
    with ThreadPoolExecutor(1) as aside:
        loading = aside.submit(load_encoder, settings.embedding_model, notify=notify)
        if searches:
            storage.prepare()
        encoder = loading.result()
    holder = IndexHolder(settings.index, encoder=encoder, chroma_url=settings.chroma_url)
    reranker = load_reranker(settings.reranker, notify=notify) if settings.reranker else None
    return over(holder, settings, reranker)


def over(holder: IndexHolder, settings: Settings, reranker: Reranker | None = None) -> Assistant:
    """The assistant over the indexes that a holder lends."""

    def today() -> date:
        if settings.day is not None:
            return settings.day
        with holder.lease() as index:
            return days.today(settings.day, index.programme.timezone)

    return Assistant(
        holder.lease,
        settings.corpus,
        threshold=threshold_for(settings.max_error_rate),
        today=today,
        reranker=reranker,
        composing=composing(settings),
    )


def composing(settings: Settings) -> Composing | None:
    """How a language model words answers; None when the settings name none."""
    if not settings.llm:
        return None
    from assistant.composing import Composing
    from assistant.providers import open_language_model

    return Composing(open_language_model(settings), settings.llm_strategy, masks=settings.llm_mask)


def load_access(settings: Settings) -> Access:
    """Who may come in to this process; staff passwords are kept beside the index."""
    from assistant.access import Access
    from assistant.passwords import Passwords

    return Access(settings.access, Passwords(settings.index / "access.json"))


def load_desk(settings: Settings, assistant: Assistant) -> Desk:
    """The assistant with its journal; one on a server may be away for now.

    Raises:
        JournalUnavailable: the journal cannot be opened.
    """
    from assistant.desk import Desk
    from assistant.journal import Journal
    from assistant.keeping import Keeping
    from assistant.shared_generation import SharedGeneration

    journal = Journal.open(settings.journal, is_patient=True)
    return Desk(
        assistant,
        journal,
        keep_days=settings.journal_days,
        keeping=Keeping(journal, settings.index / WAITING),
        shared=SharedGeneration(journal, settings.index) if journal.is_shared else None,
    )


def build_index(
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    force: bool = False,
    dry_run: bool = False,
    accept: str | None = None,
    seen: str | None = None,
    by: str = "",
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> BuildReport:
    """Builds the index of the settings' corpus; see `index.building.build` for the errors.

    The golden questions and the verified answers decide whether it is taken into use; `accept` is a reason to do so
    whatever they say, or only if they say what the fingerprint `seen` is of (`gating.fingerprint`). `by` asked for it.
    """
    from assistant.gating import gate_for
    from index.building import build  # reading and splitting documents is not loaded to answer

    model = encoder or load_encoder(settings.embedding_model, notify=notify)
    with sharing(settings) as shared:
        if shared is not None and not dry_run:
            shared.follow()  # what changes is told from what all machines serve
        report = build(
            settings.corpus,
            settings.index,
            encoder=model if force else CachedEncoder(model, settings.index / "vectors"),
            vocabulary_path=settings.vocabulary,
            force=force,
            progress=progress,
            gate=gate_for(
                settings,
                verified=_verified(settings, notify),
                accept=accept,
                seen=seen,
                force=force,
                progress=progress,
            ),
            dry_run=dry_run,
            chroma_url=settings.chroma_url,
            today=settings.day,
            by=by,
            announce=partial(shared.announce, by=by) if shared else None,
        )
        if shared is not None and report.generation and shared.standing.named is None and not dry_run:
            shared.announce(report.generation, by)
        return report


@contextmanager
def sharing(settings: Settings) -> Iterator[SharedGeneration | None]:
    """What tells the other machines which generation is in use; None when the journal is this machine's alone.

    Raises:
        JournalUnavailable: the journal is shared and cannot be opened.
    """
    if settings.journal.startswith("sqlite"):
        yield None
        return
    from assistant.journal import Journal
    from assistant.shared_generation import SharedGeneration

    journal = Journal.open(settings.journal)
    try:
        yield SharedGeneration(journal, settings.index)
    finally:
        journal.close()


def _verified(settings: Settings, notify: Callable[[str], None] | None) -> tuple[VerifiedAnswer, ...]:
    """The verified answers in service; none when there is no journal yet, or none that can be opened, which is said."""
    from assistant.errors import JournalUnavailable
    from assistant.journal import Journal

    file = settings.journal.removeprefix("sqlite:///")
    if file != settings.journal and not Path(file).is_file():
        return ()
    try:
        journal = Journal.open(settings.journal)
        try:
            return journal.verified_answers("in_service")
        finally:
            journal.close()
    except JournalUnavailable as error:
        if notify is not None:
            notify(f"Les réponses vérifiées ne sont pas comparées : {error}")
        return ()
