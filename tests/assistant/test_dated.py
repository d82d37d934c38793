from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from dated_documents import info, prose, row
from dated_questions import SmallIndex, asked

from assistant.citations import check
from assistant.date_asked import date_asked
from assistant.date_refusals import is_off, lacks_date, nothing_ahead, only_other_end, undated
from assistant.date_steps import with_step
from assistant.dated import dated_text, quotation_of, with_full_day
from assistant.dates_writer import other_dates, write_dates
from assistant.drafts import Claim, Draft
from index.terms import Term
from index.vocabulary import Vocabulary


def small(*passages: object, **published: object) -> SmallIndex:
    names = {passage.document_id for passage in passages}  # type: ignore[attr-defined]
    return SmallIndex(passages, {name: info(name, published.get(name, "2023-05-24")) for name in names})  # type: ignore[arg-type]


def texts(question: str, index: SmallIndex, *, day: date = date(2026, 11, 23)) -> list[str]:
    draft = write_dates(asked(question, day=day), index)
    return [claim.text for claim in draft.claims] if draft else []


PHARMACY = prose("pharmacie", "Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le 28 avril 2023 à 14h.")
CLINIC = prose("clinique", "Pour le DOP, le solde du lot 1 est à déposer au plus tard le 14 décembre 2023 à 14h.")
CABINET = prose("cabinet", "Pour l'Agenda, le solde du lot 1 est à déposer au plus tard le 14 décembre 2023 à 14h.")
ADVANCE = prose("avance", "Pour le DOP, la demande d'avance du lot 2 est à déposer au plus tard le 17 décembre 2025.")


def test_the_date_of_the_sector_asked_alone_is_given() -> None:
    index = small(PHARMACY, CLINIC, CABINET)
    assert texts("Quelle est la date limite du solde du lot 1 en pharmacie ?", index) == [PHARMACY.text]


def test_never_the_date_of_another_sector_wave_or_step() -> None:
    index = small(PHARMACY, CLINIC, ADVANCE)
    for question in (
        "date limite du solde de l'Agenda pour le lot 1 ?",
        "date limite du solde du DOP pour le lot 2 ?",
        "date limite de l'avance en pharmacie pour le lot 1 ?",
    ):
        assert write_dates(asked(question), index) is None
        assert lacks_date(asked(question), index)


def test_sectors_of_different_kinds_narrow_each_other() -> None:
    index = small(CABINET)
    assert write_dates(asked("le pharmacien, date limite du solde de son Agenda au lot 1 ?"), index) is None


def test_a_near_miss_gives_the_other_step_as_such() -> None:
    index = small(CLINIC, ADVANCE)
    draft = other_dates(asked("Date limite du solde du DOP au lot 2 ?"), index)
    assert draft is not None
    assert draft.outcome == "partial"
    assert draft.lead.startswith("Les documents ne donnent pas de date pour : Solde · Lot 2 · DOP")
    assert [claim.text for claim in draft.claims] == [ADVANCE.text]


def test_without_any_date_the_subject_is_searched_without_the_step() -> None:
    query = undated(asked("date limite du solde du PAS au lot 2 ?"), small(CLINIC))
    assert query is not None
    assert not query.of_kind("milestone")
    assert query.wanted == "open"


def test_a_general_date_holds_only_for_sectors_that_the_wave_dates() -> None:
    general = prose("tous", "Les demandes de solde du lot 1 sont à déposer au plus tard le 14 décembre 2023.")
    order = prose("caisse", "Pour la Caisse, la commande du lot 1 est à passer au plus tard le 15 mars 2023.")
    question = "date limite du solde du lot 1 pour la Caisse ?"
    assert texts(question, small(general)) == []
    assert len(texts(question, small(general, order))) == 1
    assert texts("date limite du solde pour la Caisse ?", small(general, order)) == []


def test_opening_and_end_are_told_apart() -> None:
    opening = prose("ouvre", "Pour le DOP, le dépôt des avances du lot 2 est ouvert depuis le 12 septembre 2024.")
    index = small(opening, ADVANCE)
    assert texts("depuis quand peut-on demander l'avance du DOP au lot 2 ?", index) == [opening.text]
    assert texts("dernier délai pour l'avance du DOP au lot 2 ?", index) == [ADVANCE.text]
    assert texts("date limite de l'avance du DOP au lot 2 ?", small(opening)) == []


