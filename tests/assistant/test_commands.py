"""The commands as people run them: exit codes, French sentences, one JSON document, never a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import DEFAULT_DAY, SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import write_corpus

from assistant.__main__ import main
from assistant.answering import Assistant
from assistant.answers import to_json
from assistant.evaluating import read_questions

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Printed = tuple[int, str, str]
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a small corpus and its index, built once with the bundled model; only to be read."""
    folder = tmp_path_factory.mktemp("small")
    write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    settings = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        assert main(["build", "--json"]) == 0
    return settings


@pytest.fixture
def run(
    folders: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Printed]:
    """Runs a command in this process over the small corpus → exit code, what it printed, what it complained of."""
    for name, value in folders.items():
        monkeypatch.setenv(name, value)

    def ran(*arguments: object, **settings: object) -> Printed:
        for name, value in settings.items():
            monkeypatch.setenv(name, str(value))
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return code, printed.out, printed.err

    return ran


READERS: list[tuple[str, ...]] = [
    ("ask", "date limite du solde de la vague 1 ?"),
    ("search", "solde"),
    ("show", "glossaire"),
    ("status",),
    ("check",),
    ("deadlines",),
]


@pytest.mark.parametrize("arguments", READERS, ids=lambda arguments: arguments[0])
def test_readers_print_french_or_one_json_document(run: Callable[..., Printed], arguments: tuple[str, ...]) -> None:
    code, text, _ = run(*arguments)
    assert code == 0
    assert text.strip()
    code, printed, _ = run(*arguments, "--json")
    assert code == 0
    json.loads(printed)


def test_ask_gives_an_exact_quotation(run: Callable[..., Printed]) -> None:
    code, printed, _ = run("ask", "date limite du solde de la vague 1 ?", "--json", "--day", "2024-05-01")
    value = json.loads(printed)
    assert code == 0
    assert value["outcome"] == "answered"
    quote = value["citations"][0]
    assert "14 décembre 2023" in quote["quote"]
    shown = json.loads(run("show", quote["document"]["id"], "--json")[1])
    assert shown["pages"][0]["text"][quote["start"] : quote["end"]] == quote["quote"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "question est vide"),
        ("   ", "question est vide"),
        ("\x00\x07\x1b", "question est vide"),
        ("é" * 10_000, "trop longue"),
        ("mot " * 2_500, "trop longue"),
        ("😀😀😀", "pas trouvé de mots"),
        ("?!…", "pas trouvé de mots"),
    ],
)
def test_questions_that_are_none_get_a_clear_sentence(
    run: Callable[..., Printed], question: str, sentence: str
) -> None:
    code, printed, _ = run("ask", question, "--json")
    value = json.loads(printed)
    assert code == 0
    assert value["outcome"] == "out_of_scope"
    assert sentence in value["text"]
    assert value["citations"] == value["statements"] == []


@pytest.mark.parametrize(
    "question",
    [
        "医疗保健数字化的截止日期是什么时候",
        "когда срок подачи?",
        "ما هو الموعد",
        "sol\x00de vague\x1b[31m 1",
        "\udcff solde",
    ],
)
def test_other_scripts_and_stray_characters_stop_nothing(run: Callable[..., Printed], question: str) -> None:
    code, printed, _ = run("ask", question, "--json")
    value = json.loads(printed)
    assert code == 0
    assert value["outcome"] in {"answered", "partial", "clarify", "not_found", "out_of_scope"}
    assert value["text"]


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (("show", "nulle-part"), {}, "Aucun document ne porte l'identifiant « nulle-part »"),
        (("show", "glossaire", "--page", "4"), {}, "n'a pas de page 4"),
        (("status",), {"ASSISTANT_CORPSU": "x"}, "ASSISTANT_CORPUS"),
        (("status",), {"ASSISTANT_DAY": "demain"}, "ASSISTANT_DAY"),
        (("evaluate", "absent.jsonl"), {}, "ne peut pas être lu"),
        (("deadlines", "--wave", "vague-9"), {}, "vague-9"),
        (("deadlines", "--ics", "/nulle/part/x.ics"), {}, "ne peut pas être écrit"),
        (("rollback", "9999-nulle"), {}, "9999-nulle"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Callable[..., Printed], arguments: tuple[str, ...], settings: dict[str, str], sentence: str
) -> None:
    code, printed, complaint = run(*arguments, **settings)
    assert code == 1
    assert printed == ""
    assert complaint.startswith(f"assistant {arguments[0]} : ")
    assert sentence in complaint


