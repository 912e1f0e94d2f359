"""Train the network: two stages, resumable, seeded, logged."""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.reader.labels import BEFORE, NONE, ROLE_TAGS, SENTENCES
from sayso.reader.segment import Ints, Segmenter
from training.crf import BLOCKED, negative_log_likelihood
from training.data import REGION, Document, Labelled, batches, epoch
from training.network import Network

FLOOR = 0.005
MASK = 103
log = logging.getLogger("sayso.training")


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run."""

    epochs: int = 11
    corpus_only: int = 4
    silver_at: tuple[int, ...] = (7, 10)
    passage_copies: int = 2
    marked_copies: int = 2
    marked_from: tuple[int, ...] = (4, 6)
    pieces: int = 2048
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    decay: float = 0.01
    masked: float = 0.03
    average: float = 0.998
    taught: float = 0.5
    aligned: float = 0.0
    read_shares: int = 1
    seed: int = 1


@dataclass(frozen=True)
class Batch:
    """Padded tensors of one batch of windows. Words and cues are flat lists over the batch."""

    pieces: Tensor
    shapes: Tensor
    quoted: Tensor
    mask: Tensor
    words: Tensor
    exists: Tensor
    allowed: Tensor
    cue_first: Tensor
    cue_last: Tensor
    around: Tensor
    around_exists: Tensor
    sentences: Tensor
    role_allowed: Tensor

    def on(self, device: torch.device) -> "Batch":
        """The batch on ``device``."""
        return Batch(**{name: tensor.to(device) for name, tensor in vars(self).items()})


def collate(items: Sequence[Labelled]) -> Batch:
    """One batch from labelled windows. Word indexes are into the flattened (windows × words) table."""
    longest, words = max(len(i.window.pieces) for i in items), max(i.window.words for i in items)
    allowed = np.zeros((len(items), words, items[0].allowed.shape[1]), bool)
    for row, item in enumerate(items):
        allowed[row, : item.window.words] = item.allowed
        allowed[row, item.window.words :, NONE] = True
    cues = [(row, item.window, cue) for row, item in enumerate(items) for cue in item.cues]
    wanted = np.array([c.first for _, _, c in cues], int)[:, None] + np.arange(-BEFORE, REGION - BEFORE)
    sizes = np.array([w.words for _, w, _ in cues], int)[:, None]
    clipped = wanted.clip(0, np.maximum(sizes - 1, 0))
    apart = [w.sentence[line] - w.sentence[c.first] for (_, w, c), line in zip(cues, clipped, strict=True)]
    base = np.array([row for row, _, _ in cues], int) * words
    return Batch(
        pieces=_stack([_pad(i.window.pieces, longest) for i in items]),
        shapes=_stack([_pad(i.window.shapes, longest) for i in items]),
        quoted=_stack([_pad(i.window.quoted, longest) for i in items]),
        mask=_stack([np.arange(longest) < len(i.window.pieces) for i in items]),
        words=_stack([_pad(i.window.first, words) + row * longest for row, i in enumerate(items)]),
        exists=_stack([np.arange(words) < i.window.words for i in items]),
        allowed=torch.from_numpy(allowed),
        cue_first=torch.from_numpy(base + np.array([c.first for _, _, c in cues], int)),
        cue_last=torch.from_numpy(base + np.array([c.last for _, _, c in cues], int)),
        around=torch.from_numpy(clipped + base[:, None]),
        around_exists=torch.from_numpy((wanted >= 0) & (wanted < sizes)),
        sentences=torch.from_numpy(np.array(apart, int).reshape(-1, REGION).clip(-SENTENCES, SENTENCES) + SENTENCES),
        role_allowed=torch.from_numpy(np.array([c.allowed for _, _, c in cues], bool).reshape(-1, REGION, ROLE_TAGS)),
    )


def _pad(values: Ints, length: int) -> Ints:
    return np.pad(values, (0, length - len(values)))


def _stack(arrays: Sequence[npt.NDArray[Any]]) -> Tensor:
    return torch.from_numpy(np.stack(arrays))


def only_none(emissions: Tensor, exists: Tensor) -> Tensor:
    """Emissions that allow nothing but NONE where there is no word."""
    blocked = torch.full_like(emissions[:1, :1], BLOCKED)
    blocked[..., NONE] = 0
    return torch.where(exists.unsqueeze(-1), emissions, blocked)


@dataclass(frozen=True)
class Scores:
    """What a network says of a batch: word vectors (N, W, width), emissions of cue tags and, around cues, role tags."""

    words: Tensor
    cues: Tensor
    roles: Tensor | None


def scores_of(network: Network, batch: Batch, pieces: Tensor) -> Scores:
    """The network's scores; ``pieces`` are the batch's, some of them perhaps masked."""
    hidden = network.encoder(pieces, batch.shapes, batch.quoted, batch.mask).flatten(0, 1)
    plain = hidden[batch.words.flatten()]
    words, vectors = network.dropout(plain), plain.view(*batch.words.shape, -1)
    cues = only_none(network.cue(words).float().view(*batch.words.shape, -1), batch.exists)
    if not len(batch.cue_first):
        return Scores(vectors, cues, None)
    ends = torch.cat([words[batch.cue_first], words[batch.cue_last]], -1)
    roles = network.roles(network.roles.project(words)[batch.around], ends, batch.sentences).float()
    return Scores(vectors, cues, only_none(roles, batch.around_exists))


def loss_of(network: Network, batch: Batch, plan: Plan, teacher: Network | None = None) -> tuple[Tensor, Tensor]:
    """The cue loss and the role loss, each a sum over the batch divided by the number of cues.

    With a teacher, its soft labels have a share in both (Hinton, Vinyals and Dean, 2015), and if the plan says so, the
    first grows by the cosine distances of the word vectors (Sanh et al., 2019).
    """
    chosen = torch.rand(batch.pieces.shape).to(batch.pieces.device) < plan.masked
    scores, count = scores_of(network, batch, batch.pieces.masked_fill(chosen, MASK)), max(len(batch.cue_first), 8)
    cue = negative_log_likelihood(
        scores.cues, network.cue_transitions.float(), network.cue_starts.float(), batch.allowed
    ).sum()
    role = torch.zeros((), device=batch.pieces.device)
    if scores.roles is not None:
        role = negative_log_likelihood(
            scores.roles, network.role_transitions.float(), network.role_starts.float(), batch.role_allowed
        ).sum()
    if teacher is not None:
        with torch.no_grad():
            wanted = scores_of(teacher, batch, batch.pieces)
        cue = torch.lerp(cue, divergence(scores.cues, wanted.cues, batch.exists), plan.taught)
        if scores.roles is not None and wanted.roles is not None:
            role = torch.lerp(role, divergence(scores.roles, wanted.roles, batch.around_exists), plan.taught)
        if plan.aligned:
            apart = 1 - functional.cosine_similarity(scores.words.float(), wanted.words.float(), dim=-1)
            cue = cue + plan.aligned * apart[batch.exists].sum()
    return cue / count, role / count


def divergence(mine: Tensor, wanted: Tensor, exists: Tensor) -> Tensor:
    """The Kullback-Leibler divergence from ``wanted`` emissions to ``mine``, summed over the words that exist."""
    each = functional.kl_div(mine.log_softmax(-1), wanted.log_softmax(-1), reduction="none", log_target=True).sum(-1)
    return each[exists].sum()


def rate_at(done: float, plan: Plan) -> float:
    """The learning rate when a share ``done`` of the run lies behind, as a share of the peak: warm-up, linear decay."""
    return min(done / max(plan.warmup, 1e-6), (1 - done) / (1 - plan.warmup)) + FLOOR


class Master:
    """Single-precision weights behind a bfloat16 network, with AdamW and a running average."""

    def __init__(self, network: Network, plan: Plan) -> None:
        self.network, self.plan, self.step = network, plan, 0
        network.encoder.word.weight.requires_grad_(False)
        network.encoder.position.weight.requires_grad_(False)
        self.names = [n for n, p in network.named_parameters() if p.requires_grad]
        self.working = [p for p in network.parameters() if p.requires_grad]
        self.weights = [p.detach().clone().float() for p in self.working]
        self.average = [w.clone() for w in self.weights]
        network.to(torch.bfloat16)
        self.optimizer = torch.optim.AdamW(self._groups(), betas=(0.9, 0.98), eps=1e-6, fused=True)

    def _groups(self) -> list[dict[str, object]]:
        groups: dict[tuple[bool, bool], list[Tensor]] = {}
        for name, weight in zip(self.names, self.weights, strict=True):
            head = not name.startswith("encoder.") or name.startswith(("encoder.shape", "encoder.quoted"))
            groups.setdefault((head, weight.ndim > 1), []).append(weight)
        return [
            {"params": params, "weight_decay": self.plan.decay if matrix else 0.0,
             "peak": self.plan.head_rate if head else self.plan.encoder_rate, "lr": 0.0}
            for (head, matrix), params in groups.items()
        ]  # fmt: skip

    def update(self, done: float) -> None:
        """One step from the gradients that the working copy holds; ``done`` is the share of the run behind it."""
        self.step += 1
        rate = rate_at(done, self.plan)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        for weight, parameter in zip(self.weights, self.working, strict=True):
            weight.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        torch._foreach_lerp_(self.average, self.weights, 1 - min(self.plan.average, self.step / (self.step + 10)))
        self._copy(self.weights)

    @torch.no_grad()
    def _copy(self, weights: list[Tensor]) -> None:
        for weight, parameter in zip(weights, self.working, strict=True):
            parameter.copy_(weight)

    def averaged(self) -> Network:
        """A single-precision network with the averaged weights."""
        network = Network(self.network.size, 0.0)
        state = {name: tensor.float() for name, tensor in self.network.state_dict().items()}
        state |= dict(zip(self.names, self.average, strict=True))
        network.load_state_dict({name: tensor.cpu() for name, tensor in state.items()})
        return network.eval()

    def state(self) -> dict[str, object]:
        """What a checkpoint needs."""
        return {"weights": self.weights, "average": self.average, "optimizer": self.optimizer.state_dict(),
                "step": self.step, "random": torch.get_rng_state()}  # fmt: skip

    def restore(self, state: dict[str, object]) -> None:
        """Go on from a checkpoint."""
        for mine, saved in ((self.weights, state["weights"]), (self.average, state["average"])):
            for tensor, old in zip(mine, saved, strict=True):  # type: ignore[call-overload]
                tensor.data.copy_(old)
        self.optimizer.load_state_dict(state["optimizer"])  # type: ignore[arg-type]
        self.step = state["step"]  # type: ignore[assignment]
        torch.set_rng_state(state["random"])  # type: ignore[arg-type]
        self._copy(self.weights)


def run_epoch(
    master: Master, items: Sequence[Labelled], epoch: int, teacher: Network | None = None
) -> tuple[float, float]:
    """Pass number ``epoch``; returns the mean cue and role losses."""
    network, plan, device = master.network, master.plan, master.weights[0].device
    network.train()
    totals, begun, todo = np.zeros(2), time.monotonic(), batches(items, plan.pieces, plan.seed * 1000 + epoch)
    for number, part in enumerate(todo, 1):
        losses = loss_of(network, collate(part).on(device), plan, teacher)
        sum(losses).backward()  # type: ignore[union-attr]
        master.update((epoch + number / len(todo)) / plan.epochs)
        totals += [part.item() for part in losses]
        if number % 50 == 0 or number == len(todo):
            log.info("batch %d/%d cue %.3f role %.3f, %.2f s a batch", number, len(todo),
                     *totals / number, (time.monotonic() - begun) / number)  # fmt: skip
    return tuple(totals / len(todo))


def describe(plan: Plan) -> str:
    """The plan as JSON, for logs and cards."""
    return json.dumps(asdict(plan))


def load_checkpoint(path: Path) -> dict[str, object] | None:
    """The newest checkpoint, if there is one."""
    return torch.load(path, weights_only=True, map_location="cpu") if path.exists() else None


@dataclass(frozen=True)
class Material:
    """The corpus, our own passages, two lots of reports marked for Sayso, and reports as a trained network has them."""

    corpus: Sequence[Document]
    passages: Sequence[Document] = ()
    marked: Sequence[Sequence[Document]] = ()
    read: Sequence[Document] = ()


def windows_of_epoch(material: Material, segmenter: Segmenter, plan: Plan, number: int) -> list[Labelled]:
    """The labelled windows of epoch ``number``: at first the corpus alone, the second lot of marked reports last.

    Of the reports as read, each epoch has one of the plan's shares.
    """
    passages = [*material.passages] * plan.passage_copies if number >= plan.corpus_only else []
    lots = [lot for lot, start in zip(material.marked, plan.marked_from, strict=True) if number >= start]
    marked = [document for lot in lots for document in lot] * plan.marked_copies
    reports = [*material.corpus, *marked, *material.read[number % plan.read_shares :: plan.read_shares]]
    return epoch(reports, passages, segmenter, plan.seed * 1000 + number)
