"""What the words of a question say of the kind of answer wanted, in folded French (and some English). Data and one look-up.

Patterns are tried on the folded, lower-case question; the first kind that matches wins, in the order of `WANTED`.
"""

from __future__ import annotations

import re
from typing import Literal

from index.words import fold

Wanted = Literal["comparison", "date", "figure", "definition", "how", "why", "who", "list", "yes_no", "open"]
Aside = Literal["greeting", "thanks", "abilities", "intrusion", "advice"]
Measure = Literal["amount", "share", "count", "duration"]
Relative = Literal["days_left", "still_possible", "next"]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    ("comparison", _any(r"\bdifferen(?:ce|t)", r"\bcompar", r"\bversus\b", r"\bvs\b", r"\bpar rapport a\b", r"\bdistingu", r"\bchange(?:nt)? entre\b")),
    ("date", _any(
        r"\bquand\b", r"\bdates?\b", r"\bdelais?\b", r"\becheances?\b", r"\bdeadlines?\b", r"\bcalendrier\b", r"\bplanning\b", r"\bquel jour\b",
        r"\bjusqu'?\s?a (?:quand|quel)", r"\bavant quel", r"\ba partir de (?:quand|quel)", r"\ben quelle annee\b", r"\bquelle annee\b", r"\bquel mois\b",
        r"\bquelle heure\b", r"\bdepuis (?:quand|quel)", r"\bcombien de (?:jours|temps|mois|semaines)\b.*\b(?:reste|avant|jusqu)", r"\bwhen\b", r"\bby what date\b",
        r"\bd'?ici quand\b", r"\bpour quand\b", r"\bdernier jour\b", r"\bencore (?:possible|temps)\b", r"\btrop tard\b", r"\bperiode\b", r"\bhorizon\b",
    )),
    ("figure", _any(
        r"\bcombien\b", r"\bquels? montants?\b", r"\bquels? budgets?\b", r"\bquels? nombres?\b", r"\bquels? couts?\b", r"\bpourcentage\b", r"\bquels? taux\b",
        r"\bquelles? sommes?\b", r"\bquelle part\b", r"\bquelle proportion\b", r"\bquelle enveloppe\b", r"\bquels? prix\b", r"\bquelle duree\b", r"\bhow (?:much|many)\b",
        r"\bcb\b", r"\bnb\b", r"\bnbre\b", r"\bcbien\b", r"\bproportion\b", r"\bpactole\b", r"\ba combien\b", r"\bmontants?\b", r"\benveloppe\b", r"\bbudget\b", r"\bnombre d", r"\bquel chiffre\b", r"\bquelle quantite\b", r"\bchiffres?\b",
    )),
    ("how", _any(r"\bcomment\b(?! (?:s'appelle|se nomme|appelle))", r"\bprocedure\b", r"\bdemarches?\b", r"\betapes\b", r"\bque (?:dois|doit|faut|faire)\b", r"\bmode d'emploi\b", r"\bhow (?:do|can|to|does|is)\b")),
    ("definition", _any(
        r"\bc'?\s?est quoi\b", r"\bqu'?\s?est[- ]ce (?:que c'?est(?: que)?|qu)", r"\bque (?:signifie|veut dire|designe)", r"\bsignification\b", r"\bdefini", r"\bveut dire\b",
        r"\bque sont\b", r"\bqu'entend", r"\bsigle\b", r"\bacronyme\b", r"\bsignifie\b", r"\bkesako\b", r"\ba quoi sert\b", r"\bwhat (?:is|are|does)\b", r"\bqu'?est[- ]ce qu",
    )),
    ("why", _any(r"\bpourquoi\b", r"\bpour quelle raison\b", r"\bquelle est la raison\b", r"\bwhy\b", r"\ba cause de quoi\b")),
    ("who", _any(r"\bqui\b(?! (?:est|sont) (?:concerne|eligible))", r"\bquel (?:organisme|acteur|operateur|ministere|service|editeur)\b", r"\bquelle (?:agence|institution|administration|societe|entreprise)\b", r"\ba quel (?:organisme|acteur)\b", r"\bwho\b")),
    ("list", _any(
        r"\bquel(?:le)?s\b", r"\blesquel", r"\bliste[rz]?\b", r"\benumere", r"\bcite[rz]?\b", r"\btou(?:s|tes) les\b", r"\bqui (?:est|sont) (?:concerne|eligible)", r"\bwhich\b", r"\bquoi comme\b",
        r"\bperimetre\b",
    )),
    ("yes_no", _any(
        r"\best[- ]ce que\b", r"\b(?:suis|sont|est|sommes|etes|peut|peux|puis|doit|dois|doivent|peuvent|faut|a|ont|existe|sera|seront|fait|font|devons|devez|pouvons|avons|avez|ai)(?:-t)?-(?:je|il|ils|elle|elles|on|nous|vous|ce)\b",
        r"^(?:je suis|on est|nous sommes)\b.*\?", r"\b(?:suis|sommes) (?:je|nous|t[- ]?on) \b", r"\bobligatoire\b", r"\bconcerne[es]*\b", r"\beligibles?\b", r"^(?:is|are|do|does|can|must|am)\b",
        r"^(?:peut on|faut il|dois je|suis je|peut il|est il|est elle)\b",
    )),
)

