from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.ranking import Moments, WordMatch, best_first, distinct, merged, ranks, relevance, top

scores_of = st.integers(1, 30).flatmap(
    lambda n: arrays(np.float32, n, elements=st.floats(0, 20, width=32, allow_subnormal=False))
)


@settings(max_examples=60, deadline=None)
@given(scores_of, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_shows(scores: np.ndarray, random: object) -> None:
    rows = np.arange(len(scores)) * 3
    shuffled = np.arange(len(scores))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    straight = rows[best_first(scores, rows)]
    assert np.array_equal(straight, rows[shuffled][best_first(scores[shuffled], rows[shuffled])])


@settings(max_examples=60, deadline=None)
@given(scores_of)
def test_ranks_count_from_one_and_follow_the_scores(scores: np.ndarray) -> None:
    found = ranks(scores, np.arange(len(scores)))
    assert sorted(found) == list(range(1, len(scores) + 1))
    assert scores[found.argmin()] == scores.max()


@settings(max_examples=60, deadline=None)
@given(scores_of, st.integers(1, 10))
def test_top_holds_the_best_positive_scores(scores: np.ndarray, limit: int) -> None:
    found = top(scores, limit)
    assert len(found) == min(limit, int((scores > 0).sum()))
    assert len(set(found)) == len(found)
    if len(found):
        left = np.delete(scores, found)
        assert left.max(initial=0) <= scores[found].min()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20)), st.lists(st.integers(0, 20)))
def test_merging_ignores_duplicates(one: list[int], other: list[int]) -> None:
    assert merged(one, other).tolist() == sorted({*one, *other})


@settings(max_examples=60, deadline=None)
@given(scores_of)
def test_relevance_grows_with_each_retriever(exact_words: np.ndarray) -> None:
    none = np.zeros_like(exact_words)
    base = relevance(none, none, WordMatch(exact_words, none, none))
    assert np.all(relevance(none + 1, none, WordMatch(exact_words, none, none)) >= base)
    assert np.all(relevance(none, none + 1, WordMatch(exact_words, none, none)) >= base)
    assert np.all(relevance(none, none, WordMatch(exact_words + 1, none, none)) >= base)
    assert np.all(relevance(none, none, WordMatch(exact_words, none + 1, none)) >= base)
    assert np.all(relevance(none, none, WordMatch(exact_words, none, none + 1)) >= base)
    assert np.all((base >= 0) & (base <= 1))


def test_deviations_are_those_of_all_passages() -> None:
    vectors = np.random.default_rng(1).normal(size=(200, 8)).astype(np.float32)
    query = np.random.default_rng(2).normal(size=8).astype(np.float32)
    cosines = vectors @ query
    expected = (cosines - cosines.mean()) / cosines.std()
    assert np.allclose(Moments.of(vectors).deviations(query, cosines), expected, atol=1e-3)


def test_one_passage_or_none_has_no_deviation() -> None:
    one = np.ones((1, 4), np.float32) / 2
    assert Moments.of(one).deviations(one[0], np.ones(1, np.float32)).tolist() == [0.0]
    assert Moments.of(one[:0]).deviations(one[0], np.zeros(0, np.float32)).tolist() == []


def kept(texts: list[str], limit: int = 10) -> tuple[str, ...]:
    return distinct(texts, text=lambda text: text, group=lambda text: "all", limit=limit)


def test_near_identical_passages_are_shown_once() -> None:
    text = "Le dépôt des demandes de solde de la vague 1 est clos le 14 décembre 2023 à 14 h pour tous les couloirs"
    assert kept([text, text.upper(), text + " hospitaliers", "Autre chose"]) == (text, "Autre chose")


def test_passages_with_another_number_are_never_identical() -> None:
    text = "Le dépôt des demandes de solde de la vague 1 est clos le 14 décembre 2023 à 14 h pour tous les couloirs"
    assert len(kept([text, text.replace("14 décembre", "15 décembre")])) == 2


def test_passages_about_other_terms_are_never_identical() -> None:
    passages = [("la même date", "vague-1"), ("la même date", "vague-2")]
    assert distinct(passages, text=lambda one: one[0], group=lambda one: one[1], limit=5) == tuple(passages)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc 12", max_size=12), max_size=12), st.integers(0, 12))
def test_distinct_keeps_order_and_limit(texts: list[str], limit: int) -> None:
    found = kept(texts, limit)
    assert len(found) <= limit
    positions = [texts.index(text) for text in found]
    assert positions == sorted(positions)
    assert kept(list(found), limit) == found
