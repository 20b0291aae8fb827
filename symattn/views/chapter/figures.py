"""The figures of a chapter as one PNG, drawn by matplotlib when it is installed (extra: plot)."""

from __future__ import annotations

import importlib.util
import io
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from symattn.errors import MissingExtra, layout
from symattn.views.chapter.parts import Bars, Curves, Figure, Heatmap

__all__ = ["png", "require"]

SIDE = 3.6  # inches of a figure
LETTERS = 44  # of a caption on one line


def require() -> None:
    """Refuses now what could not be drawn later.

    Raises    MissingExtra without matplotlib
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise MissingExtra(layout("figures need matplotlib", note="pip install 'symattn[plot]'"))


def png(drawn: Sequence[Figure]) -> bytes:
    """The figures side by side; the same figures give the same bytes.

    Raises    MissingExtra without matplotlib
    """
    require()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(SIDE * max(len(drawn), 1), SIDE), layout="constrained")
    FigureCanvasAgg(canvas)
    for place, part in enumerate(drawn, 1):
        axes = canvas.add_subplot(1, len(drawn), place)
        _DRAWN[type(part)](axes, part)
        axes.set_title(textwrap.fill(part.caption, LETTERS), fontsize=8)
    found = io.BytesIO()
    # "tight", or captions are cut off at the top; without the version of matplotlib, which PNG files carry otherwise
    canvas.savefig(found, format="png", dpi=120, bbox_inches="tight", metadata={"Software": None})
    return found.getvalue()


def _heatmap(axes: Any, part: Heatmap) -> None:
    largest = max((abs(value) for row in part.values for value in row), default=1.0) or 1.0
    axes.imshow(part.values, cmap="RdBu_r", vmin=-largest, vmax=largest)
    axes.set_xticks(range(len(part.columns)), part.columns, fontsize=7, rotation=45)
    axes.set_yticks(range(len(part.rows)), part.rows, fontsize=7)
    for i, row in enumerate(part.values):
        for j, value in enumerate(row):
            dark = abs(value) > 0.6 * largest
            shown = f"{value}" if isinstance(value, int) else f"{value:.2f}"
            axes.text(j, i, shown, ha="center", va="center", fontsize=7, color="white" if dark else "black")


def _bars(axes: Any, part: Bars) -> None:
    bars = axes.bar(range(len(part.values)), part.values, color="#4878a8")
    axes.bar_label(bars, fmt=f"%.{part.digits}f", fontsize=7)
    axes.set_xticks(range(len(part.labels)), part.labels, fontsize=7, rotation=45)
    axes.tick_params(axis="y", labelsize=7)
    if part.cut is not None:
        axes.axvline(part.cut - 0.5, color="#a83232", linestyle="--", linewidth=1)


def _curves(axes: Any, part: Curves) -> None:
    for name, values in zip(part.names, part.curves, strict=True):
        axes.plot(part.points, values, marker=".", linewidth=1, label=name)
    axes.set_xlabel(part.axis, fontsize=7)
    axes.tick_params(labelsize=7)
    axes.legend(fontsize=7)


_DRAWN: dict[type, Callable[[Any, Any], None]] = {Heatmap: _heatmap, Bars: _bars, Curves: _curves}
