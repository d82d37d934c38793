"""The desk from end to end on a small corpus: kept before it is answered, verified once, sent back in time."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes import LetterEncoder, write_corpus
from interrupted_journal import Interrupted

from assistant import affected, evidence, exporting, gaps, replaying, serving, verifying
from assistant.answers import to_json
from assistant.desk import Desk, exchange_json
from assistant.desk_records import Exchange, Opinion, QueueFilter, VerifiedAnswer, VerifiedStatement
from assistant.errors import JournalUnavailable, VerificationRefused
from assistant.evaluating import evaluate, read_questions
from assistant.journal import Journal
from assistant.keeping import Keeping
from assistant.loading import build_index, load_access, over
from assistant.queueing import queue
from assistant.settings import Settings, load_settings
from assistant.verifying import Quotation
from index.holding import IndexHolder

DAY = date(2024, 6, 10)
PROGRAMME = '[programme]\nname = "Programme d\'essai"\nshort_name = "Essai"\nexamples = []\n'
CALENDAR = """
[[document]]
id = "calendrier"
path = "calendrier.md"
title = "Calendrier"
publisher = "Agence d'essai"
kind = "page-officielle"
authority = 3
published_on = "2024-03-05"
"""
NEWER = """
[[document]]
id = "nouveau"
path = "nouveau.md"
title = "Nouveau calendrier"
publisher = "Agence d'essai"
kind = "page-officielle"
authority = 3
published_on = "2024-06-01"
replaces = ["calendrier"]
"""
VOCABULARY = "".join(
    f'[[term]]\nid = "{name}"\nkind = "{kind}"\nlabel = "{label}"\naliases = {json.dumps(aliases)}\n'
    for name, kind, label, aliases in (
        ("vague-1", "wave", "Vague 1", ["V1"]),
        ("vague-2", "wave", "Vague 2", ["V2"]),
        ("solde", "milestone", "Solde", ["demande de solde"]),
        ("avance", "milestone", "Avance", ["demande d'avance"]),
        ("hopital", "lane", "Hôpital", ["hôpitaux"]),
    )
)
DATES = """# Calendrier

## Vague 1

Le dépôt des demandes de solde de la vague 1 est clos le 14 décembre 2024 pour les hôpitaux.

Le dépôt des demandes d'avance de la vague 1 est clos le 3 juin 2023 pour les hôpitaux.

## Vague 2

Le dépôt des demandes de solde de la vague 2 est clos le 30 juin 2025 pour les hôpitaux.
"""
ASKED = "Quelle est la date limite du solde de la vague 1 ?"
# Near in letters too, which is all that the encoder of these tests sees.
OTHER_WORDS = "En vague 1, quelle est la date limite du solde ?"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus and its index, to be copied."""
    folder = tmp_path_factory.mktemp("desk")
    write_corpus(folder / "corpus", {"calendrier.md": DATES}, manifest=PROGRAMME + CALENDAR, vocabulary=VOCABULARY)
    build_index(settings_of(folder), encoder=LetterEncoder())
    return folder


def settings_of(folder: Path) -> Settings:
    given = {"CORPUS": folder / "corpus", "INDEX": folder / "built", "DAY": DAY}
    return load_settings({f"ASSISTANT_{name}": str(value) for name, value in given.items()})


@pytest.fixture
def settings(built: Path, tmp_path: Path) -> Settings:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return settings_of(tmp_path)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    holder = IndexHolder(settings.index, encoder=LetterEncoder())
    journal = Journal.open(settings.journal)
    yield Desk(over(holder, settings), journal, keep_days=settings.journal_days)
    journal.close()
    holder.close()


def rebuild(settings: Settings, documents: dict[str, str], manifest: str = PROGRAMME + CALENDAR) -> None:
    for old in (settings.corpus / "documents").iterdir():
        old.unlink()
    write_corpus(settings.corpus, documents, manifest=manifest, vocabulary=VOCABULARY)
    # The gate would keep a verified answer in service; here its source changes on purpose.
    build_index(settings, encoder=LetterEncoder(), accept="le document a changé")


