"""The command line, the top of the package.

    verify     prove the catalogue and hear every other witness      prove         decide one statement given as text
    list       the theorems, or those that mention a word            show          what theorems say, and of what
    export     theorems as LaTeX, Markdown or text                   completion    what a shell needs to complete names
    rocq       theorems as Rocq has them                             check         a function of tensors, by its spec

parser     which commands and options there are                  parsing/     how their arguments are read
wording    exit codes, and answers as JSON                       screen/      what an answer looks like
deciding/  what `prove` says beside its verdict                  completing/  what shells are told
checking/  functions that `check` holds to a spec

Exit codes: 0 holds, 1 refuted or failed, 2 usage, 3 undecided, 4 an optional part that was asked for is missing.
This file imports the standard library only, so that `symattn --help` is fast; each command imports what it needs.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from symattn import __version__
from symattn.cli.memory import SELDOM
from symattn.errors import SymattnError
from symattn.views.screen.spelling import HANDLER
from symattn.views.screen.width import fitted

MISUSED = 2
UNDECIDED = 3
INTERRUPTED = 130  # what shells report for a process ended by an interrupt


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def command() -> NoReturn:
    """`main` as the command of a shell, which ends the process at once.

    To give back the terms of a long run one by one takes Python a tenth of the run, and the system nothing.
    """
    gc.set_threshold(*SELDOM)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
            stream.flush()
    os._exit(code)


def _run(argv: Sequence[str] | None) -> int:
    # loaded here, where an interrupt is heard
    from symattn.cli.parser import build_parser

    for name in ("stdout", "stderr"):
        # Python has no stream at all where the caller closed it (`symattn list >&-`)
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  (kept until the process ends)
    # a terminal without Unicode shows ^T for ᵀ instead of failing; the texts of help are printed while parsing
    _speak()
    if "--ascii" in (sys.argv[1:] if argv is None else argv):
        _speak(encoding="ascii")
    # read when NumPy is first imported: for matrices as small as ours the threads of BLAS mostly wait for each other
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parser = build_parser(__version__)
    if not (sys.argv[1:] if argv is None else argv):
        # whoever types the name alone wants to know what there is
        parser.print_help(sys.stderr)
        return MISUSED
    arguments = parser.parse_args(argv)
    if arguments.ascii:
        # as an abbreviation, which only the parser understands
        _speak(encoding="ascii")
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except SymattnError as error:
        print(fitted(f"{type(error).__name__}: {error}"), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # the reader has gone (`symattn list | head`): nothing is left to say
        _give_up()
        return 1
    except OSError as error:
        _give_up()
        print(f"cannot go on: {error.strerror or error}", file=sys.stderr)
        return 1
    except (MemoryError, RecursionError) as error:
        print(
            f"undecided: {'too little memory' if isinstance(error, MemoryError) else 'nested too deep'}",
            file=sys.stderr,
        )
        return UNDECIDED
    return code


def _speak(**how: str) -> None:
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(**{"errors": HANDLER, **how})


def _give_up() -> None:
    """Lets nothing more be written to the standard output, not even on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
