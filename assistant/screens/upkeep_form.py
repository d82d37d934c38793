"""The form of a manifest entry: filled once when it is opened, judged as it is typed, read when it is sent.

What the form saw of the manifest when it was opened is kept beside it: who wrote since is not overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.corpus_desk import KIND_NAMES
from assistant.corpus_records import EntryForm, SourceForm, entry_trouble
from assistant.markup import element
from assistant.records import DocumentInfo
from assistant.screens import corpus_wording, parts, phrasing

_KINDS = ("document", *KIND_NAMES)


def open_form(name: str, form: EntryForm, seen: str) -> None:
    """Fills the form called `name` with these values, unless it is open already."""
    if _key(name, "title") in st.session_state:
        return
    st.session_state[_key(name, "seen")] = seen
    values = {
        "title": form.title,
        "id": form.id,
        "path": form.path,
        "licence": form.licence,
        "valid_until": form.valid_until,
        "replaces": list(form.replaces),
        "origin": form.origin,
    }
    for field, value in values.items():
        st.session_state[_key(name, field)] = value
    _fill_source(name, "own", form.source)
    _fill_source(name, "summarised", form.summarised or SourceForm())


def close_form(name: str) -> None:
    """Forgets what was typed: the form is filled anew when it is shown again."""
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(_key(name, ""))]:
        del st.session_state[key]


def show_form(name: str, documents: Mapping[str, DocumentInfo], *, is_new: bool) -> str:
    """The fields of an open form; what is wrong with them, in French, empty when nothing is."""
    st.text_input(corpus_wording.TITLE, key=_key(name, "title"))
    with st.container(horizontal=True, vertical_alignment="top", key=_key(name, "row-names")):
        st.text_input(corpus_wording.IDENTIFIER, key=_key(name, "id"), disabled=not is_new)
        st.text_input(corpus_wording.PATH, key=_key(name, "path"), disabled=not is_new)
    _source(name, "own")
    with st.container(horizontal=True, vertical_alignment="bottom", key=_key(name, "row-end")):
        st.text_input(corpus_wording.LICENCE, key=_key(name, "licence"))
        st.text_input(corpus_wording.VALID_UNTIL, key=_key(name, "valid_until"), placeholder=corpus_wording.DAY_HINT)
    choices = [*documents, *(one for one in st.session_state[_key(name, "replaces")] if one not in documents)]
    st.multiselect(
        corpus_wording.REPLACES,
        choices,
        format_func=lambda one: documents[one].title if one in documents else one,
        key=_key(name, "replaces"),
        placeholder="",
    )
    st.radio(
        corpus_wording.ORIGIN,
        list(corpus_wording.ORIGINS),
        format_func=corpus_wording.ORIGINS.__getitem__,
        key=_key(name, "origin"),
        horizontal=True,
    )
    with st.container():
        if st.session_state[_key(name, "origin")] == "summary":
            with st.container(border=True, key=_key(name, "summarised")):
                parts.show(element("h3", corpus_wording.SOURCE_OF_SUMMARY, class_="section"))
                _source(name, "summarised")
    trouble = entry_trouble(typed(name))
    with st.container():  # always there, so that what follows stays in place
        parts.show(element("p", trouble, class_="failure", role="status") if trouble else None)
    return trouble


def typed(name: str) -> EntryForm:
    """What stands in the form."""
    is_summary = _text(name, "origin") == "summary"
    return EntryForm(
        id=_text(name, "id"),
        path=_text(name, "path"),
        title=_text(name, "title"),
        source=_source_of(name, "own"),
        licence=_text(name, "licence"),
        valid_until=_text(name, "valid_until"),
        replaces=tuple(st.session_state.get(_key(name, "replaces")) or ()),
        origin="summary" if is_summary else "original",
        summarised=_source_of(name, "summarised") if is_summary else None,
    )


def seen(name: str) -> str:
    """The fingerprint of the manifest when the form was opened."""
    return str(st.session_state.get(_key(name, "seen"), ""))


def add_replaced(name: str, identifier: str) -> None:
    """Says in the form that its document replaces another."""
    key = _key(name, "replaces")
    st.session_state[key] = list(dict.fromkeys([*st.session_state.get(key, []), identifier]))


def _source(name: str, which: str) -> None:
    def key(field: str) -> str:
        return _key(name, f"{which}-{field}")

    # A section that was hidden comes back empty: its authority is then unknown, never the strongest.
    st.session_state.setdefault(key("authority"), max(corpus_wording.AUTHORITIES))
    with st.container(horizontal=True, vertical_alignment="bottom", key=key("row-who")):
        st.text_input(corpus_wording.PUBLISHER, key=key("publisher"))
        st.selectbox(corpus_wording.KIND, _KINDS, format_func=_kind_label, key=key("kind"))
        numbers = list(corpus_wording.AUTHORITIES)
        st.selectbox(
            corpus_wording.AUTHORITY, numbers, format_func=corpus_wording.AUTHORITIES.__getitem__, key=key("authority")
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key=key("row-when")):
        hint = corpus_wording.PUBLISHED_HINT
        st.text_input(corpus_wording.PUBLISHED, key=key("published_on"), help=hint, placeholder=corpus_wording.DAY_HINT)
        st.checkbox(corpus_wording.ESTIMATED, key=key("estimated"), help=corpus_wording.ESTIMATED_HINT)
        st.text_input(corpus_wording.RETRIEVED, key=key("retrieved_on"), placeholder=corpus_wording.DAY_HINT)
    st.text_input(corpus_wording.ADDRESS, key=key("url"))


def _fill_source(name: str, which: str, form: SourceForm) -> None:
    values = {
        "publisher": form.publisher,
        "kind": form.kind or _KINDS[0],
        "authority": form.authority,
        "published_on": form.published_on,
        "estimated": form.published_on_estimated,
        "retrieved_on": form.retrieved_on,
        "url": form.url,
    }
    for field, value in values.items():
        st.session_state[_key(name, f"{which}-{field}")] = value


def _source_of(name: str, which: str) -> SourceForm:
    kind = _text(name, f"{which}-kind")
    return SourceForm(
        publisher=_text(name, f"{which}-publisher"),
        kind="" if kind == _KINDS[0] else kind,
        authority=int(st.session_state.get(_key(name, f"{which}-authority")) or max(corpus_wording.AUTHORITIES)),
        published_on=_text(name, f"{which}-published_on"),
        published_on_estimated=bool(st.session_state.get(_key(name, f"{which}-estimated"))),
        retrieved_on=_text(name, f"{which}-retrieved_on"),
        url=_text(name, f"{which}-url"),
    )


def _kind_label(kind: str) -> str:
    return corpus_wording.UNKNOWN_KIND if kind == _KINDS[0] else phrasing.kind_label(kind)


def _text(name: str, field: str) -> str:
    return str(st.session_state.get(_key(name, field)) or "")


def _key(name: str, field: str) -> str:
    return f"entry-{name}-{field}"
