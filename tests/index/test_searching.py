from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import LetterEncoder, letters, write_corpus

from index import generations
from index.building import build
from index.errors import GenerationDamaged, GenerationMissing
from index.holding import IndexHolder
from index.query_vectors import QueryVectors
from index.records import Tag
from index.searching import Index
from index.sentence_vectors import sentence_texts

DAY = date(2024, 5, 1)


def rebuild(corpus: Path, encoder: LetterEncoder, text: str) -> str:
    """Another generation, whose one new page says `text`; its name."""
    write_corpus(corpus, {"page.md": f"# Page\n\n{text}\n"})
    return str(build(corpus, corpus.parent / "built", encoder=encoder, today=DAY).generation)


def test_a_hit_says_how_each_retriever_saw_it(small_index: Index) -> None:
    hit = small_index.search("dossiers SUN-ES")[0]
    assert "SUN-ES" in hit.passage.text
    vectors, exact_words = hit.evidence
    assert (vectors.retriever, exact_words.retriever, exact_words.rank) == ("vectors", "exact words", 1)
    expected = max(float(letters("dossiers SUN-ES") @ letters(text)) for text in sentence_texts(hit.passage))
    assert vectors.score == pytest.approx(expected, abs=1e-3)
    assert 0 <= hit.score <= 1


def test_hits_come_best_first_each_once(small_index: Index) -> None:
    hits = small_index.search("dépôt des demandes de la vague")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert len(small_index.search("dépôt des demandes", limit=1)) == 1
    assert small_index.search("dépôt", limit=0) == ()


def test_a_wanted_term_decides_between_two_likely_passages(small_index: Index) -> None:
    for wave, said in (("vague-1", "14 décembre"), ("vague-2", "3 juin")):
        hits = small_index.search("le dépôt des demandes de la vague", tags=frozenset({Tag("wave", wave)}))
        assert said in hits[0].passage.text
    both = small_index.search("dépôt des demandes", tags=frozenset({Tag("wave", "vague-1"), Tag("wave", "vague-2")}))
    assert {hit.passage.document_id for hit in both[:2]} == {"calendrier"}


@pytest.mark.parametrize("text", ["", " ", "🙂", "\x00", "a" * 10_000, "Ελλάδα"])
def test_any_text_can_be_searched(small_index: Index, text: str) -> None:
    assert all(0 <= hit.score <= 1 for hit in small_index.search(text))


def test_building_and_searching_use_no_network(
    small_corpus: Path, encoder: LetterEncoder, socket_disabled: None
) -> None:
    rebuild(small_corpus, encoder, "Sans réseau.")
    index = Index.open(generations.current(small_corpus.parent / "built").folder, encoder=encoder)
    with index.warming():
        pass
    assert index.search("réseau")[0].passage.text == "Sans réseau."
    index.close()


def test_passages_are_found_by_id_by_row_and_by_document(small_index: Index) -> None:
    for row, passage in enumerate(small_index.passages):
        assert small_index.passage(passage.id) == passage
        assert small_index.row(passage.id) == row
        assert passage in small_index.passages_of(passage.document_id)
        pages = {page.number: page.text for page in small_index.document_pages(passage.document_id)}
        assert pages[passage.page][passage.start : passage.end] == passage.text
    with pytest.raises(KeyError):
        small_index.passage("calendrier:000000000000")
    with pytest.raises(KeyError):
        small_index.document_pages("nowhere")


def test_what_was_built_is_told(small_index: Index) -> None:
    assert small_index.programme.name == "Programme d'essai"
    assert list(small_index.documents) == ["calendrier", "glossaire"]
    assert small_index.documents["glossaire"].title == "Glossaire"
    assert "nowhere" not in small_index.documents
    assert small_index.vocabulary.term(Tag("wave", "vague-1")).label == "Vague 1"
    assert small_index.tag_count(Tag("wave", "vague-2")) == 1
    assert small_index.left_out("glossaire") == ()
    assert small_index.deadlines
    assert small_index.corpus_as_of == date(2024, 3, 5)


def test_an_empty_corpus_can_be_built_and_searched(tmp_path: Path, encoder: LetterEncoder) -> None:
    (tmp_path / "corpus" / "documents").mkdir(parents=True)
    build(tmp_path / "corpus", tmp_path / "built", encoder=encoder)
    index = Index.open(generations.current(tmp_path / "built").folder, encoder=encoder)
    assert index.search("vague") == ()
    assert (index.corpus_as_of, index.deadlines, len(index.documents)) == (None, (), 0)
    index.close()


def test_another_model_is_refused_with_the_remedy(small_index: Index) -> None:
    with pytest.raises(GenerationDamaged, match="assistant build"):
        Index.open(small_index.folder, encoder=LetterEncoder("letters-2"))


