"""A statement given as text, `X:n*d Q:d*k K:d*k |- T(X@Q@K.T@X.T) == X@K@Q.T@X.T`, as a claim.

The text is read by Python's `ast` and walked over a fixed list of nodes and names; nothing of it is ever run.
Left of `|-` stand the declarations (declarations.py), right of it an expression:

    A @ B, t*A, A/t, A ∘ B, x/y, A + B, -A, t**2  matrices and numbers; numbers are written 2, 1/2 or 0.5
    A*B, A**3, x**2                               as the shapes allow: of matrices, or entry by entry
    A.T  A'  A^T  Q[h]                            transpose, member of a family
    inverse(M)  M^-1  inv(I + A@B)                where there is one: what is inverted is taken to be invertible
    A[0, 1]  A[:, :k]  [[a, b], [c, d]]           entry, slice, a matrix that is written out
    sum(A[i, j] for i in n for j in m)            sums over indices
    A == B, A = B, A != B, A <= B, A > B          claims about every entry; a number stands in every entry
    Rank(A) <= k, PSD(A)                          further claims
    P and Q, not P, Implies(P, Q), Iff(P, Q)      claims about claims
    ForAll(x, y, P), Exists(x, P)                 over declared letters
    E(f), Var(f), Cov(f, g)                       over random letters, x:1*n:gaussian
    relu(x), abs(x), max(x), maximum(x, y), …     with a mask that says in which case each entry is
    softmax(S, scale=t), trace(A), …              the functions of signatures.py, by all their names

What has one meaning for everybody is read; what has not is refused, with a line for each meaning.

Main results
    Goal     the claim with its hypotheses
    parse    text to Goal, `symattn.parse`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

from symattn import language
from symattn.errors import LanguageError, SymattnError, layout
from symattn.language import Claim
from symattn.proof.text.declarations import FORMS, declare
from symattn.proof.text.implied import means, piecewise, roots, size_powers
from symattn.proof.text.implied.inverses import definitions, with_inverses
from symattn.proof.text.implied.roots import said_positive, with_roots
from symattn.proof.text.reader import Reader
from symattn.proof.text.scope import Scope
from symattn.proof.text.signatures import NAMES
from symattn.proof.text.source import Source, read, source


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be decided: `claim` from the hypotheses `given`, and the names used."""

    claim: Any
    given: tuple[Any, ...]
    scope: Scope

    @property
    def said(self) -> list[str]:
        """What is given, what is invertible because its inverse is written, and what masks are, in words."""
        implied = [part.definitions(self.scope) for part in (piecewise, size_powers, roots)]
        given = [claim for claim in self.given if not any(claim in one for one in implied)]
        letters = [*self.scope.taken, *(language.text(letter) for letter in self.scope.inverted.values())]
        taken = [f"{name} is invertible" for name in letters]
        said = (part.words(self.scope) for part in (piecewise, means, size_powers, roots))
        return [*(language.text(self._as_written(claim)) for claim in given), *taken, *chain.from_iterable(said)]

    @property
    def shown(self) -> Any:
        """The claim to be printed: with means, powers and roots as they were written, and not as they are defined."""
        return self._as_written(self.claim)

    def _as_written(self, claim: Any) -> Any:
        return size_powers.short(self.scope, means.short(self.scope, roots.short(self.scope, claim)))