def test_another_event_is_left_to_quotations() -> None:
    index = small(PHARMACY)
    assert texts("quand le solde du lot 1 est-il versé à la pharmacie ?", index) == []
    assert texts("quand a eu lieu la réunion sur la pharmacie du lot 1 ?", index) == []


def test_the_day_of_a_decree_is_given_where_its_sentences_know_one() -> None:
    decree = prose("arrete", "Le DOP du lot 2 est financé par l'arrêté du 20 février 2025.")
    index = small(decree, ADVANCE, arrete="2025-03-01")
    assert texts("De quand date l'arrêté du DOP ?", index) == [decree.text]


def test_words_left_over_tell_the_sectors_apart() -> None:
    index = small(PHARMACY, CLINIC, CABINET)
    assert texts("date limite du solde du lot 1 pour mon dossier patient ?", index) == [CLINIC.text]


def test_the_end_of_a_wave_itself_is_no_step_of_it() -> None:
    end = prose("fin", "Le lot 1 s'est achevé le 14 décembre 2023.")
    assert texts("quand se termine le lot 1 ?", small(end, PHARMACY, fin="2024-02-01")) == [end.text]


def test_no_date_is_asked_for_by_other_questions() -> None:
    index = small(PHARMACY)
    for question in (
        "qui dépose le solde du lot 1 ?",
        "pourquoi le solde du lot 1 ?",
        "le solde du lot 1, c'est quoi ?",
    ):
        assert date_asked(asked(question), index) is None


def test_without_terms_the_words_of_the_question_and_the_nearest_date() -> None:
    text = "La vague 1 se finit. La prestation est à finir au 20 septembre, les soldes à déposer le 14 décembre à 14h."
    none = Vocabulary.from_terms(())
    index = SmallIndex((prose("article", text),), {"article": info("article", "2023-05-24")}, none)
    draft = write_dates(asked("date limite du solde vague 1 ?", terms=none), index)
    assert draft is not None
    (claim,) = draft.claims
    assert "14 décembre 2023 à 14\u00a0h" in claim.text.replace("\u202f", "\u00a0").replace("14 h", "14\u00a0h")
    assert "2023" in {derived.value for derived in claim.derived}
    assert any("2023" in notice for notice in draft.notices)
    assert write_dates(asked("date limite du solde vague 2 ?", terms=none), index) is None
    assert write_dates(asked("date limite du solde des vétérinaires ?", terms=none), index) is None


def test_the_next_one_is_not_a_past_one() -> None:
    index = small(PHARMACY)
    draft = Draft("answered", (Claim("…", (quotation_of(index.deadlines[0]),)),), 0.9)
    assert is_off(draft, asked("date du prochain solde ?"), index)
    assert not is_off(draft, asked("date du prochain solde ?", day=date(2023, 1, 1)), index)
    assert not is_off(draft, asked("date du solde ?"), index)


@pytest.mark.parametrize(
    ("cells", "columns", "said"),
    [
        (("Solde", "28/04/2023", "14h"), ("Jalon", "Date limite", "Heure"), "Solde — Date limite : 28/04/2023 à 14h"),
        (
            ("Lot 1", "Caisse", "Solde", "28/04/2023"),
            (None, None, None, "Date"),
            "Lot 1 · Caisse · Solde — Date : 28/04/2023",
        ),
        (("DOP", "20/06/2024", "17/12/2025"), ("", "Ouverture", "Date limite"), "DOP — Date limite : 17/12/2025"),
        (
            ("DOP", "2e trimestre 2027", "sans objet", "17/12/2028"),
            ("", "Commande", "Avance", "Solde"),
            "DOP — Solde : 17/12/2028",
        ),
    ],
)
def test_a_row_reads_as_what_it_is_about_its_column_and_its_date(
    cells: tuple[str, ...], columns: tuple[str | None, ...], said: str
) -> None:
    passage = row("doc", cells, columns)
    index = small(passage)
    assert dated_text(index.deadlines[-1], passage) == said


def test_every_claim_is_proven_by_its_quotation_and_headers() -> None:
    table = row("table", ("Solde", "28/04/2023", "14h"), ("Jalon", "Date", "Heure"), headings=("Pharmacie, lot 1",))
    index = small(table, CLINIC)
    draft = write_dates(asked("date limite du solde du lot 1 ?"), index)
    assert draft is not None
    checked = check(draft.claims, index.documents, index.pages)
    assert checked.dropped == 0
    assert len(checked.statements) == 2


