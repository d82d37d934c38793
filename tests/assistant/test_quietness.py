"""The default path imports no torch and uses no network, in the process and in those it starts; nothing is reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import write_corpus

CHECKOUT = Path(__file__).resolve().parents[2]
HEAVY = {"torch", "transformers", "sentence_transformers", "huggingface_hub"}

# Forbids every address but those of this machine's file system, here and in the Python processes started from here,
# and says in a file what was tried and what was imported.
# What takes long to load for what few do: it comes in with the first paper, calendar, change or old journal.
WHEN_USED = {"alembic", "icalendar", "reportlab", "tomlkit"}
GUARD = """
import json, os, runpy, socket, subprocess, sys
LOG, GUARD = {log!r}, {guard!r}

def note(**what):
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps(what) + "\\n")

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        if arguments[0].family != getattr(socket, "AF_UNIX", None):
            note(tried=event, where=repr(arguments[1:]))
            raise OSError("no network here")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        note(tried=event, where=repr(arguments))
        raise OSError("no network here")
    elif event == "subprocess.Popen":
        note(started=[str(argument) for argument in arguments[1]])

class Guarded(subprocess.Popen):
    def __init__(self, command, *arguments, **options):
        if command[0] == sys.executable and "-m" in command:
            place = command.index("-m")
            module, rest = command[place + 1], command[place + 2:]
            call = "exec(open({{!r}}).read()); runpy.run_module({{!r}}, run_name='__main__', alter_sys=True)"
            command = [*command[:place], "-c", call.format(GUARD, module), *rest]
        super().__init__(command, *arguments, **options)

subprocess.Popen = Guarded
sys.addaudithook(watch)
"""
RUN = """
exec(open({guard!r}).read())
import atexit
atexit.register(lambda: note(imported=sorted({{name.split(".")[0] for name in sys.modules}})))
sys.argv = ["assistant", *json.loads({arguments!r})]
runpy.run_module("assistant", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("quiet")
    corpus = write_corpus(made / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    (corpus / "documents" / "page.html").write_text(
        "<html><body><h1>Avis</h1><p>Le guichet ouvre le 3 juin 2024 pour la vague 2.</p></body></html>",
        encoding="utf-8",
    )
    return made


def run(
    folder: Path, name: str, *arguments: str
) -> tuple[subprocess.CompletedProcess[str], list[dict[str, list[str]]]]:
    """Runs a command under the guard → what it printed, and what it tried, started and imported."""
    guard, log = folder / "guard.py", folder / f"{name}.log"
    guard.write_text(GUARD.format(log=str(log), guard=str(guard)), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ASSISTANT_", "LANG", "HF_"))}
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(guard=str(guard), arguments=json.dumps(arguments))],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={
            **kept,
            "PYTHONPATH": str(CHECKOUT),
            "ASSISTANT_CORPUS": str(folder / "corpus"),
            "ASSISTANT_INDEX": str(folder / "built"),
        },
        timeout=250,
    )
    assert done.returncode == 0, done.stderr
    return done, [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[subprocess.CompletedProcess[str], list[dict[str, list[str]]]]:
    return run(folder, "build", "build", "--json")


@pytest.fixture(scope="module")
def asked(folder: Path, built: object) -> tuple[subprocess.CompletedProcess[str], list[dict[str, list[str]]]]:
    return run(folder, "ask", "ask", "date limite du solde de la vague 1 ?", "--json")


def test_building_and_asking_use_no_network(built, asked) -> None:  # type: ignore[no-untyped-def]
    for done, notes in (built, asked):
        assert [note for note in notes if "tried" in note] == []
        json.loads(done.stdout)


def test_the_guard_reaches_the_processes_that_read_documents(built) -> None:  # type: ignore[no-untyped-def]
    done, notes = built
    assert json.loads(done.stdout)["refused"] == []
    assert any("guard.py" in part for note in notes for part in note.get("started", []))


def test_building_and_asking_import_nothing_heavy(built, asked) -> None:  # type: ignore[no-untyped-def]
    for _, notes in (built, asked):
        imported = next(set(note["imported"]) for note in notes if "imported" in note)
        assert imported & HEAVY == set()
        assert "index" in imported


def test_asking_imports_neither_streamlit_nor_the_readers(asked) -> None:  # type: ignore[no-untyped-def]
    imported = next(set(note["imported"]) for note in asked[1] if "imported" in note)
    assert imported & {"langchain", "langchain_core", "openai", "ollama"} == set()
    assert imported & {"streamlit", "fastapi", "pypdf", "trafilatura", "docx", "openpyxl", "pptx", "onnx"} == set()
    assert imported & {"sqlalchemy", *WHEN_USED} == set()


def test_importing_and_serving_import_nothing_heavy() -> None:
    code = (
        "import sys, pathlib, assistant, assistant.serving, assistant.commands, assistant.screens.session\n"
        "from assistant.settings import load_settings\n"
        "assistant.serving.application(load_settings({}))\n"
        f"print(sorted({HEAVY | WHEN_USED | {'chromadb'}!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.strip() == "[]"


def test_the_guard_forbids_the_network(tmp_path: Path) -> None:
    guard = tmp_path / "guard.py"
    guard.write_text(GUARD.format(log=str(tmp_path / "log"), guard=str(guard)), encoding="utf-8")
    code = f"exec(open({str(guard)!r}).read()); socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "no network here" in done.stderr
    assert "socket.getaddrinfo" in (tmp_path / "log").read_text(encoding="utf-8")


def test_nothing_is_traced_or_reported() -> None:
    code = (
        "import os; from assistant.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "from langsmith.utils import tracing_is_enabled\n"
        "from chromadb.config import Settings; from index.storage import _settings\n"
        "from assistant.serving import configuration\n"
        "print(tracing_is_enabled(), _settings().anonymized_telemetry, Settings().anonymized_telemetry,"
        " configuration('127.0.0.1', 1)['browser.gatherUsageStats'])"
    )
    kept = {key: value for key, value in os.environ.items() if key not in {"LANGSMITH_TRACING", "ANONYMIZED_TELEMETRY"}}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env={**kept, "LANGSMITH_TRACING": "true"},
    )
    assert done.stdout.splitlines()[-1] == "False False False False"