def verified(desk: Desk) -> tuple[Exchange, VerifiedAnswer]:
    exchange = desk.ask(ASKED)
    return exchange, verifying.confirm(desk, exchange.id, by="Marie")


# ---------------------------------------------------------------- Asking


def test_what_is_asked_is_in_the_journal_with_what_it_was_made_from(desk: Desk) -> None:
    first = desk.ask(ASKED)
    second = desk.ask("et pour la vague 2 ?", after=[ASKED], conversation=first.conversation)
    assert "14 décembre 2024" in first.answer.citations[0].span.quote
    assert desk.journal.conversation(first.conversation) == (first, second)
    assert first.versions.generation == desk.assistant.generation == first.answer.generation
    assert first.versions.documents == desk.assistant.versions(["calendrier"]).documents != {}
    assert (first.due_on, first.day) == (date(2024, 12, 14), DAY)
    assert second.due_on == date(2025, 6, 30)
    assert desk.ask(ASKED).conversation != first.conversation


def test_without_a_journal_nothing_is_answered(desk: Desk) -> None:
    with desk.journal.writing() as connection:
        connection.exec_driver_sql("DROP TABLE cited")
    with pytest.raises(JournalUnavailable, match="journal"):
        desk.ask(ASKED)
    assert desk.journal.listed(QueueFilter()) == ()


def test_while_the_journal_is_away_answers_go_on_verified_ones_too(settings: Settings) -> None:
    journal, holder = Interrupted.open(settings.journal), IndexHolder(settings.index, encoder=LetterEncoder())
    desk = Desk(over(holder, settings), journal, keeping=Keeping(journal, settings.index / "waiting"))
    _, answer = verified(desk)
    desk.ask(OTHER_WORDS)
    journal.is_away = True
    asked = [desk.ask(OTHER_WORDS)]
    assert asked[0].verified is not None
    assert asked[0].verified.id == answer.id
    # Nobody can send it back now; it is not served all the same.
    rebuild(settings, {"calendrier.md": DATES.replace("14 décembre", "15 décembre")})
    asked.append(desk.ask(OTHER_WORDS))
    assert asked[1].verified is None
    assert "15 décembre" in asked[1].answer.citations[0].span.quote
    assert desk.keeping.state().waiting == 2
    journal.is_away = False
    desk.keep_up()
    assert [journal.exchange(one.id) for one in asked] == asked
    desk.refresh()
    assert journal.verified_answers("in_service") == ()
    journal.close()
    holder.close()


def test_an_exchange_as_json_is_the_answer_with_its_ids(desk: Desk) -> None:
    exchange, answer = verified(desk)
    assert exchange_json(exchange) == {
        **to_json(exchange.answer),
        "exchange": exchange.id,
        "conversation": exchange.conversation,
        "verified": None,
    }
    badge = exchange_json(desk.ask(OTHER_WORDS))["verified"]
    assert badge == {"id": answer.id, "on": answer.verified_at.date().isoformat()}


def test_evaluating_keeps_nothing_and_serves_no_verified_answer(desk: Desk, tmp_path: Path) -> None:
    verified(desk)
    before = desk.journal.listed(QueueFilter())
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "1", "question": OTHER_WORDS, "answerable": True, "gold": ["2024"]}) + "\n")
    results = evaluate(read_questions(file), desk.assistant)
    assert [result.answer.written_by for result in results] == ["quotation"]
    assert desk.journal.listed(QueueFilter()) == before


# ---------------------------------------------------------------- Verified answers


