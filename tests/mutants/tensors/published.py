"""Published mistakes of attention, made again from what their threads say, and what is said of each.

A case has the thread, a spec, a function with the mistake, and the words by which it is named; None where a spec cannot
know the mistake, so that "none of these" is the right answer.  Functions that were right all along have to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from symattn.checks import CheckFailed, CheckUndecided, assert_attention
from tests.mutants.tensors.kernels import Kernel
from tests.mutants.tensors.table import NOTHING, QKV, backwards, still_sinks

Tensor = Any


@dataclass(frozen=True)
class Case:
    """A mistake of somebody's; `right` when it was none."""

    thread: str
    spec: str
    fn: Callable[..., Any]
    says: str | None = None
    backward: tuple[str, ...] = ()
    right: bool = False


@dataclass(frozen=True)
class Said:
    """What became of a case: refused, named rightly, named wrongly."""

    case: Case
    refused: bool
    named: bool
    misled: bool
    message: str

    def __str__(self) -> str:
        kind = "passes" if not self.refused else "named" if self.named else "MISLED" if self.misled else "none of these"
        return f"{kind:<14} {self.case.thread}"


def said(case: Case, dtype: str = "float32") -> Said:
    """What `assert_attention` says of a case."""
    try:
        assert_attention(case.fn, case.spec, dtype=dtype, backward=case.backward, budget=60)
    except CheckUndecided as undecided:
        return Said(case, False, False, False, str(undecided))
    except CheckFailed as failure:
        text = str(failure)
        named = case.says is not None and case.says in text
        none = NOTHING in text or "is not a finite number" in text
        return Said(case, True, named, not named and not none, text)
    return Said(case, False, False, False, "")


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _scores()
    yield from _masks()
    yield from _shapes_and_sums()
    yield from _backward()
    yield from _blocks()


def _scores() -> Iterator[Case]:
    plain = Kernel()
    yield Case("tt-metal#33304", "scale=0.25", plain, "1/sqrt(k) in place of the scale")
    yield Case("transformers#44380", "scale=0.0625, heads=4/2", plain, "1/sqrt(k) in place of the scale")
    yield Case(
        "pytorch-image-models#2385", "plain", Kernel(flaw="scale of heads"), "the scale from the number of heads"
    )
    yield Case("tt-metal#42694", "bias=1hnm", Kernel(flaw="bias scaled"), "the bias multiplied by the scale")
    yield Case("transformers#8518", "plain", relative, None)
    yield Case("transformers#4499", "mask=b11m", relative, None)
    yield Case(
        "pytorch#136816", "float_mask=b11m", Kernel(flaw="float mask boolean"), "the float mask read as booleans"
    )
    yield Case("vllm#7425", "softcap=5, causal=upper-left", Kernel(causal="upper-left"), "the softcap left out")
    halved = "half of the columns turned that should be"
    yield Case("vllm#16904", "rope=halves, rope_width=8, alignment=upper-left", half_turned, halved)
    yield Case("Swin-Transformer#42", "bias=1hnm", Kernel(), right=True)


