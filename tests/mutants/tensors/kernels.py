"""Attention on [batch, head, rows, width] tensors of torch, written as kernels are, with a switch for every mistake.

It shares nothing with the package: masks are built by loops of comparisons, heads are repeated, softmax is online.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

Tensor = Any


@dataclass(frozen=True)
class Kernel:
    """What a kernel does.  The fields of the first group are options of attention, the others are ways to compute it,
    those of the last are mistakes."""

    causal: str = ""
    aligned: str = ""
    window: tuple[int | None, int | None] | None = None
    softcap: float = 0.0
    scale: float | None = None
    alibi: bool = False
    lse: bool = False
    hidden: str = "zero"
    mask_true: str = "seen"
    chunk: int = 0
    eps: float = 0.0
    rope: str = ""

    inside: bool = True
    rounded: bool = True
    block: int = 0
    splits: int = 0
    through: bool = False
    """autograd goes through the largest scores"""

    flaw: str = ""

    @property
    def side(self) -> str:
        return self.causal or self.aligned

    def but(self, **changes: Any) -> Kernel:
        return replace(self, **changes)

    def __call__(self, q: Tensor, k: Tensor, v: Tensor, **extras: Tensor) -> Any:
        return attention(self, q, k, v, **extras)

    @property
    def __name__(self) -> str:  # type: ignore[override]
        return "kernel"


def shown(kernel: Kernel, n: int, m: int, lengths: Tensor | None, flaw: str) -> Tensor:
    """[batch or 1, 1, n, m] booleans."""
    import torch

    i, j = torch.arange(n)[:, None], torch.arange(m)[None, :]
    ends = torch.tensor([m]) if lengths is None else lengths.long()
    if flaw == "first length":
        ends = ends[:1].expand(len(ends))
    if flaw == "length + 1":
        ends = ends + 1
    offset = ends - n if kernel.side == "lower-right" else torch.zeros_like(ends)
    away = j - i - offset[:, None, None]
    away = away - {"shifted on": 1, "shifted back": -1}.get(flaw, 0)
    seen = (away == away) if flaw == "lengths lost" else (j < ends[:, None, None]).expand(len(ends), n, m)
    if flaw == "own key hidden":
        seen = seen & (away != 0)
    if flaw == "anyway causal":
        seen = seen & (away <= 0)
    if kernel.causal and flaw != "causal lost":
        seen = seen & (away >= 0 if flaw == "anticausal" else away <= 0)
    if kernel.chunk and flaw != "chunk lost":
        size = kernel.chunk + {"chunk + 1": 1}.get(flaw, 0)
        here = i + (0 if flaw == "chunk of row" else offset[:, None, None])
        there = j + 1 if flaw == "chunk of next" else j
        seen = seen & (there.div(size, rounding_mode="floor") == here.div(size, rounding_mode="floor"))
    left, right = kernel.window or (None, None)
    left = left if left is None else left + {"left + 1": 1, "left - 1": -1}.get(flaw, 0)
    right = right if right is None else right + {"right + 1": 1}.get(flaw, 0)
    if left is not None and flaw != "window lost":
        seen = seen & (away >= -left)
    if right is not None and flaw != "window lost":
        seen = seen & (away <= right)
    return seen[:, None]


def slopes(heads: int) -> Tensor:
    import torch

    return torch.tensor([2.0 ** (-8.0 * (h + 1) / heads) for h in range(heads)], dtype=torch.float64)


def attention(
    kernel: Kernel,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Tensor | None = None,
    bias: Tensor | None = None,
    float_mask: Tensor | None = None,
    lengths: Tensor | None = None,
    sinks: Tensor | None = None,
    **tables: Tensor,
) -> Any:
    """The attention of the kernel."""
    import torch

    from tests.mutants.tensors.preparing import prepared

    flaw, dtype = kernel.flaw, q.dtype
    inside = (torch.float64 if dtype == torch.float64 else torch.float32) if kernel.inside else dtype
    (_, heads, n, width), (groups, m) = q.shape, k.shape[1:3]
    if flaw == "swap q k" and q.shape == k.shape:
        q, k = k, q
    if not kernel.rounded:
        q, k = q.to(inside), k.to(inside)
    q, k = prepared(kernel, q, k, lengths, **tables)
    if flaw == "values before":
        v = v.roll(1, dims=2)
    if flaw == "last column lost":
        q = q * (torch.arange(width) < width - 1)
    if flaw == "zeros":
        v = 0 * v
    k, v = (_repeated(each, heads, groups, flaw) for each in (k, v))
    if flaw == "last key lost":
        keep = max(1, m - 1)
    elif flaw.startswith("tail "):
        block = int(flaw.split()[1])
        keep = m - m % block if m > block else m
    else:
        keep = m
    q_, k_, v_ = (each.to(inside) for each in (q, k, v))
    if flaw == "low step":
        q_, k_ = q_.bfloat16().to(inside), k_.bfloat16().to(inside)
    if flaw.startswith("width "):
        part = int(flaw.split()[1])
        q_, k_ = q_[..., :part], k_[..., :part]
    scale = _scale(kernel, width, m, heads, v.shape[-1], flaw)
    S = q_ @ k_.transpose(-1, -2)
    if bias is not None and flaw == "bias scaled":
        S = S + bias.to(inside)
    S = S * scale
    if bias is not None and flaw == "bias first":
        S = S + bias.to(inside)
    seen = shown(kernel, n, m, lengths, flaw).to(S.device).expand(S.shape)
    if mask is not None and flaw not in ("mask lost", "mask added"):
        seen = seen & _mask(kernel, mask, flaw)
    if flaw == "mask before softcap":
        S = torch.where(seen, S, torch.full_like(S, -1e4))
        seen = torch.ones_like(seen)
    if kernel.softcap and flaw != "softcap lost":
        S = kernel.softcap * torch.tanh(S / kernel.softcap)
    if mask is not None and flaw == "mask added":
        S = S + mask.to(inside)
    if bias is not None and flaw not in ("bias scaled", "bias first", "bias lost"):
        S = S + (bias[:, :1] if flaw == "bias of head 0" else bias).to(inside)
    if float_mask is not None and flaw != "float mask lost":
        if flaw == "float mask boolean":
            seen = seen & (float_mask != 0)
        else:
            S = S + torch.where(torch.isinf(float_mask), torch.zeros_like(float_mask), float_mask).to(inside)
            seen = seen & ~torch.isinf(float_mask)
    if kernel.alibi and flaw != "alibi lost":
        offset = (m - n) if kernel.side == "lower-right" else 0
        away = (torch.arange(m)[None, :] - torch.arange(n)[:, None] - offset).abs()
        sign = 1 if flaw == "alibi sign" else -1
        S = S + (sign * slopes(heads)[:, None, None] * away).to(inside)
    return _mixed(kernel, S[..., :keep], seen[..., :keep], v_[..., :keep, :], v_, sinks, dtype, flaw)


def _repeated(each: Tensor, heads: int, groups: int, flaw: str) -> Tensor:
    if flaw == "tiled":
        return each.repeat(1, heads // groups, 1, 1)
    if flaw == "first group":
        return each[:, :1].expand(-1, heads, -1, -1)
    return each.repeat_interleave(heads // groups, dim=1)


def _scale(kernel: Kernel, width: int, m: int, heads: int, values: int, flaw: str) -> float:
    usual = kernel.scale if kernel.scale is not None else width**-0.5
    return {
        "no scale": 1.0,
        "scale twice": usual * usual,
        "scale ignored": width**-0.5,
        "no root": 1 / width,
        "times": width**0.5,
        "scale of keys": m**-0.5,
        "scale of heads": heads**-0.5,
        "scale of all heads": (heads * width) ** -0.5,
        "scale of values": values**-0.5,
        "scale 0": 0.0,
        "base 2": usual * 0.6931471805599453,
    }.get(flaw, usual)


def _mask(kernel: Kernel, mask: Tensor, flaw: str) -> Tensor:
    if flaw == "mask of head 0":
        mask = mask[:, :1]
    if flaw == "mask of batch 0":
        mask = mask[:1]
    inverted = (kernel.mask_true == "hidden") != (flaw == "mask inverted")
    return ~mask if inverted else mask


def _mixed(
    kernel: Kernel, S: Tensor, seen: Tensor, v: Tensor, whole: Tensor, sinks: Tensor | None, dtype: Any, flaw: str
) -> Any:
    import torch

    low = torch.full_like(S, -float("inf"))
    if flaw == "mask zeroes":
        S, seen = torch.where(seen, S, torch.zeros_like(S)), torch.ones_like(seen)
    S = torch.where(seen, S, low) if flaw not in ("mask after", "all masks lost") else S
    if flaw == "softmax over queries":
        P = torch.nan_to_num(torch.softmax(S, dim=-2))
        return (P @ v).to(dtype)
    if flaw == "all at once":
        return (torch.softmax(S.flatten(-2), dim=-1).reshape(S.shape) @ v).to(dtype)
    if flaw == "no softmax":
        return (torch.where(seen, S, torch.zeros_like(S)) @ v).to(dtype)
    if flaw == "unshifted":
        w = torch.exp(S)
        return ((w @ v) / w.sum(-1, keepdim=True)).to(dtype)
    if flaw == "short sum" and S.shape[-1] > 1:
        w = torch.exp(S - S.amax(-1, keepdim=True))
        return ((w @ v) / w[..., :-1].sum(-1, keepdim=True)).to(dtype)
    if flaw == "undivided":
        return (torch.exp(S) @ v).to(dtype)
    if flaw == "mask after":
        return (torch.where(seen, torch.softmax(S, dim=-1), torch.zeros_like(S)) @ v).to(dtype)
    out, total, top = _weighed(kernel, S, v, sinks, dtype, flaw)
    hidden = total == 0
    out = torch.where(hidden, torch.zeros_like(out), out / torch.where(hidden, torch.ones_like(total), total))
    if kernel.hidden == "mean" or flaw == "hidden mean":
        out = torch.where(hidden, whole.mean(-2, keepdim=True).to(out.dtype), out)
    if flaw == "hidden nan":
        out = torch.where(hidden, torch.full_like(out, float("nan")), out)
    if flaw == "merged":
        out = out.transpose(1, 2).contiguous().reshape(out.shape)
    if flaw.startswith("rows "):
        block, rows = int(flaw.split()[1]), out.shape[-2]
        out = torch.where((torch.arange(rows) < rows - rows % block)[:, None] | (rows < block), out, 0 * out)
    if not kernel.lse:
        return out.to(dtype)
    return out.to(dtype), _lse(total, top, flaw)


def _weighed(
    kernel: Kernel, S: Tensor, v: Tensor, sinks: Tensor | None, dtype: Any, flaw: str
) -> tuple[Tensor, Tensor, Tensor]:
    """Online softmax: the sum of weighed values, the sum of weights, and the largest score."""
    import torch

    width = kernel.block or (-(-S.shape[-1] // kernel.splits) if kernel.splits else S.shape[-1])
    if flaw.startswith(("no rescale ", "values kept ")):
        width = int(flaw.split()[2])
    start = torch.full_like(S[..., :1], -float("inf"))
    if sinks is not None and flaw != "sinks lost":
        logits = torch.zeros_like(sinks) if flaw == "sink 0" else sinks
        start = logits.to(S.dtype)[None, :, None, None].expand(start.shape)
    top, total = start, torch.where(torch.isinf(start), torch.zeros_like(start), torch.ones_like(start))
    out = torch.zeros((*S.shape[:-1], v.shape[-1]), dtype=S.dtype)
    for first in range(0, S.shape[-1], width):
        part, values = S[..., first : first + width], v[..., first : first + width, :]
        higher = torch.maximum(top, part.amax(-1, keepdim=True))
        higher = higher if kernel.through else higher.detach()
        safe = torch.where(torch.isinf(higher), torch.zeros_like(higher), higher)
        keep = torch.exp(top - safe) if not flaw.startswith("no rescale") else torch.ones_like(safe)
        w = torch.exp(part - safe)
        total = total * keep + w.sum(-1, keepdim=True)
        narrow = w.to(dtype).to(w.dtype) if kernel.rounded else w
        out = (out if flaw.startswith("values kept") else out * keep) + narrow @ values
        top = higher
    return out, total, top


def _lse(total: Tensor, top: Tensor, flaw: str) -> Tensor:
    import torch

    if flaw == "lse base 2":
        return (torch.log2(total) + top / 0.6931471805599453)[..., 0]
    if flaw == "lse without max":
        return torch.log(total)[..., 0]
    if flaw == "lse negated":
        return -(torch.log(total) + top)[..., 0]
    return (torch.log(total) + top)[..., 0]


Call = Callable[..., Any]
