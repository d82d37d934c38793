"""What README and CONTRIBUTING say is what the program does; nothing in the tree is of one machine."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from tree import WHOLE, tracked

from assistant.command_line import parser
from assistant.settings import KNOWN, PREFIX

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# The two commands of the contract, as they stand there.
COMMANDS = (
    "python3 -m venv .venv && .venv/bin/pip install -e .          && .venv/bin/assistant serve",
    "python3 -m venv .venv && .venv/bin/pip install -e '.[test]'  && .venv/bin/python -m pytest",
)


def subcommands() -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def blocks(document: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", document, re.MULTILINE | re.DOTALL)


def row_of(command: str) -> str:
    return next(line for line in README.splitlines() if re.match(rf"\| `{command}\b", line))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_two_commands_stand_in_the_readme(command: str) -> None:
    assert command in README.splitlines()


@pytest.mark.parametrize("name", KNOWN)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `{PREFIX}{name}` |"))
    default = KNOWN[name][0]
    assert not default or f"`{default}`" in row.split("|")[2]


def test_every_setting_of_the_readme_exists() -> None:
    assert set(re.findall(rf"`{PREFIX}(\w+)`", README)) <= set(KNOWN)


@pytest.mark.parametrize("command", sorted(subcommands()))
def test_every_command_is_documented_with_its_options(command: str) -> None:
    row = row_of(command)
    for action in subcommands()[command]._actions:
        for option in action.option_strings:
            assert option in row or option in {"-h", "--help", "--json"}
    documented = set(re.findall(r"--[a-z-]+", row.split("|")[1]))
    assert documented <= {option for action in subcommands()[command]._actions for option in action.option_strings}


@pytest.mark.parametrize("document", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_shell_snippets_parse(document: str) -> None:
    assert blocks(document)
    for block in blocks(document):
        subprocess.run(["bash", "-n"], input=block, text=True, check=True)


def test_commands_of_the_readme_are_understood() -> None:
    lines = [line for block in blocks(README) for line in block.splitlines()]
    shown = [
        part
        for line in lines
        for part in re.split(r"\s+(?:&&|\|)\s+|^", line)
        if part.startswith(".venv/bin/assistant")
    ]
    assert len(shown) >= 5
    for one in shown:
        parser().parse_args(shlex.split(one)[1:])


def test_the_first_three_lines_are_french_and_the_order_is_kept() -> None:
    first = README.splitlines()[:3]
    assert all(re.search(r"\b(?:les|la|le|seule)\b", line) for line in first)
    order = ["![", COMMANDS[0], "## How it works", "## Add a document", "## Settings", "## Limits", "## Licence"]
    places = [README.index(part) for part in order]
    assert places == sorted(places)


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 2
    assert all((CHECKOUT / picture).stat().st_size <= 200_000 for picture in pictures)


def test_links_lead_somewhere() -> None:
    for document in (README, CONTRIBUTING):
        for target in re.findall(r"\]\(([^)#:]+)\)", document):
            assert (CHECKOUT / target).exists(), target


def test_every_file_is_named_in_the_tree() -> None:
    shown = CONTRIBUTING.partition("<!-- tree")[2].partition("<!-- end of tree")[0]
    named = set(re.findall(r"^ *(\S+)", shown, re.MULTILINE))
    absent = [
        path
        for path in tracked()
        if path.rpartition("/")[2] not in named and not any(path.startswith(f"{folder}/") for folder in WHOLE)
    ]
    assert absent == [], "run: python tests/tree.py"
    gone = {name for name in named if name.endswith(".py")} - {path.rpartition("/")[2] for path in tracked()}
    assert gone == set(), "run: python tests/tree.py"


def test_nothing_is_of_one_machine() -> None:
    path = re.compile("/" + r"(?:work|farm|root|home/\w+|opt/dev)/[a-z]")
    host = re.compile("|".join((r"py" + r"pi\.org", r"python" + "hosted", r"npm" + r"js\.", r"deb\.debian" + r"\.org")))
    found = []
    for name in tracked():
        file = CHECKOUT / name
        if file.suffix in {".py", ".md", ".toml", ".json", ".jsonl", ".css", ".js", ".txt", ""} and file.is_file():
            text = file.read_text(encoding="utf-8", errors="ignore")
            found += [f"{name}: {match[0]}" for pattern in (path, host) for match in pattern.finditer(text)]
    assert found == []


def test_nothing_is_too_large_for_git() -> None:
    assert [name for name in tracked() if (CHECKOUT / name).stat().st_size > 3_000_000] == []
