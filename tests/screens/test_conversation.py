from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.screens.conversation import (
    Exchange,
    Request,
    address,
    follow_up,
    from_parameters,
    to_parameters,
    without,
)

TEXTS = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=2), st.frozensets(TEXTS, max_size=2))
def test_an_address_reproduces_its_request(question, after, removed, documents):
    request = Request(question, tuple(after), tuple(removed), documents)
    assert from_parameters(to_parameters(request)) == request
    assert from_parameters(parse_qs(urlsplit(address("/simple", request)).query, keep_blank_values=True)) == request


def test_a_long_question_does_not_enter_the_address():
    assert to_parameters(Request("x" * 10_000)) == {}


def test_an_address_without_a_question_asks_nothing():
    assert from_parameters({"q": [" "], "after": ["x"]}) is None
    assert from_parameters({}) is None


def test_a_follow_up_comes_after_what_was_asked():
    first = Exchange(Request("un"), None)
    second = follow_up("deux", [first])
    assert second.after == ("un",)
    assert without(second, "vague-1").without == ("vague-1",)
