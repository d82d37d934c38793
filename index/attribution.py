"""Pure: what each date of a sentence or a cell is about: the terms beside it, then those that frame it.

A term kind that the sentence says itself is never taken from around it; what frames it is asked from near to far.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.dating import DateMention
from index.dating_words import flatten
from index.records import Tag, TagKind
from index.vocabulary import Vocabulary

ABOUT_KINDS: tuple[TagKind, ...] = ("programme", "wave", "part", "lane", "software", "profession", "milestone")
SAID_KINDS: tuple[TagKind, ...] = (*ABOUT_KINDS, "service")
# A heading that names two of these is a comparison, and says of neither that the date is about it.
_ONE_ONLY = frozenset({"programme", "wave", "part"})
SECTOR_KINDS: frozenset[str] = frozenset({"lane", "software", "profession"})
_COORDINATED = re.compile(
    r"(?:[\s,/&()-]|\b(?:et|ou|ainsi que|comme|puis|d[eu]s?|les?|la|une?|en|aux?|a|pour|sur|demandes?|dossiers?)\b|"
    r"[dl]')*"
)
_ASIDE = re.compile(r", ?(?:avec|dont|soit|ou|sachant)\b[^,]*%")
_FOR_ALL = re.compile(
    r"\b(?:pour|dans|a|chez|concern\w+|applicables? a|communs? a|vaut pour) (?:tou(?:s|tes) les|l'ensemble des|"
    r"chacune? des) (?:\w+ )?(?:categories|candidats?|publics|beneficiaires|secteurs|demandeurs|participants|porteurs|"
    r"filieres|couloirs|metiers|professions|structures|etablissements)\b|\bquel(?:le)? que soit (?:la|le|votre) "
    r"(?:categorie|secteur|filiere|metier|profession|couloir|public)\b|\b(?:l'ensemble des|tous les) candidats\b"
)
_OTHERS = re.compile(r"[ ,]*(?:inclus )?(?:pour|chez|dans) (?:tou(?:s|tes) )?les autres\b")
_OTHERS_BEFORE = re.compile(r"\b(?:pour|chez|dans) (?:tou(?:s|tes) )?les autres\b[^.;\d]{0,80}$")
_PARTICIPLE = re.compile(r"[ée]e?s?$", re.IGNORECASE)
# What stands between a date and a name, in half characters: an edge of a clause, the wrong side, naming nothing.
_EDGE = 30
_WRONG_SIDE = 40
_NONE = 45


@dataclass(frozen=True, slots=True)
class Named:
    """A term named in a text, in `text[start:end]`."""

    start: int
    end: int
    tag: Tag


@dataclass(frozen=True, slots=True)
class Frame:
    """A text around the date, and for which kinds of terms it is asked.

    `is_speech` for an earlier sentence: it frames only by a term that stands alone in its kind. `is_title` for what
    frames the whole document: it is not asked for a kind that nearer texts leave open between several. `kinds` are
    those that it may give.
    """

    text: str
    is_speech: bool = False
    is_title: bool = False
    kinds: tuple[TagKind, ...] = ABOUT_KINDS

    @property
    def is_talk(self) -> bool:
        """Whether it is an earlier sentence that introduces nothing."""
        return self.is_speech and self.kinds == ABOUT_KINDS and not self.text.rstrip().endswith(":")


def is_for_others(text: str, start: int, end: int) -> bool:
    """Whether the date at these offsets is for those that its sentence does not name: « … pour les autres »."""
    flat = flatten(text)
    return _OTHERS.match(flat, end) is not None or _OTHERS_BEFORE.search(flat, 0, start) is not None


def holds_for_all(text: str) -> bool:
    """Whether a sentence says that it holds for every sector, whatever its page is about: « toutes les catégories »."""
    return _FOR_ALL.search(flatten(text)) is not None


class TermReader:
    """Finds terms in texts and keeps what it found: headings and titles come again and again."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._named: dict[tuple[str, str], tuple[Named, ...]] = {}
        self._unknown: dict[str, frozenset[str]] = {}

    def named(self, text: str, context: str = "") -> tuple[Named, ...]:
        """The terms that the text certainly names, in order; `context` tells shared acronyms apart."""
        key = (text, context)
        if key not in self._named:
            near = {named.tag for named in self.named(context)} if context else set()
            found: list[Named] = []
            for mention in self.vocabulary.find(text, context=context):
                meant = mention.tags if len(mention.tags) == 1 else tuple(tag for tag in mention.tags if tag in near)
                if len(meant) == 1:
                    found.append(Named(mention.start, mention.end, meant[0]))
            self._named[key] = _without_adjectives(text, found)
        return self._named[key]

    def unknown_kinds(self, text: str) -> frozenset[str]:
        """Kinds of the numbered terms that the vocabulary lacks: « vague 3 » is of no wave that surrounds it."""
        if text not in self._unknown:
            self._unknown[text] = frozenset(term.kind for term in self.vocabulary.unknown_numbered(text))
        return self._unknown[text]