@pytest.mark.parametrize("arguments", [("ask", "x", "--day", "hier"), ("ask",), ("dance",)])
def test_wrong_usage_is_two(run: Callable[..., Printed], arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[:2] == (2, "")


@pytest.mark.parametrize("arguments", READERS, ids=lambda arguments: arguments[0])
def test_a_missing_index_names_the_remedy(
    run: Callable[..., Printed], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, printed, complaint = run(*arguments, ASSISTANT_INDEX=tmp_path / "absent")
    assert code == 1
    assert "assistant build" in printed + complaint


def test_a_damaged_index_names_the_remedy(run: Callable[..., Printed], folders: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(folders["ASSISTANT_INDEX"], tmp_path / "built")
    for path in (tmp_path / "built").rglob("passages.jsonl"):
        path.write_text("{", encoding="utf-8")
    for arguments in READERS:
        code, printed, complaint = run(*arguments, ASSISTANT_INDEX=tmp_path / "built")
        assert code == 1, arguments
        assert "assistant build" in printed + complaint or "rollback" in printed + complaint


@pytest.mark.parametrize(
    "manifest", ["[programme", "[[document]]\ntitle = 'x'", "[document]\npath = 'x'", "programme = 3"]
)
def test_a_corrupt_manifest_is_said(run: Callable[..., Printed], tmp_path: Path, manifest: str) -> None:
    write_corpus(tmp_path / "corpus", SMALL_DOCUMENTS, manifest=manifest)
    for arguments in (("build",), ("check",)):
        code, printed, complaint = run(
            *arguments, ASSISTANT_CORPUS=tmp_path / "corpus", ASSISTANT_INDEX=tmp_path / "built"
        )
        assert code == 1
        assert "manifest.toml" in printed + complaint


@pytest.mark.parametrize(
    ("llm", "told"),
    [
        ("anthropic:x", "pip install '.[anthropic]'"),
        ("martien:x", "fournisseur:modèle"),
        ("openai:x", "injoignable"),
    ],
)
def test_check_says_what_keeps_the_language_model_from_writing(
    run: Callable[..., Printed], llm: str, told: str
) -> None:
    code, printed, _ = run("check", ASSISTANT_LLM=llm, ASSISTANT_LLM_URL="http://127.0.0.1:9", ASSISTANT_LLM_KEY="k")
    assert code == 0, "answers by quotation go on"
    assert told in printed


def test_a_missing_corpus_is_said(run: Callable[..., Printed], tmp_path: Path) -> None:
    code, _, complaint = run("build", "--corpus", tmp_path / "absent")
    assert code == 1
    assert "absent" in complaint


def test_a_refused_document_is_named_and_the_rest_is_current(run: Callable[..., Printed], tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", SMALL_DOCUMENTS)
    (corpus / "documents" / "abime.pdf").write_bytes(b"%PDF-1.7\nrien")
    where = {"ASSISTANT_CORPUS": corpus, "ASSISTANT_INDEX": tmp_path / "built"}
    code, printed, _ = run("build", "--json", **where)
    report = json.loads(printed)
    assert code == 1
    assert [refusal["path"] for refusal in report["refused"]] == ["abime.pdf"]
    assert set(report["added"]) >= {"calendrier.md", "glossaire.md"}
    assert json.loads(run("ask", "date limite du solde de la vague 1 ?", "--json", **where)[1])["citations"]
    code, printed, _ = run("build", **where)
    assert code == 1
    assert "abime.pdf" in printed
    (corpus / "documents" / "abime.pdf").unlink()
    assert run("build", **where)[0] == 0


def test_an_unchanged_corpus_encodes_nothing(run: Callable[..., Printed]) -> None:
    code, printed, _ = run("build", "--json")
    report = json.loads(printed)
    assert code == 0
    assert (report["is_unchanged"], report["encoded"]) == (True, 0)


def test_a_rehearsal_writes_nothing(run: Callable[..., Printed], tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", SMALL_DOCUMENTS)
    code, printed, _ = run("build", "--dry-run", "--json", ASSISTANT_CORPUS=corpus, ASSISTANT_INDEX=tmp_path / "built")
    assert code == 0
    assert json.loads(printed)["is_dry_run"]
    assert run("status")[0] == 1


def test_evaluate_writes_one_line_per_question(run: Callable[..., Printed], tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    lines = [
        {
            "id": "a",
            "question": "date limite du solde de la vague 1 ?",
            "answerable": True,
            "gold": ["14 décembre 2023"],
        },
        {"id": "b", "question": "bonjour", "answerable": False},
    ]
    questions.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    code, printed, _ = run("evaluate", questions, "--report", tmp_path / "report.jsonl", "--json")
    assert code == 0
    assert json.loads(printed)["all"] == {"right": 2, "wrong": 0, "withheld": 0}
    report = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["verdict"], line["answer"]["outcome"]) for line in report] == [
        ("a", "right", "answered"),
        ("b", "right", "out_of_scope"),
    ]
    assert "justes" in run("evaluate", questions)[1]


def test_deadlines_become_a_calendar(run: Callable[..., Printed], tmp_path: Path) -> None:
    code, printed, complaint = run("deadlines", "--ics", tmp_path / "x.ics", "--json", "--day", "2024-05-01")
    entries = json.loads(printed)
    assert code == 0
    assert "x.ics" in complaint
    assert (tmp_path / "x.ics").read_bytes().count(b"BEGIN:VEVENT") == len(entries) == 2
    assert [entry["status"] for entry in entries] == ["past", "upcoming"]


def test_the_module_and_the_command_are_the_same_in_a_process_of_their_own(
    command: Command, folders: dict[str, str]
) -> None:
    done = command("ask", "date limite du solde de la vague 1 ?", "--json", **folders)
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "answered"
    assert done.stderr == ""
    failed = command("show", "nulle-part", **folders)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert command("dance").returncode == 2


QUESTIONS = (
    "Quelles professions rejoignent la vague 2 ?",
    "date limite du solde de la vague 1 en biologie",
    "date limite solde vague 1",
    "calendrier du DPI vague 2",
    "combien d'établissements ont candidaté à SUN-ES ?",
    "qu'est-ce que le programme SONS ?",
    "c'est quoi HOP'EN 2 ?",
    "quels sont les domaines du programme CaRE ?",
    "ESMS numérique : quel budget ?",
    "qu'est-ce que l'INS ?",
    "à quoi sert la MSSanté citoyenne ?",
    "Pro Santé Connect, c'est quoi ?",
    "que contient Mon espace santé ?",
    "à quoi sert le ROR ?",
    "qu'est-ce que la DRIMbox ?",
    "l'ordonnance numérique est-elle obligatoire ?",
    "quelles sont les étapes de la procédure SONS ?",
    "je suis dentiste, suis-je concerné par la vague 2 ?",
    "quels sont les trois piliers de la vague 2 ?",
    "date limite de la vague 3",
    "solde officine vague 1",
)


def assert_exact(assistant: Assistant, answer: dict[str, Any]) -> None:
    """Every quotation and every header is the text as read, at its offsets."""
    for citation in answer["citations"]:
        frames = {page.number: page.text for page in assistant.pages(citation["document"]["id"])}
        assert citation["quote"] == frames[citation["page"]][citation["start"] : citation["end"]] != ""
        for header in citation["headers"]:
            assert header["quote"] == frames[header["page"]][header["start"] : header["end"]]
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for statement in answer["statements"]:
        assert statement["citations"]
        assert set(statement["citations"]) <= set(numbers)
    assert bool(answer["statements"]) == (answer["outcome"] in {"answered", "partial"})
    if answer["outcome"] in {"not_found", "out_of_scope"}:
        assert answer["citations"] == []
    assert not answer["nearest"] or answer["outcome"] in {"not_found", "partial"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotations_of_the_default_corpus_are_exact(default_assistant: Assistant, question: str) -> None:
    assert_exact(default_assistant, to_json(default_assistant.answer(question)))


def test_most_areas_of_the_default_corpus_are_answered(default_assistant: Assistant) -> None:
    outcomes = [default_assistant.answer(question).outcome for question in QUESTIONS]
    assert sum(outcome in {"answered", "partial"} for outcome in outcomes) >= 15


def test_quotations_of_the_golden_answers_are_exact(default_assistant: Assistant) -> None:
    asked = [one for one in read_questions(CHECKOUT / "corpus" / "questions.jsonl") if one.half == "work"]
    assert len(asked) > 100
    for one in asked:
        answer = default_assistant.answer(one.question, after=one.after, day=one.day or DEFAULT_DAY)
        assert_exact(default_assistant, to_json(answer))


def test_show_prints_the_frame_of_the_quotations(command: Command, default_index: Path) -> None:
    asked = [json.loads(command("ask", one, "--json", ASSISTANT_INDEX=default_index).stdout) for one in QUESTIONS[:3]]
    quoted = next(citation for answer in asked for citation in answer["citations"])
    shown = json.loads(command("show", quoted["document"]["id"], "--json", ASSISTANT_INDEX=default_index).stdout)
    frame = next(page["text"] for page in shown["pages"] if page["page"] == quoted["page"])
    assert frame[quoted["start"] : quoted["end"]] == quoted["quote"]
