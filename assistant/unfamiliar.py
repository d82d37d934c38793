"""Pure: the words of a question that the programme's documents do not hold, and questions made of such words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

from assistant.cues import Wanted, folded, load_cues
from index.records import TagKind
from index.term_words import ordinary_roots, ordinary_words, root
from index.vocabulary import TermMention, UnknownTerm, Vocabulary
from index.words import STOP_WORDS, content_words

Knows = Callable[[str], bool]

_ENGLISH_WORDS = 2
_LEAST_MISSPELT = 5
_WORD = re.compile(r"[^\W_]+")
# All in capitals, or with a capital after a small word.
_NAME = re.compile(r"\b[A-ZÀ-Ý]{2,}\w*|(?<=[a-zà-ÿ,'’] )[A-ZÀ-Ý]\w+|(?<=[a-zà-ÿ]['’])[A-ZÀ-Ý]\w+")
_SHORT_CUE = 25
# So many labels « noun Name » make another such name one of their kind.
_LEAST_ALIKE = 2
# A verb before its subject: « dans quelle fenêtre aurais-je dû… ».
_INVERTED = re.compile(r"(?:-t)?-(?:je|tu|ils?|elles?|on|nous|vous|ce)\b", re.IGNORECASE)
_LINKS = frozenset({"de", "du", "des", "la", "le", "les", "l", "d"})
# Kinds of which « <noun> <name> » with a name that no document holds is a term nobody knows.
_NAMED_KINDS = frozenset({"wave", "lane", "part", "programme"})


@dataclass(frozen=True, slots=True)
class Rest:
    """What a question says beside its terms and the words that ask: content words, and those that no document holds.

    `names` are the unheld words that are written as names: with a capital inside a sentence, or all in capitals.
    """

    words: tuple[str, ...]
    unheld: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def foreign(self) -> tuple[str, ...]:
        """The unheld words that everyday French does not know either, and the names."""
        return tuple(word for word in self.unheld if word in self.names or not _is_ordinary(word))


def is_english(text: str) -> bool:
    """Whether the question is asked in English."""
    words = re.findall(r"[a-z']+", folded(text))
    english = sum(word in load_cues().english_words for word in words)
    french = sum(word in STOP_WORDS and word not in load_cues().english_words for word in words)
    return english >= _ENGLISH_WORDS and english > french


def rest_of(text: str, mentions: Iterable[TermMention | UnknownTerm], knows: Knows | None) -> Rest:
    """What the text says beside the terms found in it. Without `knows`, no word is foreign."""
    for mention in sorted(mentions, key=lambda one: -one.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    plain = folded(text)
    asking = load_cues().asking_words | words_that_ask(plain)
    words = tuple(word for word in content_words(plain) if word not in asking and not word.isdecimal())
    if knows is None:
        return Rest(words)
    unheld = tuple(word for word in words if len(word) > 1 and not knows(word))
    named = {folded(name) for name in _NAME.findall(text)} if any(letter.islower() for letter in text) else set()
    return Rest(words, unheld, tuple(word for word in unheld if word in named))


def words_that_ask(text: str, *, but: Wanted | None = None) -> frozenset[str]:
    """The words, folded, by which the question says what kind of answer it wants; those of the kind `but` left out."""
    return _asking_in(folded(text), but)


@lru_cache(maxsize=64)  # several look for them in one question
def _asking_in(plain: str, but: Wanted | None) -> frozenset[str]:
    patterns = (one for tier in load_cues().wanted for kind, one in tier.items() if kind != but)
    matches = (match for one in patterns for match in one.finditer(plain))
    short = (match.group() for match in matches if len(match.group()) <= _SHORT_CUE)
    return frozenset(word for cue in short for word in _WORD.findall(cue))


def _is_ordinary(word: str) -> bool:
    return word in ordinary_words() or root(word) in ordinary_roots()


def _is_misspelt(word: str) -> bool:
    """Whether one letter more, less, other or exchanged makes an everyday word of it."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = (
        made
        for before, after in cuts
        for made in (
            before + after[1:],
            before + after[1:2] + after[:1] + after[2:],
            *(before + letter + rest for letter in ascii_lowercase for rest in (after, after[1:])),
        )
    )
    return len(word) >= _LEAST_MISSPELT and any(one in ordinary_words() for one in made)


