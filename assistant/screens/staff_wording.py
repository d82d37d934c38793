"""Every French sentence of the staff screens and of opinions, to be reviewed by people of the programme."""

from __future__ import annotations

# Opinions, on the ask screen
HELPFUL, NOT_HELPFUL = "Utile", "Pas utile"
ABOUT_ANSWER = "Cette réponse :"
ABOUT_SOURCES = "Avis sur une source"
REASONS = {
    "wrong_date": "Date fausse",
    "unrelated_source": "Source sans rapport",
    "incomplete": "Incomplet",
    "not_my_question": "Pas ma question",
}
WHAT_IS_WRONG, IN_YOUR_WORDS = "Ce qui ne va pas", "En quelques mots, sans donnée personnelle"
SEND_OPINION, THANKS = "Envoyer l’avis", "Merci : l’avis est transmis aux personnes qui relisent les réponses."
THUMBS = {"up": "utile", "down": "pas utile"}
VERIFIED_BADGE = "Réponse vérifiée par une personne le {day}"

# Vérification: the queue
REVIEW_INTRODUCTION = (
    "Les échanges à relire, les plus utiles d’abord : avis négatifs, échéances proches, doutes, répétés."
)
STATES = {"to_check": "À vérifier", "to_correct": "À corriger", "verified": "Vérifiées", "corrected": "Corrigées"}
STATE_OF = {"to_check": "à vérifier", "to_correct": "à corriger", "verified": "vérifiée", "corrected": "corrigée"}
STATE, EVERY_STATE = "État", "Tous"
OUTCOMES = {
    "answered": "Répondu",
    "partial": "En partie",
    "clarify": "Précision demandée",
    "not_found": "Pas dans les documents",
    "out_of_scope": "Hors du sujet",
}
OUTCOME, OPINION, ASSIGNEE, ORDER = "Issue", "Avis", "Attribué à", "Ordre"
OPINIONS = {"down": "Négatif", "up": "Positif"}
CONFIDENCE, BELOW = "Confiance", {"0.5": "moins de 50 %", "0.8": "moins de 80 %"}
DOCUMENT, TERM = "Document cité", "Terme compris"
ME = "Moi"
SEARCH, SEARCH_HINT = "Rechercher", "Mots de la question ou de la réponse"
WHY = {
    "returned": "réponse vérifiée à revoir",
    "disliked": "avis négatif",
    "due": "échéance proche",
    "often": "souvent posée",
    "unsure": "réponse peu sûre",
}
USEFUL_FIRST = "Les plus utiles"
SORTS = {
    "recent": "Les plus récents",
    "unsure": "Les moins sûrs",
    "often": "Les plus posés",
}
EMPTY_QUEUE = "Rien à montrer ici avec ces filtres."
START = "Commencer"
MORE = "Montrer la suite"
ASKED_TIMES = "posée {number} fois"
DUE_ON = "échéance le {day}"
SURE = "confiance {percent}\u00a0%"
KEYBOARD = (
    "Au clavier : O ouvre le premier, puis 1, 2, 3 jugent la citation montrée, T toutes à la fois, V vérifie, X met à "
    "corriger, N passe au suivant."
)

