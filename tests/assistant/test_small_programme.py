"""What a small invented programme is answered: which document speaks, what is quoted around an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import write_corpus

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.candidates import says_something
from assistant.claiming import headed_first
from assistant.loading import over
from assistant.quoting import prose_claim
from assistant.section_heads import denies
from assistant.settings import load_settings
from assistant.units import Unit, Units
from assistant.widening import widened
from index.building import build
from index.encoding import load_encoder
from index.holding import IndexHolder
from index.records import Block, BlockKind, Page, Passage, Span
from index.splitting import sentence_spans
from index.vocabulary import Vocabulary

DAY = date(2026, 3, 2)
MANIFEST = """
[programme]
name = "Plan Vergers : replantation des vergers communaux"
short_name = "Plan Vergers"
"""
ENTRY = """
[[document]]
id = "{id}"
path = "{id}.md"
title = "{title}"
publisher = "Office des vergers"
kind = "page-officielle"
authority = 2
published_on = "{day}"
origin = "original"
"""
VOCABULARY = """
[[term]]
id = "serie-1"
kind = "wave"
label = "Série 1"
[[term]]
id = "serie-2"
kind = "wave"
label = "Série 2"
[[term]]
id = "tournee-p"
kind = "part"
label = "Tournée de printemps 2030"
[[term]]
id = "tournee-a"
kind = "part"
label = "Tournée d'automne 2030"
"""
DOCUMENTS = {
    "questions-2024": """\
# Questions posées en 2024

## Où appeler en cas de gel ?

En cas de gel, appelez le guichet des vergers au 02 11 22 33 44, le lundi.

## Combien de jeunes arbres par commune ?

Chaque commune reçoit 40 jeunes arbres.
""",
    "tarifs": """\
# Tarifs des plants

Cette page n'est plus à jour depuis le 5 mai 2025.

## Noisetiers

Un plant de noisetier coûte 8 euros.
""",
    "aide-memoire": """\
# Aide-mémoire des communes

## Gel de printemps

En cas de gel, appelez le guichet des vergers au 03 55 66 77 88, tous les matins.

## 3. Étapes de l'arrosage

Les jeunes plants sont arrosés deux fois par semaine.
""",
    "aide-memoire-2023": """\
# Aide-mémoire de 2023

## Taille

Les pommiers sont taillés en février par le jardinier communal.
""",
    "reponses": """\
# Réponses aux écoles

## Une école peut-elle planter des noyers ?

Oui. Elle demande l'accord de la mairie.

## Les ruches sont-elles payées ?

Non, le plan ne paie que des arbres et leurs tuteurs.

## Quand le tuteur est-il livré ?

Dans les douze jours ouvrés.

## Ce que le plan ne prend pas en charge

- les clôtures et les portails ;
- la location d'une tarière.

## Pour une réclamation

Adressez-vous à la médiatrice des vergers.
""",
    "reglement-1": """\
# Règlement de la série 1

## Montants

L'aide est de 12 euros par arbre planté. Le plafond est de 900 euros.
""",
    "tournees": """\
# Visites des vergers

La tournée de printemps 2030 compte 12 vergers et la tournée d'automne 2030 en compte 15. Les vergers de la tournée
d'automne 2031 seront tirés au sort.
""",
    "arrosage": """\
# Aide à l'arrosage

La part payée des cuves est de 35 % en plaine et de 45 % en montagne. Une avance de 20 % est versée.
""",
    "arrosage-2025": """\
# Texte du 1er avril 2025 modifiant l'aide à l'arrosage

La part payée des cuves de 45 % en montagne est remplacée par 52 %.
""",
    "reglement-2": """\
# Règlement de la série 2

## Montants

L'aide est de 15 euros par arbre planté. Le plafond est de 1 100 euros.

## Budget

La série 2 verse 90 000 euros aux communes.

## Dossier

| Pièce | Précision |
|---|---|
| Plan du verger | à l'échelle |
| Délibération | du conseil municipal |
| Photographie aérienne | de moins d'un an |

## Conseils

Le 2e conseil décide que les ruches sont installées. Le 3e conseil décide que les haies sont taillées.

## Démarches

Les deux jardiniers n'ont pas les mêmes démarches.

