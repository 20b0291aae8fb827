"""Which commands and options there are."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from symattn.cli.parsing import kinds
from symattn.cli.parsing.help import Help, Parser

EXIT_CODES = """\
exit codes  0 holds, 1 refuted or failed, 2 usage, 3 undecided, 4 an optional part is missing,
            5 proved and yet refuted by numbers, which is to be reported"""
STATEMENT_HELP = """\
A statement is DECLARATIONS |- CLAIM:

  symattn prove "X:n*d Q:d*k K:d*k |- T(X@Q@K.T@X.T) == X@K@Q.T@X.T"

declarations   X:n*d  Q, K:d*k  X:n x d  M:k*k:invertible  t:scalar  t:positive  d>=2  h<H  A[H]:d*k  Z:n*(H*v)
facts          invertible, symmetric, skew, orthogonal, permutation, mask, positive
expressions    + - t*A  A@B  A ∘ B  x/y  t**2  A**3  x**2  A.T  A'  A^T  A[0, 1]  A[:, :k]  [[a, b], [c, d]]  Q[h]  0.5
               sum(A[i, j]*B[j, i] for i in n for j in m)
of entries     exp log cos sin reciprocal sqrt square sigmoid tanh silu softplus hadamard quotient
by cases       abs relu sign max min (also dim=1) maximum minimum clip norm1, with a mask that the answer names
means          E(f) E(f, x) Var(f) Cov(f, g) Cov(x), over random letters: x:1*n:gaussian  x:1*n:random  t:gaussian
of rows        softmax log_softmax (also dim=0) logsumexp rowsum layernorm rmsnorm (eps=e) attention scores form head
               rope(A, t, theta), also layout=interleaved, layout=P; sum(X, dim=1) mean(X, dim=0)
               scaled_dot_product_attention(Q, K, V), sdpa: also attn_mask=M, is_causal=True, scale=t
numbers        total (sum) mean var (ddof=0) norm normsquared inner dot trace determinant logdet entry
               entropy kl cross_entropy (target=y)
matrices       T inverse matrix_power diag ones zeros identity unit one_hot hstack vstack blockdiag kron vec
of places      causal window(n, left, right) positions shift tril triu  order(n, m, a, b): 1 where j + a <= i + b
over heads     sum_heads concat_heads stack_heads group; X[l + 1] after X[l], X[-1] the last, ForAll(l, A == B)
derivatives    Gradient Partial Jacobian hessian
claims         A == B  A = B  A != B  A <= B  A > 0  Rank(A) <= k  PSD(A)  P and Q  not P  Implies(P, Q)  Iff(P, Q)
               ForAll(x, y, P)  Exists(x, P), or by name Equal AtMost Positive Not And
other names    det inv tr eye rank grad jacobian lse KL

A number beside a matrix stands in every entry, rows and columns are repeated, a 1x1 matrix is a number, and 1/0 is 0.
exp, log, cos, sin and / act on every entry; places are counted from 0.  A*B is what the shapes allow, @ or ∘, A**3
the power of a square matrix, or of the entries of another one.  What NumPy, torch and textbooks read differently is
refused, with the readings named: A*B, 1/A and A + 1 of a square A, exp(A)**2, norm2 of a matrix, var without ddof, a
vector x:d.
"""


ANSWER_HELP = """\
Where the answer is undecided:

  --given CLAIM  supposes something more, in the letters of the statement: --given "rowsum(P) == 1"
  --hint EXPR    is an expression to try: a witness for Exists, a factor, a square for an inequality, a matrix for a
                 statement about all matrices: --hint "x - y"
  --using NAME   lets the proof use a theorem of the catalogue: --using softmax_shift
  --timeout      looks longer
"""
COMPLETION_HELP = """\
Prints a file of completions, which bash and zsh get from shtab (extra: completion):

  bash    symattn completion bash > ~/.local/share/bash-completion/completions/symattn
  zsh     symattn completion zsh > "${fpath[1]}/_symattn"
  fish    symattn completion fish > ~/.config/fish/completions/symattn.fish
