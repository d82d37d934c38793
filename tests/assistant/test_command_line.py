from datetime import date

import pytest

from assistant.command_line import parser

COMMANDS = {"serve", "build", "status", "ask", "show", "search", "deadlines", "evaluate", "check", "rollback"}


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(arguments)
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("usage : assistant")
    return printed.err


def test_the_conversation_and_the_day() -> None:
    options = parser().parse_args(
        ["ask", "et le solde ?", "--after", "un", "--after", "deux", "--day", "2026-11-22", "--json"]
    )
    assert (options.question, options.after, options.day, options.json) == (
        "et le solde ?",
        ["un", "deux"],
        date(2026, 11, 22),
        True,
    )


def test_filters_of_deadlines() -> None:
    options = parser().parse_args(["deadlines", "--wave", "vague-2", "--from", "2024-01-01", "--to", "2024-12-31"])
    assert (options.wave, options.first, options.last) == ("vague-2", date(2024, 1, 1), date(2024, 12, 31))


def test_serve_listens_to_this_machine_alone_unless_told() -> None:
    options = parser().parse_args(["serve"])
    assert (options.host, options.port) == ("127.0.0.1", 8501)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "il manque : COMMANDE"),
        (["demande"], "choix inconnu 'demande'"),
        (["ask"], "il manque : question"),
        (["ask", "x", "--day", "demain"], "--day : valeur impossible 'demain'"),
        (["ask", "x", "--day"], "--day attend une valeur"),
        (["ask", "x", "--wave", "1"], "argument inconnu : --wave 1"),
        (["search", "x", "--limit", "0"], "--limit : valeur impossible '0'"),
        (["serve", "--port", "99999"], "--port : valeur impossible '99999'"),
        (["show", "x", "--page", "a"], "--page : valeur impossible 'a'"),
        (["build", "--force=oui"], "--force n'attend pas de valeur ('oui')"),
    ],
)
def test_wrong_usage_is_said_in_french(capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str) -> None:
    assert sentence in refusal(capsys, *arguments)


@pytest.mark.parametrize("command", ["", *sorted(COMMANDS)])
def test_help_is_in_french(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args([command, "--help"] if command else ["--help"])
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith("usage : assistant")
    assert "affiche cette aide" in printed
    assert "show this" not in printed
    assert "positional" not in printed


def test_every_command_has_a_function_of_its_name() -> None:
    from assistant import commands

    assert all(callable(getattr(commands, name)) for name in COMMANDS)