ASIDES: tuple[tuple[Aside, re.Pattern[str]], ...] = (
    ("intrusion", _any(
        r"\b(?:ignore[rz]?|oublie[rz]?|neglige[rz]?|contourne[rz]?|outrepasse[rz]?|desactive[rz]?|disregard|forget|override)\b.{0,40}\b(?:instruction|consigne|regle|rule|prompt|filtre|limite|precedent|previous|document|source|contrainte)",
        r"\b(?:affiche|montre|revele|donne|repete|recopie|print|show|reveal|traduis)\w*\b.{0,40}\b(?:prompt|instructions? (?:systeme|initiale|cachee|internes?)|system message|consignes? (?:systeme|initiale|cachee|internes?)|tes (?:consignes|instructions|regles))",
        r"\b(?:ton|your|votre|system) ?prompt\b", r"\bprompt systeme\b", r"\bjailbreak", r"\b(?:tu es|vous etes|you are|fais comme si tu etais|joue le role|agis comme|comporte[- ]toi comme|pretends? (?:to be|que)|imagine que tu)\b.{0,60}\b(?:maintenant|desormais|un(?:e)? |now|pirate|sans (?:limite|filtre|regle))",
        r"<\|", r"\[(?:/?inst|system)", r"^\s*(?:system|systeme|assistant|document|source|passage|extrait)\s*(?:\d+\s*)?:", r"\b(?:reponds?|repondez|answer)\b.{0,20}\b(?:uniquement|seulement|toujours|only|always)\b.{0,20}\b(?:par|with|oui|non|que)\b",
        r"\bmode (?:developpeur|debug|admin|dan)\b", r"\bnouvelles? (?:instructions?|consignes?|regles?)\b", r"\bconsidere (?:que |comme )?(?:ce|cette|le|la|ceci)\b.{0,40}\b(?:document|texte|officiel|vrai)", r"\bfais semblant\b",
    )),
    ("thanks", _any(r"^\W*(?:(?:ok|super|parfait|genial|bien|tres bien|top|d'accord|cool|bravo)\W*)*(?:merci|thanks|thank you|je vous remercie)[\w\s,'!.]{0,40}$", r"^\W*(?:ok|super|parfait|genial|tres bien|top|d'accord|cool|bravo|nickel|au revoir|bonne journee|a bientot)\W*$")),
    ("greeting", _any(r"^\W*(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|bjr|slt)(?:\W+(?:a (?:tous|vous|toi)|madame|monsieur|l'assistant|assistant|toi|vous|ca va|comment (?:ca va|allez[- ]vous|vas[- ]tu)))*\W*$", r"^\W*(?:ca va|comment (?:ca va|allez[- ]vous|vas[- ]tu))\W*$")),
    ("abilities", _any(
        r"\b(?:que|qu'est[- ]ce que) (?:sais|peux|savez|pouvez)[- ](?:tu|vous)(?: faire)?\b", r"\bqu'?est[- ]ce que tu (?:sais|peux) faire\b", r"\bqui (?:es|etes)[- ](?:tu|vous)\b", r"\b(?:a|de) quoi (?:sers|peux|servez)[- ](?:tu|vous)\b",
        r"\b(?:comment|quoi) (?:tu|vous) (?:marche|fonctionne|peux|pouvez)", r"\bcomment (?:t'utiliser|vous utiliser|fonctionnes[- ]tu|fonctionnez[- ]vous|poser une question)", r"^\W*(?:aide|help|aidez[- ]moi|aide[- ]moi)\W*$", r"\bwhat can you do\b", r"\btu (?:sais|peux) faire quoi\b",
        r"\bes[- ]tu (?:une? )?(?:ia|robot|humain|intelligence)", r"\bquelles questions puis[- ]je\b",
    )),
    ("advice", _any(
        r"\b(?:j'ai|il a|elle a|mon (?:fils|mari|pere|enfant|bebe)|ma (?:fille|femme|mere)) .{0,30}\b(?:mal|fievre|douleurs?|toux|malade|boutons?|vomi|symptomes?|diarrhee|allergie)", r"\b(?:posologie|symptomes?|diagnostic|ordonnance pour|quel (?:medicament|traitement)|effets? secondaires?)\b",
        r"\b(?:prendre|donner|arreter) (?:du|de l'|mon|un|des|le|la) ?(?:medicament|traitement|paracetamol|doliprane|antibiotique|ibuprofene|aspirine)", r"\b(?:porter plainte|mon avocat|un avocat|attaquer en justice|poursuivre en justice|tribunal|prud'?hommes|mon divorce|me faire rembourser mes soins)\b",
        r"\bconseil (?:medical|juridique|fiscal)\b", r"\bmes impots\b",
    )),
)

