"""Completions in the language of fish, one line for each option and each word, from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator


def script(parser: argparse.ArgumentParser) -> str:
    """The file for ~/.config/fish/completions."""
    program = parser.prog
    lines = [f"# completions of {program}; nothing is completed by files unless the lines below say so"]
    lines.append(f"complete -c {program} -f")
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                help_ = next((one.help for one in action._choices_actions if one.dest == name), "") or ""
                lines.append(f"complete -c {program} -n __fish_use_subcommand -a {name} -d {_quoted(help_)}")
                lines += _options(program, f"__fish_seen_subcommand_from {name}", command)
        else:
            lines += _option(program, "__fish_use_subcommand", action)
    return "\n".join(lines) + "\n"


def _options(program: str, condition: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from _option(program, condition, action)


def _option(program: str, condition: str, action: argparse.Action) -> Iterator[str]:
    """An option with its values, or the words that stand without one."""
    if action.help == argparse.SUPPRESS:
        return
    line = [f"complete -c {program} -n {_quoted(condition)}"]
    line += [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in action.option_strings]
    takes = action.nargs != 0
    if action.choices is not None:
        line.append(f"{'-x' if action.option_strings else ''} -a {_quoted(' '.join(map(str, action.choices)))}".strip())
    elif takes and action.metavar in ("FILE", "DIR"):
        line.append("-r -F")
    elif takes and action.option_strings:
        line.append("-x")
    elif not action.option_strings:
        return
    if action.option_strings and action.help:
        line.append(f"-d {_quoted(action.help.partition(';')[0])}")
    yield " ".join(line)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