def test_a_verified_answer_serves_the_same_question_in_other_words_and_no_other(desk: Desk) -> None:
    exchange, answer = verified(desk)
    served = desk.ask(OTHER_WORDS)
    assert served.verified is not None
    assert (served.verified.id, served.answer.written_by) == (answer.id, "verified")
    assert served.answer.statements == exchange.answer.statements
    assert served.answer.citations == exchange.answer.citations
    assert (served.answer.question, served.answer.confidence) == (OTHER_WORDS, 1.0)
    for other in (
        "Quelle est la date limite du solde de la vague 2 ?",
        "Quelle est la date limite de l'avance de la vague 1 ?",
        "Quand ouvre le dépôt du solde de la vague 1 ?",
    ):
        assert desk.ask(other).verified is None
    assert desk.ask("et le solde ?", after=["date limite de l'avance en vague 1 ?"]).verified is not None
    assert desk.ask(OTHER_WORDS, without=["vague-1"]).verified is None
    assert desk.ask(OTHER_WORDS, documents=frozenset({"calendrier"})).verified is None
    assert desk.journal.review(exchange.id).state == "verified"


def test_a_corrected_answer_is_bound_to_the_quotations_that_were_picked(desk: Desk) -> None:
    exchange = desk.ask("Que dit le calendrier ?")
    found = verifying.quotable(desk.assistant, "solde de la vague 2", limit=3)
    span = next(span for one in found for span in one.spans if "30 juin 2025" in span.quote)
    passage = next(one.passage for one in found if span in one.spans)
    wordings = ["solde V2, dernier jour ?"]
    answer = verifying.verify(
        desk,
        "Date limite du solde en vague 2 ?",
        [VerifiedStatement("Le solde de la vague 2 se demande jusqu'au 30 juin 2025.", (1,))],
        [Quotation(passage.id, span.start, span.end)],
        by="Marie",
        exchange=exchange.id,
        wordings=wordings,
    )
    assert desk.journal.review(exchange.id).state == "corrected"
    assert answer.bound[0].quote == span.quote
    for question in ("Date limite du solde en vague 2 ?", "V2, solde : dernier jour ?"):
        served = desk.ask(question)
        assert served.answer.text == "Le solde de la vague 2 se demande jusqu'au 30 juin 2025. [1]"
        assert served.answer.citations[0].span == span


@pytest.mark.parametrize(
    ("question", "text", "quotes", "moved", "why"),
    [
        (ASKED, "Jusqu'au 15 décembre 2024.", (1,), 0, "15 décembre"),
        (ASKED, "Jusqu'au 14 décembre 2024.", (), 0, "au moins une citation"),
        (ASKED, "Jusqu'au 14 décembre 2024.", (2,), 0, "au moins une citation"),
        (ASKED, " ", (1,), 0, "au moins une phrase"),
        (ASKED, "Jusqu'au 14 décembre 2024.", (1,), 5000, "choisissez-la à nouveau"),
        ("Combien de jours reste-t-il pour le solde de la vague 1 ?", "Jusqu'au 14 décembre 2024.", (1,), 0, "du jour"),
    ],
)
def test_what_is_not_proven_is_not_verified(
    desk: Desk, question: str, text: str, quotes: tuple[int, ...], moved: int, why: str
) -> None:
    citation = desk.ask(ASKED).answer.citations[0]
    quotation = Quotation(citation.passage_id, citation.span.start + moved, citation.span.end + moved)
    with pytest.raises(VerificationRefused, match=why):
        verifying.verify(desk, question, [VerifiedStatement(text, quotes)], [quotation], by="Marie")
    assert desk.journal.verified_answers() == ()


def test_a_refusal_and_an_unknown_passage_cannot_be_verified(desk: Desk) -> None:
    with pytest.raises(VerificationRefused, match="n’affirme rien"):
        verifying.confirm(desk, desk.ask("bonjour").id, by="Marie")
    with pytest.raises(VerificationRefused, match="choisissez la citation"):
        verifying.verify(desk, ASKED, [VerifiedStatement("Oui.", (1,))], [Quotation("nothing", 0, 1)], by="Marie")


