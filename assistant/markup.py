"""Pure: HTML that cannot be injected into. Text is escaped by construction; addresses must be harmless.

Every screen and the plain page build their HTML here, so that text from a document, a question or a model is only ever
text. `Html` marks what is already safe; nothing outside this module makes one, style sheets excepted (`stylesheet`).
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urlsplit

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line"})
NO_BREAK = "\u00a0"
INVISIBLE = "\u2060"  # word joiner: breaks shortcodes and automatic links, shows nothing

_NAME = re.compile(r"[a-z][a-z0-9]*")
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE_BEFORE, _SPACE_AFTER = re.compile(r" (?=[:;?!»%€](?:\W|$))"), re.compile(r"(?<=«) ")
_AUTOLINK = re.compile(r"(?i)([:@]|www)(?=\S)")


class Html(str):
    """Safe HTML. Joining and formatting give a plain `str` again, which would be escaped: use `element` and `join`."""

    __slots__ = ()


Child = str | None
Attribute = str | int | bool | None


def element(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element; plain strings are escaped, None is left out. `class_` gives `class`, `data_label` gives `data-label`.

    Raises:
        ValueError: a name that is none, an event handler, or an address that is neither http(s) nor relative.
    """
    if not _NAME.fullmatch(name) or name in {"script", "iframe", "object", "embed"}:
        raise ValueError(f"not an element: {name}")
    opening = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{opening}>")
    return Html(f"<{name}{opening}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """The children one after another; plain strings are escaped, None is left out."""
    return Html("".join(_child(child) for child in children))


def stylesheet(css: str) -> Html:
    """A style element around CSS of this project, which must not come from anywhere else."""
    if "</" in css:
        raise ValueError("a style sheet cannot close its element")
    return Html(f"<style>{css}</style>")


def document(*children: Child, lang: str) -> Html:
    """A whole HTML document."""
    return Html("<!DOCTYPE html>\n" + element("html", *children, lang=lang))


def plain_head(title: str) -> Html:
    """The head of a page that needs no script."""
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("link", rel="stylesheet", href="/simple/style.css"),
    )


def web_address(address: str | None) -> str | None:
    """The address if it is a complete http(s) one without control characters or spaces, else None."""
    if not address or any(character <= " " or character == "\x7f" for character in address):
        return None
    try:
        parts = urlsplit(address)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return address if is_web else None


def unbroken(text: str) -> str:
    """The text as French sets it: no line begins with « ; » or « » », none ends with « « »; nothing else changes."""
    return _SPACE_BEFORE.sub(NO_BREAK, _SPACE_AFTER.sub(NO_BREAK, text))


def text_fragment(address: str, words: str) -> str:
    """The address with a text fragment that makes a browser scroll to `words` (the first and last few of them)."""
    if "#" in address:
        return address
    split = words.split()
    first, last = " ".join(split[:6]), " ".join(split[-4:])
    directive = _fragment(first) if len(split) <= 10 else f"{_fragment(first)},{_fragment(last)}"
    return f"{address}#:~:text={directive}"


def markdown_text(text: str) -> str:
    """Text as Streamlit's Markdown that shows exactly these words on one line: no format, link, image, icon or formula.

    Backslashes stop what the parser reads; the word joiner stops what is replaced after parsing (emoji and icon
    shortcodes, automatic links), which backslashes do not.
    """
    line = " ".join(text.split())
    return _AUTOLINK.sub(rf"\1{INVISIBLE}", line).translate(_ESCAPES)


_ESCAPES = str.maketrans({chr(code): "\\" + chr(code) for code in range(33, 127) if _MARKDOWN.match(chr(code))})


def _child(child: Child) -> str:
    if child is None:
        return ""
    return child if isinstance(child, Html) else html.escape(child)


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _ATTRIBUTE.fullmatch(name) or name.lower().startswith("on"):
        raise ValueError(f"not an attribute: {name}")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name in {"href", "src", "action", "formaction"} and not _is_harmless(str(value)):
        raise ValueError(f"not an address for {name}: {value}")
    return f' {name}="{html.escape(str(value))}"'


def _is_harmless(address: str) -> bool:
    """True for http(s) and for addresses relative to this site; `//host` is neither."""
    if web_address(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not any(c < " " or c == "\\" for c in address)


def _fragment(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
