"""The actions screen: what the team did, the most recent first."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from assistant.markup import element
from assistant.screens import parts, session, staff_phrasing, staff_wording, wording

LIMIT = 200


def screen() -> None:
    """The whole screen."""
    parts.title(wording.AUDIT, staff_wording.AUDIT_INTRODUCTION)
    desk = session.current_desk()
    everybody = sorted({entry.actor for entry in desk.journal.audit_trail(limit=5 * LIMIT) if entry.actor})
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        actor = parts.chosen(staff_wording.WHO, "who", {name: name for name in everybody})
    entries = desk.journal.audit_trail(limit=LIMIT, actor=actor or None)
    if not entries:
        parts.show(element("p", staff_wording.NO_ACTION, class_="kept-to"))
        return
    zone = ZoneInfo(desk.assistant.programme.timezone)
    head = [element("th", name, scope="col") for name in staff_wording.AUDIT_COLUMNS]
    rows = [
        element(
            "tr",
            element("td", staff_phrasing.moment(entry.at, zone)),
            element("td", entry.actor),
            element("td", staff_wording.ACTIONS.get(entry.action, entry.action)),
            element("td", element("code", entry.subject[:12])),
            element("td", entry.details),
        )
        for entry in entries
    ]
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows))
    parts.show(element("div", table, class_="table", role="group", tabindex=0, aria_label=wording.AUDIT))


if __name__ == "__main__":
    screen()