| Qui | Démarche |
|---|---|
| Jardinier communal | déclaration |
| Jardinier bénévole | convention |
""",
}
KNOWN = {
    "questions-2024": ("2024-02-01", 'valid_until = "2025-12-31"'),
    "tarifs": ("2024-09-01", ""),
    "aide-memoire": ("2026-01-10", 'replaces = ["aide-memoire-2023"]'),
    "aide-memoire-2023": ("2023-05-02", ""),
    "reponses": ("2025-10-01", ""),
    "reglement-1": ("2024-03-01", ""),
    "arrosage": ("2024-04-01", ""),
    "tournees": ("2025-11-03", ""),
    "arrosage-2025": ("2025-04-01", ""),
    "reglement-2": ("2026-01-15", ""),
}


@pytest.fixture(scope="module")
def vergers(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the invented programme, on DAY, with the bundled model."""
    folder: Path = tmp_path_factory.mktemp("vergers")
    entries = [
        ENTRY.format(id=name, title=text.splitlines()[0].removeprefix("# "), day=KNOWN[name][0]) + KNOWN[name][1]
        for name, text in DOCUMENTS.items()
    ]
    texts = {f"{name}.md": text for name, text in DOCUMENTS.items()}
    corpus = write_corpus(folder / "corpus", texts, manifest=MANIFEST + "\n".join(entries), vocabulary=VOCABULARY)
    encoder = load_encoder("bundled")
    build(corpus, folder / "built", encoder=encoder, today=DAY)
    settings = {"CORPUS": corpus, "INDEX": folder / "built", "DAY": DAY}
    given = load_settings({f"ASSISTANT_{name}": str(value) for name, value in settings.items()})
    return over(IndexHolder(folder / "built", encoder=encoder), given)


def unit_of(text: str, *, page: int | None = None, start: int = 40) -> Unit:
    passage = Passage("p", "d", "prose", page, start, start + len(text), text, ("Titre",), (), (), (), (), ())
    spans = tuple(sentence_spans(" " * start + text, start, start + len(text)))
    return Units(Vocabulary.from_terms(()), str.split).of(replace(passage, sentences=spans))[0]


def sources(answer: Answer) -> list[str]:
    return [citation.document.id for citation in answer.citations]


def test_what_is_in_force_comes_first_and_what_is_past_its_day_does_not_answer(vergers: Assistant) -> None:
    answer = vergers.answer("Quel numéro appeler en cas de gel ?")
    assert sources(answer)[0] == "aide-memoire"
    assert "02 11 22 33 44" not in answer.text
    before = vergers.answer("Quel numéro appeler en cas de gel ?", day=date(2025, 6, 1))
    assert "questions-2024" in sources(before)
    assert not any("plus en vigueur" in notice for notice in before.notices)


def test_what_only_a_document_past_its_day_says_is_marked(vergers: Assistant) -> None:
    answer = vergers.answer("Combien de jeunes arbres reçoit chaque commune ?")
    said = next(one for one in answer.statements if "40" in one.text)
    assert said.text.endswith("(n'est plus en vigueur depuis le 31 décembre 2025).")
    assert any("Questions posées en 2024" in notice for notice in answer.notices)


def test_a_document_that_says_itself_out_of_date_is_marked(vergers: Assistant) -> None:
    answer = vergers.answer("Combien coûte un plant de noisetier ?")
    said = next(one for one in answer.statements if "8 euros" in one.text)
    assert said.text.endswith("(n'est plus en vigueur depuis le 5 mai 2025).")


def test_a_replaced_document_still_says_what_its_successor_does_not(vergers: Assistant) -> None:
    answer = vergers.answer("Qui taille les pommiers en février ?")
    assert sources(answer)[0] == "aide-memoire-2023"
    assert "(n'est plus en vigueur depuis le 10 janvier 2026)" in answer.statements[0].text


def test_a_yes_or_no_is_quoted_with_its_question(vergers: Assistant) -> None:
    answer = vergers.answer("Les écoles peuvent-elles planter des noyers ?")
    said = answer.statements[0]
    assert said.text == "Une école peut-elle planter des noyers ? — Oui. Elle demande l'accord de la mairie."
    (cited,) = (answer.citations[number - 1] for number in said.citations)
    assert cited.span.quote == "Oui. Elle demande l'accord de la mairie."
    assert [header.quote for header in cited.headers] == ["Une école peut-elle planter des noyers ?"]


def heads(answer: Answer, words: str) -> list[str]:
    """The headers of the first quotation that says the words; each stands before it in the answer."""
    said = next(one for one in answer.statements if words in one.text)
    found = [header.quote for header in answer.citations[said.citations[0] - 1].headers]
    assert all(said.text.startswith(f"{head} — ") for head in found)
    return found


