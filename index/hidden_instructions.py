"""Orders to a machine, hidden where a reader does not see them: comments, properties, invisible or tiny text. Pure.

Nothing in this program obeys a document. Such text is reported all the same: whoever put it there meant to mislead.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from index.parts import one_line
from index.records import LeftOut

_MAX_CHARS = 2_000_000
_MAX_REPORTED = 5
_QUOTED_CHARS = 160
_ORDER = re.compile(
    r"(?:ignor\w*|oubli\w*|disregard\w*|forget\w*|overrid\w*|ne (?:tenez|tiens) (?:pas|plus) compte).{0,60}"
    r"(?:instruction|consigne|r[èe]gle|rule|prompt|pr[ée]c[ée]dent|previous|above|ci-dessus)"
    r"|(?:nouvelles?|new|hidden|secr[èe]te?s?) (?:instruction|consigne)s?"
    r"|\b(?:system|assistant|prompt|ia|ai|llm|chatgpt|mod[èe]le de langue|language model)\s*[:,>]"
    r"|\b(?:r[ée]ponds|r[ée]pondez|r[ée]pondre|answer|reply|respond|affirme[sz]?|dis|dites|say)\b.{0,40}"
    r"\b(?:toujours|always|que|that|uniquement|only|jamais|never)\b"
    r"|\b(?:tu es|vous [êe]tes|you are) (?:maintenant |d[ée]sormais |now )?(?:un|une|an?)\b"
    r"|\b(?:tu dois|vous devez|you must) (?:r[ée]pondre|dire|answer|say|reply)",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(r"<!--(.{3,5000}?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"\b(?:content|alt|title|aria-label|data-[\w-]{1,40})\s*=\s*(\"[^\"]{3,2000}\"|'[^']{3,2000}')")
_UNSEEN = (
    r"color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*25\d\s*,\s*25\d\s*,\s*25\d)|"
    r"font-size\s*:\s*[0-3](?:\.\d+)?p[xt]"
)
_STYLED = re.compile(
    rf"<\w[^<>]{{0,500}}?style\s*=\s*[\"'][^\"'<>]{{0,500}}?(?:{_UNSEEN})[^<>]*>([^<>]{{3,5000}})", re.IGNORECASE
)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_RUN = re.compile(r"<(w|a):r[ >].{0,20000}?</\1:r>", re.DOTALL)
_UNSEEN_RUN = re.compile(
    r"w:color w:val=\"FFFFFF\"|srgbClr val=\"FFFFFF\"|w:sz w:val=\"[1-6]\"|\bsz=\"[1-3]00\"", re.IGNORECASE
)
_PROPERTIES = re.compile(r"docProps/\w+\.xml")
_COMMENTS = re.compile(r"(?:word|xl|ppt)/(?:comments/|threadedComments/)?\w*comment\w*\.xml", re.IGNORECASE)
_BODIES = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml|ppt/slides/slide\d+\.xml")

Hidden = Iterable[tuple[str, str]]


def warnings_of(hidden: Hidden, left_out: Iterable[LeftOut] = ()) -> tuple[str, ...]:
    """A French warning for each hidden text that gives orders, as (where it stands, the text); a few at most."""
    places = [*hidden, *((left.reason, left.text) for left in left_out)]
    found = dict.fromkeys((where, _order(text[:_MAX_CHARS])) for where, text in places)
    told = [
        f"consigne cachée ({where}) : « {order} » ; elle n'est pas suivie. Vérifiez d'où vient ce document"
        for where, order in found
        if order
    ]
    return tuple(told[:_MAX_REPORTED])


def _order(text: str) -> str:
    """The words around the first order that a text gives; empty when it gives none."""
    match = _ORDER.search(text)
    if match is None:
        return ""
    words = one_line(text[max(0, match.start() - 20) : match.start() + _QUOTED_CHARS])
    return words if len(words) < _QUOTED_CHARS else words[: _QUOTED_CHARS - 1] + "…"


def in_markup(text: str) -> Iterator[tuple[str, str]]:
    """What the source of a page holds beside its text: comments, attributes, text in white or tiny letters."""
    text = text[:_MAX_CHARS]
    yield from (("commentaire", match[1]) for match in _COMMENT.finditer(text))
    yield from (("attribut de la page", html.unescape(match[1][1:-1])) for match in _ATTRIBUTE.finditer(text))
    yield from (("texte blanc ou minuscule", html.unescape(match[1])) for match in _STYLED.finditer(text))


def in_office(content: bytes) -> Iterator[tuple[str, str]]:
    """What an Office file, already checked as an archive, holds beside its text: properties, comments, unseen runs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if _PROPERTIES.fullmatch(name):
                yield "propriétés du fichier", _text(_part(archive, name))
            elif _COMMENTS.fullmatch(name):
                yield "commentaire", _text(_part(archive, name))
            elif _BODIES.fullmatch(name):
                runs = (match[0] for match in _RUN.finditer(_part(archive, name)))
                yield "texte blanc ou minuscule", " ".join(_text(run) for run in runs if _UNSEEN_RUN.search(run))


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as stream:
        return stream.read(_MAX_CHARS).decode("utf-8", "replace")


def _text(xml: str) -> str:
    return html.unescape(_TAGS.sub(" ", xml))
