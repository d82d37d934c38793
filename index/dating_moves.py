"""Pure: dates that a sentence moves, leaves or calls off: « initialement prévue le 3 mars, elle aura lieu le 17 ».

The words beside each date are read before; here the day that was left is paired with the one put in its place. A date
that is left for no other is called off. What only may be moved is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.dating_cues import STANDS, STAYS_AT
from index.dating_mentions import DateMention
from index.dating_move_words import NEAR_CHARS, PLANNED_WORD, goes_on_to_due, is_left
from index.dating_words import AMOUNTS, MOVED

_SENTENCE_END = re.compile(r"[.!?…]\s")
_LEFT_BESIDE = re.compile(
    r" ?[,(;-]? ?(?:et non(?! plus tard)(?: plus| pas)?|au lieu|contre|plutot que"
    r"|initialement|auparavant|precedemment|a l'origine)"
    r"(?: \w+){0,3}(?: du| au| le| de| l'| d')? ?"
)
_BUT = re.compile(
    rf"[ ,]*mais(?: bien| plutot| finalement| seulement| desormais| {PLANNED_WORD})*(?: \w+)??"
    r"(?: n'\w+(?: lieu)? qu[e']| le| au| en| du| a la| jusqu'au| pour le)? ?"
)
_NO = re.compile(r"\b(?:pas|plus|non)\b(?! (?:seulement|uniquement|avant|tard))[^,;:.]{0,30}$")
_THEN = re.compile(
    rf"[ ,)]*(?:et )?(?:puis|ensuite|enfin|avant d'etre)(?: (?:a|ont) ete)?(?: {MOVED}| {PLANNED_WORD})?"
    r"(?: une \w+ fois| finalement| \w+ment)?(?: jusqu'au| au| le| a la| a| en)? ?"
)
_AT_LAST = re.compile(r"\b(?:finalement|desormais|maintenant|(?:a|de) nouveau|puis|enfin|une \w+ fois)\b")
_FIRST_TIME = re.compile(rf"{MOVED} une premiere fois(?: \w+)?\W*$")
_OTHER_SUBJECT = re.compile(r"[;:]|\bet (?:le|la|les|l'|un|une|des|leurs?|son|sa|ses|cell?e|ceux|celui)\b")
_OF_DAY = re.compile(
    r"(?:\b(?:du|de|des|d')|\bdevai(?:t|ent) [^,;:.]{0,40}(?:le|au|avant le|jusqu'au|en)"
    rf"|{PLANNED_WORD}(?: \w+)?? (?:les?|au|pour le|en|a)|\()\W*$"
)
_IS = (
    r"[ ,):(-]*(?:(?:(?:a|ont) du|doi(?:t|vent)|devr(?:a|ont)|v(?:a|ont)) (?:\w+ )?etre "
    r"|(?:est|sont|a ete|ont ete|sera|seront|etait|etaient|reste|restent)(?: (?!pas)\w+){0,2}? )?"
)
_FOR_NO_DAY = (
    r" (?:sine die|a une date|ulterieurement|a plus tard|jusqu'a nouvel ordre"
    rf"|(?:d'|de )(?:{AMOUNTS}|plusieurs) (?:jours?|semaines?|mois|ans?))"
)
_CALLED_OFF = re.compile(
    rf"{_IS}(?:annule|supprime|ajourne|abandonne)e?s?\b|[ ,)]*n'(?:aura|auront|a|ont) (?:\w+ )?pas (?:eu )?lieu\b"
    rf"|[ ,)]*ne se tiendr(?:a|ont) pas\b|{_IS}{MOVED}(?: \w+)??(?:{_FOR_NO_DAY}| ?(?:[.;:!]|$))"
)
_CALLING_OFF = re.compile(
    r"\b(?:annul(?:e|ee|es|ees|er|ation|ent|era)|supprim(?:e|er|ee|ent))(?: de| d'| du| ?:)? ?(?:la |le |l'|les )?"
    rf"[^,;:.]{{0,60}}(?:\bdu|{PLANNED_WORD} (?:le|au|pour le))\W*$"
)  # fmt: skip
_AND = re.compile(r" ?,? ?(?:et|ou)? ?(?:les? |du )?")
# « reporté du 3-5 mars au 17-19 mars »
_MOVED_SPAN = re.compile(rf"{MOVED}(?: \w+){{0,2}} ?$")
_TO_SPAN = frozenset((" au ", " a la ", " a "))
_DUE = ("opens", "closes")


def with_moves(mentions: Sequence[DateMention], flat: str) -> list[DateMention]:
    """The mentions in order, those that a sentence leaves, puts in their place or calls off marked as such."""
    found: list[DateMention] = []
    for sentence in _sentences(mentions, flat):
        found += _Sentence(sentence, flat).marked()
    return found


def _sentences(mentions: Sequence[DateMention], flat: str) -> Iterator[list[DateMention]]:
    group: list[DateMention] = []
    for one in mentions:
        if group and _SENTENCE_END.search(flat, group[-1].end, one.start):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


class _Sentence:
    """The dates of one sentence, marked one rule after the other."""

    def __init__(self, mentions: list[DateMention], flat: str) -> None:
        self.found = mentions
        self.flat = flat

    def marked(self) -> list[DateMention]:
        """The dates in order, with their moves."""
        for number in range(len(self.found) - 1):
            self._beside(number)
        is_moved = any(one.moved == "to" for one in self.found)
        for number, one in enumerate(self.found):
            if one.moved == "from" and not is_moved and STANDS.match(self.flat, one.end):
                self.found[number] = replace(one, moved="")
        for number in range(len(self.found)):
            if self.found[number].moved == "from":
                self._leave_for_another(number)
            elif self.found[number].moved == "to":
                self._leave_earlier(number)
        for number in range(len(self.found)):
            self._call_off(number)
        return self._with_said_again()

    def _beside(self, number: int) -> None:
        """« … puis au 17 mars », « pas le 3 mars mais le 17 », « le 17 mars et non le 3 »."""
        one, other = self.found[number : number + 2]
        gap = self.flat[one.end : other.start]
        before = self._before(number)
        if (one.moved, other.moved) == ("from", "to") and gap in _TO_SPAN and one.is_cued:
            self.found[number + 1] = other = replace(other, date_kind=one.date_kind, is_cued=True)
        is_chain = one.moved != "" and _THEN.fullmatch(gap) is not None
        is_chain = is_chain or (one.moved == "to" and other.moved == "to" and _AT_LAST.search(gap) is not None)
        is_chain = is_chain or (one.moved == "to" and _FIRST_TIME.search(before) is not None)
        is_chain = is_chain or (gap in _TO_SPAN and _MOVED_SPAN.search(before) is not None)
        is_plan = one.moved == "from" and other.moved == "" and goes_on_to_due(before, gap)
        if is_chain or is_plan or (_BUT.fullmatch(gap) and _NO.search(before)):
            self._move(number, number + 1)
        elif one.moved == "" and other.moved in ("", "from") and _LEFT_BESIDE.fullmatch(gap):
            is_due = one.date_kind in (*_DUE, "expected")
            if one.first is not None and (is_due or self._is_left(number + 1)):
                self._move(number + 1, number)

    def _leave_for_another(self, number: int) -> None:
        """Of the day that is left and nothing is put in the place of: the next date is, or the one before."""
        if not self._is_left(number) or any(one.moved == "to" for one in self.found):
            return
        for other in (*range(number + 1, len(self.found)), *range(number - 1, -1, -1)):
            if self.found[other].moved == "" and self._fits(number, other):
                self._move(number, other)
                return

    def _leave_earlier(self, number: int) -> None:
        """The date that a move to this one leaves: the nearest before of the same subject."""
        if number == 0 or any(one.moved == "from" for one in self.found[: number + 2]):
            return
        left, put = self.found[number - 1], self.found[number]
        stays = STAYS_AT.search(self._before(number - 1)) or _OTHER_SUBJECT.search(self.flat, left.end, put.start)
        if left.moved == "" and not stays and self._fits(number - 1, number):
            self._move(number - 1, number)

    def _call_off(self, number: int) -> None:
        one = self.found[number]
        first, last = self._listed(number)
        before = self._before(first)
        is_off = _OF_DAY.search(before) is not None or self._text_starts_of(self.found[first])
        is_off = is_off and _CALLED_OFF.match(self.flat, self.found[last].end) is not None
        is_off = is_off or _CALLING_OFF.search(before) is not None
        is_unpaired = one.moved == "from" and self._is_left(number) and not any(o.moved == "to" for o in self.found)
        if one.date_kind != "published" and (is_unpaired or (one.moved == "" and is_off)):
            new = [other for other in range(number + 1, len(self.found)) if self.found[other].moved == "to"]
            if new and self._fits(number, new[0]):  # « … est reportée : nouvelle date, le 17 mars »
                self._move(number, new[0])
            else:
                self.found[number] = replace(one, moved="off")

    def _listed(self, number: int) -> tuple[int, int]:
        """The first and last of the dates that « et » and commas alone join to this one."""
        first = last = number
        while first > 0 and _AND.fullmatch(self.flat, self.found[first - 1].end, self.found[first].start):
            first -= 1
        while last + 1 < len(self.found) and _AND.fullmatch(
            self.flat, self.found[last].end, self.found[last + 1].start
        ):
            last += 1
        return first, last

    def _with_said_again(self) -> list[DateMention]:
        """The dates, what is said again of a day that is left or off being so too."""
        left = [one for one in self.found if one.first and one.moved in ("from", "off")]
        gone = {(one.first, one.last): one.moved for one in left}
        return [one if one.moved else replace(one, moved=gone.get((one.first, one.last), "")) for one in self.found]

    def _move(self, left: int, put: int) -> None:
        """Marks both, with the kind of date that one lends to the other."""
        one, other = self.found[left], self.found[put]
        if other.date_kind in _DUE and one.date_kind != "published":
            one = replace(one, date_kind=other.date_kind, is_cued=True)
        elif one.date_kind in _DUE and not other.is_cued:
            other = replace(other, date_kind=one.date_kind, is_cued=True)
        self.found[left], self.found[put] = replace(one, moved="from"), replace(other, moved="to")

    def _fits(self, left: int, put: int) -> bool:
        one, other = self.found[left], self.found[put]
        is_apart = one.date_kind != other.date_kind and one.date_kind in _DUE and other.date_kind in _DUE
        is_resolved = one.first is not None and other.first is not None and one.first != other.first
        return is_resolved and not is_apart and "published" not in (one.date_kind, other.date_kind)

    def _is_left(self, number: int) -> bool:
        end = self.found[number].end
        return is_left(self._before(number), self.flat[end : end + NEAR_CHARS])

    def _before(self, number: int) -> str:
        start = self.found[number].start
        return self.flat[max(self.found[number - 1].end if number else 0, start - NEAR_CHARS) : start]

    def _text_starts_of(self, one: DateMention) -> bool:
        """Whether the date's own words begin with « du »: « la session du 3 au 5 mars »."""
        return self.flat.startswith(("du ", "de ", "d'"), one.start)
