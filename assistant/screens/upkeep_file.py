"""One file that waits on the upkeep screen: what a build would read in it beside the form of its entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant import first_look_markup
from assistant.corpus_desk import CorpusDesk
from assistant.corpus_records import Incoming, form_of
from assistant.document_markup import text_as_read
from assistant.looking import Looking, Looks
from assistant.markup import element
from assistant.page_pictures import PagePictures, PictureFailed, Wanted
from assistant.records import IndexingError, Page
from assistant.screens import corpus_acts, corpus_wording, parts, session, upkeep_form

if TYPE_CHECKING:
    from assistant.corpus_records import FirstLook

SCALE, HEIGHT_PX = 1.6, 640
PATIENCE_S, EVERY_S = 2.0, 1.0


def show(desk: CorpusDesk, identifier: str) -> None:
    """The file of this id."""
    file = desk.waiting_file(identifier)
    if file is None:
        parts.show(element("p", corpus_wording.GONE, class_="kept-to"))
        return
    parts.show(element("h2", file.name, class_="subject"))
    look = _looked(desk, file)
    if look is None:
        return
    left, right = st.columns([6, 5], gap="large")
    name = f"file-{file.id}"
    with right, st.container(key="entry-form"):
        _entry(desk, name, file, look)
    with left:
        _read(look, name)
    _pages(file, look.document.pages)


def _looked(desk: CorpusDesk, file: Incoming) -> FirstLook | None:
    """What was read in the file; else what there is to say and to do instead, shown."""
    assistant = session.current_assistant()
    # Kept as long as the vocabulary and the index in use are the same.
    key = (str(file.path), desk.vocabulary_seen(), assistant.generation)
    looking = _looks().of(key, lambda reader: desk.look(assistant, file, reader))
    with st.spinner(corpus_wording.READING):
        is_done = looking.is_done(within_s=PATIENCE_S)
    if looking.is_stopped:
        parts.show(element("p", corpus_wording.READING_STOPPED, class_="kept-to", role="status"))
        _instead(file, corpus_wording.READ_AGAIN, "read-again", lambda: _looks().drop(key))
    elif not is_done:
        parts.show(element("p", corpus_wording.STILL_READING, class_="kept-to", role="status"))
        st.fragment(_watch, run_every=EVERY_S)(looking)
        _instead(file, corpus_wording.STOP_READING, "stop-reading", looking.stop)
    else:
        try:
            return looking.found()
        except IndexingError as error:
            parts.show(element("p", corpus_wording.REFUSED.format(reason=error), class_="failure", role="alert"))
            _instead(file)
    return None


def _watch(looking: Looking) -> None:
    """Has the page made anew when the look ends; run again each second by itself."""
    if looking.is_done():
        st.rerun()


def _instead(file: Incoming, label: str = "", key: str = "", act: Callable[[], None] | None = None) -> None:
    """What can be done with a file that is not shown: one act, if any, and to let it go."""
    with st.container(horizontal=True):
        if act is not None:
            st.button(label, key=f"{key}-{file.id}", on_click=corpus_acts.with_waiting, args=(act,))
        drop = corpus_wording.DISCARD
        st.button(drop, key=f"discard-{file.id}", on_click=corpus_acts.let_go, args=(file.id, file.name))


@st.cache_resource(show_spinner=False)
def _looks() -> Looks:
    """The looks at files that wait, shared by all pages."""
    return Looks()


@st.cache_resource(show_spinner=False)
def _pictures() -> PagePictures:
    """What draws pages of files that wait."""
    return PagePictures()


def _read(look: FirstLook, name: str) -> None:
    vocabulary = session.current_assistant().vocabulary
    parts.show(element("h3", corpus_wording.WHAT_WAS_READ, class_="section"))
    parts.show(first_look_markup.summary(look))
    parts.show(first_look_markup.warnings(look.document.warnings))
    if look.kin:
        parts.show(element("h3", corpus_wording.KIN, class_="section"))
    for place, kin in enumerate(look.kin[:5]):
        with st.container(key=f"kin-{place}", horizontal=True, vertical_alignment="center"):
            st.html(first_look_markup.kin(kin), width="stretch")
            label, arguments = corpus_wording.REPLACES_IT, (name, kin.info.id)
            st.button(label, key=f"replaces-{place}", on_click=upkeep_form.add_replaced, args=arguments)
    parts.show(first_look_markup.dates(look.deadlines, vocabulary))
    parts.show(first_look_markup.terms(look.tags, vocabulary))


def _pages(file: Incoming, pages: tuple[Page, ...]) -> None:
    if not pages:
        return
    shown = pages[0]
    if len(pages) > 1:
        number = st.number_input(
            corpus_wording.PAGE_SHOWN.format(total=len(pages)), 1, len(pages), 1, key=f"page-of-{file.id}", width=220
        )
        shown = pages[int(number) - 1]
    if file.path.suffix != ".pdf" or shown.number is None:
        _text(shown)
        return
    left, right = st.columns(2, gap="large")
    with left:
        _picture(file, shown.number)
    with right:
        _text(shown)


def _picture(file: Incoming, number: int) -> None:
    parts.show(element("h3", corpus_wording.PICTURE.format(number=number), class_="section"))
    try:
        picture = _pictures().picture(Wanted(file.path, number, SCALE))
        with st.container(key="page-read", border=True):
            st.image(
                picture.png, width="stretch", output_format="PNG", alt=corpus_wording.PICTURE.format(number=number)
            )
    except PictureFailed as error:
        parts.show(element("p", str(error), class_="kept-to"))


def _text(page: Page) -> None:
    heading = corpus_wording.WHOLE_TEXT
    if page.number is not None:
        heading = corpus_wording.PAGE_TEXT.format(number=page.number)
    parts.show(element("h3", heading, class_="section"))
    empty = element("p", corpus_wording.EMPTY_PAGE, class_="kept-to")
    with st.container(key="text-read", height=HEIGHT_PX):
        parts.show(text_as_read(page, None) if page.text.strip() else empty)


def _entry(desk: CorpusDesk, name: str, file: Incoming, look: FirstLook) -> None:
    parts.show(element("h3", corpus_wording.ENTRY_TITLE, class_="section"))
    documents = {info.id: info for info in desk.corpus().documents}
    info = look.document.info
    suggested = replace(form_of(info), path=desk.free_path(file.name))
    upkeep_form.open_form(name, suggested, desk.manifest_seen())
    trouble = upkeep_form.show_form(name, documents, is_new=True)
    if upkeep_form.typed(name).replaces:
        hint = corpus_wording.ENDS_HINT
        st.text_input(corpus_wording.ENDS, key=f"ends-{file.id}", help=hint, placeholder=corpus_wording.DAY_HINT)
    with st.container(horizontal=True):
        st.button(
            corpus_wording.ADD,
            key="add-document",
            type="primary",
            disabled=bool(trouble),
            on_click=_add,
            args=(name, file.id),
        )
        label = corpus_wording.DISCARD
        st.button(label, key=f"discard-{file.id}", on_click=corpus_acts.let_go, args=(file.id, file.name))


def _add(name: str, identifier: str) -> None:
    form = upkeep_form.typed(name)
    # Read here, not given by the button: what was typed just before the click counts.
    ends = str(st.session_state.get(f"ends-{identifier}") or "").strip() if form.replaces else ""
    if corpus_acts.take_in(identifier, form, upkeep_form.seen(name), ends):
        upkeep_form.close_form(name)
        corpus_acts.go("documents")
