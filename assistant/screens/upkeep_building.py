"""The part « Construire » of the upkeep screen: what would change, the build that runs, how the last one ended."""

from __future__ import annotations

import streamlit as st

from assistant import build_markup, build_runs
from assistant.build_record import BuildRecord
from assistant.build_runs import Standing
from assistant.errors import AssistantError
from assistant.gating import fingerprint
from assistant.markup import element
from assistant.roles import Person
from assistant.screens import guard, parts, session, upkeep_wording
from assistant.settings import load_settings

PREVIEW, FORCE, REASON, CANCELLING = "build-preview", "build-anew", "build-reason", "build-cancelling"
EVERY_S = 1.0


def show() -> None:
    """The whole part."""
    parts.show(element("p", upkeep_wording.BUILD_INTRODUCTION, class_="meta"))
    standing = build_runs.standing(load_settings().index)
    if standing.is_busy:
        _running(standing)
        return
    st.session_state.pop(CANCELLING, None)
    _start_form()
    _preview()
    _last(standing.record)


def _start_form() -> None:
    with st.container(key="build-acts", horizontal=True, vertical_alignment="center"):
        st.button(upkeep_wording.BUILD, key="build", type="primary", on_click=_start)
        st.button(upkeep_wording.PREVIEW, key="preview-build", on_click=_look_ahead)
        st.checkbox(upkeep_wording.BUILD_ANEW, key=FORCE)


def _start() -> None:
    is_forced = bool(st.session_state.get(FORCE))
    desk, settings = session.current_desk(), load_settings()

    def begin(person: Person) -> None:
        desk.journal.audit(person.name, "build", "", upkeep_wording.BUILD_ANEW if is_forced else "")
        build_runs.start_build(settings, by=person.name, force=is_forced)

    if guard.attempt("build-index", begin):
        st.session_state.pop(PREVIEW, None)


def _look_ahead() -> None:
    def look(_: Person) -> None:
        with st.spinner(upkeep_wording.PREVIEWING):
            st.session_state[PREVIEW] = build_runs.preview()

    guard.attempt("build-index", look)


def _preview() -> None:
    report = st.session_state.get(PREVIEW)
    if report is not None:
        with st.container(key="build-preview", border=True):
            parts.show(element("h2", upkeep_wording.PREVIEW_TITLE, class_="section"))
            parts.show(build_markup.report(report))


def _running(standing: Standing) -> None:
    parts.show(element("h2", upkeep_wording.RUNNING, class_="section"))
    if standing.state == "elsewhere":
        parts.show(element("p", upkeep_wording.RUNNING_ELSEWHERE, class_="kept-to", role="status"))
    st.fragment(_progress, run_every=EVERY_S)()
    if standing.state == "running":
        is_asked = bool(st.session_state.get(CANCELLING))
        if is_asked:
            parts.show(element("p", upkeep_wording.CANCEL_ASKED, class_="kept-to", role="status"))
        label = upkeep_wording.CANCEL_AT_ONCE if is_asked else upkeep_wording.CANCEL
        st.button(label, key="cancel-build", on_click=_cancel, args=(is_asked,))


def _progress() -> None:
    """How far the build is; run again each second by itself, so it judges by itself who looks."""
    standing = build_runs.standing(load_settings().index)
    if not standing.is_busy or not guard.may("build-index"):
        st.rerun()
    record = standing.record
    if record is not None:
        moment = build_markup.moment(record.started_at, session.zone())
        since = upkeep_wording.RUNNING_SINCE.format(moment=moment, by=build_markup.asker(record.by))
        parts.show(element("p", since, class_="meta"))
        parts.show(build_markup.stages(record) if record.stage else element("p", upkeep_wording.STARTING))


def _cancel(is_asked: bool) -> None:
    desk, folder = session.current_desk(), load_settings().index

    def stop(person: Person) -> None:
        build_runs.cancel_build(folder, at_once=is_asked)
        desk.journal.audit(person.name, "cancel-build")

    if guard.attempt("build-index", stop):
        st.session_state[CANCELLING] = True


def _last(record: BuildRecord | None) -> None:
    parts.show(element("h2", upkeep_wording.LAST_BUILD, class_="section"))
    if record is None:
        parts.show(element("p", upkeep_wording.NEVER_BUILT, class_="kept-to"))
        return
    parts.show(build_markup.ended(record, session.zone()))
    if record.outcome == "refused" and record.gate is not None:
        _refusal(record)
    log = build_runs.log_of(load_settings().index)
    if log:
        with st.expander(upkeep_wording.LOG):
            st.code(log, language=None, wrap_lines=True)


def _refusal(record: BuildRecord) -> None:
    if record.gate is None:
        return
    with st.container(key="build-refusal"):
        parts.show(element("h2", upkeep_wording.GATE, class_="section"))
        if record.reason is not None:
            parts.show(element("p", upkeep_wording.NOT_AS_SEEN, class_="failure"))
        parts.show(build_markup.gate(record.gate))
        parts.show(element("p", upkeep_wording.ACCEPT_INTRODUCTION, class_="meta"))
        st.text_area(upkeep_wording.REASON, key=REASON, placeholder=upkeep_wording.REASON_HINT, height=80)
        seen = fingerprint(record.gate)
        st.button(upkeep_wording.ACCEPT, key="accept-build", on_click=_accept, args=(seen,))


def _accept(seen: str) -> None:
    reason = " ".join(str(st.session_state.get(REASON) or "").split())
    desk, settings = session.current_desk(), load_settings()

    def accept(person: Person) -> None:
        record = build_runs.standing(settings.index).record
        if not reason:
            raise AssistantError(upkeep_wording.NO_REASON)
        if record is None or record.gate is None or fingerprint(record.gate) != seen:
            raise AssistantError(upkeep_wording.NOTHING_REFUSED)
        desk.journal.audit(person.name, "accept-build", seen, reason)
        build_runs.start_build(settings, by=person.name, accept=reason, seen=seen, force=record.force)

    guard.attempt("build-index", accept)
