"""Only where torch is installed, as for training."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from tests.training.test_train import DOCUMENT, PLAN, SEGMENTER, SMALL, items  # noqa: E402
from training.network import Network  # noqa: E402
from training.student import student_of, unmarked  # noqa: E402
from training.train import Material, collate, loss_of, scores_of, windows_of_epoch  # noqa: E402

DEEP = replace(SMALL, layers=6)


def deep() -> Any:
    torch.manual_seed(1)
    network: Any = Network(DEEP, 0.0)
    for number, layer in enumerate(network.encoder.layers):
        torch.nn.init.constant_(layer.out.bias, number)
    return network.eval()


@pytest.mark.parametrize(("layers", "kept"), [(2, [0, 5]), (3, [0, 2, 5]), (4, [0, 2, 3, 5]), (6, [0, 1, 2, 3, 4, 5])])
def test_a_student_keeps_layers_evenly_and_the_rest_whole(layers: int, kept: list[int]) -> None:
    teacher = deep()
    student: Any = student_of(teacher, layers)
    assert [int(layer.out.bias[0]) for layer in student.encoder.layers] == kept
    assert torch.equal(student.encoder.word.weight, teacher.encoder.word.weight)
    assert torch.equal(student.roles.out.weight, teacher.roles.out.weight)
    assert student.size == replace(DEEP, layers=layers)


def test_a_student_with_all_layers_says_the_same() -> None:
    teacher, batch = deep(), collate(items())
    student = student_of(teacher, 6).eval()
    said, wanted = (scores_of(network, batch, batch.pieces).cues for network in (student, teacher))
    assert torch.allclose(said, wanted)


def test_word_vectors_are_drawn_to_the_teachers() -> None:
    teacher, batch = deep(), collate(items())
    for layers, apart in ((6, False), (2, True)):
        student = student_of(teacher, layers).eval()
        with_it, without = (
            loss_of(student, batch, replace(PLAN, masked=0.0, aligned=weight), teacher)[0].item() for weight in (1, 0)
        )
        assert (with_it - without > 1e-3) == apart


def test_an_epoch_has_a_share_of_what_was_read() -> None:
    material, plan = Material([], marked=[[], []], read=[DOCUMENT] * 5), replace(PLAN, read_shares=2)
    assert [len(windows_of_epoch(material, SEGMENTER, plan, number)) for number in range(4)] == [3, 2, 3, 2]


def test_reports_that_share_words_with_readings_by_hand_are_left_out(tmp_path: Path) -> None:
    by_hand = "Petra Lund told Radio Orrin on Friday that the old bridge had been closed again."
    lines: dict[str, list[dict[str, Any]]] = {
        "corpora/fnc1/reports.jsonl": [{"text": text} for text in (
            "It was marked.", "Nobody read this one.", f"A copy: {by_hand}",
                "The dam held, the mayor wrote to all of you.",
        )],
        "gold/readings.jsonl": [{"text": by_hand}],
        "seed/gold.jsonl": [{"text": "short"}],
        "gold/story_one.json": [{"texts": {"1": "And the dam held, the mayor wrote to all of you."}}],
    }  # fmt: skip
    for name, records in lines.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("\n".join(json.dumps(record) for record in records))
    assert unmarked(tmp_path, {"It was marked."}) == ["Nobody read this one."]
