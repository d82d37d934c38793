import json
from dataclasses import replace
from datetime import date

from answer_maker import answer, document, source

from assistant.answers import Derived, Nearest, Statement, Understood, citation_json, to_json

FIELDS = {
    "question", "query", "understood", "outcome", "text", "statements", "citations", "notices", "choices", "nearest",
    "corpus_as_of", "confidence", "generation", "written_by", "timings_ms",
}  # fmt: skip
CITATION = {"number", "passage", "quote", "page", "start", "end", "headers", "document", "current", "replaced_by"}
DOCUMENT = {"id", "title", "publisher", "published_on", "url", "origin"}


def test_the_form_is_that_of_the_contract() -> None:
    made = replace(
        answer("Le 14 décembre 2023.", headers=["Solde"]),
        understood=(Understood("wave", "vague-1", "Vague 1", inherited=True),),
        nearest=(Nearest("p9", document("d9"), "texte"),),
        statements=(Statement("Le 14 décembre 2023.", (1,), (Derived("2023", "année déduite"),)),),
    )
    value = json.loads(json.dumps(to_json(made)))
    assert set(value) >= FIELDS
    assert set(value["citations"][0]) >= CITATION
    assert set(value["citations"][0]["document"]) >= DOCUMENT
    assert value["text"] == "Le 14 décembre 2023. [1]"
    assert value["understood"] == [{"kind": "wave", "id": "vague-1", "label": "Vague 1", "inherited": True}]
    assert value["statements"] == [
        {"text": "Le 14 décembre 2023.", "citations": [1], "derived": [{"value": "2023", "how": "année déduite"}]}
    ]
    assert value["nearest"] == [{"passage": "p9", "document": "d9", "text": "texte"}]
    assert value["corpus_as_of"] == "2026-02-01"


def test_text_joins_lead_and_statements_with_their_markers() -> None:
    made = replace(
        answer("", quotes=["a", "b"]), lead="Voici :", statements=(Statement("Un.", (1, 2)), Statement("Deux.", (2,)))
    )
    assert made.text == "Voici :\nUn. [1] [2]\nDeux. [2]"


def test_a_summary_never_passes_for_its_source() -> None:
    citation = replace(answer("x").citations[0], document=document("s1", summarised=source("ANS", date(2024, 11, 15))))
    value = citation_json(citation)["document"]
    assert value["origin"] == "summary"
    assert value["publisher"] == "Agence"
    assert value["source"]["publisher"] == "ANS"
    assert value["source"]["published_on"] == "2024-11-15"


def test_no_day_when_the_corpus_has_none() -> None:
    assert to_json(replace(answer("x"), corpus_as_of=None))["corpus_as_of"] is None
