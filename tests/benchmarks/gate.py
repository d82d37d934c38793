"""What the gate leaves unasked: documents of the corpus are withdrawn one by one, all golden questions asked each time.

    python tests/benchmarks/gate.py [--documents 8] [--seed 1]

For each: how many answers changed their verdict, how many questions the gate would have asked for cause, and which of
the changed answers are not among these. Reading the other way round, each line is a document that is added.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path

from assistant.evaluating import read_questions
from assistant.golden_answers import Asking, key
from assistant.settings import load_settings
from assistant.untouched import Touching
from index import generations
from index.building import build
from index.differing import differing
from index.encoding import load_encoder
from index.searching import Index
from index.vector_cache import CachedEncoder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    settings = load_settings({})
    questions = read_questions(settings.corpus / "questions.jsonl")
    asking = Asking(settings, None)
    with tempfile.TemporaryDirectory() as folder:
        corpus, built = Path(folder) / "corpus", Path(folder) / "built"
        shutil.copytree(settings.corpus, corpus)
        encoder = CachedEncoder(load_encoder(settings.embedding_model), built / "vectors")

        def opened() -> Index:
            build(corpus, built, encoder=encoder)
            return Index.open(generations.current(built).folder, encoder=encoder)

        former = opened()
        recorded = asking.ask(questions, former)
        documents = sorted(path for path in (corpus / "documents").rglob("*") if path.is_file())
        for path in random.Random(options.seed).sample(documents, options.documents):
            aside = Path(folder) / path.name
            path.rename(aside)
            index = opened()
            changed = differing(former, index)
            if changed is None:
                raise SystemExit("the program changed meanwhile")
            started = time.perf_counter()
            touching = Touching(changed, index, asking.assistant(index))
            touched = {key(one) for one in questions if (b := recorded[key(one)].basis) and touching.touches(one, b)}
            took = time.perf_counter() - started
            found = asking.ask(questions, index)
            other = {name for name, one in found.items() if one.verdict != recorded[name].verdict}
            missed = sorted(found[name].id for name in other - touched)
            print(
                f"{path.name}: {len(changed.passages)} passages, asked for cause {len(touched)} of {len(questions)} "
                f"(chosen in {took:.1f} s), verdicts changed {len(other)}, not asked {len(missed)} {missed}",
                flush=True,
            )
            index.close()
            aside.rename(path)
        former.close()


if __name__ == "__main__":
    main()
