"""What is asked of something, in an invented programme: nothing else of it is asserted in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fakes import write_corpus

from assistant.answering import Assistant
from assistant.attributes import words_asked
from assistant.delays import asks_when, gives_delay
from assistant.loading import over
from assistant.settings import load_settings
from assistant.shapes import shapes_of
from index.building import build
from index.encoding import load_encoder
from index.holding import IndexHolder

DAY = date(2026, 3, 2)
MANIFEST = """
[programme]
name = "Plan Fontaines : remise en eau des fontaines publiques"
short_name = "Plan Fontaines"
"""
ENTRY = """
[[document]]
id = "{id}"
path = "{id}.md"
title = "{title}"
publisher = "Office des fontaines"
kind = "page-officielle"
authority = 2
published_on = "2026-01-15"
origin = "original"
"""
VOCABULARY = """
[[term]]
id = "plan-fontaines"
kind = "programme"
label = "Plan Fontaines"
[[term]]
id = "tour-1"
kind = "wave"
label = "Tour 1"
within = ["plan-fontaines"]
[[term]]
id = "tour-2"
kind = "wave"
label = "Tour 2"
within = ["plan-fontaines"]
"""
DOCUMENTS = {
    "annonce": """\
# L'office et son équipe

L'Office des fontaines est installé à Apt. Sa directrice générale est Odile Ferrand. Il instruit les demandes des \
communes.

La conciliatrice, Anne Morel, peut être saisie par écrit.
""",
    "presse": """\
# Vers le tour 2

Le tour 2 se prépare. Le budget total du plan passerait à 48 millions d'euros.
""",
    "regles": """\
# Règles du Plan Fontaines

## Obligations

La commune garde les factures pendant douze ans. Les travaux commencent dans les sept mois de l'accord.

## Argent

L'aide ne peut dépasser 60 000 euros par fontaine. Le tiers de l'aide est versé dans les vingt jours qui suivent la \
demande.

## Exceptions

Ne peuvent prétendre à l'aide : les fontaines privées, les lavoirs couverts et les bassins d'irrigation.

## Durées

| Étape | Durée |
|---|---|
| Contrôle des factures | 3 semaines |
| Avis de l'architecte | 5 semaines |
| Montage de la demande | 9 semaines |
""",
    "mots": """\
# Les mots du plan

Margelle : rebord de pierre qui entoure le bassin.

Mascaron : figure sculptée d'où sort l'eau. Il en faut un par fontaine.

Degré B1, degré B2 : niveaux de calcaire de l'eau.
""",
    "mode-d-emploi": """\
# Mode d'emploi

Le maire signe la demande. Un adjoint peut la signer grâce au formulaire K3, qu'il joint à l'envoi.
""",
    "avis": """\
# Avis rendus

| Fontaine | Somme | Avis |
|---|---|---|
| Lourmarin | 41 000 € | favorable |
| Rustrel | 12 000 € | réservé : diagnostic amiante à joindre |
""",
}


@pytest.fixture(scope="module")
def fontaines(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the invented programme, on DAY, with the bundled model."""
    folder: Path = tmp_path_factory.mktemp("fontaines")
    entries = [ENTRY.format(id=name, title=text.splitlines()[0].removeprefix("# ")) for name, text in DOCUMENTS.items()]
    texts = {f"{name}.md": text for name, text in DOCUMENTS.items()}
    corpus = write_corpus(folder / "corpus", texts, manifest=MANIFEST + "\n".join(entries), vocabulary=VOCABULARY)
    encoder = load_encoder("bundled")
    build(corpus, folder / "built", encoder=encoder, today=DAY)
    settings = {"CORPUS": corpus, "INDEX": folder / "built", "DAY": DAY}
    given = load_settings({f"ASSISTANT_{name}": str(value) for name, value in settings.items()})
    return over(IndexHolder(folder / "built", encoder=encoder), given)


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le salaire de la directrice de l'office ?",
        "Quel est l'âge de la conciliatrice ?",
        "Qui a sculpté la fontaine de Lourmarin ?",
        "Quel est le nom de la directrice financière de l'office ?",
        "Quel est le prix d'une pompe à Lourmarin ?",
        "Quel est le budget du tour 2 ?",
        "Faut-il un diagnostic amiante ?",
    ],
)
def test_what_is_asked_of_something_is_not_answered_by_something_else_of_it(
    fontaines: Assistant, question: str
) -> None:
    assert fontaines.answer(question).outcome != "answered"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Quel est le nom de la directrice générale de l'office ?", "Odile Ferrand"),
        ("Quelle somme pour la fontaine de Lourmarin ?", "41 000 €"),
        ("Combien de temps faut-il conserver les factures ?", "douze ans"),
        ("Pendant combien d'années garde-t-on les factures ?", "douze ans"),
        ("Combien de temps prend le contrôle des factures ?", "3 semaines"),
    ],
)
def test_what_says_it_is_quoted_first(fontaines: Assistant, question: str, said: str) -> None:
    assert said in fontaines.answer(question).statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Quelles fontaines n'ont pas droit à l'aide ?",
        "Quelles fontaines sont exclues de l'aide ?",
        "Qui n'est pas aidé ?",
    ],
)
def test_what_is_left_out_is_told_by_what_excludes(fontaines: Assistant, question: str) -> None:
    answer = fontaines.answer(question)
    assert "lavoirs couverts" in answer.statements[0].text


