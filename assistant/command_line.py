"""The words of the command line: one parser, in French."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

# The kinds of terms that deadlines are filtered by.
FILTERS = ("wave", "lane", "software", "milestone", "profession", "programme")
# argparse speaks English; these are all the messages that our options can bring up.
_FRENCH = (
    (re.compile(r"the following arguments are required: (.*)"), r"il manque : \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"argument inconnu : \1"),
    (
        re.compile(r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)"),
        r"\1 : choix inconnu \2 (choisissez parmi \3)",
    ),
    (re.compile(r"argument (\S+): expected one argument"), r"\1 attend une valeur"),
    (re.compile(r"argument (\S+): invalid \w+ value: (.*)"), r"\1 : valeur impossible \2"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"option ambiguë : \1 (\2)"),
    (re.compile(r"argument (\S+): ignored explicit argument (.*)"), r"\1 n'attend pas de valeur (\2)"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in French and exits with 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._positionals.title, self._optionals.title = "arguments", "options"

    def error(self, message: str) -> NoReturn:
        """Prints the usage and the message, exits with 2."""
        for pattern, french in _FRENCH:
            message = pattern.sub(french, message)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog} : {message}\n")

    def format_usage(self) -> str:
        """The usage line, in French."""
        return super().format_usage().replace("usage:", "usage :", 1)

    def format_help(self) -> str:
        """The help, in French."""
        return super().format_help().replace("usage:", "usage :", 1)


def parser() -> Parser:
    """The parser of every command."""
    top = Parser(
        prog="assistant",
        description="Répond par des citations exactes aux questions sur un programme public.",
        add_help=False,
    )
    _help(top)
    commands = top.add_subparsers(dest="command", metavar="COMMANDE", required=True, parser_class=Parser)
    _indexing(commands)
    _asking(commands)
    _measuring(commands)
    _journal(commands)
    return top


def _indexing(commands: argparse._SubParsersAction[Parser]) -> None:
    serve = _command(commands, "serve", "l'application web et ses routes")
    serve.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8501, help="port (8501)")

    build = _command(commands, "build", "construit ou met à jour l'index", json=True)
    build.add_argument("--corpus", type=Path, help="dossier du corpus")
    build.add_argument("--force", action="store_true", help="tout refaire")
    build.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
    build.add_argument(
        "--accept",
        type=_reason,
        metavar="RAISON",
        help="prendre le nouvel index même si des réponses justes se perdent ; la raison est gardée avec lui",
    )
    build.add_argument("--seen", metavar="EMPREINTE", help="n'accepter que le refus qui a cette empreinte")
    build.add_argument("--by", default="", metavar="NOM", help="qui la demande, gardé dans l'historique")
    build.add_argument("--background", action="store_true", help="laisser passer les autres processus d'abord")

    _command(commands, "status", "l'index en service", json=True)
    _command(commands, "check", "examine le corpus et l'index", json=True)

    digest = _command(commands, "digest", "ce qu'une génération de l'index change pour les lecteurs", json=True)
    digest.add_argument("generation", nargs="?", help="par défaut celle en service")
    digest.add_argument("--since", metavar="GENERATION", help="par défaut celle sur laquelle elle a été construite")
    digest.add_argument("--profession", metavar="ID")
    digest.add_argument("--lane", metavar="ID")

    _command(commands, "history", "les générations gardées de l'index", json=True)
    rollback = _command(commands, "rollback", "revient à une génération antérieure", json=True)
    rollback.add_argument("generation", nargs="?")


def _asking(commands: argparse._SubParsersAction[Parser]) -> None:
    ask = _command(commands, "ask", "pose une question", json=True)
    ask.add_argument("question")
    ask.add_argument(
        "--after", action="append", default=[], metavar="QUESTION", help="question précédente, la plus ancienne d'abord"
    )
    ask.add_argument("--day", type=_day, help="le jour d'aujourd'hui (AAAA-MM-JJ)")

    show = _command(commands, "show", "le texte d'un document tel qu'il est lu", json=True)
    show.add_argument("document")
    show.add_argument("--page", type=int)

    search = _command(commands, "search", "les passages trouvés, avec leurs scores", json=True)
    search.add_argument("query")
    search.add_argument("--limit", type=_count, default=10)

    deadlines = _command(commands, "deadlines", "les échéances du corpus", json=True)
    for kind in FILTERS:
        deadlines.add_argument(f"--{kind}", metavar="ID")
    deadlines.add_argument("--from", dest="first", type=_day, metavar="JOUR")
    deadlines.add_argument("--to", dest="last", type=_day, metavar="JOUR")
    deadlines.add_argument("--day", type=_day, help="le jour d'aujourd'hui (AAAA-MM-JJ)")
    deadlines.add_argument("--ics", type=Path, metavar="FICHIER")


def _measuring(commands: argparse._SubParsersAction[Parser]) -> None:
    evaluate = _command(commands, "evaluate", "mesure la qualité sur un jeu de questions", json=True)
    evaluate.add_argument("file", type=Path)
    evaluate.add_argument("--report", type=Path, metavar="FICHIER")
    evaluate.add_argument(
        "--half", metavar="MOITIÉ", help="seulement les questions de cette moitié (« work » ou « kept »)"
    )
    evaluate.add_argument("--llm", metavar="FOURNISSEUR:MODÈLE", help="mesurer aussi la rédaction de ce modèle")


def _journal(commands: argparse._SubParsersAction[Parser]) -> None:
    password = _command(commands, "password", "donne un mot de passe à l'équipe")
    password.add_argument("role", nargs="?", choices=("support", "maintainer"), default="support")

    forget = _command(commands, "forget", "efface une conversation du journal", json=True)
    forget.add_argument("conversation", nargs="?", help="le numéro de la conversation")
    forget.add_argument("--expired", action="store_true", help="ce qui est plus vieux que ASSISTANT_JOURNAL_DAYS")

    verified = _command(commands, "verified", "les réponses vérifiées, à exporter", json=True)
    verified.add_argument("--documents", type=Path, metavar="DOSSIER", help="les écrit comme documents du corpus")
    verified.add_argument("--questions", type=Path, metavar="FICHIER", help="les écrit comme questions de référence")


def _command(commands: argparse._SubParsersAction[Parser], name: str, what: str, *, json: bool = False) -> Parser:
    command = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", add_help=False)
    _help(command)
    if json:
        command.add_argument("--json", action="store_true", help="un document JSON sur la sortie standard")
    return command


def _help(one: Parser) -> None:
    one.add_argument("-h", "--help", action="help", help="affiche cette aide")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _reason(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text.strip()


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port
