"""The reading network: a BERT encoder (Devlin et al., 2019) with a cue tagger and a tagger conditioned on a cue.

The first head tags cues, outermost and nested. The second is run once per cue and tags, in the words around it, that
cue's source and content. So spans may nest, overlap and share words, and a cue may have no source.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.reader.labels import AFTER, BEFORE, CUE_TAGS, ROLE_TAGS, SENTENCES
from sayso.reader.segment import QUOTED, SHAPES

MPNET_PADDING = 1


@dataclass(frozen=True)
class Size:
    """The encoder's measures. ``relative`` counts the buckets of relative positions (0: none are used)."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    role_width: int = 128
    relative: int = 0


class Dropout(nn.Module):
    """Dropout that takes its masks from a pool drawn once: drawing them anew costs a tenth of a CPU's step."""

    POOL = 1 << 22

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """x with each value kept (and scaled up) or set to zero."""
        if not self.training or not self.rate:
            return x
        if self.pool is None:
            self.pool = (torch.rand(self.POOL) >= self.rate).to(x) / (1 - self.rate)
        size = x.numel()
        pool = self.pool if size < self.POOL else self.pool.repeat(size // self.POOL + 1)
        start = int(torch.randint(len(pool) - size + 1, ()))
        return x * pool[start : start + size].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm1 = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm2 = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x (B, L, width), mask (B, 1, 1, L) additive or None -> (B, L, width)."""
        b, length, width = x.shape
        q, k, v = self.qkv(x).view(b, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=mask).to(x.dtype)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(b, length, width))))
        y: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return y


class Encoder(nn.Module):
    """Wordpieces, case shapes and quotation states in, one vector a wordpiece out."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.word = nn.Embedding(size.vocabulary, size.width)
        self.position = nn.Embedding(size.positions, size.width)
        self.kind = nn.Parameter(torch.zeros(size.width))
        self.shape = nn.Embedding(SHAPES, size.width)
        self.quoted = nn.Embedding(QUOTED, size.width)
        self.relative = nn.Embedding(size.relative, size.heads) if size.relative else None
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.quoted.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, mask: Tensor | None = None) -> Tensor:
        """Integers (B, L), mask (B, L) true where there is a piece -> (B, L, width)."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.kind
        x = self.dropout(self.norm(x + self.shape(shapes) + self.quoted(quoted)))
        bias = None
        if mask is not None:
            bias = torch.zeros_like(mask, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]
        if self.relative is not None:
            apart = self.relative(buckets(pieces.shape[1], self.relative.num_embeddings).to(x.device))
            bias = apart.permute(2, 0, 1).float() + (0 if bias is None else bias)
        out: Tensor = x
        for layer in self.layers:
            out = layer(out, bias)
        return out


def buckets(length: int, count: int, farthest: int = 128) -> Tensor:
    """The bucket of each pair of places (from, to): exact when near, by logarithm when far (Raffel et al., 2020)."""
    places = torch.arange(length)
    ahead = places[None] - places[:, None]
    half, exact = count // 2, count // 4
    far = exact + (ahead.abs().clamp(min=1) / exact).log() / math.log(farthest / exact) * (half - exact)
    distance = torch.where(ahead.abs() < exact, ahead.abs(), far.long().clamp(max=half - 1))
    return distance + half * (ahead > 0)


class RoleTagger(nn.Module):
    """Emission scores of source and content tags in the words around each cue."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.token = nn.Linear(width, inner)
        self.cue = nn.Linear(2 * width, 2 * inner)
        self.distance = nn.Embedding(BEFORE + AFTER, inner)
        self.sentences = nn.Embedding(2 * SENTENCES + 1, inner)
        self.norm = nn.LayerNorm(inner)
        self.mix = nn.Linear(3 * inner, inner)
        self.mixed = nn.LayerNorm(inner)
        self.out = nn.Linear(inner, ROLE_TAGS)
        self.dropout = Dropout(dropout)

    def project(self, words: Tensor) -> Tensor:
        """(…, width) -> (…, inner), once a word."""
        projected: Tensor = self.token(words)
        return projected

    def forward(self, around: Tensor, cue: Tensor, sentences: Tensor) -> Tensor:
        """around (N, R, inner), cue (N, 2 width), sentences (N, R) -> emissions (N, R, tags)."""
        scale, shift = self.cue(cue).unsqueeze(1).chunk(2, -1)
        x = around * (1 + scale) + shift + self.distance.weight + self.sentences(sentences)
        x = self.dropout(functional.gelu(self.norm(x)))
        left = functional.pad(x, (0, 0, 1, 0))[:, :-1]
        right = functional.pad(x, (0, 0, 0, 1))[:, 1:]
        y = functional.gelu(self.mixed(self.mix(torch.cat([left, x, right], -1)) + x))
        emissions: Tensor = self.out(self.dropout(y))
        return emissions


