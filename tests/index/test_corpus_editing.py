"""Changes of a corpus by its maintainers: what is written is read back, the rest stays to the letter, and undo."""

import multiprocessing
import os
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CHECKOUT, SMALL_DOCUMENTS, SMALL_MANIFEST
from hypothesis import given, settings
from hypothesis import strategies as st

from index import corpus_changes, toml_blocks
from index.corpus import load_corpus
from index.corpus_changes import Moving, Writing, changing, history, last_change, make, undo
from index.corpus_editing import add_document, entry_trouble, save_entry, take_back, withdraw, withdrawn
from index.entry_form import EntryForm, SourceForm, fields_of, form_of
from index.errors import EditRefused, IndexingError
from index.file_names import MAX_NAME_BYTES, numbered, path_trouble, safe_name
from index.incoming import discard, receive, waiting
from index.opened_files import fingerprint
from index.plain_files import write_atomically
from index.terms import ContextAlias
from index.vocabulary_editing import TermForm, find_uses, remove_term, save_term, shared_names, term_form
from index.vocabulary_file import read_terms

ODD = """# en tête
[programme]
name = "Essai"

[[document]]
# première
path = "a.md" # le fichier
title = 'A'   # son titre

[document.source]
publisher = "x" # éditeur

# avant b
[[document]]
path = "b.md"
replaces = [
  "a", # l'ancien
]
note = \"\"\"
[[document]]
path = "piège"
\"\"\"
# fin de b
[[settled]]
reason = "r"
in_force = "2024-01-01"
replaced = "2023-01-01"
[[document]]
path = "c.md"
"""


def seen(corpus):
    return fingerprint(corpus / "manifest.toml")


def infos(corpus):
    return {info.id: info for info in load_corpus(corpus).documents}


def form(name, **given):
    return replace(EntryForm(name, f"{name}.md", name.title(), SourceForm()), **given)


def test_one_table_changes_and_every_other_character_stays():
    written = toml_blocks.changed(ODD, "document", 0, {"title": "AA", "url": "https://a", "source": {"publisher": "y"}})
    expected = ODD.replace("'A'   # son titre", '"AA"   # son titre\nurl = "https://a"')
    assert written == expected.replace('publisher = "x"', 'publisher = "y"')
    assert toml_blocks.changed(ODD, "document", 1, {"replaces": ["a"]}) == ODD
    appended = toml_blocks.appended(ODD, "document", {"path": "d.md"})
    assert appended == ODD + '\n[[document]]\npath = "d.md"\n'
    shorter, entry = toml_blocks.removed(ODD, "document", 1)
    assert "# fin de b" in shorter
    assert "# avant b" in shorter
    assert "piège" not in shorter
    assert tomllib.loads(entry)["document"][0]["replaces"] == ["a"]


@pytest.mark.parametrize("text", ["document = [{path = 'a'}]\n", "[document]\npath = 'a'\n", "[[document]\n"])
def test_a_file_written_otherwise_is_left_to_the_editor_of_texts(text):
    with pytest.raises(EditRefused):
        toml_blocks.changed(text, "document", 0, {"title": "x"})


@pytest.mark.parametrize("name", ["manifest.toml", "vocabulary.toml"])
def test_the_files_of_the_default_corpus_can_be_changed_entry_by_entry(name):
    text, table = (CHECKOUT / "corpus" / name).read_text(encoding="utf-8"), name[0] == "m"
    kind = "document" if table else "term"
    entries = tomllib.loads(text)[kind]
    for place in range(0, len(entries), 9):
        assert toml_blocks.changed(text, kind, place, entries[place]) == text
        field = "title" if table else "label"
        assert toml_blocks.changed(text, kind, place, {field: 'L\'« été » "2026" \\ \n'}).count(text[-200:]) == 1


def test_the_form_of_every_entry_of_the_default_corpus_changes_nothing():
    entries = tomllib.loads((CHECKOUT / "corpus" / "manifest.toml").read_text(encoding="utf-8"))["document"]
    by_path = {entry["path"]: entry for entry in entries}
    for info in load_corpus(CHECKOUT / "corpus").documents:
        assert fields_of(form_of(info), by_path[info.path]) == {}