def test_a_newer_verified_answer_retires_the_one_it_replaces(desk: Desk) -> None:
    exchange, first = verified(desk)
    statements, quotations = verifying.draft_of(exchange)
    second = verifying.verify(desk, ASKED, statements, quotations, by="Paul", replaces=first.id)
    assert desk.journal.verified(first.id).state == "retired"
    assert desk.ask(ASKED).verified.id == second.id  # type: ignore[union-attr]
    verifying.retire(desk, second.id, by="Paul")
    assert desk.ask(ASKED).verified is None


# ---------------------------------------------------------------- What changes sends verified answers back


@pytest.mark.parametrize(
    ("documents", "manifest", "why"),
    [
        ({"calendrier.md": DATES.replace("14 décembre 2024", "20 décembre 2024")}, PROGRAMME + CALENDAR, "a changé"),
        ({"autre.md": "# Autre\n\nLa vague 1 concerne les hôpitaux.\n"}, PROGRAMME, "n’est plus dans le corpus"),
        (
            {"calendrier.md": DATES, "nouveau.md": "# Nouveau\n\nLa vague 3 commence.\n"},
            PROGRAMME + CALENDAR + NEWER,
            "est remplacé par « Nouveau calendrier »",
        ),
        (
            {"calendrier.md": DATES},
            PROGRAMME + CALENDAR + 'valid_until = "2024-06-01"\n',
            "n’est plus en vigueur depuis le 01/06/2024",
        ),
        (
            {
                "calendrier.md": DATES,
                "nouveau.md": DATES.replace("14 décembre 2024", "20 décembre 2024"),
            },
            PROGRAMME + CALENDAR + NEWER.replace('replaces = ["calendrier"]\n', ""),
            "date citée",
        ),
    ],
)
def test_what_no_longer_holds_leaves_service_and_is_first_in_the_queue(
    desk: Desk, settings: Settings, documents: dict[str, str], manifest: str, why: str
) -> None:
    exchange, answer = verified(desk)
    desk.ask("Quelle est la date limite de l'avance de la vague 1 ?")
    rebuild(settings, documents, manifest)
    assert desk.ask(OTHER_WORDS).verified is None
    gone = desk.journal.verified(answer.id)
    assert gone.state == "returned"
    assert why in " ".join(gone.returned_why)
    first = queue(desk.journal, QueueFilter(state="to_check"), day=DAY).items[0]
    assert (first.exchange, first.why[0]) == (exchange.id, "returned")
    assert desk.journal.audit_trail(limit=1)[0].action == "returned"


def test_what_moved_without_changing_stays_in_service(desk: Desk, settings: Settings) -> None:
    _, answer = verified(desk)
    rebuild(settings, {"calendrier.md": DATES.replace("## Vague 1", "Un mot de plus.\n\n## Vague 1")})
    served = desk.ask(OTHER_WORDS)
    assert served.verified is not None
    assert desk.journal.verified(answer.id).state == "in_service"
    page = desk.assistant.pages("calendrier")[0].text
    span = served.answer.citations[0].span
    assert page[span.start : span.end] == span.quote
    assert span.start != answer.bound[0].start


def test_tending_sends_back_without_a_question_and_asks_again_what_was_erased(desk: Desk, settings: Settings) -> None:
    exchange, answer = verified(desk)
    desk.journal.forget(exchange.conversation, by="Marie")
    rebuild(settings, {"calendrier.md": DATES.replace("14 décembre", "20 décembre")})
    assert desk.tend().returned == (answer.id,)
    assert desk.tend().returned == ()
    first = queue(desk.journal, QueueFilter(), day=DAY).items[0]
    assert (first.question, first.is_returned) == (ASKED, True)
    assert "20 décembre" in desk.journal.exchange(first.exchange).answer.text


def test_tending_erases_what_is_older_than_the_settings_allow(desk: Desk) -> None:
    kept = desk.ask(ASKED)
    old = replace(kept, id="0" * 32, asked_at=kept.asked_at - timedelta(days=366))
    desk.journal.record(old)
    assert desk.tend().erased == 1
    assert [one.exchange for one in desk.journal.listed(QueueFilter())] == [kept.id]


