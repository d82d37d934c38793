"""The fixed sentences of an answer, in French. They state nothing about the programme that the documents do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.dating import format_day
from index.records import DayRange, Programme, Source

# Questions that are proposed beside an answer.
WHICH_DATES = "{terms} : quelles sont les échéances ?"
WHAT_IS = "Que désigne « {term} » ?"
WHO_IS_CONCERNED = "Qui est concerné par la {term} ?"

EMPTY = "La question est vide : écrivez ce que vous cherchez, par exemple une échéance, un périmètre ou un sigle."
TOO_LONG = "La question est trop longue pour être comprise : posez-la en moins de {limit} caractères."
UNREADABLE = "Je n'ai pas trouvé de mots dans cette question : écrivez-la en quelques mots, en français."
FORMERLY = "Auparavant"
NOT_FOUND = "Je n'ai pas trouvé la réponse dans les documents."
NEAREST = "Les passages les plus proches sont donnés ci-dessous ; ce ne sont pas des réponses."
ADVICE = "Je ne donne pas de conseil médical, juridique ou personnel : adressez-vous à un professionnel compétent."
OPINION = "Je ne compare pas les produits et ne donne pas d'avis."
POSTPONED_NOTICE = (
    "Cette date a déjà été modifiée par le passé : vérifiez-la sur la page d'origine avant de vous engager."
)
CONFLICT_NOTICE = (
    "Les documents se contredisent sur ce point : les dates données sont toutes citées, aucune n'est dite en vigueur."
)


CONFLICTING_FACTS = "Les documents se contredisent sur ce point : aucune des valeurs données n'est dite en vigueur."
DENIED = "La question part de ce que les documents ne disent pas. Ce qu'ils en disent :"
NO_EXACT_DAY = "Les documents ne donnent pas le jour exact. Ce qu'ils en disent :"
NOT_COMPARED = "Les documents ne font pas cette comparaison. Ce qu'ils disent de chacun :"
MODEL_FAILED = "{reason} La réponse est faite de citations seules."


_ENDS = {"opens": "d'ouverture", "closes": "de fin"}
CLARIFY = {
    "profession": "La réponse dépend de votre profession ou de votre secteur : lequel est-ce ?",
    "subject": "De quoi parlez-vous ? Précisez la vague, le programme ou l'étape.",
}


def model_failed(reason: str) -> str:
    """A notice: the language model gave nothing, the quotations stand."""
    return MODEL_FAILED.format(reason=reason)


def scope(programme: Programme) -> str:
    """What the assistant answers, in one polite sentence, with an example."""
    example = f" Essayez par exemple : « {programme.examples[0]} »" if programme.examples else ""
    subject = f"le programme « {programme.name} »"
    return f"Je réponds uniquement aux questions sur {subject}, à partir de ses documents.{example}"


def greeting(programme: Programme) -> str:
    """The answer to a greeting."""
    return f"Bonjour ! {scope(programme)}"


def thanks() -> str:
    """The answer to thanks."""
    return "Avec plaisir. N'hésitez pas à poser une autre question."


def abilities(programme: Programme) -> str:
    """The answer to « what can you do? »."""
    examples = " ".join(f"« {example} »" for example in programme.examples[:3])
    return (
        f"Je retrouve dans les documents du programme « {programme.name} » les vagues, les périmètres, les échéances, "
        "et je réponds par des citations exactes avec leur source ; quand les documents ne répondent pas, je le dis."
        + (f" Par exemple : {examples}" if examples else "")
    )


def no_such_term(text: str, known: Sequence[str]) -> str:
    """« Les documents ne décrivent pas de vague 3 ; ils décrivent Vague 1 et Vague 2. »."""
    described = f" ; ils décrivent : {joined(known)}" if known else ""
    return f"Les documents ne décrivent pas « {text} »{described}."


def told_of_unknown(text: str) -> str:
    """Opens what documents say of something that the vocabulary does not have."""
    return f"« {text} » ne fait pas partie de ce que les documents décrivent d'ordinaire. Ils le nomment ici :"


def not_found(contact: str | None) -> str:
    """Nothing answers; whom to ask, when the corpus says."""
    whom = f" Vous pouvez demander à {contact}." if contact else ""
    return f"{NOT_FOUND}{whom}"


def closest(open_words: Sequence[str] = ()) -> str:
    """Opens what is nearest when it may not be what was asked; names the words that it says nothing of."""
    told = (
        f"Je n'ai rien trouvé sur {quoted(open_words)}."
        if open_words
        else "Je ne suis pas certain que ceci réponde exactement à la question."
    )
    return f"{told} Ce que les documents disent de plus proche :"


def quoted(words: Sequence[str]) -> str:
    """« un », « deux », « trois »."""
    return ", ".join(f"« {word} »" for word in words)


def no_date(subject: str) -> str:
    """Opens a near miss: the date asked is not in the documents, and here is what is."""
    return f"Les documents ne donnent pas de date pour : {subject}. Ce qu'ils donnent :"


def no_end(kind: str, subject: str) -> str:
    """The documents date the other end alone."""
    return f"Les documents ne donnent pas de date {_ENDS[kind]} pour : {subject}."


def nothing_ahead(day: date, subject: str) -> str:
    """No date from a day on."""
    about = f" pour : {subject}" if subject else ""
    return f"Au {format_day(day)}, les documents ne donnent aucune échéance à venir{about}."


def nothing_in(period: DayRange, subject: str) -> str:
    """No date within a period."""
    about = f" pour : {subject}" if subject else ""
    return f"Du {format_day(period.first)} au {format_day(period.last)}, les documents ne donnent aucune date{about}."


def one_side_only(missing: str) -> str:
    """Opens half of a comparison."""
    return f"Je n'ai rien trouvé sur ce point pour : {missing}. Ce que les documents disent de l'autre :"


def no_exact_date(subject: str) -> str:
    """Opens a list of dates when none is surely the one asked."""
    return f"Je n'ai pas trouvé exactement cette date. Celles que les documents donnent pour : {subject} :"


def no_date_but(subject: str) -> str:
    """Opens what is known of a subject for which no date is given."""
    return f"Aucune date n'est donnée dans les documents pour : {subject}. Ce qu'ils en disent :"


def formerly(source: Source, text: str) -> str:
    """A replaced statement, with who said it and when."""
    when = f", {published(source)}" if source.published else ""
    return f"{FORMERLY}, selon {source.publisher or 'un document plus ancien'}{when} : {text}"


def amended(value: str, source: Source) -> str:
    """What a later text put in the place of a figure."""
    when = f", {published(source)}" if source.published else ""
    return f"remplacé par {value}, selon {source.publisher or 'un document plus récent'}{when}"


def published(source: Source) -> str:
    """« page du 15 novembre 2024 », « page de 2022 (date estimée) »."""
    if source.published is None:
        return "sans date"
    return period(source.published) + (" (date estimée)" if source.published_on_estimated else "")


def period(days: DayRange) -> str:
    """The days that a publication date covers, as « du 24 mai 2023 », « de 05/2023 », « de 2023 »."""
    first, last = days.first, days.last
    if first == last:
        return f"du {format_day(first)}"
    if first.year == last.year:
        return f"de {first.month:02d}/{first.year}" if first.month == last.month else f"de {first.year}"
    return f"de {first.year}-{last.year}"


def as_of(day: date) -> str:
    """« Au 23 novembre 2026 : »."""
    return f"Au {format_day(day)} :"


def days_left(days: int) -> str:
    """« il reste 12 jours », « échéance passée depuis 3 jours », « c'est aujourd'hui »."""
    if days == 0:
        return "c'est aujourd'hui"
    unit = "jour" if abs(days) == 1 else "jours"
    return f"il reste {days} {unit}" if days > 0 else f"échéance passée depuis {-days} {unit}"


def expired(title: str, how: str) -> str:
    """A notice for a document that is no longer in force; `how` is one of the two that follow."""
    return f"« {title} » {how}."


def framed_in(title: str) -> str:
    """How a term that the quoted words do not name was found."""
    return f"d'après ce qui précède ou encadre le passage dans « {title} »"


def ended(day: date) -> str:
    """« n'est plus en vigueur depuis le 31 mars 2026 »."""
    return f"n'est plus en vigueur depuis le {format_day(day)}"


def replaced_by(title: str) -> str:
    """« est remplacé par « Guide, édition de juin » »."""
    return f"est remplacé par « {title} »"


def to_verify(source: Source) -> str:
    """A notice for a deadline ahead that rests on an old or weak source."""
    page = ", ".join(part for part in (f"une page {published(source)}", source.publisher) if part)
    return f"À vérifier : ce qui est à venir ici vient d'{page}, et a pu changer."


def inferred(year: str, how: str) -> str:
    """A notice for a year that the document does not write."""
    return f"L'année {year} n'est pas écrite dans le document : {how}."


def joined(names: Sequence[str]) -> str:
    """« a, b et c »."""
    return " et ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)
