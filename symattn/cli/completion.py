"""`symattn completion SHELL`."""

from __future__ import annotations

import argparse
import importlib.util

from symattn import __version__
from symattn.cli.completing import fish
from symattn.cli.completing.names import selectors
from symattn.cli.parser import build_parser
from symattn.errors import MissingExtra, layout
from symattn.theory.chapters import chapters

THEOREMS = ("names", "using")
INSTALL = "pip install 'symattn[completion]'"


def run(arguments: argparse.Namespace) -> int:
    """Prints the file of completions.

    Raises: MissingExtra without shtab, which knows the languages of bash and zsh
    """
    parser = build_parser(__version__)
    _name_what_is_there(parser)
    print(_written(parser, arguments.shell).rstrip("\n"))
    return 0


def _written(parser: argparse.ArgumentParser, shell: str) -> str:
    installed = importlib.util.find_spec("shtab") is not None
    if installed:
        import shtab

        if shell in shtab.SUPPORTED_SHELLS:
            _say_which_are_files(parser, shtab.FILE, shtab.DIRECTORY)
            text: str = shtab.complete(parser, shell=shell)
            return text
    if shell == "fish":
        return fish.script(parser)
    raise MissingExtra(layout(f"shtab is not installed, or does not know {shell}", note=INSTALL))


def _name_what_is_there(parser: argparse.ArgumentParser) -> None:
    """Gives the arguments that take theorems or chapters their words; none of this reads an argument any more."""
    names, titles = selectors(), [chapter.name for chapter in chapters().values()]
    for command in _commands(parser):
        for action in command._actions:
            if action.dest in THEOREMS:
                action.choices = names
            elif action.dest == "chapter":
                action.choices = titles


def _say_which_are_files(parser: argparse.ArgumentParser, file: object, folder: object) -> None:
    """In the attribute by which shtab asks for it."""
    for action in (action for command in _commands(parser) for action in command._actions):
        if action.metavar in ("FILE", "DIR"):
            setattr(action, "complete", file if action.metavar == "FILE" else folder)  # noqa: B010  (mypy)


def _commands(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return [command for action in found for command in action.choices.values()]
