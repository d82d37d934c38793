"""Every French sentence of the parts « Documents » and « Vocabulaire » of the upkeep screen."""

from __future__ import annotations

NOT_YET = "Rien de ceci ne change une réponse avant la prochaine construction de l’index."
TO_BUILD = "Construire"
READ_ONLY = (
    "Le dossier du corpus « {folder} » est en lecture seule pour l’assistant : on peut regarder des fichiers ici, mais "
    "rien n’y sera enregistré. Donnez-lui le droit d’y écrire, ou modifiez le corpus à la main."
)
LAST_CHANGE = "Dernière modification : {what}, par {who}, le {when}."
UNDO, UNDONE = "Annuler la dernière modification", "Annulé : {what}."
SAVED = "Enregistré : {what}."

# Documents: dropping and the lists
DROP = "Déposer des fichiers"
DROP_HINT = (
    "PDF, Word, Excel, PowerPoint, HTML, Markdown ou texte, {megabytes} Mo au plus chacun. Un fichier déposé attend "
    "ici : il n’entre dans le corpus que lorsque vous l’ajoutez."
)
RECEIVED = "{number} en attente : regardez chaque fichier, puis ajoutez-le."
WAITING = "En attente"
DISCARD = "Écarter"
DISCARDED = "Écarté : {name}."
IN_CORPUS = "Dans le corpus"
FILTER, FILTER_HINT = "Rechercher", "Titre, fichier ou identifiant"
ONLY_WITHOUT_ENTRY = "Sans entrée seulement"
WITHOUT_ENTRY = "sans entrée au manifeste"
MORE = "Montrer la suite"
WITHDRAWN = "Retirés"
WITHDRAWN_HINT = "Ces fichiers sont dans le dossier retired/ du corpus : ils ne sont plus lus, et jamais effacés."
TAKE_BACK = "Remettre dans le corpus"
NONE_FOUND = "Aucun document avec ces mots."
BACK = "Tous les documents du corpus"
GONE = "Ce fichier n’est plus en attente : il a été ajouté ou écarté."
NO_DOCUMENT = "Ce document n’est pas, ou n’est plus, dans le corpus."

# One file that waits
READING = "Lecture du fichier…"
STILL_READING = (
    "Lecture en cours : les pages numérisées sont lues une à une, comptez quelques secondes par page. Vous pouvez "
    "quitter cette page et y revenir."
)
STOP_READING, READ_AGAIN = "Arrêter la lecture", "Lire le fichier"
READING_STOPPED = "La lecture a été arrêtée. Le fichier attend toujours."
WHAT_WAS_READ = "Ce qui a été lu"
REFUSED = "Ce fichier ne peut pas être lu, et ne peut donc pas être ajouté : {reason}"
WARNINGS = "À vérifier"
KIN = "Documents proches"
KIN_WHY = {
    "same": "Presque le même texte que",
    "holds": "Contient presque tout le texte de",
    "is_held": "Contenu presque en entier dans",
    "same_text": "{percent} % des phrases en commun avec",
    "same_title": "Titre ou nom de fichier semblable à",
    "same_address": "Même adresse que",
}
KIN_AGE = {
    True: "celui-ci est plus récent",
    False: "celui-ci est plus ancien",
    None: "leurs dates ne les départagent pas",
}
SAME = "C’est sans doute le même document : l’ajouter ferait doublon."
REPLACES_IT = "Celui-ci le remplace"
FOUND_DATES, NO_DATE = "Dates relevées", "Aucune date relevée."
FOUND_TERMS, NO_TERM = "Termes reconnus", "Aucun terme du vocabulaire n’est reconnu."
MORE_DATES = "et {number} autres"
YEAR_INFERRED = "année déduite"
PAGE_SHOWN = "Page montrée, sur {total}"
PAGE_TEXT, WHOLE_TEXT, EMPTY_PAGE = "Texte lu de la page {number}", "Texte lu", "Aucun texte sur cette page."
PICTURE = "Page {number} du fichier"
ENTRY_TITLE = "Son entrée au manifeste"
ADD = "Ajouter au corpus"
ENDS = "Les documents remplacés valent jusqu’au (facultatif)"
ENDS_HINT = "AAAA-MM-JJ. Leurs passages seront donnés avec « n’est plus en vigueur depuis… »."

