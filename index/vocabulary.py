"""The programme's terms: what a text names, which terms belong together, and the acronyms that documents expand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from index.asked_names import AskedNames
from index.head_nouns import head_nouns
from index.kinship import Kinship
from index.mentions import MentionFinder
from index.records import Tag, TagKind
from index.term_words import Word, fold, is_acronym, split_words
from index.terms import ContextAlias, Term, TermMention, UnknownTerm
from index.typing_errors import TypingErrors
from index.vocabulary_file import read_terms

_REMEMBERED_CHARS, _REMEMBERED_TEXTS, _MENDED_TEXTS = 300, 512, 16
_Found = tuple[tuple[TermMention, ...], tuple[UnknownTerm, ...]]

__all__ = ["ContextAlias", "Term", "TermMention", "UnknownTerm", "Vocabulary"]


class Vocabulary:
    """Terms, never changed once made; `with_acronyms` gives another vocabulary."""

    def __init__(
        self,
        terms: Iterable[Term],
        *,
        acronyms: Mapping[str, str] | None = None,
        known_words: frozenset[str] = frozenset(),
    ) -> None:
        self.terms = tuple(terms)
        self.acronyms = dict(acronyms or {})
        self._known_words = known_words
        self._by_tag = {term.tag: term for term in self.terms}

    # Made when first used: a vocabulary is often only a step towards another one.
    @cached_property
    def head_nouns(self) -> Mapping[str, TagKind]:
        """The roots of nouns that open the names of one kind of term, with that kind."""
        return head_nouns(self.terms)

    @cached_property
    def naming_nouns(self) -> Mapping[str, TagKind]:
        """Those of them that a name follows, so that another name makes a term that is not known."""
        return head_nouns(self.terms, naming=True)

    @cached_property
    def _kinship(self) -> Kinship:
        return Kinship(self.terms)

    @cached_property
    def _finder(self) -> MentionFinder:
        return MentionFinder(self.terms)

    @cached_property
    def _asked(self) -> AskedNames:
        return AskedNames(self.terms)

    @cached_property
    def _typing(self) -> TypingErrors:
        return TypingErrors((name for term in self.terms for name in names_of(term)), self._known_words)

    @classmethod
    def load(cls, path: Path | None) -> Vocabulary:
        """The vocabulary of a file; empty when there is none.

        Raises:
            CorpusError: the file is there and is wrong; the message says where and how to mend it.
        """
        return cls(read_terms(path) if path is not None and path.is_file() else ())

    @classmethod
    def from_terms(cls, terms: Iterable[Term]) -> Vocabulary:
        """The vocabulary of these terms, whose ids differ and whose `within` are among them."""
        return cls(terms)

    def find(self, text: str, *, typing_errors: bool = False, context: str = "") -> tuple[TermMention, ...]:
        """The terms that the text names, in order, the longest first where names overlap.

        `typing_errors` mends small ones, for questions; `context` (headings, a title) only helps to tell apart acronyms
        that several terms share.
        """
        return self._found(text, typing_errors, context)[0]

    def unknown_numbered(self, text: str, *, typing_errors: bool = False) -> tuple[UnknownTerm, ...]:
        """The numbered terms that the vocabulary does not have: « vague 3 », « vague 1bis », « domaine 9 »."""
        return self._found(text, typing_errors, "")[1]

    def correct(self, text: str) -> str:
        """The text with the typing errors in its known terms mended; the rest as it is."""
        corrected, position = [], 0
        for word in self._words(text, typing_errors=True):
            if word.is_mended:
                corrected.append(text[position : word.start] + word.text)
                position = word.end
        return "".join(corrected) + text[position:]

    def in_own_names(self, question: str) -> str:
        """The question with what it calls terms by everyday words named as the documents do: « le solde »."""
        for mention in reversed(self._asked.find(question, self.find(question))):
            question = f"{question[: mention.start]}{self._own_name(mention.tags[0])}{question[mention.end :]}"
        return question

    def _own_name(self, tag: Tag) -> str:
        """The first name of the term that means nothing else."""
        term = self._by_tag[tag]
        names = (term.label, *term.aliases)
        return next((name for name in names if self.tag(name) == tag), term.label)

    def expand(self, text: str) -> str:
        """The text, then in brackets the names of its terms and acronyms that it does not hold: for searching."""
        folded = fold(text)
        extra: list[str] = []
        for mention in self.find(text):
            for tag in mention.tags:
                term = self._by_tag[tag]
                extra += [term.label, *(term.aliases[:1] if is_acronym(term.label) else ())]
        capitals = {word.text for word in split_words(text) if word.text.isupper()}
        extra += [expansion for acronym, expansion in self.acronyms.items() if acronym in capitals]
        missing = [name for name in dict.fromkeys(extra) if fold(name) not in folded]
        return f"{text} ({', '.join(missing)})" if missing else text

    def term(self, tag: Tag) -> Term:
        """The term of a tag; KeyError when the vocabulary has none."""
        return self._by_tag[tag]

    def label(self, tag: Tag) -> str:
        """What to call the term on a screen; the id when the vocabulary has no such term."""
        return self._by_tag[tag].label if tag in self._by_tag else tag.id

    def tag(self, name: str, kind: TagKind | None = None) -> Tag | None:
        """The tag of an id, or of a label or alias that names one term only, among those of `kind` if given."""
        tags = {tag for tag in self._by_tag if tag.id == name}
        if not tags:
            tags = {tag for m in self.find(name) if (m.start, m.end) == (0, len(name)) for tag in m.tags}
        tags = {tag for tag in tags if kind in (None, tag.kind)}
        return tags.pop() if len(tags) == 1 else None

    def terms_of(self, kind: TagKind) -> tuple[Term, ...]:
        """The terms of a kind, in the file's order."""
        return tuple(term for term in self.terms if term.kind == kind)

    def belonging(self, tag: Tag) -> frozenset[Tag]:
        """Everything that the term is within, at any remove, itself excluded."""
        return self._kinship.belonging(tag)

    def kin(self, tag: Tag) -> frozenset[Tag]:
        """The term itself, everything that it is within and everything within it, at any remove."""
        return self._kinship.kin(tag)

    def members(self, tag: Tag) -> frozenset[Tag]:
        """Everything within the term, at any remove, itself excluded."""
        return self._kinship.members(tag)

    def related(self, a: Tag, b: Tag) -> bool:
        """Whether both can be said of one thing; see `Kinship.related`."""
        return self._kinship.related(a, b)

    def conflicts(self, a: Tag, b: Tag) -> bool:
        """Whether nothing is about both: another wave, another lane's software."""
        return not self._kinship.related(a, b)

    def narrowest(self, tags: Iterable[Tag]) -> tuple[Tag, ...]:
        """The tags without those that another of them is within: « HOP'EN 2, phase 2 » leaves the phase."""
        given = tuple(dict.fromkeys(tags))
        wider = frozenset[Tag]().union(*(self.belonging(tag) for tag in given))
        return tuple(tag for tag in given if tag not in wider)

    def with_acronyms(self, acronyms: Mapping[str, str]) -> Vocabulary:
        """The same, with acronyms that documents expand: new names of the terms they mean, kept apart otherwise."""
        added: dict[Tag, list[str]] = {}
        kept = dict(self.acronyms)
        for acronym, expansion in acronyms.items():
            meant, spelled = self.tag(acronym), self.tag(expansion)
            if spelled and not self.find(acronym):
                added.setdefault(spelled, []).append(acronym)
            elif meant and not spelled and " " in expansion:
                added.setdefault(meant, []).append(expansion)
            elif not meant and not spelled:
                kept[acronym] = expansion
        terms = tuple(replace(term, aliases=(*term.aliases, *added.get(term.tag, ()))) for term in self.terms)
        return Vocabulary(terms, acronyms=kept, known_words=self._known_words)

    def _found(self, text: str, typing_errors: bool, context: str) -> _Found:
        # Everyone who reads a question looks for its terms: it is searched once.
        is_short = len(text) + len(context) <= _REMEMBERED_CHARS
        return (self._find_again if is_short else self._find)(text, typing_errors, context)

    @cached_property
    def _find_again(self) -> Callable[[str, bool, str], _Found]:
        return lru_cache(maxsize=_REMEMBERED_TEXTS)(self._find)

    def _find(self, text: str, typing_errors: bool, context: str) -> _Found:
        """The terms named, and the numbered ones that nobody knows."""
        known, unknown = self._finder.find(text, self._words(text, typing_errors), context)
        return tuple(known), tuple(unknown)

    def _words(self, text: str, typing_errors: bool) -> Sequence[Word]:
        """The words of the text; those with a typing error mended, if asked, where that makes a known term."""
        return self._mended(text) if typing_errors else split_words(text)

    @cached_property
    def _mended(self) -> Callable[[str], Sequence[Word]]:
        # A question is mended, then its terms are looked for.
        return lru_cache(maxsize=_MENDED_TEXTS)(self._mend)

    def _mend(self, text: str) -> Sequence[Word]:
        words = split_words(text)
        spans = self._spans(text, words)
        covered = [any(start <= word.start < end for start, end in spans) for word in words]
        mended = self._typing.mend(text, words, covered)
        if not any(word.is_mended for word in mended):
            return words
        return self._typing.keep(words, mended, self._spans(text, mended))

    def _spans(self, text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Where terms stand, known or not."""
        known, unknown = self._finder.find(text, words)
        return [(mention.start, mention.end) for mention in known] + [(term.start, term.end) for term in unknown]


def names_of(term: Term) -> tuple[str, ...]:
    """Every way the vocabulary names a term, its label first."""
    return (term.label, *term.aliases, *(entry.alias for entry in term.aliases_with_context))