@settings(max_examples=40)
@given(
    st.builds(
        EntryForm,
        id=st.text("abc-12", min_size=1, max_size=9),
        path=st.just("calendrier.md"),
        title=st.text(max_size=40),
        source=st.builds(
            SourceForm,
            publisher=st.text(max_size=30),
            kind=st.sampled_from(["", "guide", "presse", "inconnu"]),
            authority=st.integers(0, 8),
            published_on=st.sampled_from(["", "2023", "2023-05", "2024 / 2025", "2025/2024", "hier", "2023-02-30"]),
            published_on_estimated=st.booleans(),
            retrieved_on=st.sampled_from(["", "2024-01-31", "demain"]),
            url=st.sampled_from(["", "https://a.fr/b?c", "javascript:alert(1)"]),
        ),
        licence=st.text(max_size=10),
        valid_until=st.sampled_from(["", "2026-12-31", "bientôt"]),
        replaces=st.lists(st.sampled_from(["glossaire", "autre"]), max_size=2, unique=True).map(tuple),
    )
)
def test_whatever_is_typed_is_refused_with_a_sentence_or_read_back_as_typed(tmp_path_factory, typed):
    corpus = tmp_path_factory.mktemp("typed")
    (corpus / "documents").mkdir()
    for name, text in SMALL_DOCUMENTS.items():
        (corpus / "documents" / name).write_text(text, encoding="utf-8")
    (corpus / "manifest.toml").write_text(SMALL_MANIFEST, encoding="utf-8")
    trouble = entry_trouble(typed)
    try:
        save_entry(corpus, typed, seen=seen(corpus), by="Ana")
    except EditRefused:
        assert (corpus / "manifest.toml").read_text(encoding="utf-8") == SMALL_MANIFEST
    else:
        assert trouble == ""
        kept = form_of(infos(corpus)[typed.id])
        assert (kept.source.authority, kept.replaces) == (typed.source.authority, typed.replaces)
        assert kept.source.published_on.replace(" ", "") == typed.source.published_on.replace(" ", "")
        assert (kept.source.url, kept.valid_until) == (typed.source.url, typed.valid_until)


def test_a_document_added_withdrawn_and_taken_back(small_corpus, tmp_path):
    before = (small_corpus / "manifest.toml").read_bytes()
    file = receive(tmp_path / "in", "note.md", b"# Note\n\nUn texte.\n")
    given_form = form("note", replaces=("glossaire",), path="annexes/note.md")
    added = add_document(
        small_corpus, file.path, given_form, seen=seen(small_corpus), by="Ana", ends={"glossaire.md": "2024-12-31"}
    )
    assert infos(small_corpus)["note"].replaces == ("glossaire",)
    assert infos(small_corpus)["glossaire"].valid_until.isoformat() == "2024-12-31"
    gone = withdraw(small_corpus, "annexes/note.md", seen=seen(small_corpus), by="Ana")
    assert [(one.path, one.title) for one in withdrawn(small_corpus)] == [("annexes/note.md", "Note")]
    assert "note" not in infos(small_corpus)
    take_back(small_corpus, gone.number, seen=seen(small_corpus), by="Zoé")
    assert infos(small_corpus)["note"].replaces == ("glossaire",)
    for _ in range(3):
        undo(small_corpus, last_change(small_corpus).number, by="Zoé")
    assert (small_corpus / "manifest.toml").read_bytes() == before
    assert file.path.read_bytes() == b"# Note\n\nUn texte.\n"
    assert not withdrawn(small_corpus)
    assert {change.undone_by for change in history(small_corpus)} == {"Zoé"}
    assert [change.number for change in history(small_corpus)][-1] == added.number
    assert last_change(small_corpus) is None


