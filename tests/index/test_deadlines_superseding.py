"""Which replaces which: the rules one by one, then the postponements and contradictions that real programmes show."""

from __future__ import annotations

import pytest
from dated_documents import (
    ADVANCE,
    BALANCE,
    CITY,
    DIARY,
    HOSPITAL,
    ONE,
    ORDER,
    PHARMACY,
    RECORD,
    TILL,
    TWO,
    WORK,
    deadline,
    info,
    prose,
    row,
    vocabulary,
)

from index.dated_statements import Statement, agree
from index.dating_atoms import Moved
from index.deadlines import about, collect
from index.records import Deadline, DocumentInfo, Settled, Tag
from index.superseding import decide
from index.terms import Term
from index.vocabulary import Vocabulary

WORKSHOP, DEPOT = Tag("lane", "atelier"), Tag("lane", "depot")
OLD, NEW = info("old", "2022-06-01"), info("new", "2023-06-01")


def verdicts(
    *statements: tuple[Deadline, Moved] | Deadline,
    documents: tuple[DocumentInfo, ...] = (OLD, NEW),
    settled: tuple[Settled, ...] = (),
) -> list[tuple[str, str | None]]:
    """The status and what replaces it, for each statement."""
    made = [Statement(one) if isinstance(one, Deadline) else Statement(*one) for one in statements]
    decided = decide(made, {one.id: one for one in documents}, vocabulary(), settled)
    return [(one.status, one.replaced_by) for one in decided]


def old(day: str = "2023-04-28", tags: tuple[Tag, ...] = (ONE, BALANCE), **known: str) -> Deadline:
    return deadline("old", day, tags, **known)  # type: ignore[arg-type]


def new(day: str = "2023-12-14", tags: tuple[Tag, ...] = (ONE, BALANCE), **known: str) -> Deadline:
    return deadline("new", day, tags, **known)  # type: ignore[arg-type]


IN_FORCE = ("in_force", None)
REPLACED = ("replaced", "new-2023-12-14")
CONFLICT = ("conflict", None)


def test_a_newer_document_of_the_same_authority_replaces() -> None:
    assert verdicts(old(), new()) == [REPLACED, IN_FORCE]


@pytest.mark.parametrize(
    "kept", [(TWO, BALANCE), (ONE, ORDER), (ONE, HOSPITAL, BALANCE), (ONE, BALANCE, Tag("profession", "autre"))]
)
def test_a_statement_about_something_else_stands(kept: tuple[Tag, ...]) -> None:
    assert verdicts(old(tags=kept), new()) == [IN_FORCE, IN_FORCE]


def test_another_kind_of_date_stands() -> None:
    assert verdicts(old(kind="opens"), new()) == [IN_FORCE, IN_FORCE]


def test_a_statement_about_two_lanes_replaces_that_of_one() -> None:
    one, both = (ONE, HOSPITAL, BALANCE), (ONE, HOSPITAL, CITY, BALANCE)
    assert verdicts(old(tags=one), new(tags=both)) == [REPLACED, IN_FORCE]
    assert verdicts(old(tags=both), new(tags=one)) == [IN_FORCE, IN_FORCE]


def test_a_general_date_does_not_replace_that_of_a_lane() -> None:
    assert verdicts(old(tags=(ONE, PHARMACY, BALANCE)), new()) == [IN_FORCE, IN_FORCE]


def test_software_stands_for_its_lane() -> None:
    assert verdicts(old(tags=(ONE, HOSPITAL, RECORD, BALANCE)), new(tags=(ONE, RECORD, BALANCE))) == [
        REPLACED,
        IN_FORCE,
    ]
    # A lane with one software says as much as its software.
    assert verdicts(old(tags=(ONE, PHARMACY, BALANCE)), new(tags=(ONE, TILL, BALANCE))) == [REPLACED, IN_FORCE]
    assert verdicts(old(tags=(ONE, HOSPITAL, BALANCE)), new(tags=(ONE, RECORD, BALANCE))) == [IN_FORCE, IN_FORCE]


