import pytest

from assistant.averages import asks_for_average, asks_for_each, says_each
from assistant.ranks import naming_rank, of_rank

SEVENTH, EIGHTH, SILENT = "Le 7e comité a eu lieu.", "Le huitième comité aura lieu.", "Le comité a un secrétaire."


def test_what_speaks_of_another_one_is_left_out() -> None:
    said = (SEVENTH, EIGHTH, SILENT)
    assert of_rank(said, str, "quand a eu lieu le septième comité ?") == (SEVENTH, SILENT)
    assert naming_rank(said, str, "quand a eu lieu le septième comité ?") == (SEVENTH,)
    assert of_rank(said, str, "quand a eu lieu le comité ?") == said
    assert naming_rank(said, str, "quand a eu lieu la septième réunion ?") == ()


@pytest.mark.parametrize(
    ("asked", "said", "is_each"),
    [
        ("combien en moyenne ?", "le cout moyen est de 3 000 euros", True),
        ("combien en moyenne ?", "3 000 euros par lit", True),
        ("combien par lit ?", "3 000 euros par lit", True),
        ("combien par lit ?", "3 000 euros pour chaque lit", True),
        ("combien par lit ?", "le cout moyen est de 3 000 euros", True),
        ("combien par lit ?", "3 millions d'euros", False),
    ],
)
def test_a_sum_for_each_is_not_the_whole(asked: str, said: str, is_each: bool) -> None:
    assert asks_for_each(asked)
    assert says_each(said) is is_each


@pytest.mark.parametrize("text", ["quel moyen de paiement ?", "une entreprise de taille moyenne", "combien en tout ?"])
def test_no_average_is_asked(text: str) -> None:
    assert not asks_for_average(text)
