"""Pure: a premise that documents deny: « n'est pas repris en vague 2 », « ne relèvent pas de », of what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agreement import SECTOR_KINDS, fits
from assistant.candidates import Candidate, without_terms
from assistant.cues import folded, load_cues
from assistant.query import Query
from assistant.scoring import SENTENCE_FEATURES
from assistant.section_heads import denying_head
from assistant.unfamiliar import words_that_ask
from index.records import Tag
from index.searching import Index
from index.vocabulary import Vocabulary
from index.words import content_words

_SCOPE_KINDS = ("wave", "part", "programme")
_SCOPE_VERB = (
    r"(?:relev|concern|repri|eligib|entr|parti|couv|financ|inclu|pris\w* en charge|benefici|ouvert|vises?\b|adress)"
)
_DENIES_SCOPE = re.compile(
    rf"\bn(?:e |')[^.;:]{{0,25}}?\b(?:pas|plus|jamais|aucun\w*)\b[^.;:]{{0,12}}?{_SCOPE_VERB}|"
    rf"\bn(?:e |')\w{{0,8}} ?{_SCOPE_VERB}\w* (?:pas|plus|jamais|aucun)|"
    r"\b(?:exclu\w*|hors (?:du )?perimetre)\b|, sans l[ea]s? "
)
_DENIES = re.compile(r"\bn(?:e |')[^.;:]{0,50}?\b(?:pas|plus|jamais|aucun\w*)\b")
# What is not so today, or not told, denies nothing.
_STATE = re.compile(r"\bdates?\b|\baffich|\bdisponible|\bencore\b")
# Who comes in with another wave or programme.
_JOINS = re.compile(r"\b(?:nouve(?:au|lle|aux|lles)|etend\w*|elargi\w*|rejoi\w+|entr\w+ dans|concern\w+)\b")
_REST_COVER = SENTENCE_FEATURES.index("rest_cover")
_NEAR_COVER = SENTENCE_FEATURES.index("near_rest_cover")
_LEAST_COVER = 0.33
_MOST_COVER = 0.5
_LEAST_SCORE = 0.4
_LOOKED_AT = 12
_SAYS_NO = re.compile(r"\bn(?:e |')[^.;:]{0,50}?\b(?:pas|rien|jamais|aucun\w*)\b|\bjamais (?:a|aux?|par|pour)\b|^non\b")
# A noun, by what stands before it.
_THING = re.compile(r"(?:\b(?:l[ea]s?|d[eu]s?|une?|aux?|cet(?:te)?|ces?) |\b[ld]')(\w{3,})")
_DENIED = re.compile(r"\b[Nn](?:e |')[^.;:]{0,50}?\b(?:pas|rien|jamais|aucun\w*)\b[^.;:]*")
_GRANTED = re.compile(
    r"\W*(?:(?:bonjour|dites|donc|et|alors)\W+)*(?:puisqu(?:e |['’])|vu qu(?:e |['’])|étant donné qu(?:e |['’])"
    r"|sachant qu(?:e |['’])|comme )(.{8,160}?)\s*[,;:](?=\s)",
    re.IGNORECASE,
)


def denial(query: Query, candidates: Sequence[Candidate], vocabulary: Vocabulary) -> Candidate | None:
    """The candidate that denies what the query takes for granted; None when none surely does.

    It names the sector and the wave or programme asked, or the one service asked with the words said of it.
    """
    sectors, scope = sectors_of(query, vocabulary), scope_of(query, vocabulary)
    services = query.of_kind("service")
    for one in candidates:
        if sectors and scope is not None:
            is_of_all = not any(asked in vocabulary.belonging(tag) for tag in one.unit.own_tags for asked in sectors)
            is_about, denies = is_of_all and names_both(one, sectors, scope, vocabulary), _DENIES_SCOPE
        else:
            is_about = len(services) == 1 and not sectors and _is_of(one, services[0], query, vocabulary)
            denies = _DENIES
        if is_about:
            said = _said(one) if query.wanted == "yes_no" else one.unit.text
            text = folded(said.replace("’", "'"))
            if denies.search(text) and not _STATE.search(text):
                return one
    return None


def refusal(candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate that says of what is asked about that it does not get or do what a day or sum is asked of."""
    for one in candidates[:_LOOKED_AT]:
        is_about = "absent" not in one.agreements and one.features[_NEAR_COVER] >= _LEAST_COVER
        if is_about and one.score >= _LEAST_SCORE and _says_no(one.unit.text):
            return one
    return None


