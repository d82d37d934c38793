"""Which parts of an HTML page are not its article, by what the page says: elements, roles, class names, styles."""

from __future__ import annotations

import re
from typing import Any

HIDDEN = "texte masqué"

_ZONE_OF_TAG = {
    "nav": "navigation du site",
    "footer": "pied de page",
    "aside": "encart",
    "dialog": "fenêtre surgissante",
    "button": "bouton",
}
_ZONE_OF_ROLE = {
    "navigation": "navigation du site",
    "menu": "navigation du site",
    "menubar": "navigation du site",
    "search": "navigation du site",
    "banner": "en-tête du site",
    "contentinfo": "pied de page",
    "complementary": "encart",
    "dialog": "fenêtre surgissante",
    "alertdialog": "fenêtre surgissante",
}
# Whole class names and ids: a part of one would take « medico-social » for buttons, « elementor-widget » for a box.
_ZONE_OF_NAME = (
    ("témoins de connexion", r".*cookies?([-_].*)?|.*[-_]?consent([-_].*)?|tarteaucitron.*|didomi.*|axeptio.*"),
    ("lettre d'information", r"(.*[-_])?(newsletter|infolettre|subscribe)([-_].*)?"),
    (
        "boutons de partage",
        r"(social|share|sharing|partage|partager)([-_]?(links?|buttons?|icons?|media|bar|list|tools))?",
    ),
    (
        "boutons de partage",
        r"(.*[-_])?(social-share|share-links|share-buttons?|social-links|addtoany|sharethis)([-_].*)?",
    ),
    ("navigation du site", r"((main|site|top|primary|mobile|page|post)[-_]?)?(nav|navbar|navigation|menu|submenu)"),
    ("navigation du site", r"(.*[-_])?(breadcrumbs?|ariane|fil-d-?ariane|pagination|pager|skip-?links?)([-_].*)?"),
    ("articles proposés", r"(.*[-_])?(related|similar|recommended|see-?also|a-?lire(-aussi)?|teasers?)([-_].*)?"),
    (
        "encart",
        r"(.*[-_])?sidebar([-_].*)?|widget|widget-area|ads?|advert\w*|pubs?|pub[-_].*|.*[-_]pub|publicites?|.*[-_]ads?|popup|modal",
    ),
    ("commentaires", r"comments?|comments?[-_].*|commentaires|respond|disqus.*"),
    ("pied de page", r"((site|page|main|global)[-_]?)?footer|copyright"),
    ("mots-clés du site", r"((post|entry|article)[-_]?)?(tags|tag-list|tags-list|tagcloud)"),
    ("présentation de l'auteur", r"(author|auteur)[-_]?(bio|box|info|card)"),
)
_NAMES = tuple((zone, re.compile(name)) for zone, name in _ZONE_OF_NAME)
_ACCORDION = re.compile(r"accordion|accordeon|collaps|faq|panel|tab|toggle")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])")
_HEADING = re.compile(r"h[1-6]|summary|dt")


def zone_of(element: Any, page_letters: int, *, has_main: bool) -> str | None:
    """Why the element is not the article, as a few French words; None when nothing says so.

    Args:
        element: an element of lxml.
        page_letters: how long the page's text is: what holds most of it is the article, whatever its name.
        has_main: whether the page marks its article.
    """
    tag = element.tag if isinstance(element.tag, str) else ""
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    if _is_hidden(element) and not any(_ACCORDION.search(name) for name in names):
        return HIDDEN
    if tag in {"body", "main", "article", "html"} or _HEADING.fullmatch(tag):
        return None
    zone = _of_tag(element, tag, has_main=has_main) or _ZONE_OF_ROLE.get(element.get("role", "").lower())
    zone = zone or next((zone for zone, name in _NAMES if any(name.fullmatch(own) for own in names)), None)
    is_most = zone is not None and len(element.text_content()) > page_letters / 2
    return None if is_most and element.xpath(".//h1|.//p|.//table") else zone


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "").lower()))


def _of_tag(element: Any, tag: str, *, has_main: bool) -> str | None:
    above = [str(other.tag) for other in element.iterancestors()]
    if tag == "button" and any(_HEADING.fullmatch(other) for other in above):
        return None
    if tag in {"header", "footer"} and not {"main", "article"}.isdisjoint(above):
        return None if tag == "header" else "pied de page"
    if tag == "header":
        return "en-tête du site" if has_main or not element.xpath(".//h1") else None
    if tag == "form":
        return "formulaire" if element.xpath(".//input[not(@type='hidden')]") else None
    return _ZONE_OF_TAG.get(tag)
