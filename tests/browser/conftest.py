"""A real Chromium on a real server. Every request of every page is recorded: none may leave this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.pages import settled
from browser.server import running
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

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


@dataclass
class Profile:
    """A browser profile kept for all tests of a server, so that its scripts are fetched and compiled once."""

    context: BrowserContext
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Callable[[str, bool], Profile]]:
    """The profile of a server, with or without scripts; every request and complaint of its pages is noted."""
    made: dict[tuple[str, bool], Profile] = {}

    def profile(base_url: str, script: bool) -> Profile:
        if (base_url, script) not in made:
            context = browser.new_context(locale="fr-FR", java_script_enabled=script)
            one = Profile(context)
            context.on("request", lambda request: None if _is_ours(request.url) else one.outside.append(request.url))
            context.on("weberror", lambda raised: one.complaints.append(str(raised.error)))
            context.on("console", lambda message: _complaint(message, one.complaints))
            made[base_url, script] = one
        return made[base_url, script]

    yield profile
    for one in made.values():
        one.context.close()


@pytest.fixture
def open_page(profiles: Callable[[str, bool], Profile], base_url: str) -> Iterator[Opener]:
    """Opens a path of the server in a window of its own; at the end no request has left and nothing has complained."""
    used: list[Profile] = []

    def opened(path: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False, script: bool = True) -> Page:
        one = profiles(base_url, script)
        used.append(one)
        page = one.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(base_url + path)
        page.locator("footer").wait_for(timeout=30_000)
        return settled(page) if script else page

    yield opened
    noted = [line for one in used for line in (*one.outside, *one.complaints)]
    for one in used:
        for page in one.context.pages:
            page.close()
        one.context.clear_cookies()
        one.outside.clear()
        one.complaints.clear()
    assert noted == []


def _is_ours(address: str) -> bool:
    return urlsplit(address).scheme in {"data", "blob"} or urlsplit(address).hostname == "127.0.0.1"


def _complaint(message: Any, complaints: list[str]) -> None:
    """Keeps what a Content-Security-Policy refused: it would have run or loaded something."""
    if message.type == "error" and "Content Security Policy" in message.text:
        complaints.append(message.text)


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Takes a picture of the whole screen into `tests/browser/screenshots`, to be looked at."""
    SCREENSHOTS.mkdir(exist_ok=True)

    def take(page: Page, name: str) -> None:
        settled(page)
        size = page.viewport_size or {"width": DESKTOP[0], "height": DESKTOP[1]}
        inner = page.evaluate(
            "(document.querySelector('[data-testid=stMain]') || document.documentElement).scrollHeight"
        )
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(int(inner) + 40, 4000))})
        settled(page).screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")
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
