"""First looks in threads: waited for a moment, stopped at once, begun anew."""

from __future__ import annotations

import time

import pytest

from assistant.looking import Looks
from index.errors import UnreadableDocument
from index.first_look import FirstLook
from index.isolation import IsolatedReader


def endless(reader: IsolatedReader) -> FirstLook:
    while not reader.is_stopped:
        time.sleep(0.01)
    raise UnreadableDocument("a.pdf", "sa lecture a été arrêtée.")


def refused(_: IsolatedReader) -> FirstLook:
    raise UnreadableDocument("a.pdf", "le fichier est vide.")


def test_a_look_is_shared_stopped_and_begun_anew() -> None:
    looks = Looks()
    first = looks.of(("a",), endless)
    assert looks.of(("a",), refused) is first
    assert not first.is_done(within_s=0.05)
    first.stop()
    assert first.is_done(within_s=5)
    assert first.is_stopped
    looks.drop(("a",))
    second = looks.of(("a",), refused)
    assert second.is_done(within_s=5)
    assert not second.is_stopped
    with pytest.raises(UnreadableDocument, match="vide"):
        second.found()


def test_only_the_last_looks_go_on() -> None:
    looks = Looks()
    kept = [looks.of((str(number),), endless) for number in range(9)]
    assert kept[0].is_done(within_s=5)
    assert not any(one.is_stopped for one in kept[1:])
    for one in kept:
        one.stop()