def test_a_document_without_an_entry_is_withdrawn_and_taken_back(small_corpus):
    (small_corpus / "documents" / "libre.md").write_text("# Libre\n\nUn texte.\n", encoding="utf-8")
    before = (small_corpus / "manifest.toml").read_bytes()
    gone = withdraw(small_corpus, "libre.md", seen=seen(small_corpus), by="Ana")
    assert "libre-md" not in infos(small_corpus)
    take_back(small_corpus, gone.number, seen=seen(small_corpus), by="Ana")
    assert not infos(small_corpus)["libre-md"].is_listed
    assert (small_corpus / "manifest.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("given_form", "said"),
    [
        (form("note", id="calendrier"), "donné deux fois"),
        (form("note", path="../note.md"), "point au début"),
        (form("note", path="a/.cache/note.md"), "point au début"),
        (form("note", path="note\n.md"), "nom de fichier"),
        (form("note", path="calendrier.md"), "déjà un fichier"),
        (form("note", source=SourceForm(authority=9)), "uthority"),
        (form("note", replaces=("note",)), "lui-même"),
        (form("note", id=""), "identifiant"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_written(small_corpus, tmp_path, given_form, said):
    file = receive(tmp_path / "in", "note.md", b"# Note\n")
    before = sorted(path for path in small_corpus.rglob("*") if path.is_file())
    text = (small_corpus / "manifest.toml").read_bytes()
    with pytest.raises(EditRefused, match=said):
        add_document(small_corpus, file.path, given_form, seen=seen(small_corpus), by="Ana")
    assert (small_corpus / "manifest.toml").read_bytes() == text
    assert sorted(path for path in small_corpus.rglob("*") if path.is_file() and path.name != "lock") == before
    assert file.path.is_file()


def test_a_folder_that_is_a_link_leads_nowhere(small_corpus, tmp_path):
    (small_corpus / "documents" / "ailleurs").symlink_to(tmp_path)
    file = receive(tmp_path / "in", "note.md", b"# Note\n")
    with pytest.raises(EditRefused, match="hors de documents"):
        add_document(small_corpus, file.path, form("note", path="ailleurs/note.md"), seen=seen(small_corpus), by="Ana")


def test_who_saw_another_version_is_told_and_writes_nothing(small_corpus):
    opened = seen(small_corpus)
    save_entry(small_corpus, form("calendrier", title="Premier"), seen=opened, by="Ana")
    with pytest.raises(EditRefused, match="modifié entre-temps"):
        save_entry(small_corpus, form("calendrier", title="Second"), seen=opened, by="Zoé")
    assert infos(small_corpus)["calendrier"].title == "Premier"
    manifest = small_corpus / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "# à la main\n", encoding="utf-8")
    with pytest.raises(EditRefused, match="modifié entre-temps"):
        undo(small_corpus, 1, by="Ana")
    assert manifest.read_text(encoding="utf-8").endswith("# à la main\n")


def _save(corpus, title, opened):
    try:
        save_entry(Path(corpus), form("calendrier", title=title), seen=opened, by=title)
    except EditRefused:
        os._exit(3)
    os._exit(0)


def test_of_eight_who_save_at_once_one_writes_and_the_others_are_told(small_corpus):
    opened, context = seen(small_corpus), multiprocessing.get_context("fork")
    people = [context.Process(target=_save, args=(str(small_corpus), f"Titre {n}", opened)) for n in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert sorted(person.exitcode for person in people) == [0, *[3] * 7]
    assert infos(small_corpus)["calendrier"].title.startswith("Titre ")


@pytest.mark.parametrize("step", ["_move", "write_atomically"])
def test_a_change_that_was_cut_short_is_undone_like_any_other(small_corpus, tmp_path, step):
    """The process dies at each step, in a process of its own; what is there is a corpus, and undo mends it."""
    before = (small_corpus / "manifest.toml").read_bytes()
    file = receive(tmp_path / "in", "note.md", b"# Note\n")

    def die_at(function):
        def wrapped(path, *rest):
            if path.name in {"note.md", "manifest.toml"}:
                os._exit(9)
            function(path, *rest)

        return wrapped

    def run():
        setattr(corpus_changes, step, die_at(getattr(corpus_changes, step)))
        add_document(small_corpus, file.path, form("note"), seen=seen(small_corpus), by="Ana")

    dying = multiprocessing.get_context("fork").Process(target=run)
    dying.start()
    dying.join(60)
    assert dying.exitcode == 9
    assert len(infos(small_corpus)) == (2 if step == "_move" else 3)
    undo(small_corpus, 1, by="Zoé")
    assert (small_corpus / "manifest.toml").read_bytes() == before
    assert file.path.is_file()
    assert len(infos(small_corpus)) == 2


def test_a_corpus_that_cannot_be_written_is_said_in_french(small_corpus):
    for path in (small_corpus, *small_corpus.parents[:3]):
        path.chmod(0o755)
    if os.geteuid() == 0:
        os.seteuid(65534)
    else:
        small_corpus.chmod(0o555)
    try:
        with pytest.raises(EditRefused, match="n'a pas pu être modifié"):
            save_entry(small_corpus, form("calendrier"), seen=seen(small_corpus), by="Ana")
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        small_corpus.chmod(0o755)


def test_former_versions_are_kept_for_a_while_and_withdrawn_documents_for_ever(small_corpus):
    withdraw(small_corpus, "glossaire.md", seen=seen(small_corpus), by="Ana")
    path = small_corpus / "notes.txt"
    for number in range(2, corpus_changes.KEPT + 5):
        shutil.copytree(small_corpus / "changes" / "0001", small_corpus / "changes" / f"{number:04d}")
    with changing(small_corpus):
        make(small_corpus, [Writing(path, "x", fingerprint(path))], by="Ana", what="note")
    assert len(history(small_corpus)) == corpus_changes.KEPT
    assert [one.path for one in withdrawn(small_corpus)] == ["glossaire.md"]


def test_a_change_that_fails_half_way_leaves_nothing_of_itself(small_corpus, monkeypatch):
    before = {path: path.read_bytes() for path in small_corpus.rglob("*") if path.is_file()}

    def full(path, text):
        if path.name == "manifest.toml":
            raise OSError(28, "No space left on device")
        write_atomically(path, text)

    monkeypatch.setattr(corpus_changes, "write_atomically", full)
    with pytest.raises(EditRefused, match="n'a pas pu être modifié"):
        withdraw(small_corpus, "glossaire.md", seen=seen(small_corpus), by="Ana")
    after = {path: path.read_bytes() for path in small_corpus.rglob("*") if path.is_file() and path.name != "lock"}
    assert after == before
    assert history(small_corpus) == ()


def test_what_came_from_a_folder_that_is_not_here_goes_aside(small_corpus, tmp_path):
    arrived = tmp_path / "gone" / "incoming" / "note.md"
    arrived.parent.mkdir(parents=True)
    arrived.write_text("# Note", encoding="utf-8")
    target = small_corpus / "documents" / "note.md"
    with changing(small_corpus):
        change = make(small_corpus, [], [Moving(arrived, target)], by="Ana", what="note")
    shutil.rmtree(tmp_path / "gone")
    undo(small_corpus, change.number, by="Zoé")
    assert not target.exists()
    assert not (tmp_path / "gone").exists()
    assert [path.name for path in (small_corpus / "retired").rglob("*.md")] == ["note.md"]


def test_a_move_never_overwrites(small_corpus, tmp_path):
    shutil.copy(small_corpus / "documents" / "glossaire.md", tmp_path / "autre.md")
    with changing(small_corpus), pytest.raises(EditRefused, match="déjà un fichier"):
        make(
            small_corpus,
            [],
            [Moving(tmp_path / "autre.md", small_corpus / "documents" / "calendrier.md")],
            by="Ana",
            what="x",
        )
    assert history(small_corpus) == ()


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_every_disk_takes(given_name):
    name = safe_name(given_name)
    assert name == safe_name(name)
    assert name.isprintable()
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert not set(name) & set('/\\<>:"|?*')
    assert not name.startswith((".", "~", " "))
    assert path_trouble(name) == ""
    assert path_trouble(numbered(name, 2)) == ""


def test_names_keep_what_they_can():
    assert safe_name("../../etc/Été 2026.PDF") == "Été 2026.pdf"
    assert safe_name("C:\\notes\\a\nb.docx") == "a b.docx"
    assert safe_name("é" * 300 + ".pdf") == "é" * 98 + ".pdf"
    assert safe_name("...") == "document"
    assert safe_name("con.md") == "document-con.md"


def test_dropped_files_wait_once_and_are_let_go(tmp_path):
    first = receive(tmp_path / "in", "a.md", b"# A\n")
    assert receive(tmp_path / "in", "b.md", b"# A\n") == first
    second = receive(tmp_path / "in", "x/../b.md", b"# B\n")
    assert {one.name for one in waiting(tmp_path / "in")} == {"a.md", "b.md"}
    for name, content, said in (("a.exe", b"x", "format"), ("a.md", b"", "vide"), ("a.md", b"x" * 99, "limite")):
        with pytest.raises(EditRefused, match=said):
            receive(tmp_path / "in", name, content, limit_bytes=50)
    discard(tmp_path / "in", "../..")
    discard(tmp_path / "in", second.id)
    assert waiting(tmp_path / "in") == (first,)
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(EditRefused, match="place libre"):
        receive(blocked, "a.md", b"# A\n")


def test_terms_are_judged_by_the_vocabularys_own_reader(small_corpus):
    path = small_corpus / "vocabulary.toml"

    def save(given_form, *, is_new=True):
        return save_term(small_corpus, path, given_form, seen=fingerprint(path), by="Ana", is_new=is_new)

    before = path.read_bytes()
    save(TermForm("vague-3", "wave", "Vague 3", ("V3", " V3 ", ""), "La troisième.", "", ("vague-2",)))
    assert read_terms(path)[-1].aliases == ("V3",)
    for wrong, said in (
        (TermForm("vague-3", "wave", "Autre"), "déjà celui d'un terme"),
        (TermForm("x", "wave", "X", within=("vagues",)), "within nomme"),
        (TermForm("X y", "wave", "X"), "minuscules"),
        (TermForm("x", "vague", "X"), "genre"),
    ):
        with pytest.raises(EditRefused, match=said):
            save(wrong)
    with pytest.raises(EditRefused, match="tournent en rond"):
        save(TermForm("vague-2", "wave", "Vague 2", ("V2",), within=("vague-3",)), is_new=False)
    with pytest.raises(EditRefused, match="within nomme"):
        remove_term(small_corpus, path, "vague-2", seen=fingerprint(path), by="Ana")
    remove_term(small_corpus, path, "vague-3", seen=fingerprint(path), by="Ana")
    assert path.read_bytes() == before


def test_names_that_need_context_are_written_and_found(small_corpus):
    path = small_corpus / "vocabulary.toml"
    before = path.read_bytes()
    works = TermForm("travaux", "actor", "Travaux", aliases_with_context=(
        ContextAlias(" TP ", ("chantier", "", " grue ")), ContextAlias("MES"),
    ))  # fmt: skip
    save_term(small_corpus, path, works, seen=fingerprint(path), by="Ana", is_new=True)
    assert 'aliases_with_context = [{alias = "TP", near = ["chantier", "grue"]}, {alias = "MES"}]' in path.read_text()
    kept = read_terms(path)[-1]
    assert kept.aliases_with_context == (ContextAlias("TP", ("chantier", "grue")), ContextAlias("MES"))
    assert find_uses(term_form(kept), ["Le tp du chantier.", "Un tp de chimie."]) == ((0, 3, 5),)
    save_term(small_corpus, path, term_form(kept), seen=fingerprint(path), by="Ana", is_new=False)
    assert read_terms(path)[-1] == kept
    nameless = replace(works, aliases_with_context=(ContextAlias("", ("chantier",)),))
    with pytest.raises(EditRefused, match="aliases_with_context"):
        save_term(small_corpus, path, nameless, seen=fingerprint(path), by="Ana", is_new=False)
    without = replace(works, aliases_with_context=())
    save_term(small_corpus, path, without, seen=fingerprint(path), by="Ana", is_new=False)
    remove_term(small_corpus, path, "travaux", seen=fingerprint(path), by="Ana")
    assert path.read_bytes() == before


def test_names_that_mean_another_term_and_where_names_stand(small_corpus):
    terms = read_terms(small_corpus / "vocabulary.toml")
    assert [(name, term.id) for name, term in shared_names(TermForm("x", "actor", "Guichet", ("v1",)), terms)] == [
        ("v1", "vague-1")
    ]
    assert shared_names(TermForm("vague-1", "wave", "Vague 1", ("V1",)), terms) == ()
    texts = ["Les Guichets uniques ouvrent.", "Rien.", "Au guichet unique, puis au guichet unique."]
    assert find_uses(TermForm("", "actor", "Guichet unique"), texts) == ((0, 4, 20), (2, 3, 17))
    assert find_uses(TermForm("", "actor", ""), texts) == ()


def test_every_refusal_is_one_of_ours():
    assert issubclass(EditRefused, IndexingError)
