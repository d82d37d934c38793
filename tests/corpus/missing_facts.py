"""Lists what the programme's facts hold and the corpus does not: sources that no document cites, dates, figures.

Run: python tests/corpus/missing_facts.py FACTS.md [CORPUS]; prints a line per missing thing, exits 1 when there is one.

Facts are English notes in Markdown: sections `## N.`, tags like `[p10 2025]`, a table of sources in the last section.
Dates and figures are compared as values, whatever their spelling. What the notes mark as uncertain is not asked for.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index.corpus import load_corpus
from index.reading import read_document

CORPUS = Path(__file__).parents[2] / "corpus"
CHECKED_SECTIONS = frozenset("12345679")
UNCERTAIN = re.compile(r"unverified|ambiguous|not certain|unknown|\?(?=[\s|)]|$)")

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan",
            "février february feb",
            "mars march mar",
            "avril april apr",
            "mai may",
            "juin june jun",
            "juillet july jul",
            "août august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "décembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
UP_TO_TEN = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
UP_TO_SIXTEEN = ("onze", "douze", "treize", "quatorze", "quinze", "seize")
FRENCH_NUMBERS = {word: number for number, word in enumerate(UP_TO_TEN + UP_TO_SIXTEEN, start=2)}
ORDINALS = {"premier": 1, "première": 1, "second": 2, "seconde": 2} | {
    f"{word.rstrip('e')}ième".replace("cinqi", "cinqui").replace("neufi", "neuvi"): number
    for word, number in FRENCH_NUMBERS.items()
}

HOUR = r"(?:[\s|]*(?:à|at)?[\s|]*(?P<hour>\d{1,2})(?:\s?h\b|:00|\s?heures))?"
NUMERIC_DAY = re.compile(rf"\b(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}}){HOUR}")
WORDED_DAY = re.compile(rf"(?<!window )\b(?P<day>\d{{1,2}})(?:er)? (?P<month>{MONTH})(?: (?P<year>20\d\d))?{HOUR}")
MONTH_YEAR = re.compile(rf"\b(?:(?P<first>{MONTH}) ?(?:-|à|et|to|/) ?)?(?P<month>{MONTH}) (?P<year>20\d\d)")
QUARTER = re.compile(r"\b(?:[qt](?P<short>[1-4])|(?P<worded>\w+) trimestre(?: de)?) (?P<year>20\d\d)")
YEARS = re.compile(r"\b(?P<first>20\d\d)(?=\s?(?:-|–|/|à|et|et en)\s?(?P<last>20\d\d)\b)")
TEXT_NUMBER = re.compile(r"\b(?P<first>\d{4})-(?P<last>\d{2,4})\b")
FIGURE = re.compile(
    r"(?<![\w/,.-])(?P<value>\d{1,3}(?:[ ,.\u202f\u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?P<unit>\s?%|\s?m€|\s?millions? d['’]euros)?(?:th|st|nd|rd|e|er|re)?(?![\w/-])"
)


def main(facts_path: Path, corpus_folder: Path) -> int:
    facts = facts_path.read_text(encoding="utf-8")
    corpus = load_corpus(corpus_folder)
    cited = Counter(info.evidence.url for info in corpus.documents)
    missing = [f"source : {tag} {url}" for tag, url in sources(facts) if not cited[url]]
    missing += [
        f"source : {url} attend {wanted} documents" for url, wanted in shared_sources(facts) if cited[url] < wanted
    ]
    said: set[str] = set()
    for info in corpus.documents:
        document = read_document(corpus.file_of(info), info)
        said |= values("\n".join(page.text for page in document.pages))
    for section, piece in pieces(facts):
        missing += [f"section {section} : {value} — {piece}" for value in sorted(values(piece) - said)]
    print("\n".join(dict.fromkeys(missing)) or "Rien ne manque.")
    return 1 if missing else 0


def sources(facts: str) -> list[tuple[str, str]]:
    """The tag and the address of every source of the notes."""
    rows = re.findall(r"^\| (p\d\d) \|.*\| (https?://\S+) \|$", facts, re.MULTILINE)
    press = re.findall(r"^`\[(dsih) [^`]*`.*(https://dsih\.fr/articles/\d+/)", facts, re.MULTILINE)
    return rows + press


def shared_sources(facts: str) -> list[tuple[str, int]]:
    """The addresses that stand for several pages of different dates, and how many."""
    return [(url, count) for url, count in Counter(url for _, url in sources(facts)).items() if count > 1]


def pieces(facts: str) -> Iterator[tuple[str, str]]:
    """The checked sections cut into the smallest pieces that a mark of doubt bears on, without tags and addresses."""
    for section, text in re.findall(r"^## (\d+)\.[^\n]*\n(.*?)(?=^## |\Z)", facts, re.MULTILINE | re.DOTALL):
        if section not in CHECKED_SECTIONS:
            continue
        plain = re.sub(r"\[[^\]]*(?:p\d\d|dsih)[^\]]*\]|https?://\S+|\*\*|^\d+\. |^#+ ", " ", text, flags=re.MULTILINE)
        plain = re.sub(r"\((20\d\d)\)", r"\1", plain)
        for piece in re.split(r"\n|\||;|\.(?=\s)|,(?=\s)", plain):
            if piece.strip() and not UNCERTAIN.search(piece):
                yield section, " ".join(piece.split())


def values(text: str) -> set[str]:
    """Every date and figure of a text in one spelling: « 2023-12-14 14h », « --12-14 », « 2023-12 », « 82 % »."""
    found: set[str] = set()
    rest = re.sub(r"[ \u00a0\u202f]+", " ", text.lower())
    for pattern in (NUMERIC_DAY, WORDED_DAY):
        for match in pattern.finditer(rest):
            found |= day_values(match)
        rest = (
            pattern.sub(lambda match: f" {match[0]} ".replace(match[0], " § "), rest)
            if pattern is NUMERIC_DAY
            else rest
        )
    for match in MONTH_YEAR.finditer(rest):
        found |= {f"{match['year']}-{month_number(name):02}" for name in (match["first"], match["month"]) if name}
    for match in QUARTER.finditer(rest):
        number = match["short"] or ORDINALS.get(match["worded"])
        found |= {f"{match['year']}-T{number}"} if number else set()
    found |= {f"{match['first']}-{match['last']}" for match in YEARS.finditer(rest)}
    for match in TEXT_NUMBER.finditer(rest):  # "2019-1036", whose first half is a decree's year; "1111-24"
        found |= {match[0], match["first"]}
    found |= {
        str(number)
        for word, number in (FRENCH_NUMBERS | ORDINALS).items()
        if re.search(rf"\b{word}s?\b(?!-| 20)", rest)
    }
    return found | figure_values(WORDED_DAY.sub(" ", rest))


def day_values(match: re.Match[str]) -> set[str]:
    """A day in every precision that a fact may ask for."""
    month = int(match["month"]) if match["month"].isdigit() else month_number(match["month"])
    short = f"{month:02}-{int(match['day']):02}"
    if not match["year"]:
        return {f"--{short}"}
    day = f"{match['year']}-{short}"
    with_hour = {f"{day} {int(match['hour'])}h"} if match["hour"] else set()
    return {f"--{short}", day, day[:7], match["year"]} | with_hour


def month_number(name: str) -> int:
    """1 to 12."""
    return MONTHS[name.rstrip(".")]


def figure_values(text: str) -> set[str]:
    """Numbers without thousands separators, with a decimal comma, and with their unit when it is money or a share."""
    found: set[str] = set()
    for match in FIGURE.finditer(text):
        grouped = re.fullmatch(r"\d{1,3}(?:[ ,.\u202f\u00a0]\d{3})+", match["value"])
        value = re.sub(r"\D", "", match["value"]) if grouped else match["value"].replace(".", ",")
        unit = (match["unit"] or "").strip()
        found |= {value, f"{value} {'%' if unit == '%' else 'M€'}"} if unit else {value}
    return found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else CORPUS))
