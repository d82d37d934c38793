"""The writer with a model: passages shown → its reply → sentences, each proven or dropped → a draft, or none.

The model proposes and the program disposes: what it says of itself (answerable, how sure) decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Protocol

from assistant.answers import CheckedSentence, Derived
from assistant.citations import values
from assistant.drafts import Claim, Draft, Quotation
from assistant.leaning import Leaning, is_copied, lean, units_quoted
from assistant.name_masking import without_names
from assistant.new_words import Rules
from assistant.pairing import read_items
from assistant.prompting import Prompt, Strategy, answer_prompt
from assistant.proving import Fault, Proof, fault
from assistant.replies import SCHEMA, Point, read_prose, read_quoting, sentences
from assistant.rules import rules_of
from assistant.superseded import with_what_replaced
from assistant.understanding import Query
from assistant.units import Unit, Units
from index.records import Hit, Passage, Tag
from index.searching import Index
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from assistant.language_model import ModelReply

# In prose no words are quoted: so many sentences of a passage are tried, alone and in neighbouring pairs.
_TRIED_SENTENCES = 4
# What a quotation that was chosen too narrow may lack.
_NARROW = frozenset({"value", "term", "name", "words", "meaning"})
_DAY = re.compile(r"(?:\d{4}-)?\d\d-\d\d|\d{4}-\w+")
_VERDICT = re.compile(r"(oui|non)\s*[,:.!–—-]+\s*(?=\w)", re.IGNORECASE)


class Model(Protocol):
    """What writes."""

    @property
    def name(self) -> str:
        """What to call it on a screen."""

    @property
    def is_local(self) -> bool:
        """Whether what it is told stays on this machine."""

    def reply(self, prompt: Prompt, *, schema: Mapping[str, Any] | None = None) -> ModelReply:
        """What it writes; raises LanguageModelFailed."""


@dataclass(frozen=True, slots=True)
class Composing:
    """How wording is asked for. `masks` takes personal data out of what leaves the machine."""

    model: Model
    strategy: Strategy = "quote"
    masks: bool = True
    most_passages: int = 8
    passage_chars: int = 9000

    def ask(self, question: str, passages: Sequence[Passage], index: Index) -> ModelReply:
        """The model's reply on the passages. Raises LanguageModelFailed."""
        prompt = answer_prompt(self.outward(question, index), passages, self.strategy)
        return self.model.reply(prompt, schema=SCHEMA if self.strategy == "quote" else None)

    def outward(self, text: str, index: Index) -> str:
        """The text as the model may see it."""
        return without_names(text, knows_of(index)) if self.masks and not self.model.is_local else text

    def shown(self, draft: Draft, hits: Sequence[Hit], index: Index) -> tuple[Passage, ...]:
        """The passages to show: those quoted without a model, then the best found, within the room there is."""
        quoted = [index.passage(quotation.passage_id) for claim in draft.claims for quotation in claim.quotations]
        chosen: dict[str, Passage] = {}
        room = self.passage_chars
        for passage in (*quoted, *(hit.passage for hit in hits)):
            if len(chosen) < self.most_passages and passage.id not in chosen and len(passage.searchable) <= room:
                chosen[passage.id] = passage
                room -= len(passage.searchable)
        return tuple(chosen.values())


def knows_of(index: Index) -> Callable[[str], bool]:
    """Whether a word stands in a document or in the vocabulary."""
    return lambda word: any(index.has_stem(stem) for stem in index.stems(word)) or bool(index.vocabulary.find(word))


def read_points(text: str, strategy: Strategy) -> tuple[Point, ...]:
    """The points of a reply, one for each sentence."""
    reply = read_quoting(text) if strategy == "quote" else read_prose(text)
    return tuple(replace(point, sentence=one) for point in reply.points for one in sentences(point.sentence))


