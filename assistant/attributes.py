"""What a question asks of something: « le salaire du directeur », « qui a construit… »; and what says so. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.candidates import Candidate
from assistant.covering import root_of, roots
from assistant.cues import folded, load_cues
from assistant.drafts import Claim
from assistant.query import Query
from assistant.unfamiliar import words_that_ask
from assistant.word_families import is_form
from index.searching import Index
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
        rf"\bqui {_IS} {_ARTICLE}{_NOUN}(?= (?:de|du|d'|des|a|au|en|actuel))",
        rf"\bcombien (?:de |d'){_NOUN}",
        rf"\bcombien (?:coute(?:nt|ra)?|vaut|valent) {_ARTICLE}{_NOUN}",
    )
)
_OF = re.compile(rf"(?: [a-z]+)? (?=d[eu]|d')(?:d[eu] |d'){_ARTICLE}{_NOUN}")
# An adjective, or a name, behind the noun: nothing else can follow it there.
_BEHIND = re.compile(r" (?P<word>[a-z]{4,})(?=\W*$| (?:d[eu]s?|d'|pour|a|au|aux|en|dans|chez|sur) )")
_DONE = re.compile(r"\bqui (?:a|ont|avai(?:t|ent)) (?:deja |bien |donc )?([a-z]{4,})")
# « combien de temps garder », « combien d'années conserve-t-on », « combien de temps dure la garantie ».
_LASTS = re.compile(
    r"\b(?:combien (?:de |d')(?:temps|jours|mois|semaines|annees|ans|heures)|quand(?! (?:meme|bien)))\b(?P<rest>.*)"
)
_VERB = re.compile(r"\b(?:[a-z]{3,}?(?:er|ir|re)\b|[a-z]{3,}(?=(?:-t)?-(?:on|ils?|elles?|je|nous|vous)\b))")
_LASTING = re.compile(rf" (?:dure(?:nt|ra|ront)?|prend|prennent) {_ARTICLE}{_NOUN}")
# Nouns that stand for the answer itself.
_EMPTY = frozenset(
    """hauteur motif motifs ecart ecarts distinction service site sites mot mots truc trucs ordre forme cadre fonction
    titre""".split()  # noqa: SIM905
)
# Who holds an office: « le nom du directeur financier » asks for that director, not for any name.
_OFFICE = re.compile(r"(?:direct(?:eur|rice)|president|ministre|responsable|chef|delegue|maire|referent)e?s?$")
_ASKED_OF = ("figure", "who", "open")
_MEASURED_PLACES = ("contact", "person", "amount", "share", "count", "duration")
_NAME = re.compile(r"\b(?:en|à|au|aux|de|du|d['’]|pour) (?P<name>[A-ZÀ-Ý][a-zà-ÿ]{3,}(?:-[A-ZÀ-Ý]?[a-zà-ÿ]+)*)")
# A candidate that speaks of what is asked is preferred from this share of the best one's score on.
_GOOD = 0.5
# Words that narrow one another stand so many words apart at most.
_BESIDE = 3
_WHOLE = re.compile(r"\b(?:total\w*|globa\w*|ensemble|en tout)\b")
_OF_WHOLE = re.compile(
    r"\b(?:total\w*|globa\w*|ensemble) (?:du|de l[a']) ?(?:plan|programme|dispositif|fonds|strategie)\b"
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """The word that says what is asked of something, folded; `narrowed` by the word behind it, `named` by a place."""

    word: str
    narrowed: str = ""
    named: str = ""


def attribute_of(query: Query, index: Index) -> Attribute | None:
    """What the query asks of something: « salaire » of the director, « construit »; None when it does not say.

    Words that only say which kind of answer is wanted give way to what they are asked of: « le prix d'un anneau ».
    Terms are left out: agreement with those is judged elsewhere.
    """
    if query.wanted not in _ASKED_OF or query.is_english:
        return None
    terms = index.vocabulary.find(query.text)
    apart = {word for term in terms for word in content_words(folded(term.text))}
    found = _said(folded(query.text), is_chained=query.wanted == "figure" or query.measure == "person")
    if found is None or found.word in apart:
        return None
    if query.measure == "contact":  # « quel numéro »: the shape tells it; only where is asked
        found = replace(found, word="", narrowed="")
    name = _NAME.search(query.text) if query.measure in _MEASURED_PLACES else None
    named = folded(name["name"]) if name is not None else ""
    narrowed = found.narrowed if found.narrowed not in apart else ""
    return Attribute(found.word, narrowed, named if named not in apart else "")


def _said(plain: str, *, is_chained: bool) -> Attribute | None:
    asking = load_cues().asking_words | words_that_ask(plain, but="yes_no") | STOP_WORDS | _EMPTY
    asking = frozenset(word for word in asking if not _OFFICE.match(word))
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


def says(attribute: Attribute, texts: Iterable[str], index: Index) -> bool:
    """Whether the texts hold the words of what is asked, in any form or by a near word; what narrows it by itself."""
    read = list(texts)
    held = frozenset(stem for text in read for stem in index.stem_set(text))
    is_named = all(root_of(stem) in roots(held) for stem in index.word_stems(attribute.named))
    return (
        _holds(attribute.word, held, index)
        and is_named
        and (not attribute.narrowed or _narrows(attribute, read, index))
    )


def _narrows(attribute: Attribute, texts: Iterable[str], index: Index) -> bool:
    """Whether the word that narrows what is asked stands near it: « un directeur technique et financier »."""
    noun, word = ({root_of(stem) for stem in index.word_stems(one)} for one in (attribute.word, attribute.narrowed))
    for text in texts:
        said = [root_of(stem) for stem in index.stems(text)]
        places = [place for place, root in enumerate(said) if root in noun]
        if any(not word.isdisjoint(said[max(0, place - _BESIDE) : place + _BESIDE + 1]) for place in places):
            return True
    return False


def _holds(word: str, held: frozenset[str], index: Index) -> bool:
    return all(
        any(root_of(one) in roots(held) or is_form(one, held) for one in (stem, *index.near(stem)))
        for stem in index.word_stems(word)
    )


def words_asked(query: Query, index: Index) -> tuple[str, ...]:
    """The folded words that say what is asked of something."""
    found = attribute_of(query, index)
    return tuple(word for word in (found.word, found.narrowed, found.named) if word) if found is not None else ()


def is_beside(query: Query, claims: Sequence[Claim], index: Index) -> bool:
    """Whether the claims speak of something else than what is asked; of a figure or person the first alone counts."""
    if query.wanted == "yes_no" and _is_one_case(query, claims[0], index):
        return True
    attribute = attribute_of(query, index)
    if attribute is None:
        return False
    quoted = [
        one.quotations[0] for one in claims[: 1 if query.wanted == "figure" or query.measure == "person" else None]
    ]
    around = (index.passage(one.passage_id) for one in quoted)
    framing = (text for one in around for text in (one.searchable, *one.headings))
    titles = (index.documents[one.document_id].title for one in quoted)
    return not says(attribute, (claims[0].text, *framing, *titles), index)


def _is_one_case(query: Query, claim: Claim, index: Index) -> bool:
    """Whether the claim is the row of something that the query does not name: it says nothing of others."""
    cells = index.passage(claim.quotations[0].passage_id).cells
    label = cells[0].quote if cells else ""
    if not label or index.vocabulary.find(label):
        return False
    asked = index.word_stems(index.vocabulary.expand(query.text))
    return roots(index.word_stems(label)).isdisjoint(
        roots((*asked, *(near for one in asked for near in index.near(one))))
    )


def saying(found: Sequence[Candidate], query: Query, index: Index) -> list[Candidate]:
    """For a duration the candidates that speak of what lasts, when one of them is among the better ones; else all."""
    attribute = attribute_of(query, index) if query.measure == "duration" else None
    if attribute is None or not found:
        return list(found)
    kept = [one for one in found if says(attribute, _texts(one), index)]
    return kept if kept and kept[0].score >= _GOOD * found[0].score else list(found)


def _texts(one: Candidate) -> tuple[str, ...]:
    """What the unit says, after the sentence before it (« il en a retenu douze »), under its headings and headers."""
    unit, passage = one.unit, one.unit.passage
    start, end = passage.sentences[max(0, unit.position - 1)] if passage.kind == "prose" else (0, 0)
    before = passage.text[start - passage.start : end - passage.start] if end else ""
    return (unit.reading, before, *passage.headings, *(header.quote for header in unit.headers))


def is_of_whole(one: Candidate, query: Query) -> bool:
    """Whether a figure of a wave or part is asked and the unit gives the whole programme's: « le budget du plan »."""
    asked = query.of_kind("wave", "part")
    if query.measure not in ("amount", "count", "share") or not asked or not {*asked}.isdisjoint(one.unit.own_tags):
        return False
    is_programme = any(tag.kind == "programme" for tag in one.unit.own_tags)
    text = folded(one.unit.text)
    return _OF_WHOLE.search(text) is not None or (is_programme and _WHOLE.search(text) is not None)