def test_a_document_out_of_force_says_so() -> None:
    passage = PHARMACY
    documents = {"pharmacie": replace(info("pharmacie", "2023-01-01"), valid_until=date(2024, 1, 31))}
    draft = write_dates(asked("date limite du solde du lot 1 en pharmacie ?"), SmallIndex((passage,), documents))
    assert draft is not None
    assert "n'est plus en vigueur depuis le 31 janvier 2024" in draft.claims[0].text
    assert any("n'est plus en vigueur" in notice for notice in draft.notices)


def test_an_end_is_never_answered_by_a_beginning() -> None:
    index = small(prose("ouverture", "Les demandes d'avance du DOP au lot 2 sont ouvertes depuis le 2 septembre 2025."))
    question = "avance du DOP au lot 2 : jusqu'à quand ?"
    assert write_dates(asked(question), index) is None
    assert other_dates(asked(question), index) is None
    refusal = only_other_end(asked(question), index)
    assert refusal is not None
    assert (refusal.outcome, refusal.claims) == ("not_found", ())
    assert refusal.lead == "Les documents ne donnent pas de date de fin pour : Avance · Lot 2 · DOP."
    assert only_other_end(asked("avance du DOP au lot 2 : depuis quand ?"), index) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("quel jour a refermé le guichet rouvert au printemps ?", "closes"),
        ("quand a rouvert le guichet fermé en hiver ?", "opens"),
        ("jusqu'à quand le guichet est-il ouvert ?", "closes"),
        ("le guichet du lot 1 s'arrête quand ?", "closes"),
        ("last day to claim the lot 1 solde?", "closes"),
        ("le lot 1, c'est quand ?", None),
    ],
)
def test_which_end_is_asked(question: str, kind: str | None) -> None:
    found = date_asked(asked(question), small(PHARMACY))
    assert found is not None
    assert found.kind == kind


def test_when_nothing_is_ahead_it_is_said() -> None:
    refusal = nothing_ahead(asked("prochaines échéances de la pharmacie ?"), small(PHARMACY))
    assert refusal is not None
    assert refusal.lead == "Au 23 novembre 2026, les documents ne donnent aucune échéance à venir pour : Pharmacie."
    assert texts("prochaines échéances de la pharmacie ?", small(PHARMACY)) == []
    assert texts("prochaines échéances de la pharmacie ?", small(PHARMACY), day=date(2023, 1, 1)) != []


def test_what_was_called_off_is_answered_by_the_sentence_that_says_so() -> None:
    off = prose("report", "Pour la pharmacie, le solde du lot 1, prévu le 28 avril 2023, est reporté sine die.")
    index = small(PHARMACY, off, CLINIC, pharmacie="2023-01-24")
    assert texts("date limite du solde du lot 1 en pharmacie ?", index) == [off.text]
    assert texts("date limite du solde du lot 1 pour le DOP ?", index) == [CLINIC.text]
    assert not texts("date limite de l'avance du lot 1 en pharmacie ?", index)


def test_what_was_moved_is_found_by_the_day_that_the_question_names() -> None:
    moved = prose(
        "report", "Pour la Caisse, l'installation du lot 1, fixée au 31 mars 2023, est reportée au 28 avril 2023."
    )
    assert texts("pharmacie : fin mars 2023 pour la nouvelle version, c'est repoussé ?", small(moved)) == [moved.text]
    assert not texts("pharmacie : fin mai 2023 pour la nouvelle version, c'est repoussé ?", small(moved))


def test_the_precision_and_the_time_of_saying_tell_dates_apart() -> None:
    spring = prose("mai", "Le lancement du lot 2 est prévu à l'automne 2023.")
    later = prose("ensuite", "Le lancement du lot 2 pour l'Agenda est annoncé pour l'été 2025.")
    index = small(spring, later, mai="2023-05-24", ensuite="2025-01-10")
    assert texts("en mai 2023, on promettait le lot 2 pour quelle saison ?", index) == [spring.text]


