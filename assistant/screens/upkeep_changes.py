"""The part « Ce qui change » of the upkeep screen: the digest between two generations."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant import digest_markup
from assistant.digest import Digest
from assistant.digest_text import as_markdown
from assistant.markup import element
from assistant.screens import parts, session, upkeep_wording
from assistant.settings import load_settings
from assistant.upkeep import Made, digest_of, history


def show() -> None:
    """The whole part."""
    parts.show(element("p", upkeep_wording.CHANGES_INTRODUCTION, class_="meta"))
    folder = load_settings().index
    made = {one.name: one for one in history(folder) if not one.trouble}
    current = next((one for one in made.values() if one.is_current), None)
    if current is None:
        parts.show(element("p", upkeep_wording.NO_GENERATION, class_="kept-to"))
        return
    name, since, profession, lane = _chosen(made, current)
    found = _digest(folder, name or current.name, since or None, profession or None, lane or None)
    title = upkeep_wording.DIGEST_OF if found.before else upkeep_wording.DIGEST_OF_FIRST
    parts.show(element("h2", title.format(before=found.before, after=found.after), class_="section"))
    if not found.is_empty:
        label, text = upkeep_wording.DOWNLOAD_DIGEST, as_markdown(found)
        file = f"ce-qui-change-{found.after}.md"
        st.download_button(label, text, file, "text/markdown", key="digest-md", on_click="ignore")
    parts.show(digest_markup.digest(found))


def _chosen(made: dict[str, Made], current: Made) -> tuple[str, str, str, str]:
    """What the address asks for: the generation, the one it is compared with, a profession, a lane."""
    terms = session.current_assistant().vocabulary.terms
    labels = {kind: {term.id: term.label for term in terms if term.kind == kind} for kind in ("profession", "lane")}
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        in_use = f"{upkeep_wording.IN_USE} ({current.name})"
        others = {name: name for name in made if name != current.name}
        name = parts.chosen(upkeep_wording.GENERATION, "generation", others, every=in_use)
        before = {one: one for one in made if one != (name or current.name)}
        since = parts.chosen(upkeep_wording.COMPARED_WITH, "since", before, every=upkeep_wording.BUILT_ON)
        profession = parts.chosen(upkeep_wording.PROFESSION, "profession", labels["profession"])
        lane = parts.chosen(upkeep_wording.LANE, "lane", labels["lane"])
    return name, since, profession, lane


@st.cache_resource(show_spinner=False, max_entries=16)
def _digest(folder: Path, name: str, since: str | None, profession: str | None, lane: str | None) -> Digest:
    """A digest is of generations that never change: it is worked out once."""
    return digest_of(folder, name, since=since, filters={"profession": profession, "lane": lane})
