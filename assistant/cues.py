"""What the words of a question say of the answer wanted. The patterns are data: `cues.toml`, reviewed as French text.

Patterns are tried on the folded, lower-case question, its hasty spelling written out (« cb de » → « combien de »).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, TypeVar, get_args

from index.records import TagKind
from index.words import fold

Wanted = Literal["comparison", "date", "figure", "definition", "how", "why", "who", "list", "yes_no", "open"]
Aside = Literal["greeting", "thanks", "abilities", "intrusion", "dispute", "advice", "opinion", "other"]
Measure = Literal["contact", "person", "amount", "share", "count", "duration"]
Relative = Literal["days_left", "still_possible", "next"]
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]{2,8}(?![\w'’-])")
_Pattern = re.Pattern[str]
_Kind = TypeVar("_Kind", bound=str)


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled patterns. `wanted` has one mapping a tier; the words are folded."""

    abbreviations: dict[str, str]
    spelling: tuple[tuple[_Pattern, str], ...]
    wanted: tuple[dict[Wanted, _Pattern], ...]
    measure: dict[Measure, _Pattern]
    relative: dict[Relative, _Pattern]
    aside: dict[Aside, _Pattern]
    former: _Pattern
    concern: _Pattern
    list_of: dict[TagKind, _Pattern]
    leaning: _Pattern
    whole: _Pattern
    correcting: _Pattern
    opening: _Pattern
    asking: _Pattern
    asking_words: frozenset[str]
    english_words: frozenset[str]
    milestone_words: frozenset[str]


@cache
def load_cues() -> Cues:
    """The cues of `cues.toml`, compiled."""
    text = resources.files("assistant").joinpath("cues.toml").read_text(encoding="utf-8")
    content: dict[str, Any] = tomllib.loads(text)
    follow_up, wording = content["follow_up"], content["wording"]
    return Cues(
        abbreviations=content["abbreviations"],
        spelling=tuple((_compiled([old]), new.replace("’", "'")) for old, new in content["spelling"]["rules"]),
        wanted=tuple(_by_kind(tier, get_args(Wanted)) for tier in content["wanted"]),
        measure=_by_kind(content["measure"], get_args(Measure)),
        relative=_by_kind(content["relative"], get_args(Relative)),
        aside=_by_kind(content["aside"], get_args(Aside)),
        former=_compiled(content["former"]["patterns"]),
        concern=_compiled(content["concern"]["patterns"]),
        list_of=_by_kind(content["list_of"], get_args(TagKind)),
        leaning=_compiled(follow_up["leaning"]),
        whole=_compiled(follow_up["whole"]),
        correcting=_compiled(follow_up["correcting"]),
        opening=_compiled(follow_up["opening"]),
        asking=_compiled(follow_up["asking"]),
        asking_words=_words(wording["asking"]),
        english_words=_words(wording["english"]),
        milestone_words=_words(wording["around_a_milestone"]),
    )


def _compiled(patterns: Iterable[str]) -> _Pattern:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns).replace("’", "'"))


def _by_kind(patterns: Mapping[str, Iterable[str]], kinds: Sequence[_Kind]) -> dict[_Kind, _Pattern]:
    unknown = patterns.keys() - set(kinds)
    if unknown:
        raise ValueError(f"cues.toml : {', '.join(sorted(unknown))}")
    order = {str(kind): kind for kind in kinds}
    return {order[kind]: _compiled(ones) for kind, ones in patterns.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).casefold().split())


def written_out(text: str) -> str:
    """The text with the abbreviations of hasty messages written out: « cb de docs » is « combien de documents »."""
    return _SMALL_WORD.sub(lambda match: load_cues().abbreviations.get(match.group(), match.group()), text)


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """The text as the patterns expect it: folded, lower case, single spaces, hasty spelling written out."""
    plain = " ".join(fold(written_out(text)).casefold().split())
    for pattern, written in load_cues().spelling:
        plain = pattern.sub(written, plain)
    return plain


def wanted_kinds(question: str) -> tuple[Wanted, ...]:
    """The kinds of answer that the question's words ask for, the one that decides first; empty when none says."""
    text = folded(question)
    kinds: dict[Wanted, None] = {}
    for tier in load_cues().wanted:
        found = [(match.start(), -match.end(), kind) for kind, one in tier.items() if (match := one.search(text))]
        kinds |= {kind: None for _, _, kind in sorted(found, key=lambda item: item[:2])}
    return tuple(kinds)


def measure(question: str) -> Measure | None:
    """What a figure that the question wants would measure, if its words say."""
    return _first(load_cues().measure, question)


def aside(question: str) -> Aside | None:
    """What the question is when it is none about the programme, as far as its words show."""
    return _first(load_cues().aside, question)


def relative(question: str) -> Relative | None:
    """How the question leans on today, if it does."""
    return _first(load_cues().relative, question)


def wants_former(question: str) -> bool:
    """Whether what was in force before is asked for."""
    return load_cues().former.search(folded(question)) is not None


def _first(patterns: Mapping[_Kind, _Pattern], question: str) -> _Kind | None:
    text = folded(question)
    return next((kind for kind, pattern in patterns.items() if pattern.search(text)), None)