# The form of an entry
TITLE, IDENTIFIER, PATH = "Titre", "Identifiant", "Fichier, dans documents/"
PUBLISHER, KIND, AUTHORITY = "Éditeur", "Nature", "Autorité"
UNKNOWN_KIND = "Non précisée"
AUTHORITIES = {
    1: "1 · texte officiel",
    2: "2",
    3: "3",
    4: "4",
    5: "5",
    6: "6 · presse",
    7: "7 · inconnue",
}
PUBLISHED, ESTIMATED, RETRIEVED = "Publié le", "Date estimée", "Relevé le"
PUBLISHED_HINT = "2023, 2023-05, 2023-05-24, ou un intervalle : 2024 / 2025"
ESTIMATED_HINT = "À cocher si la date n’est pas écrite dans le document lui-même."
ADDRESS, LICENCE, VALID_UNTIL = "Adresse (https://…)", "Licence", "Valable jusqu’au"
DAY_HINT = "AAAA-MM-JJ"
REPLACES = "Remplace"
ORIGIN = "Origine"
ORIGINS = {"original": "Document d’origine", "summary": "Fiche rédigée par ce projet"}
SOURCE_OF_SUMMARY = "Source de la fiche"
SAVE = "Enregistrer l’entrée"
NO_ENTRY_YET = (
    "Ce document n’a pas d’entrée au manifeste : ce qui suit vient du fichier. L’enregistrer lui en donne une."
)
REOPEN = "Rouvrir le formulaire"
WITHDRAW, CONFIRM_WITHDRAW = "Retirer ce document", "Oui, le retirer"
WITHDRAW_HINT = (
    "Le fichier passe dans retired/ avec son entrée. Il n’est pas effacé, et l’on peut le remettre. Il sert encore aux "
    "réponses jusqu’à la prochaine construction."
)
STILL_REPLACED = "Attention : {titles} dit le remplacer ; le manifeste gardera ce lien, que « check » signalera."
KEEP = "Ne pas retirer"
SEE_DOCUMENT = "Voir le document tel qu’il est en service"

# Vocabulary
TERMS_INTRODUCTION = "Les termes du programme : ce qu’on tape, ce que cela désigne, et ce qui appartient à quoi."
TERM_HINT = "Nom, autre nom ou identifiant"
NEW_TERM, ADD_TERM, SAVE_TERM = "Ajouter un terme", "Ajouter ce terme", "Enregistrer le terme"
TERM_KIND, TERM_LABEL, ALIASES = "Genre", "Nom affiché", "Autres noms (un par ligne)"
ALIASES_HINT = "Le premier est le nom en toutes lettres ; les autres, ce que l’on écrit ou tape vraiment."
IN_CONTEXT = "Noms partagés avec autre chose (un par ligne)"
IN_CONTEXT_HINT = (
    "Le nom, deux points, puis les mots près desquels il désigne ce terme : « TP : chantier, travaux ». Sans mots, il "
    "ne compte qu’écrit en capitales."
)
ASKED_AS = "Façons de le demander (une par ligne)"
ASKED_AS_HINT = (
    "Ce que les gens disent dans leurs questions, et les documents jamais : « le reste de la somme ». Deux points puis "
    "des mots : « la passerelle : images, clichés » ne compte que près de l’un d’eux."
)
DEFINITION, TERM_SOURCE, WITHIN = "Définition", "Source de la définition", "Fait partie de"
TERM_ID_HINT = "minuscules sans accents, chiffres et tirets, par exemple « vague-3 »"
SHARES = "Ces noms désignent déjà un autre terme, et je veux qu’ils désignent les deux"
SHARED = "« {name} » désigne déjà « {label} »."
ALL_TERMS = "Tous les termes"
NO_SUCH_TERM = "Ce terme n’est pas, ou n’est plus, dans le vocabulaire."
NO_TERMS = "Aucun terme avec ces mots."
REMOVE_TERM, CONFIRM_REMOVE = "Retirer ce terme", "Oui, retirer ce terme"
KEPT_AS_WRITTEN = "Gardés tels quels dans le fichier : {what}."
NOT_IN = "expressions exclues ({names})"
USES = "Passages qui le nomment"
USES_COUNT = "{passages} de {documents}, dans l’index en service"
NO_USE = "Aucun passage de l’index en service ne contient ces noms."
TERM_KINDS = {
    "programme": "Programme",
    "wave": "Vague",
    "part": "Fenêtre, phase ou domaine",
    "lane": "Couloir",
    "software": "Dispositif",
    "profession": "Profession",
    "milestone": "Jalon",
    "service": "Service",
    "actor": "Acteur",
}
