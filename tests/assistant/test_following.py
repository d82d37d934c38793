"""Follow-ups: what they inherit, what they replace, and the wording that stands alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.query import Query
from assistant.rewording import added, phrase, replaced, tidy, without, written
from assistant.understanding import understand
from index.vocabulary import Term, Vocabulary

DAY = date(2026, 11, 23)
FOLDER = Path(__file__).parents[2]


def asked(question: str, *after: str, vocabulary: Vocabulary, removed: str = "") -> Query:
    return understand(question, after=after, day=DAY, vocabulary=vocabulary, without=frozenset(removed.split()))


def ids(query: Query) -> str:
    return " ".join(sorted(("~" if one.is_inherited else "") + one.tag.id for one in query.asked))


@pytest.mark.parametrize(
    ("after", "question", "wanted", "terms", "text"),
    [
        (
            ["Quelle est la date limite du solde de la vague 1 en biologie ?"],
            "et la pharmacie ?",
            "date",
            "officine ~solde ~vague-1",
            "Quelle est la date limite du solde de la vague 1 pour la pharmacie ?",
        ),
        (
            ["Quelle est la date limite de l'avance DPI en vague 2 ?"],
            "et la vague 1 ?",
            "date",
            "vague-1 ~avance ~dpi",
            "Quelle est la date limite de l'avance DPI pour la vague 1 ?",
        ),
        (
            ["les dentistes sont-ils concernés par la vague 2 ?"],
            "et pour les sages-femmes ?",
            "yes_no",
            "sage-femme ~vague-2",
            "les sages-femmes sont-ils concernés par la vague 2 ?",
        ),
        (["solde officine vague 1"], "et en imagerie ?", "date", "imagerie ~solde ~vague-1", "solde imagerie vague 1"),
        (
            ["Quel jour s'est réuni le 7e COSUI ?"],
            "Et le douzième ?",
            "date",
            "~cosui",
            "Quel jour s'est réuni le douzième COSUI ?",
        ),
        (
            ["Quand l'arrêté sur le médico-social est-il paru ?"],
            "Et celui sur les messageries sécurisées, paru quand ?",
            "date",
            "mssante",
            "celui sur les messageries sécurisées, paru quand : quand l'arrêté est-il paru ?",
        ),
        (
            ["Quel budget pour SUN-ES en 2022 ?"],
            "et plus tard, vers 2023, combien ?",
            "figure",
            "~sun-es",
            "plus tard, vers 2023, combien : budget pour SUN-ES ?",
        ),
        (
            ["Qui compose l'équipe Sentinelle ?"],
            "Elle s'occupe plutôt des hôpitaux ?",
            "open",
            "hopital ~sentinelle",
            "Elle s'occupe plutôt des hôpitaux (Sentinelle) ?",
        ),
        (
            ["Jusqu'à quand fallait-il commander le LGO en vague 1 ?"],
            "ce n'était pas plus tôt, à l'origine ?",
            "date",
            "~commande ~lgo ~vague-1",
            "ce n'était pas plus tôt, à l'origine : fallait-il commander le LGO en vague 1 ?",
        ),
        (
            ["Quel montant pour SUN-ES en tout ?"],
            "dont combien pour le DMP ?",
            "figure",
            "dmp ~sun-es",
            "combien pour le DMP : montant pour SUN-ES en tout ?",
        ),
        (
            ["Date limite de la commande du LGO en vague 1 ?"],
            "non, je voulais dire la vague 2",
            "date",
            "vague-2 ~commande ~lgo",
            "Date limite de la commande du LGO pour la vague 2 ?",
        ),
        (
            ["Quand demander l'avance de la PFI en vague 2 ?"],
            "je parle du DPI",
            "date",
            "dpi ~avance ~vague-2",
            "Quand demander l'avance du DPI en vague 2 ?",
        ),
        (
            ["Quelle est la date limite de l'avance DPI en vague 2 ?"],
            "pourquoi ?",
            "why",
            "~avance ~dpi ~vague-2",
            "pourquoi : la date limite de l'avance DPI en vague 2 ?",
        ),
        (
            ["Quand faut-il déclarer l'atteinte des cibles SUN-ES ?"],
            "c'était quoi la date avant le report ?",
            "date",
            "~declaration-des-cibles ~sun-es",
            "c'était quoi la date avant le report : déclarer l'atteinte des cibles SUN-ES ?",
        ),
        (
            ["combien de candidatures en fenêtre 2 de SUN-ES ?"],
            "et en fenêtre 3 ?",
            "figure",
            "sun-es-fenetre-3 ~candidature",
            "combien de candidatures en fenêtre 3 ?",
        ),
        (
            ["Combien de dentistes équipés en vague 2 ?"],
            "et chez les kinés ?",
            "figure",
            "masseur-kinesitherapeute ~vague-2",
            "Combien de kinés équipés en vague 2 ?",
        ),
        (
            ["Quel format pour le compte rendu vers le DMP ?"],
            "et vers la MSSanté ?",
            "open",
            "mssante ~compte-rendu",
            "Quel format pour le compte rendu vers la MSSanté ?",
        ),
        (
            ["Date limite du solde DPI et PFI en vague 1 ?"],
            "et le RIS ?",
            "date",
            "ris ~solde ~vague-1",
            "Date limite du solde RIS en vague 1 ?",
        ),
        (
            ["Date de commande du DPI en vague 1 ?", "et la PFI ?", "et le solde ?"],
            "et la vague 2 ?",
            "date",
            "vague-2 ~pfi ~solde",
            "Date du solde de la PFI pour la vague 2 ?",
        ),
    ],
)
def test_a_follow_up(
    after: list[str], question: str, wanted: str, terms: str, text: str, vocabulary: Vocabulary
) -> None:
    query = asked(question, *after, vocabulary=vocabulary)
    assert query.is_follow_up
    assert query.wanted == wanted
    assert ids(query) == " ".join(sorted(terms.split()))
    assert query.text == text


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la date limite de la commande du RIS en vague 1 ?",
        "C'est quoi la DRIMbox ?",
        "et c'est quoi le ROR ?",
        "ROR",
        "Qui pilote SUN-ES ?",
        "Les orthoptistes sont-ils concernés par la vague 2 ?",
        "Où déposer une candidature CaRE ?",
        "La MSSanté est-elle gratuite ?",
    ],
)
def test_a_question_that_stands_alone_inherits_nothing(question: str, vocabulary: Vocabulary) -> None:
    query = asked(question, "Date limite du solde officine vague 1 ?", vocabulary=vocabulary)
    assert not query.is_follow_up
    assert not any(one.is_inherited for one in query.asked)


def test_a_profession_named_drops_what_does_not_belong_with_it(vocabulary: Vocabulary) -> None:
    query = asked("et les dentistes ?", "Date de la commande du LGO en officine, vague 2 ?", vocabulary=vocabulary)
    assert ids(query) == "chirurgien-dentiste ~commande ~vague-2"
    query = asked("et pour le DPI ?", "Date d'avance pour l'hôpital en vague 2 ?", vocabulary=vocabulary)
    assert ids(query) == "dpi ~avance ~hopital ~vague-2"


def test_an_unknown_number_replaces_a_known_one(vocabulary: Vocabulary) -> None:
    query = asked("et la vague 3 ?", "Date limite de l'avance PFI en vague 2 ?", vocabulary=vocabulary)
    assert [unknown.text for unknown in query.unknown] == ["vague 3"]
    assert ids(query) == "~avance ~pfi"
    assert "vague 2" not in query.text


def test_days_are_counted_in_the_follow_up_too(vocabulary: Vocabulary) -> None:
    query = asked("et la PFI ?", "combien de jours reste-t-il pour l'avance DPI vague 2 ?", vocabulary=vocabulary)
    assert (query.wanted, query.relative) == ("date", "days_left")
    assert query.text == "combien de jours reste-t-il pour l'avance PFI vague 2 ?"


def test_what_the_reader_removes_leaves_the_wording_too(vocabulary: Vocabulary) -> None:
    query = asked("Date limite du solde de la vague 1 en biologie ?", vocabulary=vocabulary, removed="vague-1")
    assert ids(query) == "biologie solde"
    assert query.text == "Date limite du solde en biologie ?"
    query = asked("et la pharmacie ?", "solde de la vague 1 en biologie ?", vocabulary=vocabulary, removed="vague-1")
    assert query.text == "solde pour la pharmacie ?"


@pytest.mark.parametrize(
    ("question", "after", "lacks"),
    [
        ("suis-je concerné ?", [], "profession"),
        ("et moi, je suis concerné ?", [], "profession"),
        ("est-ce que j'ai droit au financement ?", [], "profession"),
        ("A-t-on droit ?", [], "profession"),
        ("A-t-on le droit d'envoyer le dossier par la poste ?", [], None),
        ("Ai-je droit à une avance ?", [], None),
        ("je suis dentiste, suis-je concerné ?", [], None),
        ("suis-je concerné ?", ["Je travaille en EHPAD"], None),
        ("c'est pour quand ?", [], "subject"),
        ("combien ?", [], "subject"),
        ("pourquoi ?", [], "subject"),
        ("pourquoi ?", ["La PFI est-elle financée ?"], None),
        ("quand ouvre le guichet ?", [], None),
        ("merci", [], None),
    ],
)
def test_what_a_question_lacks(question: str, after: list[str], lacks: str | None, vocabulary: Vocabulary) -> None:
    assert asked(question, *after, vocabulary=vocabulary).lacks == lacks


@pytest.mark.parametrize(
    ("after", "question", "terms"),
    [
        (["Acompte du PAM au lot 1 : quelle échéance ?"], "et au lot 2 ?", "lot-2 ~acompte ~pam"),
        (["Les comédiens sont-ils concernés par le lot 2 ?"], "et les musiciens ?", "musicien ~lot-2"),
        (["Date du lot 1 pour le SBU ?"], "et le PAM ?", "pam ~lot-1"),
    ],
)
def test_another_programme(after: list[str], question: str, terms: str, other_vocabulary: Vocabulary) -> None:
    assert ids(asked(question, *after, vocabulary=other_vocabulary)) == " ".join(sorted(terms.split()))


def test_french_contracts() -> None:
    assert written("de", "le", "solde") == "du solde"
    assert written("à", "les", "officines") == "aux officines"
    assert written("de", "l'", "avance") == "de l'avance"
    assert written("en", "la", "pharmacie") == "pour la pharmacie"
    assert written("de", "", "imagerie") == "d'imagerie"
    assert phrase("date du solde", 8, 13).determiner == "le"


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_phrase_is_taken_out_and_put_in(before: str, term: str, after: str) -> None:
    text = f"{before}{term}{after}"
    held = phrase(text, len(before), len(before) + len(term))
    assert 0 <= held.start <= len(before)
    new = phrase("pour la Xyz", 8, 11)
    assert "Xyz" in replaced(text, held, new)
    assert "Xyz" in added(text, new)
    assert len(without(text, held)) <= len(text) + 1
    assert tidy(text) == tidy(tidy(text))


def test_in_all_is_no_longer_about_one_part(vocabulary: Vocabulary) -> None:
    query = asked("combien en tout ?", "combien de dossiers SUN-ES dans la fenêtre 2 ?", vocabulary=vocabulary)
    assert ids(query) == "~sun-es"
    assert "~vague-1" in ids(asked("combien en tout ?", "combien de médecins en vague 1 ?", vocabulary=vocabulary))


def test_nobody_is_asked_for_a_profession_where_the_vocabulary_has_none() -> None:
    known = Vocabulary.from_terms([Term("tour-1", "wave", "Tour 1")])
    assert asked("suis-je concerné par le tour 1 ?", vocabulary=known).lacks is None


@pytest.mark.parametrize(
    ("question", "is_tied"),
    [
        ("Combien de personnes y travaillent ?", True),
        ("Qui y siège avec elle ?", True),
        ("Y a-t-il un recours contre une décision défavorable ?", False),
        ("Combien d'éditeurs y travaillent sur le DPI ?", False),
    ],
)
def test_there_is_what_was_spoken_of(question: str, is_tied: bool, vocabulary: Vocabulary) -> None:
    assert asked(question, "C'est quoi la PFI ?", vocabulary=vocabulary).is_follow_up is is_tied