def parse(text: str, given: str | Claim | Sequence[str | Claim] | None = ()) -> Goal:
    """The claim that a text states, and hypotheses about the same letters; `claim` and `given` of what comes back.

    text     DECLARATIONS |- CLAIM, as in the shell; it is read as syntax, and never run
    given    hypotheses, as texts about the same letters or as claims

    >>> goal = sa.parse("A:n*m B:n*m |- (A + B)' = A' + B'")
    >>> goal.claim
    (A + B)ᵀ = Aᵀ + Bᵀ
    >>> decide(goal.claim).status
    'proved'

    Raises    StatementError, which points at the column, for text that is no statement; ShapeError and LanguageError
              for a statement whose sizes do not fit or that is outside the language
    """
    whole = source(text)
    declarations, statement = _split(whole)
    hypotheses = _several(given)

    def read_in(scope: Scope) -> tuple[Any, ...]:
        scope.cases.clear()
        scope.means.clear()
        scope.powers.clear()
        scope.roots.clear()
        pieces = [source(h) if isinstance(h, str) else None for h in hypotheses]
        said = [_claim(scope, p, "the hypothesis") if p else h for p, h in zip(pieces, hypotheses, strict=True)]
        claims = (_claim(scope, statement, "the statement"), *said)
        rooted = tuple(roots.with_letters(scope, with_roots(claim, said_positive(said))) for claim in claims)
        for claim, piece in zip(rooted, (statement, *pieces), strict=True):
            piecewise.refuse_varying(scope, claim)
            size_powers.refuse_varying(scope, claim)
            if piece:
                with _in_words(piece, "the statement" if piece is statement else "the hypothesis"):
                    language.check(claim)
        return rooted

    scope = declare(declarations, NAMES)
    if not all(isinstance(one, str) for one in hypotheses):  # a claim has letters of its own, which stay as they are
        claim, *said = read_in(scope)
        means.refuse_random(scope, (claim, *said))
        if scope.cases or scope.powers or scope.roots:
            raise _of_its_own("powers by a size, roots of what may be 0, abs, relu, sign, max and min")
        return Goal(claim, tuple(said), scope)
    scope, (claim, *said) = with_inverses(scope, read_in)
    masks = [roots.with_letters(scope, with_roots(one, said_positive(said))) for one in piecewise.definitions(scope)]
    given = (*said, *definitions(scope), *masks, *size_powers.definitions(scope), *roots.definitions(scope))
    means.refuse_random(scope, (claim, *given))
    return Goal(claim, given, scope)


def understood(
    claim: str | Claim, given: str | Claim | Sequence[str | Claim] | None
) -> tuple[Claim, tuple[Claim, ...]]:
    """A claim and its hypotheses, of which each may be a text; beside a claim that is none, with its declarations."""
    if isinstance(claim, str):
        goal = parse(claim, given)
        return goal.claim, goal.given
    return claim, tuple(_alone(one) if isinstance(one, str) else one for one in _several(given))


def _alone(text: str) -> Claim:
    """A hypothesis with its declarations, which brings no letter: it might be one of the claim, or of another one."""
    goal = parse(text)
    if goal.given:
        raise _of_its_own("an inverse of an expression, a power by a size, a root of what may be 0, abs, relu and max")
    return goal.claim


def _of_its_own(what: str) -> LanguageError:
    pairs = [("accepted", 'decide("DECLARATIONS |- CLAIM", given=["HYPOTHESIS", …])')]
    note = "they are letters of the text, which claims made in Python may have for something else"
    return LanguageError(layout(f"{what} are read where the claim and all hypotheses are texts", pairs, note))


def _several(given: str | Claim | Sequence[str | Claim] | None) -> tuple[str | Claim, ...]:
    if given is None:
        return ()
    return tuple(given) if isinstance(given, Sequence) and not isinstance(given, str) else (given,)


def _split(whole: Source) -> tuple[Source, Source]:
    """The declarations and the statement."""
    plain = whole.text.replace("⊢", "|-") if "|-" not in whole.text else whole.text
    mark = "|-" if "|-" in whole.text else "⊢"
    if plain.count("|-") != 1:
        many = "more than one '|-'" if "|-" in plain else "no '|-' between the declarations and the statement"
        raise whole.refuse(many, accepted="Write  X:n*d Q:d*k |- X@Q == X@Q.  " + FORMS)
    at = whole.text.index(mark)
    return whole.piece(0, at), whole.piece(at + len(mark), len(whole.text))


def _claim(scope: Scope, piece: Source, what: str) -> Any:
    tree = read(piece, what)
    with _in_words(piece, what):
        return Reader(scope, piece).claim(tree)


@contextmanager
def _in_words(piece: Source, what: str) -> Iterator[None]:
    """SymPy's own complaints, about operands that the checks of Reader let through, as errors about the text."""
    try:
        yield
    except RecursionError:
        raise piece.refuse(f"{what} nests too deeply") from None
    except SymattnError:
        raise
    except (TypeError, ValueError, AttributeError, ArithmeticError, IndexError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise piece.refuse(f"{what} makes no sense to SymPy: {reason}") from error
