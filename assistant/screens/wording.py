"""Every French sentence of the screens and of the plain page, to be reviewed by people of the programme."""

from __future__ import annotations

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

# Screens, in the order of the menu
ASK = "Questions"
DEADLINES = "Échéances"
SCOPES = "Périmètres"
DOCUMENTS = "Documents"
ABOUT = "À propos"
REVIEW, GAPS, AUDIT, UPKEEP = "Vérification", "Manques", "Actions", "Entretien"

# Staff
STAFF_ONLY = "Espace de l’équipe"
LOGIN, LOG_IN, LOG_OUT = "Connexion de l’équipe", "Se connecter", "Se déconnecter"
YOUR_NAME, PASSWORD = "Votre nom", "Mot de passe"
WHY_YOUR_NAME = "Il est noté avec ce que vous faites."
LOGIN_BY_OIDC = "La connexion se fait avec votre compte, depuis les écrans de l’équipe."
LOGIN_BY_LINK = (
    "Aucune connexion n’est réglée. Sur la machine de l’assistant, ouvrez le lien à usage unique que « assistant "
    "serve » a écrit à son démarrage, ou donnez un mot de passe à l’équipe avec « assistant password »."
)
OPEN_STAFF_SCREEN = "Ouvrir l’écran et s’y connecter"
BACK_TO_QUESTIONS = "Retour aux questions"
OTHER_ACCOUNT = "Vous êtes connecté : {name}. Ce compte n’a pas ce rôle."

# Frame
UNOFFICIAL = "Assistant documentaire non officiel"
UP_TO = "Documents lus jusqu’au {day}"
UP_TO_UNKNOWN = "Date des documents inconnue"
OFFICIAL_SITE = "Site officiel"
CONTACT = "Contact"
FULL_PAGE = "Version complète"
SKIP = "Aller au contenu"
MENU = "Menu"
PLAIN_PAGE = "Version simple, sans JavaScript"
NOT_READY_TITLE = "L’assistant n’est pas prêt"
NOT_READY = "Aucune réponse ne peut être donnée pour l’instant. Ce qui s’est passé :"
NOT_READY_REMEDY = (
    "La personne qui gère l’assistant peut lancer « assistant build » pour construire l’index, ou « assistant check » "
    "pour savoir ce qui ne va pas. Rechargez ensuite cette page."
)
RELOAD = "Réessayer"
UNEXPECTED = (
    "Une erreur inattendue a empêché de répondre. Elle est notée dans le journal du serveur. "
    "Reformulez la question ou réessayez dans un instant."
)
UNEXPECTED_SCREEN = "Une erreur inattendue empêche de montrer cet écran ; elle est notée dans le journal du serveur."
UNEXPECTED_ACTION = "Une erreur inattendue a empêché l’action ; elle est notée dans le journal du serveur."

# Questions
ASK_PLACEHOLDER = "Posez votre question"
ASK_LABEL = "Votre question"
NEXT_QUESTION = "Une autre question, à la suite"
EARLIER = "Questions précédentes"
ASK_SUBMIT = "Poser la question"
EXAMPLES = "Par exemple"
PROMISE = (
    "Chaque phrase d’une réponse est une citation exacte d’un document, montrée à sa place. "
    "Ce qui n’y est pas écrit n’est pas inventé."
)
ONLY_LATEST = "Seuls les {kept} derniers échanges restent affichés."
NEW_CONVERSATION = "Nouvelle conversation"
MODEL_WRITES = "{model} rédige la réponse ; elle ne remplacera les citations que si chaque phrase est prouvée…"
WORDED_BY = "Rédigé par {model} ; chaque phrase a été vérifiée dans ses citations."
WORDING_REFUSED = "La rédaction proposée par {model} n’a pas été prouvée : la réponse reste faite de citations."
SHOW_WORDING = "Voir la réponse rédigée par {model} et vérifiée"
WORKING = "Recherche dans les documents…"
YOU_ASKED = "Question :"
UNDERSTOOD = "Compris :"
INHERITED = "repris de la conversation"
REMOVE_TERM = "Reposer la question sans « {label} »"
CHOICES, EXAMPLES_OF = "Préciser :", "Par exemple :"
NOTICES = "À savoir"
SUGGESTIONS = "Les documents répondent aussi à :"
SEE_CALENDAR = "voir dans les échéances"
DERIVED = "Déduit, non écrit tel quel dans la source :"
NEAREST = "Passages les plus proches (ce ne sont pas des réponses)"
COPY = "Copier"
COPY_HINT = "La réponse avec ses sources, prête à coller."
AS_TEXT, AS_MARKDOWN = "Texte", "Markdown"
DOWNLOAD_TEXT = "Télécharger (.txt)"
DOWNLOAD_MARKDOWN = "Télécharger (.md)"
IN_CALENDAR = "Voir les échéances"
PRINTABLE = "Imprimer"
DOWNLOAD_PDF = "Télécharger (.pdf)"
MADE_ON = "Établi le {day}"
ASK_ABOUT_DOCUMENT = "Réponses cherchées seulement dans : {title}"
ALL_DOCUMENTS = "Chercher dans tous les documents"
ANSWER_OF = {
    "answered": "Réponse",
    "partial": "Réponse partielle",
    "clarify": "Précision nécessaire",
    "not_found": "Pas dans les documents",
    "out_of_scope": "Hors du sujet",
}

