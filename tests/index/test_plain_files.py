from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.plain_files import JsonLines, json_line, map_array, write_array, write_atomically, write_json_lines
from index.record_files import from_plain, to_plain
from index.records import (
    Block,
    DayRange,
    Document,
    DocumentInfo,
    LeftOut,
    Page,
    Passage,
    Source,
    Span,
    Tag,
)

SOURCE = Source(
    "Agence",
    "guide",
    2,
    DayRange(date(2024, 1, 1), date(2024, 1, 31)),
    "2024-01",
    published_on_estimated=True,
    retrieved_on=None,
    url=None,
)
INFO = DocumentInfo("a", "a.md", "Titre", SOURCE, "summary", SOURCE, None, date(2025, 1, 1), ("b",), is_listed=True)
ROW = Block("row", 0, 3, 0, (Span(1, 0, 3, "été"),), (None,))
DOCUMENT = Document(INFO, "hash", (Page(1, "été", (ROW,)),), (LeftOut("menu", "navigation"),), ("une alerte",))


@pytest.mark.parametrize("record", [SOURCE, INFO, DOCUMENT])
def test_records_come_back_as_they_were(record: object) -> None:
    plain = to_plain(record)
    assert from_plain(type(record), plain) == record
    assert json_line(plain).count(b"\n") == 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=6), st.booleans())
def test_json_lines_come_back_whatever_they_hold(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], twice: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "texts.jsonl"
    write_json_lines(path, texts)
    if twice:
        write_json_lines(path, texts)
    lines: JsonLines[str] = JsonLines(path, str)
    assert list(lines) == texts
    assert len(lines) == len(texts)
    if texts:
        assert lines[-1] == texts[-1]
        assert lines[:2] == tuple(texts[:2])
    with pytest.raises(IndexError):
        lines[len(texts)]


def test_a_passage_keeps_every_field() -> None:
    passage = Passage(
        "a:1",
        "a",
        "row",
        2,
        0,
        3,
        "été",
        ("Titre", "Vague 1"),
        ((0, 3),),
        (Span(2, 0, 3, "été"),),
        (Span(1, 0, 2, "en"),),
        (Tag("wave", "vague-1"),),
        (Tag("lane", "hopital"),),
    )
    assert from_plain(Passage, to_plain(passage)) == passage
    assert set(to_plain(passage)) == {field.name for field in dataclasses.fields(Passage)}


def test_a_shortened_lines_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    write_json_lines(path, ["un", "deux"])
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ValueError, match="bytes instead of"):
        JsonLines(path, str)


@pytest.mark.parametrize("shape", [(0,), (0, 26), (3,), (2, 3)])
def test_arrays_are_mapped_read_only(tmp_path: Path, shape: tuple[int, ...]) -> None:
    array = np.arange(int(np.prod(shape)), dtype=np.float32).reshape(shape)
    write_array(tmp_path / "a.npy", array)
    mapped = map_array(tmp_path / "a.npy")
    assert mapped.shape == shape
    assert np.array_equal(mapped, array)
    if array.size:
        with pytest.raises(ValueError, match="read-only"):
            mapped[0] = 1


def test_pickled_arrays_are_never_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="layout"):
        map_array(tmp_path / "a.npy")


def test_a_small_file_is_replaced_whole(tmp_path: Path) -> None:
    for text in ("un", "deux"):
        write_atomically(tmp_path / "current", text)
        assert (tmp_path / "current").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["current"]
