"""What of a question its quotations leave open: its words, an acronym not spelled out, a list only announced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.attributes import is_beside
from assistant.averages import asks_for_average, says_each
from assistant.candidates import Candidate, without_terms
from assistant.covering import Weighed, roots
from assistant.cues import folded, load_cues
from assistant.date_said import named_days
from assistant.drafts import Claim
from assistant.excluded import is_not_excluding
from assistant.query import Query
from assistant.shapes import shapes_of
from assistant.unfamiliar import words_that_ask
from index.french_numbers import CARDINALS, UNITS_COUNTED
from index.searching import Index
from index.words import content_words, fold

# Less of the words' rarity than this being held, the question is not answered by what is quoted.
_HELD_SHARE = 0.15
# From this share of a question's words, by their rarity, that no document holds on, nothing answers it whole.
_UNKNOWN_SHARE = 0.4
_LEAST_WORDS = 2
_MOST_NAMED = 3
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,7}(?:-[A-ZÀ-Ý0-9]{1,3})?\b")
_NUMBERED = re.compile(r"\b[a-zà-ÿ]{3,} ([A-Z]{1,3}-?\d{1,3})\b")
_LETTERS = re.compile(
    r"\b(?:signifi\w+|veu(?:t|lent) dire|sigles?|acronymes?|initiales|toutes lettres|abr[ée]viation)\b", re.IGNORECASE
)
_SPELLED = re.compile(r"[^\W_]+")
_ADVERB = re.compile(r"(?:[aei]l|[aeou]i?r|iqu|[ai]bl|iv|eus|et|ain)ement$|[ae]mment$")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]{4,})", re.IGNORECASE)
_LISTED = 2
_LEAST_PROMISED = 3
_SHORT_PART = 6
_COUNTED = re.compile(r"\b(\d{1,2}|[^\W\d_]+)(?=\s+([^\W\d_]{3,}))")
# Days that say how long something lasts: « du 18 mars au 19 avril », « jusqu'en 2028 », « 2022-2025 ».
_SPANS = re.compile(
    r"\bjusqu|\bau plus tard\b|\bavant (?:le|la|fin)\b|\bd'ici\b|\bd[eu] .{2,30} (?:au|a) (?:\d|la fin)|\d{4}-\d{4}"
)
_YEAR = re.compile(r"\ban(?:nee)?s?\b|\bdepuis\b|\bquand\b")
_DAY = re.compile(r"\bquels? jours?\b|\bquelles? dates?\b|\bdernier jour\b")
_NEARLY_YEAR = 300
_RANK = re.compile(r"\b(\d{1,3})e(?:me)?\b")
_NUMBER_OF = re.compile(r"\b[Nn]ombre d(?:e |['’])([^\W\d_]{3,})")
_PARTED = re.compile(r"[,;]|\n\s*-|\bet\b|(?<= )- ")


def open_words(query: Query, claims: Sequence[Claim], index: Index, *, around: bool = True) -> tuple[str, ...]:
    """The question's words, terms and asking words apart, when next to none stands in the quotations.

    `around` them counts too: their passages.
    """
    if query.is_english:
        return ()
    asking = load_cues().asking_words | words_that_ask(query.text)
    words = [word for word in content_words(without_terms(query.text, index.vocabulary)) if word not in asking]
    if len(words) < _LEAST_WORDS:
        return ()
    passages = [index.passage(quotation.passage_id) for claim in claims for quotation in claim.quotations]
    framing = (" ".join((*one.headings, *((one.text, one.searchable) if around else ()))) for one in passages)
    said = roots(stem for text in (*framing, *(claim.text for claim in claims)) for stem in index.stem_set(text))
    rarities = index.rarities(" ".join(words))
    near = {stem: roots(index.near(stem)) for stem in rarities}
    return tuple(words[:_MOST_NAMED]) if Weighed.of(rarities, near).near_cover(said) < _HELD_SHARE else ()


def falls_short(query: Query, subject: Query, claims: Sequence[Claim], best: Candidate, index: Index) -> bool:
    """Whether the claims do not answer: a list only announced, another kind, something else of the subject."""
    lacks = only_announced(subject, claims) or lacks_kind(subject, claims) or is_mostly_unknown(query, index)
    lacks = lacks or gives_only_year(query, claims) or is_of_other_rank(query, claims)
    return lacks or is_beside(subject, claims, index) or is_not_excluding(best, subject)


def gives_only_year(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether a day is wanted and the claims name none, nor a month or a season: « la phase 2025 »."""
    if query.wanted != "date" or _YEAR.search(folded(query.text)):
        return False
    named = [day for claim in claims for day in named_days(claim.text)]
    if not named and not _DAY.search(folded(query.text)):
        return False
    return all((day.last - day.first).days >= _NEARLY_YEAR for day in named)