def not_given(query: Query, found: Sequence[Candidate], fit: Sequence[Candidate], index: Index) -> Candidate | None:
    """The candidate that denies what a day or sum is asked of: « ne sont pas retenus les toboggans ».

    The rarest noun of the question stands in it, and in nothing that has a day or sum to give.
    """
    asking = load_cues().asking_words | words_that_ask(query.text)
    things = " ".join(_THING.findall(folded(without_terms(query.text, index.vocabulary))))
    words = [word for word in content_words(things) if word not in asking]
    rarities = {stem: rarity for stem, rarity in index.rarities(" ".join(words)).items() if index.has_stem(stem)}
    rarest = max(rarities, key=lambda stem: rarities[stem], default="")
    if not rarest or any(rarest in one.unit.stems for one in fit):
        return None
    good = (one for one in found[:_LOOKED_AT] if rarest in one.unit.stems and one.score >= _LEAST_SCORE)
    return next((one for one in good if rarest in index.stem_set(_denied_in(one.unit.text))), None)


def taken_for_granted(text: str) -> str:
    """What a question begins with as known: « puisque la vague 2 est obligatoire, … »; empty when nothing is."""
    match = _GRANTED.match(text)
    return match[1].strip() if match else ""


def denied(candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate that denies a statement: about all its terms, in most of its words."""
    for one in candidates[:_LOOKED_AT]:
        is_about = "absent" not in one.agreements and one.features[_NEAR_COVER] >= _MOST_COVER
        if is_about and _says_no(_said(one)):
            return one
    return None


def _said(one: Candidate) -> str:
    """What it says, with the heading that denies it."""
    return f"{one.unit.text} : {denying_head(one.unit.passage)}"


def _says_no(text: str) -> bool:
    plain = folded(text.replace("’", "'"))
    return _SAYS_NO.search(plain) is not None and not _STATE.search(plain)


def _denied_in(text: str) -> str:
    """From the first denial of a text to the end of its clause."""
    match = _DENIED.search(text.replace("’", "'"))
    return match.group() if match is not None else ""


def _is_of(one: Candidate, service: Tag, query: Query, vocabulary: Vocabulary) -> bool:
    """Whether it is about the service and what the words of the query say of it."""
    is_about = one.features[_REST_COVER] >= _LEAST_COVER and _names(one, service, vocabulary)
    return query.wanted in ("date", "yes_no", "open") and is_about


def joining(query: Query, candidates: Sequence[Candidate], vocabulary: Vocabulary) -> Candidate | None:
    """The candidate that says with which other wave or programme the sector asked comes in; None when none does."""
    sectors, scope = sectors_of(query, vocabulary), scope_of(query, vocabulary)
    if scope is None:
        return None
    for one in candidates:
        others = [tag for tag in one.unit.own_tags if tag.kind == scope.kind and not fits(tag, scope, vocabulary)]
        names_sector = any(_names(one, tag, vocabulary) for tag in sectors)
        if len(others) == 1 and names_sector and _JOINS.search(folded(one.unit.text)):
            return one
    return None


def sectors_of(query: Query, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """The narrowest sectors asked."""
    return vocabulary.narrowest(query.of_kind(*SECTOR_KINDS))


def scope_of(query: Query, vocabulary: Vocabulary) -> Tag | None:
    """The wave, part or programme asked."""
    return next((tag for kind in _SCOPE_KINDS for tag in vocabulary.narrowest(query.of_kind(kind))), None)


def names_both(candidate: Candidate, sectors: Sequence[Tag], scope: Tag, vocabulary: Vocabulary) -> bool:
    """Whether it names one of the sectors and the scope."""
    return _names(candidate, scope, vocabulary) and any(_names(candidate, tag, vocabulary) for tag in sectors)


def _names(candidate: Candidate, asked: Tag, vocabulary: Vocabulary) -> bool:
    kinds = SECTOR_KINDS if asked.kind in SECTOR_KINDS else {asked.kind}
    return any(fits(tag, asked, vocabulary) for tag in candidate.unit.own_tags if tag.kind in kinds)
