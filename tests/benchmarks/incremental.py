"""What a build costs when little changed, on a corpus made by rule, with the bundled model and whole commands.

Run: python tests/benchmarks/incremental.py [--documents 1000] [--folder FOLDER]
Prints wall and processor time of `assistant build` for the whole corpus (nothing was ever encoded), for an unchanged
one, for one changed, one added and one removed document, each as a share of the first. On a busy machine, the share of
processor time is the one to read.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
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
    whole = timed("whole", folder, None)
    timed("unchanged", folder, whole)
    with (texts / "page-0003.md").open("a", encoding="utf-8") as file:
        file.write(ADDITION)
    timed("one changed", folder, whole)
    (texts / "nouvelle.md").write_text(page(documents + 1), encoding="utf-8")
    timed("one added", folder, whole)
    (texts / "page-0004.md").unlink()
    timed("one removed", folder, whole)


def timed(what: str, folder: Path, whole: tuple[float, float] | None) -> tuple[float, float]:
    """The wall and processor seconds of one command in a process of its own; printed with their shares of `whole`."""
    environment = {"ASSISTANT_CORPUS": folder / "corpus", "ASSISTANT_INDEX": folder / "built", "PYTHONPATH": CHECKOUT}
    started, used = time.perf_counter(), processor_s()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "build", "--json"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **{name: str(value) for name, value in environment.items()}},
    )
    spent = time.perf_counter() - started, processor_s() - used
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(done.stderr)
    report = json.loads(done.stdout)
    shares = f" ({spent[0] / whole[0]:.2%} and {spent[1] / whole[1]:.2%} of the whole)" if whole else ""
    print(
        f"{what}: {spent[0]:.2f} s, {spent[1]:.2f} s of processor{shares}: {report['passages']} passages, "
        f"{report['deadlines']} deadlines, {report['encoded']} texts encoded",
        flush=True,
    )
    return spent


def processor_s() -> float:
    """What the processes that this one started and waited for have used of processors, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        main(options.folder or Path(temporary), options.documents)
