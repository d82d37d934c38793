"""Who may compute, who waits and who is sent away."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.turns import Busy, Turns


def test_no_more_than_so_many_compute_side_by_side():
    turns, lock, inside, most = Turns(2, places=50), threading.Lock(), 0, 0

    def compute(number):
        nonlocal inside, most
        with turns.turn():
            with lock:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.002)
            with lock:
                inside -= 1
        return number

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(compute, range(50))) == list(range(50))
    assert most == 2
    assert turns.waiting == 0


def test_who_waits_too_long_is_sent_away_and_leaves_no_trace():
    turns = Turns(1, places=3, patience_s=0.01)
    with turns.turn(), pytest.raises(Busy) as told, turns.turn():
        pass
    assert "secondes" in str(told.value)
    with turns.turn():
        pass
    assert turns.waiting == 0


def test_a_turn_comes_back_after_an_error():
    turns = Turns(1, places=0)
    with pytest.raises(KeyError), turns.turn():
        raise KeyError
    with turns.turn(), pytest.raises(Busy), turns.turn():
        pass
