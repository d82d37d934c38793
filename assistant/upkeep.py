"""What a maintainer asks of the generations: which there are, what one of them changed, to go back; on all machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.desk_records import Choice
from assistant.digest import Digest, digest
from assistant.loading import sharing
from assistant.settings import Settings
from index import generations, sealing, verdicts
from index.editions import no_edition, read_edition
from index.errors import GenerationDamaged, GenerationMissing


@dataclass(frozen=True, slots=True)
class Made:
    """One generation of the history.

    `built_at` is ISO 8601 in UTC, `built_by` "" for the command line; `trouble` says why it cannot be used, else "".
    """

    name: str
    is_current: bool
    built_at: str
    built_by: str
    based_on: str
    model: str
    documents: int
    passages: int
    deadlines: int
    refused: int
    gate: str
    accepted_because: str
    trouble: str
    chosen: tuple[Choice, ...] = ()


def history(index_folder: Path, choices: Sequence[Choice] = ()) -> tuple[Made, ...]:
    """Every generation that is kept, newest first; with when it was chosen, where several machines agree on one."""
    return tuple(
        replace(_made(one), chosen=tuple(choice for choice in choices if choice.generation == one.name))
        for one in reversed(generations.all_generations(index_folder))
    )


def choices(settings: Settings) -> tuple[Choice, ...]:
    """Which generations the machines were told to serve, the one in use first; none where there is one machine.

    Raises:
        JournalUnavailable: the shared journal does not answer.
    """
    with sharing(settings) as shared:
        return shared.choices() if shared else ()


def go_back(settings: Settings, name: str | None = None, *, by: str = "") -> str:
    """Puts an earlier generation into use, on all machines: the one named, else the newest before it; its name.

    Raises:
        GenerationMissing, GenerationDamaged, BuildInProgress: as `generations.rollback`.
        JournalUnavailable: the other machines cannot be told; nothing has changed.
    """
    with sharing(settings) as shared:
        if shared is None:
            return generations.rollback(settings.index, name).name
        shared.follow()
        return generations.rollback(settings.index, name, announce=lambda chosen: shared.announce(chosen, by)).name


def _made(generation: generations.Generation) -> Made:
    try:
        manifest = sealing.verify(generation.folder, thorough=False)
    except GenerationDamaged as error:
        return Made(generation.name, generation.is_current, "", "", "", "", 0, 0, 0, 0, "", "", str(error))
    verdict = verdicts.verdict_on(generation.folder)
    return Made(
        name=generation.name,
        is_current=generation.is_current,
        built_at=manifest.get("built_at") or "",
        built_by=manifest.get("built_by") or "",
        based_on=manifest.get("based_on") or "",
        model=manifest["model"]["identity"],
        documents=manifest["counts"]["documents"],
        passages=manifest["counts"]["passages"],
        deadlines=manifest["counts"]["deadlines"],
        refused=len(manifest["refused"]),
        gate=verdict.summary if verdict else "",
        accepted_because=(verdict.accepted_because if verdict else None) or "",
        trouble="",
    )


def digest_of(
    index_folder: Path, name: str | None, *, since: str | None = None, filters: Mapping[str, str | None]
) -> Digest:
    """What the generation `name` (by default the one in use) changed since another, by default the one it was built on.

    Raises:
        GenerationMissing: there is no such generation.
        GenerationDamaged: one of the two is not whole.
        AssistantError: a filter's id is not in the vocabulary.
    """
    after = _named(index_folder, name) if name else generations.current(index_folder)
    based_on = sealing.read_manifest(after.folder).get("based_on")
    before = _named(index_folder, since) if since else _before(index_folder, after, based_on)
    return digest(read_edition(before.folder) if before else no_edition(), read_edition(after.folder), filters)


def _named(index_folder: Path, name: str) -> generations.Generation:
    known = generations.all_generations(index_folder)
    found = next((one for one in known if one.name == name), None)
    if found is None:
        names = ", ".join(one.name for one in known) or "aucune"
        raise GenerationMissing(f"Il n'y a pas de génération « {name} » dans « {index_folder} ». Il y a : {names}.")
    return found


def _before(index_folder: Path, after: generations.Generation, based_on: str | None) -> generations.Generation | None:
    """The generation that one was built on; when it is no longer kept, the newest that is older."""
    older = [one for one in generations.all_generations(index_folder) if one.number < after.number]
    return next((one for one in older if one.name == based_on), older[-1] if older else None)
