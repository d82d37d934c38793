"""Hits judged by a reranker."""

from __future__ import annotations

from pathlib import Path

from fakes import WordReranker

from assistant.reranking import reranked
from index.searching import Index


def test_without_a_reranker_hits_stay(small_index: Index) -> None:
    hits = small_index.search("solde", limit=5)
    assert reranked("solde", hits, None) == hits


def test_the_reranker_changes_the_order_and_is_kept_as_evidence(small_index: Index) -> None:
    hits = small_index.search("solde", limit=5)
    wanted = hits[-1].passage.text
    judged = reranked(wanted, hits, WordReranker())
    assert {hit.passage.id for hit in judged} == {hit.passage.id for hit in hits}
    assert all(hit.evidence[-1].retriever == "reranker" for hit in judged)
    best = min(judged, key=lambda hit: hit.evidence[-1].rank)
    assert best.passage.text == wanted


def test_scores_stay_between_0_and_1(small_index: Index, tmp_path: Path) -> None:
    judged = reranked("solde de la vague", small_index.search("solde", limit=5), WordReranker())
    assert all(0 <= hit.score <= 1 for hit in judged)
