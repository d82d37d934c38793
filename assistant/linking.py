"""Pure: whether a sentence links what its text links otherwise: « ou » for « et », a cause, whose word it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.new_words import Rules
from assistant.word_places import Word, clauses, names, neighbour, read_words

_AND = frozenset({"et", "ou", "ni"})
_DENIES = frozenset({"pas", "aucun", "aucune", "sans"})
_FAR = 25
_LINKS = {
    "cause": r"parce qu\w*|car|puisqu\w*|en raison d\w*|du fait|a cause d\w*|faute d\w*|compte tenu",
    "effect": r"donc|c'est pourquoi|par consequent|de ce fait|si bien qu\w*|de sorte qu\w*|d'ou",
    "despite": r"bien qu\w*|malgre|meme si|quoiqu\w*",
    "aim": r"afin (?:d|qu)\w*|pour qu\w*|en vue d\w*",
    "like": r"comme|de meme qu\w*|a l'instar|au meme titre",
    "unlike": r"a la difference|contrairement|au contraire|a l'inverse|a l'oppose",
}
_LINK = {name: re.compile(rf"\b(?:{words})(?!\w)") for name, words in _LINKS.items()}
_TURNED = {"cause": "effect", "effect": "cause"}
# What says the same without a word of the class.
_IMPLIED = {
    "cause": re.compile(r"\b(?:raisons?|causes?|expliqu\w*)\b"),
    "aim": re.compile(r"\bpour\b"),
    "like": re.compile(r"\b(?:tel\w*|notamment|par exemple|dont|aussi|egalement|meme|ainsi|soit|parmi|en tant)\b"),
    "unlike": re.compile(r"\b(?:alors que|tandis que|mais|non|eux|elles|lui|en revanche|distin\w+|pas|differen\w+)\b"),
    "effect": re.compile(r"\b(?:ainsi|des lors|alors(?! que))\b"),
}
_TO_DO = re.compile(r"\b(?:pour|afin de|afin d'|en vue de) (\w{3,}(?:er|ir|re|oir))\b")
_INFINITIVE = re.compile(r"(?:er|ir|[^u]re|oir)$")
_ON = re.compile(r"\b(?:quand|si|s'ils?|lorsqu\w*|une fois|des qu\w*|condition|apres)\b")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n")
_WORD_OF = re.compile(
    r"\b(?:selon|d'apres|suivant|aux dires d\w*)\s+(?:que |(?:les?|la|l'|un|une|ces?|cette|son)\s*)?([^,.;]+)"
)
_DEPENDS = re.compile(r"\b(?:selon|d'apres|suivant|fonction d\w*|depend\w*|au cas par cas)\b")
_TELLS = re.compile(
    r"\b(?:indiqu|precis|declar|annonc|estim|rappel|affirm|expliqu|soulign|dit|disent|publi|ecri|constat|juge|consider|"
    r"observ|signal|deplor|regrett|not)\w*"
)
_SOURCES = frozenset({"document", "documents", "page", "texte", "passage", "passages", "source", "sources", "article"})


def links_otherwise(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence joins, explains or attributes otherwise than its text. Both in one spelling."""
    one, other = sentence.casefold(), text.casefold()
    return (
        _joins_otherwise(read_words(one, rules), read_words(other, rules))
        or any(_explains_otherwise(name, one, other, rules) for name in _LINK)
        or _is_anothers_word(one, other, rules)
        or _aims_at_a_condition(one, other, rules)
    )


def _joins_otherwise(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether two things joined by « et » are joined by « ou » in the text, or the other way round."""
    found = clauses(theirs)
    denies = any(word.said in _DENIES for word in mine)
    for place, word in enumerate(mine):
        if word.said not in _AND:
            continue
        left, right = neighbour(mine, place, -1), neighbour(mine, place, 1)
        links = _joining(found, left, right) if left and right else frozenset()
        if denies and "ni" in links:
            links |= {"et", "ou"}
        if links and word.said not in links and not (word.said == "ni" and "ni" not in links):
            return True
    return False


def _joining(found: Sequence[Sequence[Word]], left: str, right: str) -> frozenset[str]:
    """What joins two words where they stand nearest to one another in a clause, in this order if they ever do."""
    pairs = [
        (one > two, abs(one - two), n, min(one, two), max(one, two))
        for n, clause in enumerate(found)
        for one in _places(clause, left)
        for two in _places(clause, right)
        if 0 < abs(one - two) <= _FAR
    ]
    if not pairs:
        return frozenset()
    _, _, n, first, last = min(pairs)
    inside = [word.said for word in found[n][first:last] if word.said in _AND]
    if not inside and any(word.said == "," for word in found[n][first:last]):
        inside = [word.said for word in found[n][last:] if word.said in _AND][:1]
    return frozenset(inside)


def _places(clause: Sequence[Word], name: str) -> list[int]:
    return [place for place, word in enumerate(clause) if word.name == name]


def _explains_otherwise(name: str, sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence gives a cause, an end or an obstacle that the text does not give, or turns it round."""
    mine = _sides(name, sentence, rules)
    if not mine:
        return False
    theirs = [(before, after) for before, after in _sides(name, text, rules)]
    if name in _TURNED:
        theirs += [(after, before) for before, after in _sides(_TURNED[name], text, rules)]
    if not theirs:
        return not (name in _IMPLIED and _IMPLIED[name].search(text))
    return any(
        all(len(after & theirs_before) > len(after & theirs_after) for theirs_before, theirs_after in theirs)
        for _, after in mine
    )


def _sides(name: str, text: str, rules: Rules) -> list[tuple[frozenset[str], frozenset[str]]]:
    """What is named before and after each link of a class, in its clause."""
    sides = []
    for clause in _CLAUSE.split(text):
        for match in _LINK[name].finditer(clause):
            before, after = clause[: match.start()], clause[match.end() :]
            if not before.strip(" ,"):
                after, _, before = after.partition(",")
            one, two = (names(read_words(part, rules)) for part in (before, after))
            sides.append((one - two, two - one))
    return sides


def _is_anothers_word(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « selon X » stands in the sentence and the text does not say that it is X's word, or depends on X."""
    for match in _WORD_OF.finditer(sentence):
        wanted = [word.name for word in read_words(match[1], rules) if word.name][:1]
        if not wanted or match[1].split()[0] in _SOURCES:
            continue
        if not any(
            wanted[0] in names(read_words(clause, rules)) and (_DEPENDS.search(clause) or _TELLS.search(clause))
            for clause in _CLAUSE.split(text)
        ):
            return True
    return False


def _aims_at_a_condition(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « quand il atteint des cibles » is made « pour atteindre des cibles »."""
    for match in _TO_DO.finditer(sentence):
        wanted = set(rules.names(match[1]))
        found = [one for one in _WORDS.finditer(text) if wanted & set(rules.names(one[0]))]
        if found and all(
            _ON.search(_CLAUSE.split(text[: one.start()])[-1]) and not _INFINITIVE.search(one[0]) for one in found
        ):
            return True
    return False
