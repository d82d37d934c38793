"""What surrounds an article pasted as text is left out, whatever its kind; documents without furniture lose nothing."""
# ruff: noqa: E501 (sample texts are kept on one line, as people paste them)

from __future__ import annotations

from pathlib import Path

import pytest
from file_makers import info, texts

from index.furniture_cues import is_byline, is_dated, load_cues
from index.reading import read_document
from index.records import Document

LEAD = (
    "Le conseil régional finance quarante bornes de recharge dans les gares de la vallée, a annoncé mardi sa présidente, "
    "lors d'une visite du chantier de la gare centrale."
)
BODY = (
    "Les travaux commencent le 3 mars et durent six mois. Chaque gare reçoit deux bornes, posées par le service des routes, "
    "et les communes paient un dixième du prix. « Nous voulons finir avant l'été », a dit la présidente, qui a rappelé que "
    "les demandes des communes sont à déposer au plus tard le 30 janvier à 12 heures auprès du service des mobilités."
)
LAST = (
    "Les communes qui ont déjà une borne peuvent demander une aide pour la remplacer, dans la limite de 4 000 euros par "
    "borne. La liste des modèles acceptés est publiée par le service des mobilités chaque trimestre."
)
ARTICLE = "\n\n".join(["Quarante bornes dans les gares de la vallée", LEAD, BODY, LAST])


def read_text(folder: Path, text: str, name: str = "a.txt") -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_document(path, info(path))


def assert_article(document: Document, *, without: str) -> None:
    (page,) = document.pages
    assert texts(page, "paragraph") == [LEAD, BODY, LAST]
    assert without not in page.text
    assert without in "\n".join(left.text for left in document.left_out)


