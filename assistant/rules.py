"""What the checks of a sentence need, of an index: its vocabulary, its stems, and the words that say the same."""

from __future__ import annotations

from assistant.new_words import NEUTRAL, Rules
from index.searching import Index

# Verbs by which one does something to another: what stands before and after them does not change places.
_ACTS = """
    payer verser financer rembourser rémunérer signer délivrer accorder attribuer piloter diriger commander déposer
    transmettre envoyer remettre fournir livrer recevoir percevoir valider contrôler vérifier désigner nommer installer
    équiper remplacer succéder exiger imposer demander obtenir rejoindre référencer homologuer agréer aider accompagner
    informer publier alimenter consulter acheter gérer régler rapporter annoncer organiser décider choisir proposer
    vendre attester reconnaître
"""


def rules_of(index: Index) -> Rules:
    """The rules for an index."""
    acts = frozenset(index.word_stems(_ACTS))
    # « reçoit » and « demande » state who does what, in whatever form.
    done = acts.union(*(index.forms(stem) for stem in acts))
    return Rules(
        index.vocabulary,
        index.word_stems,
        index.forms,
        index.same,
        acts=acts,
        neutral=frozenset(index.word_stems(NEUTRAL)) - done,
    )