# Vérification: one exchange
BACK_TO_QUEUE = "Retour à la file"
NO_SUCH_EXCHANGE = "Cet échange n’existe pas, ou a été effacé."
VIEWS = {
    "check": "Phrases et citations",
    "seen": "Vu par la personne",
    "evidence": "Preuves",
    "replay": "Rejouer",
    "edit": "Corriger",
}
KEYS = {"check": "H", "seen": "B", "evidence": "U", "replay": "G", "edit": "E"}
SET_VERIFIED, SET_TO_CORRECT = "Marquer vérifiée", "Mettre à corriger"
ASSIGN_ME, FREE = "Me l’attribuer", "Ne plus me l’attribuer"
PREVIOUS_EXCHANGE, NEXT_EXCHANGE = "Précédent", "Suivant"
SERVE_AS_IS = "Servir telle quelle"
CLAIMS, OPEN_CITATION = "Affirmations", "Voir la citation {number}"
NO_CLAIM = "Rien n’a été affirmé : il n’y a pas de citation à juger."
VERDICTS = {"supports": "Soutient", "partly": "En partie", "does_not_support": "Ne soutient pas"}
VERDICT_SIGNS = {"supports": "✓", "partly": "≈", "does_not_support": "✕"}
ALL_SUPPORT = "Toutes soutiennent"
VERDICT = "Cette citation"
JUDGED, CITATIONS = "{done} sur {counted} jugée{s}", ("citation", "citations")
ASKED_BEFORE = "Demandé juste avant : {questions}"
GIVEN_OPINIONS, NO_OPINION = "Avis de la personne", "Aucun avis."
ON_ANSWER, ON_CITATION = "sur la réponse", "sur la citation {number}"
NOTES, NEW_NOTE, ADD_NOTE = "Notes", "Une note pour l’équipe", "Ajouter la note"
LINK = "Lien vers cet échange, tel que la personne l’a vu"
SERVED_VERIFIED = "Servie comme réponse vérifiée du {day}."
WAS_DONE = "Fait : {what}."
DONE_ALL = "La file est relue : il n’y a plus rien après."

# Evidence and replay of one exchange
EVIDENCE_INTRODUCTION = "Ce que la recherche a trouvé pour cette question, dans l’ordre ; ce qui a été cité est marqué."
GENERATION_CHANGED = "L’index a changé depuis : ces passages sont ceux d’aujourd’hui."
SEARCHED = "Recherché : {query}"
EVIDENCE_COLUMNS = ("Rang", "Passage", "Score", "Vecteurs", "Mots exacts", "Questions connues", "Termes", "Choisi")
CITED, NOT_CHOSEN = "cité", "non retenu"
REPLAY_INTRODUCTION = "La même question, posée maintenant à l’index en service."
SAME_ANSWER = "La réponse est la même."
BEFORE, NOW, CAUSES, CHANGES = "Ce que la personne a vu", "Maintenant", "Pourquoi", "Ce qui change"
FIELDS = {
    "outcome": "Issue",
    "understood": "Compris",
    "lead": "Phrase d’entrée",
    "statement": "Affirmation",
    "citation": "Citation",
    "notice": "Avertissement",
    "confidence": "Confiance",
    "writer": "Rédaction",
}
NOTHING_THERE = "—"

# Vérification: a verified answer
EDIT_INTRODUCTION = (
    "La réponse corrigée est servie la première à qui pose la même question, jusqu’à ce qu’un passage cité change. "
    "Chaque phrase s’appuie sur au moins une citation exacte ; ses nombres et ses dates doivent s’y trouver."
)
QUESTION, WORDINGS = "Question", "Autres façons de la poser (une par ligne)"
SENTENCE, QUOTATIONS = "Phrase {number}", "Citations qui la prouvent"
ADD_SENTENCE, REMOVE_SENTENCE = "Ajouter une phrase", "Retirer la phrase {number}"
PICKED, NONE_PICKED = "Citations choisies", "Aucune citation choisie : cherchez-en une ci-dessous."
REMOVE_QUOTATION = "Retirer la citation {number}"
FIND_QUOTATION, FIND_HINT = "Chercher une citation dans les documents", "Mots du passage cherché"
TAKE = "Prendre cette citation"
NOTHING_FOUND = "Aucun passage trouvé."
SAVE_VERIFIED = "Enregistrer et servir"
SAVED = "La réponse vérifiée est en service."
EARLIER_VERIFIED = "Une réponse vérifiée venue de cet échange existe déjà ; l’enregistrer à nouveau la remplace."
VERIFIED_BY = "Réponse vérifiée par {author} le {day} : {state}."
SERVICE = {"in_service": "en service", "returned": "retirée, à revoir", "retired": "retirée"}
RETIRE = "Ne plus la servir"

