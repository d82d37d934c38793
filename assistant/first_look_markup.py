"""Pure: what was read in a file that waits, as HTML: counts, warnings, dates, terms, documents close to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.markup import Html, element, join
from assistant.screens import corpus_wording, phrasing, wording
from index.likeness import Kin
from index.records import Deadline, Tag
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from index.first_look import FirstLook

SHOWN_DATES, SHOWN_TERMS = 6, 16
_SAME = 0.95


def summary(look: FirstLook) -> Html:
    """« 3 pages · 12 passages · 1 tableau · 4 dates relevées »."""
    pages = len(look.document.pages)
    said = [
        phrasing.counted(pages, "page", "pages") if look.document.pages[:1] and look.document.pages[0].number else "",
        phrasing.counted(look.passages, "passage", "passages"),
        phrasing.counted(look.tables, "tableau", "tableaux") if look.tables else "",
        phrasing.counted(len(look.deadlines), "date", "dates"),
    ]
    return element("p", " · ".join(part for part in said if part))


def warnings(said: Sequence[str]) -> Html | None:
    """What reading warned of: hidden orders, pages without text, how sure the recognition of a scan is."""
    if not said:
        return None
    rows = [element("li", warning) for warning in said]
    return element("div", element("strong", corpus_wording.WARNINGS), element("ul", *rows), class_="warned")


def kin(found: Kin) -> Html:
    """Why a document of the corpus is close, and which of the two is the more recent."""
    why = corpus_wording.KIN_WHY[_how(found)].format(percent=round(100 * max(found.of_new, found.of_known)))
    age = corpus_wording.KIN_AGE[found.newer]
    same = element("p", corpus_wording.SAME, class_="meta") if _how(found) == "same" else None
    return join(element("p", why, " ", element("strong", found.info.title), " : ", age, "."), same)


def _how(found: Kin) -> str:
    """In which way it is close: one text, one inside the other, in part, or by its title or address alone."""
    if found.why != "same_text":
        return found.why
    if min(found.of_new, found.of_known) >= _SAME:
        return "same"
    if found.of_known >= _SAME:
        return "holds"
    return "is_held" if found.of_new >= _SAME else "same_text"


def dates(deadlines: Sequence[Deadline], vocabulary: Vocabulary) -> Html:
    """The first dates, each with what it is about and the words that say it."""
    title = element("h3", corpus_wording.FOUND_DATES, class_="section")
    if not deadlines:
        return join(title, element("p", corpus_wording.NO_DATE, class_="meta"))
    rows = [element("li", *_date(one, vocabulary)) for one in deadlines[:SHOWN_DATES]]
    more = len(deadlines) - SHOWN_DATES
    rest = element("p", corpus_wording.MORE_DATES.format(number=more), class_="meta") if more > 0 else None
    return join(title, element("ul", *rows, class_="found-dates"), rest)


def terms(tags: Sequence[tuple[Tag, int]], vocabulary: Vocabulary) -> Html:
    """The terms found most, with how many passages say them."""
    title = element("h3", corpus_wording.FOUND_TERMS, class_="section")
    if not tags:
        return join(title, element("p", corpus_wording.NO_TERM, class_="meta"))
    chips = [
        element("span", f"{vocabulary.label(tag)} ({number})", class_="badge upcoming")
        for tag, number in tags[:SHOWN_TERMS]
    ]
    return join(title, element("p", *(part for chip in chips for part in (chip, " "))))


def _date(one: Deadline, vocabulary: Vocabulary) -> list[Html | str]:
    kind = wording.DATE_KINDS.get(one.date_kind, one.date_kind)
    about = " · ".join(vocabulary.label(tag) for tag in one.tags)
    inferred = f" ({corpus_wording.YEAR_INFERRED})" if one.year_inferred else ""
    first = element("strong", f"{kind} : {one.mention.quote}{inferred}")
    return [first, f" — {about}" if about else "", element("p", f"« {one.span.quote} »", class_="meta")]