def test_a_software_of_two_lanes_named_beside_one_is_of_that_lane() -> None:
    lanes = (Term("atelier", "lane", "Atelier"), Term("quai", "lane", "Quai"))
    badge = Term("badge", "software", "Badgeuse", within=tuple(lane.tag for lane in lanes))
    terms = Vocabulary.from_terms((*lanes, badge, Term("pose", "milestone", "Pose")))
    rows = (
        row("doc", ("Atelier", "12/03/2027"), ("Filière", "Pose")),
        row("doc", ("Quai", "17/05/2027"), ("Filière", "Pose"), start=2000),
        row("doc", ("Badgeuse du quai", "18/06/2027"), ("Filière", "Pose"), start=3000),
    )
    index = SmallIndex(rows, {"doc": info("doc", "2026-05-24")}, terms)

    def days(question: str) -> list[str]:
        draft = write_dates(asked(question, terms=terms), index)
        return re.findall(r"\d\d/\d\d/\d{4}", " ".join(claim.text for claim in draft.claims)) if draft else []

    assert days("Date limite de la pose en atelier ?") == ["12/03/2027"]
    assert days("Date limite de la pose de la badgeuse sur le quai ?") == ["17/05/2027", "18/06/2027"]


LOTS = (Term("lot-1", "wave", "Lot 1"), Term("lot-2", "wave", "Lot 2"))
HANDED_IN = Vocabulary.from_terms(
    (
        *LOTS,
        Term("remise", "milestone", "Dépôt de l'offre", ("remise de l'offre",)),
        Term("caution", "milestone", "Caution", ("envoi de la caution",)),
    )
)


def offers() -> SmallIndex:
    """Two lots whose offers and bails are due one after the other."""
    columns = ("Lot", "Remise de l'offre", "Caution")
    passages = (
        row("doc", ("Lot 1", "12/03/2025", "19/09/2025"), columns),
        row("doc", ("Lot 2", "12/12/2026", "19/03/2027"), columns, start=2000),
        prose(
            "doc", "La visite du lot 2 se tiendra le 21 mars 2027. Le lot 2 sera jugé au printemps 2027.", start=4000
        ),
    )
    return SmallIndex(passages, {"doc": info("doc", "2024-05-24")}, HANDED_IN)


def days_of(question: str, *, after: tuple[str, ...] = ()) -> list[str]:
    draft = write_dates(asked(question, after=after, terms=HANDED_IN), offers())
    text = " ".join(claim.text for claim in draft.claims) if draft else ""
    return re.findall(r"\d\d/\d\d/\d{4}|21 mars 2027", text)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Date limite de dépôt du lot 2 ?", ["12/12/2026"]),
        ("Lot 2 : jusqu'à quand peut-on envoyer sa demande ?", ["12/12/2026"]),
        ("Date limite du lot 2 pour l'envoi de la caution ?", ["19/03/2027"]),
        ("Combien de jours reste-t-il, déposer c'est fini ?", ["12/12/2026"]),
        ("On est le 13 décembre 2026, peut-on encore déposer ?", ["12/12/2026", "12/03/2025"]),
        ("Lot 2 : quelles dates tombent en mars 2027 ?", ["19/03/2027", "21 mars 2027"]),
        ("Quelles sont les échéances en septembre 2025 ?", ["19/09/2025"]),
        ("Quelles sont les échéances en mars ?", ["19/03/2027", "21 mars 2027"]),
        ("Quelles sont les échéances du lot 2 en avril 2027 ?", []),
    ],
)
def test_everyday_words_name_the_step_and_the_days(question: str, expected: list[str]) -> None:
    assert days_of(question) == expected


def test_an_empty_month_is_said_and_a_day_of_the_question_is_today() -> None:
    empty = write_dates(asked("Quelles sont les échéances du lot 2 en avril 2027 ?", terms=HANDED_IN), offers())
    assert empty is not None
    assert (empty.outcome, empty.lead) == (
        "not_found", "Du 1er avril 2027 au 30 avril 2027, les documents ne donnent aucune date pour : Lot 2."
    )  # fmt: skip
    late = write_dates(asked("On est le 13 décembre 2026, peut-on encore déposer ?", terms=HANDED_IN), offers())
    assert late is not None
    assert "passée depuis 1 jour" in late.claims[0].text


def test_words_of_its_own_make_the_question_one_about_something_else() -> None:
    query = asked("Quand ferme le dépôt des brevets de chimie ?", terms=HANDED_IN)
    assert with_step(query, offers()) == query