def test_the_programme_that_a_wave_is_within_need_not_be_said() -> None:
    said = (Tag("programme", "equip"), ONE, BALANCE)
    assert verdicts(old(tags=said), new()) == [REPLACED, IN_FORCE]
    assert verdicts(old(tags=(Tag("programme", "usage"), BALANCE)), new()) == [IN_FORCE, IN_FORCE]


def test_the_same_day_less_precisely_agrees() -> None:
    assert verdicts(old("2023-12-14"), new(hour="14:00")) == [IN_FORCE, IN_FORCE]
    month = old("2023-12-01", last="2023-12-31", precision="month")
    assert verdicts(month, new()) == [IN_FORCE, IN_FORCE]
    assert verdicts(old("2023-12-14", hour="12:00"), new(hour="14:00")) == [REPLACED, IN_FORCE]


def test_a_window_agrees_with_its_last_day() -> None:
    window = deadline("old", "2023-12-01", (ONE, BALANCE), last="2023-12-14", precision="range")
    assert agree(window, new())
    assert not agree(window, new("2023-12-10"))


def test_a_weaker_document_does_not_replace() -> None:
    weak = info("new", "2023-06-01", authority=6)
    assert verdicts(old(), new(), documents=(OLD, weak)) == [CONFLICT, CONFLICT]


@pytest.mark.parametrize("published", [None, "2022", ["2022", "2023"]])
def test_undated_or_overlapping_documents_contradict(published: object) -> None:
    unclear = info("new", published)
    assert verdicts(old(), new(), documents=(OLD, unclear)) == [CONFLICT, CONFLICT]


def test_a_postponement_replaces_whatever_the_authority() -> None:
    press = info("new", "2022-07-01", authority=6)
    assert verdicts(old(), (new(), "to"), documents=(OLD, press)) == [REPLACED, IN_FORCE]
    undated = info("new", None, authority=6)
    assert verdicts(old(), (new(), "to"), documents=(OLD, undated)) == [CONFLICT, CONFLICT]


def test_an_older_postponement_does_not_replace_a_newer_date() -> None:
    weak = info("new", "2023-06-01", authority=6)
    assert verdicts((old(), "to"), new(), documents=(OLD, weak)) == [CONFLICT, CONFLICT]
    assert verdicts((old(), "to"), new()) == [REPLACED, IN_FORCE]


def test_the_manifest_and_the_same_address_decide_over_authority() -> None:
    weak = info("new", "2023-06-01", authority=6, replaces=("old",))
    assert verdicts(old(), new(), documents=(OLD, weak)) == [REPLACED, IN_FORCE]
    pages = (info("old", "2022-06-01", url="https://x.fr"), info("new", "2023-06-01", url="https://x.fr", authority=6))
    assert verdicts(old(), new(), documents=pages) == [REPLACED, IN_FORCE]


def test_a_decision_by_hand_counts_first() -> None:
    decision = Settled((ONE, BALANCE), "closes", "2023-04-28", "2023-12-14", "faute de frappe")
    assert verdicts(old(), new(), settled=(decision,)) == [IN_FORCE, ("replaced", "old-2023-04-28")]
    elsewhere = Settled((TWO,), "closes", "2023-04-28", "2023-12-14", "")
    assert verdicts(old(), new(), settled=(elsewhere,)) == [REPLACED, IN_FORCE]


def test_a_decision_by_hand_may_write_years() -> None:
    tags = (TWO, WORK)
    right = deadline("old", "2024-01-01", tags, last="2025-12-31", precision="range", kind="expected")
    slip = deadline("new", "2023-01-01", tags, last="2024-12-31", precision="range", kind="expected")
    decision = Settled((TWO,), None, "2024-2025", "2023-2024", "la presse s'est trompée")
    assert verdicts(right, slip, settled=(decision,)) == [IN_FORCE, ("replaced", "old-2024-01-01")]


def test_a_chain_leads_to_the_date_in_force() -> None:
    middle = info("middle", "2022-12-01")
    statements = (old("2023-01-31"), deadline("middle", "2023-04-28", (ONE, BALANCE)), new())
    assert verdicts(*statements, documents=(OLD, middle, NEW)) == [REPLACED, REPLACED, IN_FORCE]


