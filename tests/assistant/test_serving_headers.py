import asyncio
import re
import socket
import tomllib
from pathlib import Path

import pytest
import streamlit
from conftest import STAFF_PASSWORDS
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.testclient import TestClient

from assistant import serving
from assistant.errors import AssistantError
from assistant.headers import AllowedHosts, BodyLimit, FrenchShell, SameOrigin, SecurityHeaders, content_security_policy
from assistant.settings import CHECKOUT

SHELL = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()


def get(app, path="/", **options):
    return TestClient(app, base_url="http://localhost").get(path, **options)


def test_the_policy_allows_only_the_known_inline_script():
    policy = content_security_policy(SHELL)
    assert policy.count("'sha256-") == 1
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy


def test_headers_are_added_unless_the_answer_has_its_own():
    answer = get(SecurityHeaders(PlainTextResponse("x"), "default-src 'self'"))
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    own = PlainTextResponse("x", headers={"content-security-policy": "default-src 'none'"})
    assert get(SecurityHeaders(own, "default-src 'self'")).headers["content-security-policy"] == "default-src 'none'"


def test_the_shell_is_in_french_and_other_pages_are_left_alone():
    page = get(FrenchShell(HTMLResponse(SHELL)))
    assert '<html lang="fr"' in page.text
    assert "You need to enable JavaScript" not in page.text
    assert "/simple/page.js" in page.text
    assert "service-desc" not in page.text
    assert int(page.headers["content-length"]) == len(page.content)
    assert get(FrenchShell(HTMLResponse('<html lang="en">autre'))).text == '<html lang="en">autre'
    assert get(FrenchShell(PlainTextResponse('<html lang="en">'))).text == '<html lang="en">'


@pytest.mark.parametrize(("size", "status"), [(10, 200), (100, 200), (101, 413)])
def test_bodies_over_the_limit_are_refused(size, status):
    async def echo(scope, receive, send):
        message = await receive()
        await PlainTextResponse(str(len(message["body"])))(scope, receive, send)

    client = TestClient(BodyLimit(echo, ("/api",), 100))
    answer = client.post("/api/ask", content=b"x" * size)
    assert answer.status_code == status
    assert answer.text == str(size) if status == 200 else answer.json()["error"]


@pytest.mark.parametrize(
    ("host", "header", "status"),
    [
        ("127.0.0.1", "localhost:8501", 200),
        ("127.0.0.1", "127.0.0.1:8501", 200),
        ("127.0.0.1", "[::1]:8501", 200),
        ("127.0.0.1", "evil.invalid", 400),
        ("0.0.0.0", "any.example", 200),
        ("::1", "[::1]", 200),
    ],
)
def test_only_our_hosts_are_answered(host, header, status):
    app = AllowedHosts(PlainTextResponse("x"), serving.allowed_hosts(host))
    assert get(app, headers={"host": header}).status_code == status


def test_a_websocket_of_another_host_is_closed():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "headers": [(b"host", b"evil.invalid")]}
    asyncio.run(AllowedHosts(PlainTextResponse("x"), serving.allowed_hosts("127.0.0.1"))(scope, receive, send))
    assert sent[0]["type"] == "websocket.close"


def test_a_taken_port_is_said_in_french():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(AssistantError, match="--port"):
            serving._check_port("127.0.0.1", taken.getsockname()[1])


def test_streamlit_is_told_to_call_nobody():
    options = serving.configuration("127.0.0.1", 8501)
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"


def test_the_file_for_a_bare_streamlit_run_says_the_same():
    written = tomllib.loads((CHECKOUT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    given = serving.configuration("127.0.0.1", 8501)
    flat = {f"{section}.{name}": value for section, values in _flat(written) for name, value in values.items()}
    assert flat == {name: given[name] for name in flat}
    assert "browser.gatherUsageStats" in flat
    assert set(serving.THEME) <= set(flat)


def _flat(tree, prefix=""):
    for name, value in tree.items():
        section = f"{prefix}{name}"
        yield section, {key: one for key, one in value.items() if not isinstance(one, dict)}
        yield from _flat({key: one for key, one in value.items() if isinstance(one, dict)}, f"{section}.")


PATHS = [
    "/",
    "/verification",
    "/connexion",
    "/simple",
    "/nothing",
    "/media/x.csv",
    "/_stcore/health",
    "/oauth2callback",
]


def test_every_answer_has_the_security_headers_and_no_open_cookie(whole_site):
    client, _ = whole_site
    for path in PATHS:
        answer = client.get(path, follow_redirects=False)
        assert answer.headers["x-frame-options"] == "DENY", path
        assert answer.headers["referrer-policy"] == "no-referrer", path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
        for cookie in answer.headers.get_list("set-cookie"):
            assert re.search(r"samesite=(lax|strict)", cookie, re.IGNORECASE), cookie


def test_files_are_taken_from_maintainers_alone(whole_site):
    client, access = whole_site
    client.get("/_stcore/health")

    def put(role):
        cookies = {"assistant_staff": access.enter("Ana", STAFF_PASSWORDS[role], f"upload {role}")} if role else {}
        answer = client.put("/_stcore/upload_file/session/file", files={"file": ("a.txt", b"x")}, cookies=cookies)
        return answer.status_code, answer.text

    for role in (None, "support"):
        status, said = put(role)
        assert status == 403
        assert "maintenance" in said
    assert "maintenance" not in put("maintainer")[1]  # now Streamlit judges: its token, its session, its limit of size


def test_many_files_from_one_address_are_told_to_wait(whole_site):
    client, _ = whole_site
    answers = [client.put("/_stcore/upload_file/session/file", content=b"x").status_code for _ in range(31)]
    assert set(answers) == {403, 429}
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("origin", "host", "is_let_in"),
    [
        (None, "localhost:8501", True),
        ("http://localhost:8501", "localhost:8501", True),
        ("https://aide.exemple.fr", "aide.exemple.fr", True),
        ("https://aide.exemple.fr", "10.0.0.7:8501", True),
        ("https://ailleurs.exemple.fr", "aide.exemple.fr", False),
        ("http://localhost:8502", "localhost:8501", False),
        ("null", "localhost:8501", False),
        ("http://[", "localhost:8501", False),
        ("", "localhost:8501", False),
    ],
)
def test_only_pages_of_the_site_open_sockets(origin, host, is_let_in):
    """Streamlit would ask a server on the internet before it refused them."""
    passed, sent = [], []

    async def app(scope, receive, send):
        passed.append(scope)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin is not None else [])]
    guarded = SameOrigin(app, "https://aide.exemple.fr")
    asyncio.run(guarded({"type": "websocket", "headers": headers}, receive, send))
    assert bool(passed) is is_let_in
    assert [one["code"] for one in sent] == ([] if is_let_in else [1008])
