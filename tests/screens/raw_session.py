"""A page as a hostile client drives it: the socket of the screens, spoken to directly, without a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState


@dataclass
class RawSession:
    """One open socket. `seen` is the text of everything the server sent in the last run; `widgets` ids by key."""

    socket: Any
    seen: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def run(self, page: str = "", query: str = "", events: Sequence[WidgetState] = ()) -> RawSession:
        """Asks for a run of a page (by its path), with these widget events; waits for its end."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        message.rerun_script.widget_states.widgets.extend(events)
        self.socket.send_bytes(message.SerializeToString())
        texts: list[str] = []
        while True:
            told = ForwardMsg.FromString(self.socket.receive_bytes())
            kind = told.WhichOneof("type")
            if kind == "delta":
                texts.append(str(told.delta))
                self._note_widget(told)
            elif kind == "script_finished":
                self.seen = "\n".join(texts)
                return self

    def _note_widget(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        identity = getattr(getattr(element, kind), "id", "") if kind else ""
        if identity.startswith("$$ID-"):
            self.widgets[identity.split("-", 2)[2]] = identity


def click(identity: str) -> WidgetState:
    """The event of a button."""
    return WidgetState(id=identity, trigger_value=True)


def typed(identity: str, text: str) -> WidgetState:
    """The event of a text box."""
    return WidgetState(id=identity, string_value=text)


@contextmanager
def raw_session(client: TestClient, cookie: str | None = None) -> Iterator[RawSession]:
    """A socket opened with a cookie, or none."""
    headers = {"host": "localhost", **({"cookie": cookie} if cookie else {})}
    with client.websocket_connect("/_stcore/stream", headers=headers, subprotocols=["streamlit"]) as socket:
        yield RawSession(socket)
