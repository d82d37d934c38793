from __future__ import annotations

from dated_documents import info, prose
from dated_questions import SmallIndex, asked

from assistant.drafts import Claim, Draft, Quotation
from assistant.superseded import with_what_replaced
from index.records import Deadline, Passage

OLD = prose("ancien", "Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le 28 avril 2023.")
NEW = prose("nouveau", "Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le 14 décembre 2023.")


def quoting(index: SmallIndex, passage: Passage) -> Draft:
    deadline = next(one for one in index.deadlines if one.passage_id == passage.id)
    quotation = Quotation(passage.document_id, passage.id, deadline.span)
    return Draft("answered", (Claim(deadline.span.quote, (quotation,)),), 0.9)


def index_of(*passages: Passage) -> SmallIndex:
    days = {"ancien": "2022-06-01", "nouveau": "2023-06-01", "article": "2023-05-24"}
    return SmallIndex(
        passages, {passage.document_id: info(passage.document_id, days[passage.document_id]) for passage in passages}
    )


def test_a_replaced_date_never_stands_alone() -> None:
    index = index_of(OLD, NEW)
    draft = with_what_replaced(quoting(index, OLD), index)
    assert [claim.text for claim in draft.claims] == [NEW.text, OLD.text]
    (old,) = draft.claims[1].quotations
    assert not old.is_current
    assert old.replaced_by is not None
    assert old.replaced_by.passage_id == NEW.id


def test_a_date_that_was_called_off_never_stands_alone() -> None:
    off = prose("nouveau", "Pour la pharmacie, l'échéance de solde du lot 1, fixée au 28 avril 2023, est annulée.")
    index = index_of(OLD, off)
    draft = with_what_replaced(quoting(index, OLD), index)
    assert [claim.text for claim in draft.claims] == [off.text, OLD.text]
    assert [claim.quotations[0].is_current for claim in draft.claims] == [True, False]


def test_a_date_in_force_is_left_alone() -> None:
    index = index_of(OLD, NEW)
    draft = quoting(index, NEW)
    assert with_what_replaced(draft, index, asked("date limite du solde du lot 1 ?")) == draft


def test_an_inferred_year_is_written_out_and_said() -> None:
    article = prose("article", "Le solde du lot 1 est à déposer au plus tard le 14 décembre.")
    index = index_of(article)
    draft = with_what_replaced(quoting(index, article), index, asked("date limite du solde du lot 1 ?"))
    assert draft.claims[0].text.endswith("(14 décembre 2023).")
    assert {derived.value for derived in draft.claims[0].derived} == {"2023", "14 décembre 2023"}
    assert any("2023" in notice for notice in draft.notices)


def test_a_question_about_something_else_needs_no_year() -> None:
    article = prose("article", "Le solde du lot 1 est à déposer au plus tard le 14 décembre.")
    index = index_of(article)
    draft = quoting(index, article)
    assert with_what_replaced(draft, index, asked("qui dépose le solde du lot 1 ?")) == draft


def test_moved_dates_take_the_kind_of_what_they_replace() -> None:
    calendar = prose("ancien", "Pour la Caisse, l'avance du lot 1 est à déposer au plus tard le 13 juin 2025.")
    notice = prose(
        "nouveau", "Pour la Caisse, l'avance du lot 1, prévue au 13 juin 2025, est reportée au 26 septembre 2025."
    )
    index = index_of(calendar, notice)
    standing: list[Deadline] = [one for one in index.deadlines if one.status == "in_force"]
    assert [(one.date_kind, one.last_day.isoformat()) for one in standing] == [("closes", "2025-09-26")]
