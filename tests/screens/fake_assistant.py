"""An assistant made by hand: small documents, one answer per outcome, and text that would run if it could."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.answers import (
    Answer,
    CheckedSentence,
    Citation,
    Derived,
    Nearest,
    Outcome,
    Statement,
    Understood,
    Wording,
)
from assistant.desk_records import Versions
from assistant.errors import DocumentUnknown
from index.reading import content_hash
from index.records import (
    Block,
    DateKind,
    DayRange,
    Deadline,
    DeadlineStatus,
    Document,
    DocumentInfo,
    Evidence,
    Hit,
    LeftOut,
    Page,
    Passage,
    Programme,
    Source,
    Span,
    Tag,
)
from index.terms import Term
from index.vocabulary import Vocabulary

EVIL = "http://evil.invalid"
HOSTILE = (
    f"<script>window.hacked=1</script> <img src={EVIL}/a.png onerror='window.hacked=2'> ![image]({EVIL}/b.png) "
    f"[lien](javascript:window.hacked=3) <{EVIL}/c> $\\frac{{1}}{{2}}$ :material/skull: :smile: :red[rouge] "
    f"`code` **gras** # titre | a | {EVIL}/d www.evil.invalid a@evil.invalid &lt;b&gt; <svg onload=window.hacked=4>"
)
PROGRAMME = Programme(
    name="Programme d’équipement des écoles en jardins",
    short_name="Jardins d’école",
    description="Les vagues, les dates et les établissements concernés, d’après les documents du programme.",
    examples=(
        "Quelle est la date limite du solde de la vague 1 ?",
        "Je suis jardinier, suis-je concerné par la vague 2 ?",
        "Que paie le programme ?",
        "Quand ouvre la vague 2 ?",
    ),
    contact="aide@jardins.example",
    official_site="https://jardins.example/",
    timezone="Europe/Paris",
    disclaimer="Assistant non officiel ; seule la page d’origine fait foi.",
)


def source(publisher: str, day: date | None, url: str | None, **more: Any) -> Source:
    return Source(
        publisher=publisher,
        kind=more.get("kind", "page-officielle"),
        authority=more.get("authority", 3),
        published=DayRange(day, day) if day else None,
        published_as_written=day.isoformat() if day else "",
        published_on_estimated=more.get("estimated", False),
        retrieved_on=None,
        url=url,
    )


def info(
    document_id: str,
    title: str,
    own: Source,
    summarised: Source | None = None,
    path: str = "",
    replaces: tuple[str, ...] = (),
) -> DocumentInfo:
    origin = "summary" if summarised else "original"
    return DocumentInfo(
        document_id, path or f"{document_id}.md", title, own, origin, summarised, None, None, replaces, is_listed=True
    )


def frame(number: int | None, *lines: str | tuple[str, ...]) -> Page:
    """A page built line by line: « # » makes a heading, « - » an item, a tuple a row; the first row is the header."""
    text, blocks, headers = "", [], ()
    for line in lines:
        start = len(text)
        if isinstance(line, tuple):
            cells = []
            for cell in line:
                at = len(text) + 2
                text += f"| {cell} "
                cells.append(Span(number, at, at + len(cell), cell))
            text += "|"
            headers = headers or tuple(cells)
            blocks.append(Block("row", start, len(text), 0, tuple(cells), headers))
            text += "\n"
            continue
        level = len(line) - len(line.lstrip("#"))
        words = line.lstrip("# ").removeprefix("- ")
        kind = "heading" if level else "item" if line.startswith("- ") else "paragraph"
        blocks.append(Block(kind, start, start + len(words), level))
        text, headers = text + words + "\n", ()
    return Page(number, text, tuple(blocks))