def prove(
    points: Sequence[Point], passages: Sequence[Passage], index: Index, units: Units
) -> tuple[tuple[Claim, ...], tuple[CheckedSentence, ...]]:
    """The claims of the points that hold, and what became of each sentence."""
    rules = rules_of(index)
    claims: list[Claim] = []
    checked: list[CheckedSentence] = []
    for point in (_without_verdict(one, passages) for one in points):
        found, why = _leaning(point, passages, index, units, rules)
        if why is None and any(claim.text == point.sentence for claim in claims):
            continue
        checked.append(_checked(point, found, why))
        if why is None:
            derived = _derived(point.sentence, found)
            claims.append(Claim(point.sentence, tuple(one.quotation for one in found), derived))
    return tuple(claims), tuple(checked)


def compose(claims: Sequence[Claim], without_model: Draft, query: Query, index: Index) -> Draft | None:
    """The draft of the proven claims when it answers as well as the one without a model, else None."""
    if not claims or not _answers(claims, without_model, query, index.vocabulary):
        return None
    draft = replace(without_model, claims=tuple(claims), lead=without_model.lead if _is_partial(without_model) else "")
    return with_what_replaced(draft, index, query)


def _is_partial(draft: Draft) -> bool:
    return draft.outcome != "answered"


def _answers(claims: Sequence[Claim], without_model: Draft, query: Query, vocabulary: Vocabulary) -> bool:
    """Whether the claims lean on what was found to answer, and keep the days or figures where those are asked."""
    quoted = [quotation for claim in claims for quotation in claim.quotations]
    best = without_model.claims[0].quotations if without_model.claims else ()
    if not any(_overlap(one, other) for one in quoted for other in best):
        return False
    if query.wanted not in ("date", "figure"):
        return True
    said = read_items("\n".join(claim.text for claim in claims), vocabulary).values
    wanted = without_model.claims if query.wanted == "date" else without_model.claims[:1]
    told = read_items("\n".join(claim.key or claim.text for claim in wanted if _is_in_force(claim)), vocabulary).values
    derived = values(" ".join(value.value for claim in wanted for value in claim.derived))
    needed = {one for one in told if _DAY.fullmatch(one)} if query.wanted == "date" else told - derived
    return needed <= said and (query.wanted != "date" or _keeps_frames(claims, wanted, query, vocabulary))


def _keeps_frames(claims: Sequence[Claim], quoted: Sequence[Claim], query: Query, vocabulary: Vocabulary) -> bool:
    """Whether the claims name what the quoted ones add to their quotations (« Domaine PDS — … »), unless asked."""
    named = _terms(" \n ".join(claim.text for claim in claims), vocabulary) | frozenset(query.tags)
    said = named.union(*(vocabulary.members(tag) | vocabulary.belonging(tag) for tag in named))
    return all(
        _terms(claim.text, vocabulary) - _terms(" \n ".join(one.span.quote for one in claim.quotations), vocabulary)
        <= said
        for claim in quoted
        if _is_in_force(claim)
    )


def _terms(text: str, vocabulary: Vocabulary) -> frozenset[Tag]:
    return frozenset(tag for mention in vocabulary.find(text) for tag in mention.tags)


def _is_in_force(claim: Claim) -> bool:
    return all(quotation.is_current for quotation in claim.quotations)


def _overlap(one: Quotation, other: Quotation) -> bool:
    return (
        one.document_id == other.document_id
        and one.span.page == other.span.page
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )


def _without_verdict(point: Point, passages: Sequence[Passage]) -> Point:
    """The point without the « Oui, » or « Non, » that opens it, unless a passage it names says that word itself."""
    match = _VERDICT.match(point.sentence)
    cited = [passages[number - 1].text for number in point.passages if 1 <= number <= len(passages)]
    if match is None or any(re.search(rf"\b{match[1]}\b", text, re.IGNORECASE) for text in cited):
        return point
    rest = point.sentence[match.end() :]
    return replace(point, sentence=f"{rest[:1].upper()}{rest[1:]}")


