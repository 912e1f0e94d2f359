"""Linear-chain conditional random fields in the log semiring (Lafferty, McCallum and Pereira, 2001).

The partition function is reduced as a tree of matrix products, so that it takes log2(length) steps.
"""

import torch
from torch import Tensor

BLOCKED = -1e4


def log_partition(emissions: Tensor, transitions: Tensor, starts: Tensor) -> Tensor:
    """log of the sum over tag sequences. emissions (N, L, T), transitions (T from, T to), starts (T) -> (N)."""
    first = (emissions[:, 0] + starts).unsqueeze(1)
    chain = emissions[:, 1:].unsqueeze(2) + transitions
    while chain.shape[1] > 1:
        odd = chain[:, -1:] if chain.shape[1] % 2 else None
        even = chain[:, : chain.shape[1] // 2 * 2]
        chain = _product(even[:, 0::2], even[:, 1::2])
        chain = torch.cat([chain, odd], 1) if odd is not None else chain
    if chain.shape[1]:
        first = _product(first, chain[:, 0])
    return torch.logsumexp(first.squeeze(1), -1)


def _product(left: Tensor, right: Tensor) -> Tensor:
    return torch.logsumexp(left.unsqueeze(-1) + right.unsqueeze(-3), dim=-2)


def negative_log_likelihood(emissions: Tensor, transitions: Tensor, starts: Tensor, allowed: Tensor) -> Tensor:
    """-log P(the tags are allowed), per sequence. ``allowed`` (N, L, T) is true for each permitted tag.

    With one tag allowed per place this is the usual loss; with several it is the marginal likelihood of partial
    labels (Tsuboi et al., 2008).
    """
    limited = emissions.masked_fill(~allowed, BLOCKED)
    both = log_partition(torch.cat([emissions, limited]), transitions, starts)
    free, kept = both.chunk(2)
    return free - kept
