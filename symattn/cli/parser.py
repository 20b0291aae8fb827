"""Which commands and options there are."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

EXIT_CODES = """\
exit codes: 0 holds, 1 refuted or failed, 2 usage, 3 undecided, 4 an optional part is missing,
            5 proved and yet refuted by numbers, which is to be reported"""
STATEMENT_HELP = """\
A statement is DECLARATIONS |- CLAIM:

  symattn prove "X:n*d Q:d*k K:d*k |- T(X@Q@K.T@X.T) == X@K@Q.T@X.T"

declarations   X:n*d  M:k*k:invertible  t:scalar  t:positive  d>=2  h<H  A[H]:d*k  Z:n*(H*v)
facts          invertible, symmetric, skew, orthogonal, permutation, mask, positive
expressions    + - * @ / **  A.T  A[0, 1]  Q[h]  1/2  and the functions T softmax exp log hadamard diag ones
               zeros identity unit trace rowsum total inner inverse hstack vstack sum_heads Gradient ...
claims         A == B  A != B  A <= B  A > 0  Rank(A) <= k  PSD(A)  P and Q  not P
               Implies(P, Q)  Iff(P, Q)  ForAll(x, y, P)  Exists(x, P)
"""


def build_parser(version: str) -> argparse.ArgumentParser:
    """The parser; each command carries the function that runs it as `run`."""
    parser = argparse.ArgumentParser(
        prog="symattn",
        description="Prove or refute any identity of attention, for every size at once.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"symattn {version}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_verify(commands)
    _add_list(commands)
    _add_show(commands)
    _add_prove(commands)
    _add_export(commands)
    _add_rocq(commands)
    return parser


def _command(module: str) -> Callable[[argparse.Namespace], int]:
    """The `run` of a module of this package, which is imported only when the command runs."""

    def run(arguments: argparse.Namespace) -> int:
        code: int = importlib.import_module(f".{module}", __package__).run(arguments)
        return code

    return run


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not a time in seconds")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return value


def _width(text: str) -> int:
    value = int(text)
    if not 240 <= value <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a width in pt, from 240 to 1000")
    return value


def _word(text: str) -> str:
    if not (text.isascii() and text.isalpha()):
        raise argparse.ArgumentTypeError(f"{text} is not the name of an environment, such as theorem or lemma")
    return text


def _seed(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 on")
    return value


def _names(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not names:
        raise argparse.ArgumentTypeError("no arithmetic is named")
    return tuple(dict.fromkeys(names))


def _sizes(text: str) -> tuple[tuple[str, int], ...]:
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(name.strip() and number.strip().isdigit() for name, _, number in pairs):
        raise argparse.ArgumentTypeError(f"{text} is not a list such as n=7,d=5,k=3")
    names = [name.strip() for name, _, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise argparse.ArgumentTypeError(f"{text} gives {twice} twice")
    return tuple((name.strip(), int(number)) for name, _, number in pairs)


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "verify",
        help="prove the theorems and hear every other witness",
        description="Proves each theorem for all sizes, replays its certificate, and evaluates it in exact arithmetic"
        " and in float64 with a derived error bound; with --weights, on trained heads too.",
        epilog=EXIT_CODES,
    )
    command.add_argument("names", nargs="*", metavar="NAME", help="theorems (all when none is given)")
    numbers = command.add_argument_group("numbers")
    numbers.add_argument(
        "--arith",
        type=_names,
        default=("float64",),
        metavar="LIST",
        help="arithmetics that answer beside the exact one (default float64), such as"
        " numpy:float32,mpmath:50,ball,torch:bfloat16,jax:float32,modular:7",
    )
    numbers.add_argument("--sizes", type=_sizes, default=(), metavar="LIST", help="of the samples, such as n=7,d=5,k=3")
    numbers.add_argument("--seed", type=_seed, default=0, help="of the samples (default 0)")
    numbers.add_argument("--trials", type=_count, default=1, metavar="N", help="samples of each kind (default 1)")
    command.add_argument(
        "--executor",
        choices=("serial", "processes", "dask"),
        default="serial",
        help="who works (default serial); dask keeps no --timeout",
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
    _add_timeout(command, "for each theorem")
    weights = command.add_argument_group("trained weights")
    weights.add_argument(
        "--weights",
        metavar="FILE",
        help=".npz, .safetensors, .bin or .pt, a folder of shards or its index.json; PACKAGE:PATH is inside a package",
    )
    for part in ("query", "key", "value", "output"):
        weights.add_argument(f"--{part}", metavar="KEY", help=f"the array of the {part} weights in FILE")
    weights.add_argument("--heads", type=_count, metavar="H", help="how many query heads (default: config.json)")
    weights.add_argument("--kv-heads", type=_count, metavar="G", help="how many key and value heads")
    weights.add_argument(
        "--layout", choices=("right", "linear"), help="right is x @ W, linear is x @ W.T as torch's; for square arrays"
    )
    weights.add_argument(
        "--packing", choices=("blocks", "grouped"), help="of one array: [Q | K | V], or [q … q k v] for each key head"
    )
    command.set_defaults(run=_command("verify"))


def _add_list(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("list", help="the theorems, one a line", epilog=EXIT_CODES)
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=_command("catalogue"))


def _add_show(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("show", help="one theorem: what it says, of what, by what proof", epilog=EXIT_CODES)
    command.add_argument("name", metavar="NAME")
    command.set_defaults(run=_command("show"))


def _add_prove(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "prove",
        help="decide a statement given as text",
        description=STATEMENT_HELP,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("statement", metavar="STATEMENT", help="DECLARATIONS |- CLAIM")
    command.add_argument(
        "--given", action="append", default=[], metavar="CLAIM", help="a hypothesis (may be given several times)"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument(
        "--certificate", type=Path, metavar="FILE", help="where a proof is written: python -m symattn.kernel replays it"
    )
    _add_timeout(command, "for the answer")
    command.set_defaults(run=_command("prove"))


def _add_timeout(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument(
        "--timeout", type=_seconds, default=60.0, metavar="SECONDS", help=f"{what} (default 60); then undecided"
    )


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "export",
        help="theorems and chapters as LaTeX, Markdown or text",
        description="Writes each theorem with its words, hypotheses, derivation and source; nothing is written that is"
        " not proved. LaTeX needs amsmath alone and fits the width. A script of derivations/ is written whole.",
        epilog=EXIT_CODES,
    )
    command.add_argument("names", nargs="*", metavar="NAME", help="theorems, or scripts that end in .py")
    command.add_argument("--all", action="store_true", help="every theorem")
    command.add_argument("--to", choices=("tex", "markdown", "text"), default="tex", help="(default tex)")
    command.add_argument("-o", "--output", type=Path, metavar="DIR", help="one file for each in this folder")
    command.add_argument("--notation", default="", metavar="LIST", help="such as column,bold,Q=W_Q,scale=1/sqrt(k)")
    command.add_argument("--standalone", action="store_true", help="a document that compiles, with amsmath alone")
    command.add_argument("--snippet", action="store_true", help="the bare environment, for a paper of your own")
    command.add_argument("--aligned", action="store_true", help="with --snippet: aligned instead of align")
    command.add_argument("--labels", action="store_true", help="number each line and label it eq:NAME:LINE")
    command.add_argument(
        "--env", type=_word, metavar="WORD", help="state theorems in this environment of amsthm: theorem"
    )
    command.add_argument("--label", action="store_true", help="with --env: label each statement thm:NAME")
    command.add_argument("--bib", type=Path, metavar="FILE", help="write BibTeX entries of the sources, and cite them")
    command.add_argument(
        "--width", type=_width, default=345, metavar="PT", help="of the text (default 345; beamer 307, two columns 252)"
    )
    command.set_defaults(run=_command("export"))


def _add_rocq(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "rocq",
        help="theorems as statements of Rocq, proved and audited again",
        description="Prints each theorem as a statement of Rocq over MathComp with its proof; --out writes one file a"
        " chapter; --check compiles them and fails unless each theorem is closed, with no axiom and nothing admitted,"
        " and a false statement beside each is refused.",
        epilog=EXIT_CODES,
    )
    command.add_argument("names", nargs="*", metavar="NAME", help="theorems")
    command.add_argument("--all", action="store_true", help="every theorem")
    command.add_argument("--out", metavar="DIR", help="write the files into this folder, and keep them")
    command.add_argument("--check", action="store_true", help="compile them and read what each theorem assumes")
    command.add_argument("--jobs", type=_count, default=2, metavar="N", help="chapters compiled at once (default 2)")
    command.set_defaults(run=_command("rocq"))