@pytest.mark.parametrize(
    ("question", "words", "head"),
    [
        ("Le plan prend-il en charge la location d'une tarière ?", "tarière", "Ce que le plan ne prend pas en charge"),
        ("Le plan prend-il en charge les clôtures ?", "clôtures", "Ce que le plan ne prend pas en charge"),
        ("Sous combien de jours ouvrés le tuteur est-il livré ?", "douze", "Quand le tuteur est-il livré ?"),
        ("Qui est la médiatrice des vergers ?", "médiatrice", "Pour une réclamation"),
    ],
)
def test_words_are_quoted_with_the_heading_that_they_need(
    vergers: Assistant, question: str, words: str, head: str
) -> None:
    assert heads(vergers.answer(question), words) == [head]


def test_a_heading_that_says_no_more_is_left_out(vergers: Assistant) -> None:
    assert heads(vergers.answer("Qui taille les pommiers en février ?"), "pommiers") == []
    assert heads(vergers.answer("Combien d'euros la série 2 verse-t-elle aux communes ?"), "90 000") == ["Budget"]


@pytest.mark.parametrize(
    ("heading", "is_denied"),
    [
        ("Dépenses non éligibles", True),
        ("Ce qui n’est pas remboursé", True),
        ("Exclusions", True),
        ("Hors du champ de l'aide", True),
        ("Ce qui est remboursé", False),
        ("Pourquoi mon dossier n'est-il pas payé", False),
        ("Si vous n'avez pas de compte", False),
        ("Le plan ne paie-t-il pas les haies ?", False),
        ("Non-respect des délais", False),
    ],
)
def test_a_heading_denies_what_stands_under_it(heading: str, is_denied: bool) -> None:
    assert denies(heading) is is_denied


def test_a_yes_or_no_answers_no_other_question(vergers: Assistant) -> None:
    answer = vergers.answer("Faut-il une assurance pour récolter les cerises ?")
    assert not any("Oui." in one.text or "Non," in one.text for one in answer.statements)


def test_sums_of_two_waves_are_told_with_their_wave(vergers: Assistant) -> None:
    said = [one.text for one in vergers.answer("Combien d'euros par arbre planté ?").statements]
    assert any(one.startswith("Série 1 — ") and "12 euros" in one for one in said)
    assert any(one.startswith("Série 2 — ") and "15 euros" in one for one in said)


def test_a_sum_of_another_wave_than_the_one_asked_is_not_given(vergers: Assistant) -> None:
    text = vergers.answer("Combien d'euros par arbre planté en série 2 ?").text
    assert "15 euros" in text
    assert "12 euros" not in text


def test_a_small_table_of_which_several_rows_are_near_is_told_whole_and_in_order(vergers: Assistant) -> None:
    with vergers.reading() as index:
        writer = vergers.writer(index)
        query = writer.subject(vergers.understand(index, "Faut-il joindre la délibération, la photographie aérienne ?"))
        near = [one for one in writer.fitting(query, writer.search(query)) if one.unit.passage.kind == "row"]
        two = [one for one in near if one.unit.text.startswith(("Délibération", "Photographie"))][::-1]
        assert len(two) == 2
        told = [one.text.split(" — ")[0] for one in widened((), two, query, index, most=1000)]
        alone = widened((), two[:1], query, index, most=1000)
    assert told == ["Plan du verger", "Délibération", "Photographie aérienne"]
    assert len(alone) == 1


def test_another_rank_is_another_thing(vergers: Assistant) -> None:
    with vergers.reading() as index:
        writer = vergers.writer(index)
        query = writer.subject(vergers.understand(index, "Que décide le troisième conseil ?"))
        told = " ".join(one.unit.text for one in writer.fitting(query, writer.search(query)))
    assert "haies" in told
    assert "ruches sont installées" not in told


def test_two_things_counted_right_before_a_table_that_begins_with_them_open_it(vergers: Assistant) -> None:
    said = [one.text for one in vergers.answer("Quelles démarches pour les deux jardiniers ?").statements]
    assert any(one.startswith("Jardinier communal — ") and "déclaration" in one for one in said)
    assert any(one.startswith("Jardinier bénévole — ") and "convention" in one for one in said)


