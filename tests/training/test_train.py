"""Only where torch is installed, as for training."""

from dataclasses import replace
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from sayso.reader.encode import WEIGHTS  # noqa: E402
from sayso.reader.segment import Segmenter  # noqa: E402
from training.data import Document, Gold  # noqa: E402
from training.network import Network, Size, buckets, load_encoder, mpnet_tensors  # noqa: E402
from training.teacher import matching_rows  # noqa: E402
from training.train import (  # noqa: E402
    Master,
    Material,
    Plan,
    collate,
    divergence,
    loss_of,
    rate_at,
    run_epoch,
    scores_of,
    windows_of_epoch,
)

SMALL = Size(width=24, layers=2, heads=2, inner=32, role_width=16)
TEXT = "Petra Lund said that it rained in Orrin."
DOCUMENT = Document(TEXT, (Gold([(0, 10)], [(11, 15)], [(16, 39)]),))
PLAN = Plan(epochs=3, corpus_only=1, marked_from=(1, 2), passage_copies=1, marked_copies=1)
SEGMENTER = Segmenter(WEIGHTS / "tokenizer.json")


def items(number: int = 2) -> list[Any]:
    material = Material([DOCUMENT] * 2, [DOCUMENT], [[DOCUMENT], [DOCUMENT]])
    return list(windows_of_epoch(material, SEGMENTER, PLAN, number))


def test_own_material_joins_by_the_plan() -> None:
    assert [len(items(number)) for number in range(3)] == [2, 4, 5]


def test_the_rate_rises_and_falls() -> None:
    rates = [rate_at(done / 100, Plan()) for done in range(101)]
    peak = rates.index(max(rates))
    assert peak == round(Plan().warmup * 100)
    assert rates[:peak] == sorted(rates[:peak])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)


def fresh_master(plan: Plan) -> Master:
    torch.manual_seed(1)
    return Master(Network(SMALL, 0.0), plan)


def test_training_learns_a_sentence_and_goes_on_from_a_checkpoint() -> None:
    plan = replace(PLAN, epochs=40, masked=0.0, head_rate=1e-2, encoder_rate=3e-3)
    first, second = fresh_master(plan), fresh_master(plan)
    before = sum(run_epoch(first, items(), 0))
    for number in range(1, 36):
        run_epoch(first, items(), number)
    second.restore(first.state())
    after = [sum(run_epoch(master, items(), 36)) for master in (first, second)]
    assert after[0] < before / 2
    assert after[0] == pytest.approx(after[1], rel=0.05)


def test_a_teacher_with_the_same_scores_teaches_nothing() -> None:
    torch.manual_seed(1)
    network: Any = Network(SMALL, 0.0).eval()
    batch = collate(items())
    scores = scores_of(network, batch, batch.pieces)
    assert divergence(scores.cues, scores.cues, batch.exists).item() == pytest.approx(0, abs=1e-4)
    alone, taught = (torch.stack(loss_of(network, batch, replace(PLAN, masked=0.0), t)).sum() for t in (None, network))
    assert taught.item() == pytest.approx(alone.item() / 2, rel=1e-3)


def test_buckets_tell_sides_apart_and_merge_the_far() -> None:
    table = buckets(300, 32)
    assert int(table[5, 5]) == 0
    assert int(table[0, 3]) == 16 + 3
    assert int(table[3, 0]) == 3
    assert int(table.max()) == 31
    assert int(table[0, 200]) == int(table[0, 299]) == 31


def test_an_mpnet_checkpoint_fits_by_wordpiece() -> None:
    size = replace(SMALL, vocabulary=3, positions=4, relative=32)
    network: Any = Network(size)
    own = {name: tensor.clone() for name, tensor in network.encoder.state_dict().items()}
    theirs = {"embeddings.word_embeddings.weight": torch.arange(5.0)[:, None].expand(5, size.width),
              "embeddings.position_embeddings.weight": torch.zeros(6, size.width),
              "embeddings.LayerNorm.weight": own["norm.weight"], "embeddings.LayerNorm.bias": own["norm.bias"],
              "encoder.relative_attention_bias.weight": own["relative.weight"]}  # fmt: skip
    for i in range(size.layers):
        for part in ("weight", "bias"):
            parts = own[f"layers.{i}.qkv.{part}"].chunk(3)
            theirs |= {f"encoder.layer.{i}.attention.attn.{n}.{part}": p for n, p in zip("qkv", parts, strict=True)}
            for new, old in (("attention.attn.o", "out"), ("attention.LayerNorm", "norm1"), ("output.dense", "down"),
                             ("intermediate.dense", "up"), ("output.LayerNorm", "norm2")):  # fmt: skip
                theirs[f"encoder.layer.{i}.{new}.{part}"] = own[f"layers.{i}.{old}.{part}"]
    load_encoder(network, mpnet_tensors(theirs, size.layers, [4, 0, 2]))
    assert network.encoder.word.weight[:, 0].tolist() == [4, 0, 2]
    assert torch.equal(network.encoder.layers[1].qkv.weight, own["layers.1.qkv.weight"])


def test_a_vocabulary_matches_itself() -> None:
    tokenizer = WEIGHTS / "tokenizer.json"
    rows = matching_rows(tokenizer, tokenizer)
    assert rows[2000:2010] == list(range(2000, 2010))
