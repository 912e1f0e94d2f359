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

from sayso.reader.labels import BEFORE, NONE, ROLE_TAGS, SENTENCES
from sayso.reader.segment import Ints, Segmenter
from training.crf import BLOCKED, negative_log_likelihood
from training.data import REGION, Document, Labelled, batches, epoch
from training.network import Network

FLOOR = 0.005
log = logging.getLogger("sayso.training")


@dataclass(frozen=True)
class Plan:
    """Everything that decides a run."""

    epochs: int = 12
    corpus_only: int = 4
    silver_at: tuple[int, ...] = (7, 11)
    steps: int = 5300
    passage_copies: tuple[tuple[int, int], ...] = ((0, 3),)
    pieces: int = 2048
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    decay: float = 0.01
    masked: float = 0.03
    average: float = 0.998
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


def loss_of(network: Network, batch: Batch, masked: float) -> tuple[Tensor, Tensor]:
    """The cue loss and the role loss, each a sum over the batch divided by the number of cues."""
    pieces = batch.pieces
    if masked:
        pieces = pieces.masked_fill(torch.rand(pieces.shape) < masked, 103)
    hidden = network.encoder(pieces, batch.shapes, batch.quoted, batch.mask).flatten(0, 1)
    words = network.dropout(hidden)[batch.words.flatten()]
    emissions = network.cue(words).float().view(*batch.words.shape, -1)
    count = max(len(batch.cue_first), 8)
    cue = negative_log_likelihood(
        only_none(emissions, batch.exists), network.cue_transitions.float(), network.cue_starts.float(), batch.allowed
    )
    if not len(batch.cue_first):
        return cue.sum() / count, torch.zeros(())
    ends = torch.cat([words[batch.cue_first], words[batch.cue_last]], -1)
    scores = network.roles(network.roles.project(words)[batch.around], ends, batch.sentences).float()
    role = negative_log_likelihood(
        only_none(scores, batch.around_exists),
        network.role_transitions.float(), network.role_starts.float(), batch.role_allowed,
    )  # fmt: skip
    return cue.sum() / count, role.sum() / count


def rate_at(step: int, plan: Plan) -> float:
    """The learning rate at a step, as a share of the peak: warm-up, then linear decay."""
    warm = max(plan.warmup * plan.steps, 1)
    return min(step / warm, max(plan.steps - step, 0) / (plan.steps - warm) + FLOOR)


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

    def update(self) -> None:
        """One step from the gradients that the working copy holds."""
        self.step += 1
        rate = rate_at(self.step, self.plan)
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
        network.load_state_dict(state | dict(zip(self.names, self.average, strict=True)))
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


def run_epoch(master: Master, items: Sequence[Labelled], seed: int) -> tuple[float, float]:
    """One pass; returns the mean cue and role losses."""
    network, plan = master.network, master.plan
    network.train()
    totals, begun, todo = np.zeros(2), time.monotonic(), batches(items, plan.pieces, seed)
    for number, part in enumerate(todo, 1):
        losses = loss_of(network, collate(part), plan.masked)
        sum(losses).backward()  # type: ignore[union-attr]
        master.update()
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
    return torch.load(path, weights_only=True) if path.exists() else None


def documents_of_epoch(
    corpus: Sequence[Document], passages: Sequence[Document], segmenter: Segmenter, plan: Plan, number: int
) -> list[Labelled]:
    """The labelled windows of epoch ``number``; ``plan.passage_copies`` has (from epoch, copies)."""
    copies = max((start, n) for start, n in plan.passage_copies if start <= number)[1]
    return epoch(corpus, list(passages) * copies, segmenter, plan.seed * 1000 + number)
