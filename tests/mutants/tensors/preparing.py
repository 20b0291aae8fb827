"""RMS norms and rotary turns of queries and keys, as layers have them, with a switch for each mistake."""

from __future__ import annotations

from typing import Any

Tensor = Any


def prepared(
    kernel: Any,
    q: Tensor,
    k: Tensor,
    lengths: Tensor | None,
    q_gain: Tensor | None = None,
    k_gain: Tensor | None = None,
    cos: Tensor | None = None,
    sin: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Queries and keys, normed and then turned, and rounded to their dtype."""
    import torch

    flaw = kernel.flaw
    n, m = q.shape[2], k.shape[2]
    if flaw == "gains exchanged":
        q_gain, k_gain = k_gain, q_gain
    ends = torch.full((len(q),), m) if lengths is None else lengths.long()
    lower = kernel.side == "lower-right" and flaw != "turned from 0"
    offset = ends - n if lower else torch.zeros_like(ends)
    here = torch.arange(n)[None, :] + offset[:, None] + (1 if flaw == "turned from 1" else 0)
    places = (here, torch.arange(m)[None, :])
    found = []
    for rows, gain, place, name in zip((q, k), (q_gain, k_gain), places, "qk", strict=True):
        last = flaw == "norm last"
        if gain is not None and not last:
            rows = normed(rows, gain, kernel.eps, flaw)
        if cos is not None and flaw not in ("rope lost", f"rope of {name} lost"):
            sign = -1 if flaw == "turned back" else 1
            rows = turned(rows, cos[place], sign * sin[place], kernel.rope, flaw)
        if gain is not None and last:
            rows = normed(rows, gain, kernel.eps, flaw)
        found.append(rows)
    return found[0], found[1]


def normed(rows: Tensor, gain: Tensor, eps: float, flaw: str) -> Tensor:
    """[batch, head, rows, width]"""
    if flaw == "norm lost":
        return rows
    x = rows.double() if str(rows.dtype).endswith("float64") else rows.float()
    if flaw == "mean subtracted":
        x = x - x.mean(-1, keepdim=True)
    squares = (x * x).sum(-1, keepdim=True) if flaw == "sum of squares" else (x * x).mean(-1, keepdim=True)
    root = 1 / (squares.sqrt() + eps) if flaw == "eps behind" else (squares + eps).rsqrt()
    unit = (x * root).to(rows.dtype)
    gain = gain + 1 if flaw == "gain + 1" else gain
    return unit if flaw == "gains lost" else unit * gain


def turned(rows: Tensor, cos: Tensor, sin: Tensor, pairs: str, flaw: str) -> Tensor:
    """Tables as [batch or 1, rows, half], for the first columns; further columns stay as they are."""
    import torch

    half = cos.shape[-1]
    cos, sin = cos[:, None], sin[:, None]
    pairs = {"halves": "interleaved", "interleaved": "halves"}[pairs] if flaw == "other pairs" else pairs
    some, rest = rows[..., : 2 * half], rows[..., 2 * half :]
    if pairs == "halves":
        a, b = some[..., :half], some[..., half:]
        return torch.cat([a * cos - b * sin, a * sin + b * cos, rest], -1)
    a, b = some[..., 0::2], some[..., 1::2]
    whole = torch.stack([a * cos - b * sin, a * sin + b * cos], -1).flatten(-2)
    return torch.cat([whole, rest], -1)
