"""The files of the project with a few words each, as CONTRIBUTING prints them: the words are the modules' own.

Run: python tests/tree.py (writes the tree into CONTRIBUTING.md, between its two marks)
"""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path
from textwrap import shorten

CHECKOUT = Path(__file__).resolve().parents[1]
DOCUMENT = CHECKOUT / "CONTRIBUTING.md"
BEGIN, END = "<!-- tree: python tests/tree.py -->\n", "<!-- end of tree -->\n"
WIDTH = 118
# Files that have no room for a docstring.
WORDS = {
    ".ci/run": "what a submission must pass: tests, style, types, quality",
    ".gitignore": "what is derived",
    ".streamlit/config.toml": "Streamlit's options for a bare `streamlit run`",
    "CHANGELOG.md": "what changed, by release",
    "CONTRIBUTING.md": "this page",
    "LICENSE": "Apache-2.0",
    "README.md": "for those who install it",
    "pyproject.toml": "dependencies and their bounds, options of ruff, mypy and pytest",
    "assistant/cues.toml": "the words of a question that tell the answer wanted",
    "assistant/scoring.json": "weights of the scorers, written by tests/benchmarks/fit_scoring.py",
    "assistant/screens/about.md": "the text of the About screen",
    "assistant/screens/page.js": "the plain page's few lines of JavaScript",
    "assistant/screens/shared.css": "style of answers, sources and excerpts, on screens and plain page",
    "assistant/screens/simple.css": "style of the plain page",
    "assistant/screens/style.css": "style of the screens",
    "corpus/README.md": "how a corpus folder is made, in French",
    "corpus/manifest.toml": "the programme, one entry per document, what was settled",
    "corpus/questions.jsonl": "the golden questions",
    "corpus/vocabulary.toml": "the programme's terms",
    "index/furniture.toml": "the words that mark menus, teasers and newsletter boxes",
    "index/hyphens.toml": "beginnings of words that keep their hyphen at a line's end",
    "index/synonyms.toml": "words that people say for one another",
    "index/ordinary_words.json": "common French words, never taken for typing errors",
    "tests/assistant/asides.txt": "greetings, thanks, requests for advice and intrusions, for test_cues",
    "tests/assistant/wanted_kinds.txt": "questions and the kind of answer each wants",
    "tests/floors.toml": "the quality that the golden questions and those of the invented programmes must reach",
}
# Folders whose files are named by their folder: data, or what tests are made of.
WHOLE = {
    "assistant/screens/pictures": "pictures of the README",
    "corpus/documents": "the documents",
    "tests/corpus/bassins": "a third programme's, invented by somebody else; nothing is fitted on it",
    "tests/corpus/lumiere": "another programme's corpus, invented, for the tests",
    "tests/corpus/quais": "a fourth programme's, like the third",
    "tests/corpus/sources": "texts of the PDF, DOCX and XLSX documents of the corpus, part one",
    "tests/corpus/sources_b": "part two",
}


def tracked() -> list[str]:
    """The paths that git knows, in order."""
    listed = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return sorted(path for path in listed.stdout.splitlines() if (CHECKOUT / path).exists())


def tree() -> str:
    """One line per file, under its folder."""
    lines: list[str] = []
    folder = ""
    told: set[str | None] = set()
    for path in sorted(tracked(), key=lambda path: (path.rpartition("/")[0], path)):
        whole = next((name for name in WHOLE if path.startswith(f"{name}/")), None)
        if whole is not None and whole in told:
            continue
        told.add(whole)
        parent, _, name = (path if whole is None else whole).rpartition("/")
        if parent != folder:
            folder = parent
            lines.append(f"{folder}/")
        name = name if whole is None else f"{name}/"
        words = WHOLE[whole] if whole is not None else words_of(path)
        entry = f"{'  ' if parent else ''}{name:<28}  "
        lines.append((entry + shorten(words, WIDTH - len(entry), placeholder=" …")).rstrip())
    return "\n".join(lines)


def words_of(path: str) -> str:
    """A few words on a file: the first sentence of its docstring, or WORDS; a test has its name."""
    if path in WORDS:
        return WORDS[path]
    if path.endswith(".py"):
        said = ast.get_docstring(ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))) or ""
        return " ".join(said.split()).partition(". ")[0].rstrip(".")
    return ""


if __name__ == "__main__":
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}```\n{tree()}\n```\n{END}{after}", encoding="utf-8")
