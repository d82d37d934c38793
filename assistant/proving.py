"""Pure: whether a sentence says no more than the quotations it leans on, and if not, what is wrong with it.

Every rule can only refuse: a sentence passes when no rule has anything against it. `citations.check` comes after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.acting import roles_turned
from assistant.acts_said import acts_otherwise
from assistant.attaching import hangs_otherwise
from assistant.carrying_out import carries_out, unbounds_a_day
from assistant.citations import same_value
from assistant.dropping import loses_condition, loses_measure
from assistant.exchanging import amounts_elsewhere, days_elsewhere, exchanges, runs_together
from assistant.joining import joins_what_is_apart, says_what_headings_deny
from assistant.linking import links_otherwise
from assistant.modality import disagreement
from assistant.narrowing import takes_more
from assistant.new_words import Rules, content, new_words, says_again
from assistant.ordering import orders_otherwise
from assistant.pairing import (
    Items,
    loses_a_bound,
    mispaired,
    read_items,
    unfounded_directions,
    with_terms_in_one_spelling,
)
from assistant.participles import does_what_was_done
from assistant.placing import displaced
from assistant.quantifying import counts_otherwise
from assistant.said_of import said_of_another
from assistant.statement_shape import is_statement
from assistant.subjects import does_otherwise, states_by_headings
from assistant.tenses import shifts_time
from assistant.verbatim import copies
from assistant.word_places import names, read_words
from index.records import Tag
from index.vocabulary import Vocabulary
from index.words import STOP_WORDS, fold

Fault = Literal[
    "marker", "span", "markup", "value", "term", "name", "words", "negation", "modality", "direction", "pairing",
    "meaning", "shape", "replaced",
]  # fmt: skip

# What a sentence must never hold: it would be markup, a link, or the talk of a program.
_MARKUP = re.compile(
    r"<\s*[/!?]?\s*[a-z]|\]\s*\(|!\[|https?:|www\.|javascript:|data:|&[#\w]+;|[{}|\\]|\$\$|<<<|>>>|:\w+:|\[|\]|[#~^]|"
    r"[\x00-\x08\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]",
    re.IGNORECASE,
)
# Terms of these kinds are named as the text names them: « médecin » is no form of « médecine ».
_NAMES = frozenset({"profession", "actor", "lane", "wave", "programme"})
_BETWEEN = 2
# « 250 millions d'euros (250 M€) ».
_TWICE = re.compile(r"(\d[\d.,]*) ?([mkd]*[€%]) \((\d[\d.,]*) ?([mkd]*[€%])\)", re.IGNORECASE)
# Part of a date (« 2025-automne »), a season is no word of its own.
_SEASON = re.compile(r"(?<![-\w])(?:automne|hiver|printemps)(?![-\w])")
# « Ni les uns ni les autres ne relèvent du plan »: « les uns et les autres ne relèvent pas du plan ».
_NEITHER = re.compile(r"^Ni ([^,;.]+?) ni ([^,;.]+?) (ne |n['’])(\w+)(?! pas)")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_NAME = re.compile(r"[^\W_]+(?:[-'.&/][^\W_]+)*")
# How near a sentence's meaning must be to its quotations', in standard deviations of the corpus's cosines: of 206 true
# sentences 99 % are nearer than 2.38 to their passage, 95 % of them farther than 2.13 from another (false_replies.py).
LEAST_NEARNESS = 2.0


@dataclass(frozen=True, slots=True)
class Proof:
    """What a sentence leans on: the quotations with their headers, what frames them, and how near their meaning is.

    `frame` holds headings and the like: it names what the quotations are about, but states nothing by itself. `around`
    are the other headings above, whose words a sentence may use.
    """

    quoted: str
    frame: str
    nearer: Callable[[], float]
    around: str = ""

    @property
    def nearness(self) -> float:
        """How near; worked out when asked for, since most false sentences are told by their words."""
        return self.nearer()

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.frame}\n{self.quoted}"


def fault(sentence: str, proof: Proof, rules: Rules) -> Fault | None:
    """The first thing that is wrong with the sentence; None when it holds."""
    sentence = _NEITHER.sub(_both_not, sentence)
    said, held = read_items(sentence, rules.vocabulary), read_items(proof.text, rules.vocabulary)
    if copies(sentence, proof.quoted):
        return "markup" if _MARKUP.search(sentence) else None
    return _says_more(sentence, said, held, proof, rules) or _says_otherwise(sentence, said, held, proof, rules)


def _both_not(match: re.Match[str]) -> str:
    return f"{match[1][:1].upper()}{match[1][1:]} et {match[2]} {match[3]}{match[4]} pas"


def _says_more(sentence: str, said: Items, held: Items, proof: Proof, rules: Rules) -> Fault | None:
    """What the sentence holds that its quotations do not."""
    if _MARKUP.search(sentence) or not _holds_all(_MAIL.findall(sentence), proof.text):
        return "markup"
    if not all(any(_is_value(value, other) for other in held.values) for value in said.values):
        return "value"
    if _in_brackets(said.text) - _in_brackets(held.text):
        return "value"
    if frozenset(_SEASON.findall(said.text)) - frozenset(_SEASON.findall(held.text)):
        return "value"
    if not _terms_are_held(said, held, proof.text, rules):
        return "term"
    if not _names_are_held(sentence, said, proof.text):
        return "name"
    around, quoted = f"{held.text}\n{fold(proof.around)}", read_items(proof.quoted, rules.vocabulary)
    if _counts_other_things(said, proof.text, rules) or new_words(said.text, around, rules):
        return "words"
    if _leans_on_headings(said, proof, rules) or states_by_headings(said.text, quoted.text, rules):
        return "words"
    return None if is_statement(sentence, proof.text, rules) else "shape"


def _says_otherwise(sentence: str, said: Items, held: Items, proof: Proof, rules: Rules) -> Fault | None:
    """What the sentence makes of what its quotations hold."""
    disagrees = disagreement(sentence, proof.quoted, rules.names)
    above = f"{proof.frame}\n{proof.around}"
    if disagrees or shifts_time(sentence, proof.text) or carries_out(sentence, proof.quoted, above, rules):
        return "negation" if disagrees == "negation" else "modality"
    if unfounded_directions(said, held) or loses_a_bound(said, held) or unbounds_a_day(said, held):
        return "direction"
    if loses_measure(said, held, rules):
        return "value"
    if (
        loses_condition(said, held, rules)
        or counts_otherwise(said.text, held.text, rules)
        or links_otherwise(said.text, held.text, rules)
    ):
        return "modality"
    quoted = read_items(proof.quoted, rules.vocabulary)
    if says_what_headings_deny(said.text, quoted.text, fold(above), rules):
        return "negation"
    if _ties_otherwise(sentence, said, quoted, held, proof, rules):
        return "pairing"
    adds = content(said.text, rules) - frozenset(rules.stems(held.text)) - rules.neutral
    return "meaning" if adds and proof.nearness < LEAST_NEARNESS else None


def _ties_otherwise(sentence: str, said: Items, quoted: Items, held: Items, proof: Proof, rules: Rules) -> bool:
    """Whether the sentence says of one thing, or one, what its quotations say of another."""
    above = f"{proof.frame}\n{proof.around}"
    named_once = [with_terms_in_one_spelling(one) for one in (said, quoted, held)]
    return (
        mispaired(said, held, related=_related(rules.vocabulary))
        or displaced(said, quoted, rules.stems)
        or acts_otherwise(named_once[0], named_once[1], named_once[2], rules)
        or roles_turned(said.text, held.text, rules)
        or exchanges(said.text, held.text, rules)
        or days_elsewhere(said.text, held.text, rules)
        or amounts_elsewhere(said.text, held.text, rules)
        or runs_together(said.text, quoted.text, above, rules)
        or said_of_another(said.text, quoted.text, proof.quoted, rules)
        or does_what_was_done(sentence, proof.quoted, rules)
        or does_otherwise(said, quoted, rules)
        or takes_more(said, quoted, rules)
        or orders_otherwise(said.text, held.text, rules)
        or joins_what_is_apart(said, quoted, rules)
        or hangs_otherwise(said.text, quoted.text, rules)
        or says_again(said.text, f"{held.text}\n{fold(proof.around)}", rules)
    )


def _leans_on_headings(said: Items, proof: Proof, rules: Rules) -> bool:
    """Whether most of what a sentence names stands in headings alone: they say what is spoken of, and state nothing."""
    quoted, above = (
        names(read_words(read_items(text, rules.vocabulary).text, rules))
        for text in (proof.quoted, f"{proof.frame}\n{proof.around}")
    )
    named = names(read_words(said.text, rules))
    return len(named & above - quoted) > len(named & quoted) + 1


def _is_value(value: str, held: str) -> bool:
    """As `same_value`, but a day keeps its year: « le 14 décembre » of which one?"""
    return same_value(value, held) and (value == held or re.fullmatch(r"\d\d-\d\d", value) is None)


def _in_brackets(text: str) -> frozenset[tuple[str, ...]]:
    """The amounts that stand in brackets after others, with those."""
    return frozenset(found for found in _TWICE.findall(text) if found[:2] != found[2:])


def _holds_all(pieces: list[str], text: str) -> bool:
    return all(piece.casefold() in text.casefold() for piece in pieces)


def _terms_are_held(said: Items, held: Items, text: str, rules: Rules) -> bool:
    """Whether the text names every term of the sentence, whatever the name, or has its very words in a row."""
    words = f" {' '.join(_bare(text).split())} "
    for item in said.items:
        if item.kind in ("value", "direction") or set(item.names) & held.names(item.kind):
            continue
        written = _bare(said.text[item.start : item.end]).split()
        is_there = f" {' '.join(written)} " in words
        if not is_there and (item.kind in _NAMES or not _is_said(written, words.split(), rules)):
            return False
    return not rules.vocabulary.unknown_numbered(said.text)


def _is_said(written: Sequence[str], words: Sequence[str], rules: Rules) -> bool:
    """Whether a text has the words in other forms, close together: « référencement » where it says « référencées »."""
    wanted = [name for word in written for name in rules.names(word)]
    if not wanted or not all(word.isalpha() for word in written):
        return False
    named = [frozenset(rules.names(word)) for word in words]
    width = len(written) + _BETWEEN
    for start in range(len(words)):
        near = frozenset[str]().union(*named[start : start + width])
        if near.issuperset(wanted):
            return True
    return False


def _names_are_held(sentence: str, said: Items, text: str) -> bool:
    """Whether every acronym and every capitalised word inside the sentence stands in the text, or is a term of it."""
    words = frozenset(_bare(text).split())
    terms = frozenset(
        word for item in said.items if item.kind != "value" for word in _bare(said.text[item.start : item.end]).split()
    )
    plain = fold(sentence)
    for match in _NAME.finditer(plain):
        written = match.group()
        opens = not re.search(r"\w", plain[: match.start()]) or plain[: match.start()].rstrip()[-1:] in ".:!?"
        is_acronym = sum(letter.isupper() for letter in written) > 1
        is_name = is_acronym or (written[0].isupper() and not opens and written.casefold() not in STOP_WORDS)
        if is_name and not frozenset(_bare(written).split()) <= words | terms | STOP_WORDS:
            return False
    return True


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text).casefold())


def _counts_other_things(said: Items, text: str, rules: Rules) -> bool:
    """Whether a number of the sentence counts things that the text does not name."""
    held = frozenset(rules.stems(text))
    for item in said.of_kind("value"):
        if not item.names[0].isdigit() or (len(item.names[0]) == 4 and item.names[0].startswith(("19", "20"))):
            continue
        after = re.match(r"\s+(?:de\s+|d')?([^\W\d_]+)", said.text[item.end :])
        counted = rules.stems(after[1]) if after else []
        if counted and not set(counted) <= held:
            return True
    return False


def _related(vocabulary: Vocabulary) -> Callable[[str, str, str], bool]:
    tags: dict[tuple[str, str], Tag] = {(term.kind, term.id): term.tag for term in vocabulary.terms}

    def related(kind: str, one: str, other: str) -> bool:
        first, second = tags.get((kind, one)), tags.get((kind, other))
        if first is None or second is None:
            return False
        return first in vocabulary.members(second) | vocabulary.belonging(second)

    return related
