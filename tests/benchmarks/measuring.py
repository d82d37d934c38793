"""What the benchmarks share: the machine, spreads of times, memory of processes, a server, a report with a plot."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import quantiles
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

FLAGS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8")


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a minute or so, rougher figures")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "build" / "benchmarks", help="JSON and plots go there")
    return parser


def machine() -> str:
    """Processor, cores, what of its instructions matters, and how busy it is now."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    said = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    flags = [flag for flag in FLAGS if flag in said.get("flags", "").split()]
    python = ".".join(map(str, sys.version_info[:3]))
    load = os.getloadavg()[0]
    return (
        f"{said.get('model name', '?')}, {os.cpu_count()} cores ({' '.join(flags)}), Python {python}, "
        f"load average before: {load:.1f}"
    )


def spread(taken_ms: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and longest of times in milliseconds."""
    cuts = quantiles(taken_ms, n=20) if len(taken_ms) > 1 else [taken_ms[0]] * 19
    return {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1), "max_ms": round(max(taken_ms), 1)}


def memory_mb(pid: int | str = "self") -> dict[str, float]:
    """Memory of a process: `resident` now in all, `own` without mapped files, `peak` the most it ever had resident."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    fields = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.endswith(" kB")}
    names = {"resident": "VmRSS", "own": "RssAnon", "peak": "VmHWM"}
    return {name: round(int(fields[field]) / 1024, 1) for name, field in names.items()}


def processor_s(pid: int) -> float:
    """Seconds of processor that a process has used, on all cores."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server of ours on loopback; `started` is the moment its process began."""

    address: str
    process: subprocess.Popen[bytes]
    started: float

    def ask(self, question: str) -> float:
        """Asks on /api/ask and returns the milliseconds it took, connecting included."""
        began = time.perf_counter()
        status, _ = post(self.address, question)
        if status != 200:
            raise RuntimeError(f"status {status}")
        return 1000 * (time.perf_counter() - began)


def post(address: str, question: str) -> tuple[int, bytes]:
    """Status and body of a question."""
    body = json.dumps({"question": question}).encode()
    asked = urllib.request.Request(f"{address}/api/ask", body, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@contextmanager
def serving(index: Path, ready: str = "/health", **settings: str) -> Iterator[Server]:
    """A server that answers `ready`; no limit of questions for one address, since all come from here."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    unlimited = {"ASSISTANT_ASKS_PER_ADDRESS": "0", "ASSISTANT_ASKS_PER_SESSION": "0"}
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        kept = {**environment(index), "ASSISTANT_JOURNAL": f"sqlite:///{folder}/journal.sqlite3"}
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, env={**kept, **unlimited, **settings}, cwd=CHECKOUT
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}{ready}", process)
            yield Server(f"http://127.0.0.1:{port}", process, started)
        finally:
            process.terminate()
            process.wait(20)


def environment(index: Path) -> dict[str, str]:
    """What a process of ours needs to use this checkout and that index."""
    return {**os.environ, "ASSISTANT_INDEX": str(index), "PYTHONPATH": str(CHECKOUT)}


def _wait_for(address: str, process: subprocess.Popen[bytes], limit_s: float = 120) -> None:
    for _ in range(int(limit_s / 0.02)):
        if process.poll() is not None:
            raise RuntimeError("the server has stopped")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not start")


def save(report: Mapping[str, Any], folder: Path, name: str, bars: Mapping[str, Mapping[str, float]]) -> None:
    """Writes `name.json` and `name.svg`, a chart for each entry of `bars` (title → label → value)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    (folder / f"{name}.svg").write_text(charts(bars), encoding="utf-8")
    print(f"\n{folder / name}.json and .svg")


def charts(bars: Mapping[str, Mapping[str, float]]) -> str:
    """Horizontal bars, one chart below the other, as SVG."""
    lines: list[str] = []
    y = 30
    for title, values in bars.items():
        lines.append(f'<text x="10" y="{y}" font-weight="bold">{escape(title)}</text>')
        longest = max((value for value in values.values()), default=1) or 1
        for label, value in values.items():
            y += 24
            width = max(1.0, 460 * value / longest)
            lines.append(f'<text x="240" y="{y}" text-anchor="end">{escape(label)}</text>')
            lines.append(f'<rect x="250" y="{y - 13}" width="{width:.1f}" height="16" fill="#0f5a6b"/>')
            lines.append(f'<text x="{256 + width:.1f}" y="{y}">{value:g}</text>')
        y += 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="{y}" font-family="sans-serif" font-size="13">'
        f'<rect width="800" height="{y}" fill="#ffffff"/>{"".join(lines)}</svg>\n'
    )
