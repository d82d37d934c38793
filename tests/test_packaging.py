"""What is imported is declared, what is declared is imported or explained, and what is not Python is shipped."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from test_doors import libraries, trees

CHECKOUT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
# Declared and imported by nothing of ours, and why.
EXPLAINED = {
    "kubernetes": "bounds what chromadb brings",
    "psycopg": "SQLAlchemy's driver for PostgreSQL, named in the journal's URL",
    "lxml-html-clean": "trafilatura needs it and does not ask for it",
    "tzdata": "time zones where the system has none",
    "uvicorn": "runs st.App",
}
# Import names that the metadata of their distribution leaves out or shares.
SHARED = {"google": "protobuf"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {normal(str(re.match(r"[\w.-]+", requirement)[0])) for requirement in requirements}  # type: ignore[index]


INSTALLED = packages_distributions()


def distributions(library: str) -> set[str]:
    return {normal(name) for name in INSTALLED.get(library, [library])}


RUNTIME = declared(PROJECT["project"]["dependencies"])
EXTRAS = PROJECT["project"]["optional-dependencies"]
TEST = declared([*EXTRAS["test"], *EXTRAS["test-model"], *EXTRAS["bench"]])


def test_every_import_is_declared() -> None:
    used = set().union(*(libraries(module) for module in trees()))
    assert {library for library in used if not distributions(library) & RUNTIME} == set()


def test_every_declared_dependency_is_imported_or_explained() -> None:
    used = set().union(*(distributions(library) for module in trees() for library in libraries(module)))
    assert RUNTIME - used == set(EXPLAINED)


def test_what_tests_import_is_declared() -> None:
    ours = {"assistant", "index", "app"} | {
        path.stem for path in (CHECKOUT / "tests").rglob("*") if path.suffix in {".py", ""}
    }
    used: set[str] = set()
    for path in (CHECKOUT / "tests").rglob("*.py"):
        if path.name == "peer_runs.py":  # runs in the environments that its benchmark makes
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                used.add(str(node.module).split(".")[0])
    third = used - ours - set(sys.stdlib_module_names)
    assert {library for library in third if not distributions(library) & (RUNTIME | TEST)} == set()


def test_every_dependency_has_a_lower_bound() -> None:
    every = [*PROJECT["project"]["dependencies"], *(one for extra in EXTRAS.values() for one in extra)]
    assert [requirement for requirement in every if not re.search(r"[>=]=", requirement)] == []


def test_torch_is_the_release_that_has_a_cpu_build() -> None:
    assert "torch==2.13.0" in PROJECT["project"]["dependencies"]


def test_what_is_not_python_is_shipped_with_its_package() -> None:
    shipped = PROJECT["tool"]["setuptools"]["package-data"]
    for package, patterns in shipped.items():
        folder = CHECKOUT / package
        matched = {path for pattern in patterns for path in folder.glob(pattern)}
        held = {
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in {".py", ".pyc"} and "built" not in path.relative_to(folder).parts
        }
        assert held - matched == set()


def test_the_licence_is_apache() -> None:
    assert PROJECT["project"]["license"] == "Apache-2.0"
    text = (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
