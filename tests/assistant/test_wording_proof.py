"""Nothing unproven gets through: true sentences made false by rule are all caught, true ones nearly all kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wording_proof import Proving, count, paraphrases

from assistant.composing import prove
from assistant.replies import Point

if TYPE_CHECKING:
    from assistant.answering import Assistant

PARAPHRASES = Path(__file__).with_name("wording_paraphrases.jsonl")
# Written before the rules were last changed, and never looked at since; those of the second programme are for the
# benchmark.
HELD_OUT = Path(__file__).with_name("held_out_paraphrases.jsonl")
# Answers shown by the program, each read with its quotations by a person: do they support it, and why?
READ = Path(__file__).with_name("read_answers.jsonl")
# Sentences of a clever adversary and of a good model, half of each kept aside while the rules were made; the `later`
# ones were written before the rules of their day were run on them: 28 of 42 false ones caught, 18 of 40 true ones kept;
# the `last` ones after those had been mended: 16 of 22 caught, 13 of 22 kept; the `unseen` and `fresh` ones together
# after that: 48 of 73 caught, 28 of 62 kept, and, once those were mended, 32 of the 43 `fresh` ones (28 before);
# once these were mended too, 32 of the 44 `newest` ones (28 with the rules of before).
ADVERSARIAL = Path(__file__).with_name("adversarial_sentences.jsonl")
PLAIN = Path(__file__).with_name("plain_paraphrases.jsonl")
MOST_WRONG = {
    "escaped": {"work": 0, "kept": 0, "later": 0, "last": 0, "unseen": 2, "fresh": 0, "newest": 3},
    "rejected": {"work": 1, "kept": 4, "later": 16, "last": 9, "unseen": 37, "fresh": 0, "newest": 0},
}
EVERY = 60


@pytest.fixture(scope="module")
def proving(default_assistant: Assistant) -> Iterator[Proving]:
    with default_assistant.reading() as index:
        yield Proving(index, default_assistant.writer(index).units)


def test_false_replies_are_caught_and_true_ones_kept(
    proving: Proving, default_assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = count(proving, proving.golden(default_assistant, EVERY), most=2)
    with capsys.disabled():
        print(f"\n{counted}")
    assert counted.made.total() - counted.made["marker"] >= 200
    assert counted.escaped == [], "\n".join(counted.escaped)
    assert counted.rejected.total() <= 0.03 * counted.true


@pytest.mark.parametrize(("path", "least"), [(PARAPHRASES, 0.85), (HELD_OUT, 0.5)], ids=["working", "held out"])
def test_paraphrases_written_by_hand_are_kept(
    proving: Proving, capsys: pytest.CaptureFixture[str], path: Path, least: float
) -> None:
    """Sentences as a good model would write them; the rules were loosened on the first file, not on the second."""
    faults = Counter(proving.fault_of(one) for one in paraphrases(path))
    with capsys.disabled():
        print(f"\n{path.stem}: {faults.total()}, kept {faults['']}, {dict(faults - Counter({'': faults['']}))}")
    assert faults["absent"] == 0
    assert faults[""] >= least * faults.total()


@pytest.mark.parametrize(
    ("wave", "day", "is_true"),
    [("1", "14 décembre 2023", True), ("2", "14 décembre 2023", False), ("1", "17 décembre 2025", False)],
)
def test_the_date_of_another_wave_is_caught(proving: Proving, wave: str, day: str, is_true: bool) -> None:
    span = "devait être déposée au plus tard le 14 décembre 2023"
    passage = next(one for one in proving.index.passages if span in one.text)
    sentence = f"La demande de solde de la vague {wave} pour le RIS devait être déposée au plus tard le {day}."
    assert (proving.fault(sentence, span, passage) == "") is is_true


def test_a_span_that_is_not_in_the_passage_is_caught(proving: Proving) -> None:
    passage = next(one for one in proving.index.passages if one.kind == "prose")
    assert proving.fault("Les vétérinaires sont concernés.", "les vétérinaires sont tous concernés", passage) == "span"


def test_a_nearly_exact_span_is_replaced_by_the_true_text(proving: Proving) -> None:
    span = "devait être déposée au plus tard le 14 décembre 2023"
    passage = next(one for one in proving.index.passages if span in one.text)
    sentence = "La demande de solde devait être déposée au plus tard le 14 décembre 2023."
    typed = "devait  etre deposee au plus tart le 14 decembre 2023"
    claims, checked = prove([Point(sentence, (1,), typed)], [passage], proving.index, proving.units)
    assert checked[0].is_kept
    assert not checked[0].is_exact
    quoted = claims[0].quotations[0].span
    page = next(p for p in proving.index.document_pages(passage.document_id) if p.number == quoted.page)
    assert span in quoted.quote
    assert page.text[quoted.start : quoted.end] == quoted.quote


def test_the_answers_read_one_by_one_quote_documents_and_say_why(
    proving: Proving, default_assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    read = [json.loads(line) for line in READ.read_text(encoding="utf-8").splitlines()]
    everything = "".join(page.text for one in default_assistant.documents() for page in default_assistant.pages(one.id))
    with capsys.disabled():
        print(f"\nread one by one: {len(read)}, {dict(Counter(one['supports'] for one in read))}")
    assert len(read) >= 60
    assert all(quote in everything for one in read for quote in one["quotes"])
    assert all(one["quotes"] and one["why"] and one["supports"] in ("yes", "partly", "no") for one in read)
    assert not any(one["supports"] == "no" for one in read)
    assert sum(one["supports"] == "yes" for one in read) >= 0.85 * len(read)


@pytest.mark.parametrize("in_prose", [False, True], ids=["quote", "write"])
@pytest.mark.parametrize(("path", "name"), [(ADVERSARIAL, "escaped"), (PLAIN, "rejected")], ids=["false", "true"])
def test_sentences_written_by_hand_before_the_rules_were_looked_at(
    proving: Proving, capsys: pytest.CaptureFixture[str], path: Path, name: str, in_prose: bool
) -> None:
    """In both strategies: with the words quoted, and in prose. Those of the second programme are for the benchmark."""
    wrong = [
        one for one in paraphrases(path) if (proving.fault_of(one, in_prose=in_prose) == "") is (name == "escaped")
    ]
    parts = {part: sum(one["half"] == part for one in wrong) for part in MOST_WRONG[name]}
    with capsys.disabled():
        print(f"\n{path.stem}, {'write' if in_prose else 'quote'}: {len(paraphrases(path))}, {name} {parts}")
    assert not {part: n for part, n in parts.items() if n > MOST_WRONG[name][part]}, "\n".join(map(str, wrong))
