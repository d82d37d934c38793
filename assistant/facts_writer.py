"""The writer for sums and meanings: the one in force first, then what it replaced; both where documents disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant import phrases
from assistant.answers import Derived
from assistant.averages import asks_for_each
from assistant.candidates import without_terms
from assistant.cues import folded
from assistant.dated import plain
from assistant.drafts import Claim, Draft, Quotation
from assistant.query import Query
from assistant.validity import is_expired, with_validity
from index.amounts import amounts_of
from index.facts import agree
from index.records import Fact, FactKind, Tag
from index.searching import Index

_SURE = 0.95
_CONTESTED = 0.7
_SUBJECT_KINDS = ("programme", "wave", "part", "lane", "software", "profession", "milestone", "service")
_COST = re.compile(r"\bcout|\bdepens")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Words that every question about a sum may use; what is asked about is said by the others.
_GENERIC = re.compile(
    r"budg\w*|envelopp\w*|prix|cagnott\w*|pactol\w*|argent|tota\w*|montant\w*|combien|million\w*|milliard\w*|euros?|cout\w*|dot\w*|dispos\w*|"
    r"programm\w*|ensembl\w*|globa\w*|financ\w*|public\w*|somme\w*|moyens?|mis\w*|cote|cotes|reserv\w*|actuel\w*|jours?|aujourd\w*|hui|dernier\w*|"
    r"chiffr\w*|represent\w*|annonc\w*|prev\w*|lequel|laquelle|bon\w*|lit|tantot|vrai\w*|correct\w*|exact\w*|national\w*|"
    r"pes\w*|nouvel\w*|recent\w*|alloue\w*|consacr\w*|mobilis\w*|entier\w*|etat|credits?|fonds|tout|enfin|finalement|maintenant|desormais"
)
_FORMER = 1
_MOST_SUMS = 3


def write_facts(query: Query, index: Index) -> Draft | None:
    """The draft that gives the sum asked for; None when the query asks for none, or for more than a sum."""
    asked = _asked(query, index)
    ordered = _best_first((fact for fact in asked if fact.status != "replaced"), index)
    standing = [one for one in ordered if not is_expired(one.document_id, index, query.day)] or ordered
    if not standing:
        return None
    told: list[Fact] = []
    for fact in standing:
        if not any(agree(fact, other) for other in told):
            told.append(fact)
    claims = tuple(_claim(fact, index) for fact in told[:_MOST_SUMS])
    is_contested = any(fact.status == "conflict" for fact in told)
    draft = Draft("answered", claims, _CONTESTED if is_contested else _SURE)
    return with_validity(with_facts(draft, replace(query, wanted="figure"), index), index, query.day)


def _asked(query: Query, index: Index) -> list[Fact]:
    """The sums of the query's subject, when nothing else of it is asked, or those between which the query chooses."""
    text = folded(query.text)
    named = amounts_of(query.text)
    if len(named) > 1:
        return _chosen_between({format(one, "f") for one in named}, query, index)
    words = re.findall(r"[^\W\d_]+", folded(without_terms(query.text, index.vocabulary)))
    is_plain = not index.rarities(" ".join(word for word in words if not _GENERIC.fullmatch(word)))
    if query.wanted != "figure" or query.measure != "amount" or not is_plain or named or asks_for_each(text):
        return []
    kind: FactKind = "cost" if _COST.search(text) else "total"
    about = _subject(query, index)
    years = "-".join(_YEAR.findall(text))
    found = [fact for fact in index.facts if fact.kind == kind and fact.about == about]
    return [fact for fact in found if fact.period == years or (not years and not fact.period.isdigit())]


def _subject(query: Query, index: Index) -> tuple[Tag, ...]:
    tags = [tag for tag in query.tags if tag.kind in _SUBJECT_KINDS]
    return tuple(sorted(index.vocabulary.narrowest(tags)))


def _chosen_between(values: set[str], query: Query, index: Index) -> list[Fact]:
    """The sums of the one subject of which the documents give the values that the question names."""
    subjects: dict[tuple[FactKind, tuple[Tag, ...]], set[str]] = {}
    for fact in index.facts:
        if fact.value in values and _can_be_meant(fact, query, index):
            subjects.setdefault((fact.kind, fact.about), set()).add(fact.value)
    both = [subject for subject, found in subjects.items() if found == values]
    return [fact for fact in index.facts if (fact.kind, fact.about) == both[0]] if len(both) == 1 else []


def _can_be_meant(fact: Fact, query: Query, index: Index) -> bool:
    return not any(index.vocabulary.conflicts(mine, tag) for mine in fact.about for tag in query.tags)


