"""The options of an attention function.  What people's functions do differently is an option and never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any

from sympy import Rational

from symattn.checks.attention.spec.formula import Form, formula
from symattn.checks.attention.spec.layouts import need_broadcast, need_layout
from symattn.checks.attention.spec.letters import ROOT, B, M, m, n, past
from symattn.checks.attention.spec.rules import Rules
from symattn.errors import LanguageError, UnknownName, layout as laid_out
from symattn.language import Positive, hadamard, rowsum

__all__ = ["AttentionSpec", "attention_spec", "form_of"]

ALIGNMENTS = ("upper-left", "lower-right")
HIDDEN_ROWS = ("zero", "mean", "nan", "never")
CHOICES: Mapping[str, tuple[Any, ...]] = {
    "causal": (None, *ALIGNMENTS),
    "alignment": (None, *ALIGNMENTS),
    "mask_true": ("seen", "hidden"),
    "alibi": (None, "distance"),
    "rope": (None, "halves", "interleaved"),
    "hidden_rows": HIDDEN_ROWS,
    "hidden_keys": ("finite", "anything"),
    "widths": ("any", "same"),
}
EXTRAS = {
    **{name: name for name in ("mask", "bias", "float_mask", "lengths", "sinks")},
    **dict.fromkeys(("q_gain", "k_gain"), "qk_norm"),
    **dict.fromkeys(("cos", "sin"), "rope"),
}
"""What a function may be given beside queries, keys and values, and the option that says so."""


@dataclass(frozen=True)
class AttentionSpec:
    """What an attention function computes.  `attention_spec` makes one and says what each of these means:

    layout, heads, widths, qk_norm, rope, rope_width, scale, softcap, sinks    of the scores
    causal, alignment, window, chunk, mask, mask_true, float_mask, lengths    which keys are seen
    bias, alibi    what is added
    hidden_rows, hidden_keys    where nothing is seen
    lse, names     of the call

    >>> sa.checks.attention_spec(heads=(8, 2), causal="lower-right").but(causal="upper-left")
    attention_spec(heads=(8, 2), causal='upper-left')
    """

    layout: str = "bhnd"
    heads: tuple[int, int] = (2, 2)
    causal: str | None = None
    alignment: str | None = None
    window: tuple[int | None, int | None] | None = None
    chunk: int | None = None
    softcap: float | None = None
    bias: str | None = None
    mask: str | None = None
    mask_true: str = "seen"
    float_mask: str | None = None
    lengths: bool = False
    alibi: str | None = None
    sinks: bool = False
    qk_norm: float | None = None
    rope: str | None = None
    rope_width: int | None = None
    scale: float | None = None
    hidden_rows: str = "zero"
    hidden_keys: str = "finite"
    lse: bool = False
    widths: str = "any"
    names: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        need_layout(self.layout)
        for option, accepted in CHOICES.items():
            if (given := getattr(self, option)) not in accepted:
                raise _refused(option, given, ", ".join(map(repr, accepted)))
        _need_heads(self)
        _need_numbers(self)
        for option in ("bias", "mask", "float_mask"):
            if (given := getattr(self, option)) is not None:
                need_broadcast(option, given, self.layout)
        _need_one_meaning(self)

    @property
    def aligned(self) -> str | None:
        """Where query 0 stands among the keys."""
        return self.causal or self.alignment

    @property
    def extras(self) -> tuple[str, ...]:
        """What the function is given beside queries, keys and values, in this order."""
        return tuple(name for name, option in EXTRAS.items() if getattr(self, option))

    @property
    def rules(self) -> Rules:
        """Which keys are seen by rule."""
        window = self.window or (None, None)
        return Rules(self.causal is not None, window, self.aligned == "lower-right", self.lengths, chunk=self.chunk)

    @property
    def formula(self) -> Any:
        """The output for one batch and one head, as an expression in the letters of `letters`.

        Rules are order(n, m, a, b), which is 1 where j + a ≤ i + b; M is the mask that the function is given, and that
        of the chunks, which `chunks` says by rule: what is proved for every M, such as a gradient, holds for it too.
        Under hidden_rows="never" rules are stated where they hide no row: for n + p keys, in a lower-right mask p of
        them from before.  Under hidden_rows="mean" M and R are letters: what is seen, everything in rows that see
        nothing, and which these are.

        >>> print(sa.text(sa.checks.attention_spec(bias="b1nm", window=(8, 0), alignment="upper-left").formula))
        softmax((1/sqrt(k)) Q Kᵀ + B, mask=order(n, m, 0, 0) ∘ order(m, n, 0, 8)ᵀ) V
        >>> spec = sa.checks.attention_spec(causal="lower-right", hidden_rows="never")
        >>> print(sa.text(spec.formula))
        softmax((1/sqrt(k)) Q Kᵀ, mask=order(n, n + p, n, n + p)) V
        """
        form = form_of(self)
        if form.mean:
            return formula(form).output
        added = [B] if self.bias or self.float_mask else []
        added += [self.rules.alibi] if self.alibi else []
        output = formula(form, self._mask, sum(added[1:], added[0]) if added else None).output
        return output.xreplace(self._keys)

    @property
    def chunks(self) -> Any:
        """The n×m mask of the chunks by rule, for M in the formula: query and key stand in one chunk; else None.

        >>> spec = sa.checks.attention_spec(chunk=4, alignment="upper-left")
        >>> spec.chunks.shape
        (n, m)
        """
        return self.rules.chunks

    @property
    def given(self) -> tuple[Any, ...]:
        """The claim under which the formula has gradients in queries and keys: that every query sees a key.

        None where nothing is hidden.  Where rules hide no row, as under hidden_rows="never", it need not be given.

        >>> spec = sa.checks.attention_spec(mask="b1nm", window=(3, 0), causal="lower-right")
        >>> Q, G = sa.matrix("Q", *sizes("n k")), sa.matrix("G", *sizes("n v"))
        >>> sa.text(gradient(inner(G, spec.formula), Q, given=spec.given)).startswith("(1/sqrt(k)) (softmax(")
        True
        """
        shown = M if form_of(self).mean else self._mask
        return () if shown is None else (Positive(rowsum(shown.xreplace(self._keys))),)

    @property
    def _mask(self) -> Any:
        """What is seen, n×m; None where nothing is hidden."""
        given = M if self.mask or self.float_mask or self.chunk else None
        masks = [each for each in (self.rules.mask, given) if each is not None]
        return hadamard(*masks) if len(masks) > 1 else masks[0] if masks else None

    @property
    def _keys(self) -> dict[Any, Any]:
        """How many keys there are, as the formula says it."""
        ruled = self.causal == "lower-right" or self.window
        return {m: n + past} if ruled and self.hidden_rows == "never" and not self.lengths else {}

    def but(self, **options: Any) -> AttentionSpec:
        """The same with other options; another `causal` says the alignment too.

        Raises    UnknownName for an option that there is not; LanguageError for options that contradict each other
        """
        known = _known(options)
        if known.get("causal") and known["causal"] != self.causal:
            known = {"alignment": None, **known}
        return replace(self, **known)

    def called(self, name: str) -> str:
        """What the function calls a letter."""
        return dict(self.names).get(name, name)

    def __str__(self) -> str:
        said = {name: value for name, value in self._unusual().items() if name != "names"}
        return ", ".join(f"{name}={_shown(value)}" for name, value in said.items()) or "plain"

    def __repr__(self) -> str:
        return f"attention_spec({', '.join(f'{name}={value!r}' for name, value in self._unusual().items())})"

    def _unusual(self) -> dict[str, Any]:
        """The options that are not the usual ones."""
        plain, said = AttentionSpec(), {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in said.items() if value != getattr(plain, name)}


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "/".join(map(_shown, value))
    return str(value).lower() if value is None or isinstance(value, bool) else f"{value}"


def form_of(spec: AttentionSpec) -> Form:
    """The form that a spec means."""
    masked = bool(spec.causal or spec.window or spec.chunk or spec.lengths or spec.mask or spec.float_mask)
    return Form(
        scale=ROOT if spec.scale is None else _number(spec.scale),
        softcap=None if spec.softcap is None else _number(spec.softcap),
        biased=bool(spec.bias or spec.float_mask or spec.alibi),
        masked=masked,
        sinks=spec.sinks,
        mean=masked and spec.hidden_rows == "mean",
        eps=None if spec.qk_norm is None else _number(spec.qk_norm),
        turned=spec.rope is not None,
    )


def _number(value: float) -> Any:
    """As it was written: an implementation has the nearest number of its format."""
    return Rational(str(value))


def attention_spec(layout: str = "bhnd", heads: int | tuple[int, int] = (2, 2), **options: Any) -> AttentionSpec:
    """What an attention function computes: softmax(τ Q Kᵀ, then softcap, then bias and mask) V.

    layout         of queries, keys, values and output: "bhnd", "bnhd", "hnd", "nhd", "nd"
    heads          of queries, and of keys and values; query head h reads key head h // (H / G)
    options        all that follow, by name
    causal         None, "upper-left" or "lower-right": the same when there are as many queries as keys
    alignment      the same two words, for a window, chunk, RoPE or ALiBi without `causal`
    window         (left, right): so many keys before the query's own and behind it; None for no limit on a side
    chunk          c: a query sees keys of its own block of c places alone, as in chunked attention
    softcap        c of c tanh(τ Q Kᵀ / c)
    bias           axes of what is added to the scores, such as "b1nm", "hnm", "nm"
    mask           axes of booleans; `mask_true` says what True means, "seen" (as SDPA) or "hidden" (as key padding)
    float_mask     axes of numbers that are added, -inf among them
    lengths        True when the function is given how many keys each batch has
    alibi          "distance": -slope_h |i - j| is added, with the slopes of the paper
    sinks          True when a logit for each head takes part in the softmax without a value
    qk_norm        e of x ∘ g / sqrt(‖x‖²/k + e), each query and key, with the gains q_gain and k_gain that are given
    rope           which columns are turned as a pair, behind the norm: "halves" (j and j + w/2) or "interleaved"
                   (2j and 2j + 1); the function is given the tables cos and sin, [places, w/2]
    rope_width     w, how many columns are turned; None for all
    scale          τ, a number; None is 1/sqrt(k)
    hidden_rows    what a query that sees no key gets: "zero", the "mean" of all values, "nan"; "never": there is none
    hidden_keys    "finite", or "anything": keys that no query sees may be NaN and infinite
    lse            True when log-sum-exp (natural, -inf for a row without keys) is returned as well
    widths         "same" when values are as wide as keys
    names          what the function calls mask, bias, float_mask, lengths, sinks, q_gain, k_gain, cos and sin

    Raises    UnknownName for an option that there is not, LanguageError for a value that is none, or that leaves open
              what is meant

    >>> spec = sa.checks.attention_spec(heads=(8, 2), causal="lower-right", softcap=30)
    >>> print(spec)
    heads=8/2, causal=lower-right, softcap=30
    >>> sa.checks.attention_spec(causal=True)
    Traceback (most recent call last):
        ...
    symattn.errors.LanguageError: causal is True, which says too little
        accepted : None, 'upper-left', 'lower-right'
      with n queries and m keys, query i sees keys j ≤ i (upper-left) or j ≤ i + m - n (lower-right)
    """
    known = _known(options)
    if isinstance(known.get("names"), Mapping):
        known["names"] = tuple(sorted(known["names"].items()))
    pair = (heads, heads) if isinstance(heads, int) else tuple(heads)
    return AttentionSpec(layout=layout, heads=pair, **known)  # type: ignore[arg-type]


def _known(options: Mapping[str, Any]) -> dict[str, Any]:
    names = [each.name for each in fields(AttentionSpec)]
    for name in options:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            note = f"Did you mean {near[0]}?" if near else ""
            raise UnknownName(laid_out(f"attention has no option {name}", [("options", ", ".join(names))], note))
    return dict(options)


def _refused(option: str, given: Any, accepted: str) -> LanguageError:
    if option in ("causal", "alignment") and given is True:
        note = "with n queries and m keys, query i sees keys j ≤ i (upper-left) or j ≤ i + m - n (lower-right)"
        return LanguageError(laid_out(f"{option} is True, which says too little", [("accepted", accepted)], note))
    return LanguageError(laid_out(f"{option} is {given!r}", [("accepted", accepted)]))


def _need_heads(spec: AttentionSpec) -> None:
    heads: Any = spec.heads
    if len(heads) != 2 or not all(isinstance(each, int) and each >= 1 for each in heads):
        raise _refused("heads", spec.heads, "a whole number, or (query heads, key heads)")
    if spec.heads[0] % spec.heads[1]:
        pairs = [("query heads", str(spec.heads[0])), ("key heads", str(spec.heads[1]))]
        raise LanguageError(laid_out("query heads do not divide among key heads", pairs))
    if "h" not in spec.layout and spec.heads != (1, 1):
        pairs = [("layout", repr(spec.layout)), ("heads", str(spec.heads))]
        raise LanguageError(laid_out("a layout without heads has one head", pairs, "accepted: heads=1"))


def _need_numbers(spec: AttentionSpec) -> None:
    for option in ("softcap", "scale", "qk_norm"):
        given = getattr(spec, option)
        if given is not None and (isinstance(given, bool) or not isinstance(given, int | float) or given <= 0):
            raise _refused(option, given, "a number above 0, or None")
    for option in ("chunk", "rope_width"):
        whole = getattr(spec, option)
        if whole is not None and (isinstance(whole, bool) or not isinstance(whole, int) or whole < 1):
            raise _refused(option, whole, "a whole number from 1 on, or None")
    for option in ("lengths", "sinks", "lse"):
        flag: Any = getattr(spec, option)
        if not isinstance(flag, bool):
            raise _refused(option, flag, "True, False")
    window: Any = (None, None) if spec.window is None else spec.window
    sides = window if isinstance(window, tuple) else ()
    if len(sides) != 2 or any(side is not None and (not isinstance(side, int) or side < 0) for side in sides):
        raise _refused("window", spec.window, "(left, right), the query's own key not counted; None for no limit")


def _need_one_meaning(spec: AttentionSpec) -> None:
    for option in ("window", "chunk", "rope", "alibi"):
        if getattr(spec, option) is not None and spec.aligned is None:
            note = (
                "it is measured from where the query stands: pass alignment='upper-left' or 'lower-right', or causal="
            )
            raise LanguageError(laid_out(f"{option} leaves open where query 0 stands among the keys", note=note))
    if spec.causal and spec.alignment not in (None, spec.causal):
        pairs = [("causal", spec.causal), ("alignment", str(spec.alignment))]
        raise LanguageError(laid_out("causal and alignment disagree", pairs, "causal says both"))
    if spec.alibi and spec.heads[0] & (spec.heads[0] - 1):
        pairs = [("heads", str(spec.heads[0]))]
        note = "pass the biases as bias='hnm' for other numbers of heads, where slopes differ between libraries"
        raise LanguageError(laid_out("the slopes of ALiBi are known for 1, 2, 4, 8, … heads", pairs, note))
    if spec.rope_width and (spec.rope is None or spec.rope_width % 2):
        pairs = [("rope", repr(spec.rope)), ("rope_width", str(spec.rope_width))]
        raise LanguageError(laid_out("columns are turned in pairs", pairs, "accepted: an even width, beside rope="))
    if spec.lse and (spec.sinks or spec.hidden_rows == "mean"):
        other = "sinks" if spec.sinks else "hidden_rows='mean'"
        note = "whether it counts in the sum differs between libraries: check the output without lse"
        raise LanguageError(laid_out(f"lse beside {other} has no agreed meaning", note=note))
    if spec.lengths and "b" not in spec.layout:
        raise LanguageError(laid_out("lengths are one for each batch", [("layout", repr(spec.layout))]))
    unknown = [name for name, _ in spec.names if name not in EXTRAS]
    if unknown:
        raise LanguageError(laid_out(f"names says what {unknown[0]} is called", [("accepted", ", ".join(EXTRAS))]))
