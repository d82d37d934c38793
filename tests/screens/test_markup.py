from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screens.fake_assistant import HOSTILE

from assistant.markup import Html, element, join, markdown_text, stylesheet, text_fragment, web_address


class Reader(HTMLParser):
    """What a browser would find: element names and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.text = ""
        self.attributes: dict[str, str | None] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data):
        self.text += data


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_stays_text(text):
    found = Reader(element("p", text, title=text))
    assert found.names == ["p"]
    assert set(found.attributes) == {"title"}


def test_hostile_text_makes_no_element():
    found = Reader(element("p", HOSTILE, aria_label=HOSTILE))
    assert found.names == ["p"]
    assert found.text == HOSTILE


def test_joined_html_is_escaped_again_when_it_went_through_a_plain_string():
    assert element("p", "" + str.__add__(element("b", "x"), "")) == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert join(element("b", "x"), None, "<") == "<b>x</b>&lt;"
    assert isinstance(join(), Html)


@pytest.mark.parametrize("name", ["script", "iframe", "p onload", "p>"])
def test_refused_elements(name):
    with pytest.raises(ValueError):
        element(name)


@pytest.mark.parametrize(
    "attributes",
    [
        {"onclick": "x"},
        {"href": "javascript:alert(1)"},
        {"href": "//evil.invalid"},
        {"src": "data:text/html,x"},
        {"href": "/\\evil.invalid"},
        {"href": " javascript:alert(1)"},
    ],
)
def test_refused_attributes(attributes):
    with pytest.raises(ValueError):
        element("a", **attributes)


@pytest.mark.parametrize("address", ["https://a.example/x?y=1#z", "http://a.example"])
def test_web_addresses(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address", [None, "", "javascript:alert(1)", "ftp://a.example", "https://", "https://a b", "http://[", "a.example"]
)
def test_what_is_no_web_address(address):
    assert web_address(address) is None


def test_text_fragment_of_short_and_long_quotations():
    assert text_fragment("https://a.example/p", "avance - clos") == "https://a.example/p#:~:text=avance%20%2D%20clos"
    words = " ".join(f"mot{number}" for number in range(20))
    assert text_fragment("https://a.example/p", words).endswith("mot5,mot16%20mot17%20mot18%20mot19")
    assert text_fragment("https://a.example/p#x", words) == "https://a.example/p#x"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_markdown_text_escapes_every_active_character(text):
    shown = markdown_text(text)
    rest = shown.replace("\\\\", "")
    for place, character in enumerate(rest):
        if not character.isalnum() and character.isascii() and character not in " \\":
            assert rest[place - 1] in "\\\u2060", shown


def test_markdown_text_is_one_line():
    assert markdown_text(" a\n\n- b\t c ") == "a \\- b c"


def test_a_style_sheet_cannot_close_itself():
    with pytest.raises(ValueError):
        stylesheet("</style>")