def test_a_date_that_comes_back_stands_again() -> None:
    middle = info("middle", "2022-12-01")
    statements = (old("2023-12-14"), deadline("middle", "2023-04-28", (ONE, BALANCE)), new())
    assert verdicts(*statements, documents=(OLD, middle, NEW)) == [IN_FORCE, REPLACED, IN_FORCE]


def test_a_replaced_statement_contradicts_nothing() -> None:
    undated = info("undated", None)
    statements = (old(), new(), deadline("undated", "2023-12-14", (ONE, BALANCE)))
    assert verdicts(*statements, documents=(OLD, NEW, undated)) == [REPLACED, IN_FORCE, IN_FORCE]


def test_conflicts_name_each_other() -> None:
    weak = info("new", "2023-06-01", authority=6)
    decided = decide([Statement(old()), Statement(new())], {"old": OLD, "new": weak}, vocabulary())
    assert [one.conflicts_with for one in decided] == [("new-2023-12-14",), ("old-2023-04-28",)]


def test_one_document_may_date_a_step_twice() -> None:
    assert verdicts(old("2023-01-01"), old("2023-02-01")) == [IN_FORCE, IN_FORCE]


def test_without_a_milestone_nothing_tells_that_two_dates_are_of_one_thing() -> None:
    assert verdicts(old(tags=(ONE,)), new(tags=(ONE,))) == [IN_FORCE, IN_FORCE]


def test_the_sentence_that_moves_a_date_replaces_it() -> None:
    text = (
        "La date limite de commande du lot 1, initialement fixée au 15 juillet 2022, est reportée au 30 novembre 2022."
    )
    left, kept = collect((prose("doc", text),), {"doc": info("doc", None)}, vocabulary())
    assert (left.status, left.replaced_by, kept.status) == ("replaced", kept.id, "in_force")
    # The date that the new document leaves does not replace the one that an older document already gave.
    passages = (prose("old", "Commande du lot 1 au plus tard le 30 novembre 2022."), prose("new", text))
    found = collect(passages, {"old": OLD, "new": NEW}, vocabulary())
    assert [one.status for one in found] == ["in_force", "replaced", "in_force"]


@pytest.mark.parametrize(
    "text",
    [
        "Initialement prévue le 3 mars 2026, la commande du lot 1 se fera jusqu'au 17 mars 2026.",
        "La commande du lot 1, d'abord fixée au 3 mars 2026, puis reportée au 17 mars 2026, est ouverte.",
        "La commande du lot 1 ferme le 17 mars 2026 au lieu du 3 mars 2026.",
        "La commande du lot 1 est close le 17 mars 2026 et non le 3 mars 2026.",
        "La clôture de la commande du lot 1 passe du 3 mars 2026 au 17 mars 2026.",
    ],
)
def test_of_a_day_left_and_a_day_put_in_one_sentence_one_stands(text: str) -> None:
    found = collect((prose("doc", text),), {"doc": info("doc", None)}, vocabulary())
    (kept,) = (one for one in found if one.status == "in_force")
    (left,) = (one for one in found if one.status == "replaced")
    assert (str(kept.last_day), str(left.last_day), left.replaced_by) == ("2026-03-17", "2026-03-03", kept.id)


@pytest.mark.parametrize(
    ("headers", "standing"),
    [
        (("Étape", "Date limite initiale", "Nouvelle date limite"), ["2026-03-17"]),
        (("Étape", "Ancienne échéance", "Échéance"), ["2026-03-17"]),
        (("Étape", "Ouverture", "Date limite"), ["2026-03-03", "2026-03-17"]),
    ],
)
def test_of_a_column_of_days_left_and_one_of_days_put_one_stands(headers: tuple[str, ...], standing: list[str]) -> None:
    table = row("doc", ("Commande", "3 mars 2026", "17 mars 2026"), headers, headings=("Lot 1",))
    found = collect((table,), {"doc": info("doc", None)}, vocabulary())
    assert [str(one.last_day) for one in found if one.status == "in_force"] == standing