RELATIVE: tuple[tuple[Relative, re.Pattern[str]], ...] = (
    ("days_left", _any(r"\b(?:combien|il reste|reste[- ]t[- ]il).{0,30}\b(?:jours?|temps|semaines?|mois)\b.{0,40}\b(?:reste|avant|jusqu|pour)?", r"\bcombien de (?:jours|temps|semaines|mois)\b")),
    ("still_possible", _any(r"\bencore (?:possible|temps|deposer|demander|commander|candidater|s'inscrire|ouvert)", r"\btrop tard\b", r"\bpeut[- ]on (?:encore|toujours)", r"\b(?:puis[- ]je|peut[- ]il|peuvent[- ]ils|est[- ]il) (?:encore|toujours)", r"\btoujours (?:possible|ouvert|temps)", r"\bdeja (?:passee?|close?|ferme|termine)", r"\best[- ](?:il|elle) (?:passee?|close?|depassee?)")),
    ("next", _any(r"\bprochaine?s? (?:echeance|date|etape|jalon|delai)", r"\becheances? a venir\b", r"\b(?:echeances?|dates?|jalons?) (?:a venir|prochaines?|qui arrivent)", r"\bqu'est[- ]ce qui arrive", r"\bbientot\b", r"\bnext deadline", r"\bprochainement\b")),
)

MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("duration", _any(r"\bcombien de (?:temps|jours|mois|semaines|annees|ans)\b", r"\bdurees?\b", r"\bdelai\b.*\b(?:combien|quel)", r"\bquel delai\b", r"\ben combien\b")),
    ("share", _any(r"\bpourcentages?\b", r"\bproportion\b", r"\btaux\b", r"\bquelle part\b", r"%")),
    ("amount", _any(
        r"\bargent\b", r"\bmontants?\b", r"\bmillions?\b", r"\bmilliards?\b", r"\bbudgets?\b", r"\benveloppes?\b", r"\bcouts?\b", r"\bcoute\w*\b", r"\bprix\b",
        r"\bsommes?\b", r"\beuros?\b", r"€", r"\bcombien\b.*\b(?:pay|vers|touch|financ|rapport|recoi|recev|allou|debours)\w*", r"\bpactole\b", r"\bcredits?\b", r"\bfinancement\b.*\bcombien\b",
    )),
    ("count", _any(r"\bcombien\b", r"\bnombres?\b", r"\bnb\b", r"\bnbre\b", r"\bcb\b", r"\bcbien\b", r"\bchiffres?\b", r"\bhow many\b", r"\bquantite\b")),
)

# A question that leans on the one before it.
LEANING = _any(
    r"^\W*(?:et|mais|ou|alors|ok|d'accord|donc|puis|sinon)\b", r"\b(?:celle-ci|celui-ci|ceux-ci|celles-ci|celui-la|celle-la|cela|ce dernier|cette derniere|dans ce cas|meme (?:question|chose)|la meme|le meme|les memes|en tout|au total|cette (?:date|vague|somme|echeance|etape|demande)|ce (?:montant|delai|report|logiciel|programme|dispositif|cas)|ces (?:dates|professions|chiffres|etapes))\b",
    r"\bavant le report\b", r"\bla date avant\b", r"^\W*(?:pourquoi|comment|quand|qui|combien|depuis quand|jusqu'a quand|avec quelle source|ou ca|lesquel(?:le)?s|laquelle|lequel|par qui|pour qui|c'est (?:sur|certain|obligatoire))\W*$",
    r"\b(?:pour|chez|avec) (?:eux|elles|lui|nous|moi|elle)\b", r"-(?:t-)?(?:elles?|ils?)\b", r"^\W*(?:c'?\s?etait|c'?\s?est) (?:quoi|quand|combien|pour quand)\b", r"^what about\b", r"^and\b", r"\b(?:ils|elles) (?:doivent|peuvent|sont|ont|seront|vont)\b",
)

# Asks for what was in force before.
FORMERLY = _any(r"\bavant (?:le|son|ce|d'etre) (?:report|changement|decalage|reporte)", r"\bdate (?:initiale|d'origine|precedente|anterieure|avant)", r"\binitialement\b", r"\bauparavant\b", r"\bancienne date\b", r"\ba l'origine\b", r"\bprevue? au depart\b", r"\bavant (?:la prolongation|le decalage)\b")


def folded(text: str) -> str:
    """The text as the patterns expect it: folded, lower case, single spaces."""
    return " ".join(fold(text).casefold().split())


def wanted_kind(question: str) -> Wanted:
    """The kind of answer that the question's words ask for; « open » when none says."""
    text = folded(question)
    return next((kind for kind, pattern in WANTED if pattern.search(text)), "open")


def measure(question: str) -> Measure | None:
    """What a figure that the question wants would measure, if it wants one."""
    text = folded(question)
    return next((kind for kind, pattern in MEASURES if pattern.search(text)), None)


def aside(question: str) -> Aside | None:
    """What the question is when it is none about the programme, as far as its words show."""
    text = folded(question)
    return next((kind for kind, pattern in ASIDES if pattern.search(text)), None)


def relative(question: str) -> Relative | None:
    """How the question leans on today, if it does."""
    text = folded(question)
    return next((kind for kind, pattern in RELATIVE if pattern.search(text)), None)
