"""Pure: whether who does something, or what it is done to, is who does it and what it is done to in the text.

What belongs to the one who acts does not act in its stead; of two who act together, neither acts alone; what is only
named above does not act at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from assistant.deeds import Deed, Phrase, read_deeds
from assistant.new_words import Rules, new_words
from assistant.pairing import TERM, Items, with_terms_in_one_spelling
from assistant.word_places import names, read_words

# « La date limite du dépôt est reportée »: so is « le dépôt ».
_DAYS_OF = "date limite echeance delai"
# « Pour A, … »
_FRONTED = re.compile(r"\s*(?:pour|en|dans|chez|a|au|aux|sur|avec)\b([^,;.]*),", re.IGNORECASE)
_THIS = re.compile(r"\b(?:ce|cet|cette|ces) (\w+)")
# « A et B forment l'un des piliers »: what is said of both together.
# Who does what a noun says by these does it: « assure le pilotage ».
_CARRIES = re.compile(
    r"(?:assur|fai[ts]|font|effectu|realis|men|proced|exerc|organis|lanc|prepar|dirig|don|prend|pren|pass|depos|comm)"
)
_TOGETHER = re.compile(r"(?:form|constitu|compos|represent|total|cumul|reuni)")


@dataclass(frozen=True, slots=True)
class _Named:
    """What the sentence names, what its text, what that means by « ce programme », its terms; what opens a sentence."""

    said: frozenset[str]
    held: frozenset[str]
    meant: frozenset[str]
    termed: frozenset[str]
    fronted: frozenset[str]


def does_otherwise(sentence: Items, text: Items, rules: Rules) -> bool:
    """Whether a verb of the sentence has another doer or object than anywhere in the text."""
    one, other = (with_terms_in_one_spelling(part) for part in (sentence, text))
    theirs = list(read_deeds(other, rules, of_some=True))
    said, held = (names(read_words(part, rules)) for part in (one, other))
    said |= frozenset(rules.names(_DAYS_OF))
    meant = frozenset(name for match in _THIS.finditer(text.text.casefold()) for name in rules.names(match[1]))
    opening = _FRONTED.match(one)
    fronted = names(read_words(opening[1], rules)) if opening else frozenset[str]()
    named = _Named(said, held, meant, frozenset(name for name in held if name.startswith(TERM)), fronted)
    for deed in read_deeds(one, rules):
        alike = [other for other in theirs if other.verb == deed.verb]
        if _differs(deed, alike, named) or (not alike and any(_does_to_it(deed, other) for other in theirs)):
            return True
    return False


def _does_to_it(deed: Deed, other: Deed) -> bool:
    """Whether « il réunit les contrôles » is made « il contrôle »; who « assure le pilotage » does pilot."""
    if deed.is_state or deed.doer is None or other.doer is None or other.done_to is None:
        return False
    is_it = deed.verb in other.done_to.heads and bool(deed.doer.heads & other.doer.heads)
    return is_it and not _CARRIES.match(other.said)


def states_by_headings(sentence: str, quoted: str, rules: Rules) -> bool:
    """Whether a verb of the sentence is nothing that the quotations say: headings state nothing. In one spelling."""
    verbs = frozenset(rules.stems(" ".join(deed.said for deed in read_deeds(sentence, rules) if not deed.is_state)))
    return bool(verbs and verbs & new_words(sentence, quoted, rules))


def _differs(deed: Deed, theirs: Sequence[Deed], named: _Named) -> bool:
    alike = [one for one in theirs if one.is_state is deed.is_state]
    doers, objects = [one.doer for one in alike], [one.done_to for one in alike]
    if deed.doer and _all(doers) and _is_another(deed, doers, named):
        return True
    if deed.done_to and _all(objects) and all(_belongs(deed.done_to, one, named.said) for one in objects):
        return True
    if deed.done_to and _all(objects) and _does_it_to_another(deed.done_to, objects, named):
        return True
    if any(one.takes_some for one in theirs):
        return False
    # « X doit être raccordé » where the text only says « raccorder Y », or the other way round.
    crossed = [one.done_to if deed.is_state else one.doer for one in theirs if one.is_state is not deed.is_state]
    if not deed.is_state and deed.doer and _all(crossed := [one.doer for one in theirs if one.is_state]):
        # « l'annuaire met en cause la qualité » where « la qualité de l'annuaire est mise en cause ».
        return not alike and all(deed.doer.heads <= one.named for one in crossed)
    mine = deed.doer if deed.is_state else deed.done_to
    return bool(
        mine
        and not alike
        and _all(crossed)
        and mine.heads & named.held
        and not any(mine.heads & one.named for one in crossed)
    )


def _does_it_to_another(mine: Phrase, objects: Sequence[Phrase], named: _Named) -> bool:
    """Whether the sentence's object is something that the text names and does not do it to."""
    everything = frozenset[str]().union(*(one.named for one in objects))
    if mine.joined and mine.heads & everything:
        return any(group & named.held and not group & everything for group in mine.joined)
    return mine.heads <= named.held and not any(mine.named & one.named for one in objects)


def _is_another(deed: Deed, doers: Sequence[Phrase], named: _Named) -> bool:
    """Whether who does it in the sentence does it nowhere in the text; what else a thing is, `said_of` judges."""
    assert deed.doer is not None
    mine = deed.doer
    everyone = frozenset[str]().union(*(one.named for one in doers))
    if mine.joined and mine.heads & everyone and not mine.heads & named.held <= everyone:
        return True
    if not deed.is_state and not mine.joined and _TOGETHER.match(deed.said) and all(one.joined for one in doers):
        return True
    if deed.is_state:
        return all(_belongs(mine, one, named.said) or _stands_for(mine, one, named) for one in doers)
    return not any(_may_do(mine, one, named) for one in doers)


def _all(phrases: Sequence[Phrase | None]) -> TypeGuard[list[Phrase]]:
    return bool(phrases) and None not in phrases


def _may_do(mine: Phrase, other: Phrase, named: _Named) -> bool:
    """Whether the doer of the sentence may be the text's."""
    if mine.heads & other.heads or other.heads & named.meant:
        return True
    return not _belongs(mine, other, named.said) and not mine.heads & named.held and not other.named & named.termed


def _stands_for(mine: Phrase, other: Phrase, named: _Named) -> bool:
    """Whether « pour A, B est ouvert » is made « pour B, A est ouvert »."""
    return not mine.heads & other.named and mine.heads <= named.held and other.heads <= named.fronted - mine.named


def _belongs(mine: Phrase, other: Phrase, said: frozenset[str]) -> bool:
    """Whether what the sentence speaks of only belongs, in the text, to something that the sentence does not name."""
    return not mine.heads & other.heads and mine.heads <= other.named and not other.heads & said
