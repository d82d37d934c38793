"""What readers of the default corpus are told where two documents, two sides or a premise and a document differ."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering import Assistant

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "after", "outcome", "said"),
    [
        # Sums and meanings: the one in force, then the one of before.
        ("quel est le budget total d'ESMS numérique ?", "", "answered", ("630 M€", "Auparavant", "600 M€")),
        ("ESSMS : 600 ou 630 millions, lequel est bon ?", "", "answered", ("630 M€", "Auparavant", "600 M€")),
        ("quelle enveloppe ESMS numérique en 2024 ?", "", "answered", ("87 M€",)),
        ("que veut dire DRIM ?", "", "answered", ("Data Radiologie", "Auparavant", "diffusion des images")),
        # Comparisons: both sides.
        ("différence entre SUN-ES et le SONS ?", "", "answered", ("éditeur", "établissements de santé")),
        ("solde de la vague 1 : officine vs biologie", "", "answered", ("28 avril 2023", "14 décembre 2023")),
        ("EHPAD vague 1 : commande et solde le même jour ?", "", "answered", ("28 février 2024", "19 décembre 2024")),
        # Ends and beginnings.
        ("domaine 2 de CaRE, date limite de candidature ?", "", "not_found", ("pas de date de fin",)),
        ("depuis quand candidate-t-on au domaine 2 de CaRE ?", "", "answered", ("2 septembre 2025",)),
        ("prochaine échéance de la biologie ?", "", "not_found", ("aucune échéance à venir",)),
        ("pharmacie : fin mars 2023 pour installer, c'est prolongé ?", "", "answered", ("28 avril 2023", "Auparavant")),
        # Follow-ups by rank.
        ("et la deuxième, close quand ?", "quand a ouvert la phase 1 de HOP'EN 2 ?", "answered", ("13 février 2026",)),
        ("et la dernière ?", "quand fermait la fenêtre 2 de SUN-ES ?", "answered", ("mars-avril 2023",)),
        # What a programme of one sector dates for all holds for the sector; « changer de… » asks for no date.
        ("clinique : trop tard pour la deuxième phase de HOP'EN 2 ?", "", "answered", ("13 février 2026",)),
        ("peut-on changer d'éditeur entre l'avance et le solde ?", "", "partial", ()),
        # No cause is given; a figure of another time; a premise that a sentence denies; who gets no money.
        ("Pourquoi le référentiel d'identités a-t-il été écarté de la deuxième vague ?", "", "partial", ()),
        ("MES : combien de comptes activés au printemps 2025 ?", "", "answered", ("19 millions",)),
        ("Puisque la vague 2 est obligatoire pour les éditeurs, quelle sanction ?", "", "partial", ("volontariat",)),
        ("Comme le RI est repris en vague 2, quand demander l'avance ?", "", "partial", ("pas repris en vague 2",)),
        ("Quand la pharmacie va-t-elle recevoir le virement SONS ?", "", "partial", ("ne reçoit pas l'argent",)),
        # Terms that are set aside are not asked about.
        ("Dernier délai pour l'avance du RIS deuxième vague ? (pas la DRIMbox)", "", "partial", ("Aucune date",)),
        ("Hors médecins, quels paramédicaux la V2 embarque-t-elle ?", "", "answered", ("orthoptistes",)),
        # « Quand même » asks for no day; what comes next comes after today; a part that is not told of is not another.
        ("Prochaine échéance à tenir pour une DRIMbox, vu la date d'aujourd'hui ?", "", "answered", ("15/09/2027",)),
        ("Volet 2 de SUN-ES, combien de millions ?", "", "not_found", ("Volet 1",)),
        ("Comment s'appellent les quatre axes du programme CaRE ?", "", "partial", ()),
        (
            "et c'est versé en combien de fois ?", "Quel est le montant SAS de prise de rendez-vous ?", "answered",
            ("deux fois",),
        ),
        # A small table of which most rows are found is quoted whole.
        ("S'enrôler à l'ASP : qu'est-ce qu'il faut joindre ?", "", "partial", ("bancaires", "représentant légal")),
        # What is said of nobody in particular may hold for the sector asked.
        ("La VA, c'est mon prestataire ou moi (la clinique) qui la signe ?", "", "partial", ("client qui signe",)),
        # What only begins is no end; a difference asks for no date.
        ("ESMS numérique 2024, projet multirégional, à déposer avant quand ?", "", "answered", ("1er juin 2024",)),
        (
            "différence entre prestation vague 2 et prestation vague 1 + vague 2 ?", "", "answered",
            ("déjà au niveau", "pas encore été équipé"),
        ),
        # A sentence brings the table that it opens; things counted in words are counted.
        ("que comprend la prestation payée en vague 2 ?", "", "answered", ("maintenance corrective", "formation des")),
        ("l'INS comprend combien de traits ?", "", "partial", ("Cinq traits",)),
        # A verb is no misspelt profession.
        ("pharmacie : e-prescription à généraliser avant quand ?", "", "answered", ("31/12/2024",)),
        # A list that is only counted is not answered.
        ("Quels sont les quatre axes de CaRE ?", "", "partial", ("quatre axes",)),
        # « Volet » of a programme whose parts are called domains or phases.
        ("combien de cibles dans le premier volet de HOP'EN 2 ?", "", "answered", ("Objectifs d'usage", "8")),
        # A rank alone is of the family named before it.
        ("De la première vague à la deuxième, quels logiciels sont repris ?", "", "answered", ("Six types",)),
        # A misspelt word is nobody's name; « j'ouvre » opens no window.
        ("quelle tranche du budjet de CaRE pour 2027 ?", "", "partial", ("750",)),
        ("SGL, vague 1 : échéance du solde, selon la page que j'ouvre ?", "", "answered", ("14 décembre 2023",)),
        # The acronym asked about, not the one beside it.
        ("Que veut dire le sigle VSR dans le contrat SAS ?", "", "answered", ("vérification de service régulier",)),
        # Premises that a document denies.
        ("dernier jour pour l'avance du RI en vague 2 ?", "", "partial", ("pas repris en vague 2",)),
        ("quel forfait SUN-ES pour un EHPAD ?", "", "partial", ("ne relèvent pas de SUN-ES",)),
        ("sage-femme, que finançait la vague 1 ?", "", "partial", ("vague 2",)),
    ],
)  # fmt: skip
def test_what_is_told(
    question: str, after: str, outcome: str, said: tuple[str, ...], default_assistant: Assistant
) -> None:
    answer = default_assistant.answer(question, after=(after,) if after else (), day=DAY)
    assert answer.outcome == outcome
    text = " ".join(f"{answer.text} {' '.join(c.span.quote for c in answer.citations)}".split()).replace("’", "'")
    missing = [words for words in said if words.replace("’", "'") not in text]
    assert not missing, text


def test_nothing_that_repeats_it_stands_beside_a_whole_list(default_assistant: Assistant) -> None:
    answer = default_assistant.answer("Quelles professions rejoignent la vague 2 ?", day=DAY)
    assert "orthophonistes et orthoptistes" in answer.statements[0].text
    assert not [one.text for one in answer.statements[1:] if "phonist" in one.text]
