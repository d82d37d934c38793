"""What a build costs when little changed, on a corpus made by rule, with the bundled model and whole commands.

Run: python tests/benchmarks/incremental.py [--documents 1000] [--folder FOLDER]
Prints the wall time of `assistant build` for the whole corpus (nothing was ever encoded), for an unchanged one, for one
changed, one added and one removed document, each as a share of the first.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from synthetic_corpus import page, write_synthetic_corpus

CHECKOUT = Path(__file__).resolve().parents[2]
ADDITION = "\n## Ajout\n\nLe solde de la vague 2 est reporté du 3 mars 2027 au 4 mai 2027 pour le couloir Musée.\n"


def main(folder: Path, documents: int) -> None:
    corpus = write_synthetic_corpus(folder / "corpus", documents)
    texts = corpus / "documents" / "lot-00"
    print(f"{documents} documents, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    whole_s = timed("whole", folder, 0.0)
    timed("unchanged", folder, whole_s)
    with (texts / "page-0003.md").open("a", encoding="utf-8") as file:
        file.write(ADDITION)
    timed("one changed", folder, whole_s)
    (texts / "nouvelle.md").write_text(page(documents + 1), encoding="utf-8")
    timed("one added", folder, whole_s)
    (texts / "page-0004.md").unlink()
    timed("one removed", folder, whole_s)


def timed(what: str, folder: Path, whole_s: float) -> float:
    """The wall time of one command in a process of its own, in seconds; printed with its share of `whole_s`."""
    environment = {"ASSISTANT_CORPUS": folder / "corpus", "ASSISTANT_INDEX": folder / "built", "PYTHONPATH": CHECKOUT}
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "build", "--json"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **{name: str(value) for name, value in environment.items()}},
    )
    elapsed_s = time.perf_counter() - started
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(done.stderr)
    report = json.loads(done.stdout)
    share = f", {elapsed_s / whole_s:.2%} of the whole" if whole_s else ""
    print(
        f"{what}: {elapsed_s:.2f} s{share} ({report['passages']} passages, {report['deadlines']} deadlines, "
        f"{report['encoded']} texts encoded)",
        flush=True,
    )
    return elapsed_s


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        main(options.folder or Path(temporary), options.documents)
