"""The upkeep screen: documents, vocabulary, builds and what they change, for the maintainer alone."""

from __future__ import annotations

import streamlit as st

from assistant.screens import (
    parts,
    upkeep_building,
    upkeep_changes,
    upkeep_documents,
    upkeep_history,
    upkeep_vocabulary,
    upkeep_wording,
    wording,
)

# The part in the address, in the order of the work → what shows it.
PARTS = {
    "documents": upkeep_documents.show,
    "vocabulary": upkeep_vocabulary.show,
    "build": upkeep_building.show,
    "changes": upkeep_changes.show,
    "history": upkeep_history.show,
}


def screen() -> None:
    """The whole screen: one part, which the address names."""
    parts.title(wording.UPKEEP, upkeep_wording.INTRODUCTION)
    asked = st.query_params.get("part", "")
    part = asked if asked in PARTS else next(iter(PARTS))
    with st.container(key="upkeep-parts", horizontal=True, gap="xsmall"):
        for name, label in upkeep_wording.PARTS.items():
            st.button(
                label, key=f"part-{name}", type="primary" if name == part else "secondary", on_click=_go, args=(name,)
            )
    PARTS[part]()


def _go(part: str) -> None:
    """Another part, without what the address says of this one."""
    st.query_params.from_dict({"part": part})


if __name__ == "__main__":
    screen()
