"""Every French sentence of the screens and of the plain page, to be reviewed by people of the programme."""

from __future__ import annotations

from datetime import date

from assistant.answers import Answer
from assistant.records import DocumentInfo, Source

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

# Frame
UNOFFICIAL = "Assistant documentaire non officiel"
UP_TO = "Documents lus jusqu’au {day}"
UP_TO_UNKNOWN = "Date des documents inconnue"
OFFICIAL_SITE = "Site officiel"
CONTACT = "Contact"
FULL_PAGE = "Version complète"
SKIP = "Aller au contenu"
PLAIN_PAGE = "Version simple, sans JavaScript"
NOT_READY_TITLE = "L’assistant n’est pas prêt"
NOT_READY = "Aucune réponse ne peut être donnée pour l’instant. Ce qui s’est passé :"
NOT_READY_REMEDY = (
    "La personne qui gère l’assistant peut lancer « assistant build » pour construire l’index, ou « assistant check » "
    "pour savoir ce qui ne va pas. Rechargez ensuite cette page."
)
RELOAD = "Réessayer"
UNEXPECTED = (
    "Une erreur inattendue a empêché de répondre. Elle est notée dans le journal du serveur. "
    "Reformulez la question ou réessayez dans un instant."
)

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
NEW_CONVERSATION = "Nouvelle conversation"
WORKING = "Recherche dans les documents…"
YOU_ASKED = "Question :"
UNDERSTOOD = "Compris :"
INHERITED = "repris de la conversation"
REMOVE_TERM = "Reposer la question sans « {label} »"
CHOICES = "Préciser :"
NOTICES = "À savoir"
DERIVED = "Déduit, non écrit tel quel dans la source :"
NEAREST = "Passages les plus proches (ce ne sont pas des réponses)"
COPY = "Copier la réponse"
COPY_HINT = "La réponse avec ses sources, prête à coller."
DOWNLOAD_TEXT = "Télécharger (.txt)"
DOWNLOAD_MARKDOWN = "Télécharger (.md)"
PRINTABLE = "Version imprimable"
ASK_ABOUT_DOCUMENT = "Réponses cherchées seulement dans : {title}"
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
QUOTATION = "Voir la citation dans son contexte"
NUMBERED_QUOTATION = "Voir la citation {number} dans son contexte"
QUOTATION_ON_PAGE = "Voir la citation sur sa page"
SUMMARY_CARD = "Fiche rédigée d’après {publisher}, page {when} ; la citation est celle de la fiche."
OPEN_ORIGINAL = "Ouvrir la page d’origine"
OPEN_SOURCE = "Ouvrir la page résumée"
OPEN_AS_READ = "Lire dans le document"
NEW_TAB = "nouvel onglet"
PAGE = "page {number}"
REPLACED_BY = "remplacée par [{number}]"
REPLACED = "remplacée"
UNDATED = "sans date"
ESTIMATED = "date estimée"
DOCUMENT_CHANGED = "Le document a changé depuis la construction de l’index : la citation n’est pas située."
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
DOCUMENTS_INTRODUCTION = "Tout ce que l’assistant a lu : {number} documents, chacun tel qu’il a été lu."
SEARCH = "Rechercher"
ALL = "Tout"
SUMMARY = "résumé par une fiche"
PUBLISHER, PUBLISHED, KIND, YEAR = "Éditeur", "Publication", "Nature", "Année"
VALID_UNTIL, LICENCE, FILE = "Valable jusqu’au", "Licence", "Fichier"
REPLACES, IS_REPLACED_BY, DATES = "Remplace", "Remplacé par", "Dates relevées"
REPLACED_DOCUMENT = "remplacé"
BACK_TO_DOCUMENTS = "Tous les documents"
NO_SUCH_DOCUMENT = "Ce document n’est pas, ou n’est plus, parmi ceux que l’assistant a lus."
NO_TEXT = "Aucun texte n’a été lu dans ce document."
FILE_CHANGED = (
    "Le fichier a changé, ou n’est plus là, depuis que l’assistant l’a lu : le texte ci-dessous est celui qui a été "
    "lu, et aucune citation n’y est marquée."
)
ASK_ABOUT = "Poser une question sur ce document seulement"
TEXT_AS_READ = "Texte lu"
PAGE_AS_READ = "Texte lu de la page {number}"
TEXT_BELOW = "Le texte de la page est donné plus bas."
PAGE_OF = "Page {number} sur {total}"
PREVIOUS, NEXT, ZOOM = "Page précédente", "Page suivante", "Agrandissement"
LEFT_OUT = "Laissé de côté à la lecture : {number}"


def kind_label(name: str) -> str:
    """The kind of a document, in words."""
    return KINDS.get(name, name)


def ready(answer: Answer) -> str:
    """What a screen reader hears once when an answer has arrived."""
    number = len(answer.citations)
    sources = f", {counted(number, 'source', 'sources')}" if number else ""
    return f"{ANSWER_OF[answer.outcome]}{sources}."


def counted(number: int, one: str, many: str) -> str:
    """« 1 source », « 3 sources »."""
    return f"{number} {one if number < 2 else many}"


def day(value: date) -> str:
    """« 1er mai 2023 », « 24 mai 2023 »; the spaces do not break."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}\u00a0{MONTHS[value.month - 1]}\u00a0{value.year}"


def up_to(value: date | None) -> str:
    """« Documents lus jusqu'au … »."""
    return UP_TO.format(day=day(value)) if value else UP_TO_UNKNOWN


def kind(source: Source) -> str:
    """The kind of a source, in words."""
    return kind_label(source.kind)


def published(source: Source) -> str:
    """The publication as precisely as it is known: day, month, year or a range; « (date estimée) » when it is."""
    if source.published is None:
        return UNDATED
    words = _range(source.published.first, source.published.last)
    return f"{words} ({ESTIMATED})" if source.published_on_estimated else words


def summary_notice(info: DocumentInfo) -> str | None:
    """What the card of a summary of ours says about the source it was written from; None for an original."""
    if info.summarised is None:
        return None
    source = info.summarised
    when = published(source)
    known = source.published is not None and source.published.first == source.published.last
    joined = f"du {when}" if known else when if when == UNDATED else f"de {when}"
    return SUMMARY_CARD.format(publisher=source.publisher, when=joined)


def _range(first: date, last: date) -> str:
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} à {last.year}"
    month, last_month = f"{MONTHS[first.month - 1]} {first.year}", f"{MONTHS[last.month - 1]} {last.year}"
    return month if month == last_month else f"{month} à {last_month}"