# Documents changed since
AFFECTED = "Réponses touchées"
AFFECTED_INTRODUCTION = "Réponses passées qui citaient un document retiré, remplacé ou changé depuis."
AFFECTED_COUNT = "{number} touchées par un document changé"
CHANGE = {"withdrawn": "retiré", "replaced": "remplacé", "changed": "changé"}
NONE_AFFECTED = "Aucune réponse passée ne cite un document retiré, remplacé ou changé."

# Manques
GAPS_INTRODUCTION = "Les questions restées sans réponse ou mal reçues, regroupées, sur {days} jours."
NO_GAPS = "Aucune question sans réponse sur cette période."
PERIOD, PERIODS = "Période", {"30": "30 jours", "90": "90 jours", "365": "un an"}
COUNTED = "{number} fois"
FIRST_LAST = "du {first} au {last}"
TRENDS = {"up": "en hausse", "down": "en baisse", "flat": "stable"}
NEAREST_DOCUMENT = "Document le plus proche : {title}"
THE_QUESTIONS = "Les questions ({number})"
WRITE_DOCUMENT = "Écrire un document"
DRAFT = "Brouillon du document"
DRAFT_HINT = "Complétez-le, puis ajoutez le fichier au corpus et son entrée au manifeste."
DOWNLOAD_DRAFT, CLOSE_DRAFT = "Télécharger le brouillon (.md)", "Fermer le brouillon"
WEEKS_TITLE = "Semaine par semaine"
WEEK_COLUMNS = (
    "Semaine du",
    "Posées",
    "Répondues",
    "Sans réponse",
    "Avis +",
    "Avis −",
    "Servies vérifiées",
    "Réponses vérifiées",
    "Médiane (ms)",
)
WEEK_KEYS = ("répondues", "sans réponse", "hors du sujet")
WEEKS_CHART = (
    "Questions par semaine, répondues, sans réponse et hors du sujet ; le tableau qui suit donne les mêmes nombres."
)
DOWNLOAD_WEEKS = "Tableau (.csv)"
GRID_TITLE = "Ce que le corpus couvre"
GRID_INTRODUCTION = (
    "Pour chaque vague, couloir et jalon : les échéances que donnent les documents, et les questions restées sans "
    "réponse. Une case vide qu’on demande est un document à trouver."
)
UNANSWERED = "{number} sans réponse sur {asked}"
NO_GRID = "Le vocabulaire ne connaît pas assez de vagues, de couloirs et de jalons pour ce tableau."

# Actions
AUDIT_INTRODUCTION = "Ce que l’équipe a fait, le plus récent d’abord."
AUDIT_COLUMNS = ("Quand", "Qui", "Quoi", "Sur", "Détail")
WHO = "Personne"
NO_ACTION = "Aucune action notée."
ACTIONS = {
    "state": "change l’état",
    "verdict": "juge une citation",
    "start-document": "commence un document",
    "assign": "attribue",
    "note": "note",
    "verify": "vérifie une réponse",
    "in_service": "remet en service",
    "returned": "renvoie dans la file",
    "retired": "retire une réponse",
    "forget": "efface une conversation",
    "erase": "efface les échanges anciens",
    "build": "lance une construction",
    "accept-build": "accepte un index refusé par la garde",
    "cancel-build": "annule une construction",
    "go-back": "remet en service une génération",
    "drop-file": "dépose un fichier",
    "discard-file": "écarte un fichier",
    "add-document": "ajoute un document",
    "edit-entry": "modifie une entrée",
    "withdraw-document": "retire un document",
    "restore-document": "remet un document",
    "undo-change": "annule une modification",
    "edit-term": "modifie un terme",
    "remove-term": "retire un terme",
    "generation": "met une génération en service",
}
