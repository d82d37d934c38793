"""A real Chromium on a real server. Every request of every page is recorded: none may leave this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.server import running
from playwright.sync_api import Browser, Error, Page, sync_playwright

HERE = Path(__file__).resolve().parent
SCREENSHOTS = HERE / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP, PHONE, SMALL = (1280, 800), (390, 844), (320, 640)


@pytest.fixture(scope="session")
def made_by_hand() -> Iterator[str]:
    """The address of a server around the assistant made by hand."""
    with running([sys.executable, str(HERE / "serve_fake.py"), "{port}"], None, tempfile.gettempdir()) as address:
        yield address


@pytest.fixture(scope="module")
def base_url(made_by_hand: str) -> str:
    """The server that `open_page` opens; a module may have its own."""
    return made_by_hand


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        try:
            started = driver.chromium.launch(executable_path=_chromium(), args=FLAGS)
        except Error as error:
            pytest.skip(f"Chromium cannot start: {error}")
        yield started
        started.close()


def _chromium() -> str:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        pytest.skip("Chromium is not installed")
    return found


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[Opener]:
    """Opens a path of the server in a window of its own; at the end no request has left and nothing has complained."""
    contexts: list[Any] = []
    outside: list[str] = []
    complaints: list[str] = []

    def is_ours(address: str) -> bool:
        return urlsplit(address).scheme in {"data", "blob"} or urlsplit(address).hostname == "127.0.0.1"

    def opened(path: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.on("request", lambda request: None if is_ours(request.url) else outside.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _complaint(message, complaints))
        page.goto(base_url + path)
        page.locator("footer").wait_for(timeout=30_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []
    assert complaints == []


def _complaint(message: Any, complaints: list[str]) -> None:
    """Keeps what a Content-Security-Policy refused: it would have run or loaded something."""
    if message.type == "error" and "Content Security Policy" in message.text:
        complaints.append(message.text)


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Takes a picture of the whole screen into `tests/browser/screenshots`, to be looked at."""
    SCREENSHOTS.mkdir(exist_ok=True)

    def take(page: Page, name: str) -> None:
        page.wait_for_timeout(300)
        size = page.viewport_size or {"width": DESKTOP[0], "height": DESKTOP[1]}
        inner = page.evaluate(
            "(document.querySelector('[data-testid=stMain]') || document.documentElement).scrollHeight"
        )
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(int(inner) + 40, 4000))})
        page.wait_for_timeout(300)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
        page.set_viewport_size(size)

    return take


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, fetched once by npm; the tests that need it are skipped where npm is missing."""
    cache = Path(tempfile.gettempdir()) / f"axe-core-{os.getuid()}"
    source = cache / "axe.min.js"
    if not source.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is missing: accessibility not checked")
        cache.mkdir(exist_ok=True)
        packed = subprocess.run(
            [npm, "pack", "axe-core@4"], cwd=cache, capture_output=True, text=True, timeout=120, check=False
        )
        if packed.returncode != 0:
            pytest.skip("npm could not fetch axe-core: accessibility not checked")
        with tarfile.open(cache / packed.stdout.split()[-1]) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            source.write_bytes(member.read())
    return source.read_text(encoding="utf-8")
