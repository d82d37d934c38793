"""What a question asks of something: « le salaire du directeur », « qui a construit… »; and what says so. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.candidates import Candidate
from assistant.covering import root_of, roots
from assistant.cues import folded, load_cues
from assistant.query import Query
from assistant.unfamiliar import words_that_ask
from index.words import STOP_WORDS, content_words

_ARTICLE = r"(?:(?:l[ea]s?|une?|des|du|de la|ce(?:tte|s)?|[mts](?:on|a|es)|leurs?|[nv]o(?:tre|s)) |(?:de )?l'|d'|de )?"
_NOUN = r"(?P<noun>[a-z][a-z-]{2,})"
_IS = r"(?:est|sont|etai(?:t|ent)|sera(?:it|ient)?|seront|fut)(?: donc| alors)?"
# « quel est le salaire », « quelle banque », « combien de navires », « combien coûte un anneau ».
_NOUNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bquel(?:le)?s? {_IS} {_ARTICLE}{_NOUN}",
        rf"\bquel(?:le)?s? (?!est\b|sont\b|etai|sera|seront|fut\b){_NOUN}",
        rf"\bcombien (?:de |d'){_NOUN}",
        rf"\bcombien (?:coute(?:nt|ra)?|vaut|valent) {_ARTICLE}{_NOUN}",
    )
)
_OF = re.compile(rf"(?: [a-z]+)? (?=d[eu]|d')(?:d[eu] |d'){_ARTICLE}{_NOUN}")
# An adjective, or a name, behind the noun: nothing else can follow it there.
_BEHIND = re.compile(r" (?P<word>[a-z]{4,})(?=\W*$| (?:d[eu]s?|d'|pour|a|au|aux|en|dans|chez|sur) )")
_DONE = re.compile(r"\bqui (?:a|ont|avai(?:t|ent)) (?:deja |bien |donc )?([a-z]{4,})")
# « combien de temps garder », « combien d'années conserve-t-on », « combien de temps dure la garantie ».
_LASTS = re.compile(r"\bcombien (?:de |d')(?:temps|jours|mois|semaines|annees|ans|heures)\b(?P<rest>.*)")
_VERB = re.compile(r"\b(?:[a-z]{3,}?(?:er|ir|re)\b|[a-z]{3,}(?=(?:-t)?-(?:on|ils?|elles?|je|nous|vous)\b))")
_LASTING = re.compile(rf" (?:dure(?:nt|ra|ront)?|prend|prennent) {_ARTICLE}{_NOUN}")
# Nouns that stand for the answer itself.
_EMPTY = frozenset(
    "hauteur motif motifs ecart ecarts distinction service site sites mot mots truc trucs ordre forme cadre fonction fonctions titre".split()  # noqa: SIM905
)
_ASKED_OF = ("figure", "who", "open")
_MEASURED_PLACES = ("contact", "person", "amount", "share", "count", "duration")
_NAME = re.compile(r"\b(?:en|à|au|aux|de|du|d['’]|pour) (?P<name>[A-ZÀ-Ý][a-zà-ÿ]{3,}(?:-[A-ZÀ-Ý]?[a-zà-ÿ]+)*)")
# A candidate that speaks of what is asked is preferred from this share of the best one's score on.
_GOOD = 0.5
_WHOLE = re.compile(r"\b(?:total\w*|globa\w*|ensemble|en tout)\b")


class Held(Protocol):
    """What looking for words needs of an opened index."""

    def word_stems(self, text: str) -> list[str]:
        """The stems of the words that name something."""

    def stem_set(self, text: str) -> frozenset[str]:
        """The stems of all the words of a text."""

    def near(self, stem: str) -> frozenset[str]:
        """The stems of words near one."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """The word that says what is asked of something, folded; `narrowed` by the word behind it, `named` by a place."""

    word: str
    narrowed: str = ""
    named: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All that must be spoken of."""
        return tuple(word for word in (self.word, self.narrowed, self.named) if word)


def attribute_of(query: Query, terms: Iterable[str] = ()) -> Attribute | None:
    """What the query asks of something: « salaire » of the director, « construit »; None when it does not say.

    Words that only say which kind of answer is wanted give way to what they are asked of: « le prix d'un anneau ».
    `terms` are the names of the query's terms: agreement with those is judged elsewhere.
    """
    if query.wanted not in _ASKED_OF or query.is_english:
        return None
    apart = {word for term in terms for word in content_words(folded(term))}
    found = _said(folded(query.text), is_chained=query.wanted == "figure" or query.measure == "person")
    if found is None or found.word in apart:
        return None
    name = _NAME.search(query.text) if query.measure in _MEASURED_PLACES else None
    named = folded(name["name"]) if name is not None else ""
    narrowed = found.narrowed if found.narrowed not in apart else ""
    return Attribute(found.word, narrowed, named if named not in apart else "")


def _said(plain: str, *, is_chained: bool) -> Attribute | None:
    asking = load_cues().asking_words | words_that_ask(plain) | STOP_WORDS | _EMPTY
    lasting = _LASTS.search(plain)
    if lasting is not None:
        verbs = (match.group() for match in _VERB.finditer(lasting["rest"]))
        verb = next((verb for verb in verbs if verb not in asking), "")
        noun = _LASTING.match(lasting["rest"])
        word = verb or (noun["noun"] if noun is not None else "")
        return Attribute(word) if word else None
    if (done := _DONE.search(plain)) is not None:
        return Attribute(done[1]) if done[1] not in asking else None
    for number, pattern in enumerate(_NOUNS):
        match = pattern.search(plain)
        ends_here = number == 0
        while match is not None and match["noun"] in asking:
            match, ends_here = _OF.match(plain, match.end()) if is_chained else None, True
        if match is not None:
            behind = _BEHIND.match(plain, match.end()) if ends_here else None
            return Attribute(match["noun"], behind["word"] if behind and behind["word"] not in asking else "")
    return None


def says(attribute: Attribute, texts: Iterable[str], index: Held) -> bool:
    """Whether the texts hold the words of what is asked, in any form or by a near word; what narrows it by itself."""
    held = roots(stem for text in texts for stem in index.stem_set(text))
    return _holds(attribute.word, held, index) and all(
        root_of(stem) in held for word in attribute.words[1:] for stem in index.word_stems(word)
    )


def _holds(word: str, held: frozenset[str], index: Held) -> bool:
    return all(root_of(stem) in held or not held.isdisjoint(roots(index.near(stem))) for stem in index.word_stems(word))


def saying(found: Sequence[Candidate], attribute: Attribute | None, index: Held) -> list[Candidate]:
    """The candidates that speak of what is asked, when one of them is among the better ones; else all."""
    if attribute is None or not found:
        return list(found)
    kept = [one for one in found if says(attribute, _texts(one), index)]
    return kept if kept and kept[0].score >= _GOOD * found[0].score else list(found)


def _texts(one: Candidate) -> tuple[str, ...]:
    unit = one.unit
    return (unit.reading, *unit.passage.headings, *(header.quote for header in unit.headers))


def is_of_whole(one: Candidate, query: Query) -> bool:
    """Whether a figure of a part is asked and the unit gives that of the whole: « le budget total du plan »."""
    if query.measure not in ("amount", "count", "share") or not query.of_kind("wave", "part"):
        return False
    own = {tag.kind for tag in one.unit.own_tags}
    return "programme" in own and not own & {"wave", "part"} and _WHOLE.search(folded(one.unit.text)) is not None