# Sources
SOURCES = "Sources"
SOURCE = "source"
QUOTATION = "Voir dans son contexte la citation"
SUMMARY_CARD = "Fiche rédigée d’après {publisher}, page {when} ; la citation est celle de la fiche."
OPEN_ORIGINAL = "Ouvrir la page d’origine"
OPEN_SOURCE = "Ouvrir la page résumée"
OPEN_AS_READ = "Lire dans le document"
NEW_TAB = "nouvel onglet"
PAGE = "page {number}"
REPLACED_BY = "remplacée par [{number}]"
REPLACED = "remplacée"
UNDATED = "sans date"
ESTIMATED = "date estimée"
DOCUMENT_CHANGED = "Le document a changé depuis la construction de l’index : la citation n’est pas située."
PAGE_CHANGED = "Le fichier a changé depuis que l’assistant l’a lu : l’image de sa page n’est pas montrée."
KINDS = {
    "texte-officiel": "Texte officiel",
    "page-officielle": "Page officielle",
    "presse": "Presse",
    "fiche": "Fiche",
    "guide": "Guide",
    "faq": "Foire aux questions",
    "reponse": "Réponse validée",
}
QUOTED_ROW = "ligne citée"
WHERE = "Emplacement"

# Documents
DOCUMENTS_INTRODUCTION = "Tout ce que l’assistant a lu : {number} documents, chacun tel qu’il a été lu."
SEARCH, SEARCH_HINT = "Rechercher", "Mots du texte"
ALL = "Tout"
SUMMARY = "résumé par une fiche"
PUBLISHER, PUBLISHED, KIND, YEAR = "Éditeur", "Publication", "Nature", "Année"
VALID_UNTIL, LICENCE, FILE = "Valable jusqu’au", "Licence", "Fichier"
REPLACES, IS_REPLACED_BY = "Remplace", "Remplacé par"
PAGES, PASSAGES, DATES = "Pages", "Passages", "Dates relevées"
REPLACED_DOCUMENT = "remplacé"
REPLACED_BY_DOCUMENT = "remplacé par {title}"
BACK_TO_DOCUMENTS = "Tous les documents"
NO_SUCH_DOCUMENT = "Ce document n’est pas, ou n’est plus, parmi ceux que l’assistant a lus."
NO_TEXT = "Aucun texte n’a été lu dans ce document."
FILE_CHANGED = (
    "Le fichier a changé, ou n’est plus là, depuis que l’assistant l’a lu : le texte ci-dessous est celui qui a été "
    "lu, et aucune citation n’y est marquée."
)
ASK_ABOUT = "Poser une question sur ce document seulement"
DOCUMENT_FACTS = "À propos de ce document"
TEXT_AS_READ = "Texte lu"
PAGE_AS_READ = "Texte lu de la page {number}"
TEXT_BELOW = "Le texte de la page est donné plus bas."
PAGE_OF = "Page {number} sur {total}"
PREVIOUS, NEXT, ZOOM = "Page précédente", "Page suivante", "Agrandissement"
LEFT_OUT = "Laissé de côté à la lecture : {number}"