def test_an_opening_is_not_replaced_by_a_closing() -> None:
    text = "Le guichet des commandes du lot 1 ouvre le 3 mars 2026 et sa clôture est reportée au 17 mars 2026."
    found = collect((prose("doc", text),), {"doc": info("doc", None)}, vocabulary())
    assert [one.status for one in found] == ["in_force", "in_force"]


def test_what_is_called_off_stands_nowhere_and_nothing_replaces_it() -> None:
    said = prose("old", "Commande du lot 1 : au plus tard le 3 mars 2026.")
    other = prose("old", "Commande du lot 2 : au plus tard le 3 mars 2026.", start=500)
    off = prose("new", "L'échéance de commande du lot 1, fixée au 3 mars 2026, est annulée.")
    found = collect((said, other, off), {"old": OLD, "new": NEW}, vocabulary())
    by = found[2].id
    assert [(one.status, one.replaced_by) for one in found] == [("replaced", by), IN_FORCE, ("replaced", None)]
    # A newer document says the day again.
    found = collect((said, off), {"old": info("old", "2024-01-01"), "new": NEW}, vocabulary())
    assert [one.status for one in found] == ["in_force", "replaced"]


# Row by row: a topic, statement A (text, date of its document, authority), statement B, and what must come out.
ROWS = [
    (
        "the balance of a lane, on an old page and on a newer one of higher rank",
        ("La demande de solde du lot 1 pour le DOP est à déposer au plus tard le 28 avril 2023.", "2022", 4),
        (
            "Le solde du lot 1 pour le DOP est à déposer au plus tard le 14 décembre 2023.",
            ["2023-12-15", "2024-12-31"],
            2,
        ),
        ["replaced", "in_force"],
    ),
    (
        "the installation in the surgeries, moved by a ministry",
        ("L'installation de l'agenda du lot 1 doit avoir lieu avant le 28 avril 2023.", ["2022-10", "2022-11"], 5),
        ("La prestation du lot 1 pour l'agenda doit être réalisée au plus tard le 20 septembre 2023.", "2023-12-07", 5),
        ["replaced", "in_force"],
    ),
    (
        "orders in the surgeries, moved in the press",
        ("Les commandes du lot 1 pour l'agenda ferment le 15 juillet 2022.", "2022-03-01", 2),
        ("Pour l'agenda du lot 1, la date limite de commande est reportée au 30 novembre 2022.", "2022-06-21", 6),
        ["replaced", "in_force"],
    ),
    (
        "orders in the pharmacies",
        ("Le bon de commande de la caisse du lot 1 est attendu au plus tard le 18 décembre 2022.", "2022", 6),
        ("La commande du lot 1 pour la caisse doit être passée avant le 15 mars 2023 à 14h.", "2023", 2),
        ["replaced", "in_force"],
    ),
    (
        "the installation in the pharmacies",
        ("L'installation de la caisse du lot 1 est à faire au plus tard le 31 mars 2023.", "2022", 6),
        ("L'installation de la caisse du lot 1 est à faire au plus tard le 28 avril 2023.", "2023-01", 6),
        ["replaced", "in_force"],
    ),
    (
        "the balance of the pharmacies beside the general one: another lane's date is not moved by it",
        ("La demande de solde de la caisse du lot 1 est à déposer au plus tard le 28 avril 2023 à 14h.", "2023", 2),
        ("Le solde du lot 1 ferme le 14 décembre 2023.", "2024-02-27", 6),
        ["in_force", "in_force"],
    ),
    (
        "two steps of one lane",
        ("Commande et avance du lot 1 pour la clinique : date limite le 28 février 2024.", "2024", 4),
        ("La prestation et le solde du lot 1 pour la clinique ferment le 19 décembre 2024.", "2024", 2),
        ["in_force", "in_force"],
    ),
    (
        "the advance of two software on one page",
        ("L'avance du DOP, lot 2, ferme le 17 décembre 2025 à 12h.", "2024-11-15", 3),
        ("L'avance de la PAS, lot 2, ferme le 17 septembre 2025 à 12h.", "2024-11-15", 3),
        ["in_force", "in_force"],
    ),
    (
        "the launch, said for autumn, then for another lane the year after",
        ("Le lot 2 sera lancé à l'automne 2023.", "2023-05-24", 6),
        ("Le lot 2 a été lancé le 27 février 2025 pour la clinique.", "2025-03-01", 6),
        ["in_force", "in_force"],
    ),
    (
        "two presses of one month: nobody decides",
        ("Le solde du lot 2 ferme le 3 mars 2026.", "2025-10", 6),
        ("Le solde du lot 2 ferme le 5 mai 2026.", "2025-10-07", 6),
        ["conflict", "conflict"],
    ),
    (
        "an undated page against a dated one of lower rank",
        ("Le solde du lot 2 ferme le 3 mars 2026.", None, 4),
        ("Le solde du lot 2 ferme le 5 mai 2026.", "2025-10-07", 6),
        ["conflict", "conflict"],
    ),
]


