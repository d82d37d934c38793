"""The form of a term of the vocabulary, judged by the vocabulary's own reader as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.corpus_desk import CorpusDesk
from assistant.corpus_records import TermForm, shared_names, term_form
from assistant.markup import element
from assistant.records import ContextAlias, Term
from assistant.screens import corpus_acts, corpus_wording, parts

ASKED = "asked-to-remove"
_EMPTY = TermForm("", "actor", "")


def show(desk: CorpusDesk, term: Term | None, terms: Sequence[Term], seen: str) -> str:
    """The form of a term, of a new one when None; its name, to read it by."""
    name = term.id if term else "+"
    is_new = term is None
    _open(name, term_form(term) if term else _EMPTY, seen)
    parts.show(element("h2", term.label if term else corpus_wording.NEW_TERM, class_="subject"))
    with st.container(key="entry-form"):
        _fields(name, terms, is_new=is_new)
        form = typed(name)
        shared = shared_names(form, terms)
        for alias, other in shared:
            said = corpus_wording.SHARED.format(name=alias, label=other.label)
            parts.show(element("p", said, class_="kept-to", role="status"))
        shares = bool(shared) and st.checkbox(corpus_wording.SHARES, key=_key(name, "shares"))
        trouble = desk.term_trouble(form, is_new=is_new) if form.label or form.id else " "
        if trouble.strip():
            rows = [element("p", line) for line in trouble.splitlines()]
            parts.show(element("div", *rows, class_="failure", role="status"))
        if term is not None:
            _untouched(term)
        label = corpus_wording.ADD_TERM if is_new else corpus_wording.SAVE_TERM
        is_refused = bool(trouble) or (bool(shared) and not shares)
        with st.container(horizontal=True):
            st.button(label, key="save-term", type="primary", disabled=is_refused, on_click=_save, args=(name, is_new))
            st.button(corpus_wording.REOPEN, key="reopen", type="tertiary", on_click=_close, args=(name,))
    if term is not None:
        _removal(term)
    return name


def typed(name: str) -> TermForm:
    """What stands in the form."""
    return TermForm(
        id=_text(name, "id"),
        kind=_text(name, "kind"),
        label=_text(name, "label"),
        aliases=tuple(line for line in _text(name, "aliases").splitlines() if line.strip()),
        definition=_text(name, "definition"),
        source=_text(name, "source"),
        within=tuple(st.session_state.get(_key(name, "within")) or ()),
        aliases_with_context=_in_context(_text(name, "in-context")),
        asked_as=_in_context(_text(name, "asked-as")),
    )


def _in_context(text: str) -> tuple[ContextAlias, ...]:
    """The names that lines like « TP : chantier, travaux » give, with the words that they need beside them."""
    split = [line.partition(":") for line in text.splitlines() if line.strip()]
    return tuple(
        ContextAlias(alias.strip(), tuple(word.strip() for word in near.split(",") if word.strip()))
        for alias, _, near in split
    )


def _line(one: ContextAlias) -> str:
    """Such a line."""
    return f"{one.alias} : {', '.join(one.near)}" if one.near else one.alias


def _fields(name: str, terms: Sequence[Term], *, is_new: bool) -> None:
    labels = {term.id: term.label for term in terms}
    with st.container(horizontal=True, vertical_alignment="bottom", key=_key(name, "row")):
        st.text_input(corpus_wording.TERM_LABEL, key=_key(name, "label"))
        kinds = corpus_wording.TERM_KINDS
        st.selectbox(corpus_wording.TERM_KIND, list(kinds), format_func=kinds.__getitem__, key=_key(name, "kind"))
    hint = corpus_wording.TERM_ID_HINT
    st.text_input(corpus_wording.IDENTIFIER, key=_key(name, "id"), disabled=not is_new, placeholder=hint)
    st.text_area(corpus_wording.ALIASES, key=_key(name, "aliases"), help=corpus_wording.ALIASES_HINT, height=150)
    hint = corpus_wording.IN_CONTEXT_HINT
    st.text_area(corpus_wording.IN_CONTEXT, key=_key(name, "in-context"), help=hint, height=90)
    hint = corpus_wording.ASKED_AS_HINT
    st.text_area(corpus_wording.ASKED_AS, key=_key(name, "asked-as"), help=hint, height=90)
    st.text_area(corpus_wording.DEFINITION, key=_key(name, "definition"), height=90)
    st.text_input(corpus_wording.TERM_SOURCE, key=_key(name, "source"))
    st.multiselect(
        corpus_wording.WITHIN,
        [one for one in labels if one != name],
        format_func=labels.__getitem__,
        key=_key(name, "within"),
        placeholder="",
    )


def _untouched(term: Term) -> None:
    """What the form does not hold and saving keeps."""
    if term.not_in:
        said = corpus_wording.NOT_IN.format(names=", ".join(term.not_in))
        parts.show(element("p", corpus_wording.KEPT_AS_WRITTEN.format(what=said), class_="meta"))


def _removal(term: Term) -> None:
    if st.session_state.get(ASKED) != term.id:
        label = corpus_wording.REMOVE_TERM
        st.button(label, key="remove-term", icon=":material/delete:", on_click=_ask, args=(term.id,))
        return
    with st.container(horizontal=True):
        label = corpus_wording.CONFIRM_REMOVE
        st.button(label, key="confirm-remove", type="primary", on_click=corpus_acts.drop_term, args=(term.id,))
        st.button(corpus_wording.KEEP, key="keep", on_click=_ask, args=("",))


def _open(name: str, form: TermForm, seen: str) -> None:
    """Fills the form, unless it is open already."""
    if _key(name, "label") in st.session_state:
        return
    values = {
        "seen": seen,
        "id": form.id,
        "kind": form.kind,
        "label": form.label,
        "aliases": "\n".join(form.aliases),
        "in-context": "\n".join(_line(one) for one in form.aliases_with_context),
        "asked-as": "\n".join(_line(one) for one in form.asked_as),
        "definition": form.definition,
        "source": form.source,
        "within": list(form.within),
    }
    for field, value in values.items():
        st.session_state[_key(name, field)] = value


def _close(name: str) -> None:
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(_key(name, ""))]:
        del st.session_state[key]


def _save(name: str, is_new: bool) -> None:
    form = typed(name)
    shares = bool(st.session_state.get(_key(name, "shares")))
    if corpus_acts.keep_term(form, _text(name, "seen"), is_new=is_new, shares=shares):
        _close(name)
        if is_new:
            corpus_acts.go("vocabulary", term=form.id)


def _ask(identifier: str) -> None:
    st.session_state[ASKED] = identifier


def _text(name: str, field: str) -> str:
    return str(st.session_state.get(_key(name, field)) or "")


def _key(name: str, field: str) -> str:
    return f"term-{name}-{field}"
