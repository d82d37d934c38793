from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import CHECKOUT, KNOWN, PREFIX, Settings, load_settings

NAMES = "CORPUS INDEX JOURNAL CHROMA_URL EMBEDDING_MODEL RERANKER LLM LLM_URL LLM_KEY VOCABULARY DAY"
CONTRACT = set(NAMES.split())


def settings(**given: str) -> Settings:
    return load_settings({PREFIX + name: value for name, value in given.items()})


def test_defaults_are_those_of_the_contract() -> None:
    made = settings()
    assert made.corpus == CHECKOUT / "corpus"
    assert made.index == CHECKOUT / "index" / "built"
    assert made.journal == f"sqlite:///{CHECKOUT / 'index' / 'built' / 'journal.sqlite3'}"
    assert made.embedding_model == "bundled"
    assert (made.chroma_url, made.reranker, made.llm, made.llm_url, made.llm_key) == (None,) * 5
    assert (made.vocabulary, made.day) == (None, None)


def test_every_setting_of_the_contract_is_accepted() -> None:
    assert set(KNOWN) >= CONTRACT
    values = dict.fromkeys(CONTRACT, "x") | {"DAY": "2026-11-22"}
    made = settings(**values)
    assert (made.llm, made.llm_url, made.llm_key, made.reranker, made.chroma_url) == ("x",) * 5


def test_relative_paths_are_taken_from_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = settings(
        CORPUS="tests/corpus/lumiere", INDEX=str(tmp_path), VOCABULARY="other.toml", EMBEDDING_MODEL="tests/corpus"
    )
    assert made.corpus == CHECKOUT / "tests" / "corpus" / "lumiere"
    assert made.index == tmp_path
    assert made.vocabulary == CHECKOUT / "other.toml"
    assert made.embedding_model == str(CHECKOUT / "tests" / "corpus")


def test_a_relative_journal_is_taken_from_the_checkout() -> None:
    assert (
        settings(JOURNAL="sqlite:///kept/journal.sqlite3").journal == f"sqlite:///{CHECKOUT / 'kept/journal.sqlite3'}"
    )
    for as_it_is in ("sqlite:////var/journal.sqlite3", "sqlite://", "postgresql://someone@somewhere/journal"):
        assert settings(JOURNAL=as_it_is).journal == as_it_is


def test_a_model_name_is_no_path() -> None:
    assert settings(EMBEDDING_MODEL="someone/some-model").embedding_model == "someone/some-model"


def test_an_empty_value_is_the_default_and_spaces_do_not_count() -> None:
    made = settings(CORPUS="", LLM="  ", DAY=" 2026-11-22 ")
    assert made.corpus == CHECKOUT / "corpus"
    assert made.llm is None
    assert made.day == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("given", "nearest"), [("CORPSU", "CORPUS"), ("EMBEDING_MODEL", "EMBEDDING_MODEL"), ("RERANK", "RERANKER")]
)
def test_an_unknown_setting_names_the_nearest(given: str, nearest: str) -> None:
    with pytest.raises(SettingsError, match=f"{PREFIX}{given}.*{PREFIX}{nearest} "):
        settings(**{given: "x"})


@pytest.mark.parametrize("value", ["demain", "22/11/2026", "2026-13-01"])
def test_an_impossible_day_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match=r"ASSISTANT_DAY.*2026-11-22"):
        settings(DAY=value)


@pytest.mark.parametrize("value", ["0", "1", "beaucoup", "-0.1", "nan"])
def test_an_impossible_error_rate_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="entre 0 et 1"):
        settings(MAX_ERROR_RATE=value)


def test_other_variables_are_left_alone() -> None:
    assert load_settings({"HOME": "x", "MY_ASSISTANT_X": "y"}) == settings()


def test_the_file_gives_way_to_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.settings.CHECKOUT", tmp_path)
    (tmp_path / ".env").write_text("ASSISTANT_CORPUS=a\nASSISTANT_DAY=2026-01-02\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_CORPUS", "b")
    made = load_settings()
    assert made.corpus == tmp_path / "b"
    assert made.day == date(2026, 1, 2)
    (tmp_path / ".env").write_text("ASSISTANT_CORPSU=a\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="ASSISTANT_CORPUS"):
        load_settings()
