"""Small sentence-transformers models written to disk: real ones, random and tiny."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = [*SPECIAL, "la", "date", "limite", "du", "solde", "qui", "paie", "?", ".", ":", "query", "passage"]


def bert_parts(folder: Path, labels: int | None) -> str:
    """A random BERT of one layer with its tokeniser, in `folder`; `labels` makes it a classifier."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    config = BertConfig(vocab_size=len(WORDS), max_position_embeddings=64, **sizes)
    model: Any
    if labels:
        config.num_labels = labels
        model = BertForSequenceClassification(config)
    else:
        model = BertModel(config)
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    model.save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    return str(folder)


def write_encoder(folder: Path, prompts: dict[str, str] | None = None) -> str:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    transformer = Transformer(bert_parts(folder.parent / f"{folder.name} parts", None))
    model = SentenceTransformer(modules=[transformer, Pooling(32)], prompts=prompts, device="cpu")
    model.save(str(folder))
    return str(folder)
