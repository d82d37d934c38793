"""Pure: whether who acts, on what and for whom is as the text says: « verse l'argent à l'éditeur », not « à la salle ».

For each verb of action of the sentence: the word that acts, the one acted on and those after each preposition, against
the same places beside that verb in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.new_words import Rules
from assistant.word_places import Word, clauses, names, read_words, unbracketed

_PREPOSITIONS = frozenset({"a", "par", "chez", "aupres"})
_BE = frozenset({"est", "sont", "ete", "etre", "etait", "etaient", "sera", "seront", "fut"})
_PRONOUNS = frozenset({"il", "ils", "elle", "elles", "qui", "on", "y", "se", "s", "c", "que"})
# « une vérification que le client signe »: what is acted on stands before.
_RELATIVES = frozenset({"que", "dont"})
_NOUN_ENDINGS = ("ment", "ments", "tion", "tions", "eur", "eurs", "age", "ages")
# « …, alors que B règle »: another deed.
_ASIDE = frozenset({"alors", "tandis", "mais"})
# So many words of content before a verb may tell who acts; so far from it stands what is acted on.
_BEFORE, _REACH = 8, 12


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb at its place: what is named before it, right after it, after each preposition; whether it is passive."""

    verb: str
    before: tuple[str, ...]
    acted_on: str
    objects: frozenset[str]
    after: frozenset[tuple[str, str]]
    first: tuple[tuple[str, str], ...]
    is_passive: bool
    leans: bool
    opens: bool


def acts_otherwise(sentence: str, text: str, around: str, rules: Rules) -> bool:
    """Whether a verb of the sentence has another doer, object or receiver than in the text. All in one spelling.

    `around` is what frames the text: it names what may not take the place of what the text says.
    """
    theirs = _acts(text, rules)
    held = names(read_words(text, rules))
    named = held | names(read_words(around, rules))
    return any(
        _differs(act, [one for one in theirs if one.verb == act.verb], held, named) for act in _acts(sentence, rules)
    )


def _differs(act: _Act, theirs: Sequence[_Act], held: frozenset[str], named: frozenset[str]) -> bool:
    if not theirs:
        return act.verb in named - held
    shared = [len(set(act.before) & set(one.before)) for one in theirs]
    near = [one for one, count in zip(theirs, shared, strict=True) if count == max(shared)]
    for preposition, name in act.first:
        others = {other for one in near for said, other in one.after if said == preposition}
        if name in held and others and name not in others:
            return True
    objects = frozenset[str]().union(*(one.objects for one in theirs if not one.is_passive))
    if not act.is_passive and act.acted_on in named and objects and act.acted_on not in objects:
        return True
    return _is_done_by_another(act, theirs, held)


def _is_done_by_another(act: _Act, theirs: Sequence[_Act], held: frozenset[str]) -> bool:
    """Whether who acts in the sentence nowhere acts so in the text; not told where the text leans on what it said."""
    if act.is_passive or not act.before or act.leans or act.before[-1] not in held or any(one.opens for one in theirs):
        return False
    doer = act.before[-1]
    return not any(doer in one.before or (one.is_passive and ("par", doer) in one.after) for one in theirs) and any(
        one.before for one in theirs
    )


def _acts(text: str, rules: Rules) -> list[_Act]:
    verbs = frozenset(map(rules.name, rules.acts))
    found = []
    earlier: tuple[str, ...] = ()
    for clause in clauses(read_words(text, rules)):
        acts = [_read(clause, place) for place, word in enumerate(clause) if _acts_here(word, verbs)]
        found += [replace(act, before=earlier + act.before) if act.leans else act for act in acts]
        earlier = tuple(word.name for word in clause if word.name[:1].isalpha()) or earlier
    return found


def _acts_here(word: Word, verbs: frozenset[str]) -> bool:
    return word.name in verbs and not word.is_held and not word.said.endswith(_NOUN_ENDINGS)


def _objects(after: Sequence[Word]) -> frozenset[str]:
    """What may be acted on: what is named right after the verb, up to a preposition that opens something else."""
    found: list[str] = []
    for word in after:
        if word.said in _PREPOSITIONS:
            break
        found.append(word.name)
    return frozenset(found) - {""}


def _read(clause: Sequence[Word], place: int) -> _Act:
    verb = clause[place].name
    earlier = max((at for at in range(place) if clause[at].name == verb), default=-1)
    before = tuple(word.name for word in unbracketed(clause[earlier + 1 : place]) if word.name)[-_BEFORE:]
    last = next((at for at in range(place + 1, len(clause)) if clause[at].name == verb), len(clause))
    last = next((at for at in range(place + 1, last) if clause[at].said in _ASIDE), last)
    after = clause[place + 1 : min(last, place + 1 + _REACH)]
    found: list[tuple[str, str]] = []
    for at, word in enumerate(after):
        is_after_doer = bool(found) and found[-1][0] == "par"
        if is_after_doer and word.said != "a" and word.said in _PREPOSITIONS:
            break
        if word.said in _PREPOSITIONS and at + 1 < len(after) and after[at + 1].name:
            found.append((word.said, after[at + 1].name))
    firsts = dict(reversed(found))
    near = [word.said for word in clause[max(0, place - 3) : place]]
    return _Act(
        verb,
        before,
        after[0].name if after else "",
        frozenset() if _RELATIVES & {word.said for word in clause[:place]} else _objects(after),
        frozenset(found),
        tuple(firsts.items()),
        bool(_BE & set(near)),
        bool(_PRONOUNS & set(near)),
        clause[-1].said == ":",
    )