class Network(nn.Module):
    """Encoder and heads, with the transition scores of both chains."""

    def __init__(self, size: Size, dropout: float = 0.1) -> None:
        super().__init__()
        self.size = size
        self.encoder = Encoder(size, dropout)
        self.cue = nn.Linear(size.width, CUE_TAGS)
        self.roles = RoleTagger(size.width, size.role_width, dropout)
        self.dropout = Dropout(dropout)
        self.cue_transitions = nn.Parameter(torch.zeros(CUE_TAGS, CUE_TAGS))
        self.cue_starts = nn.Parameter(torch.zeros(CUE_TAGS))
        self.role_transitions = nn.Parameter(torch.zeros(ROLE_TAGS, ROLE_TAGS))
        self.role_starts = nn.Parameter(torch.zeros(ROLE_TAGS))


def load_encoder(network: Network, own: dict[str, Tensor]) -> None:
    """Copy tensors named by ``bert_tensors`` or ``mpnet_tensors`` into the encoder; ValueError if some are missing."""
    missing = network.encoder.load_state_dict(own, strict=False).missing_keys
    if set(missing) - {"shape.weight", "quoted.weight"}:
        raise ValueError(f"the checkpoint lacks {missing}")


def bert_tensors(weights: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """A BERT checkpoint's tensors (Hugging Face names, perhaps with a ``bert.`` prefix) under the encoder's names."""
    plain = {name.removeprefix("bert."): tensor for name, tensor in weights.items()}
    own = {"kind": plain["embeddings.token_type_embeddings.weight"][0]}
    own |= _shared_tensors(plain, layers, [f"attention.self.{name}" for name in ("query", "key", "value")],
                           "attention.output.dense", "attention.output.LayerNorm")  # fmt: skip
    return own


def mpnet_tensors(weights: dict[str, Tensor], layers: int, rows: list[int]) -> dict[str, Tensor]:
    """An MPNet checkpoint's tensors (Song et al., 2020) under the encoder's names.

    ``rows`` has the checkpoint's row of each wordpiece of our vocabulary: both cut words alike, but count them apart.
    """
    own = _shared_tensors(weights, layers, [f"attention.attn.{name}" for name in "qkv"],
                          "attention.attn.o", "attention.LayerNorm")  # fmt: skip
    own["kind"] = torch.zeros(own["position.weight"].shape[1])
    own["word.weight"] = own["word.weight"][rows]
    own["position.weight"] = own["position.weight"][MPNET_PADDING + 1 :]
    own["relative.weight"] = weights["encoder.relative_attention_bias.weight"]
    return own


def _shared_tensors(
    plain: dict[str, Tensor], layers: int, qkv: list[str], out: str, attention_norm: str
) -> dict[str, Tensor]:
    own = {f"{name}.weight": plain[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position")}
    for part in ("weight", "bias"):
        own[f"norm.{part}"] = plain[f"embeddings.LayerNorm.{part}"]
        for i in range(layers):
            old = f"encoder.layer.{i}."
            own[f"layers.{i}.qkv.{part}"] = torch.cat([plain[f"{old}{name}.{part}"] for name in qkv])
            own[f"layers.{i}.out.{part}"] = plain[f"{old}{out}.{part}"]
            own[f"layers.{i}.norm1.{part}"] = plain[f"{old}{attention_norm}.{part}"]
            own[f"layers.{i}.up.{part}"] = plain[f"{old}intermediate.dense.{part}"]
            own[f"layers.{i}.down.{part}"] = plain[f"{old}output.dense.{part}"]
            own[f"layers.{i}.norm2.{part}"] = plain[f"{old}output.LayerNorm.{part}"]
    return own