@pytest.mark.parametrize("each", ["", " en moyenne", " par arbre"])
def test_a_sum_in_all_is_no_sum_for_each(vergers: Assistant, each: str) -> None:
    with vergers.reading() as index:
        writer = vergers.writer(index)
        query = writer.subject(vergers.understand(index, f"Combien touchent les communes{each} en série 2 ?"))
        told = " ".join(one.unit.text for one in writer.fitting(query, writer.search(query)))
    assert "15 euros par arbre" in told
    assert ("90 000 euros" in told) is (each == "")


@pytest.mark.parametrize(
    ("text", "page", "start", "expected"),
    [
        ("Les acteurs du verger", None, 40, False),
        ("Office des vergers, édition du 3 mars 2025", None, 40, False),
        ("Le verger est ouvert.", None, 40, True),
        ("Contact : verger@exemple.fr", None, 40, True),
        ("arbres de la rangée voisine. Le reste est taillé.", 2, 0, False),
        ("arbres de la rangée voisine. Le reste est taillé.", 2, 40, True),
        ("arbres de la rangée voisine. Le reste est taillé.", 1, 0, True),
    ],
)
def test_captions_and_ends_of_sentences_say_nothing(text: str, page: int | None, start: int, expected: bool) -> None:
    assert says_something(unit_of(text, page=page, start=start)) is expected


def test_what_stands_under_a_heading_that_is_the_question_comes_first(vergers: Assistant) -> None:
    with vergers.reading() as index:
        writer = vergers.writer(index)
        query = vergers.understand(index, "Comment se passe l'arrosage, étape par étape ?")
        fitting = writer.fitting(query, writer.search(query))
        behind = sorted(fitting, key=lambda one: "Étapes" in one.unit.passage.headings[-1])
        assert "Étapes" not in behind[0].unit.passage.headings[-1]
        first, *others = headed_first(behind, query, index)
    assert first.unit.passage.headings[-1] == "3. Étapes de l'arrosage"
    assert others == [one for one in behind if one is not first]


def test_a_changed_figure_is_marked_and_what_stands_instead_comes_first(vergers: Assistant) -> None:
    answer = vergers.answer("Quelle part des cuves d'arrosage est payée en montagne ?")
    texts = [one.text for one in answer.statements]
    newer = next(n for n, text in enumerate(texts) if "est remplacée par 52 %" in text)
    older = next(n for n, text in enumerate(texts) if "de 45 % (remplacé par 52 %, selon Office des vergers" in text)
    assert newer < older
    assert "35 % en plaine" in texts[older]
    cited = answer.citations[answer.statements[older].citations[0] - 1]
    assert not cited.is_current
    assert cited.replaced_by == answer.statements[newer].citations[0]


def test_a_season_that_no_term_has_is_said_to_be_unknown(vergers: Assistant) -> None:
    answer = vergers.answer("Combien de vergers compte la tournée d'automne 2033 ?")
    assert (answer.outcome, answer.citations) == ("not_found", ())
    assert "Tournée de printemps 2030 et Tournée d'automne 2030" in answer.lead


def test_what_documents_say_of_a_season_that_no_term_has_is_quoted_as_such(vergers: Assistant) -> None:
    answer = vergers.answer("Combien de vergers compte la tournée d'automne 2031 ?")
    assert answer.outcome == "partial"
    assert [one.text for one in answer.statements] == ["Les vergers de la tournée d'automne 2031 seront tirés au sort."]


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("Ne sont jamais remboursés :", "Ne sont jamais remboursés : les clôtures ;"),
        ("Ce qui reste à payer", "Ce qui reste à payer — les clôtures ;"),
        ("Le plan est généreux. Voici ce qu'il refuse :", "Voici ce qu'il refuse : les clôtures ;"),
        ("Le plan est généreux.", "les clôtures ;"),
    ],
)
def test_an_item_is_quoted_with_the_line_that_opens_its_list(opening: str, said: str) -> None:
    items = ("- la terre ;", "- les clôtures ;")
    text = "\n".join((opening, *items))
    places = [(text.index(one), text.index(one) + len(one)) for one in (opening, *items)]
    kinds: tuple[BlockKind, ...] = ("paragraph", "item", "item")
    page = Page(None, text, tuple(Block(kind, *place) for kind, place in zip(kinds, places, strict=True)))
    start, end = places[2]
    passage = unit_of(text, start=0).passage
    assert prose_claim(passage, Span(None, start, end, text[start:end]), page).text == said