def test_a_step_that_no_term_names_is_found_by_the_word_of_its_column() -> None:
    terms = Vocabulary.from_terms(LOTS)
    columns = ("Lot", "Clôture du dépôt", "Limite de la caution")
    index = SmallIndex((row("doc", ("Lot 2", "12/12/2026", "19/03/2027"), columns),), {"doc": info("doc")}, terms)

    def days(question: str) -> list[str]:
        draft = write_dates(asked(question, terms=terms), index)
        return re.findall(r"\d\d/\d\d/\d{4}", " ".join(claim.text for claim in draft.claims)) if draft else []

    assert days("Date limite de dépôt du lot 2 ?") == days("Lot 2 : remettre avant quand ?") == ["12/12/2026"]
    assert days("Date limite du lot 2 ?") == ["12/12/2026", "19/03/2027"]


def test_a_full_day_stands_beside_its_own_words() -> None:
    text = "Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le 14 décembre. Rien d'autre ne change."
    (found,) = small(prose("p", text)).deadlines
    said = "le 14 décembre (14 décembre 2023). Rien"
    assert said in with_full_day(text, found)
    assert with_full_day("Le 14 décembre, oui le 14 décembre.", found).endswith("décembre (14 décembre 2023).")


def test_a_season_that_opens_a_row_says_what_the_row_is_about() -> None:
    cells = row("r", ("Automne 2026", "28/04/2027"), ("Session", "Solde"))
    (found,) = (one for one in small(cells).deadlines if one.mention.quote == "28/04/2027")
    assert dated_text(found, cells) == "Automne 2026 — Solde : 28/04/2027"


def test_a_month_does_not_answer_for_the_very_day() -> None:
    index = small(prose("mois", "Le solde du lot 1 en pharmacie est à déposer au plus tard fin avril 2023."))
    for question, outcome in (("jusqu'à quand ?", "answered"), ("jusqu'à quel jour exactement ?", "partial")):
        draft = write_dates(asked(f"Le solde du lot 1 en pharmacie : {question}"), index)
        assert draft is not None
        assert draft.outcome == outcome


def test_a_follow_up_with_words_of_its_own_is_not_about_the_step_before() -> None:
    before = ["Quelle est la date limite du solde du lot 1 en pharmacie ?"]
    plain = write_dates(asked("et c'est quand au plus tard ?", after=before), small(PHARMACY))
    assert plain is not None
    own = asked("et les preuves scellées, on les range pour quand ?", after=before)
    assert write_dates(own, small(PHARMACY)) is None


def test_from_one_step_to_another_are_all_between_them() -> None:
    steps = [
        prose(f"etape-{n}", f"Pour la pharmacie, {step} du lot 1 est à déposer au plus tard le {n} mai 2023.")
        for n, step in enumerate(("la commande", "la demande d'avance", "la demande de solde"), 2)
    ]
    told = " ".join(texts("Pharmacie, lot 1 : les dates, de la commande jusqu'au solde ?", small(*steps)))
    assert all(f"{n} mai 2023" in told for n in (2, 3, 4))


def test_from_when_to_when_is_the_longest_time_told() -> None:
    span = prose("span", "Le programme Usage+ va de septembre 2021 à décembre 2023.")
    window = prose("window", "La première fenêtre du programme Usage+ est ouverte du 3 mars au 5 mai 2022.")
    assert texts("Le programme Usage+ s'est étalé de quand à quand ?", small(span, window)) == [span.text]


def test_what_was_announced_then_is_what_the_documents_of_then_say() -> None:
    then = prose("avant", "L'installation du lot 2 est à faire au plus tard fin septembre 2023.")
    now = prose("depuis", "L'installation du lot 2 est à faire au plus tard fin juin 2025.")
    index = small(then, now, avant="2023-05-24", depuis="2025-01-10")
    assert texts("En mai 2023, on annonçait l'installation du lot 2 pour quand ?", index)[0] == then.text
    assert texts("L'installation du lot 2, c'est pour quand au plus tard ?", index)[0] == now.text


def test_a_rank_tells_dates_of_one_step_apart() -> None:
    index = small(
        prose("un", "La première échéance de la commande du lot 1 en pharmacie est fixée au 3 mai 2023."),
        prose("deux", "La deuxième échéance de la commande du lot 1 en pharmacie est fixée au 9 juin 2023."),
    )
    (only,) = texts("Commande du lot 1 en pharmacie : date limite de la deuxième échéance ?", index)
    assert "9 juin 2023" in only
