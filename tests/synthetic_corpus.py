"""A corpus of any size made by rule, with a vocabulary, dates, tables and lists: what upkeep is measured on."""

from __future__ import annotations

import random
from pathlib import Path

from fakes import write_corpus
from french_texts import PARAGRAPHS

LANES = ("Théâtre", "Musée", "Cirque", "Archives", "Cinéma", "Danse")
MILESTONES = ("Commande", "Avance", "Solde", "Vérification")
WAVES = 3
SOFTWARE = 24
MONTHS = ("janvier", "mars", "avril", "juin", "septembre", "novembre", "décembre")
MANIFEST = '[programme]\nname = "Plan des scènes numériques"\nshort_name = "Scènes"\n'


def write_synthetic_corpus(folder: Path, documents: int, *, seed: int = 7) -> Path:
    """Writes `documents` Markdown documents, a manifest and a vocabulary; the same numbers give the same corpus."""
    entries = [_entry(number) for number in range(documents)]
    texts = {f"lot-{number // 50:02d}/page-{number:04d}.md": page(number, seed=seed) for number in range(documents)}
    return write_corpus(folder, texts, manifest="\n".join([MANIFEST, *entries]), vocabulary=_vocabulary())


def page(number: int, *, seed: int = 7) -> str:
    """One document: a title, some sections of prose, a list and a table of dates."""
    chance = random.Random(seed * 1_000_003 + number)
    lane, wave = chance.choice(LANES), chance.randint(1, WAVES)
    lines = [f"# Lettre {number} du couloir {lane}", ""]
    for section in range(chance.randint(2, 4)):
        lines += [f"## Point {section + 1} : logiciel de gestion {chance.randint(1, SOFTWARE)}", ""]
        prose = [*chance.sample(PARAGRAPHS, 3), f"Le dossier n° {number}-{section} suit les règles de la vague {wave}."]
        lines += [" ".join(prose), ""]
        lines += [f"- pièce {chance.randint(100, 999)} : {chance.choice(PARAGRAPHS)[:90]}" for _ in range(2)] + [""]
    lines += [f"## Calendrier de la vague {wave}", ""]
    lines += [
        f"Le dépôt des demandes de solde de la vague {wave} est clos le {_day(chance)} pour le couloir {lane}.",
        "",
    ]
    lines += ["| Étape | Date limite |", "|---|---|"]
    lines += [f"| {milestone} | {_day(chance)} |" for milestone in MILESTONES]
    return "\n".join(lines) + "\n"


def _day(chance: random.Random) -> str:
    return f"{chance.randint(2, 28)} {chance.choice(MONTHS)} {chance.randint(2023, 2027)}"


def _entry(number: int) -> str:
    day = f"{2022 + number % 4}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return (
        f'[[document]]\nid = "page-{number:04d}"\npath = "lot-{number // 50:02d}/page-{number:04d}.md"\n'
        f'title = "Lettre {number}"\npublisher = "Agence des scènes"\nkind = "page-officielle"\nauthority = 3\n'
        f'published_on = "{day}"\nretrieved_on = "2026-10-01"\n'
    )


def _vocabulary() -> str:
    terms = [_term(f"vague-{number}", "wave", f"Vague {number}") for number in range(1, WAVES + 1)]
    terms += [_term(f"couloir-{number}", "lane", lane) for number, lane in enumerate(LANES)]
    terms += [_term(f"jalon-{number}", "milestone", name) for number, name in enumerate(MILESTONES)]
    terms += [
        _term(
            f"logiciel-{number}", "software", f"Logiciel de gestion {number}", within=f"couloir-{number % len(LANES)}"
        )
        for number in range(1, SOFTWARE + 1)
    ]
    return "\n".join(terms)


def _term(name: str, kind: str, label: str, *, within: str = "") -> str:
    line = f'within = ["{within}"]\n' if within else ""
    return f'[[term]]\nid = "{name}"\nkind = "{kind}"\nlabel = "{label}"\n{line}'
