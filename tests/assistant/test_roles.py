"""Who may do what, as pure decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access_settings import read_access
from assistant.errors import SettingsError
from assistant.roles import (
    ACTIONS,
    NOBODY,
    ROLES,
    STAFF_SCREENS,
    Person,
    Refused,
    Rules,
    allows,
    person_of_claims,
    require,
)
from assistant.settings import KNOWN, load_settings

RULES = Rules(("@aide.example", "groups=support"), ("chef@aide.example", "role=admin"))
NOW = 1_000_000.0


def who(**claims):
    return person_of_claims({"iat": NOW - 60, **claims}, RULES, NOW, max_age_s=3600)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_the_matrix(role, action):
    may = ROLES.index(role) >= ROLES.index(ACTIONS[action])
    assert allows(role, action) is may
    person = Person("x", role, "password")
    if may:
        assert require(person, action) is person
    else:
        with pytest.raises(Refused, match="demande le rôle"):
            require(person, action)


def test_an_action_nobody_named_is_allowed_to_nobody():
    assert not any(allows(role, "format-the-disk") for role in ROLES)
    with pytest.raises(Refused):
        require(Person("x", "maintainer", "oidc"), "format-the-disk")


def test_every_staff_screen_is_kept_from_the_public():
    assert all(not allows("public", action) for action in STAFF_SCREENS.values())


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "ana@aide.example", "email_verified": True}, "support"),
        ({"email": "Ana@AIDE.example", "email_verified": True}, "support"),
        ({"email": "chef@aide.example", "email_verified": True}, "maintainer"),
        ({"email": "chef@aide.example"}, "public"),
        ({"email": "chef@aide.example", "email_verified": "true"}, "public"),
        ({"email": "chef@aide.example", "email_verified": False}, "public"),
        ({"email": "ana@autre.example", "email_verified": True}, "public"),
        ({"email": "ana@faux-aide.example", "email_verified": True}, "public"),
        ({"email": "ana@evil.example@aide.example", "email_verified": True}, "public"),
        ({"sub": "1", "groups": ["autres", "support"]}, "support"),
        ({"sub": "1", "groups": "support"}, "support"),
        ({"sub": "1", "groups": ["supporters"]}, "public"),
        ({"sub": "1", "role": "admin"}, "maintainer"),
        ({"sub": "1", "role": ["admin"], "groups": ["support"]}, "maintainer"),
    ],
)
def test_claims_give_roles(claims, role):
    assert who(**claims).role == role


@pytest.mark.parametrize("issued", [NOW - 3601, None, "demain", True])
def test_an_old_or_undated_token_is_nobody(issued):
    claims = {"email": "chef@aide.example", "email_verified": True, "iat": issued}
    assert person_of_claims(claims, RULES, NOW, max_age_s=3600) == NOBODY


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one, max_size=3), max_leaves=5
)


@given(st.dictionaries(st.sampled_from(["email", "email_verified", "groups", "role", "iat", "sub", "name"]), json_like))
def test_no_claims_break_anything_or_give_a_role_without_rules(claims):
    assert person_of_claims(claims, Rules(), NOW, max_age_s=3600).role == "public"


def values(**given):
    return {name: given.get(name) or default for name, (default, _) in KNOWN.items()}


def test_oidc_needs_all_its_settings():
    url = "https://id.example/.well-known/openid-configuration"
    with pytest.raises(SettingsError, match="ASSISTANT_OIDC_SECRET"):
        read_access(values(OIDC_URL=url, OIDC_CLIENT="a"))
    whole = values(OIDC_URL=url, OIDC_CLIENT="a", OIDC_SECRET="mot-secret", ADDRESS="https://a.example/")
    read = read_access(whole)
    assert read.oidc.metadata_url == url
    assert read.address == "https://a.example"
    assert read.is_https


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADDRESS", "a.example"),
        ("ADDRESS", "javascript:alert(1)"),
        ("SUPPORT", "tout le monde"),
        ("MAINTAINERS", "a@"),
        ("MAINTAINERS", "=b"),
        ("SESSION_HOURS", "0"),
        ("ASKS_PER_SESSION", "-1"),
        ("ASKS_PER_ADDRESS", "dix"),
    ],
)
def test_impossible_settings_are_named(name, value):
    with pytest.raises(SettingsError, match=f"ASSISTANT_{name}"):
        read_access(values(**{name: value}))


def test_secrets_stay_out_of_what_settings_print():
    secrets = {
        "ASSISTANT_LLM_KEY": "clé-très-secrète",
        "ASSISTANT_JOURNAL": "postgresql://u:clé-très-secrète@h/b",
        "ASSISTANT_OIDC_URL": "https://id.example/x",
        "ASSISTANT_OIDC_CLIENT": "a",
        "ASSISTANT_OIDC_SECRET": "clé-très-secrète",
        "ASSISTANT_ADDRESS": "https://a.example",
    }
    assert "clé-très-secrète" not in repr(load_settings(secrets))
