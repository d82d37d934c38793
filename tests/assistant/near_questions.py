"""`python near_questions.py > near_questions.jsonl`: near questions that must never share an answer (default corpus).

Each pair differs by one thing: a wave, a lane, a profession, a milestone, a software, a part, a service, an actor, a
number or date, which end of a period, a negation, or what is asked. Half of the pairs differ in their wording too. The
output was read through: no pair in it means the same.
"""

from __future__ import annotations

import json
from itertools import combinations
from random import Random

WAVES = ["vague 1", "vague 2", "vague 3"]
LANES = ["hôpital", "imagerie", "biologie", "médecine de ville", "officine", "médico-social"]
MILESTONES = ["l'avance", "le solde", "la commande", "le référencement", "le dossier de conformité", "l'enrôlement"]
PROFESSIONS = [
    "dentiste",
    "sage-femme",
    "infirmier",
    "kiné",
    "orthophoniste",
    "podologue",
    "pharmacien",
    "radiologue",
    "biologiste",
    "médecin généraliste",
    "pédiatre",
    "psychiatre",
    "médecin nucléaire",
    "orthoptiste",
    "diététicien",
]
PLACES = ["EHPAD", "IME", "SSIAD", "centre de santé", "CHU", "clinique privée", "laboratoire", "pharmacie"]
SOFTWARE = ["DPI", "PFI", "RI", "RIS", "DRIMbox", "SGL", "LGC", "LGO", "DUI", "PACS"]
SERVICES = ["DMP", "MSSanté", "INS", "INSi", "Pro Santé Connect", "e-CPS", "ROR", "Mon espace santé"]
ACTORS = ["l'ANS", "l'ASP", "le CNDA", "la DGOS", "l'ARS", "la CNSA", "le GRADeS"]
PARTS = ["domaine 1", "domaine 2", "domaine 1 bis", "fenêtre 1", "fenêtre 2", "fenêtre 3", "MS1", "MS2"]

OBJECTS = [
    "logiciels",
    "documents",
    "établissements",
    "services",
    "données",
    "dossiers",
    "projets",
    "patients",
    "systèmes",
    "versions",
    "aides",
    "objectifs",
]
VERBS = [
    "signer",
    "obtenir",
    "transmettre",
    "vérifier",
    "déposer",
    "contester",
    "modifier",
    "annuler",
    "payer",
    "recevoir",
    "conserver",
    "refuser",
]
CONTACTS = ["nom", "mail", "téléphone", "adresse", "site", "horaires"]

