"""What an answer is.  A theorem that replays, or a verdict that is one of three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from symattn import kernel, language as lang
from symattn.engine.certificates import certificate
from symattn.errors import KernelError, TheoremError
from symattn.kernel.ground import over
from symattn.kernel.syntax.formulas import ForAll
from symattn.language import Claim
from symattn.proof.display import Shown
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.elaborate.values import named
from symattn.proof.refute.counterexample import Counterexample


@dataclass(frozen=True, repr=False)
class Theorem(Shown):
    """A proved claim: for all sizes and letters in it, under the claims in `given`.  `prove` makes it.

    claim     what holds
    given     the claims under which it was to hold; `hypotheses` are those that the proof uses
    kernel    the proof, a theorem of the kernel

    >>> n, d = sizes("n d")
    >>> X, W = matrix("X", n, d), matrix("W", d, d, symmetric=True)
    >>> print(prove(Equal(X @ W @ X.T, T(X @ W @ X.T))))
    for all n, d: X W Xᵀ = T(X W Xᵀ)  (over any commutative ring)

    Raises    TheoremError when the proof is of something else, uses what is not given, or does not replay
    """

    claim: Claim
    given: tuple[Claim, ...]
    kernel: kernel.Proof

    def __post_init__(self) -> None:
        if not (self._says_it_of_values() or self._says_it(written_out=False) or self._says_it(written_out=True)):
            raise TheoremError(f"the proof is of something else, or uses what is not given: {lang.text(self.claim)}")
        if type(self.kernel) is not kernel.Proof or not self.kernel.by_rule:
            try:
                kernel.replay(self.kernel)
            except KernelError as error:
                raise TheoremError(f"the proof of {lang.text(self.claim)} does not replay: {error}") from error

    def _says_it(self, *, written_out: bool) -> bool:
        """Whether the kernel's theorem is the claim, with sums over small numbers as sums or written out."""
        stated = [formula_of(g, written_out=written_out) for g in self.given]
        said = formula_of(self.claim, written_out=written_out)
        return self.kernel.conclusion == said and all(h in stated for h in self.kernel.hypotheses)

    def _says_it_of_values(self) -> bool:
        """Whether the kernel's theorem is the claim with letters for the parts that it uses more than once."""
        quantified = isinstance(self.kernel.conclusion, ForAll) and not self.kernel.hypotheses
        short = named(self.claim) if quantified and isinstance(self.claim, lang.Equal) else None
        return short is not None and self.kernel.conclusion == short.formula

    @property
    def headline(self) -> str:
        return ", ".join([lang.text(self.claim), *(f"given {lang.text(g)}" for g in self.given)])

    @property
    def hypotheses(self) -> tuple[Claim, ...]:
        """The given claims that the proof uses."""
        used = self.kernel.hypotheses
        return tuple(g for g in self.given if any(formula_of(g, written_out=way) in used for way in (False, True)))

    @property
    def over(self) -> str:
        """The widest setting in which it holds, such as any commutative ring."""
        return over(self.kernel)

    def certificate(self) -> dict[str, Any]:
        """The proof as plain JSON; symattn.replay proves it again from nothing."""
        return certificate(self.kernel)

    def __str__(self) -> str:
        letters = ", ".join(s.name for s in self.claim.sizes)
        given = "".join(f", {lang.text(h)}" for h in self.hypotheses)
        return f"for all {letters or 'letters'}{given}: {lang.text(self.claim)}  (over {self.over})"


@dataclass(frozen=True, repr=False)
class Verdict(Shown):
    """What is known of a claim.  `decide` makes it.

    status            "proved", "refuted" or "undecided"
    claim             what was asked
    theorem           the theorem, when it is proved
    counterexample    sizes and values, when it is refuted
    reason            the step that could not be taken, when it is undecided
    seconds           how long it took
    by                the theorem of the catalogue that says it in other letters, when that is why
    held, silent      at how many samples it held, and at how many numbers said nothing, when it is undecided

    >>> n = sizes("n")
    >>> A = matrix("A", n, n)
    >>> verdict = decide(Equal(A, A.T))
    >>> verdict.status, verdict.theorem
    ('refuted', None)
    >>> bool(verdict)
    Traceback (most recent call last):
        ...
    TypeError: a verdict has three values: compare verdict.status with 'proved', 'refuted' or 'undecided'
    """

    status: Literal["proved", "refuted", "undecided"]
    claim: Claim
    theorem: Theorem | None = None
    counterexample: Counterexample | None = None
    reason: str = ""
    seconds: float = 0.0
    by: str = ""
    held: int = 0
    silent: int = 0

    @property
    def headline(self) -> str:
        by = f", by {self.by}" * bool(self.by)
        return f"{self.status}{by}: {lang.text(self.claim)}"

    @property
    def over(self) -> str | None:
        return self.theorem.over if self.theorem else None

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three values: compare verdict.status with 'proved', 'refuted' or 'undecided'")

    def __str__(self) -> str:
        detail = self.theorem or self.counterexample or self.reason
        return f"{self.status}{f', by {self.by}' * bool(self.by)}: {detail}"
