"""The script that compares the corpus with the programme's facts: values whatever their spelling, doubts left out."""

import pytest
from corpus.make_documents import main as make_documents
from corpus.missing_facts import pieces, shared_sources, sources, values

FACTS = """## 1. Dates

| Lane | Closed 15/06/2022 | see [p10 2025] | later 03/03/2023: **unverified** |
1. Window 1 Sept-Oct 2021, 12 files.

## 8. Words

| 77 |

## 13. Sources

| p10 | ANS | 2025 | https://example.org/a |
| p11 | ANS | 2026 | https://example.org/a |
"""


@pytest.mark.parametrize(
    ("noted", "written"),
    [
        ("14/12/2023 14h", "le 14 décembre 2023 à 14 h"),
        ("15/12/2027 12h", "Solde | 15/12/2027 12:00 |"),
        ("28/02/2024 14h", "28 février 2024 | 14h"),
        ("1 June 2024", "le 1er juin 2024"),
        ("18 Mar to 19 Apr 2024", "du 18 mars au 19 avril 2024"),
        ("Sept-Oct 2021", "en septembre et octobre 2021"),
        ("Q1 2027", "au premier trimestre 2027"),
        ("2,307 candidates = 82 %", "2 307 établissements, soit 82%"),
        ("71.5 M€", "71,5 millions d'euros"),
        ("6 pre-requisites", "six prérequis"),
        ("2021-2025", "de 2021 à 2025"),
    ],
)
def test_a_value_is_the_same_in_notes_and_documents(noted, written):
    assert values(noted) <= values(written)


@pytest.mark.parametrize(("noted", "written"), [("14/12/2023 14h", "14 décembre 2023"), ("630 M€", "630 structures")])
def test_another_hour_or_unit_is_another_value(noted, written):
    assert not values(noted) <= values(written)


def test_doubtful_pieces_tags_and_unchecked_sections_are_not_asked_for():
    asked = set().union(*(values(piece) for _, piece in pieces(FACTS)))
    assert {"2022-06-15", "2021-09", "2021-10", "12"} <= asked
    assert not asked & {"2023-03-03", "77", "2025"}


def test_two_pages_of_one_address_need_two_documents():
    assert [tag for tag, _ in sources(FACTS)] == ["p10", "p11"]
    assert shared_sources(FACTS) == [("https://example.org/a", 2)]


def test_made_documents_are_the_same_every_time(tmp_path):
    for run in ("first", "second"):
        for folder in ("sons", "vague-2"):
            (tmp_path / run / folder).mkdir(parents=True)
        make_documents(tmp_path / run)
    made = sorted(path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.*"))
    assert len(made) == 3
    for path in made:
        assert (tmp_path / "first" / path).read_bytes() == (tmp_path / "second" / path).read_bytes()