def is_elsewhere(rest: Rest, *, has_terms: bool) -> bool:
    """Whether nothing in the question concerns the programme: no term, and mostly words that no document holds.

    One strange word beside a known one is not enough; of several a name counts twice.
    """
    strange = len(rest.unheld) + (len(rest.names) if len(rest.unheld) > 1 else 0)
    return not has_terms and len(rest.words) > 1 and 2 * strange > len(rest.words)


def unknown_names(
    text: str, vocabulary: Vocabulary, covered: Sequence[tuple[int, int]], knows: Knows
) -> tuple[UnknownTerm, ...]:
    """« couloir vétérinaire »: a noun that opens the names of a kind, then a word that no document holds."""
    words = list(_WORD.finditer(text))
    found = []
    for position, word in enumerate(words):
        kind = vocabulary.naming_nouns.get(root(word.group()))
        if kind not in _NAMED_KINDS or any(start <= word.start() < end for start, end in covered):
            continue
        name = next((one for one in words[position + 1 : position + 4] if folded(one.group()) not in _LINKS), None)
        if name is None or any(start <= name.start() < end for start, end in covered):
            continue
        if set(text[word.end() : name.start()]) & set(".,;:!?()"):
            continue
        plain = folded(name.group())
        is_name = len(plain) > 2 and plain not in load_cues().asking_words and plain not in STOP_WORDS
        is_name = is_name and not _INVERTED.match(text, name.end()) and bool(content_words(plain))
        is_strange = not knows(plain) and not _is_misspelt(plain)
        if is_name and (is_strange or _is_named_so(kind, word.group(), name.group(), vocabulary)):
            found.append(UnknownTerm(kind, text[word.start() : name.end()], word.start(), name.end()))
    return tuple(found)


def _is_named_so(kind: TagKind, noun: str, name: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is written as the names of the kind are: « volet Formation », like « Volet Études »."""
    labels = (term.label.split() for term in vocabulary.terms_of(kind))
    alike = [one for one in labels if len(one) > 1 and root(one[0]) == root(noun) and one[1].istitle()]
    return name.istitle() and len(alike) >= _LEAST_ALIKE


def _members_kind(asked: str, vocabulary: Vocabulary) -> TagKind | None:
    """Professions, for a question that names first a term with several within it: « quels paramédicaux »."""
    first = next(iter(vocabulary.find(asked)), None)
    if first is None or {*content_words(asked[: first.start])} - load_cues().asking_words - words_that_ask(asked):
        return None
    members = [tag for tag in vocabulary.members(first.tags[0]) if tag.kind == "profession"]
    return "profession" if len(members) > 1 else None


def listed_kind(text: str, vocabulary: Vocabulary) -> TagKind | None:
    """The kind of term whose list the words ask for: by the noun that follows the word that asks."""
    plain = folded(text)
    cues = load_cues()
    starts = [match.start() for tier in cues.wanted if "list" in tier and (match := tier["list"].search(plain))]
    asked = plain[min(starts) :] if starts else plain
    places = [
        (match.start(), match.end(), kind) for kind, noun in cues.list_of.items() if (match := noun.search(asked))
    ]
    for word in _WORD.finditer(asked):
        kind = vocabulary.head_nouns.get(root(word.group()))
        if kind is not None:
            places.append((word.start(), word.end(), kind))
            break
    if not places:
        return _members_kind(asked, vocabulary)
    start, _, kind = min(places, key=lambda place: place[:2])
    between = {word for word in content_words(asked[:start]) if word not in cues.asking_words}
    is_term = any(one.start <= len(plain) - len(asked) + start < one.end for one in vocabulary.find(plain))
    is_next = not between - words_that_ask(plain) and not is_term
    return kind if is_next else _members_kind(asked, vocabulary)
