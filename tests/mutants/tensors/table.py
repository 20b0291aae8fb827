"""Functions of tensors with one mistake each, the spec that they miss, and the words for it; and right ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.mutants.tensors.kernels import Kernel
from tests.mutants.tensors.subtle import right_ones, subtle

QKV = ("q", "k", "v")
NOTHING = "none of the mistakes"

PLAIN = ("plain", Kernel())
CAUSAL = ("causal=lower-right", Kernel(causal="lower-right"))
UPPER = ("causal=upper-left", Kernel(causal="upper-left"))
GROUPED = ("heads=4/2", Kernel())
WINDOW = ("window=3/1, alignment=upper-left", Kernel(window=(3, 1)))
CAPPED = ("softcap=4, bias=1hnm", Kernel(softcap=4.0))
MASKED = ("mask=bhnm", Kernel())
CAPPED_MASK = ("softcap=4, mask=b1nm", Kernel(softcap=4.0))
BIASED = ("bias=bhnm", Kernel())
ADDED = ("float_mask=b1nm", Kernel())
LENGTHS = ("lengths=true", Kernel())
SCALED = ("scale=0.25", Kernel(scale=0.25))
SUMS = ("lse=true, causal=upper-left", Kernel(lse=True, causal="upper-left"))
SINKS = ("sinks=true", Kernel())
ALIBI = ("alibi=distance, causal=lower-right", Kernel(alibi=True, causal="lower-right"))
CHUNKS = ("chunk=4, causal=lower-right", Kernel(chunk=4, causal="lower-right"))
NORMED = ("qk_norm=1e-05", Kernel(eps=1e-5))
TURNED = ("rope=halves, causal=lower-right, heads=4/2", Kernel(rope="halves", causal="lower-right"))
PARTLY = ("rope=interleaved, rope_width=4, alignment=upper-left", Kernel(rope="interleaved"))
BOTH = ("qk_norm=1e-05, rope=halves, alignment=upper-left", Kernel(eps=1e-5, rope="halves"))


@dataclass(frozen=True)
class Mutant:
    """A wrong function, the spec that it misses, and what the message must say that it looks like."""

    spec: str
    fn: Any
    says: str
    backward: tuple[str, ...] = ()
    dtype: str = "float32"

    @property
    def name(self) -> str:
        flaw = getattr(self.fn, "flaw", "") or self.fn.__name__
        return f"{flaw} ({self.spec}), {self.dtype}"


FLAWS = (
    (PLAIN, "no scale", "the scale left out"),
    (PLAIN, "scale twice", "the scale applied twice"),
    (PLAIN, "no root", "the root left out of the scale"),
    (PLAIN, "times", "multiplied by sqrt(k)"),
    (PLAIN, "scale of keys", "the scale from the number of keys"),
    (PLAIN, "scale of heads", "the scale from the number of heads"),
    (PLAIN, "scale of all heads", "the width of all heads together"),
    (PLAIN, "scale of values", "the scale from the width of the values"),
    (SCALED, "scale ignored", "1/sqrt(k) in place of the scale"),
    (PLAIN, "softmax over queries", "the softmax over queries"),
    (PLAIN, "all at once", "over all entries at once"),
    (PLAIN, "no softmax", "the softmax left out"),
    (PLAIN, "unshifted", "exp without subtracting"),
    (PLAIN, "undivided", "not divided by its sum"),
    (PLAIN, "last key lost", "the last key left out"),
    (PLAIN, "tail 16", "behind the last full block of 16"),
    (PLAIN, "tail 32", "behind the last full block of 32"),
    (PLAIN, "tail 64", "behind the last full block of 64"),
    (PLAIN, "tail 128", "behind the last full block of 128"),
    (PLAIN, "no rescale 16", "blocks of 16 keys that are not rescaled"),
    (PLAIN, "no rescale 32", "blocks of 32 keys that are not rescaled"),
    (PLAIN, "no rescale 64", "blocks of 64 keys that are not rescaled"),
    (PLAIN, "no rescale 128", "blocks of 128 keys that are not rescaled"),
    (PLAIN, "values kept 32", "blocks of 32 keys whose values are not rescaled"),
    (CAUSAL, "values kept 64", "blocks of 64 keys whose values are not rescaled"),
    (PLAIN, "rows 16", "queries behind the last full block of 16"),
    (PLAIN, "rows 64", "queries behind the last full block of 64"),
    (PLAIN, "width 64", "only the first 64 columns"),
    (PLAIN, "width 128", "only the first 128 columns"),
    (PLAIN, "merged", "heads merged without a transpose"),
    (PLAIN, "low step", "a step in "),
    (CAUSAL, "causal lost", "the causal mask left out"),
    (CAUSAL, "anticausal", "the causal mask the wrong way round"),
    (CAUSAL, "shifted on", "queries one place further on"),
    (CAUSAL, "shifted back", "queries one place further back"),
    (CAUSAL, "mask zeroes", "hidden scores set to 0"),
    (CAUSAL, "mask after", "the mask applied after the softmax"),
    (CAUSAL, "hidden mean", "the mean of all values in rows that see no key"),
    (CAUSAL, "hidden nan", "NaN in rows that see no key"),
    (CAUSAL, "tail 64", "behind the last full block of 64"),
    (GROUPED, "tiled", "groups of key heads tiled"),
    (GROUPED, "first group", "the first key head for all"),
    (WINDOW, "window lost", "the window left out"),
    (WINDOW, "left + 1", "one key more before the query"),
    (WINDOW, "left - 1", "one key less before the query"),
    (WINDOW, "right + 1", "one key more behind the query"),
    (CAPPED, "softcap lost", "the softcap left out"),
    (CAPPED, "bias first", "the bias added before the softcap"),
    (CAPPED, "bias lost", "the bias left out"),
    (CAPPED_MASK, "mask before softcap", "the mask applied before the softcap"),
    (MASKED, "mask lost", "the mask left out"),
    (MASKED, "mask inverted", "the mask inverted"),
    (MASKED, "mask added", "booleans of the mask added"),
    (MASKED, "mask of head 0", "the mask of the first head for all"),
    (MASKED, "mask of batch 0", "the mask of the first batch for all"),
    (MASKED, "mask zeroes", "hidden scores set to 0"),
    (BIASED, "bias scaled", "the bias multiplied by the scale"),
    (BIASED, "bias lost", "the bias left out"),
    (BIASED, "bias of head 0", "the bias of the first head for all"),
    (ADDED, "float mask boolean", "the float mask read as booleans"),
    (ADDED, "float mask lost", "the mask left out"),
    (LENGTHS, "lengths lost", "the lengths left out"),
    (LENGTHS, "length + 1", "one key more than the lengths say"),
    (LENGTHS, "first length", "the lengths of the first batch for all"),
    (SUMS, "lse base 2", "log-sum-exp in base 2"),
    (SUMS, "lse without max", "without the largest score added again"),
    (SUMS, "lse negated", "log-sum-exp negated"),
    (SINKS, "sinks lost", "the sinks left out"),
    (SINKS, "sink 0", "a sink of logit 0"),
    (ALIBI, "alibi lost", "the ALiBi biases left out"),
    (ALIBI, "alibi sign", "ALiBi with the other sign"),
    (CHUNKS, "chunk lost", "the chunks left out"),
    (CHUNKS, "chunk + 1", "chunks of one place more"),
    (CHUNKS, "chunk of row", "in the chunk of their row"),
    (NORMED, "norm lost", "the norms of queries and keys left out"),
    (NORMED, "eps behind", "the e of the norms added behind the root"),
    (NORMED, "gain + 1", "1 added to the gains"),
    (NORMED, "gains lost", "the gains of the norms left out"),
    (BOTH, "gains exchanged", "the gains of queries and keys exchanged"),
    (NORMED, "sum of squares", "of the sum of squares"),
    (NORMED, "mean subtracted", "means subtracted before the norms"),
    (BOTH, "norm last", "the norms behind the turn"),
    (TURNED, "rope lost", "the turns left out"),
    (TURNED, "rope of q lost", "the turn of the queries left out"),
    (TURNED, "rope of k lost", "the turn of the keys left out"),
    (TURNED, "other pairs", "in pairs as interleaved"),
    (TURNED, "turned back", "turned the other way"),
    (TURNED, "turned from 0", "turned by their row"),
    (TURNED, "turned from 1", "turned one place further on"),
    (PARTLY, "other pairs", "in pairs as halves"),
)
IN_BFLOAT16 = (
    *("no scale", "tiled", "causal lost", "tail 64", "no rescale 64", "left + 1", "softcap lost", "mask lost"),
    *("norm lost", "rope lost", "chunk lost"),
)


NAMED = {
    "division by 0": "not a finite number",
    "dV unmasked": "a gradient without the causal mask",
    "last queries": "",
    "scale behind the softcap": "",
    "stale sum": "",
    "log2 e": "a step in ",
    "short sums": "a step in ",
    "eight bits": "a step in ",
}
"""What some of `subtle` look like: known mistakes, or steps in a coarser format."""


def mutants() -> Iterator[Mutant]:
    """All of them."""
    for (spec, kernel), flaw, says in FLAWS:
        yield Mutant(spec, kernel.but(flaw=flaw), says)
        if flaw in IN_BFLOAT16:
            yield Mutant(spec, kernel.but(flaw=flaw), says, dtype="bfloat16")
    yield Mutant(NORMED[0], Kernel(eps=1e-4), "the e of the norms ten times as large")
    yield Mutant(NORMED[0], Kernel(eps=1e-6), "the e of the norms a tenth", dtype="bfloat16")
    yield Mutant(CAUSAL[0], UPPER[1], "upper-left in place of lower-right")
    yield Mutant(UPPER[0], CAUSAL[1], "lower-right in place of upper-left")
    yield Mutant(PLAIN[0], UPPER[1], "a causal mask that is not in the spec")
    yield from _backward()
    for spec, fn, flaw, letters, dtype in subtle():
        yield Mutant(spec, fn, NAMED.get(flaw, NOTHING), letters, dtype)


def backwards(kernel: Kernel, wrong: str) -> Callable[..., Any]:
    """A kernel with a backward pass by hand that has a mistake."""
    import torch

    class Attention(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, q: Any, k: Any, v: Any) -> Any:
            ctx.save_for_backward(q, k, v)
            return kernel(q, k, v)

        @staticmethod
        def backward(ctx: Any, G: Any) -> Any:
            return gradients(*ctx.saved_tensors, G, wrong)

    return lambda q, k, v: Attention.apply(q, k, v)


def still_sinks(q: Any, k: Any, v: Any, sinks: Any) -> Any:
    return Kernel()(q, k, v, sinks=sinks.detach() + 0 * sinks)


def _backward() -> Iterator[Mutant]:
    """Right forward, wrong backward."""

    def made(words: str, says: str, wrong: str) -> Mutant:
        fn = backwards(Kernel(causal="upper-left", hidden="zero"), wrong)
        fn.__name__ = words
        return Mutant("causal=upper-left", fn, says, QKV)

    yield made("dS_without_D", "dS without subtracting D", "D")
    yield made("unscaled_gradient", "a gradient without the scale", "scale")
    yield made("gradient_without_causal", "a gradient without the causal mask", "causal")

    def negated_sinks(q: Any, k: Any, v: Any, sinks: Any) -> Any:
        return Kernel()(q, k, v, sinks=2 * sinks.detach() - sinks)

    yield Mutant("sinks=true", still_sinks, "a gradient of sinks that is 0", (*QKV, "sink"))
    yield Mutant("sinks=true", negated_sinks, "the gradient of the sinks negated", (*QKV, "sink"))
    yield made("no_gradient_of_q", "a gradient of q that is 0", "q")
    yield made("no_gradient_of_v", "a gradient of v that is 0", "v")


def gradients(q: Any, k: Any, v: Any, G: Any, wrong: str = "") -> Any:
    """dQ, dK, dV by hand, with a mistake."""
    import torch

    seen = torch.ones(q.shape[2], k.shape[2]).tril().bool()
    seen = seen | True if wrong == "causal" else seen
    scale = q.shape[-1] ** -0.5
    P = torch.softmax((q @ k.mT * scale).masked_fill(~seen, -float("inf")), -1)
    dP = G @ v.mT
    D = 0 * (G * (P @ v)).sum(-1, keepdim=True) if wrong == "D" else (G * (P @ v)).sum(-1, keepdim=True)
    dS = P * (dP - D) * (1.0 if wrong == "scale" else scale)
    dq, dk, dv = dS @ k, dS.mT @ q, P.mT @ G
    return (0 * dq if wrong == "q" else dq), dk, (0 * dv if wrong == "v" else dv)


@dataclass(frozen=True)
class Right:
    """A right function with its spec and the contract that it keeps."""

    spec: str
    fn: Any
    contract: str
    ways: str
    backward: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.ways} ({self.spec}), {self.contract}"


WAYS = {
    "at once": {},
    "blocks of 16": {"block": 16},
    "blocks of 64": {"block": 64},
    "three splits": {"splits": 3},
    "weights in float32": {"rounded": False},
    "through the largest scores": {"block": 16, "through": True},
}
SPECS = (
    *(PLAIN, CAUSAL, GROUPED, WINDOW, CAPPED, MASKED, ADDED, LENGTHS, SUMS, SINKS, ALIBI),
    *(CHUNKS, NORMED, TURNED, PARTLY, BOTH),
)
CONTRACTS = ("float64", "float32", "fused bfloat16", "fused float16")


def right() -> Iterator[Right]:
    """Every way with some specs, every spec in some ways, each contract with all of them."""
    for place, (spec, kernel) in enumerate(SPECS):
        letters = (*QKV, *(["sinks"] if "sinks" in spec else ()))
        for step, contract in enumerate(CONTRACTS):
            way = list(WAYS)[(place + step) % len(WAYS)]
            yield Right(spec, kernel.but(**WAYS[way]), contract, way, letters if (place + step) % 3 == 0 else ())
    upcast = Kernel(rounded=False)
    yield Right("plain", upcast, "upcast bfloat16", "upcast", QKV)
    yield Right("plain", upcast.but(block=16), "upcast float16", "upcast in blocks")
    yield Right("plain", Kernel(inside=False), "eager float32", "eager")
    for spec, fn, letters, contract in right_ones():
        yield Right(spec, fn, contract, fn.__name__, letters)
