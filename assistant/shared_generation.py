"""Several machines serve one generation: the journal says which, and each machine's folder is brought to it.

Readers only ever look at their folder's `current`. The files themselves come by a folder that the machines share, or by
copying; a machine that has not got them whole goes on with the generation it has, and says so.
"""

from __future__ import annotations

import logging
import socket
from dataclasses import dataclass
from pathlib import Path

from assistant.desk_records import Choice
from assistant.errors import JournalUnavailable
from assistant.journal_choices import Choices
from index import generations
from index.error_words import reason_of
from index.errors import IndexingError

LOGGER = logging.getLogger("assistant.shared_generation")
LAGGING = (
    "La génération en service sur toutes les machines est « {named} », et cette machine sert « {here} » : {why} "
    "Copiez le dossier « {named} » dans « {folder} » ; il est pris dès qu'il est complet."
)
NOT_ANNOUNCED = (
    "La génération « {name} » est construite, et n'est pas en service : les autres machines n'ont pas pu en être "
    "averties. {why} Mettez-la ensuite en service avec « assistant rollback {name} »."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The generation that all machines are to serve (None: none was named), the one here, and what is wrong."""

    named: str | None
    here: str | None
    trouble: str = ""


class SharedGeneration:
    """Brings one folder of generations to what the journal names, and names new ones there."""

    def __init__(self, journal: Choices, index_folder: Path) -> None:
        self._journal = journal
        self._folder = index_folder
        self._last = Standing(None, generations.current_name(index_folder))

    @property
    def standing(self) -> Standing:
        """What the last look at the journal found; the folder's own generation as it is now."""
        last = self._last
        return Standing(last.named, generations.current_name(self._folder), last.trouble)

    def choices(self) -> tuple[Choice, ...]:
        """What was named, the one in use first."""
        return self._journal.choices()

    def follow(self) -> Standing:
        """Looks at the journal, and makes current here what it names.

        Raises:
            JournalUnavailable: the journal does not answer; this machine goes on with what it has.
        """
        self._last = self._followed()
        return self._last

    def _followed(self) -> Standing:
        named = self._journal.current_generation()
        if named is None or named == generations.current_name(self._folder):
            return Standing(named, named)
        try:
            with generations.pointing(self._folder):
                # What it names may have changed while another process was pointing.
                named = self._journal.current_generation() or named
                generations.point_to(self._folder, named)
        except (IndexingError, OSError) as error:
            return self._lagging(named, str(error) if isinstance(error, IndexingError) else f"{reason_of(error)}.")
        return Standing(named, named)

    def announce(self, name: str, by: str = "") -> None:
        """Names the generation that all machines serve from now on.

        Raises:
            JournalUnavailable: they could not be told; nothing has changed.
        """
        try:
            self._journal.choose_generation(name, by=by or socket.gethostname())
        except JournalUnavailable as error:
            raise JournalUnavailable(NOT_ANNOUNCED.format(name=name, why=error)) from error
        self._last = Standing(name, name)

    def _lagging(self, named: str, why: str) -> Standing:
        here, folder = generations.current_name(self._folder), self._folder / "generations"
        trouble = LAGGING.format(named=named, here=here or "aucune", why=why, folder=folder)
        if trouble != self._last.trouble:
            LOGGER.warning("%s", trouble)
        return Standing(named, here, trouble)
