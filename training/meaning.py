"""Make the sentence vectors from scratch: ``python -m training.meaning --shared ../shared --out FOLDER``.

After Model2Vec (Tulkens and van Dongen, 2024): each wordpiece is passed through a sentence encoder by itself, which
gives it a vector; frequent ones are made shorter (Arora, Liang and Ma, 2017). Then, as in tokenlearn, the vectors are
moved until their sums over real sentences point where the encoder itself puts these sentences.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from sayso.meaning.vectors import UNIT, WEIGHTS, Meaning
from training.__main__ import MARKINGS, packaged_base
from training.meaning_card import card
from training.meaning_check import Row, Vectors, kept, measure
from training.meaning_texts import Floats, Texts, Weights, load_texts
from training.network import Encoder, Network, Size, bert_tensors, load_encoder

LAYERS = 6
LONGEST = 128
PIECES = 4096
FINEST = 65_535


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run."""

    width: int = 128
    frequent: float = 1e-3
    epochs: int = 5
    batch: int = 512
    rate: float = 9e-4
    warmup: float = 0.03
    likeness: float = 10.0
    seed: int = 1


@dataclass(frozen=True)
class Bags:
    """Texts as wordpieces in one row, text i from ``starts[i]`` to ``starts[i + 1]``."""

    pieces: Tensor
    starts: Tensor

    def some(self, rows: Tensor) -> "Bags":
        """The texts with these numbers."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        starts = functional.pad(sizes.cumsum(0), (1, 0))
        inside = torch.arange(int(starts[-1])) - starts[:-1].repeat_interleave(sizes)
        return Bags(self.pieces[self.starts[rows].repeat_interleave(sizes) + inside], starts)

    def sums(self, table: Tensor) -> Tensor:
        """The sum of each text's rows of ``table``, as a unit vector."""
        summed = functional.embedding_bag(self.pieces, table, self.starts, mode="sum", include_last_offset=True)
        return functional.normalize(summed, dim=-1)


