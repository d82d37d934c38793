"""The door to LangChain against a server that behaves and misbehaves as real ones do, in both dialects."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from model_servers import ModelServer, Reply, model_server

from assistant.circuit import Circuit
from assistant.errors import LanguageModelFailed, LanguageModelMissing
from assistant.language_model import LanguageModel, Limits
from assistant.prompting import Prompt
from assistant.providers import limits_within, open_language_model
from assistant.replies import MOST_REPLY_CHARS, SCHEMA
from assistant.settings import load_settings

PROMPT = Prompt("Les règles.", "Les passages et la question secrète.")
QUICK = Limits(connect_s=1.0, first_token_s=0.8, whole_s=1.6, retry_s=0.01)
ROOMY = Limits(connect_s=5.0, first_token_s=30.0, whole_s=60.0, retry_s=0.01)
DIALECTS = ("openai", "ollama")


def opened(server: ModelServer, dialect: str = "openai", limits: Limits = ROOMY) -> LanguageModel:
    url = server.address + ("/v1" if dialect == "openai" else "")
    return open_language_model(load_settings({"ASSISTANT_LLM": f"{dialect}:essai", "ASSISTANT_LLM_URL": url}), limits)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_reply_is_streamed_and_counted(dialect: str) -> None:
    with model_server("Le guichet ouvre le 3 juin 2024 [1].") as server:
        reply = opened(server, dialect).reply(PROMPT)
    assert reply.text == "Le guichet ouvre le 3 juin 2024 [1]."
    assert (reply.input_tokens, reply.output_tokens) == (90, 10)
    assert 0 < reply.first_token_ms <= reply.total_ms
    assert [message["role"] for message in server.asked[0]["messages"]] == ["system", "user"]
    assert server.asked[0]["stream"] is True


def test_usage_is_asked_for_from_a_server_of_one_s_own() -> None:
    with model_server("ok") as server:
        opened(server).reply(PROMPT)
    assert server.asked[0]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_schema_is_sent(dialect: str) -> None:
    with model_server("{}") as server:
        opened(server, dialect).reply(PROMPT, schema=SCHEMA)
    sent = server.asked[0]
    got = sent["format"] if dialect == "ollama" else sent["response_format"]["json_schema"]["schema"]
    assert got["required"] == ["answerable", "points"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_server_that_refuses_the_schema_is_asked_without_it_from_then_on(dialect: str) -> None:
    with model_server(Reply("voici", refuses_schema=True)) as server:
        model = opened(server, dialect)
        assert model.reply(PROMPT, schema=SCHEMA).text == "voici"
        assert model.reply(PROMPT, schema=SCHEMA).text == "voici"
    assert ["response_format" in body or "format" in body for body in server.asked] == [True, False, False]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "busy",
    [Reply("slow down", 429), Reply("overloaded", 503), Reply("Loading model", 500)],
    ids=["429", "503", "loading"],
)
def test_a_busy_server_is_asked_once_more(dialect: str, busy: Reply) -> None:
    with model_server(busy, "Voici.") as server:
        assert opened(server, dialect).reply(PROMPT).text == "Voici."
    assert len(server.asked) == 2


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_server_that_stays_busy_is_not_asked_a_third_time(dialect: str) -> None:
    with model_server(Reply("slow down", 429)) as server, pytest.raises(LanguageModelFailed, match="occupé"):
        opened(server, dialect).reply(PROMPT)
    assert len(server.asked) == 2


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("Le guichet ouvre", cut=True), "n'a pas fini"),
        (Reply(""), "rien répondu"),
        (Reply("   \n "), "rien répondu"),
        (Reply("boom", 500), "refuse"),
        (Reply("no such model", 404), "refuse"),
    ],
    ids=["cut", "empty", "blank", "500", "404"],
)
def test_what_goes_wrong_is_one_french_sentence(dialect: str, reply: Reply, said: str) -> None:
    with model_server(reply) as server, pytest.raises(LanguageModelFailed, match=said) as raised:
        opened(server, dialect).reply(PROMPT)
    assert "essai" in str(raised.value)
    assert "secrète" not in str(raised.value) + raised.value.reason


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "reply",
    [Reply("tard", before_s=2.0), Reply("lentement, très lentement, " * 3, between_s=0.3)],
    ids=["no first token", "no end"],
)
def test_a_slow_reply_is_left_in_time(dialect: str, reply: Reply) -> None:
    with model_server("ok", reply) as server:
        model = opened(server, dialect)
        model.reply(PROMPT)  # what is imported at the first reply is no matter of the server's
        model._limits = QUICK
        started = time.monotonic()
        with pytest.raises(LanguageModelFailed, match="à temps"):
            model.reply(PROMPT)
    assert time.monotonic() - started < QUICK.whole_s + 1


@pytest.mark.parametrize("schema", [None, SCHEMA])
def test_a_reply_cut_by_its_number_of_tokens_is_read(schema: object) -> None:
    with model_server(Reply('{"answerable": true, "points": [', finish="length")) as server:
        assert opened(server).reply(PROMPT, schema=schema).text.startswith('{"answerable"')  # type: ignore[arg-type]


def test_an_endless_reply_is_left_when_it_is_long_enough() -> None:
    with model_server(Reply("encore et toujours la même phrase. " * 40, endless=True)) as server:
        reply = opened(server, limits=ROOMY).reply(PROMPT)
        assert MOST_REPLY_CHARS < len(reply.text) < MOST_REPLY_CHARS + 100
        assert server.left.wait(10), "the connection was kept"


def test_a_dead_server_costs_the_second_user_nothing() -> None:
    with model_server("x") as server:
        address = server.address
    model = open_language_model(
        load_settings({"ASSISTANT_LLM": "openai:essai", "ASSISTANT_LLM_URL": f"{address}/v1"}), QUICK
    )
    with pytest.raises(LanguageModelFailed, match="injoignable"):
        model.reply(PROMPT)
    started = time.monotonic()
    with pytest.raises(LanguageModelFailed, match="injoignable"):
        model.reply(PROMPT)
    assert time.monotonic() - started < 0.05


def test_the_circuit_opens_closes_and_tries_again() -> None:
    now = [0.0]
    circuit = Circuit(tolerated=2, rest_s=10.0, clock=lambda: now[0])
    circuit.failed()
    assert circuit.allows()
    circuit.failed()
    assert not circuit.allows()
    now[0] = 10.0
    assert [circuit.allows(), circuit.allows()] == [True, False], "one caller tries, the others wait"
    circuit.failed()
    now[0] = 25.0
    assert not circuit.allows(), "the rest is longer after a try that failed"
    now[0] = 31.0
    assert circuit.allows()
    circuit.succeeded()
    assert all(circuit.allows() for _ in range(5))


def test_a_circuit_that_a_dead_server_opened_closes_when_it_is_back() -> None:
    circuit = Circuit(rest_s=0.0)
    circuit.failed(is_dead=True)
    with model_server("me revoilà") as server:
        model = opened(server)
        model._circuit = circuit
        assert model.reply(PROMPT).text == "me revoilà"


def test_more_questions_at_once_than_a_model_takes_do_not_wait() -> None:
    with model_server(Reply("ok", before_s=0.6)) as server:
        model = opened(server)
        results: list[str] = []

        def ask() -> None:
            try:
                results.append(model.reply(PROMPT).text)
            except LanguageModelFailed as error:
                results.append(str(error))

        threads = [threading.Thread(target=ask) for _ in range(7)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results.count("ok") == 4
    assert sum("occupé" in one for one in results) == 3


class Exploding(GenericFakeChatModel):
    """A model of LangChain whose stream ends in an error that holds the prompt."""

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None, **options: Any,
    ) -> Iterator[ChatGenerationChunk]:  # fmt: skip
        yield from super()._stream(messages, stop, run_manager, **options)
        raise ValueError(f"could not answer {messages}")


def test_any_chat_model_of_langchain_will_do() -> None:
    fake = GenericFakeChatModel(messages=iter([AIMessage("Le solde est clos [1].")]))
    assert LanguageModel("faux", lambda: fake).reply(PROMPT).text == "Le solde est clos [1]."


def test_nothing_of_the_question_is_logged_or_said(caplog: pytest.LogCaptureFixture) -> None:
    exploding = Exploding(messages=iter([AIMessage("Le solde")]))
    with caplog.at_level(logging.DEBUG), pytest.raises(LanguageModelFailed) as raised:
        LanguageModel("faux", lambda: exploding).reply(PROMPT)
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("assistant"))
    assert "ValueError" in ours
    assert "secrète" not in ours + str(raised.value)


def test_a_provider_that_is_not_installed_is_named_with_the_command() -> None:
    model = open_language_model(load_settings({"ASSISTANT_LLM": "anthropic:claude", "ASSISTANT_LLM_KEY": "k"}))
    with pytest.raises(LanguageModelMissing, match=r"pip install '\.\[anthropic\]'"):
        model.reply(PROMPT)


@pytest.mark.parametrize("name", ["martien:x", "gpt", ":", "openai:"])
def test_a_name_that_is_none_is_said_with_an_example(name: str) -> None:
    with pytest.raises(LanguageModelFailed):
        open_language_model(load_settings({"ASSISTANT_LLM": name}), QUICK).reply(PROMPT)


@pytest.mark.parametrize(
    ("llm", "url", "is_local"),
    [
        ("ollama:x", "", True),
        ("openai:x", "", False),
        ("openai:x", "http://localhost:8080/v1", True),
        ("openai:x", "http://[::1]:8080/v1", True),
        ("openai:x", "http://192.168.1.4:8080/v1", False),
        ("ollama:x", "http://gpu.example:11434", False),
        ("openai:x", "http://localhost.example/v1", False),
    ],
)
def test_only_this_machine_is_local(llm: str, url: str, is_local: bool) -> None:
    model = open_language_model(load_settings({"ASSISTANT_LLM": llm, "ASSISTANT_LLM_URL": url}))
    assert model.is_local is is_local


@pytest.mark.parametrize(("whole", "first"), [(10.0, 10.0), (60.0, 30.0), (600.0, 300.0)])
def test_a_slow_model_may_take_half_of_its_time_to_the_first_token(whole: float, first: float) -> None:
    assert limits_within(whole).whole_s == whole
    assert limits_within(whole).first_token_s == first
