import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.meaning import Meaning, default_meaning, similar, top
from sayso.meaning.vectors import LONGEST, ROWS

MEANING = default_meaning()
TEXTS = [
    "The army said it had freed 41 hostages near the town of Orvela.",
    "A spokesman for the military told reporters that dozens of captives were released close to Orvela.",
    "Ministers in Tarnow agreed on Friday to raise the price of bread.",
    "",
    "— … !",
]
ALIKE = [
    ("The dam burst after two days of heavy rain, killing at least 30 villagers.",
     "At least thirty people in the villages died when the dam gave way following downpours."),
    ("The rebels denied that they had agreed to a ceasefire.",
     "Insurgents say there is no truce deal."),
    ("Police arrested the mayor on suspicion of taking bribes.",
     "The mayor was detained by officers in a corruption inquiry."),
    ("The company will close its factory in Lund and cut 500 jobs.",
     "Some 500 workers are to be laid off as the Lund plant shuts down."),
]  # fmt: skip


def rows(count: int, width: int = 128, seed: int = 3) -> npt.NDArray[np.int8]:
    return np.random.default_rng(seed).integers(-127, 128, (count, width), dtype=np.int8)


def test_a_text_has_the_same_vector_alone_and_in_any_batch() -> None:
    together = MEANING.vectors(TEXTS * 20)
    assert together.dtype == np.int8
    assert together.shape == (100, MEANING.width)
    for row, text in zip(together, TEXTS * 20, strict=True):
        assert (MEANING.vectors([text])[0] == row).all()


@given(st.lists(st.text(max_size=80), max_size=20), st.randoms())
def test_order_and_neighbours_change_nothing(texts: list[str], chance: "st.DrawFn") -> None:
    order = list(range(len(texts)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    assert (MEANING.vectors([texts[i] for i in order]) == MEANING.vectors(texts)[order]).all()


@given(st.text(st.characters(), max_size=300))
def test_any_string_gives_a_unit_vector_or_zeros(text: str) -> None:
    (vector,) = MEANING.vectors([text]).astype(float)
    assert not vector.any() or abs(np.linalg.norm(vector) - 127) < 4


@pytest.mark.parametrize("text", ["", " \n", "[CLS] [SEP]", "\x00"])
def test_texts_without_a_word_give_zeros(text: str) -> None:
    assert not MEANING.vectors([text]).any()


def test_no_texts_give_no_rows() -> None:
    assert MEANING.vectors([]).shape == (0, MEANING.width)


def test_one_string_is_no_list_of_texts() -> None:
    with pytest.raises(TypeError, match="into a list"):
        MEANING.vectors("The bridge is open.")


def test_of_a_very_long_text_the_beginning_counts() -> None:
    text = "The ferry sank off the coast. " * (LONGEST // 10)
    assert (MEANING.vectors([text]) == MEANING.vectors([text[:LONGEST]])).all()
    assert similar(MEANING.vectors([text])[0], MEANING.vectors([text[:30]]))[0] > 0.99


def test_case_does_not_matter() -> None:
    assert (MEANING.vectors(["THE ARMY SAID"]) == MEANING.vectors(["the army said"])).all()


@pytest.mark.parametrize("pair", ALIKE)
def test_paraphrases_are_nearer_than_what_others_say(pair: tuple[str, str]) -> None:
    others = [text for other in ALIKE if other != pair for text in other] + TEXTS
    query, *matrix = MEANING.vectors([*pair, *others])
    scores = similar(query, np.stack(matrix))
    assert scores[0] > scores[1:].max() + 0.1


def test_figures_do_not_hide_what_is_meant() -> None:
    query, same, other = MEANING.vectors([
        "229 people were killed in the strikes.", "The strikes left 31 dead.", "229 firms took part in the fair.",
    ])  # fmt: skip
    scores = similar(query, np.stack([same, other]))
    assert scores[0] > scores[1]


@pytest.mark.parametrize("count", [0, 1, ROWS, ROWS + 1, 3 * ROWS - 1])
def test_scores_are_cosines_whatever_the_number_of_rows(count: int) -> None:
    matrix, query = rows(count), rows(1, seed=4)[0]
    exact = matrix.astype(float)
    wanted = exact @ query / np.maximum(np.linalg.norm(exact, axis=1) * np.linalg.norm(query.astype(float)), 1)
    scores = similar(query, matrix)
    assert scores.dtype == np.float32
    assert scores == pytest.approx(wanted, abs=1e-6)


def test_a_row_has_the_same_score_wherever_it_stands() -> None:
    matrix, query = rows(2 * ROWS + 5), rows(1, seed=4)[0]
    scores = similar(query, matrix)
    assert (similar(query, matrix[::-1])[::-1] == scores).all()
    assert similar(query, matrix[7:8])[0] == scores[7]


def test_zeros_are_like_nothing() -> None:
    matrix = rows(3)
    matrix[1] = 0
    assert similar(matrix[0], matrix)[1] == 0
    assert not similar(matrix[1], matrix).any()


def test_a_query_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="make both anew"):
        similar(rows(1, 64)[0], rows(5, 128))


@given(st.integers(0, 30), st.integers(-1, 40))
def test_top_is_the_head_of_the_sorted_scores(count: int, k: int) -> None:
    matrix, query = rows(count, 3) // 64, np.array([1, -1, 0], np.int8)
    scores = similar(query, matrix)
    wanted = sorted(range(count), key=lambda i: (-scores[i], i))[: max(k, 0)]
    best, values = top(query, matrix, k)
    assert best.tolist() == wanted
    assert (values == scores[best]).all()


def test_nothing_is_loaded_before_the_first_text() -> None:
    assert not {"_table", "_tokenizer"} & set(vars(Meaning()))