class Teacher:
    """The sentence encoder, or its first layers: mean of the last layer's vectors, of length one."""

    def __init__(self, base: Path, layers: int = LAYERS) -> None:
        """``base`` is a folder with ``model.safetensors`` and ``tokenizer.json``."""
        network = Network(Size(layers=layers), 0.0)
        load_encoder(network, bert_tensors(load_file(base / "model.safetensors"), layers))
        self.encoder: Encoder = network.encoder.eval().to(torch.bfloat16)
        self.tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.no_padding()

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Unit rows (N, width), in single precision."""
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        out = torch.zeros(len(ids), self.encoder.kind.shape[0])
        for rows in _alike([len(line) for line in ids]):
            lines = [torch.tensor(ids[row]) for row in rows]
            out[rows] = self.pooled(torch.nn.utils.rnn.pad_sequence(lines, batch_first=True))
        array: Floats = functional.normalize(out, dim=-1).numpy()
        return array

    @torch.no_grad()
    def pooled(self, pieces: Tensor) -> Tensor:
        """The mean vector of each row of wordpieces (N, L), 0 where there is none."""
        mask, zeros = pieces > 0, torch.zeros_like(pieces)
        hidden = self.encoder(pieces, zeros, zeros, mask).float() * mask[..., None]
        mean: Tensor = hidden.sum(1) / mask.sum(1, keepdim=True)
        return mean

    def wordpieces(self) -> Tensor:
        """The vector of each wordpiece (vocabulary, width) that stands alone between the marks of a sentence."""
        numbers = torch.arange(self.tokenizer.get_vocab_size())
        cls, sep = (torch.full_like(numbers, self.tokenizer.token_to_id(mark) or 0) for mark in ("[CLS]", "[SEP]"))
        return torch.cat([self.pooled(part) for part in torch.split(torch.stack([cls, numbers, sep], 1), PIECES // 3)])

    def bags(self, texts: Sequence[str]) -> Bags:
        """The texts' wordpieces, without marks."""
        ids = [e.ids for e in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        starts = np.cumsum([0, *map(len, ids)])
        return Bags(torch.tensor([piece for line in ids for piece in line]), torch.from_numpy(starts))

    def unused(self) -> list[int]:
        """The wordpieces that say nothing: marks, and places that were left free."""
        return [number for piece, number in self.tokenizer.get_vocab().items() if piece[0] == "[" and piece[-1] == "]"]


def _alike(sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of texts, those of like size together, in batches of at most ``PIECES`` wordpieces."""
    batches: list[list[int]] = [[]]
    for row in sorted(range(len(sizes)), key=sizes.__getitem__):
        if batches[-1] and (len(batches[-1]) + 1) * sizes[row] > PIECES:
            batches.append([])
        batches[-1].append(row)
    return batches if batches[-1] else []


def first_table(teacher: Teacher, bags: Bags, axes: Tensor, plan: Plan) -> Tensor:
    """The wordpieces' own vectors (vocabulary, plan.width), the frequent ones made shorter."""
    own = teacher.wordpieces()
    counts = torch.bincount(bags.pieces, minlength=len(own)) + 1
    share = plan.frequent / (plan.frequent + counts / counts.sum())
    table = (own - own.mean(0)) @ axes * share[:, None]
    return table / table.norm(dim=1).mean()


def principal_axes(rows: Tensor, width: int) -> Tensor:
    """The ``width`` directions (…, width) that keep most of the rows' lengths."""
    _, directions = torch.linalg.eigh(rows.T @ rows)
    return directions.flip(1)[:, :width]


def fit(table: Tensor, bags: Bags, wanted: Tensor, axes: Tensor, plan: Plan) -> Tensor:
    """The table moved so that the texts' sums point to ``wanted`` (N, …), and are as alike as those are."""
    table = torch.nn.Parameter(table.clone())
    optimizer = torch.optim.Adam([table])
    for done, rows in batches(len(wanted), plan):
        optimizer.param_groups[0]["lr"] = plan.rate * min(done / plan.warmup, 1) * (1 - done)
        optimizer.zero_grad()
        torch.autograd.backward(loss(bags.some(rows).sums(table), wanted[rows], axes, plan))
        optimizer.step()
    return table.detach()


def batches(count: int, plan: Plan) -> Iterator[tuple[float, Tensor]]:
    """The numbers of the texts of each step, with the share of the run that lies before its end."""
    chance, steps = torch.Generator().manual_seed(plan.seed), count // plan.batch
    for epoch in range(plan.epochs):
        for step, rows in enumerate(torch.split(torch.randperm(count, generator=chance), plan.batch)[:steps], 1):
            yield (epoch + step / steps) / plan.epochs, rows


def loss(mine: Tensor, wanted: Tensor, axes: Tensor, plan: Plan) -> Tensor:
    """How far the vectors are from the wanted ones along the axes, and their likenesses from the wanted likenesses."""
    apart = 1 - (mine * functional.normalize(wanted @ axes, dim=-1)).sum(-1)
    return apart.mean() + plan.likeness * (mine @ mine.T - wanted @ wanted.T).square().mean()


def save(table: Tensor, unused: Sequence[int], path: Path) -> None:
    """Write the table in whole numbers: a row is its ``words`` times its ``scales``."""
    rows = table.numpy().copy()
    rows[unused] = 0
    largest = np.abs(rows).max(axis=1)
    scales = np.maximum(np.rint(largest / largest.max() * FINEST), 1)
    words = np.rint(rows / (scales * largest.max() / FINEST / UNIT)[:, None]).clip(-UNIT, UNIT)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, words=words.astype(np.int8), scales=scales.astype(np.uint16))


def shipped(path: Path, base: Path) -> Vectors:
    """The vectors as the program makes them from the file, as unit rows."""
    meaning = Meaning(path, base / "tokenizer.json")

    def unit(texts: Sequence[str]) -> Floats:
        rows = meaning.vectors(texts).astype(np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)

    return unit


def compare(texts: Texts, base: Path, out: Path) -> dict[str, Row]:
    """The measures of the vectors in ``out``, of the encoder, and of what lies between."""
    teacher = Teacher(base)
    kinds: dict[str, Vectors] = {
        "tf-idf": Weights(texts.reports), "wordpieces alone": shipped(out / "start.npz", base),
        "as shipped": shipped(out / WEIGHTS.name, base), "3 layers": Teacher(base, 3), "encoder": teacher,
    }  # fmt: skip
    return {name: measure(kind, texts) | kept(kind, teacher, texts) for name, kind in kinds.items()}


def make(texts: Texts, base: Path, out: Path, plan: Plan) -> None:
    """Write ``start.npz`` (the wordpieces' own vectors) and the vectors to ship into ``out``."""
    torch.manual_seed(plan.seed)
    teacher = Teacher(base)
    bags, wanted = teacher.bags(texts.learned), torch.from_numpy(teacher(texts.learned))
    axes = principal_axes(wanted, plan.width)
    start = first_table(teacher, bags, axes, plan)
    save(start, teacher.unused(), out / "start.npz")
    save(fit(start, bags, wanted, axes, plan), teacher.unused(), out / WEIGHTS.name)


def main() -> None:
    """Make, measure, tell."""
    parser = argparse.ArgumentParser(prog="python -m training.meaning", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/ and gold/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the vectors and their card")
    parser.add_argument("--base", type=Path, default=None, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--width", type=int, default=Plan.width, help="how many numbers a vector has")
    args = parser.parse_args()
    base, plan, begun = args.base or packaged_base(), Plan(width=args.width), time.monotonic()
    texts = load_texts(args.shared, MARKINGS)
    make(texts, base, args.out, plan)
    print(f"made from {len(texts.learned):,} texts in {time.monotonic() - begun:.0f} s")
    text = card(texts, compare(texts, base, args.out), asdict(plan))
    (args.out / "card.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
