"""Statements that are false, near the laws that the search and the normal form use; each is refused by a right kernel.

`python -m tests.sabotage.false_claims` prints those that are proved by the package that it finds.
"""

from __future__ import annotations

import sys
from importlib import import_module

from symattn.proof.text.parse import parse

DENOMINATOR = "reciprocal(rowsum(exp(x))@ones(1,n) + exp(y))"
INSIDE, BESIDE = (f"rowsum(hadamard(exp({letter}), {DENOMINATOR}))[0,0]" for letter in "xy")

FALSE = (
    # an index that escapes from its sum
    f"x:1*n y:1*n |- {INSIDE} == {INSIDE} + trace({INSIDE}*identity(n)) - n + {BESIDE}",
    "x:1*n y:1*n |- rowsum(hadamard(exp(x), reciprocal(rowsum(exp(x))@ones(1,n) + exp(y)))) == ones(1,1)",
    # products and sums
    "A:n*n B:n*n |- A@B == B@A",
    "A:n*n B:n*n |- (A@B).T == A.T@B.T",
    "A:n*n B:n*n |- trace(A@B) == trace(A@B.T)",
    "A:n*n B:n*n |- trace(A@B) == trace(A)*trace(B)",
    "A:n*n B:n*n C:n*n |- trace(A@B@C) == trace(B@A@C)",
    "A:n*m |- rowsum(A)@ones(1,m) == A",
    "A:n*n |- ones(n,n)@A == A@ones(n,n)",
    "A:n*m |- total(A)**2 == total(hadamard(A,A))",
    "A:n*n |- diag(rowsum(A)) == A",
    "A:n*n |- n*trace(A) == total(A)",
    "A:n*n |- A - A.T == zeros(n,n)",
    "A:n*n B:n*n |- hadamard(A,B)@ones(n,1) == A@B@ones(n,1)",
    # exp, log, quotients
    "A:n*n B:n*n |- exp(A+B) == exp(A)+exp(B)",
    "A:n*n |- exp(A) == exp(A.T)",
    "a:scalar b:scalar |- exp(a*b) == exp(a)*exp(b)",
    "A:n*n |- exp(log(A)) == A",
    "a:scalar |- a/a == 1",
    "a:scalar b:scalar |- 1/(a+b) == 1/a + 1/b",
    "a:scalar b:scalar c:scalar |- (a/b)/(c/b) == a/c",
    "a:positive b:positive |- log(a+b) == log(a) + log(b)",
    "a:positive |- log(a)*log(a) == log(a*a)",
    "n>=0 A:k*k |- n/n*A == A",
    # softmax
    "S:n*n |- softmax(S) == softmax(S.T)",
    "S:n*n |- softmax(S).T == softmax(S.T)",
    "S:n*m |- softmax(2*S) == 2*softmax(S)",
    "S:n*m c:1*m |- softmax(S + ones(n,1)@c) == softmax(S)",
    "S:n*m |- rowsum(hadamard(softmax(S),softmax(S))) == ones(n,1)",
    "S:n*m M:n*m:mask |- rowsum(softmax(S, mask=M)) == ones(n,1)",
    "S:n*m T:n*m |- softmax(S)+softmax(T) == softmax(S+T)",
    "s:1*n |- Jacobian(softmax(s), s) == diag(softmax(s))",
    "S:n*m G:n*m |- Gradient(inner(G, softmax(S)), S) == hadamard(softmax(S), G)",
    # facts of letters
    "M:n*n:invertible |- M@M == identity(n)",
    "M:n*n:invertible N:n*n:invertible |- inverse(M)@inverse(N)@M@N == identity(n)",
    "O:n*n:orthogonal |- O@O == identity(n)",
    "P:n*n:permutation A:n*n |- P@A == A@P",
    "P:n*n:permutation R:n*n:permutation |- P@R == R@P",
    "P:n*n:permutation S:n*n |- softmax(P@S) == softmax(S)",
    "M:n*m:mask |- hadamard(M,M) == ones(n,m)",
    "S:n*n:symmetric W:n*n:symmetric |- (S@W).T == S@W",
    "K:n*n:skew |- K@K == zeros(n,n)",
    # determinants, ranks, order
    "A:n*n B:n*n |- determinant(A+B) == determinant(A)+determinant(B)",
    "A:n*n |- determinant(2*A) == 2*determinant(A)",
    "Q:d*k K:d*k |- Rank(Q@K.T) >= k",
    "A:n*n B:n*n |- Rank(A+B) <= Rank(A)",
    "A:n*n |- PSD(A)",
    "A:n*n |- PSD(A@A)",
    "A:n*m |- A >= 0",
    "a:scalar b:scalar |- a*b >= 0",
    "S:n*n:symmetric |- trace(S) >= 0",
    "A:n*n B:n*n |- Implies(A@B == 0, B@A == 0)",
    "A:n*n |- Exists(A, not A == A)",
    "A:n*n:invertible B:n*n |- Gradient(det(A@B), A) == det(A)*inv(A).T",
    # blocks and heads
    "A:n*k B:n*r |- hstack(A,B)@hstack(A,B).T == A@A.T",
    "h<H Q[H]:d*k K[H]:d*k |- sum_heads(Q[h]@K[h].T, h) == sum_heads(Q[h], h)@sum_heads(K[h], h).T",
)


def proved() -> list[str]:
    """The false claims that are proved here."""
    prove = import_module("symattn.proof.attempts.denials").proved
    found = []
    for text in FALSE:
        try:
            goal = parse(text)
            if prove(goal.claim, goal.given) is not None:
                found.append(text)
        except Exception:  # noqa: BLE001  (a sabotaged search may fail in any way)
            continue
    return found


if __name__ == "__main__":
    print("\n".join(proved()))
    sys.exit(0)
