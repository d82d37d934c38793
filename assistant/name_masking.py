"""Pure: what must not leave the machine with a question: names beside the numbers that `masking` knows.

Names are recognised by what leads to them (« Mme », « je m'appelle ») and as capitalised words that no document knows.
Masking too much costs little: what no document holds answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.masking import mask
from index.words import QUESTION_WORDS, STOP_WORDS

NAME = "[nom masqué]"
_WORD = r"[^\W\d_a-zà-ÿ][\w'’-]*"
_TITLED = re.compile(
    rf"(?P<lead>\b(?:[Mm]me|MME|[Mm]lle|M\.|[Mm]r|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]r|[Dd]octeure?|[Pp]r|"
    rf"[Pp]rofesseure?|[Mm]aître|[Mm]e)\.?\s+)(?P<name>{_WORD}(?:\s+{_WORD})*)"
)
_INTRODUCED = re.compile(
    r"(?P<lead>\b(?:je\s+m['’]appelle|mon\s+nom\s+est|nomm[ée]e?|signé|cordialement,?|(?:ma|mon)\s+patiente?)\s+)"
    r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,3})",
    re.IGNORECASE,
)
_SAYS_NAME = re.compile(r"je|mon\s+nom|nomm", re.IGNORECASE)
_CAPITALISED = re.compile(rf"{_WORD}(?:\s+{_WORD})*")


def without_names(text: str, knows: Callable[[str], bool]) -> str:
    """The text with its personal numbers, addresses and names masked.

    `knows` says whether a word stands in the documents or the vocabulary.
    """
    # « je m'appelle » first: `mask` takes one word after it for sure, here all that nobody knows.
    pieces = re.split(r"(\[[^\[\]]* masqué\])", mask(_INTRODUCED.sub(lambda match: _introduced(match, knows), text)))
    return "".join(piece if number % 2 else _named(piece, knows) for number, piece in enumerate(pieces))


def _named(text: str, knows: Callable[[str], bool]) -> str:
    text = _TITLED.sub(lambda match: match["lead"] + NAME, text)
    return _CAPITALISED.sub(lambda match: _capitalised(match, text, knows), text)


def _introduced(match: re.Match[str], knows: Callable[[str], bool]) -> str:
    """What follows « je m'appelle » is a name, as far as nothing of it is known; « ma patiente », if written as one."""
    words = match["name"].split()
    says_name = _SAYS_NAME.match(match["lead"]) is not None
    count = next((n for n, word in enumerate(words) if _is_known(word, knows) and not word[0].isupper()), len(words))
    if says_name:
        count = max(count, 1)
    elif not words[0][0].isupper() or _is_known(words[0], knows):
        return match.group()
    return " ".join((match["lead"] + NAME, *words[count:]))


def _capitalised(match: re.Match[str], text: str, knows: Callable[[str], bool]) -> str:
    """A run of capitalised words that holds an unknown one is a name, but for the first word of a sentence alone."""
    words = match.group().split()
    opens = not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1] in ".!?"
    unknown = [word for word in words if _is_written_as_name(word) and not _is_known(word, knows)]
    if not unknown or (opens and len(words) == 1 and not words[0].isupper()):
        return match.group()
    kept = words[0] if _is_known(words[0], knows) else ""
    return f"{kept} {NAME}".strip()


def _is_known(word: str, knows: Callable[[str], bool]) -> bool:
    return word.casefold() in STOP_WORDS | QUESTION_WORDS or knows(word)


def _is_written_as_name(word: str) -> bool:
    """« Dupont », « DUPONT » or « Jean-Marc », no short acronym."""
    return len(word) > 1 and (any(letter.islower() for letter in word) or len(word) > 5)
