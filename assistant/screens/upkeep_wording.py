"""Every French sentence of the upkeep screen's frame, builds, digests and history."""

from __future__ import annotations

INTRODUCTION = (
    "Les documents, le vocabulaire et les constructions de l’index. Rien n’est mis en service avant d’être vérifié."
)
PARTS = {
    "documents": "Documents",
    "vocabulary": "Vocabulaire",
    "build": "Construire",
    "changes": "Ce qui change",
    "history": "Historique",
}

# Construire
BUILD_INTRODUCTION = (
    "Une construction lit ce qui a changé dans le corpus et prépare un nouvel index à côté de celui en service, qui "
    "continue de répondre. Les questions de référence lui sont posées ; il n’est mis en service que si aucune réponse "
    "juste ne se perd au-delà de la tolérance."
)
PREVIEW, BUILD = "Voir ce qui changerait", "Construire"
BUILD_ANEW = "Tout refaire, sans rien reprendre de l’index en service"
PREVIEWING = "Comparaison du corpus avec l’index en service…"
PREVIEW_TITLE = "Ce qu’une construction changerait"
RUNNING = "Construction en cours"
RUNNING_SINCE = "Lancée le {moment}, {by}. Vous pouvez quitter cette page : la construction continue."
RUNNING_ELSEWHERE = (
    "Une construction est en cours dans un autre processus (ligne de commande ou construction de nuit). "
    "Attendez sa fin pour en lancer une autre."
)
STARTING = "Démarrage…"
STAGES = {
    "lecture": "Lecture des documents",
    "découpage": "Découpage et étiquetage",
    "échéances": "Échéances",
    "calcul": "Calcul des vecteurs",
    "écriture": "Écriture",
    "questions": "Questions de référence",
}
CANCEL, CANCEL_AT_ONCE = "Annuler la construction", "L’arrêter tout de suite"
CANCEL_ASKED = "Annulation demandée : la construction s’arrête et efface ce qu’elle avait écrit…"
LAST_BUILD = "Dernière construction"
NEVER_BUILT = "Aucune construction n’a encore été notée ici."
ENDED = {
    "done": "Réussie",
    "refused": "Refusée par la garde",
    "failed": "Échouée",
    "cancelled": "Annulée",
    "interrupted": "Interrompue",
}
UNCHANGED = "Rien à changer"
INTERRUPTED = (
    "Le processus s’est arrêté avant la fin. L’index en service n’a pas changé ; la prochaine construction efface "
    "ce qu’il avait laissé."
)
REASON_GIVEN = "Raison donnée pour l’accepter malgré la garde : {reason}"
BY, BY_COMMAND = "par {name}", "sur la ligne de commande"
HOLDS = "{passages}, {deadlines} ; {encoded}, en {seconds}\u00a0s."
WOULD_READ = "{read}, {kept} avec {passages}."
WOULD_CHANGE_NOTHING = "Rien ne changerait : l’index en service est celui du corpus."
ADDED = ("document ajouté", "documents ajoutés")
CHANGED = ("document modifié", "documents modifiés")
REMOVED = ("document retiré", "documents retirés")
REREAD = ("document inchangé, relu", "documents inchangés, relus")
REFUSED = ("document refusé", "documents refusés")
WARNINGS = ("avertissement", "avertissements")
CAUSES = {
    "code": "Le programme a changé : tous les documents sont relus.",
    "vocabulary": "Le vocabulaire a changé : étiquettes, périmètres et échéances sont refaits.",
    "phrasings": "Les questions connues (phrasings.jsonl) ont changé.",
    "programme": "La description du programme a changé.",
    "settled": "Les contradictions tranchées dans le manifeste ont changé.",
    "model": "Le modèle a changé : tous les vecteurs sont recalculés.",
}
LOG = "Journal de la construction"
GATE = "Ce que la garde a trouvé"
GATE_COLUMNS = ("Question", "Index en service", "Nouvel index")
OTHER_QUESTIONS = ("autre question", "autres questions")
CHANGED_QUESTIONS = ("réponse qui change", "réponses qui changent")
ACCEPT_INTRODUCTION = (
    "Corrigez le corpus puis construisez à nouveau ; ou, si ces changements sont voulus, acceptez-les. L’index est "
    "alors reconstruit, et n’est pris que si la garde trouve exactement ce qui est montré ici. La raison est gardée "
    "dans l’historique et dans les actions."
)
REASON, REASON_HINT = "Raison de l’accepter", "Par exemple : la date a été reculée par l’arrêté du 12 mai"
ACCEPT = "Accepter malgré tout"
NO_REASON = "Donnez la raison pour laquelle vous acceptez ce que la garde refuse."
NOTHING_REFUSED = "Il n’y a plus de refus à accepter : la page montrait une construction plus ancienne."
NOT_AS_SEEN = "Ce que la garde trouve n’est plus ce que vous aviez accepté : regardez à nouveau."

# Ce qui change
CHANGES_INTRODUCTION = "Ce qu’une génération de l’index change pour les lecteurs, comparée à une autre."
GENERATION, COMPARED_WITH = "Génération", "Comparée à"
IN_USE, BUILT_ON = "Celle en service", "Celle d’avant"
PROFESSION, LANE = "Profession", "Couloir"
NO_GENERATION = "Aucune génération : construisez d’abord l’index."
NOTHING_CHANGES = "Rien ne change pour ces lecteurs."
DOWNLOAD_DIGEST = "Télécharger (.md)"
DIGEST_OF, DIGEST_OF_FIRST = "De la génération {before} à la génération {after}", "Génération {after}, la première"
DIGEST_PARTS = {
    "deadlines": "Échéances",
    "cells": "Périmètres",
    "contradictions": "Nouvelles contradictions",
    "documents": "Documents",
}
ONLY_ENTRY = "Seule son entrée du manifeste ou sa mise en forme change."
MORE_SENTENCES = "et {number} de plus"
AGAINST = "contre"

# Historique
HISTORY_INTRODUCTION = (
    "Les générations gardées, la plus récente d’abord. Revenir à l’une d’elles est immédiat ; les pages ouvertes la "
    "prennent à leur prochaine question."
)
CURRENT, KEPT, UNUSABLE = "En service", "Gardée", "Inutilisable"
COUNTS = "{documents}, {passages}, {deadlines}"
BUILT_AT = "construite le {moment}, {by}"
CHOSEN_AT = "mise en service sur toutes les machines le {moment}, par {by}"
ACCEPTED_BECAUSE = "Acceptée malgré la garde : {reason}"
SEE_CHANGES = "Ce qu’elle change"
GO_BACK = "La mettre en service"
GO_BACK_SURE = (
    "Mettre en service la génération {name} ? Les réponses viendront d’elle dès la prochaine question. La prochaine "
    "construction, de nuit aussi, repartira du corpus tel qu’il est : retirez-en d’abord le document en cause."
)
CONFIRM, RENOUNCE = "Confirmer", "Renoncer"
WENT_BACK = "La génération {name} est en service."
