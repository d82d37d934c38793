"""Pure: figures that a later text changes: « le taux de 55 % est remplacé par 60 % », « est porté à 60 % ».

What is changed stands in an older text of no higher authority, of the same sectors and in the words that the change
names; where the former figure is not written, all the words before the change must be there. A wish (« serait porté »)
changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.attribution import TermReader
from index.dating_words import flatten
from index.french_numbers import CARDINALS
from index.records import DocumentInfo, Fact, Passage, Span, Tag
from index.replacing import outdates
from index.words import content_words

_SECTORS = frozenset({"lane", "software", "profession"})
_WORDED = {"un": 1, "une": 1, **CARDINALS, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "soixante": 60}
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:[ .]\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?|{'|'.join(_WORDED)})\s*"
    r"(?P<unit>%|pour cent|(?:millions?|milliards?)(?: d'euros)?|[mk]€|md€|€|euros?|points?|jours?|semaines?|mois|ans?|"
    r"annees?|heures?)(?!\w)"
)
_UNITS = {"pour cent": "%", "euros": "€", "euro": "€", "annee": "an", "million d'euro": "m€", "million": "m€"}
_SWAPPED = re.compile(r"\b(?:remplace|substitue)\w*\b[^.;]{0,60}\b(?:par|aux?)\b")
_INSTEAD = re.compile(
    r"[^.;\d]{0,60}?[,( ]+(?:au lieu d|et non (?:plus |pas )?|auparavant |precedemment )[^.;\d]{0,20}"
)
_CHANGES = r"(?:passe|port|relev|ramen|abaiss|redui|augment)"
_FROM = re.compile(rf"\b{_CHANGES}\w*(?: \w+)? d(?:e |')$")
_IS = r"(?:est|sont|a ete|ont ete|sera|seront)"
_TO = re.compile(
    rf"(?:\b{_IS}(?: desormais| \w+ment)? {_CHANGES}\w*|\bpass(?:e|ent|era|eront))(?: desormais| \w+ment)? a $"
)
_BY_LAW = frozenset(
    "article decret arrete loi meme alinea mots mot termes ligne tableau texte code annexe prevu prevue".split()  # noqa: SIM905
)
# « … à 60 % pour les communes rurales » says nothing of the others.
_NARROWS = re.compile(r"[^.;]{0,40}\b(?:pour|lorsqu\w*|si|quand|en cas|sauf) ")
_ARTICLE = re.compile(r"\barticle (\d+(?:-\d+)*|1er)(?!\w)")
_QUOTED = re.compile(r"[«“]([^«»“”]*)[»”]")
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit in a text, and both in one spelling."""

    start: int
    end: int
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence's new figure, the one that it replaces (None when it is not written), and what both are of."""

    old: Figure | None
    new: Figure
    roots: frozenset[str]
    quoted: str
    article: str
    sectors: frozenset[Tag]
    is_narrow: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence or row with figures."""

    passage: Passage
    span: Span
    figures: tuple[Figure, ...]


def collect(passages: Sequence[Passage], documents: Mapping[str, DocumentInfo], reader: TermReader) -> tuple[Fact, ...]:
    """The figures that were changed, « replaced », and once each what stands in their place."""
    said = [one for passage in passages for one in _said(passage)]
    found: dict[str, Fact] = {}
    for one in said:
        for change in changes_of(one.span.quote, one.figures, reader) if one.passage.kind == "prose" else ():
            mine = documents[one.passage.document_id]
            new = _fact(one, change.new, change.sectors)
            for other in said:
                if outdates(mine, documents[other.passage.document_id]):
                    for figure in _changed(change, other, reader):
                        old = _fact(other, figure, change.sectors, replaced_by=new.id)
                        found.setdefault(new.id, new)
                        found.setdefault(old.id, old)
    return tuple(found.values())


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text, in order."""
    return tuple(
        Figure(match.start(), match.end(), _number(match["number"]), _unit(match["unit"]))
        for match in _FIGURE.finditer(flatten(text))
    )


def changes_of(text: str, figures: Sequence[Figure], reader: TermReader) -> Iterator[Change]:
    """What a sentence changes."""
    flat = flatten(text)
    taken: set[Figure] = set()
    for one, two in pairwise(figures):
        between = flat[one.end : two.start]
        if one.unit != two.unit or one.number == two.number:
            continue
        if _SWAPPED.search(between) or (_FROM.search(flat, 0, one.start) and between.strip() == "a"):
            taken |= {one, two}
            verb = _FROM.search(flat, 0, one.start)
            yield _change(text, one, two, verb.start() if verb else one.start, reader)
        elif _INSTEAD.fullmatch(between) and not _TO.search(flat, 0, one.start):
            taken |= {one, two}
            yield _change(text, two, one, one.start, reader)
    for one in figures:
        if one not in taken and (verb := _TO.search(flat, 0, one.start)):
            yield _change(text, None, one, verb.start(), reader)