@pytest.mark.parametrize(("topic", "first", "second", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_row_by_row(
    topic: str, first: tuple[str, object, int], second: tuple[str, object, int], expected: list[str]
) -> None:
    documents = {
        name: info(name, published, authority=authority)
        for name, (_, published, authority) in (("a", first), ("b", second))
    }
    found = collect((prose("a", first[0]), prose("b", second[0])), documents, vocabulary())
    assert [one.status for one in found] == expected


def test_a_moved_target_in_one_sentence_and_in_the_table_of_another() -> None:
    text = "Pour la clinique, la prestation du lot 1, d'abord fixée au 28 mars 2025, a été reportée au 30 juin 2025."
    table = row("b", ("Prestation", "30/06/2025"), ("Étape", "Date limite"), headings=("Clinique, lot 1",))
    documents = {"a": info("a", "2025", authority=6), "b": info("b", "2025-07", authority=4)}
    found = collect((prose("a", text), table), documents, vocabulary())
    assert [(one.status, str(one.last_day)) for one in found] == [
        ("replaced", "2025-03-28"),
        ("in_force", "2025-06-30"),
        ("in_force", "2025-06-30"),
    ]


def test_the_unused_terms_of_the_programme_stay_apart() -> None:
    assert verdicts(old(tags=(ONE, DIARY, ADVANCE)), new(tags=(ONE, TILL, ADVANCE))) == [IN_FORCE, IN_FORCE]


def test_a_software_of_two_lanes_does_not_make_them_one() -> None:
    badge = Term("badge", "software", "Badgeuse", within=(WORKSHOP, DEPOT))
    terms = Vocabulary.from_terms(
        (
            Term("atelier", "lane", "Atelier"),
            Term("depot", "lane", "Entrepôt"),
            badge,
            Term("pose", "milestone", "Pose"),
        )
    )
    table = [
        row("new", (lane, day), ("Filière", "Pose"), start=start)
        for start, (lane, day) in ((100, ("Atelier", "12/03/2024")), (200, ("Entrepôt", "17/05/2024")))
    ]
    moved = prose("old", "La pose en atelier, fixée au 9 février 2024, est reportée au 12 mars 2024.")
    narrow = prose("old", "La badgeuse de l'entrepôt : pose au plus tard le 17 mai 2024.", start=500)
    found = collect([moved, narrow, *table], {"old": OLD, "new": NEW}, terms)
    told = {one.mention.quote: one for one in found}
    assert told["9 février 2024"].status == "replaced"
    assert [told[day].status for day in ("12 mars 2024", "12/03/2024", "17/05/2024", "17 mai 2024")] == ["in_force"] * 4
    assert [one.last_day.isoformat() for one in about(found, [WORKSHOP], terms) if one.status == "in_force"] == [
        "2024-03-12", "2024-03-12",
    ]  # fmt: skip
    assert told["17 mai 2024"] in about(found, [DEPOT, Tag("software", "badge")], terms)


LAW = prose(
    "law",
    "La commande du lot 1 est passée au plus tard le 5 mai 2024 pour les pharmacies et le 7 juin 2024 pour les "
    "cliniques. Le solde du lot 1 est demandé au plus tard le 7 juin 2024 pour les pharmacies.",
)


def amended(text: str, *, title: str = "Arrêté modificatif") -> dict[str, str]:
    """The verdict on each date that the law and the text that amends it say, by its words; the newest text first."""
    documents = {"law": info("law", "2023-02-20"), "amending": info("amending", "2023-11-18", title=title)}
    found = collect([prose("amending", text), LAW], documents, vocabulary())
    return {
        f"{one.document_id} {one.last_day}": " ".join(
            (one.status, one.date_kind, *sorted(tag.id for tag in one.tags if tag.kind != "programme"))
        )
        for one in reversed(found)
        if one.date_kind != "published"
    }


@pytest.mark.parametrize(
    "text",
    [
        (
            "À l'article 4 de l'arrêté du 20 février 2023, les mots : « le 7 juin 2024 pour les cliniques » sont "
            "remplacés par les mots : « le 2 octobre 2024 pour les cliniques »."
        ),
        (
            "À l'article 4, pour les cliniques du lot 1, la date : « 7 juin 2024 » est remplacée par la date : "
            "« 2 octobre 2024 »."
        ),
        "Pour les cliniques du lot 1, au lieu de : « 7 juin 2024 », lire : « 2 octobre 2024 ».",
    ],
)
def test_a_text_that_replaces_the_words_of_another_dates_what_they_dated(text: str) -> None:
    found = amended(text)
    assert found["amending 2024-10-02"] == "in_force closes clinique commande lot-1"
    assert found["amending 2024-06-07"] == "replaced closes clinique commande lot-1"
    assert found["law 2024-06-07"].startswith(("replaced", "in_force closes lot-1 pharmacie solde"))
    assert found["law 2024-05-05"] == "in_force closes commande lot-1 pharmacie"


def test_words_that_date_several_steps_amend_none_of_them() -> None:
    found = amended("Dans le lot 1, les mots : « 7 juin 2024 » sont remplacés par les mots : « 2 octobre 2024 ».")
    assert found["amending 2024-10-02"] == "in_force takes_place lot-1"
    assert "replaced" not in " ".join(verdict for name, verdict in found.items() if name.startswith("law"))


def test_an_amendment_of_an_amendment_stands() -> None:
    texts = {
        "law": "Le solde du lot 1 est demandé au plus tard le 7 juin 2024.",
        "first": "Dans l'arrêté, les mots « 7 juin 2024 » sont remplacés par les mots « 2 octobre 2024 ».",
        "second": "Dans l'arrêté, les mots « 2 octobre 2024 » sont remplacés par les mots « 9 décembre 2024 ».",
    }
    published = {"law": "2023-02-20", "first": "2023-11-18", "second": "2024-03-03"}
    documents = {name: info(name, published[name]) for name in texts}
    found = collect([prose(name, texts[name]) for name in reversed(texts)], documents, vocabulary())
    assert {one.last_day.isoformat() for one in found if one.status == "in_force"} == {"2024-12-09"}
    assert {one.tags for one in found} == {(ONE, BALANCE)}


@pytest.mark.parametrize(
    "moving",
    [
        "La clôture du lot 1 pour les cliniques, fixée au 5 mai 2024, est reportée au 7 juin 2024.",
        "Pour les cliniques du lot 1, les mots « 5 mai 2024 » sont remplacés par les mots « 7 juin 2024 ».",
    ],
)
def test_without_a_step_the_day_that_a_sentence_moves_is_replaced_wherever_it_stands(moving: str) -> None:
    documents = {"old": OLD, "new": NEW, "later": info("later", "2023-09-01")}
    table = [
        row(name, (lane, "5 mai 2024"), ("Filière", "Clôture"), headings=("Lot 1",), start=start)
        for name, lane, start in (("old", "Clinique", 100), ("old", "Pharmacie", 200), ("later", "Clinique", 300))
    ]
    found = collect([*table[:2], prose("new", moving), table[2]], documents, vocabulary())
    said = [(one.document_id, one.status) for one in found if one.last_day.isoformat() == "2024-05-05"]
    assert said == [("old", "replaced"), ("old", "in_force"), ("new", "replaced"), ("later", "in_force")]
    assert [one.status for one in found if one.last_day.isoformat() == "2024-06-07"] == ["in_force"]