def _without_adjectives(text: str, named: Sequence[Named]) -> tuple[Named, ...]:
    """The terms less the participles that only describe the term before, when another of their kind is named.

    « la commande d'un logiciel référencé » is about the order alone.
    """
    ends = {one.end: one.tag.kind for one in named}

    def describes(one: Named) -> bool:
        before = ends.get(len(text[: one.start].rstrip(" \u00a0)")))
        is_participle = _PARTICIPLE.search(text, one.start, one.end) is not None
        return is_participle and before is not None and before != one.tag.kind

    kept = [one for one in named if not describes(one)]
    kinds = {one.tag.kind for one in kept}
    return tuple(one for one in named if one in kept or one.tag.kind not in kinds)


def tags_of_dates(
    text: str, dates: Sequence[DateMention], reader: TermReader, context: str
) -> tuple[tuple[Tag, ...], ...]:
    """For each date, the terms that the text itself says of it.

    When a text names several terms of a kind, each date takes the nearest ones: « commande avant le 15 mars, solde le
    28 avril ». The date that a postponement left is about the same things as the new one.
    """
    if not dates:
        return ()
    found: list[list[Tag]] = [[] for _ in dates]
    flat = flatten(text)
    named = reader.named(text, context)
    # Other terms between two of a kind do not part them: « la commande d'un DUI et la demande d'avance ».
    blank = _blanked(flat, named)
    named = tuple(one for one in named if not _is_aside(flat, dates[-1].end, one))
    for kind in SAID_KINDS:
        groups = _groups(blank, [one for one in named if one.tag.kind == kind], reader.vocabulary)
        for number, group in enumerate(_by_clause(flat, dates, groups, is_exclusive=kind == "milestone")):
            found[number] += [one.tag for one in group]
    for number, one in enumerate(dates):
        following = next((n for n in range(number + 1, len(dates)) if dates[n].moved == "to"), None)
        before = next((n for n in range(number - 1, -1, -1) if dates[n].moved == "to"), None)
        put = following if following is not None else before
        if one.moved == "from" and put is not None:
            found[number] = found[put]
    return tuple(tuple(dict.fromkeys(tags)) for tags in found)


def _is_aside(flat: str, last_date: int, one: Named) -> bool:
    """Whether a sector stands in what only goes along with the last date: « …, avec 30 % pour les écoles »."""
    return one.tag.kind in SECTOR_KINDS and _ASIDE.search(flat, last_date, one.start) is not None


def framed(own: Sequence[Tag], said: frozenset[str], frames: Iterable[Frame], reader: TermReader) -> tuple[Tag, ...]:
    """The date's own terms and, for the kinds in ABOUT_KINDS that it does not say, those of its frames, near to far.

    `said` are kinds that are not to be asked. A term at odds with one already taken is not taken.
    """
    tags = list(own)
    closed = {tag.kind for tag in own} | said
    open_between: set[str] = set()
    for frame in frames:
        of_kind: dict[TagKind, list[Tag]] = {}
        for one in reader.named(frame.text):
            if frame.is_talk and _is_quoted(frame.text, one):
                continue  # a title or what somebody said: « l'atelier « Rénover une école » », and then another matter
            of_kind.setdefault(one.tag.kind, []).append(one.tag)
        for kind in frame.kinds:
            if kind in closed or kind not in of_kind or (frame.is_title and kind in open_between):
                continue
            # What a sentence says of the programme by name is not about the window spoken of before.
            if kind == "part" and frame.is_speech and any(tag.kind == "programme" for tag in own):
                continue
            # Nor is what it says of a wave by name about the sector spoken of before.
            if kind in SECTOR_KINDS and frame.is_talk and any(tag.kind == "wave" for tag in own):
                continue
            meant = _narrowest(dict.fromkeys(of_kind[kind]), reader.vocabulary)
            if len(meant) > 1 and (frame.is_speech or kind in _ONE_ONLY):
                open_between.add(kind)
                continue
            fitting = [tag for tag in meant if not any(reader.vocabulary.conflicts(tag, other) for other in tags)]
            if fitting:
                tags += fitting
                closed.add(kind)
        closed |= reader.unknown_kinds(frame.text)
    return tuple(tags)


