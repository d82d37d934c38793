"""One peer in an environment of its own: `python peer_runs.py NAME WORK_FOLDER VECTORS RESULT.json`, run by `peers.py`.

WORK_FOLDER holds `passages.json`, `questions.json`, the model's folder and, for VECTORS = "given", `vectors.npz`.
Nothing of this project is imported. Each recipe is what the peer's own documentation shows, with the same model, its
prefixes and 10 results; it gives a function from a question to the ids of passages, best first.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(ANONYMIZED_TELEMETRY="False", HAYSTACK_TELEMETRY_ENABLED="False", HF_HUB_OFFLINE="1")
LIMIT = 10

Ask = Callable[[str], "list[str]"]


class Named:
    """multilingual-e5-small by sentence-transformers in float32, with its prefixes."""

    def __init__(self, work: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(str(work / "model"), device="cpu")
        self.dimension = 384

    def passages(self, texts: list[str]) -> list[list[float]]:
        encoded: list[list[float]] = self.model.encode(texts, prompt="passage: ", show_progress_bar=False).tolist()
        return encoded

    def query(self, text: str) -> list[float]:
        encoded: list[float] = self.model.encode([text], prompt="query: ", show_progress_bar=False)[0].tolist()
        return encoded


class Given:
    """The vectors that our bundled model made, looked up: what is left is the peer's own work."""

    def __init__(self, work: Path) -> None:
        import numpy as np

        stored = np.load(work / "vectors.npz")
        passages = [one["text"] for one in json.loads((work / "passages.json").read_text("utf-8"))]
        questions = [one["text"] for one in json.loads((work / "questions.json").read_text("utf-8"))]
        self.dimension = stored["passages"].shape[1]
        self._passages = dict(zip(passages, stored["passages"].tolist(), strict=True))
        self._queries = dict(zip(questions, stored["queries"].tolist(), strict=True))

    def passages(self, texts: list[str]) -> list[list[float]]:
        return [self._passages[text] for text in texts]

    def query(self, text: str) -> list[float]:
        return self._queries[text]


def langchain(passages: list[dict[str, str]], encoder: Any, folder: Path, *, with_words: bool = False) -> Ask:
    """`Chroma.from_documents(...).as_retriever()`, with BM25 in an ensemble or alone."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

    class Adapter(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return encoder.passages(texts)

        def embed_query(self, text: str) -> list[float]:
            return encoder.query(text)

    documents = [Document(page_content=one["text"], metadata={"id": one["id"]}) for one in passages]
    store = Chroma.from_documents(documents, Adapter(), persist_directory=str(folder))
    retriever: Any = store.as_retriever(search_kwargs={"k": LIMIT})
    if with_words:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever

        words = BM25Retriever.from_documents(documents)
        words.k = LIMIT
        retriever = EnsembleRetriever(retrievers=[words, retriever], weights=[0.5, 0.5])
    return lambda question: [found.metadata["id"] for found in retriever.invoke(question)]


def langchain_ensemble(passages: list[dict[str, str]], encoder: Any, folder: Path) -> Ask:
    return langchain(passages, encoder, folder, with_words=True)


def llamaindex(passages: list[dict[str, str]], encoder: Any, folder: Path) -> Ask:
    """A vector index on Chroma and BM25 (French), fused by reciprocal ranks."""
    import chromadb
    import Stemmer
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever
    from llama_index.vector_stores.chroma import ChromaVectorStore

    class Adapter(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return encoder.passages([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return encoder.passages(texts)

        def _get_query_embedding(self, query: str) -> list[float]:
            return encoder.query(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return encoder.query(query)

    nodes = [TextNode(id_=one["id"], text=one["text"]) for one in passages]
    collection = chromadb.PersistentClient(str(folder)).create_collection("passages")
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    index = VectorStoreIndex(nodes, storage_context=storage, embed_model=Adapter(embed_batch_size=64))
    words = BM25Retriever.from_defaults(
        nodes=nodes, similarity_top_k=LIMIT, stemmer=Stemmer.Stemmer("french"), language="fr"
    )
    fused = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=LIMIT), words],
        llm=MockLLM(),
        similarity_top_k=LIMIT,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )
    return lambda question: [found.node.node_id for found in fused.retrieve(question)]


def haystack(passages: list[dict[str, str]], encoder: Any, folder: Path) -> Ask:
    """An in-memory store, BM25 and vectors, joined by reciprocal ranks."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    vectors = encoder.passages([one["text"] for one in passages])
    store.write_documents(
        [
            Document(id=one["id"], content=one["text"], embedding=vector)
            for one, vector in zip(passages, vectors, strict=True)
        ]
    )
    words, near = InMemoryBM25Retriever(store, top_k=LIMIT), InMemoryEmbeddingRetriever(store, top_k=LIMIT)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=LIMIT)

    def ask(question: str) -> list[str]:
        by_words = words.run(query=question)["documents"]
        by_vectors = near.run(query_embedding=encoder.query(question))["documents"]
        return [found.id for found in joiner.run(documents=[by_words, by_vectors])["documents"]]

    return ask


def txtai(passages: list[dict[str, str]], encoder: Any, folder: Path) -> Ask:
    """`Embeddings(hybrid=True)`; the vectors come from the encoder, as its documentation shows for own ones."""
    import numpy as np
    from txtai import Embeddings

    asked: list[str] = []

    def transform(texts: list[str]) -> Any:
        if asked:
            return np.array([encoder.query(text) for text in texts], np.float32)
        return np.array(encoder.passages(list(texts)), np.float32)

    index = Embeddings(method="external", transform=transform, hybrid=True, content=False)
    index.index((one["id"], one["text"], None) for one in passages)

    def ask(question: str) -> list[str]:
        asked[:] = [question]
        return [str(name) for name, _ in index.search(question, LIMIT)]

    return ask


RECIPES: dict[str, Any] = {
    "langchain": langchain,
    "langchain_ensemble": langchain_ensemble,
    "llamaindex": llamaindex,
    "haystack": haystack,
    "txtai": txtai,
}


def peak_mb() -> float:
    """The most memory this process had resident (`ru_maxrss` would begin with that of its parent)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main(name: str, work: Path, vectors: str, result: Path) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    passages = json.loads((work / "passages.json").read_text("utf-8"))
    questions = json.loads((work / "questions.json").read_text("utf-8"))
    encoder = Given(work) if vectors == "given" else Named(work)
    ready, ready_cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        ask = RECIPES[name](passages, encoder, Path(folder))
        built, built_cpu = time.perf_counter(), time.process_time()
        taken_ms, found = [], []
        for question in questions:
            began = time.perf_counter()
            found.append(ask(question["text"]))
            taken_ms.append(1000 * (time.perf_counter() - began))
    measured = {
        "load_s": ready - started,
        "index_s": built - ready,
        "index_cpu_s": built_cpu - ready_cpu,
        "whole_s": built - started,
        "whole_cpu_s": built_cpu - cpu,
        "ask_cpu_ms": 1000 * (time.process_time() - built_cpu) / len(questions),
        "taken_ms": taken_ms,
        "found": found,
        "peak_mb": peak_mb(),
    }
    result.write_text(json.dumps(measured), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
    os._exit(0)  # some peers leave threads behind