@pytest.mark.parametrize(
    "name", ["passages.jsonl", "vectors.npy", "keywords/words.weights.npy", "manifest.json", "tags.json"]
)
def test_a_damaged_file_is_named_with_the_remedy(small_index: Index, encoder: LetterEncoder, name: str) -> None:
    path = small_index.folder / name
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(GenerationDamaged, match="assistant build --force"):
        Index.open(small_index.folder, encoder=encoder)


def test_the_same_question_is_encoded_once(encoder: LetterEncoder) -> None:
    queries = QueryVectors(encoder, size=2)
    for text in ("un", "deux", "un", "trois", "un", "deux"):
        assert np.array_equal(queries.vector(text), letters(text))
    assert encoder.asked == ["un", "deux", "trois", "deux"]


def test_a_new_generation_is_used_at_the_next_question(small_corpus: Path, encoder: LetterEncoder) -> None:
    first = rebuild(small_corpus, encoder, "Première version.")
    holder = IndexHolder(small_corpus.parent / "built", encoder=encoder)
    with holder.lease() as before:
        assert before.search("version")[0].passage.text == "Première version."
        second = rebuild(small_corpus, encoder, "Seconde version.")
        with holder.lease() as after:
            assert after.search("version")[0].passage.text == "Seconde version."
            assert (before.generation, after.generation) == (first, second)
        # The reader that began before the swap goes on undisturbed.
        assert before.search("version")[0].passage.text == "Première version."
    generations.rollback(small_corpus.parent / "built")
    with holder.lease() as index:
        assert index.generation == first
    holder.close()


def test_a_damaged_new_generation_leaves_the_one_in_use(small_corpus: Path, encoder: LetterEncoder) -> None:
    first = rebuild(small_corpus, encoder, "Première version.")
    folder = small_corpus.parent / "built"
    holder = IndexHolder(folder, encoder=encoder)
    with holder.lease():
        pass
    second = rebuild(small_corpus, encoder, "Seconde version.")
    (folder / "generations" / second / "vectors.npy").write_bytes(b"")
    with holder.lease() as index:
        assert index.generation == first
        assert index.search("version")[0].passage.text == "Première version."
    holder.close()


def test_without_a_generation_the_holder_says_so_then_recovers(small_corpus: Path, encoder: LetterEncoder) -> None:
    holder = IndexHolder(small_corpus.parent / "built", encoder=encoder)
    with pytest.raises(GenerationMissing), holder.lease():
        pass
    rebuild(small_corpus, encoder, "Enfin.")
    with holder.lease() as index:
        assert len(index.documents) == 3
    holder.close()


def test_many_threads_ask_during_swaps_without_one_failure(small_corpus: Path, encoder: LetterEncoder) -> None:
    rebuild(small_corpus, encoder, "Version 0.")
    holder = IndexHolder(small_corpus.parent / "built", encoder=encoder)
    is_over = threading.Event()
    failures: list[Exception] = []
    seen: set[str] = set()

    def ask() -> None:
        while not is_over.is_set():
            try:
                with holder.lease() as index:
                    seen.add(index.search("version")[0].passage.text)
            except Exception as error:  # noqa: BLE001 - any failure at all fails the test
                failures.append(error)
            time.sleep(0.002)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 4):
        rebuild(small_corpus, encoder, f"Version {number}.")
    with holder.lease() as index:
        assert index.search("version")[0].passage.text == "Version 3."
    is_over.set()
    for thread in threads:
        thread.join()
    holder.close()
    assert failures == []
    assert len(seen) > 1


def test_another_process_sees_a_swap_at_its_next_question(small_corpus: Path, encoder: LetterEncoder) -> None:
    folder = small_corpus.parent / "built"
    rebuild(small_corpus, encoder, "Version 0.")
    code = (
        "import json, sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path; from fakes import LetterEncoder; from index.holding import IndexHolder\n"
        "holder = IndexHolder(Path(sys.argv[1]), encoder=LetterEncoder())\n"
        "for line in sys.stdin:\n"
        "    with holder.lease() as index:\n"
        "        texts = [hit.passage.text for hit in index.search(line)]\n"
        "    print(json.dumps(texts), flush=True)\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    for number in range(3):
        if number:
            rebuild(small_corpus, encoder, f"Version {number}.")
        asked = time.monotonic()
        reader.stdin.write("version\n")
        reader.stdin.flush()
        texts = json.loads(reader.stdout.readline())
        assert f"Version {number}." in texts
        assert f"Version {number - 1}." not in texts
        assert time.monotonic() - asked < 20
    reader.communicate()
    assert reader.returncode == 0
