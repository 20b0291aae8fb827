"""What `assert_attention` says: a failure in at most 25 lines, one of which repeats it; and what a pass tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks.attention.spec.letters import K, Q
from symattn.checks.attention.spec.spec import AttentionSpec, form_of
from symattn.checks.attention.trials.calls import Called
from symattn.checks.attention.trials.comparing import Trial
from symattn.checks.attention.trials.sizes import Shape
from symattn.checks.attention.trials.verdict import Power
from symattn.errors import layout
from symattn.language import text
from symattn.numeric.bounds.contracts import Contract

__all__ = ["AttentionPassed", "failure", "undecided"]

MOST_SHOWN = 4
LONGEST = 160
NAMES = {"out": "output", "lse": "log-sum-exp"}


@dataclass(frozen=True)
class AttentionPassed:
    """A pass: what was tried and what was not, the wrong functions that it tells, and how near the bound came.

    name       of the function
    spec, contract    what it was held to
    tried      the samples
    left       the samples for which there was no time
    told       how many wrong functions, one option or step away, would have failed
    unseen     those that are the same as the spec at all of these samples
    share      the largest share of its bound that an error took

    >>> spec = sa.checks.attention_spec(heads=1, layout="nd")
    >>> def attend(q, k, v):
    ...     import numpy as np
    ...     S = q @ k.T / np.sqrt(q.shape[1]).astype(q.dtype)
    ...     w = np.exp(S - S.max(-1, keepdims=True))
    ...     return w / w.sum(-1, keepdims=True) @ v
    >>> passed = sa.checks.assert_attention(attend, spec, framework="numpy", sizes={"n": (3, 5), "k": 8})
    >>> passed.share < 1
    True
    """

    name: str
    spec: str
    contract: str
    tried: tuple[str, ...]
    left: tuple[str, ...]
    told: int
    unseen: tuple[str, ...]
    share: float

    def __str__(self) -> str:
        lines = [
            f"{self.name} computes attention ({self.spec}) as {self.contract!r} allows",
            f"  samples   : {len(self.tried)}, the largest error {self.share:.2g} of its bound",
            f"  told apart: {self.told} wrong functions, one option or one step away",
        ]
        if self.left:
            lines.append(f"  not tried : {_some(self.left, '; ')} (budget= is spent)")
        if self.unseen:
            lines.append(f"  not shown : {_some(self.unseen, '; ')}")
        return "\n".join(lines)


def _some(words: Sequence[str], between: str) -> str:
    more = f"{between}and {len(words) - MOST_SHOWN} more" if len(words) > MOST_SHOWN else ""
    return between.join(words[:MOST_SHOWN]) + more


def failure(called: Called, kept: Contract, tried: Sequence[Trial], looks: str, seed: int) -> str:
    """What went wrong, where, by how much, what it looks like, and the line that repeats it."""
    failing = [trial for trial in tried if trial.missed]
    worst = min(failing, key=lambda trial: trial.problem.seen.size)
    name = worst.missed[0]
    place, found, got = worst.place(name), worst.found[name], worst.got.parts[name]
    exact, bound = float(found.exact[place]), float(found.bound[place])
    pairs = [
        ("spec", str(called.spec)),
        ("computes", _computes(called.spec)),
        (NAMES.get(name, f"gradient of {name}"), _entry(name, place, got.shape, called)),
        ("got", f"{float(got[place]):.9g}"),
        ("exact value", f"{exact:.9g}"),
        *([("bound", f"{bound:.3g}")] if np.isfinite(exact) else []),
        ("contract", f"{kept}, {called.framework.name} on {called.device}"),
        ("sizes", str(worst.shape)),
        ("failing", f"{len(failing)} of {len(tried)} samples: {_failing(failing)}"),
    ]
    note = "\n".join([looks, "repeat it with", repeat(called, kept, worst.shape, seed)])
    return layout(f"{called.name} does not compute this attention", pairs, note)


def _computes(spec: AttentionSpec) -> str:
    """The formula as people write it: a softcap by its tanh, norms and turns of queries and keys in words."""
    plain = text(spec.but(softcap=None, qk_norm=None, rope=None, rope_width=None).formula)
    if spec.softcap is not None:
        scores = text(form_of(spec).scale * (Q @ K.T))
        plain = plain.replace(scores, f"{spec.softcap} tanh({scores} / {spec.softcap})", 1)
    done = [word for word, option in (("normed", spec.qk_norm), ("turned", spec.rope)) if option]
    return plain[:LONGEST] + ("…" if len(plain) > LONGEST else "") + (f", Q and K {' and '.join(done)}" if done else "")


def _entry(name: str, place: tuple[int, ...], shape: tuple[int, ...], called: Called) -> str:
    axes = {"lse": ("batch", "head", "row"), "bias": ("",) * 4}.get(name, ("batch", "head", "row", "column"))
    axes = tuple(f"{axis} " if axis else "" for axis in axes)
    where = ", ".join(f"{axis}{i}" for axis, i in zip(axes, place, strict=False))
    return f"{where} of {'×'.join(map(str, shape))}"


def _failing(failing: Sequence[Trial]) -> str:
    words = list(dict.fromkeys(f"{'/'.join(trial.missed)} at {trial.shape.probe}" for trial in failing))
    return _some(words, ", ")


def repeat(called: Called, kept: Contract, shape: Shape, seed: int) -> str:
    """One line that tries this sample alone."""
    sizes = {name: getattr(shape, name) for name in ("batch", "n", "m", "k", "v")}
    held = "" if shape.held == "contiguous" else f" {shape.held}"
    options = [f"framework={called.framework.name!r}", f"contract={str(kept)!r}", f"sizes={sizes}"]
    options += [f"probe={shape.probe + held!r}", f"seed={seed}"]
    options += [f"backward={called.backward!r}"] if called.backward else []
    options += [f"device={called.device!r}"] if called.device != "cpu" else []
    name = called.name if called.name.isidentifier() else "fn"
    return f"assert_attention({name}, {called.spec!r}, {', '.join(options)})"


def undecided(called: Called, kept: Contract, tried: Sequence[Trial], power: Power, left: Sequence[Any]) -> str:
    """Why a pass would say nothing."""
    pairs = [("spec", str(called.spec)), ("contract", str(kept))]
    if power.passing:
        pairs.append(("would pass too", _some(power.passing, "; ")))
    if power.needed:
        pairs.append(("never shown", _some(power.needed, "; ")))
    bound = np.concatenate([each.found["out"].bound.ravel() for each in tried])
    exact = np.concatenate([each.found["out"].exact.ravel() for each in tried])
    largest = float(np.abs(exact[np.isfinite(exact)]).max(initial=0.0))
    pairs.append(("bound", f"{float(np.median(bound)):.2g} in the middle, for values up to {largest:.2g}"))
    note = _advice(kept, power, left)
    return layout(f"nothing can be said about {called.name} in {kept.dtype}", pairs, note)


def _advice(kept: Contract, power: Power, left: Sequence[Any]) -> str:
    if left:
        return f"{len(left)} samples were not tried: raise budget="
    if power.needed:
        return "take sizes at which the option matters: longer than the window, more keys than queries"
    if kept.dtype in ("float16", "bfloat16") and kept.manner == "eager":
        return f"contract='fused {kept.dtype}' would say more, if the function keeps it"
    return "take other sizes, or a finer dtype"
