"""Kernels that are wrong in one corner only: at one edge of a block, for one head, one batch, one side of an option."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Tensor = Any
Attention = Callable[..., Tensor]
LOG2E = 1.4426950408889634


def blocked(
    q: Tensor, k: Tensor, v: Tensor, *, flaw: str = "", block: int = 64, cap: float = 0.0, window: int = 0
) -> Tensor:
    """Causal attention, aligned at the last key, block after block of keys, in float32 inside."""
    import torch

    (_, heads, n, width), (groups, m) = q.shape, k.shape[1:3]
    k, v = (each.repeat_interleave(heads // groups, dim=1) for each in (k, v))
    if flaw == "batch" and len(k) > 1:
        k = torch.cat([k[:1], k[:1].expand(len(k) - 1, *k.shape[1:])])
    if flaw == "rows from 128 on":
        q = q[:, :, torch.arange(n).clamp(max=127)]
    scale = width**-0.5
    S = q.float() @ k.float().mT * (1.0 if flaw == "scale behind the softcap" else scale)
    S = cap * torch.tanh(S / cap) if cap else S
    S = S * scale if flaw == "scale behind the softcap" else S
    i, j = torch.arange(n)[:, None] + m - n, torch.arange(m)[None, :]
    i = i + (1 if flaw == "fewer queries" and n < m else 0)
    seen = j <= i
    if window:
        seen = seen & (
            j >= i - window - (1 if flaw == "last queries" else 0) * (torch.arange(n)[:, None] >= n - n % 16)
        )
    if flaw == "bytes":
        seen = (j % 128 <= i % 128) & (j // 128 <= i // 128) | (j // 128 < i // 128) & (j % 128 <= i % 128)
    seen = seen.expand(S.shape).clone()
    if flaw == "one head":
        seen[:, -1] = True
    if flaw == "edge" and m % block == 1 and m > 1:
        seen[..., -1] = False
    return _summed(S, seen, v.float(), q.dtype, block, flaw)


def _summed(S: Tensor, seen: Tensor, v: Tensor, dtype: Any, block: int, flaw: str) -> Tensor:
    import torch

    top = torch.full_like(S[..., :1], -float("inf"))
    total, out = torch.zeros_like(top), torch.zeros((*S.shape[:-1], v.shape[-1]))
    m = S.shape[-1]
    for first in range(0, m, block):
        part = S[..., first : first + block].masked_fill(~seen[..., first : first + block], -float("inf"))
        higher = torch.maximum(top, part.amax(-1, keepdim=True)).detach()
        safe = torch.where(torch.isinf(higher), torch.zeros_like(higher), higher)
        keep, w = _powers(top - safe, flaw), _powers(part - safe, flaw)
        stale = flaw == "stale sum" and first > 0 and first + block >= m
        total = total * (1 if stale else keep) + w.sum(-1, keepdim=True)
        if flaw == "padding" and m % block and first + block > m:
            total = total + (-m % block) * _powers(-safe, flaw)
        if flaw == "short sums":
            total = total.bfloat16().float()
        if flaw == "eight bits":
            w = w.to(torch.float8_e4m3fn).float()
        out = out * keep + (w if dtype == torch.float32 else w.to(dtype).float()) @ v[..., first : first + block, :]
        top = higher
    some = total > 0
    safe = total if flaw == "division by 0" else torch.where(some, total, torch.ones_like(total))
    return torch.where(some, out / safe, torch.zeros_like(out)).to(dtype)


def _powers(x: Tensor, flaw: str) -> Tensor:
    import torch

    if flaw == "log2 e":
        return torch.exp2(x * torch.tensor(LOG2E).bfloat16().float())
    return torch.exp(x)


def by_hand(flaw: str) -> Attention:
    """The same with a backward pass by hand, for which the weights are formed at once."""
    import torch

    class Attention(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            ctx.save_for_backward(q, k, v)
            return blocked(q, k, v)

        @staticmethod
        def backward(ctx: Any, G: Tensor) -> Any:
            return _gradients(*ctx.saved_tensors, G, flaw)

    def kernel(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return Attention.apply(q, k, v)

    kernel.__name__ = flaw.replace(" ", "_") or "by_hand"
    return kernel


def _gradients(q: Tensor, k: Tensor, v: Tensor, G: Tensor, flaw: str) -> Any:
    import torch

    (_, heads, n, width), (groups, m) = q.shape, k.shape[1:3]
    many = heads // groups
    K, V = (each.repeat_interleave(many, dim=1).float() for each in (k, v))
    Q, G = q.float(), G.float()
    S = Q @ K.mT * width**-0.5
    seen = torch.arange(m)[None, :] <= torch.arange(n)[:, None] + m - n
    P = torch.nan_to_num(torch.softmax(S.masked_fill(~seen, -float("inf")), -1))
    D = (G * (P @ V)).sum(-1, keepdim=True)
    if flaw == "D of the first head":
        D = D[:, :1].expand_as(D)
    dS = P * (G @ V.mT - D) * width**-0.5
    if flaw == "last block of queries" and n > 64:
        dS = torch.where(torch.arange(n)[:, None] < n - n % 64, dS, 0 * dS)
    dQ = dS[..., m - m % 64 :] @ K[..., m - m % 64 :, :] if flaw == "dQ overwritten" and m % 64 else dS @ K
    dK, dV = (
        _over_groups(dS.mT @ Q, many, flaw),
        _over_groups((torch.softmax(S, -1) if flaw == "dV unmasked" else P).mT @ G, many, ""),
    )
    return dQ.to(q.dtype), dK.to(k.dtype), dV.to(v.dtype)


def _over_groups(each: Tensor, many: int, flaw: str) -> Tensor:
    batch, heads, m, width = each.shape
    if flaw == "groups tiled":
        return each.reshape(batch, many, heads // many, m, width).sum(1)
    grouped = each.reshape(batch, heads // many, many, m, width)
    return grouped[:, :, 0] * many if flaw == "first of the group" else grouped.sum(2)


FORWARD = ("edge", "one head", "batch", "stale sum", "fewer queries", "rows from 128 on", "bytes", "padding")
COARSE = ("log2 e", "short sums", "eight bits")
BACKWARD = (
    "first of the group",
    "groups tiled",
    "D of the first head",
    "dQ overwritten",
    "dV unmasked",
    "last block of queries",
)
QKV = ("q", "k", "v")
GROUPS = "heads=4/2, causal=lower-right"


def subtle() -> Iterator[tuple[str, Attention, str, tuple[str, ...], str]]:
    """Spec, function, what is wrong with it, gradients and dtype."""
    for flaw in FORWARD:
        yield GROUPS, _named(flaw), flaw, (), "float32"
    for flaw in ("edge", "one head", "stale sum", "fewer queries", "padding"):
        yield GROUPS, _named(flaw), flaw, (), "bfloat16"
    for flaw in COARSE:
        yield GROUPS, _named(flaw), flaw, (), "float32"
    yield (
        f"{GROUPS}, softcap=5",
        _named("scale behind the softcap", cap=5.0),
        "scale behind the softcap",
        (),
        "bfloat16",
    )
    yield f"{GROUPS}, window=20/0", _named("last queries", window=20), "last queries", (), "bfloat16"
    yield GROUPS, _named("division by 0"), "division by 0", QKV, "float32"
    for flaw in BACKWARD:
        for dtype in ("float32", "bfloat16"):
            yield GROUPS, by_hand(flaw), flaw, QKV, dtype


def right_ones() -> Iterator[tuple[str, Attention, tuple[str, ...], str]]:
    """Spec, function, gradients and contract of the same without a mistake."""
    for contract in ("float32", "fused bfloat16"):
        yield GROUPS, _named(""), QKV, contract
        yield GROUPS, by_hand(""), QKV, contract
        yield f"{GROUPS}, softcap=5", _named("", cap=5.0), (), contract
        yield f"{GROUPS}, window=20/0", _named("", window=20), (), contract


def _named(flaw: str, **options: Any) -> Attention:
    def kernel(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return blocked(q, k, v, flaw=flaw, **options)

    kernel.__name__ = flaw.replace(" ", "_") or "blocked"
    return kernel