def test_when_may_be_answered_by_a_delay(fontaines: Assistant) -> None:
    answer = fontaines.answer("Quand l'aide est-elle versée ?")
    assert "vingt jours" in answer.statements[0].text
    assert fontaines.answer("À quelle date l'aide est-elle versée ?").outcome != "answered"


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("Que signifie « margelle » ?", "rebord de pierre"),
        ("C'est quoi un mascaron ?", "Il en faut un par fontaine."),
        ("Que signifie le degré B2 ?", "niveaux de calcaire"),
    ],
)
def test_the_entry_of_a_glossary_is_told_alone(fontaines: Assistant, question: str, meaning: str) -> None:
    answer = fontaines.answer(question)
    assert answer.outcome == "answered"
    assert [meaning in one.text for one in answer.statements] == [True]


def test_the_letters_of_a_code_are_not_asked_for(fontaines: Assistant) -> None:
    assert "grâce au formulaire K3" in fontaines.answer("À quoi sert le formulaire K3 ?").text


@pytest.mark.parametrize(
    ("question", "text", "is_asked", "is_given"),
    [
        ("Quand le prêt est-il accordé ?", "Il l'est dans les trois mois qui suivent la visite.", True, True),
        ("Dans combien de jours réponse ?", "La réponse arrive sous dix jours.", True, True),
        ("Quand le prêt est-il accordé ?", "Le prêt dure sept ans.", True, False),
        ("À quelle date, et quand au juste ?", "Deux semaines après la visite.", False, True),
        ("Quel est le prêt ?", "Avant la visite.", False, False),
    ],
)
def test_a_delay_and_the_question_for_it(question: str, text: str, is_asked: bool, is_given: bool) -> None:
    assert asks_when(question) is is_asked
    assert gives_delay(text) is is_given


def test_only_what_no_document_holds_is_said_not_to_be_there_with_its_accents(fontaines: Assistant) -> None:
    assert "Je n'ai rien trouvé sur « employée »" in fontaines.answer("Quelle employée a signé à Rustrel ?").text
    assert "rien trouvé sur « factures »" not in fontaines.answer("Quelle part des factures est en retard ?").text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quel est le salaire de la directrice ?", ("salaire",)),
        ("Qui a construit la fontaine ?", ("construit",)),
        ("Combien de pompes faut-il ?", ("pompes",)),
        ("Combien coûte un bassin ?", ("bassin",)),
        ("Combien de temps dure la garantie du bassin ?", ("garantie",)),
        ("Combien de temps faut-il conserver les factures ?", ("conserver",)),
        ("Quel est le montant de la caution ?", ("caution",)),
        ("Quel est le budget du tour 2 ?", ()),
        ("Comment demander l'aide ?", ()),
    ],
)
def test_the_word_that_says_what_is_asked(fontaines: Assistant, question: str, words: tuple[str, ...]) -> None:
    with fontaines.reading() as index:
        assert words_asked(fontaines.understand(index, question), index) == words


@pytest.mark.parametrize(
    "text", ["pendant dix ans", "quarante-cinq jours", "vingt et un mois", "3 semaines", "une heure"]
)
def test_a_duration_may_be_written_in_words(text: str) -> None:
    assert shapes_of(text).duration
    assert not shapes_of("les derniers jours de l'an").duration
