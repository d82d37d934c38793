from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import letters

from index.answer_fitting import whitening
from index.keywords import Keywords
from index.known_answers import KnownAnswers
from index.known_questions import KnownQuestions, save
from index.phrasings import Placed
from index.ranking import softmax

QUESTIONS = (
    "quand ferme le guichet", "jusqu'à quel jour déposer au guichet",
    "qui contrôle les déclarations", "quelle agence contrôle ce que j'ai déclaré",
    "combien paie l'État pour la mise à jour", "quel montant pour la mise à jour",
)  # fmt: skip
ANSWERS = np.array([0, 0, 1, 1, 2, 2])


def vectors(texts: Iterable[str]) -> np.ndarray:
    return np.stack([letters(text) for text in texts])


def fitted(questions: Sequence[str] = QUESTIONS, answers: np.ndarray = ANSWERS) -> tuple[KnownAnswers, Keywords]:
    keywords = Keywords.build(questions)
    return KnownAnswers.fit(questions, vectors(questions), keywords, answers), keywords


def asked(known: KnownAnswers, keywords: Keywords, text: str) -> np.ndarray:
    return softmax(known.logits(letters(text), keywords.numbered(text)))


@pytest.mark.parametrize(
    ("text", "answer"),
    [("le guichet ferme quand", 0), ("on contrôle nos déclarations : qui ça ?", 1), ("mise à jour : quel montant", 2)],
)
def test_what_is_worded_like_the_questions_of_an_answer_asks_for_it(text: str, answer: int) -> None:
    shares = asked(*fitted(), text)
    assert shares.shape == (3,)
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert int(shares.argmax()) == answer


def test_fitting_is_the_same_each_time_and_survives_the_disk(tmp_path: Path) -> None:
    (first, keywords), (second, _) = fitted(), fitted()
    first.save(tmp_path / "learned")
    vector, words = letters("le guichet"), keywords.numbered("le guichet")
    for other in (second, KnownAnswers.open(tmp_path / "learned")):
        assert first.logits(vector, words) == pytest.approx(other.logits(vector, words), abs=1e-6)


def test_a_single_question_is_always_the_one_asked_for() -> None:
    known, keywords = fitted(QUESTIONS[:1], ANSWERS[:1])
    assert asked(known, keywords, "tout autre chose").tolist() == [1.0]


def test_directions_in_which_questions_of_one_answer_differ_count_less() -> None:
    random = np.random.default_rng(3)
    answers = np.repeat(np.arange(20), 6)
    middles = random.normal(size=(20, 4))
    noise = random.normal(size=(120, 4)) * np.array([3.0, 0.1, 0.1, 0.1])
    turned = ((middles[answers] + noise) @ whitening(middles[answers] + noise, answers)).astype(np.float64)

    def unevenness(vectors: np.ndarray) -> float:
        within = np.cov(
            np.concatenate([vectors[answers == one] - vectors[answers == one].mean(axis=0) for one in range(20)]).T
        )
        lengths = np.linalg.eigvalsh(within)
        return float(lengths.max() / lengths.min())

    assert unevenness(turned) < 0.3 * unevenness(middles[answers] + noise)


def questions_of(targets: Mapping[str, int], folder: Path) -> KnownQuestions:
    """Known questions saved and opened, each answered by the sentence of a passage of this number."""
    placed = Placed(tuple(targets), tuple(((passage, 0),) for passage in targets.values()), ())
    folder.mkdir()
    save(folder, placed, vectors(targets).astype(np.float16))
    known = KnownQuestions.open(folder)
    assert known is not None
    return known


def test_many_answers_are_compared_with_each_other_and_a_follow_up_s_own_words_count_again(tmp_path: Path) -> None:
    things = [f"{first}{second}{third}o" for first in "bcdfgl" for second in "aeiou" for third in "mnprstv"]
    targets = {
        f"{what} de {thing}": 2 * n + m for n, thing in enumerate(things) for m, what in enumerate(("prix", "fin"))
    }
    known = questions_of(targets, tmp_path / "many")

    def best(*texts: str) -> tuple[int, float]:
        found = known.answered_by([(text, letters(text)) for text in texts])
        place = max(found, key=lambda one: found[one])
        assert all(0 <= likely <= 1 for likely in found.values())
        return place[0], found[place]

    assert known.passages == len(targets)
    assert best("fin de lotavo, prix de bamo")[0] in (0, 1)
    assert best("le prix de bamo")[0] == 0
    whole = "fin : prix de bamo"
    own = known.answered_by([(text, letters(text)) for text in (whole, "fin")])
    alone = known.answered_by([(whole, letters(whole))])
    assert own[1, 0] / own[0, 0] > alone[1, 0] / alone[0, 0]