# Échéances
DEADLINES_INTRODUCTION = (
    "Les dates relevées dans les documents, chacune avec sa source. La prochaine d’abord ; les passées sont plus bas."
)
TERM_KINDS = {
    "wave": "Vague",
    "lane": "Couloir",
    "software": "Dispositif",
    "milestone": "Jalon",
    "profession": "Profession",
    "programme": "Programme",
}
DATE_KINDS = {
    "opens": "Ouverture",
    "closes": "Date limite",
    "takes_place": "Se déroule",
    "expected": "Prévu",
    "published": "Publication",
}
STATUSES = {
    "upcoming": "à venir",
    "today": "aujourd’hui",
    "past": "passée",
    "replaced": "remplacée",
    "conflict": "dates contradictoires",
}
GOING_ON = "en cours"
YEAR_INFERRED = "année déduite de la date du document"
CALLED_OFF = "annulée, ou laissée sans nouvelle date"
DATE_REPLACED_BY = "remplacée par : {when}"
REPLACES_DATE = "remplace : {when}"
BETWEEN = "Dates du {first} au {last}"
ON_DAY = "Dates du {first}"
ALL_DATES = "Voir toutes les dates"
WITH_REPLACED = "Montrer aussi les dates remplacées"
NOTHING_AHEAD = "Aucune échéance à venir n’est écrite dans les documents lus."
NOTHING_AHEAD_HERE = "Aucune échéance à venir ne répond à ces filtres."
NOTHING_FOUND = "Aucune échéance, à venir ou passée, ne répond à ces filtres."
NO_DOCUMENT_FOUND = "Aucun document ne répond à cette recherche."
CLEAR_FILTERS = "Effacer les filtres"
SOONEST = "Prochaine date précise :"
PAST = "Échéances passées ou remplacées ({number})"
NO_LANE = "Sans couloir"
TIMELINE = "Vue d’ensemble des échéances par couloir ; la liste qui suit donne les mêmes dates."
LANE_SUMMARY = "{number}, détaillées dans la liste"
HOLLOW = "signe creux : passé"
TODAY = "aujourd’hui"
TAKE_AWAY = "Emporter"
CALENDAR_FILE, CSV, XLSX = "Agenda (.ics)", "Tableau (.csv)", "Tableau (.xlsx)"
SUBSCRIBE = "Adresse d’abonnement, à donner à un agenda (elle suit les filtres choisis) :"
YES = "oui"
DUE_COLUMNS = (
    "Premier jour",
    "Dernier jour",
    "Heure",
    "Date en toutes lettres",
    "Nature",
    "Objet",
    "État",
    "Année déduite",
    "Remplacée par",
    "Citation",
    "Document",
    "Source",
    "Publication",
    "Page",
    "Adresse",
)

# Périmètres
SCOPES_INTRODUCTION = (
    "Qui est concerné par quelle vague, d’après les phrases qui le disent. "
    "« Non documenté » ne veut pas dire « non concerné » : les documents lus n’en disent rien d’assez net."
)
SCOPES_CAPTION = "Qui est concerné, par vague ; chaque case décidée s’ouvre sur ses citations."
NO_SCOPES = "Le vocabulaire de ce programme ne connaît ni vagues ni professions : il n’y a pas de périmètre à montrer."
WHO, I_AM, CHOOSE_WHO = "Couloir ou profession", "Je suis…", "Choisir une profession ou un couloir"
VERDICTS = {"concerned": "concerné", "not_concerned": "non concerné", "undocumented": "non documenté"}
VERDICT_SIGNS = {"concerned": "✓", "not_concerned": "✕", "undocumented": "–"}
CONTESTED = "les documents se contredisent"
SINCE = "d’après {publisher}, {when}"
LANE_SAYS = "son couloir : {verdict}"
HIS_LANE = "Couloir {lane} :"
MORE_PROOFS = "et {number} de plus"
NOTHING_AHEAD_FOR = "Les documents lus n’écrivent aucune échéance à venir pour « {who} »."
MY_DEADLINES, MY_SOURCES = "Échéances", "Sources"
PRINT = "Imprimer"
SCOPE_OF = "{who} : qui est concerné, et quand"

# À propos
ABOUT_MODEL = "Le modèle de langue"
NO_MODEL = (
    "Aucun modèle de langue n’est réglé : les réponses sont faites de citations, et rien ne quitte cette machine."
)
LOCAL_MODEL = (
    "{model}, sur cette machine, peut rédiger les réponses : ses phrases ne sont montrées qu’une fois prouvées par "
    "leurs citations. Rien ne quitte cette machine."
)
REMOTE_MODEL = (
    "{model}, sur une autre machine, peut rédiger les réponses : ses phrases ne sont montrées qu’une fois prouvées par "
    "leurs citations. Lui sont envoyés la question, sauf réglage contraire sans les noms, adresses, téléphones et "
    "numéros reconnus, et huit passages des documents au plus ; rien d’autre. Un nom écrit sans majuscule peut "
    "échapper."
)
INDEX_IN_USE = "L’index en service"
STATE_LABELS = {
    "documents": "Documents",
    "passages": "Passages",
    "deadlines": "Dates relevées",
    "model": "Modèle d’encodage",
    "generation": "Génération",
    "built_at": "Construit le",
}
