"""Pure: the footer that the screens and the plain page share."""

from __future__ import annotations

from assistant.markup import Html, element, web_address
from assistant.records import Programme
from assistant.screens import wording


def footer(programme: Programme, up_to: str, *links: Html) -> Html:
    """How recent the documents are, the disclaimer, and where to turn."""
    site, contact = web_address(programme.official_site), web_address(programme.contact)
    ways = [
        _outside(wording.OFFICIAL_SITE, site) if site else None,
        _outside(wording.CONTACT, contact) if contact else None,
        element("span", f"{wording.CONTACT} : {programme.contact}") if programme.contact and not contact else None,
        *links,
    ]
    shown = [way for way in ways if way is not None]
    return element(
        "footer",
        element("p", element("strong", up_to), " · ", programme.disclaimer),
        element("p", *shown, class_="links") if shown else None,
        class_="foot",
    )


def _outside(label: str, address: str) -> Html:
    return element("a", label, href=address, target="_blank", rel="noopener noreferrer")
