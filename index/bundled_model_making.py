"""The bundled weights → everything that the int8 model needs, made once (about 1 s).

Activations are quantised over a whole text, so a single large channel costs all others their precision; this model has
a few that reach 20 to 60 where the rest stay under 1. They are the same ones for every text, so a dozen sentences are
enough to find them, and `bundled_model_graph` scales them down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.bundled_model_files import PreparedModel
from index.bundled_model_graph import INPUT, build_graph, build_observer
from index.bundled_model_session import open_session, quantisation_levels
from index.bundled_model_tokens import Tokens, sort_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.bundled_model_weights import Weights

_SENTENCES = (
    "query: date limite de dépôt ?",
    "query: Qui est concerné, et à partir de quand ?",
    "query: combien coûte l'installation",
    "passage: Le guichet ferme le vendredi 14 décembre 2023 à 14 h ; les demandes reçues plus tard sont refusées.",
    "passage: Calendrier › seconde période — commande : 15/03/2024 ; avance : 30/04/2024 ; solde : 19/12/2024",
    "passage: « Nous avons besoin de temps », dit la directrice : les équipes n'ont pas encore été formées.",
    "passage: Article 3. – Le bénéficiaire garde, pendant cinq ans, toutes les pièces (art. L. 1111-24 du code).",
    (
        "passage: Le fleuve prend sa source à 1 408 mètres, traverse trois départements et se jette dans l'océan. Ses "
        "crues, fréquentes jusqu'au XIXe siècle, ont cessé depuis que deux barrages en règlent le cours."
    ),
    "passage: DPI, RIS, SGL, LGO : derrière ces sigles, des logiciels de métier, et 12,5 % d'un budget de 2 307 000 €.",
    "passage: The deadline has been moved to the end of April; hospitals will be told by letter.",
    "passage: 1",
)
_LIMIT_TOKENS = 512


def prepare(weights: Weights) -> PreparedModel:
    """The sorted pieces and the graph for this processor."""
    table, ids = sort_pieces(weights.piece_texts())
    tokens = Tokens(table, ids, weights.vocabulary())
    largest = largest_activations(weights, tokens)
    return PreparedModel(build_graph(weights, levels=quantisation_levels(), largest=largest), table, ids)


def largest_activations(weights: Weights, tokens: Tokens) -> dict[str, NDArray[np.float32]]:
    """Matrix → the largest absolute value in each channel of its input, over the sentences."""
    session = open_session(build_observer(weights))
    names = [output.name for output in session.get_outputs()]
    inputs = [weights.embed(tokens.encode(text, limit=_LIMIT_TOKENS))[None] for text in _SENTENCES]
    runs = [session.run(names, {INPUT: embeddings}) for embeddings in inputs]
    return {name: np.max(values, axis=0) for name, values in zip(names, zip(*runs, strict=True), strict=True)}