def _leaning(
    point: Point, passages: Sequence[Passage], index: Index, units: Units, rules: Rules
) -> tuple[tuple[Leaning, ...], Fault | None]:
    """What proves a point, or the fault that drops it."""
    if not point.passages or any(not 1 <= number <= len(passages) for number in point.passages):
        return (), "marker"
    cited = [passages[number - 1] for number in point.passages]
    if not point.span:
        return _in_prose(point, cited, index, units, rules)
    quoted = units_quoted(point.span, cited[0], units)
    if not quoted:
        return (), "span"
    is_exact = is_copied(point.span, cited[0])
    found = lean(point.sentence, quoted, index, is_exact=is_exact)
    why = fault(point.sentence, found.proof, rules)
    for wider in _wider(quoted, units.of(cited[0])) if why in _NARROW else ():
        around = lean(point.sentence, wider, index, is_exact=is_exact)
        if fault(point.sentence, around.proof, rules) is None:
            return (around,), None
    return (found,), why


def _wider(quoted: Sequence[Unit], every: Sequence[Unit]) -> list[tuple[Unit, ...]]:
    """The units quoted with the one before them, with the one after, with both: a sentence may tell all three."""
    first, last = every.index(quoted[0]), every.index(quoted[-1])
    starts, ends = (max(0, first - 1), first), (min(len(every), last + 2), last + 1)
    return [
        tuple(every[start:end]) for start, end in ((starts[0], ends[1]), (starts[1], ends[0]), (starts[0], ends[0]))
    ]


def _in_prose(
    point: Point, cited: Sequence[Passage], index: Index, units: Units, rules: Rules
) -> tuple[tuple[Leaning, ...], Fault | None]:
    """The sentences of the passages cited that prove the point together, as few as can be."""
    best: list[Leaning] = []
    why: Fault = "span"
    for passage in cited:
        tried = _tried(point.sentence, units.of(passage), index)
        leanings = [lean(point.sentence, quoted, index, is_exact=True) for quoted in tried]
        for one in leanings:
            found = fault(point.sentence, one.proof, rules)
            if found is None:
                return (one,), None
            why = found if why == "span" else why
        best += leanings[:1]
    for pair in combinations(best, 2):
        proof = Proof(
            "\n".join(one.proof.quoted for one in pair),
            "\n".join(one.proof.frame for one in pair),
            partial(_least_nearness, pair),
            "\n".join(one.proof.around for one in pair),
        )
        if fault(point.sentence, proof, rules) is None:
            return pair, None
    return (), why


def _tried(sentence: str, every: Sequence[Unit], index: Index) -> list[tuple[Unit, ...]]:
    said = set(index.stems(sentence))
    ranked = sorted(every, key=lambda unit: -len(said & set(unit.stems)))[:_TRIED_SENTENCES]
    pairs = [(first, second) for first, second in pairwise(every) if first in ranked and second in ranked]
    return [*((unit,) for unit in ranked), *pairs]


def _derived(sentence: str, found: Sequence[Leaning]) -> tuple[Derived, ...]:
    """The years that the sentence writes out and its quotations leave to be inferred."""
    said = values(sentence)
    days = dict.fromkeys(day for one in found for day in one.inferred)
    held = values(" ".join(one.quotation.span.quote for one in found))
    return tuple(day for day in days if values(day.value) & said and not values(day.value) <= held)


def _checked(point: Point, found: Sequence[Leaning], why: Fault | None) -> CheckedSentence:
    if why is not None:
        return CheckedSentence("", is_kept=False, fault=why, is_exact=False, nearness=0.0)
    return CheckedSentence(point.sentence, True, "", all(one.is_exact for one in found), _least_nearness(found))


def _least_nearness(found: Sequence[Leaning]) -> float:
    return min(one.proof.nearness for one in found)