TAILS = {
    "dated list": "Sur le même sujet\n\nUn tramway pour la ville haute\n12 janvier 2025\n\nLe budget du festival voté\n8 janvier 2025",
    "finished teasers": (
        "Nos derniers articles\n\nUn tramway pour la ville haute\n\nLe 12/01/2025 - Par Jeanne Martin\n\n"
        "La ville haute aura son tramway en 2030. Le chantier commence par le pont, qui sera fermé tout l'hiver, puis "
        "continue vers le stade et la place du marché.\n\nLe budget du festival voté\n\nLe 08/01/2025 - Par Luc Petit\n\n"
        "Le festival de Villefranche reçoit deux millions d'euros de la région et du département pour sa trentième année, "
        "qui se tient du 4 au 9 juillet."
    ),
    "cut teasers without a word": (
        "Un tramway pour la ville haute\n\n12 janv. 2025\n\nLa ville haute aura son tramway en 2030 et le chantier "
        "commence par le pont, qui sera fermé tout l'hiver avant de ...\n\nLe budget du festival voté\n\n8 janv. 2025\n\n"
        "Le festival reçoit deux millions d'euros de la région et du département pour sa trentième année, qui ..."
    ),
    "read more": (
        "Articles similaires\n\nUn tramway pour la ville haute\nLa ville haute aura son tramway en 2030… Lire la suite\n\n"
        "Le budget du festival\nLe festival reçoit deux millions d'euros… Lire la suite"
    ),
    "newsletter": "Newsletter\n\nInscrivez-vous à notre newsletter pour suivre le tramway\n\nVotre adresse e-mail\n\nJe m'inscris",
    "share and comments": (
        "Partager cet article\nFacebook\nTwitter\nLinkedIn\n\n2 commentaires\n\nPaul dit :\n12 janvier 2025 à 10:12\n\n"
        "Il aurait fallu un tramway, comme dans la ville haute où tout le monde le prend le matin pour aller au marché."
    ),
    "author": (
        "À propos de l'auteur\n\nJeanne Martin suit le tramway et les transports depuis vingt ans pour plusieurs journaux."
    ),
    "cookies": (
        "Nous utilisons des cookies pour mesurer l'audience du tramway. Vous pouvez les refuser à tout moment.\n\n"
        "Tout accepter\n\nTout refuser"
    ),
    "legal": "Mots-clés : tramway, bornes\n\n© 2025 La Vallée. Tous droits réservés.\n\nMentions légales\n\nNous contacter",
    "might interest": "Ces articles pourraient vous intéresser :\n- Un tramway pour la ville haute\n- Le budget du festival voté",
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_what_follows_an_article_is_left_out(tmp_path: Path, tail: str) -> None:
    without = next(word for word in ("tramway", "Tout refuser", "droits") if word in tail)
    assert_article(read_text(tmp_path, f"{ARTICLE}\n\n{tail}\n"), without=without)


MIDDLES = {
    "one line": "À lire aussi : Un tramway pour la ville haute",
    "arrow": "Lire aussi : « Un tramway pour la ville haute »",
    "list": "Sur le même sujet\n- Un tramway pour la ville haute\n- Le budget du festival voté",
    "title below": "À lire aussi\n\nUn tramway pour la ville haute",
    "newsletter": "Abonnez-vous à notre newsletter et ne manquez aucune actualité du tramway",
    "finished teaser": (
        "Nos derniers articles\n\nUn tramway pour la ville haute\n\nIl y a 2 jours\n\nLa ville haute aura son tramway en "
        "2030. Le chantier commence par le pont, fermé tout l'hiver, puis continue vers le stade et la place du marché."
    ),
    "mailing": "Voir dans le navigateur\n\nVous recevez ce message parce que vous prenez le tramway. Se désinscrire",
    "advert": "La suite après la publicité\n\nÀ lire aussi : Un tramway",
}


@pytest.mark.parametrize("middle", MIDDLES.values(), ids=MIDDLES)
def test_what_interrupts_an_article_is_left_out(tmp_path: Path, middle: str) -> None:
    text = "\n\n".join(["Quarante bornes dans les gares de la vallée", LEAD, middle, BODY, LAST])
    assert_article(read_text(tmp_path, text), without="tramway")


TOPS = {
    "skip links": "Aller au contenu\nMenu\nRechercher\nSe connecter",
    "breadcrumb": "Accueil > Transports > tramway",
    "cookies": "Ce site utilise des cookies pour le tramway.\n\nTout accepter\nContinuer sans accepter",
}


def test_heading_after_a_list_of_articles_is_kept(tmp_path: Path) -> None:
    related = "Sur le même sujet\n- Un tramway pour la ville haute\n- Le budget du festival"
    text = "\n\n".join(["Quarante bornes dans les gares", LEAD, related, "Le calendrier", BODY, LAST])
    document = read_text(tmp_path, text)
    assert_article(document, without="tramway")
    assert texts(document.pages[0], "heading")[1:] == ["Le calendrier"]


@pytest.mark.parametrize("top", TOPS.values(), ids=TOPS)
def test_what_stands_above_an_article_is_left_out(tmp_path: Path, top: str) -> None:
    document = read_text(tmp_path, f"{top}\n\n{ARTICLE}")
    assert texts(document.pages[0], "paragraph")[-3:] == [LEAD, BODY, LAST]
    assert texts(document.pages[0], "heading") == ["Quarante bornes dans les gares de la vallée"]


@pytest.mark.parametrize(
    "credit",
    [
        "24 mai 2023 - 17:56,\nActualité - La Vallée",
        "Publié le 24 mai 2023 à 17h56\nPar Jeanne Martin",
        "Par Jeanne Martin, le 24/05/2023",
        "Mis à jour le 2 juin 2023\nTemps de lecture : 3 min",
        "Communiqué de presse\n24 mai 2023",
    ],
)
def test_date_and_author_stay_readable_but_are_never_quoted(tmp_path: Path, credit: str) -> None:
    text = ARTICLE.replace("\n\n", f"\n\n{credit}\n", 1)
    document = read_text(tmp_path, text)
    (page,) = document.pages
    assert texts(page, "paragraph") == [LEAD, BODY, LAST]
    assert all(line in page.text for line in credit.split("\n"))


MINUTES = """Compte rendu de la réunion du comité

12 mars 2024

Présents : Mme Martin, M. Petit, Mme Roy.

1. Accueil

La présidente ouvre la séance à 9 heures et remercie les présents.

2. Commentaires

Les commentaires reçus portent sur le calendrier. Trois communes demandent un délai.

3. Partager

Le comité décide de partager les comptes rendus avec les communes.

Prochaine réunion

15 avril 2024
"""

FAQ = """Questions fréquentes

Qui est concerné ?

Toutes les communes de la vallée sont concernées.

Où s'inscrire ?

Inscrivez-vous sur le portail avant le 12 mars. Votre adresse électronique sert d'identifiant.

Connexion

Le lien de connexion est envoyé par courriel.

À lire

Le règlement de l'aide est à lire avant tout dépôt.

Auteur

Le service des mobilités est l'auteur du règlement.
"""

DEADLINES = """Calendrier des dépôts

Date limite de dépôt :
30 janvier 2025

Ouverture du portail :
6 janvier 2025

Publicité

Les avis sont publiés dans la presse locale quinze jours avant le dépôt.
"""

LONG = "\n\n".join(
    f"Partie {n}\n\nLa commune numéro {n} dépose son dossier avant le {n % 28 + 1} mars. Elle reçoit une réponse sous "
    f"{n} jours, par courrier, et peut demander un délai de {n} semaines au service des mobilités..."
    for n in range(1, 60)
)


@pytest.mark.parametrize("text", [MINUTES, FAQ, DEADLINES, LONG], ids=["minutes", "questions", "deadlines", "long"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_document_without_furniture_loses_nothing(tmp_path: Path, text: str, name: str) -> None:
    document = read_text(tmp_path, text, name)
    assert document.left_out == ()
    wanted = [line.lstrip("- ") for line in text.splitlines() if line.strip()]
    assert [line for line in wanted if line not in document.pages[0].text] == []


def test_dates_that_are_content_are_quoted(tmp_path: Path) -> None:
    document = read_text(tmp_path, DEADLINES)
    assert {"30 janvier 2025", "6 janvier 2025"} <= set(texts(document.pages[0], "paragraph"))


def test_markdown_copy_of_an_article_loses_its_furniture_only(tmp_path: Path) -> None:
    text = f"# Quarante bornes\n\n{LEAD}\n\n{BODY}\n\n**À lire aussi :** [Un tramway](x)\n\n## Calendrier\n\n{LAST}\n\n## Articles similaires\n\n- [Un tramway](y)\n"
    document = read_text(tmp_path, text, "a.md")
    assert_article(document, without="Un tramway")
    assert texts(document.pages[0], "heading") == ["Quarante bornes", "Calendrier"]


def test_dated_lines_and_bylines_are_told_from_sentences() -> None:
    cues = load_cues()
    for line in (
        "24 mai 2023 - 17:56,",
        "Publié le 1er juin 2023",
        "02 fév. 2026 - 22:49,",
        "Mardi 3 mars 2025",
        "2025-01-12",
    ):
        assert is_dated(line, cues), line
    for line in (
        "La date limite est le 24 mai 2023",
        "Dépôt le 24 mai 2023",
        "Avant le 24 mai 2023",
        "24 mai 2023 : clôture des dépôts",
    ):
        assert not is_dated(line, cues), line
    for line in ("Par Jeanne Martin", "Actualité - DSIH", "Rédaction, La Vallée", "Tribune"):
        assert is_byline(line, cues), line
    for line in (
        "Par courrier",
        "Analyse des besoins de la commune et du canton en bornes",
        "Dossier complet avant le 3 mars.",
    ):
        assert not is_byline(line, cues), line