# ---------------------------------------------------------------- Looking into an exchange


def test_evidence_shows_what_was_found_and_what_was_not_chosen(desk: Desk) -> None:
    exchange = desk.ask(ASKED)
    shown = evidence.evidence(desk.assistant, exchange)
    assert not shown.has_changed
    assert {found.passage.id for found in shown.found if found.is_cited} == {
        citation.passage_id for citation in exchange.answer.citations
    }
    assert any(not found.is_cited for found in shown.found)
    best = shown.found[0]
    assert best.seen["vectors"].rank >= 1
    assert best.document.id == "calendrier"
    assert "Vague 1" in {tag for found in shown.found for tag in found.tags}


def test_the_same_index_replays_to_the_same_answer(desk: Desk) -> None:
    exchange = desk.ask(ASKED)
    done = replaying.replay(desk.assistant, desk.journal.exchange(exchange.id))
    assert (done.differences, done.causes) == ((), ())


def test_a_replay_names_what_differs_and_the_document_that_changed(desk: Desk, settings: Settings) -> None:
    exchange = desk.ask(ASKED)
    rebuild(settings, {"calendrier.md": DATES.replace("14 décembre 2024", "20 décembre 2024")})
    done = replaying.replay(desk.assistant, desk.journal.exchange(exchange.id))
    statements = [(one.before, one.after) for one in done.differences if one.field == "citation"]
    assert ["14 décembre" in before for before, _ in statements] == [True, False]
    assert ["20 décembre" in after for _, after in statements] == [False, True]
    assert [(cause.kind, cause.subject) for cause in done.causes] == [("document", "calendrier")]


def test_a_replay_names_the_vocabulary_and_the_model(desk: Desk) -> None:
    exchange = desk.ask(ASKED)
    versions = replace(exchange.versions, model="other", vocabulary="other", generation="0000")
    changed = replace(exchange, versions=versions, answer=replace(exchange.answer, notices=("autre",)))
    done = replaying.replay(desk.assistant, changed)
    assert [cause.kind for cause in done.causes] == ["model", "vocabulary", "index"]


def test_past_answers_that_cite_a_changed_replaced_or_withdrawn_document_are_listed(
    desk: Desk, settings: Settings
) -> None:
    exchange = desk.ask(ASKED)
    assert affected.affected(desk.assistant, desk.journal) == ()

    def changes() -> list[tuple[str, str, str]]:
        found = affected.affected(desk.assistant, desk.journal)
        return [(one.exchange, one.document, one.change) for one in found]

    rebuild(settings, {"calendrier.md": DATES + "\nUn mot.\n"})
    assert changes() == [(exchange.id, "calendrier", "changed")]
    new = {"calendrier.md": DATES, "nouveau.md": "# Nouveau\n\nLa vague 3 commence.\n"}
    rebuild(settings, new, PROGRAMME + CALENDAR + NEWER)
    assert changes() == [(exchange.id, "calendrier", "replaced")]
    rebuild(settings, {"autre.md": "# Autre\n\nLa vague 1 concerne les hôpitaux.\n"}, PROGRAMME)
    assert changes() == [(exchange.id, "calendrier", "withdrawn")]


# ---------------------------------------------------------------- What is missing


