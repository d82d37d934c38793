"""Each rule of the checks of a model's sentence by one text, a true sentence on it, and one that is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assistant.new_words import Rules
from assistant.proving import Proof, fault
from assistant.rules import rules_of
from assistant.word_families import is_form

if TYPE_CHECKING:
    from assistant.answering import Assistant


def near() -> float:
    return 5.0


PILLARS = "Le plan repose sur trois piliers :\n\n1. la sécurité des comptes ;\n2. la formation ;\n3. le matériel."
# The text, a true sentence, a false one.
PAIRS = {
    "attribute of another": (
        "Le guichet unique, étendu aux cliniques, et le portail sont gratuits.",
        "Le guichet unique est étendu aux cliniques.",
        "Le portail est étendu aux cliniques.",
    ),
    "participle of another": (
        "La fiche remplace le document envoyé par courriel aux compagnies.",
        "La fiche remplace le document envoyé par courriel.",
        "La fiche est envoyée par courriel aux compagnies.",
    ),
    "participle without a doer": (
        "L'équipe recueille les difficultés rencontrées dans les cabinets.",
        "L’équipe recueille les difficultés rencontrées dans les cabinets.",
        "L'équipe rencontre des difficultés dans les cabinets.",
    ),
    "agent of a passive": (
        "L'usage est encouragé par la caisse, avec une prime ouverte aux pharmacies équipées.",
        "La caisse encourage l'usage.",
        "Les pharmacies équipées encouragent la caisse à ouvrir une prime.",
    ),
    "agent of another deed": (
        "Les projets sont portés par des groupes. L'agence instruit les projets.",
        "Les projets sont portés par des groupes.",
        "Les projets sont portés par l'agence.",
    ),
    "subject made object": (
        "Pour ce guichet, les dates ne changeront pas.",
        "Les dates de ce guichet ne changeront pas.",
        "Ce guichet ne changera pas les dates.",
    ),
    "crossed complements": (
        "On s'adresse à l'agence pour le dossier, et à l'éditeur pour le logiciel.",
        "On s'adresse à l'éditeur pour le logiciel.",
        "On s'adresse à l'agence pour le logiciel.",
    ),
    "side clause": (
        "Tant que l'arrêté n'est pas paru, les documents n'ont qu'une valeur d'information.",
        "Les documents n'ont qu'une valeur d'information tant que l'arrêté n'est pas paru.",
        "L'arrêté n'a qu'une valeur d'information.",
    ),
    "item of a list": (PILLARS, "Le deuxième pilier est la formation.", "Le premier pilier est la formation."),
    "last item": (PILLARS, "Le troisième pilier est le matériel.", "Le dernier pilier est la sécurité des comptes."),
    "announced, not done": (
        "Le lancement du portail a été annoncé au comité d'avril pour l'été 2025.",
        "Le lancement du portail a été annoncé pour l'été 2025.",
        "Le lancement du portail a eu lieu à l'été 2025.",
    ),
    "to be done, not done": (
        "L'installation du logiciel dans les cabinets est à réaliser au plus tard le 28 avril 2023.",
        "L'installation du logiciel dans les cabinets devait être réalisée au plus tard le 28 avril 2023.",
        "Le logiciel a été installé dans les cabinets le 28 avril 2023.",
    ),
    "aimed at": (
        "L'objectif est que les comptes rendus alimentent le dossier de chaque patient.",
        "L'objectif est que les comptes rendus alimentent le dossier du patient.",
        "Les comptes rendus alimentent le dossier de chaque patient.",
    ),
    "bound to another verb": (
        "L'établissement qui utilise plusieurs logiciels doit choisir lequel sera financé.",
        "L'établissement doit choisir lequel de ses logiciels sera financé, s'il en utilise plusieurs.",
        "L'établissement doit utiliser plusieurs logiciels.",
    ),
    "denial passed over": (
        "Les dates du guichet ne sont plus affichées sur la page au 1er août 2025.",
        "Au 1er août 2025, les dates du guichet ne sont plus affichées sur la page.",
        "Les dates du guichet sont le 1er août 2025.",
    ),
    "share of a number": (
        "L'essentiel, 430 millions d'euros, est réservé à la généralisation.",
        "L'essentiel est réservé à la généralisation.",
        "L'essentiel des 430 millions d'euros est réservé à la généralisation.",
    ),
    "who asks, who receives": (
        "Le fournisseur demande l'acompte. La salle signe le procès-verbal.",
        "L'acompte est demandé par le fournisseur.",
        "Le fournisseur reçoit l'acompte.",
    ),
    "words alike in their first letters": (
        "Les contrats des cliniques portent sur le matériel.",
        "Les contrats des cliniques portent bien sur le matériel.",
        "Les contrôles des cliniques portent sur le matériel.",
    ),
    "what follows another amount": (
        "Le plan représente 250 millions d'euros dans un premier temps, puis 750 millions d'euros à l'horizon 2027.",
        "Le plan représente 750 millions d'euros à l'horizon 2027.",
        "Le plan représente 750 millions d'euros dans un premier temps.",
    ),
    "amounts in brackets": (
        "Le plan représente 250 millions d'euros (250 M€), puis 750 millions d'euros (750 M€).",
        "Le plan représente 250 millions d'euros (250 M€).",
        "Le plan représente 250 millions d'euros (750 M€).",
    ),
    "made to be done": (
        "Les pharmaciens peuvent faire financer par l'État la mise à jour du logiciel.",
        "Les pharmaciens peuvent faire financer la mise à jour du logiciel par l'État.",
        "Les pharmaciens peuvent financer la mise à jour du logiciel.",
    ),
    "two things, not one": (
        "L'ordonnance numérique et la mise à jour du logiciel sont deux chantiers.",
        "La mise à jour du logiciel et l'ordonnance numérique sont deux chantiers.",
        "L'ordonnance numérique est la mise à jour du logiciel.",
    ),
    "who did it": (
        "L'objectif tient compte de ce que les premiers utilisateurs ont signalé à l'équipe Sentinelle.",
        "Les premiers utilisateurs ont signalé ce dont l'objectif tient compte.",
        "L'équipe Sentinelle a signalé l'objectif aux premiers utilisateurs.",
    ),
    "noun that the subject belongs to": (
        "Le matériel de la passerelle est pris en charge à 100 % dans la vague 2.",
        "Dans la vague 2, le matériel de la passerelle est pris en charge à 100 %.",
        "La passerelle est prise en charge à 100 % dans la vague 2.",
    ),
    "nouns shuffled": (
        "La date limite de commande d'un logiciel référencé, fixée au 15 juillet 2022, a été reportée.",
        "La date limite de commande d'un logiciel référencé a été reportée.",
        "La date limite de référencé d'un logiciel commande, fixée au 15 juillet 2022, a été reportée.",
    ),
    "a thing of itself": (
        "Le plan du réseau est le volet numérique du programme de la région.",
        "Le plan du réseau est le volet numérique du programme.",
        "Le plan du plan est le volet numérique du programme de la région.",
    ),
    "fragment": (
        "Le plan prévoit la sécurité des comptes des agents de la région.",
        "Le plan prévoit la sécurité des comptes des agents.",
        "La sécurité des comptes des agents de la région.",
    ),
    "what belongs to the doer": (
        "La première phase du plan compte huit objectifs et dure un an.",
        "La première phase du plan compte huit objectifs.",
        "Le plan compte huit objectifs et dure un an.",
    ),
    "what belongs to the object": (
        "Le registre sert à classer les dossiers d'une personne sous un même numéro.",
        "Le registre sert à classer sous un même numéro les dossiers d'une personne.",
        "Le registre sert à classer une personne sous un même numéro.",
    ),
    "who acts in the clause before": (
        "L'équipe réunit la caisse et l'agence. Elle recueille les difficultés des cabinets.",
        "L'équipe recueille les difficultés des cabinets.",
        "La caisse recueille les difficultés des cabinets.",
    ),
    "an object of another verb": (
        "Le programme reprend les logiciels et s'ouvre à de nouvelles professions.",
        "Le programme reprend les logiciels.",
        "Le programme reprend les logiciels et les nouvelles professions.",
    ),
    "doers together": (
        "La sécurité des réseaux et l'usage des cartes forment l'un des piliers du plan.",
        "L'un des piliers du plan est formé par la sécurité des réseaux et l'usage des cartes.",
        "La sécurité des réseaux forme l'un des piliers du plan.",
    ),
    "one of them": (
        "La consultation à distance est l'un des apports du plan.",
        "L'un des apports du plan est la consultation à distance.",
        "La consultation à distance est l'apport du plan.",
    ),
    "a part of them": (
        "La fenêtre a recueilli 753 dossiers, dont 518 venaient de nouveaux candidats.",
        "La fenêtre a recueilli 753 dossiers.",
        "Les 753 dossiers de la fenêtre venaient de nouveaux candidats.",
    ),
    "a share of other things": (
        "Plus de 99 % des mises à jour de logiciels prévues ont été installées.",
        "Plus de 99 % des mises à jour prévues ont été installées.",
        "Plus de 99 % des logiciels prévus ont été installés.",
    ),
    "complement of another": (
        "Les déclarations d'activité des cabinets sont contrôlées par les régions.",
        "Les déclarations d'activité sont contrôlées par les régions.",
        "Les déclarations des régions sont contrôlées.",
    ),
    "those it narrows": (
        "Un guichet a été rouvert pour les éditeurs en retard.",
        "Le guichet a été rouvert pour les éditeurs en retard.",
        "Un guichet a été rouvert pour les éditeurs.",
    ),
    "what follows": (
        "Après une phase d'amorçage, la phase de généralisation dure trois ans.",
        "Après une phase d'amorçage, la généralisation dure trois ans.",
        "La phase d'amorçage suit la phase de généralisation.",
    ),
    "a day that bounds": (
        "Les cabinets ont jusqu'au 18 décembre 2022 pour commander la mise à jour.",
        "Pour commander la mise à jour, les cabinets ont jusqu'au 18 décembre 2022.",
        "Les cabinets ont commandé la mise à jour le 18 décembre 2022.",
    ),
    "due, not so": (
        "Les cibles du plan doivent être atteintes à la fin du programme.",
        "À la fin du programme, les cibles du plan doivent être atteintes.",
        "Les cibles du plan sont atteintes à la fin du programme.",
    ),
    "side by side": (
        "L'espace repose sur deux éléments : une liste blanche et un annuaire.",
        "L'espace repose sur une liste blanche et un annuaire.",
        "La liste blanche repose sur un annuaire.",
    ),
    "joined to a list": (
        "Un projet régional passe par la région ; un projet national passe par la caisse.",
        "Un projet régional passe par la région.",
        "Un projet régional passe par la région et la caisse.",
    ),
    "denied of them": (
        "Les fournisseurs obtiennent des délais. Les cabinets n'en obtiennent pas.",
        "Les fournisseurs obtiennent des délais.",
        "Les cabinets obtiennent des délais.",
    ),
    "meaning cut short": (
        "Le sigle DRI signifie Données des Registres et Imagerie des cabinets.",
        "DRI signifie Données des Registres et Imagerie des cabinets.",
        "DRI signifie Données des Registres.",
    ),
    "on condition": (
        "Les écoles sont concernées si elles disposent d'une salle.",
        "Si elles disposent d'une salle, les écoles sont concernées.",
        "Les écoles disposent d'une salle.",
    ),
    "to come": (
        "Le portail, qui ouvrira aux cabinets le 4 janvier 2027, reçoit les pièces.",
        "Le portail, qui reçoit les pièces, ouvrira aux cabinets le 4 janvier 2027.",
        "Le portail a ouvert aux cabinets le 4 janvier 2027.",
    ),
    "a number of them": (
        "Le lot concerne trois logiciels : deux pour le théâtre, un pour la musique.",
        "Trois logiciels sont concernés par le lot.",
        "Le lot concerne trois logiciels de théâtre.",
    ),
    "neither": (
        "Les cliniques et les cabinets ne relèvent pas de la prime.",
        "Ni les cliniques ni les cabinets ne relèvent de la prime.",
        "Ni les cliniques ni les cabinets ne relèvent du plan.",
    ),
    "denied in part": (
        "Le cabinet n'encaisse rien au titre de la prime.",
        "Au titre de la prime, le cabinet n'encaisse rien.",
        "Le cabinet n'encaisse rien.",
    ),
    "on condition, not in order to": (
        "Le cabinet est soutenu quand il atteint des cibles.",
        "Quand il atteint des cibles, le cabinet est soutenu.",
        "Le cabinet est soutenu pour atteindre des cibles.",
    ),
    "unlike, not like": (
        "La structure est financée, à la différence de la prime, qui est versée au fournisseur.",
        "À la différence de la prime, la structure est financée.",
        "La structure est financée, comme la prime.",
    ),
}


@pytest.fixture(scope="module")
def rules(default_assistant: Assistant) -> Iterator[Rules]:
    with default_assistant.reading() as index:
        yield rules_of(index)


@pytest.mark.parametrize("name", PAIRS)
def test_a_rule_tells_a_false_sentence_from_a_true_one(rules: Rules, name: str) -> None:
    text, true, false = PAIRS[name]
    proof = Proof(text, "", near)
    assert fault(true, proof, rules) is None
    assert fault(false, proof, rules) is not None


def test_what_a_heading_denies_is_denied(rules: Rules) -> None:
    said = "Les fournisseurs obtiennent des délais pour les cabinets."
    proof = Proof("Les fournisseurs obtiennent des délais.", "", near, "Des délais, mais pas pour les cabinets")
    assert fault(said, proof, rules) is not None


@pytest.mark.parametrize(
    "said", ["Pour les primes, on.", "Cela est Clara Martin.", "CDA-R2 : CDA-R2.", "SON (système)."]
)
def test_what_a_small_model_leaves_of_a_sentence_says_nothing(rules: Rules, said: str) -> None:
    proof = Proof("Pour les primes, on paie Clara Martin. Le SON (système) suit le CDA-R2.", "", near)
    assert fault(said, proof, rules) == "shape"


def test_headings_alone_state_nothing(rules: Rules) -> None:
    said = "Les établissements candidats au domaine cybersécurité ont atteint leurs objectifs."
    proof = Proof("Le nombre de candidats est compté.", "Objectifs du domaine cybersécurité atteints", near)
    assert fault(said, proof, rules) is not None


@pytest.mark.parametrize(
    ("one", "other", "are_forms"),
    [
        ("concern", "concernent", True),
        ("national", "nationau", True),
        ("million", "milliard", False),
        ("publi", "public", False),
        ("contrat", "control", False),
        ("support", "suppos", False),
        ("instabl", "install", False),
        ("demand", "demandeur", False),
    ],
)
def test_words_alike_in_their_first_letters_are_not_always_forms_of_one(one: str, other: str, are_forms: bool) -> None:
    assert is_form(one, [other]) is are_forms
    assert is_form(other, [one]) is are_forms
