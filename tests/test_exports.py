"""What modules give to others is public, is defined where it is taken from, and is what `__all__` says."""

from __future__ import annotations

import ast

import pytest
from test_doors import trees

OURS = ("assistant", "index")


def defined(tree: ast.Module) -> set[str]:
    """The names that a module defines at its top, or re-exports by `__all__`."""
    names: set[str] = set()
    for node in [*tree.body, *(inner for branch in tree.body if isinstance(branch, ast.If) for inner in branch.body)]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            # « import name as name » says that it is re-exported on purpose.
            names |= {alias.name for alias in node.names if alias.asname == alias.name}
    return names | exported(tree)


def exported(tree: ast.Module) -> set[str]:
    values = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
    ]
    return {str(name) for value in values for name in ast.literal_eval(value)}


@pytest.mark.parametrize("module", sorted(trees()))
def test_what_is_imported_is_public_and_defined_there(module: str) -> None:
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in OURS:
            for alias in node.names:
                assert not alias.name.startswith("_"), f"{module} takes {alias.name}, private to {node.module}"
                if f"{node.module}.{alias.name}" not in trees():
                    assert alias.name in defined(trees()[str(node.module)]), f"{module}: {alias.name} is re-exported"


@pytest.mark.parametrize("module", sorted(trees()))
def test_exports_exist_and_modules_say_what_they_are(module: str) -> None:
    tree = trees()[module]
    here = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    here |= {alias.asname or alias.name for n in tree.body if isinstance(n, ast.ImportFrom) for alias in n.names}
    here |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert exported(tree) <= here
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("package", [*OURS, "assistant.screens"])
def test_packages_re_export_nothing(package: str) -> None:
    assert [node for node in trees()[package].body if not isinstance(node, ast.Expr)] == []