SUMMARY = info(
    "fiche-vague-1",
    "Vague 1 : calendrier des demandes",
    source("Assistant Jardins", date(2024, 11, 20), None, kind="fiche"),
    source("Agence des jardins", date(2024, 11, 15), "https://agence.example/vague-1"),
    replaces=("page-2022",),
)
OLD = info(
    "page-2022", "Calendrier de 2022", source("Agence des jardins", date(2022, 3, 1), "https://agence.example/2022")
)
GUIDE = info(
    "guide",
    "Guide du demandeur",
    source("Ministère des jardins", date(2023, 5, 24), "https://ministere.example/guide.pdf", kind="guide"),
    path="guide.pdf",
)
EVIL_INFO = info("piege", HOSTILE, source(HOSTILE, None, "javascript:alert(1)"))
FILLER = (
    "Les demandes se déposent en ligne auprès de l’agence, qui vérifie les pièces et répond sous deux mois. "
    "Un dossier incomplet est rendu à son auteur, qui peut le compléter une fois. "
)
VOCABULARY = Vocabulary.from_terms(
    (
        Term("vague-1", "wave", "Vague 1"),
        Term("vague-2", "wave", "Vague 2"),
        Term("pve", "software", "PVE", ("plan vert de l’école",), definition="Le plan <b>vert</b> de l’école."),
        Term("solde", "milestone", "Solde"),
        Term("maternelles", "lane", "Écoles maternelles"),
        Term("primaires", "lane", "Écoles primaires"),
        Term("collèges", "lane", "Collèges"),
        Term("espaces-verts", "lane", "Espaces verts"),
        Term("jardinier", "profession", "Jardiniers", ("jardinier",), within=(Tag("lane", "espaces-verts"),)),
        Term("pépiniériste", "profession", "Pépiniéristes", ("pépiniériste",), within=(Tag("lane", "espaces-verts"),)),
    )
)
PAGES: dict[str, tuple[Page, ...]] = {
    "fiche-vague-1": (
        frame(
            None,
            "# Vague 1 : calendrier des demandes",
            "Cette fiche donne les dates de dépôt de chaque couloir.",
            "## Solde",
            ("Couloir", "Date limite du solde", "Heure"),
            ("Écoles maternelles", "28/04/2023", "14 h"),
            ("Écoles primaires", "14/12/2023", "14 h"),
            ("Collèges", "19/12/2024", "midi"),
        ),
    ),
    "page-2022": (
        frame(
            None, "# Calendrier de 2022", FILLER * 3, "Le solde des écoles primaires est clos le 28 avril 2023.", FILLER
        ),
    ),
    "guide": (
        frame(1, "# Guide du demandeur", FILLER * 2),
        frame(
            2,
            "# Qui est concerné",
            FILLER * 2,
            "La vague 2 s’ouvre aux jardiniers et aux pépiniéristes. Elle commence en septembre.",
            "- les jardiniers salariés ;",
            "- les pépiniéristes.",
            FILLER * 2,
        ),
    ),
    "piege": (frame(None, "# Piège", HOSTILE),),
}
WARNINGS = {"guide": ("page 3 : aucun texte, image numérisée ?",)}
LEFT_OUT = {"page-2022": (LeftOut("Abonnez-vous à la lettre", "lettre d’information"),)}


def span(document: str, words: str) -> Span:
    """Where the words stand in a document; they must be there."""
    for page in PAGES[document]:
        if (at := page.text.find(words)) >= 0:
            return Span(page.number, at, at + len(words), words)
    raise AssertionError(words)


def row(document: str, first: str) -> tuple[Span, tuple[Span, ...]]:
    """The row that starts with this cell, and its headers."""
    for page in PAGES[document]:
        for block in page.blocks:
            if block.kind == "row" and block.cells[0].quote == first:
                quoted = Span(page.number, block.start, block.end, page.text[block.start : block.end])
                return quoted, tuple(header for header in block.headers if header)
    raise AssertionError(first)


def cite(
    number: int, document: DocumentInfo, quoted: Span, headers: tuple[Span, ...] = (), replaced_by: int | None = None
) -> Citation:
    return Citation(number, f"p-{number}", quoted, headers, document, replaced_by is None, replaced_by)


