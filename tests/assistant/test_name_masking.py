"""What leaves the machine holds no name, address or number of a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.name_masking import NAME, without_names

KNOWN = {
    "quelle", "est", "la", "date", "vague", "ségur", "marie", "ans", "dmp", "mon", "espace", "santé", "solde", "pour",
    "hôpital", "officine", "paris",
}  # fmt: skip


def knows(word: str) -> bool:
    return word.casefold() in KNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Je m'appelle Jeanne Morvan, suis-je concernée ?",
        "je m’appelle jeanne morvan",
        "Mme Morvan veut savoir la date",
        "M. Yann Le Goff demande le solde",
        "le docteur Morvan est-il concerné ?",
        "Dr. Morvan : date du solde ?",
        "ma patiente Morvan a un DMP",
        "Quelle date pour Jeanne Morvan ?",
        "date du solde pour Jean-Marc Morvan",
        "Jeanne Morvan demande la date",
        "cordialement, Morvan",
        "MORVAN veut la date",
    ],
)
def test_names_are_masked(text: str) -> None:
    made = without_names(text, knows)
    assert "orvan" not in made.casefold()
    assert NAME in made


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("écrire à jeanne.morvan@exemple.fr svp", "morvan"),
        ("mon numéro 06 12 34 56 78", "34 56"),
        ("tél +33 6 12 34 56 78", "34 56"),
        ("NIR 2 85 05 78 006 084 36", "006"),
        ("RPPS 10001234567 concerné ?", "10001234567"),
    ],
)
def test_numbers_and_addresses_are_masked(text: str, gone: str) -> None:
    assert gone not in without_names(text, knows)


@pytest.mark.parametrize(
    "text",
    [
        "Quelle est la date du solde de la vague 1 ?",
        "Quand ferme le guichet du Ségur à l'hôpital ?",
        "Mon espace santé : c'est quoi ?",
        "Le DMP et l'ANS",
        "date limite au 14 décembre 2023 à 14 h ?",
        "Les 2 307 dossiers de 2024",
        "Suis-je concerné ? Quelle vague ?",
    ],
)
def test_what_asks_is_kept(text: str) -> None:
    assert without_names(text, knows) == text


# Between the digits of a number, as people type them.
GAPS = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f", " - ", "/", " . ", "\u2009", "_"])
AROUND = st.sampled_from(
    ["{}", "mon numéro : {}.", "tél.{} svp", "({})", "c'est {}, merci", "n°{}", "{}\n", "RPPS:{}", "x {} y"]
)


def spelled(groups: list[str], gap: str) -> str:
    return gap.join(groups)


@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from(["0", "+33", "0033", "+33 (0)"]), GAPS, AROUND)
def test_no_telephone_number_leaves_however_it_is_typed(tail: str, prefix: str, gap: str, around: str) -> None:
    pairs = [f"{prefix}6", *(tail[n : n + 2] for n in range(0, 8, 2))]
    made = without_names(around.format(spelled(pairs, gap)), knows)
    assert spelled(pairs[-3:], gap) not in made
    assert tail not in made.replace(" ", "")


def with_luhn_key(digits: str) -> str:
    """The digits with the last one that the RPPS register computes."""
    doubled = [int(digit) * (2 if n % 2 == 0 else 1) for n, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@given(st.text("0123456789", min_size=9, max_size=9), GAPS, AROUND)
def test_no_rpps_number_leaves(digits: str, gap: str, around: str) -> None:
    number = with_luhn_key(f"1{digits}")
    made = without_names(around.format(spelled([number[:3], number[3:7], number[7:]], gap)), knows)
    assert number[3:] not in "".join(character for character in made if character.isalnum())


@given(
    st.sampled_from("12"), st.integers(0, 99), st.integers(1, 12), st.integers(1, 95), st.integers(1, 999),
    st.integers(1, 999), st.booleans(), GAPS, AROUND,
)  # fmt: skip
def test_no_social_security_number_leaves(
    sex: str, year: int, month: int, county: int, town: int, order: int, is_keyed: bool, gap: str, around: str
) -> None:
    groups = [sex, f"{year:02}", f"{month:02}", f"{county:02}", f"{town:03}", f"{order:03}"]
    key = [f"{97 - int(''.join(groups)) % 97:02}"] if is_keyed else []
    made = without_names(around.format(spelled([*groups, *key], gap)), knows)
    assert "".join(groups[3:]) not in "".join(character for character in made if character.isalnum())


@given(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=12),
    st.sampled_from(["@", " @ ", "(at)", " [at] ", " arobase ", "@ "]),
    st.sampled_from(["exemple.fr", "mail.chu-lille.fr", "free.fr"]),
    AROUND,
)
def test_no_address_leaves(name: str, at: str, host: str, around: str) -> None:
    made = without_names(around.format(f"jeanne.{name}+x{at}{host}"), knows)
    assert name not in made.replace("numéro", "").replace("masqué", "").replace("courriel", "") or len(name) < 4
    assert host not in made