def _is_quoted(text: str, one: Named) -> bool:
    return text.rfind("«", 0, one.start) > text.rfind("»", 0, one.start)


def _narrowest(tags: Iterable[Tag], vocabulary: Vocabulary) -> list[Tag]:
    """The tags without those that another of them is within."""
    tags = list(tags)
    return [tag for tag in tags if not any(tag in vocabulary.belonging(other) for other in tags)]


def _blanked(flat: str, named: Sequence[Named]) -> str:
    for one in named:
        flat = flat[: one.start] + " " * (one.end - one.start) + flat[one.end :]
    return flat


def _groups(flat: str, named: Sequence[Named], vocabulary: Vocabulary) -> list[list[Named]]:
    """Terms of one kind, those together that an enumeration joins: « commande et avance »."""
    groups: list[list[Named]] = []
    for one in named:
        previous = groups[-1][-1] if groups else None
        if previous and (previous.start == one.start or _COORDINATED.fullmatch(flat, previous.end, one.start)):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [
        [one for one in group if one.tag in _narrowest((other.tag for other in group), vocabulary)] for group in groups
    ]


def _by_clause(
    flat: str, dates: Sequence[DateMention], groups: Sequence[list[Named]], *, is_exclusive: bool
) -> list[list[Named]]:
    """The group of each date: of its own clause, where semicolons part the dates and each clause names its own."""
    edges = [match.start() for match in re.finditer(";", flat)]

    def clause(place: int) -> int:
        return sum(edge < place for edge in edges)

    parted = [[group for group in groups if clause(group[0].start) == clause(date.start)] for date in dates]
    if len({clause(date.start) for date in dates}) < 2 or not all(parted):
        return _nearest(flat, dates, groups, is_exclusive=is_exclusive)
    chosen: list[list[Named]] = []
    for number in dict.fromkeys(clause(date.start) for date in dates):
        own = [date for date in dates if clause(date.start) == number]
        its = [group for group in groups if clause(group[0].start) == number]
        chosen += _nearest(flat, own, its, is_exclusive=is_exclusive)
    return chosen


def _nearest(
    flat: str, dates: Sequence[DateMention], groups: Sequence[list[Named]], *, is_exclusive: bool
) -> list[list[Named]]:
    """The group of each date, in the reading (names before their dates, or after) that is nearer on the whole.

    Names can only come after their dates when the text begins with a date.
    """
    if not groups:
        return [[] for _ in dates]
    begins_with_date = dates[0].start < groups[0][0].start
    readings = [
        [
            _nearest_to(flat, date, groups, is_after=is_after, is_only=len(dates) == 1 or len(groups) == 1)
            for date in dates
        ]
        for is_after in ((False, True) if begins_with_date else (False,))
    ]
    costs = min(readings, key=lambda reading: sum(cost for cost, _ in reading))
    chosen: list[list[Named]] = []
    for date, (cost, number) in zip(dates, costs, strict=True):
        group = groups[number] if number >= 0 else []
        is_anothers = (
            is_exclusive and group and date.end <= group[0].start and _edges(flat, date.end, group[0].start) > 0
        )
        is_taken = any(other < cost and group_number == number for other, group_number in costs)
        chosen.append([] if is_anothers and is_taken else group)
    return chosen


def _nearest_to(
    flat: str, date: DateMention, groups: Sequence[list[Named]], *, is_after: bool, is_only: bool
) -> tuple[float, int]:
    """What the nearest group costs and its number; -1 when none is near enough and others may be meant."""

    def cost(group: Sequence[Named]) -> float:
        stands_after = date.end <= group[0].start
        start, end = (date.end, group[0].start) if stands_after else (group[-1].end, date.start)
        wrong_side = _WRONG_SIDE if stands_after != is_after else 0
        return max(0, end - start) / 2 + _EDGE * _edges(flat, start, end) + wrong_side

    nearest = min((cost(group), number) for number, group in enumerate(groups))
    is_wrong_side = (date.end <= groups[nearest[1]][0].start) != is_after
    return (_NONE, -1) if is_wrong_side and not is_only and nearest[0] > _NONE else nearest


def _edges(flat: str, start: int, end: int) -> int:
    """How many edges of clauses lie between two offsets."""
    return sum(flat.count(edge, start, end) for edge in (",", ";", " et ")) if start < end else 0