class FakeIndex:
    """The index as far as a screen reads it."""

    vocabulary = VOCABULARY

    @property
    def documents(self) -> dict[str, DocumentInfo]:
        return {one.id: one for one in (SUMMARY, OLD, GUIDE, EVIL_INFO)}

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return DEADLINES

    generation = "fake"
    warnings = ()
    trouble = ""
    corpus_as_of = date(2024, 11, 15)
    manifest = MappingProxyType({"model": {"identity": "modèle à la main"}, "built_at": "2024-11-15T10:00:00+00:00"})

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passage for name in PAGES for passage in self.passages_of(name))

    def search(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return FakeAssistant().search(text, limit=limit)

    def passage(self, name: str) -> Passage:
        raise KeyError(name)

    def likeness(self, one: str, other: str) -> float:
        """Only the same words are alike."""
        return float(one == other)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        return tuple(passage_of(document_id, page) for page in PAGES[document_id])


class FakeAssistant:
    """Answers by a word of the question; every part of the screens has an answer that shows it."""

    programme = PROGRAMME
    vocabulary = VOCABULARY
    corpus_as_of = date(2024, 11, 15)
    generation = "fake"

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.is_warm = False

    # What a language model makes of an answer, when one is set.
    language_model: str | None = None
    keeps_questions = True

    def warm(self) -> None:
        self.is_warm = True

    def reworded(self, question: str, **options: Any) -> Answer | None:
        given = self.answer(question, **options)
        return worded(given, self.language_model) if self.language_model and given.statements else None

    def answer(
        self,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        documents: frozenset[str] = frozenset(),
        without: Sequence[str] = (),
    ) -> Answer:
        self.asked.append(
            {"question": question, "after": tuple(after), "day": day, "documents": documents, "without": tuple(without)}
        )
        words = question.casefold()
        if "panne" in words:
            raise RuntimeError(f"secret {question}")
        if "solde" in words:
            return self._table(question, bool(after), tuple(without))
        if "jardinier" in words:
            return self._several(question, bool(after))
        if "piège" in words:
            return self._hostile(question)
        if "ouvre" in words:
            return reply(
                question,
                "clarify",
                lead="De quelle vague parlez-vous ?",
                choices=("Quand ouvre la vague 1 ?", "Quand ouvre la vague 2 ?"),
            )
        if re.search(r"bonjour|tarte", words):
            return reply(
                question,
                "out_of_scope",
                lead="Je réponds aux questions sur les jardins d’école, à partir de leurs documents.",
            )
        return reply(
            question,
            "not_found",
            lead="Les documents ne le disent pas.",
            nearest=(Nearest("p-9", OLD, FILLER), Nearest("p-8", GUIDE, FILLER)),
        )

    def _table(self, question: str, is_follow_up: bool, without: tuple[str, ...]) -> Answer:
        quoted = [row("fiche-vague-1", name) for name in ("Écoles maternelles", "Écoles primaires", "Collèges")]
        citations = [cite(i + 1, SUMMARY, *found) for i, found in enumerate(quoted)]
        citations.append(
            cite(4, OLD, span("page-2022", "Le solde des écoles primaires est clos le 28 avril 2023."), (), 2)
        )
        understood = (
            Understood("milestone", "solde", "Solde", inherited=False),
            Understood("wave", "vague-1", "Vague 1", inherited=is_follow_up),
        )
        return reply(
            question,
            "answered",
            lead="Le dépôt des demandes de solde de la vague 1 est clos dans les couloirs documentés :",
            statements=(
                Statement("Écoles maternelles : 28/04/2023, 14 h", (1,)),
                Statement("Écoles primaires : 14/12/2023, 14 h", (2,)),
                Statement("Collèges : 19/12/2024, midi", (3,)),
            ),
            citations=tuple(citations),
            understood=tuple(term for term in understood if term.id not in without),
            notices=("Écoles primaires : une page plus ancienne indiquait le 28 avril 2023 [4], remplacée.",),
            choices=("Date limite du solde de la vague 1 pour les collèges ?", "Date limite du solde de la vague 2 ?"),
        )

    def _several(self, question: str, is_follow_up: bool) -> Answer:
        first = span("guide", "La vague 2 s’ouvre aux jardiniers et aux pépiniéristes.")
        second = span("guide", "Elle commence en septembre.")
        return reply(
            question,
            "partial",
            lead="Les documents ne donnent pas de date de solde pour les jardiniers. Ce qu’ils donnent :",
            statements=(
                Statement("La vague 2 s’ouvre aux jardiniers et aux pépiniéristes.", (1,)),
                Statement(
                    "Elle commence en septembre.",
                    (2,),
                    (Derived("septembre 2023", "année déduite de la date du document, 24 mai 2023"),),
                ),
            ),
            citations=(cite(1, GUIDE, first), cite(2, GUIDE, second)),
            understood=(Understood("profession", "jardinier", "Jardiniers", inherited=is_follow_up),),
            nearest=(Nearest("p-9", OLD, FILLER),),
        )

    def _hostile(self, question: str) -> Answer:
        return reply(
            question,
            "answered",
            lead=HOSTILE,
            statements=(Statement(HOSTILE, (1,), (Derived(HOSTILE, HOSTILE),)),),
            citations=(cite(1, EVIL_INFO, span("piege", HOSTILE)),),
            understood=(Understood("wave", "piege", HOSTILE, inherited=False),),
            notices=(HOSTILE,),
            choices=(HOSTILE,),
            nearest=(Nearest("p-1", EVIL_INFO, HOSTILE),),
        )

    def documents(self) -> tuple[DocumentInfo, ...]:
        return (SUMMARY, OLD, GUIDE, EVIL_INFO)

    def versions(self, documents: Iterable[str]) -> Versions:
        return Versions("fake", "fake-1", "v", "1", {name: f"hash of {name}" for name in documents if name in PAGES})

    def next_due(self, passages: Iterable[str], day: date) -> date | None:
        return None

    def today(self) -> date:
        return date(2024, 12, 1)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        if document_id not in PAGES:
            raise DocumentUnknown(f"Document inconnu : {document_id}.")
        return PAGES[document_id]

    @contextmanager
    def reading(self) -> Iterator[FakeIndex]:
        yield FakeIndex()

    def left_out(self, document_id: str) -> tuple[LeftOut, ...]:
        return LEFT_OUT.get(document_id, ())

    def deadlines(self) -> tuple[Deadline, ...]:
        return DEADLINES

    def document_path(self, document_id: str) -> Path:
        self.pages(document_id)
        return file_of(document_id)

    def search(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """The first passage of each document that holds the text."""
        found = [
            (name, page) for name, pages in PAGES.items() for page in pages if text.casefold() in page.text.casefold()
        ]
        seen = (Evidence("exact words", 1, 1.0),)
        return tuple(Hit(passage_of(name, page), 1.0, seen) for name, page in found[:limit])

    def document(self, document_id: str) -> Document:
        """As read; one is said to have been read from other bytes than its file has now."""
        info = FakeIndex().documents[document_id]
        read = b"changed" if document_id == "page-2022" else file_of(document_id).read_bytes()
        return Document(
            info,
            content_hash(read, info),
            PAGES[document_id],
            LEFT_OUT.get(document_id, ()),
            WARNINGS.get(document_id, ()),
        )


def passage_of(document_id: str, page: Page) -> Passage:
    """A whole page as one passage whose sentences are its blocks."""
    end, sentences = len(page.text), tuple((block.start, block.end) for block in page.blocks if not block.cells)
    return Passage("p-0", document_id, "prose", page.number, 0, end, page.text, (), sentences, (), (), (), ())


@cache
def file_of(document_id: str) -> Path:
    """A file for each document: a real PDF for the guide, its text for the others."""
    if document_id == "guide":
        return guide_pdf()
    path = Path(tempfile.mkdtemp()) / f"{document_id}.md"
    path.write_text(PAGES[document_id][0].text, encoding="utf-8")
    return path


@cache
def guide_pdf() -> Path:
    """The guide as a PDF with the words of its pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    path = Path(tempfile.mkdtemp()) / "guide.pdf"
    styles, story = getSampleStyleSheet(), []
    for page in PAGES["guide"]:
        for block in page.blocks:
            style = styles["Heading1" if block.kind == "heading" else "BodyText"]
            story.append(Paragraph(page.text[block.start : block.end], style))
        story.append(PageBreak())
    SimpleDocTemplate(str(path), pagesize=A4).build(story)
    return path


def reply(question: str, outcome: Outcome, **parts: Any) -> Answer:
    return Answer(
        question=question,
        query=question,
        understood=parts.get("understood", ()),
        outcome=outcome,
        lead=parts.get("lead", ""),
        statements=parts.get("statements", ()),
        citations=parts.get("citations", ()),
        notices=parts.get("notices", ()),
        choices=parts.get("choices", ()),
        nearest=parts.get("nearest", ()),
        corpus_as_of=FakeAssistant.corpus_as_of,
        confidence=0.9,
        generation="fake",
        written_by="quotation",
        timings_ms={"total": 1.0},
    )


def worded(answer: Answer, model: str) -> Answer:
    """The answer in a model's words: its first statement, reworded; two sentences were dropped."""
    first = replace(answer.statements[0], text=f"En clair : {answer.statements[0].text}")
    kept = CheckedSentence(first.text, True, "", True, 4.0)
    dropped = CheckedSentence("", False, "value", False, 0.0)
    made = Wording(model, "quote", True, (kept, dropped, dropped), 120.0, 900.0, 800, 40)
    return replace(answer, statements=(first, *answer.statements[1:]), written_by=model, wording=made)


def deadline(
    name: str,
    day: date,
    first: str,
    status: DeadlineStatus = "in_force",
    replaced_by: str | None = None,
    date_kind: DateKind = "closes",
    inferred: bool = False,
) -> Deadline:
    quoted, headers = row("fiche-vague-1", first)
    tags = (Tag("wave", "vague-1"), Tag("milestone", "solde"), Tag("lane", first.casefold().split()[-1]))
    return Deadline(
        name,
        f"p-{name}",
        "fiche-vague-1",
        day,
        day,
        "14:00",
        "hour",
        date_kind,
        inferred,
        tags,
        quoted,
        headers,
        quoted,
        status,
        replaced_by,
        (),
    )


DEADLINES = (
    deadline("d5", date(2099, 6, 30), "Collèges"),
    deadline("d1", date(2023, 4, 28), "Écoles maternelles"),
    deadline("d2", date(2023, 12, 14), "Écoles primaires"),
    deadline("d3", date(2024, 12, 19), "Collèges", inferred=True),
    deadline("d4", date(2023, 4, 28), "Écoles primaires", "replaced", "d2"),
)