def relative(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """A learned relative bias where none belongs."""
    import torch

    away = torch.arange(k.shape[2])[None, :] - torch.arange(q.shape[2])[:, None]
    return Kernel()(q, k, v, mask=mask, bias=torch.sin(away.to(q.dtype))[None, None])


def half_turned(q: Tensor, k: Tensor, v: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = cos.shape[1] // 2
    return Kernel(rope="halves")(q, k, v, cos=cos[:, :half], sin=sin[:, :half])


def _masks() -> Iterator[Case]:
    lost, lower = "the causal mask left out", Kernel(causal="lower-right")
    yield Case("keras#23038", "causal=upper-left, layout=bnhd", by_rows(Kernel()), lost)
    yield Case("transformers#30652", "causal=lower-right, heads=4/2", Kernel(), lost)
    yield Case("keras#23040", "causal=upper-left, mask=b11m", Kernel(), lost)
    yield Case("mlx#2835", "causal=lower-right", Kernel(causal="upper-left"), UPPER)
    yield Case("executorch#22426", "causal=lower-right, heads=4/1", Kernel(causal="upper-left"), UPPER)
    wider, window = "a window of one key more before the query", Kernel(causal="lower-right", window=(3, None))
    yield Case("vllm#3385", "causal=lower-right, window=3/0", window.but(flaw="left + 1"), wider)
    wide = Kernel(causal="lower-right", window=(128, None))
    yield Case("transformers#29623", "causal=lower-right, window=127/0, hidden_rows=never", wide, wider)
    yield Case("transformers#37351", "chunk=4, causal=lower-right", lower.but(chunk=4, flaw="chunk of next"), CHUNK)
    nan = "NaN in rows that see no key"
    yield Case("pytorch#160064", "mask=bhnm", Kernel(flaw="hidden nan"), nan)


UPPER = "upper-left in place of lower-right"
CHUNK = "keys in the chunk of the place behind theirs"


def by_rows(kernel: Kernel) -> Callable[..., Tensor]:
    """A kernel on [batch, rows, head, width]."""

    def fn(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return kernel(*(each.transpose(1, 2) for each in (q, k, v))).transpose(1, 2)

    return fn


def _shapes_and_sums() -> Iterator[Case]:
    yield Case("AEMatter#3", "plain", over_the_batch, "batches and rows of the layout exchanged")
    yield Case("flash-attention-jax#15", "plain", as_wide_as_queries, "in another shape")
    base = "log-sum-exp in base 2"
    yield Case("pytorch#181645", "lse=true", Kernel(lse=True, flaw="lse base 2"), base)
    causal = Kernel(lse=True, causal="upper-left", flaw="lse base 2")
    yield Case("sglang#35045", "lse=true, causal=upper-left, heads=4/2", causal, base)
    yield Case("flash-attention#2842", "lse=true, mask=bhnm", infinite_sums, "log-sum-exp inf in rows that see no key")


def over_the_batch(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    if q.shape[2] != k.shape[2]:
        return Kernel()(q, k, v)
    return Kernel()(*(each.transpose(0, 2) for each in (q, k, v))).transpose(0, 2)


def as_wide_as_queries(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    out = q.new_zeros(q.shape)
    width = min(q.shape[-1], v.shape[-1])
    out[..., :width] = Kernel()(q, k, v)[..., :width]
    return out


def infinite_sums(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    import torch

    out, sums = Kernel(lse=True)(q, k, v, mask=mask)
    return out, torch.where(torch.isneginf(sums), -sums, sums)


def _backward() -> Iterator[Case]:
    causal = Kernel(causal="upper-left")
    without = "a gradient without the causal mask"
    for thread in ("triton#4541", "triton#5660"):
        yield Case(thread, "causal=upper-left", backwards(causal, "causal"), without, QKV)
    yield Case("candle#3569", "causal=upper-left", backwards(causal, "q"), "a gradient of q that is 0", QKV)
    missing = "a gradient of sinks that is 0"
    yield Case("flash-attention#1973", "sinks=true", still_sinks, missing, (*QKV, "sink"))


def _blocks() -> Iterator[Case]:
    """Kernels with blocks, and what a reviewer would try."""
    for thread, flaw, says in (
        ("flash-linear-attention#1142", "tail 64", "keys behind the last full block of 64 lost"),
        ("flashinfer#1993", "width 128", "only the first 128 columns"),
        ("no rescale between blocks", "no rescale 64", "blocks of 64 keys that are not rescaled"),
        ("zeros", "zeros", "it looks like zeros"),
        ("the mean of the values", "scale 0", "the weights all alike"),
        ("no scale", "no scale", "the scale left out"),
        ("scaled without the root", "no root", "the root left out of the scale"),
        ("scaled by the number of keys", "scale of keys", "the scale from the number of keys"),
        ("softmax over the queries", "softmax over queries", "the softmax over queries"),
        ("softmax over all entries", "all at once", "over all entries at once"),
        ("softmax in base 2", "base 2", "exp to base 2"),
        ("a causal mask", "anyway causal", "a causal mask that is not in the spec"),
        ("the own key hidden", "own key hidden", "the query's own key hidden"),
        ("the last key lost", "last key lost", "the last key left out"),
        ("the last key missing in the sum", "short sum", "the last key left out of the sum"),
        ("the last feature of the keys lost", "last column lost", "the last column of queries and keys left out"),
        ("values of the key before", "values before", "each key with the value of the one before"),
    ):
        yield Case(thread, "plain", Kernel(flaw=flaw), says)
