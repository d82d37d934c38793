"""A corpus that holds one press article and nothing else: what it says is answered, what it does not say is not.

Run: python tests/benchmarks/article.py FOLDER (where the article is; it is not part of this repository).
Prints one line per question and the counts; exits 1 when fewer than SHARE of the facts are answered, or more than WRONG
answers assert something wrong.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.evaluating import Golden, evaluate
from assistant.loading import build_index, load_assistant
from assistant.settings import load_settings

# The floor and the ceiling: raise the one, lower the other, as the answers improve.
SHARE, WRONG = 0.9, 0
DAY = date(2026, 11, 23)
# What the article says: the question, and what the answer must hold.
FACTS = (
    ("jusqu'à quand déposer la demande de solde ?", ("14 décembre", "14h")),
    ("quelle date limite pour finaliser la prestation de la vague 1 ?", ("20 septembre",)),
    ("combien d'établissements ont candidaté à SUN-ES ?", ("2307",)),
    ("quelle part des établissements éligibles a candidaté ?", ("82 %",)),
    ("combien de dossiers pour la quatrième fenêtre de candidature ?", ("753",)),
    ("combien de primo-candidats dans la dernière fenêtre ?", ("518",)),
    ("quels sont les trois piliers de la vague 2 ?", ("Mon espace santé", "MSSanté", "Pro Santé Connect")),
    ("quelles professions paramédicales rejoignent la vague 2 ?", ("infirmiers", "orthophonistes", "orthoptistes")),
    ("les sages-femmes sont-elles dans la vague 2 ?", ("sages-femmes",)),
    ("quand la vague 2 sera-t-elle déployée ?", ("2024-2025",)),
    ("que signifie DRIM ?", ("Diffusion des images médicales",)),
    ("combien d'établissements ont été équipés par Maincare ?", ("130",)),
    ("combien ont été équipés d'un DPI ?", ("87",)),
    ("combien d'établissements avec un référentiel d'identité ?", ("85",)),
    ("combien de plateformes d'intermédiation ?", ("27",)),
    ("qui est Clara Morlière ?", ("directrice de projets",)),
)
# What it does not say, or says only in the furniture around it.
ABSENT = (
    "quel est le montant de l'amende de France Travail ?",
    "que pense Cédric Cartau du RGPD ?",
    "qu'est-ce que le parcours patient ?",
    "à quoi sert le Command Center ?",
    "date limite de la vague 3 ?",
    "date limite du solde du médico-social ?",
    "quel est le budget de la vague 2 ?",
    "combien de pharmacies sont équipées ?",
    "quel est le numéro de téléphone de l'ASP ?",
    "quand a été créé le ROR ?",
)


def questions() -> list[Golden]:
    facts = [
        Golden(f"f{number}", question, (), DAY, True, tuple((one,) for one in gold), (), "fact", "")
        for number, (question, gold) in enumerate(FACTS, 1)
    ]
    return facts + [
        Golden(f"a{number}", question, (), DAY, False, (), (), "absent", "")
        for number, question in enumerate(ABSENT, 1)
    ]


def main(folder: Path) -> int:
    with tempfile.TemporaryDirectory() as place:
        documents = Path(place) / "corpus" / "documents"
        documents.mkdir(parents=True)
        for path in sorted(folder.glob("*.txt")):
            shutil.copy(path, documents)
        settings = load_settings(
            {"ASSISTANT_CORPUS": str(documents.parent), "ASSISTANT_INDEX": str(Path(place) / "built")}
        )
        build_index(settings)
        results = evaluate(questions(), load_assistant(settings))
    for result in results:
        first = " ".join(result.answer.text.split())[:110]
        print(f"{result.verdict:<9} {result.answer.outcome:<13} {result.golden.question} → {first} {result.why}")
    right = sum(result.verdict == "right" for result in results if result.golden.answerable)
    wrong = sum(result.verdict == "wrong" for result in results)
    print(f"facts answered: {right} of {len(FACTS)}; wrong: {wrong} of {len(results)}")
    return 0 if right >= SHARE * len(FACTS) and wrong <= WRONG else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
