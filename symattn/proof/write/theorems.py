"""Theorems as data.  `@theorem` keeps a statement and the function that proves it; nothing runs on import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from symattn import language as lang
from symattn.errors import TheoremError, layout
from symattn.language.claims.claims import Claim, under
from symattn.language.walk import nodes_of
from symattn.proof.decision import prove
from symattn.proof.display import Shown
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.second_opinion import confirm_whole, steps_of_a_whole
from symattn.proof.verdict import Theorem
from symattn.proof.write.abbreviations import apart, bound_names, checked, definitions
from symattn.proof.write.arguments import Argument
from symattn.proof.write.calc import Chain


@dataclass(frozen=True, repr=False)
class Statement(Shown):
    """A named theorem: what it says, under which claims, who said it first, and how it is proved.  `theorem` makes it.

    name         what it is called, the name of the function
    section      chapter and number, "2.14"; theorems that belong together share one
    title        what it says in words, in one line
    prose        what more there is to say
    says         the claim
    given        the claims under which it holds
    where        letters, each with the part of the claims that it stands for when they are printed
    source       who stated it: paper and place
    sketch       the idea of the proof in words, where the proof is neither a calculation nor an argument
    instances    values for some letters under which the hypotheses hold, so that numbers can test the conclusion
    body         the function that proves it

    >>> stated = catalogue()["score_symmetric_iff"]
    >>> stated.title
    'The score is symmetric exactly when its form is.'
    >>> stated.prove().over
    'any commutative ring'
    """

    name: str
    section: str
    title: str
    prose: str
    says: Claim
    given: tuple[Claim, ...]
    where: tuple[tuple[Any, Any], ...]
    source: str | None
    sketch: str
    instances: tuple[Mapping[Any, Any], ...]
    body: Callable[[], Any] = field(compare=False, repr=False)

    @property
    def headline(self) -> str:
        return f"{self.name}: {self.title}"

    def prove(self) -> Theorem:
        """The theorem, proved now and put to numbers.

        Raises    TheoremError when the body proves something else or uses a claim that is not given
        """
        return self._confirmed

    def by_kernel_alone(self) -> Theorem:
        """The theorem for whoever puts it to numbers himself; the theorems that it uses are put to numbers here.

        Raises    as `prove` does
        """
        return self._proved[0]

    def derivation(self) -> Chain | None:
        """The calculation of the proof, when it is one."""
        return self._written if isinstance(self._written, Chain) else None

    def argument(self) -> Argument | None:
        """The steps of the proof, when it is an argument."""
        return self._written if isinstance(self._written, Argument) else None

    @property
    def _written(self) -> Chain | Argument | None:
        self.prove()
        return self._proved[1]

    @cached_property
    def _proved(self) -> tuple[Theorem, Chain | Argument | None]:
        with steps_of_a_whole():
            result = self.body()
            written = result if isinstance(result, Chain | Argument) else None
            found = prove(self.says, self.given) if result is None else written.theorem() if written else result
        if not isinstance(found, Theorem):
            raise TheoremError(
                f"the body of {self.name} returns {type(found).__name__}, not a theorem, a calculation or an argument"
            )
        self._check(found)
        if isinstance(written, Argument):
            apart(self.name, self.where, tuple(step.claim for step in written.steps))
        return found, written

    @cached_property
    def _confirmed(self) -> Theorem:
        return confirm_whole(self._proved[0])

    def _check(self, found: Theorem) -> None:
        if found.kernel.conclusion != formula_of(self.says):
            pairs = [("says", lang.text(self.says)), ("proved", lang.text(found.claim))]
            raise TheoremError(layout(f"the body of {self.name} proves something else", pairs))
        stated = [formula_of(g) for g in self.given]
        if any(h not in stated for h in found.kernel.hypotheses):
            pairs = [
                ("given", ", ".join(map(lang.text, self.given)) or "nothing"),
                ("used", ", ".join(map(lang.text, found.given))),
            ]
            raise TheoremError(layout(f"the body of {self.name} uses a claim that is not given", pairs))

    @property
    def whole(self) -> Claim:
        """The statement under its hypotheses, as one claim."""
        return under(self.given, self.says)

    @property
    def definitions(self) -> tuple[Claim, ...]:
        """What the letters of `where` stand for, each with the letters from before it."""
        return definitions(self.where)

    def short(self, claim: Any) -> Any:
        """A claim or an expression with the letters of `where` for its parts."""
        return lang.folded(claim, self.where, bound_names(self.where, (self.says, *self.given)))

    @property
    def over(self) -> str:
        return self.prove().over

    @property
    def chapter(self) -> int:
        return int(self.section.split(".")[0])


def theorem(
    *,
    says: Claim,
    section: str,
    given: Claim | Sequence[Claim] = (),
    where: Mapping[Any, Any] | None = None,
    source: str | None = None,
    sketch: str = "",
    instances: tuple[Mapping[Any, Any], ...] = (),
) -> Callable[[Callable[[], Any]], Statement]:
    """Make a Statement of a function: its docstring is the statement in words, its body the proof.

    says         the claim
    section      where it stands, "2.14" in chapter 2
    given        a claim, or several, under which it holds
    where        letters for parts of the claims, {P: softmax(S)}: what is judged has the parts, what is printed the
                 letters; a part may be written with the letters from before it
    source       who stated it: paper and place
    sketch       the idea of the proof in words, where the body is neither a calculation nor an argument
    instances    values for some letters under which the hypotheses hold, so that numbers can test the conclusion

    The body returns a calculation, an argument, a theorem, or nothing at all (`...`), which lets the kernel decide.

    >>> A = matrix("A", *sizes("n d"))
    >>> @theorem(says=Equal(T(T(A)), A), section="1.1")
    ... def twice():
    ...     "Transposing twice does nothing."
    >>> print(twice.prove())
    for all n, d: T(T(A)) = A  (over any commutative ring)

    Raises    TheoremError when the claim binds a letter that does not occur, or both its sides read alike, or a letter
              of `where` stands for nothing in the claims, is used already, or has another shape than its part
    """

    def make(body: Callable[[], Any]) -> Statement:
        title, _, prose = _dedent(body.__doc__ or body.__name__).partition("\n\n")
        given_ = tuple(given) if isinstance(given, Sequence) else (given,)
        for claim in (says, *given_):
            _says_something(body.__name__, claim)
        return Statement(
            name=body.__name__,
            section=section,
            title=" ".join(title.split()),
            prose=prose.strip(),
            says=says,
            given=given_,
            where=checked(body.__name__, where or {}, (says, *given_)),
            source=source,
            sketch=sketch,
            instances=instances,
            body=body,
        )

    return make


def _says_something(name: str, claim: Any) -> None:
    """Refuse a claim of which SymPy's own evaluation may have left nothing but the frame."""
    for part in nodes_of(claim, kinds=(lang.ForAll, lang.Exists, lang.Equal)):
        if isinstance(part, lang.ForAll | lang.Exists):
            idle = [v for v in part.variables if v not in lang.letters_of(part.claim)]
            if idle:
                pairs = [("bound", ", ".join(map(lang.text, idle))), ("in", lang.text(part.claim))]
                raise TheoremError(layout(f"{name} binds a letter that does not occur", pairs))
        elif lang.text(part.left) == lang.text(part.right):
            raise TheoremError(layout(f"{name} says nothing: both sides read alike", [("says", lang.text(part))]))


def _dedent(prose: str) -> str:
    return "\n".join(line.strip() for line in prose.strip().splitlines())