# Kind → wordings of one sense, and what fills them.
GROUPS = {
    "wave": [
        (["date limite du solde DPI en {} ?", "solde du DPI, {} : à déposer avant quand ?"], WAVES),
        (["quand ouvre la {} pour les médecins ?", "{} : ouverture pour les médecins, quelle date ?"], WAVES),
        (["quelles professions sont dans la {} ?", "{} : quelles professions ?"], WAVES),
        (["combien d'éditeurs sont référencés en {} ?", "nombre d'éditeurs référencés, {}"], WAVES),
        (["que finance la {} pour un radiologue ?", "radiologue, {} : qu'est-ce qui est financé ?"], WAVES),
        (["pourquoi la {} a-t-elle été prolongée ?", "raison de la prolongation de la {} ?"], WAVES),
    ],
    "lane": [
        (["date limite du solde vague 1 {} ?", "vague 1 {}, solde : jusqu'à quand ?"], LANES),
        (["quel est le montant de l'aide pour le couloir {} ?", "couloir {} : montant de l'aide ?"], LANES),
    ],
    "profession": [
        (["je suis {}, suis-je concerné par la vague 2 ?", "{} : la vague 2 me concerne-t-elle ?"], PROFESSIONS),
        (["quel logiciel pour un {} en vague 2 ?", "vague 2, {} : quel logiciel ?"], PROFESSIONS),
        (["notre {} peut-il avoir SUN-ES ?", "SUN-ES est-il ouvert à notre {} ?"], PLACES),
    ],
    "milestone": [
        (["jusqu'à quand demander {} pour le RIS en vague 2 ?", "RIS vague 2 : dernier jour pour {} ?"], MILESTONES),
        (["qui doit signer {} ?", "{} : par qui est-ce signé ?"], MILESTONES),
        (["comment se passe {} en officine ?", "officine : comment se déroule {} ?"], MILESTONES),
    ],
    "software": [
        (["date limite du solde {} vague 2 ?", "{} vague 2 : le solde, avant quand ?"], SOFTWARE),
        (["à quoi sert le {} ?", "le {}, ça sert à quoi ?"], SOFTWARE),
    ],
    "part": [(["date de fin du {} ?", "{} : ça se termine quand ?"], PARTS)],
    "service": [(["est-on obligé d'utiliser {} ?", "{}, c'est obligatoire ?"], SERVICES)],
    "actor": [(["que fait {} dans le programme ?", "{} : quel est son rôle ?"], ACTORS)],
    "object": [
        (["quels {} faut-il pour le DPI en vague 2 ?", "DPI en vague 2 : quels {} faut-il ?"], OBJECTS),
        (["combien de {} en vague 1 ?", "nombre de {} en vague 1 ?"], OBJECTS),
        (["où trouver les {} SUN-ES ?"], OBJECTS),
        (["qui doit {} le dossier de conformité ?", "le dossier de conformité, qui doit le {} ?"], VERBS),
        (["comment {} la demande de solde ?"], VERBS),
        (["{} du support de l'ASP ?", "support de l'ASP : quel {} ?"], CONTACTS),
    ],
    "number": [
        (["faut-il {} % de comptes rendus ?"], ["50", "70", "80", "quatre-vingts", "moins de 70", "plus de 70"]),
        (["peut-on encore déposer le solde le {} ?"], ["14 décembre 2023", "15 décembre 2023", "28 avril 2023"]),
        (["que se passe-t-il le {} pour le DUI ?"], ["1er janvier 2024", "1er janvier 2025", "2 janvier 2024"]),
        (["quels documents en {} pour la vague 2 ?"], ["2023", "2024", "2025"]),
    ],
}
# Two questions that say nearly the same words and ask for something else.
TURNS = [
    ("date d'ouverture des demandes d'avance RIS vague 2 ?", "date de clôture des demandes d'avance RIS vague 2 ?"),
    ("quand commence la vague 2 en imagerie ?", "quand finit la vague 2 en imagerie ?"),
    ("début des commandes DPI vague 2 ?", "fin des commandes DPI vague 2 ?"),
    ("calendrier de la vague 2 pour le DPI ?", "date limite de la vague 2 pour le DPI ?"),
    ("quelles professions sont dans la vague 2 ?", "quelles professions ne sont pas dans la vague 2 ?"),
    ("le DPI est-il obligatoire en vague 2 ?", "le DPI est-il facultatif en vague 2 ?"),
    ("qui finance le DUI ?", "qui ne finance pas le DUI ?"),
    ("la clinique est-elle éligible à SUN-ES ?", "la clinique est-elle exclue de SUN-ES ?"),
    ("faut-il un accord de l'ARS avant la commande ?", "faut-il un accord de l'ARS après la commande ?"),
    ("montant minimum de l'aide LGO ?", "montant maximum de l'aide LGO ?"),
    ("plafond de l'aide SUN-ES ?", "plancher de l'aide SUN-ES ?"),
    ("qui vérifie la déclaration des cibles ?", "qui fait la déclaration des cibles ?"),
    ("qui valide le dossier de conformité ?", "qui dépose le dossier de conformité ?"),
    ("quand déposer la demande de solde ?", "quand reçoit-on le solde ?"),
    ("quand demander le solde DPI vague 1 ?", "quand le solde DPI vague 1 est-il versé ?"),
    ("où déposer la demande de solde ?", "quand déposer la demande de solde ?"),
    ("comment déposer la demande de solde ?", "pourquoi déposer une demande de solde ?"),
    ("combien coûte le DPI ?", "combien de DPI sont référencés ?"),
    ("qui paie l'éditeur ?", "qui l'éditeur paie-t-il ?"),
    ("l'hôpital paie-t-il l'éditeur ?", "l'éditeur paie-t-il l'hôpital ?"),
    ("qui contrôle l'ARS ?", "par qui l'ARS est-elle contrôlée ?"),
    ("que demande l'ASP à l'éditeur ?", "que demande l'éditeur à l'ASP ?"),
    ("le solde est-il versé avec l'avance ?", "le solde est-il versé sans l'avance ?"),
    ("date initiale du solde RIS vague 2 ?", "date du solde RIS vague 2 ?"),
    ("la date du solde a-t-elle été reportée ?", "quelle est la date du solde ?"),
    ("peut-on changer d'éditeur avant le solde ?", "peut-on changer d'éditeur après le solde ?"),
    ("à quelle heure ferme le guichet de l'avance PFI ?", "quel jour ferme le guichet de l'avance PFI ?"),
    ("que veut dire DUI ?", "à quoi sert un DUI ?"),
    ("BAL organisationnelle, définition ?", "BAL applicative, définition ?"),
    ("adresse mail du support de l'ASP ?", "téléphone du support de l'ASP ?"),
    ("qui dirige l'ANS ?", "qui dirige la DNS ?"),
    ("liste des logiciels référencés vague 2 ?", "liste des logiciels non référencés vague 2 ?"),
    ("prix du DPI chez Softway ?", "prix du DPI chez Maincare ?"),
    ("combien de PFI Maincare a-t-il posées ?", "combien de PFI Softway a-t-il posées ?"),
    ("délai de réponse de l'ASP pour l'avance ?", "délai de réponse de l'ASP pour le solde ?"),
    ("combien de jours pour contester un refus ?", "combien de mois pour contester un refus ?"),
    ("l'officine doit-elle signer la commande ?", "l'officine doit-elle refuser la commande ?"),
    ("différence entre MS1 et MS2 ?", "que contient MS2 ?"),
    ("passer de la vague 1 à la vague 2, possible ?", "passer de la vague 2 à la vague 1, possible ?"),
    ("MSSanté fonctionne-t-elle dans le DMP ?", "le DMP fonctionne-t-il dans MSSanté ?"),
]


def pairs() -> list[dict[str, str]]:
    chance, made = Random(11), []
    for differ, groups in GROUPS.items():
        for wordings, fillings in groups:
            every = list(combinations(fillings, 2))
            for place, (a, b) in enumerate(chance.sample(every, min(len(every), 28))):
                second = wordings[place % len(wordings)]
                made.append({"differ": differ, "a": wordings[0].format(a), "b": second.format(b)})
    made += [{"differ": "turn", "a": a, "b": b} for a, b in TURNS]
    return made


if __name__ == "__main__":
    for pair in pairs():
        print(json.dumps(pair, ensure_ascii=False))
