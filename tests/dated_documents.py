"""Small documents and passages made by hand, for the tests of dates and deadlines."""

from __future__ import annotations

from datetime import date

from index.corpus import parse_published
from index.records import Deadline, DocumentInfo, Passage, Source, Span, Tag
from index.terms import Term
from index.vocabulary import Vocabulary

SONS, SUN = Tag("programme", "equip"), Tag("programme", "usage")
ONE, TWO = Tag("wave", "lot-1"), Tag("wave", "lot-2")
PHARMACY, HOSPITAL, CITY = Tag("lane", "pharmacie"), Tag("lane", "clinique"), Tag("lane", "cabinet")
TILL, RECORD, GATEWAY, DIARY = (
    Tag("software", "caisse"),
    Tag("software", "dossier"),
    Tag("software", "passerelle"),
    Tag("software", "agenda"),
)
ORDER, ADVANCE, BALANCE, WORK, FILE = (
    Tag("milestone", "commande"),
    Tag("milestone", "avance"),
    Tag("milestone", "solde"),
    Tag("milestone", "prestation"),
    Tag("milestone", "dossier-administratif"),
)


def vocabulary() -> Vocabulary:
    """An invented programme in two « lots », with three lanes and their software."""
    return Vocabulary.from_terms(
        (
            Term("equip", "programme", "Équip", ("programme Équip",)),
            Term("usage", "programme", "Usage+", ("programme Usage",)),
            Term("lot-1", "wave", "Lot 1", ("premier lot",), within=(SONS,)),
            Term("lot-2", "wave", "Lot 2", ("deuxième lot",), within=(SONS,)),
            Term("pharmacie", "lane", "Pharmacie"),
            Term("clinique", "lane", "Clinique"),
            Term("cabinet", "lane", "Cabinet"),
            Term("caisse", "software", "Caisse", ("logiciel de caisse",), within=(PHARMACY,)),
            Term("dossier", "software", "DOP", ("dossier patient",), within=(HOSPITAL,)),
            Term("passerelle", "software", "PAS", ("passerelle",), within=(HOSPITAL,)),
            Term("agenda", "software", "Agenda", within=(CITY,)),
            Term("fenetre-1", "part", "Fenêtre 1", ("première fenêtre",), within=(SUN,)),
            Term("pharmacien", "profession", "Pharmacien", within=(PHARMACY,)),
            Term("commande", "milestone", "Commande", ("bon de commande", "commander")),
            Term("avance", "milestone", "Avance", ("demande d'avance",)),
            Term("solde", "milestone", "Solde", ("demande de solde",)),
            Term("prestation", "milestone", "Prestation", ("installation",)),
            Term("dossier-administratif", "milestone", "Dossier administratif"),
        )
    )


def info(
    identifier: str,
    published: object = None,
    *,
    authority: int = 4,
    url: str | None = None,
    estimated: bool = False,
    title: str = "",
    replaces: tuple[str, ...] = (),
    summarised: Source | None = None,
) -> DocumentInfo:
    """A document; `published` as the manifest writes it, None when it bears no date."""
    days, written = parse_published(published) if published else (None, "")
    source = Source("Éditeur", "page-officielle", authority, days, written, estimated, None, url)
    return DocumentInfo(
        identifier, f"{identifier}.md", title or identifier, source, "summary" if summarised else "original",
        summarised, None, None, replaces, True,
    )  # fmt: skip


def prose(document: str, text: str, *, headings: tuple[str, ...] = (), start: int = 0) -> Passage:
    """A passage of prose; each sentence ends at « . » before a space, or at the end of its line."""
    sentences: list[tuple[int, int]] = []
    begin = 0
    for position, character in enumerate(text):
        is_end = character == "\n" or position == len(text) - 1 or text[position : position + 2] == ". "
        if is_end:
            end = position + (character != "\n")
            if text[begin:end].strip():
                first = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
                sentences.append((start + first, start + begin + len(text[begin:end].rstrip())))
            begin = end
    return Passage(
        f"{document}:p{start}", document, "prose", None, start, start + len(text), text, headings, tuple(sentences),
        (), (), (), (),
    )  # fmt: skip


def row(
    document: str,
    cells: tuple[str, ...],
    columns: tuple[str | None, ...],
    *,
    headings: tuple[str, ...] = (),
    start: int = 1000,
) -> Passage:
    """A table row whose headers stand before it in the frame."""
    spans: list[Span] = []
    position = start
    for cell in cells:
        spans.append(Span(None, position, position + len(cell), cell))
        position += len(cell) + 3
    text = " | ".join(cells)
    headers = tuple(Span(None, 10 * n, 10 * n + len(name), name) if name else None for n, name in enumerate(columns))
    return Passage(
        f"{document}:r{start}", document, "row", None, start, start + len(text), text, headings,
        ((start, start + len(text)),), tuple(spans), headers, (), (),
    )  # fmt: skip


def deadline(
    document: str, day: str, tags: tuple[Tag, ...], *, kind: str = "closes", hour: str | None = None,
    last: str | None = None, precision: str = "day", quote: str = "",
) -> Deadline:  # fmt: skip
    """A deadline that says a day of some tags; its id tells the document and the day."""
    first_day = date.fromisoformat(day)
    span = Span(None, 0, len(quote or day), quote or f"{document} {day} {hour or ''}")
    return Deadline(
        f"{document}-{day}", f"{document}:1", document, first_day, date.fromisoformat(last or day), hour,
        "hour" if hour else precision, kind, False, tags, span, (), span, "in_force", None, (),  # type: ignore[arg-type]
    )  # fmt: skip
