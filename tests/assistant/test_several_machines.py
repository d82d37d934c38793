"""Three app processes, one PostgreSQL, one Chroma server, people asking all the while: kill one, restart the database,
swap and go back, kill the Chroma server. No answer is wrong, none is lost, and each is of one generation.

Each machine has a `current` of its own over generations that all see: only the journal makes them switch.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from fakes import write_corpus
from machines import Asked, People, Program, app, asking, chroma, request, until
from postgres_server import Database, database

from assistant import upkeep
from assistant.journal import Journal
from assistant.loading import build_index
from assistant.settings import Settings, load_settings

QUESTION = "Quelle est la date limite du solde de la vague 1 ?"
SEARCHED = "Où se trouve le guichet ?"
DOCUMENT = """# Calendrier

## Vague 1

Le dépôt des demandes de solde de la vague 1 est clos le {day} décembre 2024.

## Vague 2

Le dépôt des demandes de solde de la vague 2 est clos le 3 juin 2026.
"""
MANIFEST = '[programme]\nname = "Programme d\'essai"\nshort_name = "Essai"\nexamples = []\n'
VOCABULARY = "".join(
    f'[[term]]\nid = "{name}"\nkind = "{kind}"\nlabel = "{label}"\naliases = ["{alias}"]\n'
    for name, kind, label, alias in (
        ("vague-1", "wave", "Vague 1", "V1"),
        ("vague-2", "wave", "Vague 2", "V2"),
        ("solde", "milestone", "Solde", "demande de solde"),
    )
)
ALL = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Site:
    """The machines, the one that builds (`settings`), and the day that each generation says."""

    apps: list[Program]
    people: People
    database: Database
    chroma: Program
    settings: Settings
    days: dict[str, int]

    def health(self) -> list[Any]:
        for program in self.apps:  # a date is told without a search, and only a search tells of the vectors
            request(program.port, "POST", "/api/ask", {"question": SEARCHED})
        return [program.get("/api/health") for program in self.apps]

    def wait_until_sound(self) -> None:
        until(lambda: [one and one["status"] for one in self.health()] == ["ok"] * 3, 60, "the site is not sound")
        asked = time.monotonic()
        until(lambda: all(self.right(asked, number) for number in ALL), 60, "not all the apps answer")

    def build(self, day: int) -> str:
        write_corpus(self.settings.corpus, {"calendrier.md": DOCUMENT.format(day=day)})
        name = str(build_index(self.settings).generation)
        self.days[name] = day
        return name

    def right(self, moment: float, *apps: int) -> list[Asked]:
        """What was answered since a moment; AssertionError when something was not, or was wrong for its generation."""
        told = self.people.since(moment, *apps)
        assert [one for one in told if one.status != 200] == []
        assert [one for one in told if not self.is_right(one)] == []
        return told

    def is_right(self, one: Asked) -> bool:
        day = self.days[one.answer["generation"]]
        quotes = [citation["quote"] for citation in one.answer["citations"]]
        said = {other for other in self.days.values() if f"{other} décembre 2024" in str((one.answer["text"], quotes))}
        return one.answer["outcome"] == "answered" and said == {day}

    def switched(self, name: str, moment: float) -> float:
        """How long after a moment the last answer of another generation began; waits until all three have switched."""
        until(lambda: {one.answer.get("generation") for one in self.last()} == {name}, 30, f"not all serve {name}")
        told = self.right(moment, *ALL)
        return max((one.began - moment for one in told if one.answer["generation"] != name), default=0.0)

    def last(self) -> list[Asked]:
        """What each app said last."""
        told = tuple(self.people.told)
        return [[one for one in told if one.app == number][-1] for number in ALL]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("machines")
    (folder / "corpus").mkdir()
    corpus = write_corpus(folder / "corpus", {}, manifest=MANIFEST, vocabulary=VOCABULARY)
    with ExitStack() as stack:
        base = stack.enter_context(database())
        vectors = chroma(folder)
        stack.callback(vectors.kill)
        vectors.wait()
        given = {"CORPUS": corpus, "JOURNAL": base.url, "CHROMA_URL": vectors.address, "DAY": "2024-06-10"}
        settings = load_settings(
            {f"ASSISTANT_{name}": str(value) for name, value in {**given, "INDEX": folder / "builder"}.items()}
        )
        made = Site([], People(QUESTION), base, vectors, settings, {})
        made.build(14)
        for number in ALL:
            index = folder / f"machine-{number}"
            index.mkdir()
            (index / "generations").symlink_to(folder / "builder" / "generations")
            program = app(folder / f"app-{number}.log", {**given, "INDEX": index})
            stack.callback(program.kill)
            made.apps.append(program)
        for program in made.apps:
            program.wait()
        people = stack.enter_context(asking(QUESTION, made.apps))
        yield Site(made.apps, people, base, vectors, settings, made.days)


@pytest.fixture(autouse=True)
def sound(site: Site) -> Iterator[None]:
    """Before and after each test all three answer, rightly, and none lacks anything."""
    site.wait_until_sound()
    before = len(site.people.told)
    yield
    site.wait_until_sound()
    told = site.people.told[before:]
    answered = sum(one.status == 200 for one in told)
    print(f"{answered} answers, all right; {len(told) - answered} connections of a dead app refused or cut")


def acknowledged(site: Site) -> set[str]:
    return {one.answer["exchange"] for one in site.people.told if one.status == 200}


def kept(site: Site) -> list[str]:
    with psycopg.connect(site.database.url) as connection:
        return [name for (name,) in connection.execute("SELECT id FROM exchange")]


def assert_all_kept(site: Site) -> None:
    """Whatever was answered is in the journal, once."""
    told = acknowledged(site)
    until(lambda: told <= set(kept(site)), 20, "answers that are not in the journal")
    names = kept(site)
    assert len(names) == len(set(names))


def test_a_killed_app_harms_no_other_and_serves_again(site: Site) -> None:
    began = time.monotonic()
    site.apps[0].kill()
    killed = time.monotonic()
    time.sleep(1.5)
    assert min(len(site.right(began, number)) for number in (1, 2)) > 3
    # The dead one: cut connections, nothing that looks like an answer.
    assert {one.status for one in site.people.since(killed, 0)} == {0}
    assert {one.status for one in site.people.since(began, 0) if one.status} <= {200}
    assert all(site.is_right(one) for one in site.people.since(began, 0) if one.status)
    site.apps[0].start()
    site.apps[0].wait()
    restarted = time.monotonic()
    until(lambda: len(site.right(restarted, 0)) > 2, 30, "the app that was started again does not answer")
    site.right(began, 1, 2)
    assert_all_kept(site)


def test_while_the_database_is_away_answers_go_on_and_are_written_afterwards(site: Site) -> None:
    began = time.monotonic()
    site.database.stop()
    stopped = time.monotonic()
    try:
        time.sleep(2.0)
        seen = site.health()
    finally:
        site.database.start()
    assert min(len(site.right(stopped, number)) for number in ALL) > 3
    assert [(one["status"], one["journal"]) for one in seen] == [("degraded", "away")] * 3
    assert all(one["waiting"] > 0 and "l’attendent sur le disque" in str(one["troubles"]) for one in seen)
    site.wait_until_sound()
    site.right(began, *ALL)
    assert_all_kept(site)
    assert all("attendent dans" in program.printed for program in site.apps)
    assert all("qui attendaient y sont écrits" in program.printed for program in site.apps)


def test_a_new_generation_and_the_way_back_are_served_by_all_within_two_seconds(site: Site) -> None:
    (first,) = site.days
    second = site.build(15)
    swap_s = site.switched(second, time.monotonic())
    assert upkeep.go_back(site.settings, by="Ana") == first
    back_s = site.switched(first, time.monotonic())
    print(f"the last answer of the former generation: {swap_s:.2f} s after the swap, {back_s:.2f} s after going back")
    assert max(swap_s, back_s) < 2
    journal = Journal.open(site.settings.journal)
    assert [(one.generation, one.chosen_by == "Ana") for one in journal.choices()] == [
        (first, True), (second, False), (first, False),
    ]  # fmt: skip
    journal.close()
    assert {one["agreed"] for one in site.health()} == {first}
    assert_all_kept(site)
    with psycopg.connect(site.database.url) as connection:
        wrong = "SELECT count(*) FROM exchange WHERE versions->>'generation' <> generation"
        assert connection.execute(wrong).fetchone() == (0,)


def test_while_the_chroma_server_is_away_exact_search_answers(site: Site) -> None:
    began = time.monotonic()
    site.chroma.kill()
    try:
        until(lambda: all("recherche exacte" in str(one["troubles"]) for one in site.health()), 20, "nobody noticed")
        away = time.monotonic()
        time.sleep(1.0)
        assert min(len(site.right(away, number)) for number in ALL) > 3
    finally:
        site.chroma.start()
        site.chroma.wait()
    site.wait_until_sound()
    site.right(began, *ALL)
    assert_all_kept(site)