def _change(text: str, old: Figure | None, new: Figure, first: int, reader: TermReader) -> Change:
    words = (word for word in content_words(text[:first]) if not word.isdecimal() and word not in _BY_LAW)
    quotes = [match[1] for match in _QUOTED.finditer(text) if old and match.start(1) <= old.start < match.end(1)]
    quoted = " ".join(flatten(quotes[0]).split()) if quotes and len(quotes[0].split()) > 2 else ""
    sectors = frozenset(one.tag for one in reader.named(text) if one.tag.kind in _SECTORS)
    is_narrow = _NARROWS.match(flatten(text), new.end) is not None and not sectors
    article = _ARTICLE.search(flatten(text))
    roots = frozenset(word[:_ROOT] for word in words)
    return Change(old, new, roots, quoted, article[1] if article else "", sectors, is_narrow)


def _changed(change: Change, said: _Said, reader: TermReader) -> Iterator[Figure]:
    """The figures of a sentence that a change replaces."""
    text = said.passage.searchable.split("\n", 1)[-1] if said.passage.kind == "row" else said.span.quote
    roots = {word[:_ROOT] for word in content_words(text)}
    if change.quoted and change.quoted not in " ".join(flatten(said.span.quote).split()):
        return
    articles = {match[1] for heading in said.passage.headings for match in _ARTICLE.finditer(flatten(heading))}
    if change.article and articles and change.article not in articles:
        return
    is_cited = bool(change.old and change.article and articles)
    is_worded = change.roots & roots if change.old else change.roots and change.roots <= roots
    if not change.quoted and not is_cited and not is_worded:
        return
    for number, figure in enumerate(said.figures):
        if figure.unit != change.new.unit or figure.number == change.new.number:
            continue
        if change.old is not None and figure.number != change.old.number:
            continue
        sectors = _sectors_of(said, number, reader)
        if change.old is None and (sectors != change.sectors or change.is_narrow):
            continue
        if not sectors or not change.sectors or sectors & change.sectors:
            yield figure


def _sectors_of(said: _Said, number: int, reader: TermReader) -> frozenset[Tag]:
    """The sectors of one figure: those named up to the next one, else since the one before, else those of its row."""
    text, figures = said.span.quote, said.figures
    if said.passage.kind == "row":
        return frozenset(tag for tag in said.passage.tags if tag.kind in _SECTORS)
    end = figures[number + 1].start if number + 1 < len(figures) else len(text)
    start = figures[number - 1].end if number else 0
    named = [one for one in reader.named(text) if one.tag.kind in _SECTORS]
    after = frozenset(one.tag for one in named if figures[number].end <= one.start < end)
    return after or frozenset(one.tag for one in named if start <= one.start < figures[number].start)


def _said(passage: Passage) -> Iterator[_Said]:
    for start, end in passage.sentences:
        text = passage.text[start - passage.start : end - passage.start]
        if figures := figures_of(text):
            yield _Said(passage, Span(passage.page, start, end, text), figures)


def _fact(said: _Said, figure: Figure, about: frozenset[Tag], replaced_by: str | None = None) -> Fact:
    value = said.span.quote[figure.start : figure.end]
    words = "\n".join((value, said.span.quote, replaced_by or ""))
    name = f"{said.passage.document_id}:a-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    return Fact(
        id=name, passage_id=said.passage.id, document_id=said.passage.document_id, kind="amended",
        about=tuple(sorted(about)), acronym="", period="", value=value, is_rounded=False, span=said.span,
        headers=tuple(dict.fromkeys(one for one in said.passage.headers if one is not None and one.quote)),
        status="in_force" if replaced_by is None else "replaced", replaced_by=replaced_by, conflicts_with=(),
    )  # fmt: skip


def _number(text: str) -> str:
    if text in _WORDED:
        return str(_WORDED[text])
    return re.sub(r"[ .]", "", text).replace(",", ".")


def _unit(text: str) -> str:
    plain = text.removesuffix("s") if text not in ("mois", "euros") else text
    plain = plain.replace("millions", "million").replace("milliards", "milliard").replace("euros", "euro")
    return _UNITS.get(plain, "€" if plain.startswith("euro") else plain)
