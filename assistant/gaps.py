"""What is missing: unanswered and disliked questions grouped by likeness, and the gaps by wave, lane and milestone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.desk_records import QueueFilter, QueueItem
from assistant.journal import Journal
from assistant.journal_exchanges import start_of
from index.records import DocumentInfo, Programme, Tag, TagKind
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from assistant.answering import Assistant

# From this cosine on, two questions of the same terms are one want; of other terms, never.
LIKE = 0.90
_UNANSWERED = ("not_found", "partial", "clarify")
_MOST = 2000
KINDS: tuple[TagKind, ...] = ("wave", "lane", "milestone")


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered, or whose answer was disliked."""

    exchange: str
    question: str
    asked_at: datetime
    outcome: str
    is_disliked: bool
    terms: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that want the same. `title` is the most typical one; `questions` are newest first.

    `nearest` is the document that comes nearest. `trend` compares the last half of the period
    with the first, from −1 (only asked before) to 1 (only asked lately).
    """

    title: str
    questions: tuple[Missed, ...]
    first: datetime
    last: datetime
    trend: float
    terms: tuple[str, ...]
    nearest: DocumentInfo | None = None

    @property
    def count(self) -> int:
        """How many times it was asked."""
        return len(self.questions)


@dataclass(frozen=True, slots=True)
class Cell:
    """A wave, lane and milestone: how many deadlines the documents give, how often it was asked and not answered."""

    deadlines: int
    asked: int
    missed: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells by (wave, lane, milestone) ids; the labels are in the vocabulary's order."""

    waves: Mapping[str, str]
    lanes: Mapping[str, str]
    milestones: Mapping[str, str]
    cells: Mapping[tuple[str, str, str], Cell]


def missing(assistant: Assistant, journal: Journal, *, day: date, days: int = 90) -> tuple[Group, ...]:
    """The groups of the last `days`, those asked most first."""
    since = day - timedelta(days=days - 1)
    listed = journal.listed(QueueFilter(since=since), limit=_MOST)
    missed = [_missed(item) for item in listed if is_missed(item)]
    middle = start_of(since) + timedelta(days=days / 2)
    with assistant.reading() as index:
        grouped = group(missed, index.likeness)
        groups = [_group(questions, index.vocabulary, index.likeness, middle) for questions in grouped]
        ranked = sorted(groups, key=lambda one: (-one.count, -one.last.timestamp()))

        def with_nearest(one: Group) -> Group:
            hit = next(iter(index.search(one.title, limit=1)), None)
            if hit is None:
                return one
            return replace(one, nearest=index.documents[hit.passage.document_id])

        return tuple(with_nearest(one) for one in ranked)


def is_missed(item: QueueItem) -> bool:
    """Whether the question was not answered, or not whole, or its answer disliked."""
    return item.outcome in _UNANSWERED or item.downs > 0


def group(missed: Sequence[Missed], likeness: Callable[[str, str], float]) -> list[list[Missed]]:
    """The questions by what they want: the same terms, and a vector near that of the group's first question."""
    groups: list[list[Missed]] = []
    for question in missed:
        fitting = (
            (likeness(question.question, one[0].question), place)
            for place, one in enumerate(groups)
            if one[0].terms == question.terms
        )
        best, place = max(fitting, default=(0.0, -1))
        if best >= LIKE:
            groups[place].append(question)
        else:
            groups.append([question])
    return groups


def _group(
    questions: Sequence[Missed], vocabulary: Vocabulary, likeness: Callable[[str, str], float], middle: datetime
) -> Group:
    asked = [question.asked_at for question in questions]
    late = sum(moment >= middle for moment in asked)
    labels = [vocabulary.label(Tag(kind, name)) for kind, name in sorted(questions[0].terms)]  # type: ignore[arg-type]
    return Group(
        title=_typical(questions, likeness),
        questions=tuple(questions),
        first=min(asked),
        last=max(asked),
        trend=round((2 * late - len(asked)) / len(asked), 2),
        terms=tuple(labels),
    )


def _typical(questions: Sequence[Missed], likeness: Callable[[str, str], float]) -> str:
    """The question nearest to all others; the newest of those that are equally near."""
    texts = list(dict.fromkeys(question.question for question in questions))
    return max(texts, key=lambda text: sum(likeness(text, other) for other in texts))


def draft_document(wanted: Group, programme: Programme) -> str:
    """The start of a document that would answer the group: Markdown with its questions in it."""
    questions = dict.fromkeys(_one_line(question.question) for question in wanted.questions)
    lines = [
        f"# {_one_line(wanted.title)}",
        "",
        f"_Brouillon pour « {programme.name} », à compléter puis à relire._",
        "",
    ]
    for question in questions:
        lines += [f"## {question}", "", "À rédiger : la réponse, et la source qui le dit.", ""]
    if wanted.nearest is not None:
        lines += [f"Document le plus proche aujourd’hui : {_one_line(wanted.nearest.title)}.", ""]
    return "\n".join(lines)


def grid(assistant: Assistant, journal: Journal, *, day: date, days: int = 90) -> Grid:
    """What the documents date, and what is asked, by wave, lane and milestone.

    A software, a profession or a part counts for what it is within; a question that lacks one of the three is nowhere.
    """
    listed = journal.listed(QueueFilter(since=day - timedelta(days=days - 1)), limit=_MOST)
    with assistant.reading() as index:
        vocabulary = index.vocabulary
        dated = [_places(one.tags, vocabulary) for one in index.deadlines if one.status == "in_force"]
        asked = [(_places((Tag(k, n) for k, n in item.terms), vocabulary), is_missed(item)) for item in listed]  # type: ignore[arg-type]
        names = {kind: {t.id: t.label for t in vocabulary.terms_of(kind)} for kind in KINDS}
    keys = [(w, lane, m) for w in names["wave"] for lane in names["lane"] for m in names["milestone"]]
    cells = {
        key: Cell(
            sum(key in places for places in dated),
            sum(key in places for places, _ in asked),
            sum(key in places for places, missed in asked if missed),
        )
        for key in keys
    }
    return Grid(names["wave"], names["lane"], names["milestone"], cells)


def _places(tags: Iterable[Tag], vocabulary: Vocabulary) -> frozenset[tuple[str, str, str]]:
    given = frozenset(tags)
    every = given.union(*(vocabulary.belonging(tag) for tag in given))

    def of(kind: TagKind) -> list[str]:
        return [tag.id for tag in every if tag.kind == kind]

    return frozenset((w, lane, m) for w in of("wave") for lane in of("lane") for m in of("milestone"))


def _missed(item: QueueItem) -> Missed:
    return Missed(item.exchange, item.question, item.asked_at, item.outcome, item.downs > 0, frozenset(item.terms))


def _one_line(text: str) -> str:
    return " ".join(text.replace("<", "‹").replace(">", "›").split())