"""
CHOICE = "by name, by how names begin (gauge_), by section (2.14), or a chapter by number, name or title (3, rank)"


def build_parser(version: str) -> argparse.ArgumentParser:
    """The parser; each command carries the function that runs it as `run`."""
    parser = Parser(
        prog="symattn",
        description="Prove or refute identities of attention, for every size at once.",
        epilog=EXIT_CODES,
        formatter_class=Help,
    )
    parser.add_argument("--version", action="version", version=f"symattn {version}")
    parser.add_argument("--ascii", action="store_true", help="X^T, >= and A o B for terminals without Unicode")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_verify(commands)
    _add_list(commands)
    _add_show(commands)
    _add_prove(commands)
    _add_export(commands)
    _add_rocq(commands)
    _add_check(commands)
    _add_completion(commands)
    return parser


def _add_command(commands: Any, name: str, module: str, *, epilog: str = EXIT_CODES, **texts: str) -> Any:
    command = commands.add_parser(name, epilog=epilog, formatter_class=Help, **texts)
    # what is said in front of the command counts as well, so nothing is written over it here
    command.add_argument(
        "--ascii", action="store_true", default=argparse.SUPPRESS, help="no Unicode in what is printed"
    )
    command.set_defaults(run=_command(module))
    return command


def _command(module: str) -> Callable[[argparse.Namespace], int]:
    """The `run` of a module of this package, which is imported only when the command runs."""

    def run(arguments: argparse.Namespace) -> int:
        code: int = importlib.import_module(f".{module}", __package__).run(arguments)
        return code

    return run


def _add_verify(commands: Any) -> None:
    command = _add_command(
        commands,
        "verify",
        "verify",
        help="prove the theorems and hear every other witness",
        description="Proves each theorem for all sizes, replays its certificate, and evaluates it in exact arithmetic"
        " and in float64 with a derived error bound; with --weights, on trained heads too.",
    )
    command.add_argument("names", nargs="*", metavar="NAME", help=f"theorems (all when none is given), {CHOICE}")
    numbers = command.add_argument_group("numbers")
    numbers.add_argument(
        "--arith",
        type=kinds.arithmetics,
        default=("float64",),
        metavar="LIST",
        help="arithmetics that answer beside the exact one (default float64), such as"
        " numpy:float32,double-double,mpmath:50,ball,torch:bfloat16,jax:float32,modular:7",
    )
    numbers.add_argument("--sizes", type=kinds.sizes, default=(), metavar="LIST", help="of the samples, as n=7,d=5,k=3")
    numbers.add_argument("--seed", type=kinds.seed, default=0, help="of the samples (default 0)")
    numbers.add_argument("--trials", type=kinds.count, default=1, metavar="N", help="of each kind (default 1)")
    command.add_argument(
        "--executor",
        choices=("serial", "processes", "dask"),
        default="serial",
        help="who works (default serial); each process proves anew what its theorems share; dask keeps no --timeout",
    )
    command.add_argument(
        "--certificates",
        type=Path,
        metavar="DIR",
        help="where proofs are written: python -m symattn.kernel replays them",
    )
    command.add_argument("--rocq", action="store_true", help="have Rocq prove each theorem too (needs coqc, MathComp)")
    command.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    command.add_argument("--quiet", action="store_true", help="no progress on stderr")
    _add_timeout(command, "for each theorem", 60)
    weights = command.add_argument_group("trained weights")
    weights.add_argument(
        "--weights",
        metavar="FILE",
        help=".npz, .safetensors, .bin or .pt, a folder of shards or its index.json; PACKAGE:PATH is inside a package",
    )
    for part in ("query", "key", "value", "output"):
        weights.add_argument(f"--{part}", metavar="KEY", help=f"the array of the {part} weights in FILE")
    weights.add_argument("--heads", type=kinds.count, metavar="H", help="how many query heads (default: config.json)")
    weights.add_argument("--kv-heads", type=kinds.count, metavar="G", help="how many key and value heads")
    weights.add_argument(
        "--layout", choices=("right", "linear"), help="right is x @ W, linear is x @ W.T as torch's; for square arrays"
    )
    weights.add_argument(
        "--packing", choices=("blocks", "grouped"), help="of one array: [Q | K | V], or [q … q k v] for each key head"
    )


def _add_list(commands: Any) -> None:
    command = _add_command(
        commands,
        "list",
        "catalogue",
        help="the theorems, chapter by chapter",
        description="Lists the theorems in which every WORD occurs: in the name, the title, the words or the source.",
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="what to look for; a number is a section")
    command.add_argument(
        "--chapter", action="append", default=[], metavar="NAME", help="only this chapter: number, name or title"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _add_show(commands: Any) -> None:
    command = _add_command(
        commands, "show", "show", help="theorems: what they say, of what, and whether the kernel agrees"
    )
    command.add_argument("names", nargs="+", metavar="NAME", help=f"theorems, {CHOICE}")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _add_prove(commands: Any) -> None:
    command = _add_command(
        commands,
        "prove",
        "prove",
        help="decide a statement given as text",
        description=STATEMENT_HELP,
        epilog=f"{ANSWER_HELP}\n{EXIT_CODES}",
    )
    command.add_argument("statement", metavar="STATEMENT", help="DECLARATIONS |- CLAIM")
    for option, metavar, what in (
        ("given", "CLAIM", "a hypothesis"),
        ("hint", "EXPR", "an expression worth trying"),
        ("using", "NAME", "a theorem that the proof may use"),
    ):
        several = f"{what} (may be given several times)"
        command.add_argument(f"--{option}", action="append", default=[], metavar=metavar, help=several)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--to", choices=("tex", "markdown"), help="print what was proved, ready to paste")
    command.add_argument(
        "--certificate", type=Path, metavar="FILE", help="where a proof is written: python -m symattn.kernel replays it"
    )
    _add_timeout(command, "for the answer", 5)


def _add_timeout(command: argparse.ArgumentParser, what: str, default: float) -> None:
    said = f"of the processor {what} (default {default:g}); then undecided"
    command.add_argument("--timeout", type=kinds.seconds, default=default, metavar="SECONDS", help=said)


def _add_export(commands: Any) -> None:
    command = _add_command(
        commands,
        "export",
        "export",
        help="theorems and chapters as LaTeX, Markdown or text",
        description="Writes each theorem with its words, hypotheses, derivation and source; nothing is written that is"
        " not proved. LaTeX needs amsmath alone and fits the width. A script of derivations/ is written whole.",
    )
    command.add_argument("names", nargs="*", metavar="NAME", help=f"theorems, {CHOICE}; or scripts that end in .py")
    command.add_argument("--all", action="store_true", help="every theorem")
    command.add_argument("--to", choices=("tex", "markdown", "text"), default="tex", help="(default tex)")
    command.add_argument("-o", "--output", type=Path, metavar="DIR", help="one file for each in this folder")
    command.add_argument("--notation", default="", metavar="LIST", help="such as column,bold,Q=W_Q,scale=1/sqrt(k)")
    command.add_argument("--standalone", action="store_true", help="a document that compiles, with amsmath alone")
    command.add_argument(
        "--snippet",
        action="store_true",
        help="the bare environment, or a script without its preamble, for a paper of your own",
    )
    command.add_argument("--aligned", action="store_true", help="with --snippet: aligned instead of align")
    command.add_argument("--labels", action="store_true", help="number each line and label it eq:NAME:LINE")
    command.add_argument(
        "--env", type=kinds.word, metavar="WORD", help="state theorems in this environment of amsthm: theorem"
    )
    command.add_argument("--label", action="store_true", help="with --env: label each statement thm:NAME")
    command.add_argument("--bib", type=Path, metavar="FILE", help="write BibTeX entries of the sources, and cite them")
    command.add_argument(
        "--width",
        type=kinds.width,
        default=345,
        metavar="PT",
        help="of the text (default 345; beamer 307, two columns 252)",
    )


def _add_rocq(commands: Any) -> None:
    command = _add_command(
        commands,
        "rocq",
        "rocq",
        help="theorems as statements of Rocq, proved and audited again",
        description="Prints each theorem as a statement of Rocq over MathComp with its proof; --out writes one file a"
        " chapter; --check compiles them and fails unless each theorem is closed, with no axiom and nothing admitted,"
        " and a false statement beside each is refused.",
    )
    command.add_argument("names", nargs="*", metavar="NAME", help=f"theorems, {CHOICE}")
    command.add_argument("--all", action="store_true", help="every theorem")
    command.add_argument("--out", metavar="DIR", help="write the files into this folder, and keep them")
    command.add_argument("--check", action="store_true", help="compile them and read what each theorem assumes")
    command.add_argument("--jobs", type=kinds.count, default=2, metavar="N", help="chapters at once (default 2)")


def _add_check(commands: Any) -> None:
    command = _add_command(
        commands,
        "check",
        "checking.functions",
        help="hold a function of tensors to the attention that a spec says",
        description="Calls a function on tensors of its framework, forward and backward, and compares each entry with"
        ' a derived bound. SPEC is a list such as "causal=lower-right, heads=8/2", behind a preset or not: torch_sdpa,'
        " flex_attention, jax_dot_product_attention, onnx_attention, hf_sliding_window.",
    )
    command.add_argument("function", metavar="MODULE:FUNCTION", help="what is tested")
    command.add_argument("--spec", default="", help='what it computes (default "plain")')
    command.add_argument("--framework", default="torch", help="torch (default), jax or numpy")
    command.add_argument("--dtype", help="of the tensors (default float32)")
    command.add_argument("--contract", help='what it promises of its rounding, such as "fused bfloat16"')
    command.add_argument("--backward", default="", metavar="LIST", help="gradients that are checked, such as q,k,v")
    command.add_argument("--sizes", type=kinds.sizes, default=(), metavar="LIST", help="that it takes, as k=64,v=64")
    command.add_argument(
        "--budget", type=kinds.seconds, default=10.0, metavar="SECONDS", help="for samples (default 10)"
    )
    command.add_argument("--device", default="cpu", help="where torch has the tensors (default cpu)")
    command.add_argument("--seed", type=kinds.seed, default=0, help="of the samples (default 0)")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _add_completion(commands: Any) -> None:
    command = _add_command(
        commands,
        "completion",
        "completion",
        help="what a shell needs to complete commands, options and names of theorems",
        description=COMPLETION_HELP,
    )
    command.add_argument("shell", choices=("bash", "zsh", "fish"))