def is_of_other_rank(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether the question names a rank in figures (« le 13e comité ») and the claims only name others."""
    asked = {*_RANK.findall(folded(query.text))}
    said = {*_RANK.findall(folded(" ".join(claim.text for claim in claims)))}
    return bool(asked) and bool(said) and asked.isdisjoint(said)


def unseen(query: Query, stems: Iterable[str], index: Index) -> frozenset[str]:
    """The stems that no passage holds, nor one of a word near; none for a question in another language."""
    if query.is_english:
        return frozenset()
    return frozenset(stem for stem in stems if not (index.has_stem(stem) or any(map(index.has_stem, index.near(stem)))))


def is_mostly_unknown(query: Query, index: Index) -> bool:
    """Whether no document holds much of what is asked: « je suis psychologue », where nothing names them."""
    asking = load_cues().asking_words | words_that_ask(query.text, but="yes_no")
    rarities = index.rarities(query.text)
    strange = unseen(query, rarities, index)
    ours = strange & {*index.word_stems(" ".join(word for word in content_words(query.text) if word not in asking))}
    share = sum(rarities[stem] for stem in ours) / (sum(rarities[stem] for stem in {*rarities} - (strange - ours)) or 1)
    return share >= _UNKNOWN_SHARE


def untold(query: Query, words: Sequence[str], index: Index) -> tuple[str, ...]:
    """Those of the folded words that no document holds in any form, as the question spells them."""
    typed = {fold(word).casefold(): word for word in _SPELLED.findall(query.text)}

    def is_held(word: str) -> bool:
        stems = index.word_stems(word)
        return any(index.has_stem(one) for stem in stems for one in (stem, *index.forms(stem)))

    kept = dict.fromkeys(word for word in words if not _ADVERB.search(word) and not is_held(word))
    return tuple(typed.get(word, word) for word in kept)[:_MOST_NAMED]


def unspelled(query: Query, claims: Sequence[Claim], index: Index) -> str | None:
    """The first sigle whose meaning is asked for and that no quotation spells out.

    Terms that are known are left apart, unless it is their letters that are asked about.
    """
    asks_letters = _LETTERS.search(query.question) is not None and query.wanted != "list"
    if query.wanted != "definition" and not asks_letters:
        return None
    asked = query.question if asks_letters else without_terms(query.question, index.vocabulary)
    numbered = {match[1] for match in _NUMBERED.finditer(asked)}  # « le formulaire K3 » : its letters say nothing
    acronyms = [str(one) for one in _ACRONYM.findall(asked) if one not in numbered]
    for acronym in acronyms[:1] if asks_letters else acronyms:  # others only say where it was seen
        spelled = re.compile(
            rf"\b{acronym}\s*\(|\(\s*{acronym}\b|^\W*{acronym}\b\W*(?:—|:|\||=)"
            rf"|\b{acronym}\b.{{0,20}}\b(?:signifie|désigne|veut dire|se lit|est (?:le|la|l['’]|un|une)\b)"
        )
        if not any(spelled.search(claim.text) for claim in claims):
            return acronym
    return None


def lacks_kind(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether a cause is asked and no quotation gives one, or a duration, or an average and none says it is."""
    said = " ".join(claim.text for claim in claims)
    if query.wanted == "why":
        return not shapes_of(said).cause
    if query.measure == "duration":
        return not shapes_of(said).duration and not _SPANS.search(folded(said))
    return asks_for_average(folded(query.text)) and not says_each(folded(said))


def unknown_qualifier(query: Query, index: Index) -> bool:
    """Whether the meaning of a term is asked with a word behind it that no document holds: « BAL applicative »."""
    if query.wanted != "definition" or query.is_english:
        return False
    mentions = index.vocabulary.find(query.text)
    behind = (_NEXT_WORD.match(query.text, mention.end) for mention in mentions)
    words = (fold(match[1]) for match in behind if match is not None)
    asking = load_cues().asking_words | words_that_ask(query.text)
    return any(content_words(word) and word not in asking and not index.knows(word) for word in words)


def only_announced(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether a list is wanted and each quotation names at most one thing."""
    asked_for = _promised(query.text, query.text)
    if query.wanted != "list" and (query.wanted in ("date", "figure") or not asked_for):
        return False
    named = max((_enumerated(_after_asked(claim.text, query.text)) for claim in claims), default=0)
    promised = max((number for claim in claims for number in _promised(claim.text, query.text)), default=0)
    promised = max(promised, *asked_for, 0)
    if promised:
        asked_things = {_root(word) for word in content_words(query.text)}
        rows = {claim.quotations[0].span.start for claim in claims if claim.quotations[0].headers}
        if any(_root(noun) in asked_things for claim in claims for noun in _NUMBER_OF.findall(claim.text)):
            rows = set()  # « Nombre d'axes : 4 » stands in a table of other things
        return max(named, len(rows)) < promised
    return len(claims) <= _LISTED and named <= _LISTED


def _enumerated(text: str) -> int:
    """How many things the longest enumeration of a text names: short parts side by side, with what they begin after."""
    longest = run = 0
    for part in _PARTED.split(text):
        run = run + 1 if len(part.split()) <= _SHORT_PART else 1
        longest = max(longest, run)
    return longest


def _after_asked(text: str, question: str) -> str:
    """What a text says behind the things counted in the question: « cinq traits » may be the last item of its list."""
    asked = {(_number(match[1]), _root(match[2])) for match in _COUNTED.finditer(question)}
    counted = (match for match in _COUNTED.finditer(text) if _number(match[1]) >= _LEAST_PROMISED)
    ends = [match.end() for match in counted if (_number(match[1]), _root(match[2])) in asked]
    return text[ends[-1] :] if ends else text


def _promised(text: str, question: str) -> list[int]:
    """The numbers of what a text counts of the things that the question names: 4 of « quatre axes », from 3 on."""
    asked = {_root(word) for word in content_words(question)}
    found = [(_number(match[1]), match[2]) for match in _COUNTED.finditer(text)]
    return [number for number, noun in found if number >= _LEAST_PROMISED and _is_thing(noun) and _root(noun) in asked]


def _is_thing(noun: str) -> bool:
    return fold(noun).casefold() not in UNITS_COUNTED


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else CARDINALS.get(word.casefold(), 0)


def _root(word: str) -> str:
    return fold(word).casefold()[:5].rstrip("s")