def with_facts(draft: Draft, query: Query, index: Index) -> Draft:
    """The draft with each replaced sum or meaning behind the one in force, and contradictions told."""
    claims: list[Claim] = []
    told: list[str] = []
    replaced: set[object] = set()
    named = set(re.findall(r"[\w'’-]+", query.text.upper()))
    wants_it = query.wanted in ("figure", "definition") or query.wants_former
    for claim in draft.claims:
        stated = [fact for fact in _stated(claim, index) if fact.kind != "meaning" or fact.acronym in named]
        newer = [fact for one in stated if one.replaced_by and (fact := index.fact(one.replaced_by)) is not None]
        former = [one for one in stated if one.status == "replaced"]
        if newer:
            if _thing(newer[0]) not in replaced:  # once for each thing, however many pages still say it
                claims += [_claim(newer[0], index), *_formers(former[:1], newer[0], index)]
            replaced.add(_thing(newer[0]))
            continue
        claims.append(claim)
        if any(fact.status == "conflict" for fact in stated):
            told.append(phrases.CONFLICTING_FACTS)
        if wants_it and stated and _thing(stated[0]) not in replaced:
            claims += _formers(_replaced_by(stated, index), stated[0], index)[:_FORMER]
            replaced.update(_thing(one) for one in stated)
    unique = {claim.text: claim for claim in reversed(claims)}
    kept = tuple(claim for claim in claims if unique.pop(claim.text, None) is not None)
    return replace(draft, claims=kept, notices=tuple(dict.fromkeys((*draft.notices, *told))))


def _thing(fact: Fact) -> object:
    """What the fact is of; equal for facts of which one may replace the other."""
    return fact.kind, fact.about, fact.acronym


def _stated(claim: Claim, index: Index) -> list[Fact]:
    """The facts in the claim's quotations."""
    return [
        fact
        for quotation in claim.quotations
        for fact in index.facts_of(quotation.passage_id)
        if fact.kind != "amended"
        and quotation.span.page == fact.span.page
        and quotation.span.start <= fact.span.start
        and fact.span.end <= quotation.span.end
    ]


def _replaced_by(stated: Sequence[Fact], index: Index) -> list[Fact]:
    """What these, or those that agree with them, have replaced."""
    if not stated:
        return []
    same = {one.id for fact in stated for one in index.facts if _thing(one) == _thing(fact) and agree(one, fact)}
    return _best_first((one for one in index.facts if one.replaced_by in same), index)


def _best_first(facts: Iterable[Fact], index: Index) -> list[Fact]:
    """In the order of what to quote: naming their subject, in force, exact, of authority, recent, prose before rows."""

    def worth(fact: Fact) -> tuple[object, ...]:
        source = index.documents[fact.document_id].evidence
        day = source.published.last.toordinal() if source.published else 0
        named = {tag for mention in index.vocabulary.find(_reading(fact, index)) for tag in mention.tags}
        is_unsaid = not set(fact.about) <= named
        return (
            is_unsaid,
            fact.status != "in_force",
            fact.is_rounded,
            source.authority,
            -day,
            bool(fact.headers),
            fact.id,
        )

    return sorted(facts, key=worth)


def _claim(fact: Fact, index: Index) -> Claim:
    return Claim(_reading(fact, index), (_quotation(fact),))


def _formers(facts: Iterable[Fact], newer: Fact, index: Index) -> list[Claim]:
    """The claims of what the newer fact replaced; a sentence that says both is said once."""
    said = _reading(newer, index)
    return [_former(one, newer, index) for one in facts if _reading(one, index) != said]


def _former(fact: Fact, newer: Fact, index: Index) -> Claim:
    source = index.documents[fact.document_id].evidence
    derived = [Derived(source.publisher, "source citée")] if source.publisher else []
    if source.published:
        derived.append(Derived(phrases.published(source), "date de la page citée"))
    quotation = replace(_quotation(fact), is_current=False, replaced_by=_quotation(newer))
    return Claim(phrases.formerly(source, _reading(fact, index)), (quotation,), tuple(derived))


def _reading(fact: Fact, index: Index) -> str:
    """The sentence, or the row as « column : cell »."""
    passage = index.passage(fact.passage_id)
    return plain(passage.searchable.split("\n", 1)[-1] if passage.kind == "row" else fact.span.quote)


def _quotation(fact: Fact) -> Quotation:
    return Quotation(fact.document_id, fact.passage_id, fact.span, fact.headers)
