"""What the text of an argument stands for, and how one that stands for nothing is refused."""

from __future__ import annotations

import argparse


def seconds(text: str) -> float:
    """A time, more than nothing."""
    value = float(text)
    if not 0 < value <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not a time in seconds")
    return value


def count(text: str) -> int:
    """How many, at least one."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return value


def seed(text: str) -> int:
    """A number from which others are drawn."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 on")
    return value


def arithmetics(text: str) -> tuple[str, ...]:
    """Names of arithmetics, each once."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not names:
        raise argparse.ArgumentTypeError("no arithmetic is named")
    return tuple(dict.fromkeys(names))


def sizes(text: str) -> tuple[tuple[str, int], ...]:
    """Numbers for sizes, n=7,d=5."""
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(name.strip() and number.strip().isdigit() for name, _, number in pairs):
        raise argparse.ArgumentTypeError(f"{text} is not a list such as n=7,d=5,k=3")
    names = [name.strip() for name, _, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise argparse.ArgumentTypeError(f"{text} gives {twice} twice")
    return tuple((name.strip(), int(number)) for name, _, number in pairs)


def width(text: str) -> int:
    """How wide the text of a page is, in points."""
    value = int(text)
    if not 240 <= value <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a width in pt, from 240 to 1000")
    return value


def word(text: str) -> str:
    """The name of an environment of LaTeX."""
    if not (text.isascii() and text.isalpha()):
        raise argparse.ArgumentTypeError(f"{text} is not the name of an environment, such as theorem or lemma")
    return text
