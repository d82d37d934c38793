"""The upkeep screen: builds that run, end and are refused; the digest; the generations and the way back."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from screens.app_runs import press, shown, staffed
from screens.conftest import refused_record

from assistant.build_record import begun, read_record, write_record
from assistant.build_runs import standing
from assistant.desk_records import Choice
from assistant.screens import upkeep_history, upkeep_wording
from assistant.upkeep import history
from index import file_locks, generations


def opened(desk, part, role="maintainer", **parameters):
    return staffed(desk, role, "upkeep", part=part, **parameters)


def trail(desk):
    return [
        (entry.action, entry.subject, entry.details) for entry in desk.journal.audit_trail() if entry.actor == "Ana"
    ]


def current(built):
    return generations.current(built).name


def names(built):
    return [one.name for one in generations.all_generations(built)]


def button(at, key):
    return next((one for one in at.button if one.key == key), None)


@pytest.fixture
def running(kept_index):
    """Something that holds the lock of a build started from the screens, at its fourth stage."""
    lock = file_locks.take(kept_index / "screen-build")
    record = replace(begun(kept_index, by="Zoé", reason=None, force=False), stage="calcul", done=3, total=8)
    write_record(kept_index, record)
    yield kept_index
    os.close(lock)


@pytest.mark.parametrize("part", upkeep_wording.PARTS)
def test_each_part_opens_alone_and_hostile_text_stays_text(desk, kept_index, part):
    at = opened(desk, part)
    kinds = {one.key: one.proto.type for one in at.button if (one.key or "").startswith("part-")}
    assert [key for key, kind in kinds.items() if kind == "primary"] == [f"part-{part}"]
    assert "<script" not in shown(at)
    assert "<img" not in shown(at)


def test_the_parts_stand_in_the_address(desk, kept_index):
    at = opened(desk, "no-such-part")
    assert button(at, "part-documents").proto.type == "primary"
    press(at, "part-changes")
    assert at.query_params["part"] == "changes"
    assert button(at, "part-changes").proto.type == "primary"


def test_a_refusal_shows_both_answers_the_lost_first(desk, kept_index):
    page = shown(opened(desk, "build"))
    assert page.index("Et le solde") < page.index("Et l’avance")
    for words in ("clos le 14 décembre 2023", "clos le 18 janvier 2024", "manque : 14 décembre 2023"):
        assert words in page
    assert upkeep_wording.ENDED["refused"] in page
    assert "sur la ligne de commande" in page


def test_a_long_refusal_is_folded(desk, kept_index):
    record = refused_record()
    write_record(kept_index, replace(record, gate=replace(record.gate, differences=record.gate.differences * 10)))
    page = shown(opened(desk, "build"))
    assert "12 autres questions" in page
    assert page.count("Et le solde") == 10


def test_accepting_wants_a_reason_and_the_refusal_that_was_seen(desk, kept_index):
    at = press(opened(desk, "build"), "accept-build")
    assert upkeep_wording.NO_REASON in shown(at)
    at.text_area(key="build-reason").set_value("la date a été reculée")
    write_record(kept_index, refused_record("clos le 1er avril"))  # another build was refused meanwhile
    assert upkeep_wording.NOTHING_REFUSED in shown(press(at, "accept-build"))
    assert trail(desk) == []
    assert standing(kept_index).state == "ended"


def test_a_refusal_is_accepted_by_a_build_that_can_be_cancelled(desk, kept_index):
    before = current(kept_index)
    at = opened(desk, "build")
    at.text_area(key="build-reason").set_value("la date a été\nreculée")
    press(at, "accept-build")
    assert standing(kept_index).state == "running"
    ((action, seen, reason),) = trail(desk)
    assert (action, reason) == ("accept-build", "la date a été reculée")
    assert seen
    assert button(at, "build") is None
    press(at, "cancel-build")
    end = time.monotonic() + 60
    while standing(kept_index).is_busy and time.monotonic() < end:
        time.sleep(0.1)
    record = read_record(kept_index)
    assert (record.by, record.reason) == ("Ana", "la date a été reculée")
    assert trail(desk)[0][0] == "cancel-build"
    assert current(kept_index) == before


def test_a_running_build_shows_how_far_it_is(desk, running):
    at = opened(desk, "build")
    page = shown(at)
    assert "par Zoé" in page
    assert "Calcul des vecteurs 3 / 8" in page
    assert page.count('class="is-done"') == 3
    assert button(at, "build") is None
    assert button(at, "cancel-build").label == upkeep_wording.CANCEL


def test_a_build_elsewhere_is_said_and_not_to_be_cancelled(desk, kept_index):
    at = opened(desk, "build")
    with generations.writing(kept_index):
        press(at, "build")
        assert "déjà en cours" in shown(at)
        assert upkeep_wording.RUNNING_ELSEWHERE in shown(at)
        assert button(at, "cancel-build") is None


def test_the_progress_is_kept_from_who_has_left(desk, running):
    at = opened(desk, "build")
    at.session_state["access"].role = "public"
    at.run()
    assert "Calcul des vecteurs" not in shown(at)


def test_what_a_build_would_change_is_shown(desk, kept_index):
    at = opened(desk, "build")
    at.button(key="preview-build").click().run(timeout=90)
    page = shown(at)
    assert upkeep_wording.CAUSES["model"] in page  # the index was made by another model
    assert "2 documents repris tels quels" in page


def test_the_way_back_is_confirmed_noted_and_immediate(desk, kept_index):
    older, newer = names(kept_index)
    at = opened(desk, "history")
    assert shown(at).index(newer) < shown(at).index(older)
    assert button(at, f"choose-{newer}") is None
    press(at, f"choose-{older}")
    assert current(kept_index) == newer
    press(at, f"renounce-{older}")
    assert button(at, f"go-back-{older}") is None
    press(press(at, f"choose-{older}"), f"go-back-{older}")
    assert current(kept_index) == older
    assert upkeep_wording.WENT_BACK.format(name=older) in shown(at)
    assert trail(desk) == [("go-back", older, "")]


def test_there_is_no_way_back_while_a_build_runs(desk, kept_index):
    older, newer = names(kept_index)
    at = press(opened(desk, "history"), f"choose-{older}")
    with generations.writing(kept_index):
        press(at, f"go-back-{older}")
    assert "Une autre construction est en cours" in shown(at)
    assert current(kept_index) == newer


def test_a_damaged_generation_is_said_to_be_so(desk, kept_index):
    older, _ = names(kept_index)
    (kept_index / "generations" / older / "vectors.npy").unlink()
    at = opened(desk, "history")
    assert upkeep_wording.UNUSABLE in shown(at)
    assert button(at, f"choose-{older}") is None


def test_what_changes_is_shown_by_generation_profession_and_lane(desk, kept_index):
    older, newer = names(kept_index)
    at = opened(desk, "changes")
    page = shown(at)
    assert f"{older} à la génération {newer}" in page
    assert "<del>14 décembre 2023</del>" in page
    assert at.get("download_button")
    page = shown(opened(desk, "changes", generation=older))
    assert f"Génération {older}, la première" in page
    assert shown(opened(desk, "changes", generation=older, since=newer)).index("18 janvier 2024") > 0


def test_the_history_leads_to_what_a_generation_changes(desk, kept_index):
    older, _ = names(kept_index)
    at = press(opened(desk, "history"), f"changes-{older}")
    assert at.query_params["part"] == "changes"
    assert f"Génération {older}, la première" in shown(at)


# The part, the button, a button pressed before it.
ACTS = [
    ("build", "build", None),
    ("build", "preview-build", None),
    ("build", "accept-build", None),
    ("history", "go-back-{older}", "choose-{older}"),
]


@pytest.mark.parametrize("role", ["public", "support"])
@pytest.mark.parametrize(("part", "key", "first"), ACTS)
def test_what_a_button_does_is_judged_when_it_is_pressed(desk, kept_index, part, key, first, role):
    older, newer = names(kept_index)
    at = opened(desk, part)
    if first:
        press(at, first.format(older=older))
    if part == "build":
        at.text_area(key="build-reason").set_value("parce que")
    at.session_state["access"].role = role
    press(at, key.format(older=older))
    assert trail(desk) == []
    assert standing(kept_index).state == "ended"
    assert current(kept_index) == newer
    assert "build-preview" not in at.session_state
    assert "maintenance" in shown(at)


@pytest.mark.parametrize("role", ["public", "support"])
def test_a_running_build_is_cancelled_by_the_maintainer_alone(desk, running, role):
    at = opened(desk, "build")
    at.session_state["access"].role = role
    press(at, "cancel-build")
    assert trail(desk) == []
    assert standing(running).state == "running"


def test_several_machines_say_when_each_generation_was_put_into_use(kept_index):
    (name, _), at = names(kept_index), datetime(2024, 5, 2, 7, 5, tzinfo=UTC)
    made = history(kept_index, [Choice(name, at, "Zoé")])[-1]
    card = upkeep_history.card(made, ZoneInfo("Europe/Paris")).replace("\u00a0", " ")
    assert "2 mai 2024 à 9 h 05, par Zoé" in card