def test_unanswered_and_disliked_questions_are_grouped_with_the_nearest_document(desk: Desk) -> None:
    for question in ("prix du jardin en vague 1 ?", "vague 1 : prix du jardin ?", "prix du jardin en vague 2 ?"):
        assert desk.ask(question).answer.outcome in ("not_found", "partial")
    disliked = desk.ask(ASKED)
    desk.journal.opine(Opinion(disliked.id, "down", reason="incomplete"))
    desk.ask("Quelle est la date limite du solde de la vague 2 ?")
    groups = gaps.missing(desk.assistant, desk.journal, day=date.today())  # noqa: DTZ011
    assert [(one.count, one.terms) for one in groups] == [
        (2, ("Vague 1",)),
        (1, ("Solde", "Vague 1")),
        (1, ("Vague 2",)),
    ]
    assert [one.trend for one in groups] == [1.0, 1.0, 1.0]
    assert groups[0].nearest is not None
    assert groups[1].questions[0].is_disliked
    draft = gaps.draft_document(groups[0], desk.assistant.programme)
    assert draft.count("## ") == 2
    assert "prix du jardin en vague 1 ?" in draft


def test_a_draft_holds_questions_as_plain_text(desk: Desk) -> None:
    desk.ask("<script>alert(1)</script>\n# prix du jardin en vague 1 ?")
    group = gaps.missing(desk.assistant, desk.journal, day=date.today())[0]  # noqa: DTZ011
    draft = gaps.draft_document(group, desk.assistant.programme)
    assert "<script" not in draft
    assert all(line.startswith(("# ", "## ", "_", "À", "Document")) for line in draft.splitlines() if line)


def test_the_grid_counts_deadlines_questions_and_misses(desk: Desk) -> None:
    desk.ask("date limite du solde de la vague 1 pour les hôpitaux ?")
    desk.ask("prix du solde de la vague 2 pour les hôpitaux ?")
    made = gaps.grid(desk.assistant, desk.journal, day=date.today())  # noqa: DTZ011
    assert (made.waves["vague-1"], made.lanes, set(made.milestones)) == (
        "Vague 1",
        {"hopital": "Hôpital"},
        {"solde", "avance"},
    )
    assert made.cells[("vague-1", "hopital", "solde")].deadlines == 1
    assert made.cells[("vague-2", "hopital", "avance")] == gaps.Cell(0, 0, 0)
    assert made.cells[("vague-1", "hopital", "solde")].asked == 1
    assert made.cells[("vague-2", "hopital", "solde")].missed == 1


# ---------------------------------------------------------------- Export


def test_an_exported_answer_is_a_document_of_the_corpus(desk: Desk, settings: Settings) -> None:
    _, answer = verified(desk)
    titles = exporting.titles_of(desk.assistant.documents())
    text = exporting.document_of(answer, titles)
    entry = exporting.entry_of(answer, desk.assistant.programme)
    documents = {"calendrier.md": DATES, exporting.file_of(answer): text}
    rebuild(settings, documents, PROGRAMME + CALENDAR + entry)
    info = next(info for info in desk.assistant.documents() if info.id.startswith("reponse-"))
    assert (info.title, info.source.kind, info.is_listed) == (ASKED, "reponse", True)
    assert answer.bound[0].quote in desk.assistant.pages(info.id)[0].text


def test_exported_golden_questions_are_answered_right(desk: Desk, tmp_path: Path) -> None:
    _, answer = verified(desk)
    file = tmp_path / "golden.jsonl"
    file.write_text(exporting.golden_lines([replace(answer, wordings=(OTHER_WORDS,))]), encoding="utf-8")
    results = evaluate(read_questions(file), desk.assistant)
    assert [result.verdict for result in results] == ["right", "right"]


def test_a_server_tends_its_journal_from_its_start(desk: Desk) -> None:
    kept = desk.ask(ASKED)
    desk.journal.record(replace(kept, id="0" * 32, asked_at=kept.asked_at - timedelta(days=366)))
    access = load_access(load_settings({}))

    async def run() -> None:
        async with serving._lifespan(lambda: desk.assistant, lambda: desk, access, "http://elsewhere:1")(None):
            for _ in range(200):
                if len(desk.journal.listed(QueueFilter())) == 1:
                    return
                await asyncio.sleep(0.05)

    asyncio.run(run())
    assert [one.exchange for one in desk.journal.listed(QueueFilter())] == [kept.id]
