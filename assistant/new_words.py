"""Pure: the words of a sentence that its quotations hold neither as they are, nor in another form, nor as a near word.

What words say of duty, permission, certainty and direction is judged by `modality` and `pairing`, not here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from assistant.modality import without_cues
from assistant.pairing import in_figures, without_directions
from assistant.word_families import is_form
from index.vocabulary import Vocabulary

# Words that tell or link and state nothing of a programme: a sentence may hold them though its quotations do not.
NEUTRAL = """
    ainsi alors actuellement appeler appelle appelait apporter apporte auparavant autrefois aujourd'hui auprès avoir
    cadre cas chacun cela combien compter compte comporter comporte composer compose comprendre comprend concerner
    concerne consister contenir contient correspondre correspond date demander désigner désigne destiner devenir devez
    dire disposer dispose document documents donc donner également ensuite exister falloir fixer fixée forme inclure
    inclut indiquer indique intervenir lieu lors mentionner moment notamment nommer occuper parce permettre permet
    personne plusieurs porter possible pouvaient pouvoir préciser précise présenter prévoir prévu prévue recevoir
    reçoit relier relie rester savoir selon servir sert signifier signifie situer situation suivant trouver utiliser
    abord aviez avez étiez pouviez deviez valoir venir vers voir faire effectuer effectuée
"""
_SAYINGS = re.compile(
    r"\b(?:veut|veulent|voulait) dire\b|\bs'eleve(?:nt|r)? a\b|\bavoir lieu\b|\ba eu lieu\b|\baura lieu\b"
)
# « Grâce au logiciel » where the text says « avec le logiciel ».
_THANKS = re.compile(r"\bgrace (?:a|au|aux)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:avec|par|permet\w*|moyen)\b")
ORDINALS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11,
    "douzieme": 12,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")
_ORDINAL = re.compile(r"(?:\b[a-z]{4,} )?\b(\d{1,2})(?:er?\b|re\b|nde?\b|eme\b|(?<=[a-z] \d)(?![\d.,%€]))")
# « concernent » is a plural, « client » is none.
_LEAST_PLURAL = 7
_ITEM = re.compile(r"^\s*(\d{1,2})[.)]\s", re.MULTILINE)
# Near words say nearly the same: no more than so many of a sentence may stand for the words of its quotations.
_MOST_NEAR = 2


@dataclass(frozen=True, slots=True)
class Rules:
    """What the checks need to know of the programme and its language; `stems` are those of single words.

    `forms` gives the stems of the other forms of a word, `near` those of the words that say nearly the same;
    `acts` are the stems of verbs by which one does something to another, `neutral` those of words that state nothing.
    """

    vocabulary: Vocabulary
    stems: Callable[[str], list[str]]
    forms: Callable[[str], frozenset[str]]
    near: Callable[[str], frozenset[str]]
    acts: frozenset[str]
    neutral: frozenset[str]

    def names(self, text: str) -> list[str]:
        """The stems of a text, one for all the forms of a word."""
        return [self.name(stem) for stem in self.stems(text)]

    def name(self, stem: str) -> str:
        """One stem for all the forms of a word: the stemmer keeps « concernent » apart from « concerne »."""
        root = stem.removesuffix("ent") if len(stem) >= _LEAST_PLURAL else stem
        root = root[:-1] if root.endswith("nn") else root
        forms = self.forms(stem)
        return min(forms | self.forms(root) | ({stem, root} if forms else {root})).rstrip("e")


def new_words(sentence: str, text: str, rules: Rules) -> frozenset[str]:
    """The stems of the sentence that the text does not hold and that state something. Both in one spelling."""
    held = frozenset(rules.stems(text)) | rules.neutral | _ordinals(text, rules)
    if _BY.search(text.casefold()):
        sentence = _THANKS.sub(" ", sentence)
    held |= frozenset(stem for one in held for stem in rules.forms(one))
    mine = frozenset(stem for stem in content(sentence, rules) if not {stem, stem.removesuffix("e")} & held)
    new = frozenset(stem for stem in mine if len(stem) > 1 and not is_form(stem, held))
    own = frozenset(rules.stems(text))
    own |= frozenset(stem for one in own for stem in rules.forms(one))
    near = frozenset(stem for stem in new if _said_so(stem, rules) & own)
    return new - near if len(near) <= _MOST_NEAR else new


def _said_so(stem: str, rules: Rules) -> frozenset[str]:
    """The stems of the words that say the same, by whichever of its forms the word is listed."""
    ending = next((one for one in ("nent", "ent", "er", "e") if stem.endswith(one)), "")
    root = stem.removesuffix(ending)
    return frozenset[str]().union(
        *(rules.near(f"{root}{one}") for one in ("", "e", "er", "i", "ent")), rules.near(stem)
    )


def says_again(sentence: str, text: str, rules: Rules) -> bool:
    """Whether a word of content comes twice where the text has it once: it stands in another's place."""
    mine, theirs = (_counted(one, rules) for one in (sentence, text))
    return any(count > theirs[stem] > 0 for stem, count in mine.items() if stem not in rules.neutral)


def _counted(text: str, rules: Rules) -> Counter[str]:
    words = _WORD.findall(without_cues(without_directions(text)))
    return Counter(stem for word in words for stem in rules.stems(word))


def content(sentence: str, rules: Rules) -> frozenset[str]:
    """The stems of what the sentence states, without its numbers, directions and what `modality` judges."""
    plain = without_cues(without_directions(in_figures(_SAYINGS.sub(" ", sentence))))
    return frozenset(rules.stems(re.sub(r"[^\W_]*\d[^\W_]*", " ", plain)))


def _ordinals(text: str, rules: Rules) -> frozenset[str]:
    """The stems of the ordinals that the text writes in figures (« 12e »)."""
    numbers = {int(number) for number in (*_ORDINAL.findall(text), *_ITEM.findall(text))}
    return frozenset(stem for word, number in ORDINALS.items() if number in numbers for stem in rules.stems(word))
