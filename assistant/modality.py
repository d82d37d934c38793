"""Pure: whether a sentence denies, obliges, permits, hedges or bounds otherwise than the text it leans on.

All rules are on the careful side: what cannot be told to agree does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.binding import DUTY, Stems, binds_otherwise, nearest
from index.words import STOP_WORDS, fold

_WORD = re.compile(r"[^\W_]+|[.;:!?,()«»|\n]")
_STOPS = frozenset(".;:!?()|\n")
_SECOND = frozenset(
    {"pas", "plus", "jamais", "aucun", "aucune", "guere", "rien", "point", "ni", "personne", "nullement"}
)
_ALONE = frozenset({"pas", "sans", "non", "aucun", "aucune", "ni", "jamais", "nul", "nulle"})
_REACH, _SCOPE = 8, 5
_LINKS = frozenset({"mais", "car", "donc", "tandis", "alors", "et", "ou", "ne", "n", "sans", "ni", "non"})
# « Non, … » answers; it denies nothing of what follows.
_AFTER_NO: tuple[list[str], ...] = ([","], [":"], ["."], ["!"], [])
# Each class by the words that say it, folded. What the sentence says of `_SAID`, the text must say; what the text says
# of `_KEPT`, the sentence must say.
_CUES = {
    "obligation": r"doi(?:t|s|vent)|dev(?:ez|ons)|devai(?:t|ent)|devr(?:a|ont|ez)|obligat\w+|oblige\w*|imperati\w+|"
    r"faut|faudra|exig\w+|requis\w*|tenue?s? de|necessaires?|indispensables?",
    "permission": r"peu(?:t|vent)|pouvai(?:t|ent)|pu|pourr(?:a|ont)|possib\w+|facultati\w+|optionnel\w*|volontaires?|"
    r"volontariat|permis\w*|autorise\w*|libre\w*",
    "prohibition": r"interdi\w+|impossib\w+|exclu\w*|ineligib\w*|irrecevab\w*|refus\w+|rejet\w*",
    "only": r"seul\w*|uniquement|exclusivement|"
    r"(?:ne|n) (?:(?!pas|plus|jamais|point|aucun)\w+ ){1,6}(?:que|qu)|seulement",
    "every": r"tous|toutes|chaque|l ensemble d\w*|systematiq\w+|toujours|n importe|quel\w* que soi\w*|automatiq\w+",
    "hedge": r"devrai(?:t|ent)|pourrai(?:t|ent)|serai(?:t|ent)|aurai(?:t|ent)|previsionnel\w*|envisag\w+|probabl\w+|"
    r"eventuel\w*|sous reserve|a confirmer|estim\w+|environ|pres de|projet de|selon toute|indicati\w+|approximati\w+",
    "except": r"sauf|hormis|excepte\w*|a l exception|a l exclusion|hors",
    "gratis": r"gratuit\w*|sans frais",
}
_SAID = ("obligation", "permission", "prohibition", "only", "every", "except", "gratis")
_KEPT = ("hedge", "except", "only")
# What a sentence that says nearly all of the text must not say the one for the other.
_TURNED = ("obligation", "permission", "prohibition")
_NEARLY_ALL = 0.85
# So much of a sentence is a clause's, that it may be that clause without its denial.
_SKIPPING = 0.7
_PATTERNS = {name: re.compile(rf"\b(?:{cue})\b") for name, cue in _CUES.items()}
_JUDGED = re.compile("|".join(rf"\b(?:{_CUES[name]})\b" for name in (*_SAID, *_KEPT)), re.IGNORECASE)
# A cell of a row, « row — column : non », denies its column.
_CELL_NO = re.compile(r"(— )([^—:;\n]+ : )(?=non\s*(?:[,;.\n]|$))", re.IGNORECASE)
_RANKED = re.compile(
    r"\b(premi\w+|derni\w+|prochain\w*|second\w*|deuxieme|troisieme|quatrieme|cinquieme)(?= (?:et \w+ )?(\w+))"
)
_PART, _WHOLE = (re.compile(rf"\b{word} (?:\w+ de |environ |pres de )?(\d+)") for word in ("dont", "soit"))
_CLAUSES = re.compile(r"[;\n]|[.!?](?=\s)")
# What says it without a word of its class: a duty by « est à déposer » and by an end, a permission by what is open.
_OPEN = re.compile(r"\b(?:ouvert\w*|ouvr\w*|recevables?|candidat\w*|droit a)\b")
_IMPLIED = {
    "obligation": re.compile(rf"{DUTY.pattern}|\bau plus tard\b|\blimite\b|\b(?:ne|n) (?:peu\w+|pourr\w+) pas\b"),
    "permission": re.compile(rf"{_OPEN.pattern}|\b(?:jusqu|limite)\b"),
    "every": re.compile(r"\b(?:l ensemble|au total|en tout)\b"),
}
# So many words before and after a word that binds are what it binds.
_BESIDE = 4
_MAY = re.compile(r"\b(?:peu(?:t|vent)|pourr(?:a|ont)) (?:etre |egalement |aussi |ainsi |donc |se |s )*(\w+)")


@dataclass(frozen=True, slots=True)
class _Polarity:
    """How often a text denies, what (first stem of each, then the next two), and the stems it does not deny."""

    count: int
    said: frozenset[str]
    heads: tuple[tuple[str, frozenset[str]], ...]


def disagreement(sentence: str, text: str, stems: Stems) -> str:
    """Why the sentence cannot be told to agree with the text in what it denies or obliges; empty when it agrees.

    « negation »: denied by one and not by the other. « modality »: more certain, more general or otherwise bound.
    """
    sentence, text = (_CELL_NO.sub(r"\1pas \2", one) for one in (sentence, text))
    mine, theirs = _polarity(sentence, stems), _polarity(text, stems)
    is_nearly_all = len(set(stems(sentence)) & set(stems(text))) >= _NEARLY_ALL * len(set(stems(text)))
    if _denies_itself(mine) and not any(_denies_itself(_polarity(one, stems)) for one in _CLAUSES.split(text)):
        return "negation"
    if not mine.count and _skips_denial(sentence, text, stems):
        return "negation"
    if mine.count > theirs.count or (is_nearly_all and mine.count != theirs.count) or _flips(mine, theirs):
        return "negation"
    one, other = _spoken(sentence), _spoken(text)
    turns = [_counted(name, one) - _counted(name, other) for name in _TURNED]
    if is_nearly_all and min(turns) < 0 < max(turns):
        return "modality"
    clauses = [_spoken(clause) for clause in _CLAUSES.split(text)]
    if any(_counted(name, one) and not _may_be_said(name, other) for name in _SAID):
        return "modality"
    near = nearest(one, clauses, stems)
    if _counted("permission", one) and DUTY.search(near) and not _may_be_said("permission", near):
        return "modality"
    if _counted("only", one) > _counted("only", other):
        return "modality"
    if any(not _counted(name, one) and _binds(name, one, clauses, stems) for name in _KEPT):
        return "modality"
    if _ranks_otherwise(one, other, stems) or binds_otherwise(one, clauses, stems):
        return "modality"
    return "modality" if _drops_permission(one, other, stems) else ""


def _ranks_otherwise(one: str, other: str, stems: Stems) -> bool:
    """Whether « la première fois » is made « la dernière fois », or « dont 518 » « soit 518 »."""
    theirs = [(match[1], set(stems(match[2]))) for match in _RANKED.finditer(other)]
    for match in _RANKED.finditer(one):
        alike = [rank for rank, ranked in theirs if ranked & set(stems(match[2]))]
        if alike and not any(rank[:4] == match[1][:4] for rank in alike):
            return True
    parts = set(_PART.findall(other)) - set(_WHOLE.findall(other))
    return bool(parts & set(_WHOLE.findall(one)))


def without_cues(text: str) -> str:
    """The text, folded, without the words that are judged here."""
    return _JUDGED.sub(" ", fold(text).replace("'", " "))


def _counted(name: str, text: str) -> int:
    return len(_PATTERNS[name].findall(text))


def _may_be_said(name: str, text: str) -> bool:
    """Whether the text says it, or implies it; what obliges does not also permit."""
    if _counted(name, text):
        return True
    if name == "permission" and (_counted("obligation", text) or DUTY.search(text)):
        return _OPEN.search(text) is not None and not _counted("obligation", text)
    return name in _IMPLIED and _IMPLIED[name].search(text) is not None


def _binds(name: str, sentence: str, clauses: Sequence[str], stems: Stems) -> bool:
    """Whether a clause says it beside something that the sentence says too."""
    said = frozenset(stems(sentence)) | frozenset(re.findall(r"\d+", sentence))
    for clause in clauses:
        for match in _PATTERNS[name].finditer(clause):
            beside = [*clause[: match.start()].split()[-_BESIDE:], *match[0].split()]
            beside += clause[match.end() :].split()[:_BESIDE]
            if said & (frozenset(stems(" ".join(beside))) | frozenset(word for word in beside if word.isdigit())):
                return True
    return False


def _flips(one: _Polarity, other: _Polarity) -> bool:
    """Whether a head that one denies is said by the other, or denied by it alone."""
    heads = {head for head, _ in other.heads}
    # « ne finance pas l'achat » where the text says « finance l'usage, et non l'achat ».
    if any(head not in heads and not (scope & heads and head in other.said) for head, scope in one.heads):
        return True
    denied_here = {head for head, _ in one.heads}
    for head, scope in other.heads:
        if head in denied_here or head not in one.said:
            continue
        # The text denies what the sentence says: allowed when it also says so elsewhere, of something else.
        if head not in other.said or scope & one.said - {head}:
            return True
    return False


def _skips_denial(sentence: str, text: str, stems: Stems) -> bool:
    """Whether « X ne V pas Y » is made « X sont Y »: both sides of a denied verb, without the verb."""
    said = set(stems(sentence)) | set(re.findall(r"\d+", sentence))
    for clause in _CLAUSES.split(text):
        words = _WORD.findall(_spoken(clause, marks=True))
        for first, last in _denials(words):
            denier = max((n for n in range(first) if words[n] in ("ne", "n")), default=None)
            if denier is None or len(said & set(stems(clause))) < _SKIPPING * len(said):
                continue
            verb = next((stem for word in words[denier:last] if (stem := _stem(word, stems))), "")
            end = next(
                (n for n in range(first, len(words)) if words[n] in _STOPS or words[n] in (",", "mais")), len(words)
            )
            before, after = set(stems(" ".join(words[:denier]))), set(stems(" ".join(words[first:end]))) - {verb}
            opened = words[:denier][-1:] == ["qui"]
            if verb and verb not in said and not opened and said & before and said & (after - before):
                return True
    return False


def _denies_itself(one: _Polarity) -> bool:
    return any(head in one.said for head, _ in one.heads)


def _polarity(text: str, stems: Stems) -> _Polarity:
    words = _WORD.findall(_spoken(text, marks=True))
    spans = list(_denials(words))
    inside = {n for first, last in spans for n in range(first, last)}
    heads = []
    for first, last in spans:
        found = [stem for word in words[first:last] if (stem := _stem(word, stems))]
        if found:
            heads.append((found[0], frozenset(found[1:3])))
    said = frozenset(stem for n, word in enumerate(words) if n not in inside and (stem := _stem(word, stems)))
    return _Polarity(len(spans), said, tuple(heads))


def _denials(words: list[str]) -> list[tuple[int, int]]:
    """The runs of words that are denied, without the words that deny them at their start."""
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        word = words[position]
        start = position + 1
        second = (
            next((n for n in range(start, min(start + _REACH, len(words))) if words[n] in _SECOND), None)
            if word in ("ne", "n")
            else None
        )
        if second is not None and {"que", "qu"} & set(words[start:second]):
            second = None
        if second is None and word not in _ALONE:
            position += 1
            continue
        if word == "non" and (words[position - 1 : position] == ["ou"] or words[start : start + 1] in _AFTER_NO):
            position += 1
            continue
        last = _end_of_scope(words, (second if second is not None else position) + 1)
        found.append((start, last))
        position = last if last > position else position + 1
    return found


def _end_of_scope(words: list[str], first: int) -> int:
    contents = 0
    for n in range(first, len(words)):
        if words[n] in _STOPS or words[n] in _LINKS:
            return n
        contents += words[n] not in STOP_WORDS and words[n] != ","
        if contents >= _SCOPE:
            return n + 1
    return len(words)


def _stem(word: str, stems: Stems) -> str:
    if len(word) < 2 or word in STOP_WORDS or word in _SECOND or word in _ALONE:
        return ""
    return next(iter(stems(word)), "")


def _drops_permission(one: str, other: str, stems: Stems) -> bool:
    """« peut atteindre » made into « atteint »."""
    if _PATTERNS["permission"].search(one) or _PATTERNS["hedge"].search(one):
        return False
    said = frozenset(stems(one))
    for match in _MAY.finditer(other):
        elsewhere = frozenset(stems(f"{other[: match.start()]} {other[match.end() :]}"))
        if said & frozenset(stems(match[1])) - elsewhere:
            return True
    return False


def _spoken(text: str, *, marks: bool = False) -> str:
    """The folded text in small letters, apostrophes and hyphens as spaces; other marks too unless kept."""
    plain = fold(text).casefold().replace("'", " ").replace("-", " ")
    return plain if marks else " ".join(re.sub(r"[^\w\s]", " ", plain).split())
