"""A small server that speaks as OpenAI's and Ollama's do, by a script of replies; on loopback, in a thread."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server does with one request.

    `status` other than 200 sends `text` as the error's message. `cut` closes the connection without an end; `before_s`
    and `between_s` are waited before the first piece and between pieces; `endless` repeats until the client goes.
    """

    text: str = ""
    status: int = 200
    cut: bool = False
    before_s: float = 0.0
    between_s: float = 0.0
    endless: bool = False
    refuses_schema: bool = False
    finish: str = "stop"


@dataclass
class ModelServer:
    """Replies in order, the last one again and again; `asked` keeps the bodies of the requests."""

    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    left: threading.Event = field(default_factory=threading.Event)

    def next_reply(self, body: dict[str, Any]) -> Reply:
        self.asked.append(body)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if reply.refuses_schema and ("response_format" in body or "format" in body):
            self.replies.insert(0, reply)
            return Reply("json_schema is not supported", 400)
        return reply

    def told(self) -> str:
        """Everything that the last request said to the model."""
        return "\n".join(str(message["content"]) for message in self.asked[-1]["messages"])


@contextmanager
def model_server(*replies: Reply | str) -> Iterator[ModelServer]:
    """The server, listening; `address` without a path."""
    scripted = ModelServer([Reply(one) if isinstance(one, str) else one for one in replies])
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(scripted))
    server.daemon_threads = True
    scripted.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()


def handler(scripted: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            return

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            reply = scripted.next_reply(json.loads(self.rfile.read(length) or b"{}"))
            is_ollama = self.path == "/api/chat"
            try:
                if reply.status != 200:
                    self.refuse(reply, is_ollama=is_ollama)
                else:
                    self.stream(reply, is_ollama=is_ollama)
            except (BrokenPipeError, ConnectionResetError):
                scripted.left.set()
                self.close_connection = True

        def refuse(self, reply: Reply, *, is_ollama: bool) -> None:
            error: Any = reply.text if is_ollama else {"message": reply.text, "type": "server_error", "code": None}
            body = json.dumps({"error": error}).encode()
            self.send_response(reply.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def stream(self, reply: Reply, *, is_ollama: bool) -> None:
            time.sleep(reply.before_s)
            self.send_response(200)
            self.send_header("content-type", "application/x-ndjson" if is_ollama else "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for piece in pieces(reply):
                self.piece(ollama_line(piece) if is_ollama else openai_event(piece))
                time.sleep(reply.between_s)
            if reply.cut:
                self.wfile.write(b"7f\r\nda")
                self.close_connection = True
                return
            for line in [ollama_line("", done=True)] if is_ollama else openai_end(reply.finish):
                self.piece(line)
            self.wfile.write(b"0\r\n\r\n")

        def piece(self, line: str) -> None:
            sent = line.encode()
            self.wfile.write(f"{len(sent):x}\r\n".encode() + sent + b"\r\n")
            self.wfile.flush()

    return Handler


def pieces(reply: Reply) -> Iterator[str]:
    """The text in pieces of seven characters, so that words, markers and JSON come apart."""
    while True:
        yield from (reply.text[at : at + 7] for at in range(0, len(reply.text), 7))
        if not reply.endless:
            return


def openai_event(piece: str, **more: Any) -> str:
    choices = [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]
    whole = {
        "id": "x", "object": "chat.completion.chunk", "created": 1, "model": "essai", "choices": choices, **more,
    }  # fmt: skip
    return f"data: {json.dumps(whole)}\n\n"


def openai_end(finish: str) -> tuple[str, ...]:
    counts = {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}
    last = openai_event("", choices=[{"index": 0, "delta": {}, "finish_reason": finish}])
    return last, openai_event("", choices=[], usage=counts), "data: [DONE]\n\n"


def ollama_line(piece: str, *, done: bool = False) -> str:
    counts = {"prompt_eval_count": 90, "eval_count": 10, "done_reason": "stop"} if done else {}
    message = {"role": "assistant", "content": piece}
    line = {"model": "essai", "created_at": "2026-11-23T00:00:00Z", "message": message, "done": done, **counts}
    return json.dumps(line) + "\n"
