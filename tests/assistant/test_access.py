"""Sessions of staff, passwords, the one-time link, limits on asking."""

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access import Access, is_local_name, is_loopback
from assistant.access_settings import AccessSettings, Oidc
from assistant.errors import AssistantError
from assistant.limits import Limit, TooMany
from assistant.passwords import Passwords
from assistant.roles import NOBODY, Rules

SUPPORT, CHIEF = "jardin-potager-2026", "serre-et-verger-2026"


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def access(tmp_path, clock):
    return Access(AccessSettings(session_hours=2), Passwords(tmp_path / "access.json"), now=clock)


@pytest.fixture
def with_passwords(access):
    access.passwords.set("support", SUPPORT)
    access.passwords.set("maintainer", CHIEF)
    return access


def person(access, cookie, *, is_local=True):
    return access.person(cookie, None, is_local=is_local)


def test_a_password_gives_the_role_it_was_set_for(with_passwords):
    cookie = with_passwords.enter("  Ana\tB. ", SUPPORT, "10.0.0.1")
    assert person(with_passwords, cookie, is_local=False) == person(with_passwords, cookie)
    assert (person(with_passwords, cookie).name, person(with_passwords, cookie).role) == ("Ana B.", "support")
    chief = with_passwords.enter("Chef", CHIEF, "10.0.0.1")
    assert person(with_passwords, chief).role == "maintainer"


@pytest.mark.parametrize(("name", "word"), [("Ana", "faux"), ("Ana", ""), ("", SUPPORT), ("\x00", SUPPORT)])
def test_a_wrong_password_or_no_name_opens_nothing(with_passwords, name, word):
    with pytest.raises(AssistantError) as refused:
        with_passwords.enter(name, word, "10.0.0.1")
    assert SUPPORT not in str(refused.value)


def test_tries_are_limited_by_address(with_passwords):
    for _ in range(5):
        with pytest.raises(AssistantError, match="pas le bon"):
            with_passwords.enter("Ana", "faux", "10.0.0.1")
    with pytest.raises(TooMany, match="Trop d’essais"):
        with_passwords.enter("Ana", SUPPORT, "10.0.0.1")
    assert with_passwords.enter("Ana", SUPPORT, "10.0.0.2")


def test_a_session_ends_with_time_leaving_or_a_new_password(with_passwords, clock):
    cookies = [with_passwords.enter("Ana", SUPPORT, f"10.0.0.{number}") for number in range(3)]
    with_passwords.leave(cookies[0])
    assert person(with_passwords, cookies[0]) == NOBODY
    assert person(with_passwords, cookies[1]).role == "support"
    with_passwords.passwords.set("support", "un-tout-autre-mot")
    assert person(with_passwords, cookies[1]) == NOBODY
    chief = with_passwords.enter("Chef", CHIEF, "10.0.0.9")
    clock.now += 2 * 3600 + 1
    assert person(with_passwords, chief) == NOBODY


@pytest.mark.parametrize("cookie", [None, "", "x", "é" * 5000])
def test_no_or_any_cookie_is_nobody(with_passwords, cookie):
    assert person(with_passwords, cookie) == NOBODY


def test_the_link_works_once_from_this_machine_alone(access):
    link = access.new_link()
    for address, host in (("10.0.0.1", "localhost"), ("127.0.0.1", "assistant.example"), ("", "localhost")):
        with pytest.raises(AssistantError, match="que depuis la machine"):
            access.enter_by_link(link, address, host)
    with pytest.raises(AssistantError, match="plus, valable"):
        access.enter_by_link("autre", "127.0.0.1", "localhost:8501")
    cookie = access.enter_by_link(link, "127.0.0.1", "localhost:8501")
    assert person(access, cookie).role == "maintainer"
    assert person(access, cookie, is_local=False) == NOBODY
    with pytest.raises(AssistantError, match="plus, valable"):
        access.enter_by_link(link, "127.0.0.1", "localhost:8501")


def test_a_password_ends_the_time_of_links(access):
    link = access.new_link()
    cookie = access.enter_by_link(link, "::1", "[::1]:8501")
    access.passwords.set("support", SUPPORT)
    assert person(access, cookie) == NOBODY
    assert access.new_link() is None


def test_with_oidc_neither_password_nor_link_opens_anything(tmp_path, clock):
    settings = AccessSettings(
        address="https://a.example", oidc=Oidc("https://id.example", "a", "b"), rules=Rules(("a@a.example",))
    )
    access = Access(settings, Passwords(tmp_path / "access.json"), now=clock)
    access.passwords.set("support", SUPPORT)
    with pytest.raises(AssistantError):
        access.enter("Ana", SUPPORT, "10.0.0.1")
    assert access.new_link() is None
    claims = {"email": "a@a.example", "email_verified": True, "iat": clock.now}
    assert access.person("cookie", claims, is_local=False).role == "support"
    assert access.person("cookie", None, is_local=True) == NOBODY


def test_the_file_holds_hashes_for_its_owner_alone(with_passwords):
    kept = with_passwords.passwords.path
    assert SUPPORT not in kept.read_text()
    assert json.loads(kept.read_text())["support"].startswith("$argon2id$")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert with_passwords.passwords.cookie_secret() == with_passwords.passwords.cookie_secret()


def test_a_short_password_and_a_broken_file_are_said(access):
    with pytest.raises(AssistantError, match="au moins 12") as refused:
        access.passwords.set("support", "court")
    assert "court" not in str(refused.value)
    access.passwords.path.write_text("{")
    with pytest.raises(AssistantError, match="illisible"):
        access.passwords.any_set()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8"])
def test_loopback(address):
    assert is_loopback(address)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8501", "[::1]:8501", "[::1]"])
def test_local_names(host):
    assert is_local_name(host)


@pytest.mark.parametrize("host", ["localhost.evil.example", "127.0.0.1.evil.example", "", "10.0.0.1", "a:b:c"])
def test_other_names(host):
    assert not is_local_name(host)


def test_a_limit_refills_evenly():
    clock = Clock()
    limit = Limit(6, now=clock)
    for _ in range(6):
        limit.use("a")
    with pytest.raises(TooMany, match="10 secondes") as refused:
        limit.use("a")
    assert refused.value.wait_s == 10
    limit.use("b")
    clock.now += 10
    limit.use("a")
    with pytest.raises(TooMany):
        limit.use("a")


def test_no_limit_is_none():
    limit = Limit(0)
    for _ in range(1000):
        limit.use("a")


@given(st.lists(st.floats(0, 30), max_size=80), st.integers(1, 20))
def test_never_more_than_the_burst_and_what_refilled(pauses, per_minute):
    clock = Clock()
    limit, start, used, waits = Limit(per_minute, now=clock), clock.now, 0, []
    for pause in pauses:
        clock.now += pause
        try:
            limit.use("a")
            used += 1
        except TooMany as error:
            waits.append(error.wait_s)
    assert all(wait >= 1 for wait in waits)
    assert used <= per_minute + (clock.now - start) * per_minute / 60 + 1e-6


def test_questions_are_counted_by_session_and_by_address(tmp_path):
    settings = AccessSettings(asks_per_session=2, asks_per_address=3)
    access = Access(settings, Passwords(tmp_path / "access.json"))
    access.count_question("10.0.0.1", "s1")
    access.count_question("10.0.0.1", "s1")
    with pytest.raises(TooMany):
        access.count_question("10.0.0.1", "s1")
    access.count_question("10.0.0.1", "s2")
    with pytest.raises(TooMany):
        access.count_question("10.0.0.1")
    access.count_question("10.0.0.2")
